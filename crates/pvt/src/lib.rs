//! The matrix of PVT points: configuration, tables, template and decks.

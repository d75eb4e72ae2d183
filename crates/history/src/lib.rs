//! The local SQLite journal of every run.

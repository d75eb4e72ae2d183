//! Shared by every libchar crate: numbers, tables, faults, atomic files, hashes, charts, configuration.

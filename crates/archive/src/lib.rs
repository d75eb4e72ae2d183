//! Backup sets: manifest, verification, restore and retention.

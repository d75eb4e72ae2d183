//! What a simulator is: how to call it, and how to read what it printed.

pub mod measure;

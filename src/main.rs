//! The `libchar` command: parse, dispatch, exit code.

fn main() {}

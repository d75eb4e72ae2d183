//! Random bytes as CSV, JSON and JSON lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_core::Table::parse("rows", data);
});

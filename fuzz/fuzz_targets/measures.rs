//! Random bytes as simulators' logs and measure files.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_engine::measure::parse("m.mt0", data, 0, &["v(y)".to_owned()]);
});

//! Random bytes as trained models.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_learn::artifact::decode(data);
});

//! Random bytes as Liberty libraries.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_liberty::read("f.lib", &String::from_utf8_lossy(data));
});

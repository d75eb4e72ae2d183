//! Random bytes as manifests of backup sets.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_archive::Manifest::parse("manifest.json", data);
});

//! Random bytes as config.cfg.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_pvt::RunConfig::parse("config.cfg", data, &["ngspice", "primesim"]);
});

//! Random bytes as baselines of control charts.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = serde_json::from_slice::<libchar_spc::baseline::Baseline>(data);
});

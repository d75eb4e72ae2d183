//! Random bytes as lithography jobs.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(serde_json::Value::Object(record)) = serde_json::from_slice(data) {
        let _ = libchar_litho::JobParameters::from_record(&record);
    }
});

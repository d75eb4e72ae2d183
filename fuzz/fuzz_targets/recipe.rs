//! Random bytes as process recipes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let load = |_: &str| Err("no files here".to_owned());
    let _ = libchar_diffusion::format::Document::new("r.toml", text).read(&load);
});

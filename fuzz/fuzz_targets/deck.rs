//! Random bytes as decks.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let deck = String::from_utf8_lossy(data);
    let _ = libchar_engine::batch::Shape::of(&deck);
});

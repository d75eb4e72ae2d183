//! Bytes to text.

use crate::fault::{Fault, Faults};
use crate::input;
use std::borrow::Cow;

/// The characters of windows-1252 from 0x80 to 0x9f; five bytes have none (Unicode's mapping table CP1252.TXT).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text, and the name of the encoding where it was guessed.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub guess: Option<&'static str>,
}

/// Decodes a file: by its byte order mark, by the encoding `told` by the user, as UTF-8, else as
/// windows-1252.
pub(super) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    told: Option<&str>,
) -> Result<Decoded<'a>, Faults> {
    let known = |text| Ok(Decoded { text, guess: None });
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return known(utf_16(file, rest, u16::from_le_bytes)?.into());
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return known(utf_16(file, rest, u16::from_be_bytes)?.into());
    }
    match told {
        Some("utf-16" | "utf-16le") => known(utf_16(file, bytes, u16::from_le_bytes)?.into()),
        Some("utf-16be") => known(utf_16(file, bytes, u16::from_be_bytes)?.into()),
        Some("latin-1") => known(bytes.iter().map(|byte| *byte as char).collect::<String>().into()),
        Some("windows-1252") => known(windows_1252(bytes).into()),
        None if std::str::from_utf8(bytes).is_err() && !bytes.contains(&0) => {
            Ok(Decoded { text: windows_1252(bytes).into(), guess: Some("windows-1252") })
        }
        None if looks_like_utf_16(bytes) => {
            let text = utf_16(file, bytes, u16::from_le_bytes)?.into();
            Ok(Decoded { text, guess: Some("utf-16le") })
        }
        _ => known(input::text(file, bytes)?.into()),
    }
}

/// Whether bytes look like western text in UTF-16 without a byte order mark: every second byte is
/// zero.
fn looks_like_utf_16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    start.len() >= 4 && start.chunks_exact(2).all(|pair| pair[1] == 0 && pair[0] != 0)
}

fn windows_1252(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => *byte as char,
    };
    bytes.iter().map(character).collect()
}

fn utf_16(file: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    if !bytes.len().is_multiple_of(2) {
        return Err(Fault::of(file, "the file ends within a character of UTF-16"));
    }
    let text = text.map_err(|_| Fault::of(file, "the file is not text in UTF-16"))?;
    match text.find('\0') {
        Some(at) => Err(Fault::at_offset(file, &text, at, "NUL character in a text file")),
        None => Ok(text),
    }
}

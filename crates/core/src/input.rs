//! Inputs of the user: bytes with a name, decoded to text with clear faults.

use crate::fault::Fault;

/// An input with its name in messages.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user gave it, `-` for standard input.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Decodes a text input, without its byte order mark.
///
/// # Errors
/// A fault at the first byte that is not UTF-8, and at the first NUL; UTF-16 is named as such.
pub fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Fault::at(file, 1, 1, "the file is UTF-16").expected("UTF-8 text"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let valid = std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default();
        let byte = bytes[e.valid_up_to()];
        Fault::at_offset(file, valid, valid.len(), format!("byte 0x{byte:02x} is not UTF-8"))
            .expected("UTF-8 text")
    })?;
    match text.find('\0') {
        Some(at) => Err(Fault::at_offset(file, text, at, "NUL byte in a text file")),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn encodings_are_named() {
        assert_eq!(text("f", b"\xef\xbb\xbfa,b\n"), Ok("a,b\n"));
        assert_eq!(
            text("f", b"a\n\xe9t").unwrap_err().to_string(),
            "f:2:1: byte 0xe9 is not UTF-8\n  expected UTF-8 text"
        );
        assert_eq!(text("f", b"a\n1\0").unwrap_err().to_string(), "f:2:2: NUL byte in a text file");
        assert!(text("f", b"\xff\xfea\0").unwrap_err().found.contains("UTF-16"));
    }
}

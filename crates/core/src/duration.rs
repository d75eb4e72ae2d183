//! Durations as people write them: `90`, `90s`, `15m`, `10h`, `1.5 d`.

use std::time::Duration;

/// Parses a duration: a decimal number followed by `ms`, `s`, `m` or `min`, `h` or `d`; without a
/// unit, seconds.
pub fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = (text[..split].trim(), text[split..].trim());
    let seconds = match unit {
        "" | "s" => 1.0,
        "ms" => 1e-3,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        "d" => 86400.0,
        _ => return Err(format!("unknown unit `{unit}`; expected ms, s, m, h or d")),
    };
    let value = crate::number::parse_decimal(number)
        .filter(|value| *value >= 0.0)
        .ok_or_else(|| format!("`{text}` is not a duration such as 90s, 15m or 10h"))?;
    Duration::try_from_secs_f64(value * seconds).map_err(|_| format!("`{text}` is too long"))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn units_and_faults() {
        assert_eq!(parse("10h"), Ok(Duration::from_secs(36_000)));
        assert_eq!(parse("1.5 m"), Ok(Duration::from_secs(90)));
        assert_eq!(parse("2d"), Ok(Duration::from_secs(172_800)));
        assert_eq!((parse("2h"), parse("2min")), (parse("7200"), parse("120s")));
        assert_eq!(parse("250ms"), Ok(Duration::from_millis(250)));
        assert!(parse("-1s").is_err());
        assert!(parse("10 parsecs").unwrap_err().contains("ms, s, m, h or d"));
        assert!(parse("1e300d").is_err());
    }
}

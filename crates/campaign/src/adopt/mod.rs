//! Assigns the outputs of simulations that libchar did not run to points: corner, extraction, temperature and supply are
//! read from a file's path.

mod copy;
mod find;
mod gather;
mod places;

pub use copy::{ADOPTED, copy};
pub use find::{Simulated, simulated};
pub use gather::{Gathered, gather};
pub use places::Places;

use libchar_pvt::{label, temperature};

/// The parts of a point that a path contains; `None` is a part that it does not contain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// Process corner.
    pub corner: Option<String>,
    /// Parasitic extraction.
    pub extraction: Option<String>,
    /// Temperature in degrees Celsius.
    pub temp_c: Option<f64>,
    /// Name of the supply.
    pub supply: Option<String>,
    /// Core-side supply in volts.
    pub vccn_v: Option<f64>,
    /// Transmitter-side supply in volts.
    pub vcctx_v: Option<f64>,
}

/// Placeholders of a pattern.
pub const NAMES: [&str; 6] = ["corner", "extraction", "temp", "supply", "vccn", "vcctx"];

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Text(String),
    /// Any text within the name of a folder or file.
    Star,
    Name(&'static str),
}

/// A pattern of paths, such as `{corner}_{temp}/{supply}/*.mt0`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Vec<Token>);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The error in the pattern, and the text at its place.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let mut tokens = Vec::new();
        let mut rest = text.trim_matches('/');
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('*') {
                tokens.push(Token::Star);
                rest = after;
            } else if let Some(after) = rest.strip_prefix('{') {
                let (name, after) =
                    after.split_once('}').ok_or_else(|| format!("`{{{after}` has no `}}`"))?;
                let name = NAMES.iter().find(|known| **known == name);
                let name = name.ok_or_else(|| {
                    let found = rest.split_inclusive('}').next().unwrap_or_default();
                    format!("`{found}` is none of {{{}}}", NAMES.join("}, {"))
                })?;
                if tokens.contains(&Token::Name(name)) {
                    return Err(format!("`{{{name}}}` occurs twice"));
                }
                tokens.push(Token::Name(name));
                rest = after;
            } else {
                let end = rest.find(['*', '{']).unwrap_or(rest.len());
                tokens.push(Token::Text(rest[..end].to_owned()));
                rest = &rest[end..];
            }
        }
        let has = |name| tokens.contains(&Token::Name(name));
        if !has("corner") && !has("temp") && !has("supply") {
            return Err("it names none of {corner}, {temp} and {supply}".to_owned());
        }
        Ok(Pattern(tokens))
    }

    /// The parts of a point in a path relative to the adopted folder. Either the whole path or its folder alone must match
    /// the pattern.
    pub fn read(&self, path: &str) -> Option<Place> {
        let folder = path.rsplit_once('/').map(|(folder, _)| folder);
        std::iter::once(path).chain(folder).find_map(|text| {
            let mut place = Place::default();
            fits(&self.0, text, &mut place).then_some(place)
        })
    }
}

/// Matches the tokens one after the other; for each, the shortest text is taken that lets the rest match.
fn fits(tokens: &[Token], text: &str, place: &mut Place) -> bool {
    let Some((token, rest)) = tokens.split_first() else { return text.is_empty() };
    match token {
        Token::Text(own) => text.strip_prefix(own.as_str()).is_some_and(|t| fits(rest, t, place)),
        Token::Star => ends(text, true).any(|end| fits(rest, &text[end..], place)),
        Token::Name(name) => ends(text, false).any(|end| {
            let before = place.clone();
            if place.take(name, &text[..end]) && fits(rest, &text[end..], place) {
                return true;
            }
            *place = before;
            false
        }),
    }
}

/// The positions at which a text within a name may end.
fn ends(text: &str, may_be_empty: bool) -> impl Iterator<Item = usize> {
    let within = text.find('/').unwrap_or(text.len());
    let first = usize::from(!may_be_empty);
    (first..=within).filter(move |end| text.is_char_boundary(*end))
}

impl Place {
    fn take(&mut self, name: &str, text: &str) -> bool {
        let named = || Some(text.to_owned()).filter(|text| label::is_valid(text));
        match name {
            "corner" => self.corner = named(),
            "extraction" => self.extraction = named(),
            "supply" => self.supply = named(),
            "temp" => self.temp_c = temp_c(text),
            "vccn" => self.vccn_v = volts(text),
            _ => self.vcctx_v = volts(text),
        }
        match name {
            "corner" => self.corner.is_some(),
            "extraction" => self.extraction.is_some(),
            "supply" => self.supply.is_some(),
            "temp" => self.temp_c.is_some(),
            "vccn" => self.vccn_v.is_some(),
            _ => self.vcctx_v.is_some(),
        }
    }
}

/// A temperature as sites write it: `m40`, `-40`, `25`, `25c`, `125degC`, `n40`, `85C`.
pub fn temp_c(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let plain = ["degc", "deg", "c"].iter().find_map(|unit| lower.strip_suffix(unit));
    let plain = plain.unwrap_or(&lower);
    let plain = match plain.strip_prefix('n') {
        Some(number) => format!("m{number}"),
        None => plain.strip_prefix('p').unwrap_or(plain).to_owned(),
    };
    temperature::parse(&plain)
}

/// Volts as sites write them: `1.1`, `1p1`, `1p1v`, `0.99V`, `1v1`.
pub fn volts(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let plain = lower.strip_suffix('v').unwrap_or(&lower);
    let number = plain.replacen(['p', 'v'], ".", 1);
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let volts: f64 = Some(number).filter(|_| is_plain)?.parse().ok()?;
    volts.is_finite().then_some(volts)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Place, temp_c, volts};

    fn read(pattern: &str, path: &str) -> Option<(String, f64, String)> {
        let place = Pattern::parse(pattern).unwrap().read(path)?;
        Some((place.corner?, place.temp_c?, place.supply.unwrap_or_default()))
    }

    #[test]
    fn paths_as_sites_write_them_are_read() {
        let is = |corner: &str, temp: f64, supply: &str| {
            Some((corner.to_owned(), temp, supply.to_owned()))
        };
        assert_eq!(
            read("{corner}_{temp}/{supply}", "ss_m40/v1min/tb.mt0"),
            is("ss", -40.0, "v1min")
        );
        assert_eq!(read("{corner}/*/{temp}C.*", "tt/run3/125C.mt0"), is("tt", 125.0, ""));
        // An underscore may belong to the corner: what follows must be a temperature.
        assert_eq!(
            read("run_{corner}_{temp}_{supply}.log", "run_ss_hot_25_1p1v.log"),
            is("ss_hot", 25.0, "1p1v")
        );
        assert_eq!(read("{corner}_{temp}", "a/b/c.mt0"), None);
        assert_eq!(read("{corner}/{temp}", "tt/x/y.mt0"), None);
    }

    #[test]
    fn temperatures_and_volts_of_all_spellings() {
        let temps = ["-40", "m40", "n40", "25c", "25", "125degC", "p85"].map(temp_c);
        assert_eq!(temps, [-40.0, -40.0, -40.0, 25.0, 25.0, 125.0, 85.0].map(Some));
        assert_eq!((temp_c("hot"), temp_c("")), (None, None));
        assert_eq!(
            ["1.1", "1p1", "1p1v", "0.99V", "1v1"].map(volts),
            [1.1, 1.1, 1.1, 0.99, 1.1].map(Some)
        );
        assert_eq!((volts("v1nom"), volts("")), (None, None));
    }

    #[test]
    fn a_pattern_that_says_nothing_is_refused() {
        for (pattern, word) in [
            ("{corner", "has no `}`"),
            ("{cornr}/{temp}", "`{cornr}` is none of"),
            ("{temp}/{temp}", "occurs twice"),
            ("*/x", "names none of"),
        ] {
            assert!(Pattern::parse(pattern).unwrap_err().contains(word), "{pattern}");
        }
        assert_eq!(Pattern::parse("{temp}").unwrap().read("x"), None::<Place>);
    }
}

//! Statements of a netlist, taken apart as far as trimming needs it.

/// A statement: its lines as written, and what it is.
#[derive(Debug, Clone)]
pub struct Card {
    /// The lines, with their continuations, each ended by a newline.
    pub source: String,
    /// The statement on one line, in lower case.
    pub text: String,
    /// What it is.
    pub kind: Kind,
}

/// Names and their expressions, in lower case.
pub type Assignments = Vec<(String, String)>;

/// What a statement is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `.subckt`: its name and the defaults of its parameters.
    Subckt(String, Assignments),
    /// `.ends`
    Ends,
    /// `.model`: its name and what is set in it.
    Model(String, Assignments),
    /// `.param`, with nothing but assignments.
    Param(Assignments),
    /// An instance of a subcircuit, and what it sets.
    Instance(String, Assignments),
    /// A MOS transistor: its model, and what it sets.
    Mos(String, Assignments),
    /// `.lib FILE SECTION`, with the names as written.
    Library(String, String),
    /// `.lib SECTION`, the start of a section.
    Section(String),
    /// `.endl`
    EndSection,
    /// `.include FILE`, with the name as written.
    Include(String),
    /// A statement whose effect on geometry or on what is used cannot be foreseen.
    Unforeseeable(&'static str),
    /// Any other statement.
    Other,
}

/// Splits a netlist into statements; comments and blank lines are dropped.
pub fn cards(text: &str) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.is_empty() || trimmed.starts_with(['*', '$', ';']) {
            continue;
        }
        match (trimmed.strip_prefix('+'), cards.last_mut()) {
            (Some(more), Some(card)) => {
                card.text.push(' ');
                card.text.push_str(&without_comment(more).to_ascii_lowercase());
                card.source.push_str(line);
                card.source.push('\n');
            }
            _ => cards.push(Card {
                source: format!("{line}\n"),
                text: without_comment(trimmed).to_ascii_lowercase(),
                kind: Kind::Other,
            }),
        }
    }
    for card in &mut cards {
        card.kind = kind(&card.source, &card.text);
    }
    cards
}

/// A line up to its comment: `;`, or `$` before a blank.
fn without_comment(line: &str) -> &str {
    let end = line.find(';').unwrap_or(line.len());
    let end = line[..end].find("$ ").unwrap_or(end);
    line[..end].trim_end()
}

fn kind(source: &str, text: &str) -> Kind {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match word {
        ".subckt" => match names(rest).first() {
            Some(name) => Kind::Subckt(name.clone(), assignments(rest).unwrap_or_default()),
            None => Kind::Unforeseeable("a .subckt without a name"),
        },
        ".ends" | ".eom" => Kind::Ends,
        ".model" => match names(rest).first() {
            Some(name) => Kind::Model(name.clone(), assignments(rest).unwrap_or_default()),
            None => Kind::Unforeseeable("a .model without a name"),
        },
        ".param" | ".parameter" | ".parameters" => {
            // Text after the last expression would be lost, so the statement is then kept whole.
            let pairs = assignments(rest).filter(|pairs| {
                pairs.last().is_some_and(|(_, expression)| rest.trim_end().ends_with(expression))
            });
            pairs.map_or(Kind::Other, Kind::Param)
        }
        ".lib" | ".include" | ".inc" => reference(word, source),
        ".endl" => Kind::EndSection,
        ".control" | ".endc" => Kind::Unforeseeable("a .control block"),
        ".if" | ".elseif" | ".else" | ".endif" => Kind::Unforeseeable("conditional statements"),
        ".alter" | ".data" | ".step" | ".macro" => Kind::Unforeseeable("a sweep or a macro"),
        ".hdl" | ".end" => Kind::Unforeseeable("a statement that ends or extends the netlist"),
        _ => match word.as_bytes().first() {
            Some(first @ (b'x' | b'm')) => match device(rest) {
                Some((name, set)) if *first == b'x' => Kind::Instance(name, set),
                Some((name, set)) => Kind::Mos(name, set),
                None => Kind::Unforeseeable("a device whose parameters cannot be read"),
            },
            _ => Kind::Other,
        },
    }
}

/// File names keep their case, so they are read from the lines as written.
fn reference(word: &str, source: &str) -> Kind {
    let line = without_comment(source.lines().next().unwrap_or_default()).trim();
    let rest = line.get(word.len()..).unwrap_or_default().trim();
    if source.lines().count() > 1 || rest.contains(['`', '\\']) {
        return Kind::Unforeseeable("an unusual .lib or .include");
    }
    let (file, after) = match rest.chars().next() {
        Some(quote @ ('\'' | '"')) => match rest[1..].split_once(quote) {
            Some((file, after)) => (file, after.trim()),
            None => return Kind::Unforeseeable("a name whose quote is never closed"),
        },
        _ => {
            let (file, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            (file, after.trim())
        }
    };
    match (word, file, after) {
        (_, "", _) => Kind::Unforeseeable("a .lib or .include without a name"),
        (".lib", section, "") => Kind::Section(section.to_ascii_lowercase()),
        (".lib", file, section) => {
            let section = section.trim_matches(['\'', '"']).to_ascii_lowercase();
            Kind::Library(file.to_owned(), section)
        }
        (_, file, "") => Kind::Include(file.to_owned()),
        _ => Kind::Unforeseeable("an .include with more than a name"),
    }
}

/// The words before the first assignment.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in text.replace('=', " = ").split_whitespace() {
        if word == "=" {
            names.pop();
            break;
        }
        names.push(word.to_owned());
    }
    names.retain(|name| name != "params:");
    names
}

/// The name of what a device refers to, which is its last name, and what it sets.
fn device(rest: &str) -> Option<(String, Assignments)> {
    Some((names(rest).pop()?, assignments(rest)?))
}

/// `name = expression` pairs; names before the first pair are left out. `None` if they cannot be separated.
fn assignments(text: &str) -> Option<Assignments> {
    let mut pairs: Assignments = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('=') {
        let name = rest[..at].trim_end().rsplit(char::is_whitespace).next()?.to_owned();
        if name.is_empty()
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.[]".contains(&b))
        {
            return None;
        }
        let after = rest[at + 1..].trim_start();
        let end = expression_end(after)?;
        pairs.push((name, after[..end].trim_end().to_owned()));
        rest = &after[end..];
    }
    Some(pairs)
}

/// The end of the expression at the start of a text: quoted, in braces, or up to the next
/// assignment.
fn expression_end(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        quote @ (b'\'' | b'"') => Some(text[1..].find(char::from(*quote))? + 2),
        b'{' => {
            let mut depth = 0;
            for (at, byte) in text.bytes().enumerate() {
                depth += i32::from(byte == b'{') - i32::from(byte == b'}');
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            None
        }
        _ => {
            // Unquoted: up to the name of the next assignment, or all.
            let Some(next) = text.find('=') else { return Some(text.len()) };
            let before = text[..next].trim_end();
            let start = before.rfind(char::is_whitespace)?;
            Some(start)
        }
    }
}

/// Every name in a text, for finding out what is used.
pub fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Kind, assignments, cards};

    fn only(text: &str) -> Kind {
        cards(text).pop().unwrap().kind
    }

    #[test]
    fn devices_name_what_they_use() {
        let Kind::Instance(name, set) = only("X0 A B VNB nfet W=650000u\n+ l = {2*lmin} m=1\n")
        else {
            panic!()
        };
        assert_eq!(name, "nfet");
        assert_eq!(set[1], ("l".to_owned(), "{2*lmin}".to_owned()));
        let Kind::Mos(name, set) = only("m1 d g s b nch w='2*w' l=0.1u ; note\n") else { panic!() };
        assert_eq!((name.as_str(), set[0].1.as_str()), ("nch", "'2*w'"));
    }

    #[test]
    fn parameters_without_quotes_end_at_the_next_name() {
        let pairs = assignments("a = 1.0 b= 2 + 3 c ='x y'").unwrap();
        let pairs: Vec<_> = pairs.iter().map(|(n, e)| (n.as_str(), e.as_str())).collect();
        assert_eq!(pairs, [("a", "1.0"), ("b", "2 + 3"), ("c", "'x y'")]);
        assert!(assignments("a = 'x").is_none());
    }

    #[test]
    fn references_keep_the_case_of_files() {
        assert!(
            matches!(only(".LIB 'My Lib' TT\n"), Kind::Library(f, s) if f == "My Lib" && s == "tt")
        );
        assert!(
            matches!(only(".include Models/x.sp $ note\n"), Kind::Include(f) if f == "Models/x.sp")
        );
        assert!(matches!(only(".control\n"), Kind::Unforeseeable(_)));
    }
}

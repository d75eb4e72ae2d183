//! Finds the measures that a deck asks for, so that a missing one is noticed.

/// A `.measure` statement of a deck, or a `meas` command of its control block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Name in lower case.
    pub name: String,
    /// Line of the statement, from 1.
    pub line: usize,
}

/// Analyses that may stand between `.measure` and the name.
const ANALYSES: [&str; 14] = [
    "tran",
    "ac",
    "dc",
    "op",
    "noise",
    "sp",
    "fft",
    "four",
    "pz",
    "disto",
    "tf",
    "hb",
    "tran_cont",
    "dc_cont",
];

/// The requests of a deck for measures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests {
    /// The measures in the order of the deck.
    pub measures: Vec<Asked>,
    /// Number of `.alter` blocks: the deck makes one more measure file than it has blocks.
    pub alters: usize,
}

/// Finds the measures that a deck asks for. Its first line is the title and never a statement;
/// nothing after `.end` counts. Statements between `.if` and `.endif` are ignored: only the
/// simulator knows whether they count.
///
/// Statements of included files are not seen: pass each file to [`asked_of_include`].
pub fn asked(deck: &str) -> Requests {
    requests(deck, 1)
}

/// Finds the measures that an included file asks for: like [`asked`], but its first line counts.
pub fn asked_of_include(text: &str) -> Requests {
    requests(text, 0)
}

fn requests(text: &str, title_lines: usize) -> Requests {
    let mut requests = Requests::default();
    let mut in_control = false;
    let mut conditions = 0_usize;
    for (index, line) in text.lines().enumerate().skip(title_lines) {
        let line = line.trim_start();
        // Almost every line of a deck is a device, so look at the first letter before anything
        // else.
        if !matches!(line.as_bytes().first(), Some(b'.' | b'm' | b'M')) {
            continue;
        }
        let mut words = Words(line);
        let Some(keyword) = words.next() else { continue };
        let keyword = keyword.split('(').next().unwrap_or(keyword);
        let is = |word: &str| keyword.eq_ignore_ascii_case(word);
        if is(".control") {
            in_control = true;
        } else if is(".endc") {
            in_control = false;
        } else if is(".end") {
            break;
        } else if is(".alter") {
            requests.alters += 1;
        } else if is(".if") {
            conditions += 1;
        } else if is(".endif") {
            conditions = conditions.saturating_sub(1);
        } else if conditions > 0 {
            continue;
        } else if is(".meas") || is(".measure") || in_control && (is("meas") || is("measure")) {
            let Some(name) = measure_name(words, index, text) else { continue };
            requests.measures.push(Asked { name, line: index + 1 });
        }
    }
    requests
}

/// The name in a measure statement, which may continue on further lines before it.
fn measure_name<'a>(words: Words<'a>, index: usize, text: &'a str) -> Option<String> {
    let continued = text
        .lines()
        .skip(index + 1)
        .map_while(|line| line.trim_start().strip_prefix('+'))
        .flat_map(Words);
    let mut words = words.chain(continued);
    let first = words.next()?;
    let is_analysis = ANALYSES.iter().any(|analysis| first.eq_ignore_ascii_case(analysis));
    let name = if is_analysis { words.next()? } else { first };
    let name = name.trim_matches(['"', '\'']);
    // A name that contains a variable of the control block is known only to the simulator.
    (!name.is_empty() && !name.contains('$')).then(|| name.to_ascii_lowercase())
}

/// Words of a statement, up to a comment.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start();
        let end = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
        let word = &text[..end];
        self.0 = text[end..].trim_start_matches('=');
        (!word.is_empty() && !word.starts_with([';', '$'])).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{asked, asked_of_include};

    fn names(deck: &str) -> Vec<String> {
        asked(deck).measures.into_iter().map(|asked| asked.name).collect()
    }

    #[test]
    fn statements_of_every_spelling() {
        let deck = "* title\n\
            .MEAS TRAN Tphl trig v(in) val=0.5 rise=1\n\
            + targ v(out) val=0.5 fall=1\n\
            .measure ac f3 when vdb(out)=-3\n\
            .meas\n+ dc\n+ vth find v(a) at=1\n\
            .measure tpd param='tphl*2'\n\
            *.meas tran commented max v(a)\n\
            $ .meas tran also_commented max v(a)\n\
            mn1 a b c d nch\n\
            .control\nmeas tran x max v(a)\nmeas tran x$i max v(a)\n.endc\n\
            meas tran outside max v(a)\n\
            .end\n\
            .meas tran after max v(a)\n";
        assert_eq!(names(deck), ["tphl", "f3", "vth", "tpd", "x"]);
        assert_eq!(asked(deck).measures[1].line, 4);
    }

    #[test]
    fn the_first_line_is_the_title_of_a_deck_but_not_of_an_include() {
        let text = ".meas tran x max v(a)\r\n.meas tran y max v(a)\r\n";
        assert_eq!(names(text), ["y"]);
        assert_eq!(asked_of_include(text).measures.len(), 2);
    }

    #[test]
    fn what_is_conditional_is_not_asked_for() {
        let deck = "t\n.if (0)\n.meas tran a max v(a)\n.if (1)\n.endif\n.meas tran b max v(a)\n.endif\n.meas tran c max v(a)\n";
        assert_eq!(names(deck), ["c"]);
    }

    #[test]
    fn alters_are_counted() {
        assert_eq!(asked("t\n.alter fast\n.param v=1\n.ALTER\n.end\n.alter\n").alters, 2);
    }
}

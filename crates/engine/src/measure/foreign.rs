//! Recognizes files of other tools, so that a message can say what they are.

/// What a text is and which file to use instead, if it is of a known kind that libchar does not
/// read.
pub fn known(text: &str) -> Option<(&'static str, &'static str)> {
    if is_ltspice(text) {
        return Some(("a log of LTspice", "a log of ngspice or a measure file"));
    }
    if is_listing(text) {
        return Some(("a listing of HSPICE (.lis)", "the measure file beside it, such as .mt0"));
    }
    if text.trim_start().starts_with("Title:") && text.contains("\nPlotname:") {
        return Some(("a raw file of waveforms", "a log or a measure file"));
    }
    None
}

/// Whether a text is a log of LTspice: it prints measures as `name: expression=value`, and tables of steps.
pub fn is_ltspice(text: &str) -> bool {
    let begins = |begin: &str| text.lines().any(|line| line.trim_start().starts_with(begin));
    begins("Measurement:") || begins("LTspice") || begins("Total elapsed time:") || begins(".step ")
}

fn is_listing(text: &str) -> bool {
    text.lines().take(200).any(|line| {
        let line = line.trim_start();
        line.starts_with("****** ")
            || line.starts_with("***** job concluded")
            || line.starts_with("Using: ") && line.contains("hspice")
    })
}

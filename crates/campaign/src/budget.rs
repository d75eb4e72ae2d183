//! `samples=auto:1%`: computes the number of samples from the present results.

use libchar_core::number::significant;
use libchar_core::{Fault, Faults, Note};
use libchar_pvt::config::{self, Budget, Statistic};
use libchar_report::Specs;
use libchar_report::statistics::budget::{self, Decision, LAST};
use libchar_report::{FILE, Results};
use std::fs;
use std::path::Path;

/// How many samples the results of a domain ask for; those of a domain without results begin.
///
/// # Errors
/// Faults of the results, and a yield that is asked for without a limit.
pub fn decision(domain: &Path, of: Budget, specs: &Specs) -> Result<Decision, Faults> {
    let statistic = match of.of {
        Statistic::Mean => budget::Statistic::Mean,
        Statistic::Sd => budget::Statistic::Sd,
        Statistic::Yield => budget::Statistic::Yield,
    };
    if of.of == Statistic::Yield && !budget::has_limits(specs) {
        let fault =
            Fault::of(config::FILE, "`samples` asks for a yield, and no measure has a limit");
        return Err(fault.expected("[specs.NAME] min or max in libchar.toml").into());
    }
    let results = match fs::read(domain.join(FILE)) {
        Ok(bytes) => Results::parse(FILE, &bytes)?,
        Err(_) => Results::default(),
    };
    Ok(budget::decide(&results, specs, statistic, of.tolerance))
}

/// Why so many samples are taken.
pub fn why(of: Budget, found: &Decision) -> Note {
    let name = match of.of {
        Statistic::Mean => "mean",
        Statistic::Sd => "standard deviation",
        Statistic::Yield => "yield",
    };
    let percent = |part: f64| format!("{} %", significant(100.0 * part, 3));
    let (samples, wanted) = (found.samples, percent(of.tolerance));
    let Some((measure, point, half)) = &found.widest else {
        let what = if found.is_enough { "are enough" } else { "to begin with" };
        let message = format!("{samples} samples {what}, for {wanted} of the {name}");
        return Note::Info("samples", message);
    };
    let half = percent(*half);
    let widest = format!(
        "the 95 % interval of the {name} of {measure} at {point} is +-{half}, +-{wanted} is asked for"
    );
    match (found.is_enough, samples) {
        (true, _) => Note::Info("samples", format!("{samples} samples are enough: {widest}")),
        (false, LAST) => {
            let message = format!("{samples} samples are the most that are taken: {widest}");
            Note::Warning("samples", message)
        }
        (false, _) => Note::Info("samples", format!("{samples} samples now: {widest}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{decision, why};
    use libchar_core::Note;
    use libchar_pvt::config::{Budget, Statistic};
    use libchar_report::Specs;
    use libchar_report::statistics::budget::{Decision, LAST};

    #[test]
    fn a_yield_needs_a_limit_and_a_domain_without_results_begins() {
        let domain = tempfile::tempdir().unwrap();
        let of = |of| Budget { of, tolerance: 0.01 };
        let error = decision(domain.path(), of(Statistic::Yield), &Specs::default()).unwrap_err();
        assert!(error.to_string().contains("asks for a yield"), "{error}");
        let begin = decision(domain.path(), of(Statistic::Mean), &Specs::default()).unwrap();
        assert!(begin.samples > 0 && begin.widest.is_none());
        std::fs::write(domain.path().join("results.csv"), "nonsense\n").unwrap();
        assert!(decision(domain.path(), of(Statistic::Mean), &Specs::default()).is_err());
    }

    #[test]
    fn the_widest_interval_is_told_and_the_last_number_warned_of() {
        let of = Budget { of: Statistic::Mean, tolerance: 0.01 };
        let found = |samples, is_enough, widest: Option<f64>| Decision {
            samples,
            is_enough,
            widest: widest.map(|half| ("tphl".to_owned(), "TT/v1".to_owned(), half)),
        };
        let text = |decision: Decision| match why(of, &decision) {
            Note::Info(_, text) => text,
            note => format!("{note:?}"),
        };
        let widest =
            "the 95 % interval of the mean of tphl at TT/v1 is +-2.00 %, +-1.00 % is asked for";
        assert_eq!(text(found(50, true, None)), "50 samples are enough, for 1.00 % of the mean");
        assert_eq!(text(found(50, false, Some(0.02))), format!("50 samples now: {widest}"));
        assert!(text(found(LAST, false, Some(0.02))).starts_with("Warning("));
    }
}

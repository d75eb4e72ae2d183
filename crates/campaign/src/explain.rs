//! Errors in words.

/// The text of an error with its causes, without repetitions: the texts of some libraries contain
/// those of their causes.
pub fn explain(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| {
        match said.is_empty() {
            true => cause,
            false if said.contains(&cause) => said,
            false => format!("{said}: {cause}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::explain;
    use anyhow::anyhow;

    #[test]
    fn causes_are_said_once() {
        let error = anyhow!("disk full").context("cannot write x: disk full").context("no report");
        assert_eq!(explain(&error), "no report: cannot write x: disk full");
    }
}

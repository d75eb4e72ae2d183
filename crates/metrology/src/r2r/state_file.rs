//! The file with the memory of a controller.

use super::controller::Controller;
use super::ledger::Ledger;
use libchar_core::{Fault, Faults, frame};
use serde_json::Value;

const SCHEMA: &str = "libchar.r2r-state";

/// The document of a ledger.
///
/// # Errors
/// Numbers that JSON cannot represent.
pub fn document(ledger: &Ledger) -> serde_json::Result<Value> {
    Ok(frame::document(SCHEMA, 1, serde_json::to_value(ledger)?))
}

/// Reads the ledger of `controller` from the content of a file.
///
/// # Errors
/// Text that is not JSON, another document, an incomplete ledger, and the ledger of another
/// controller.
pub fn read(file: &str, bytes: &[u8], controller: &Controller) -> Result<Ledger, Faults> {
    let wrong = |found: String| {
        let expected = format!(
            "{SCHEMA}, version 1, as `libchar r2r step` wrote it; another name begins anew"
        );
        Faults::from(Fault::of(file, found).expected(expected))
    };
    let mut document: Value = serde_json::from_slice(bytes).map_err(|e| Fault::json(file, &e))?;
    let schema = document.as_object_mut().and_then(|d| d.remove("schema")).unwrap_or_default();
    if schema["name"] != SCHEMA || schema["version"] != 1 {
        return Err(wrong("this is not a state of a controller".to_owned()));
    }
    let ledger: Ledger = serde_json::from_value(document)
        .map_err(|e| wrong(format!("the state is damaged: {e}")))?;
    ledger
        .check(controller)
        .map_err(|why| wrong(format!("this state belongs to another controller: {why}")))?;
    Ok(ledger)
}

#[cfg(test)]
mod tests {
    use super::super::controller;
    use super::super::ledger::Row;
    use super::*;

    fn controller(output: &str) -> Controller {
        let text = format!(
            "lambda = 0.3\n[outputs.{output}]\ntarget = 44\n[inputs.time_s]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.5\n"
        );
        controller::read("c.toml", &text).unwrap()
    }

    #[test]
    fn a_ledger_comes_back_as_it_was_written() {
        let c = controller("y");
        let mut ledger = Ledger::new(&c, "c");
        let row = Row { run: "1".to_owned(), recipe: vec![None], measured: vec![Some(46.0)] };
        ledger.take(&[row]).unwrap();
        ledger.set_aside(&[58.8], vec![59.0], "ada", "new part");
        let text = document(&ledger).unwrap().to_string();
        assert_eq!(read("s.json", text.as_bytes(), &c).unwrap(), ledger);
        let other = read("s.json", text.as_bytes(), &controller("z")).unwrap_err().to_string();
        assert!(
            other.starts_with(
                "s.json: this state belongs to another controller: it steers y by time_s"
            ),
            "{other}"
        );
        assert!(other.contains("another name begins anew"));
    }

    #[test]
    fn what_is_no_state_says_so() {
        let c = controller("y");
        let told = |text: &str| read("s.json", text.as_bytes(), &c).unwrap_err().to_string();
        assert!(told("{").starts_with("s.json:1:1: EOF"));
        assert!(told("{}").starts_with("s.json: this is not a state of a controller"));
        let text = document(&Ledger::new(&c, "c")).unwrap().to_string();
        assert!(
            told(&text.replace("\"version\":1", "\"version\":2"))
                .contains("not a state of a controller")
        );
        assert!(told(&text.replace("\"runs\"", "\"rums\"")).contains("the state is damaged: "));
    }
}

//! Model files: JSON documents that are checked when they are read.

use crate::family::Fitted;
use crate::model::Model;
use libchar_core::{Fault, Faults, frame};
use serde_json::Value;

const SCHEMA: &str = "libchar.vm-model";
const VERSION: u32 = 1;

/// Bytes of a model.
///
/// # Errors
/// Numbers that JSON cannot represent.
pub fn encode(model: &Model) -> serde_json::Result<Vec<u8>> {
    let body = serde_json::to_value(model)?;
    let mut bytes = serde_json::to_vec_pretty(&frame::document(SCHEMA, VERSION, body))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads the model in a file's bytes, and its function.
///
/// # Errors
/// Bytes that are not JSON, another document, another version, and an incomplete model.
pub fn decode(bytes: &[u8], name: &str) -> Result<(Model, Fitted), Faults> {
    let mut document: Value = serde_json::from_slice(bytes).map_err(|e| Fault::json(name, &e))?;
    let wrong = |found: String| {
        let expected = format!("{SCHEMA}, version {VERSION}, as `libchar vm train` writes it");
        Faults::from(Fault::of(name, found).expected(expected))
    };
    let schema = document.as_object_mut().and_then(|d| d.remove("schema")).unwrap_or_default();
    if schema["name"] != SCHEMA {
        return Err(wrong("this is not a model of virtual metrology".to_owned()));
    }
    if schema["version"] != VERSION {
        return Err(wrong(format!("the model has version {}", schema["version"])));
    }
    let model: Model = serde_json::from_value(document)
        .map_err(|e| wrong(format!("the model is damaged: {e}")))?;
    let fitted = model.fitted().map_err(wrong)?;
    Ok((model, fitted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predicted::tests::model;

    #[test]
    fn a_model_comes_back_as_it_was_written() {
        let bytes = encode(&model()).unwrap();
        assert!(bytes.starts_with(b"{\n  \"schema\": {\n    \"name\": \"libchar.vm-model\""));
        let (found, fitted) = decode(&bytes, "m.json").unwrap();
        assert_eq!(encode(&found).unwrap(), bytes);
        assert_eq!(fitted.predict(&[1.0, 2.0]), model().fitted().unwrap().predict(&[1.0, 2.0]));
    }

    #[test]
    fn what_is_no_model_says_so() {
        let text = String::from_utf8(encode(&model()).unwrap()).unwrap();
        let told =
            |text: &str| decode(text.as_bytes(), "m.json").map(drop).unwrap_err().to_string();
        assert!(told("{").starts_with("m.json:1:1: EOF"));
        assert!(told("[]").contains("this is not a model of virtual metrology"));
        let newer = text.replacen("\"version\": 1", "\"version\": 2", 1);
        assert!(told(&newer).starts_with(
            "m.json: the model has version 2\n  expected libchar.vm-model, version 1"
        ));
        assert!(told(&text.replace("\"gamma\"", "\"gama\"")).contains("the model is damaged: "));
        let unknown = text.replace("\"family\": \"ols\"", "\"family\": \"olz\"");
        assert!(told(&unknown).contains("the model is damaged: its family is unknown"));
    }
}

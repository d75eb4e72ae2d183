//! Versions, digests, and the documents that the page was made from.

use crate::input::Inputs;
use crate::model::text;

/// Rows of the last section.
pub fn rows(inputs: &Inputs) -> Vec<(String, String)> {
    let mut rows = vec![("libchar".to_owned(), inputs.version.clone())];
    let mut documents: Vec<String> = Vec::new();
    if let Some(domain) = &inputs.domain {
        rows.extend(domain.provenance.iter().cloned());
        documents.push("creport".to_owned());
        let parts = [
            ("points", domain.points.len()),
            ("run", domain.run.len()),
            ("attempts", domain.attempts.len()),
        ];
        documents
            .extend(parts.into_iter().filter(|(_, n)| *n > 0).map(|(name, _)| name.to_owned()));
        if let Some(against) = &domain.against {
            rows.push(("baseline".to_owned(), against.name.clone()));
        }
    }
    for document in &inputs.documents {
        let schema = document
            .value
            .get("schema")
            .and_then(|schema| text(schema, "name"))
            .unwrap_or_default();
        documents.push(schema.trim_start_matches("libchar.").to_owned());
    }
    rows.push(("in this report".to_owned(), documents.join(", ")));
    rows
}

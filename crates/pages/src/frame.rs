//! The page: sections in a fixed order within one frame.

use crate::changes::{ASSUMED_ERROR, Baseline, median};
use crate::input::{DomainInputs, Inputs, Named};
use crate::model::{Domain, array, number, text};
use crate::section::{Section, State};
use crate::templates::{Templates, markup};
use crate::{
    cost, drawn, generic, known, library, measures, metro, panel, pictures, points, provenance,
    samples, spc, spc_many, verdict,
};
use libchar_core::{Fault, Faults};
use minijinja::context;
use minijinja::value::Serde;

const STYLE: &str = include_str!("templates/style.css");
const SCRIPT: &str = include_str!("templates/script.js");
/// SHA-256 of the script for the content security policy; a test compares it with the script.
const SCRIPT_HASH: &str = "6VMR8JBlwDCyFSaE4cQKicnmgph6E0mVdBi4fAAO/X4=";

/// With more measures than this, only the missed ones and those with the smallest margins have
/// panels.
const MOST_PANELS: usize = 40;
const LEAST_MARGINS: usize = 20;

/// A page, and whether it shows a finding.
#[derive(Debug, Clone)]
pub struct Page {
    /// The whole page, UTF-8.
    pub html: String,
    /// Whether a verdict in it is FAIL or a chart is out of control.
    pub found: bool,
}

/// Renders the page.
///
/// # Errors
/// Every document whose schema is unknown or newer than this version, with its file.
pub fn page(inputs: &Inputs) -> Result<Page, Faults> {
    let templates = Templates::new();
    let (places, mut faults) = order(&inputs.documents);
    let mut sections = Vec::new();
    let mut found = false;
    let mut stamp = None;
    let mut run = |section: Result<Option<Section>, minijinja::Error>| match section {
        Ok(section) => sections.extend(section),
        Err(error) => {
            faults.push(Fault::of("report", format!("a section cannot be rendered: {error:#}")))
        }
    };
    if let Some(domain) = &inputs.domain {
        let read = Domain::read(domain);
        let (verdict, parts) = domain_sections(&templates, inputs, domain, &read);
        found |= verdict.failed;
        stamp = Some(verdict.stamp);
        for part in parts {
            run(part);
        }
    }
    for (n, (title, document)) in places.iter().enumerate() {
        run(document_section(&templates, n, title, document).map(Some));
    }
    let rows = provenance::rows(inputs);
    run(templates
        .render(
            "generic.html",
            context! { values => Serde(&rows), tables => [0u8; 0], remarks => [0u8; 0] },
        )
        .map(|html| {
            Some(Section {
                id: "provenance".to_owned(),
                title: "Provenance".to_owned(),
                state: State::Fine,
                html,
            })
        }));
    Faults::or((), faults)?;
    found |= sections.iter().any(|section| section.state == State::Found);
    let html = templates.render(
        "page.html",
        context! {
            title => inputs.title.clone(),
            stamp => stamp.unwrap_or(if found { "FOUND" } else { "REPORT" }),
            lone => stamp.is_none(),
            found,
            version => inputs.version.clone(),
            style => markup(STYLE.to_owned()),
            script => markup(SCRIPT.to_owned()),
            hash => SCRIPT_HASH,
            sections => sections.iter().map(|s| context! { id => s.id.clone(), title => s.title.clone(), html => markup(s.html.clone()) }).collect::<Vec<_>>(),
        },
    );
    match html {
        Ok(html) => Ok(Page { html, found }),
        Err(error) => {
            Err(Fault::of("report", format!("the page cannot be rendered: {error:#}")).into())
        }
    }
}

/// The documents with their headings, in the order of the page.
fn order(documents: &[Named]) -> (Vec<(&'static str, &Named)>, Vec<Fault>) {
    let mut placed = Vec::new();
    let mut faults = Vec::new();
    for document in documents {
        let schema = document.value.get("schema");
        let name = schema.and_then(|schema| text(schema, "name"));
        let version =
            schema.and_then(|schema| number(schema, "version")).map(|version| version as u64);
        match known::section_of(name.as_deref(), version) {
            Ok((place, title)) => placed.push((place, title, document)),
            Err((found, expected)) => {
                faults.push(Fault::of(document.name.clone(), found).expected(expected))
            }
        }
    }
    placed.sort_by_key(|(place, ..)| *place);
    (placed.into_iter().map(|(_, title, document)| (title, document)).collect(), faults)
}

type Rendered = Result<Option<Section>, minijinja::Error>;

fn domain_sections(
    templates: &Templates,
    inputs: &Inputs,
    domain: &DomainInputs,
    read: &Domain,
) -> (verdict::Verdict, Vec<Rendered>) {
    let links = |point: usize| links(inputs, domain, &read.points[point].id);
    let old = domain.against.as_ref().map(|against| {
        Domain::read(&DomainInputs {
            creport: against.value.clone(),
            points: domain.points.clone(),
            ..DomainInputs::default()
        })
    });
    let baseline = old.as_ref().map(Baseline::new);
    let verdict = verdict::verdict(read, old.as_ref(), &links);
    let error = simulator_error(domain);
    let section = |id: &str, title: &str, found: bool, html: Result<String, minijinja::Error>| {
        let state = if found { State::Found } else { State::Fine };
        html.map(|html| Some(Section { id: id.to_owned(), title: title.to_owned(), state, html }))
    };
    let mut parts = vec![section(
        "verdict",
        "Verdict",
        verdict.failed,
        templates.render("verdict.html", Serde(&verdict)),
    )];
    let lines = measures::lines(read, baseline.as_ref().map(|baseline| (baseline, error)));
    let compared = baseline.is_some();
    parts.push(section(
        "measures",
        "All measures",
        false,
        templates.render("measures.html", context! { lines => Serde(&lines), compared }),
    ));
    let (panels, left_out) = panels(read, &links);
    parts.push(section(
        "panels",
        "Each measure",
        false,
        templates.render("panel.html", context! { panels => Serde(&panels), left_out }),
    ));
    let against = domain.against.as_ref().map(|against| &against.value);
    if let Some(samples) = samples::samples(read, &domain.creport, against) {
        parts.push(section(
            "samples",
            "Statistics of the samples",
            samples.lacking,
            templates.render("samples.html", Serde(&samples)),
        ));
    }
    if let Some(baseline) = &baseline {
        parts.push(section(
            "changes",
            "Changes against the baseline",
            false,
            changes(templates, read, baseline, error),
        ));
    }
    let (lines, note) = points::lines(read, &links);
    if read.points.iter().any(|point| point.run.is_some()) {
        parts.push(section(
            "points",
            "Points and attempts",
            false,
            templates.render("points.html", context! { lines => Serde(&lines), note }),
        ));
    }
    if let Some(cost) = cost::cost(&domain.attempts) {
        parts.push(section("cost", "Cost", false, templates.render("cost.html", Serde(&cost))));
    }
    (verdict, parts)
}

/// Panels of all measures, or of those that matter most; and the number of measures left out.
fn panels(
    read: &Domain,
    links: &dyn Fn(usize) -> Vec<(String, String)>,
) -> (Vec<panel::Panel>, usize) {
    let cells: usize = read.measures.iter().map(|measure| measure.rows.len()).sum();
    let sorted = measures::sorted(read);
    let missed = sorted.iter().filter(|m| m.state() == crate::model::State::Missed).count();
    let shown = if sorted.len() > MOST_PANELS {
        (missed + LEAST_MARGINS).min(sorted.len())
    } else {
        sorted.len()
    };
    let panels = sorted
        .iter()
        .take(shown)
        .map(|measure| panel::panel(read, measure, cells > panel::MOST_CELLS, links));
    (panels.collect(), sorted.len() - shown)
}

fn changes(
    templates: &Templates,
    read: &Domain,
    baseline: &Baseline,
    error: f64,
) -> Result<String, minijinja::Error> {
    let mut rows = Vec::new();
    let (mut not_compared, mut limits) = (0, Vec::new());
    for measure in &read.measures {
        let change = baseline.change(read, measure, error);
        not_compared += change.not_compared;
        if change.limit_moved {
            limits.push(measure.name.clone());
        }
        rows.push((
            measure.name.clone(),
            change.relative.clone(),
            median(&change.relative),
            change.beyond,
        ));
    }
    let moved: usize = rows.iter().map(|(.., beyond)| *beyond).sum();
    let picture = markup(pictures::changes(&rows, error));
    templates.render("changes.html", context! { picture, moved, limits, not_compared, error => crate::quantity::share(error, 2) })
}

/// The error of the simulation: the largest one of the presets in use, else a tenth of a percent.
fn simulator_error(domain: &DomainInputs) -> f64 {
    let presets = array(&domain.creport, "presets").iter();
    let errors = presets
        .flat_map(|preset| array(preset, "errors"))
        .filter_map(|error| number(error, "error_pct"));
    errors.map(|pct| pct / 100.0).reduce(f64::max).unwrap_or(ASSUMED_ERROR)
}

/// Links to a point's deck and log, relative to the page; none if the id could lead elsewhere.
fn links(inputs: &Inputs, domain: &DomainInputs, id: &str) -> Vec<(String, String)> {
    let Some(prefix) = &inputs.links else { return Vec::new() };
    let safe = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part.contains(['\\', ':', '%', '?', '#'])
    };
    if domain.stem.is_empty() || !id.split('/').all(safe) {
        return Vec::new();
    }
    let link = |word: &str, ending: &str| {
        (word.to_owned(), format!("{prefix}{id}/{}.{ending}", domain.stem))
    };
    vec![link("deck", "sp"), link("log", "log")]
}

fn document_section(
    templates: &Templates,
    n: usize,
    title: &str,
    document: &Named,
) -> Result<Section, minijinja::Error> {
    let name =
        document.value.get("schema").and_then(|schema| text(schema, "name")).unwrap_or_default();
    let id = format!("{}-{n}", pictures::anchor(name.trim_start_matches("libchar.")));
    let title = format!("{title}: {}", document.name);
    if name == "libchar.spc-chart" {
        let chart = spc::chart(&document.value, &spc::id(n));
        let state = if chart.found { State::Found } else { State::Fine };
        let shown = ["panels", "violations", "labels", "rules"];
        let rest = generic::generic(&title, &document.value, &shown);
        let rest = templates.render("generic.html", Serde(&rest))?;
        let html = templates.render(
            "spc.html",
            context! { chart => Serde(&chart), rest => markup(rest), section => &title },
        )?;
        return Ok(Section { id, title, state, html });
    }
    if name == "libchar.spc-charts" {
        let found = spc_many::many(&document.value);
        let state = if found.found { State::Found } else { State::Fine };
        let rest = generic::generic(&title, &found.rest, &[]);
        let rest = templates.render("generic.html", Serde(&rest))?;
        let html = templates.render(
            "spc_many.html",
            context! { sentence => found.sentence, picture => markup(found.picture), rest => markup(rest), section => &title },
        )?;
        return Ok(Section { id, title, state, html });
    }
    if name == "libchar.library" {
        let found = library::library(&document.value, &id);
        let state = if found.found { State::Found } else { State::Fine };
        let html = templates
            .render("library.html", context! { found => Serde(&found), section => &title })?;
        return Ok(Section { id, title, state, html });
    }
    if name == "libchar.metro" {
        let found = metro::metro(&document.value, &id);
        let state = if found.found { State::Found } else { State::Fine };
        let rest = generic::generic(&title, &document.value, &["results", "summary"]);
        let rest = templates.render("generic.html", Serde(&rest))?;
        let html = templates.render(
            "metro.html",
            context! { found => Serde(&found), rest => markup(rest), section => &title },
        )?;
        return Ok(Section { id, title, state, html });
    }
    let values = generic::generic(&title, &document.value, &[]);
    let pictures = drawn::drawn(&name, &document.value, &id).into_iter().map(markup);
    let html = templates.render(
        "document.html",
        context! {
            pictures => pictures.collect::<Vec<_>>(), section => &title,
            rest => markup(templates.render("generic.html", Serde(&values))?),
        },
    )?;
    Ok(Section { id, title, state: judged(&document.value), html })
}

/// The state that follows from the findings in the document itself.
fn judged(document: &serde_json::Value) -> State {
    let failed =
        |name: &str| document.get(name).and_then(serde_json::Value::as_str) == Some("FAIL");
    let no_skill = document.get("has_skill").and_then(serde_json::Value::as_bool) == Some(false);
    let findings = !array(document, "findings").is_empty();
    let found = failed("result") || failed("verdict") || no_skill || findings;
    if found { State::Found } else { State::Fine }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;
    use sha2::{Digest, Sha256};

    fn whole() -> Inputs {
        Inputs {
            title: "inverter".to_owned(),
            domain: Some(inputs()),
            links: Some(String::new()),
            version: "0".to_owned(),
            ..Inputs::default()
        }
    }

    #[test]
    fn the_same_documents_give_the_same_bytes() {
        let page = page(&whole()).expect("a page");
        assert!(page.found);
        assert_eq!(page.html, self::page(&whole()).expect("a page").html);
        for part in
            ["id=\"verdict\"", "id=\"m-tphl\"", "FAIL", "1 of 1 limit missed at 1 of 8 points"]
        {
            assert!(page.html.contains(part), "{part}");
        }
    }

    /// Names, reasons and labels come from decks and tables of other people.
    #[test]
    fn foreign_text_never_becomes_markup() {
        let hostile = "<script>alert(1)</script>\"'";
        let mut inputs = whole();
        let domain = inputs.domain.as_mut().expect("a domain");
        let measure = &mut domain.creport["measures"][0];
        measure["measure"] = hostile.into();
        measure["unit"] = hostile.into();
        for row in measure["rows"].as_array_mut().expect("rows") {
            row["step"] = hostile.into();
        }
        for point in &mut domain.points {
            point["corner"] = hostile.into();
        }
        domain.run = domain.points.iter().map(|p| serde_json::json!({ "point": p["point"], "status": "failed", "class": hostile, "reason": hostile })).collect();
        inputs.title = hostile.to_owned();
        inputs.documents.push(Named {
            name: hostile.to_owned(),
            value: serde_json::json!({ "schema": { "name": "libchar.diffuse", "version": 1 }, hostile: hostile, "rows": [{ hostile: hostile }] }),
        });
        let html = page(&inputs).expect("a page").html;
        assert_eq!(html.matches("<script").count(), 1, "the page's own script");
        assert!(!html.contains("alert(1)</script>"));
    }

    #[test]
    fn a_link_never_leaves_the_domain() {
        let inputs = whole();
        let domain = inputs.domain.as_ref().expect("a domain");
        assert_eq!(links(&inputs, domain, "TT/../../etc").len(), 0);
        assert_eq!(links(&inputs, domain, "javascript:x").len(), 0);
        assert_eq!(links(&inputs, domain, "TT/a")[1].1, "TT/a/sim_tx.log");
    }

    #[test]
    fn the_policy_names_the_script() {
        let digest = Sha256::digest(SCRIPT.as_bytes());
        assert_eq!(SCRIPT_HASH, base64(&digest));
        assert!(STYLE.len() + SCRIPT.len() < 20_000);
    }

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            for i in 0..4 {
                let digit = DIGITS[(word >> (18 - 6 * i) & 63) as usize] as char;
                text.push(if i <= chunk.len() { digit } else { '=' });
            }
        }
        text
    }

    #[test]
    fn unknown_documents_are_faults_of_their_file() {
        let mut inputs = whole();
        inputs.documents.push(Named {
            name: "x.json".to_owned(),
            value: serde_json::json!({ "schema": { "name": "y", "version": 1 } }),
        });
        let faults = page(&inputs).expect_err("unknown");
        assert!(faults.to_string().starts_with("x.json: unknown schema `y`"), "{faults}");
    }
}

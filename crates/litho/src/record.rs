//! Reads raw parameters from a record (one JSON object, or one row of a table) and names every
//! fault.

use serde_json::{Map, Number, Value};

use crate::check::{Job, JobFault};
use crate::job::JobParameters;

/// Type of a field of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A finite number.
    Number,
    /// A whole number from 0 to 255.
    Class,
    /// `true` or `false`.
    Flag,
    /// One of a few names.
    Name(&'static [&'static str]),
    /// Any text.
    Text,
    /// A list of diffraction orders (JSON only).
    Orders,
    /// An object (JSON only).
    Object,
}

/// The contract: every field with its type, and whether a job requires it.
pub const FIELDS: [(&str, FieldKind, bool); 47] = {
    use FieldKind::{Class, Flag, Name, Number, Object, Orders, Text};
    [
        ("job_id", Text, false),
        ("wavelength_nm", Number, true),
        ("na", Number, true),
        ("medium", Name(&["vacuum", "air", "water"]), false),
        ("medium_index", Number, false),
        ("imaging", Name(&["auto", "scalar", "vector"]), false),
        ("polarization", Name(&["unpolarized", "te", "tm", "x", "y"]), false),
        ("source", Name(&["conventional", "annular", "dipole", "quadrupole", "point"]), false),
        ("sigma", Number, false),
        ("sigma_in", Number, false),
        ("sigma_out", Number, false),
        ("pole_center", Number, false),
        ("pole_radius", Number, false),
        ("pole_angle_deg", Number, false),
        ("source_x", Number, false),
        ("source_y", Number, false),
        ("pitch_nm", Number, true),
        ("cd_nm", Number, true),
        ("mask_bias_nm", Number, false),
        ("assist_nm", Number, false),
        ("assist_offset_nm", Number, false),
        ("mask", Name(&["binary", "attenuated", "alternating", "orders"]), false),
        ("tone", Name(&["line", "trench"]), false),
        ("mask_transmission", Number, false),
        ("mask_orders", Orders, false),
        ("blur_nm", Number, false),
        ("resist_thickness_nm", Number, false),
        ("resist_index", Number, false),
        ("absorption_per_um", Number, false),
        ("flare", Number, false),
        ("threshold", Number, false),
        ("dose_mj_cm2", Number, false),
        ("dose_sigma_pct", Number, false),
        ("defocus_nm", Number, false),
        ("focus_sigma_nm", Number, false),
        ("cd_tolerance_pct", Number, false),
        ("placement_tol_nm", Number, false),
        ("el_min_pct", Number, false),
        ("segment_nm", Number, false),
        ("grid_size_nm", Number, false),
        ("pattern_complexity", Name(&["simple", "moderate", "complex"]), false),
        ("use_ai_surrogate", Flag, false),
        ("job_class", Class, false),
        ("priority", Name(&["low", "normal", "high", "critical"]), false),
        ("constraint_profile", Text, false),
        ("submitted_by", Text, false),
        ("metadata", Object, false),
    ]
};

impl JobParameters {
    /// Reads a job from a JSON object. `null` counts as absent.
    ///
    /// # Errors
    ///
    /// Every field that is unknown, missing or of the wrong type.
    pub fn from_record(record: &Map<String, Value>) -> Result<Self, Vec<JobFault>> {
        let mut faults = Vec::new();
        let mut clean = Map::new();
        for (name, value) in record.iter().filter(|(_, v)| !v.is_null()) {
            match FIELDS.iter().find(|f| f.0 == name) {
                None => faults.push(unknown(name)),
                Some(&(_, kind, _)) => match fault_of(name, kind, value) {
                    Some(fault) => faults.push(fault),
                    None => {
                        clean.insert(name.clone(), value.clone());
                    }
                },
            }
        }
        for (name, _, _) in FIELDS.iter().filter(|f| f.2 && !record.contains_key(f.0)) {
            faults.push(JobFault {
                field: (*name).into(),
                found: "missing".into(),
                expected: "a number in every job".into(),
                nearest: None,
            });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        serde_json::from_value(Value::Object(clean)).map_err(|e| {
            vec![JobFault {
                field: "mask_orders".into(),
                found: e.to_string(),
                expected: "objects with `order`, `re` and `im`".into(),
                nearest: None,
            }]
        })
    }

    /// Reads and checks a job in one go, so that faults of type and of range are reported together.
    ///
    /// # Errors
    ///
    /// All faults of the record. If a required field is itself at fault, ranges that depend on it
    /// are not checked.
    pub fn job_of(record: &Map<String, Value>) -> Result<Job, Vec<JobFault>> {
        let mut faults = match Self::from_record(record) {
            Ok(parameters) => return parameters.check(),
            Err(faults) => faults,
        };
        let is_faulty = |name: &str| faults.iter().any(|f| f.field == name);
        let mut rest = record.clone();
        rest.retain(|name, _| !is_faulty(name));
        let mut stands_in = false;
        for (name, value) in
            [("wavelength_nm", 193.0), ("na", 0.5), ("pitch_nm", 1e4), ("cd_nm", 5.0)]
        {
            if is_faulty(name) {
                rest.insert(name.into(), value.into());
                stands_in = true;
            }
        }
        let hangs_on_others = ["na", "medium", "cd_nm", "mask_bias_nm"];
        if let Ok(parameters) = Self::from_record(&rest)
            && let Err(more) = parameters.check()
        {
            let is_sure = |f: &JobFault| {
                !is_faulty(&f.field) && (!stands_in || !hangs_on_others.contains(&f.field.as_str()))
            };
            let more: Vec<_> = more.into_iter().filter(is_sure).collect();
            faults.extend(more);
        }
        Err(faults)
    }

    /// Turns the text of a table's cell into the value that [`Self::from_record`] expects; an empty
    /// cell means absent.
    #[must_use]
    pub fn cell(field: &str, text: &str) -> Value {
        let text = text.trim();
        if text.is_empty() {
            return Value::Null;
        }
        let kind = FIELDS.iter().find(|f| f.0 == field).map(|f| f.1);
        let number = || text.parse().ok().and_then(Number::from_f64).map(Value::Number);
        let parsed = match kind {
            Some(FieldKind::Number) => number(),
            Some(FieldKind::Class) => text.parse::<u8>().ok().map(Value::from),
            Some(FieldKind::Flag) => match text {
                "true" | "1" | "yes" => Some(true.into()),
                "false" | "0" | "no" => Some(false.into()),
                _ => None,
            },
            Some(FieldKind::Orders | FieldKind::Object) => serde_json::from_str(text).ok(),
            Some(FieldKind::Name(_) | FieldKind::Text) | None => None,
        };
        parsed.unwrap_or_else(|| Value::String(text.into()))
    }
}

fn unknown(name: &str) -> JobFault {
    JobFault {
        field: name.into(),
        found: "unknown field".into(),
        expected: "a field of the job contract".into(),
        nearest: nearest(name, FIELDS.iter().map(|f| f.0)),
    }
}

fn fault_of(field: &str, kind: FieldKind, value: &Value) -> Option<JobFault> {
    let (sound, expected) = match kind {
        FieldKind::Number => (value.is_number(), "a finite number".into()),
        FieldKind::Class => {
            (value.as_u64().is_some_and(|v| v < 256), "a class from 1 to 20".into())
        }
        FieldKind::Flag => (value.is_boolean(), "true or false".into()),
        FieldKind::Text => (value.is_string(), "text".into()),
        FieldKind::Orders => (value.is_array(), "a list of diffraction orders".into()),
        FieldKind::Object => (value.is_object(), "an object".into()),
        FieldKind::Name(names) => (
            value.as_str().is_some_and(|v| names.contains(&v)),
            format!("one of {}", names.join(", ")),
        ),
    };
    let near = match (kind, value.as_str()) {
        (FieldKind::Name(names), Some(text)) => nearest(text, names.iter().copied()),
        _ => None,
    };
    (!sound).then(|| JobFault {
        field: field.into(),
        found: match value {
            Value::String(text) => format!("`{text}`"),
            other => other.to_string(),
        },
        expected,
        nearest: near,
    })
}

/// The name most similar to `text`, if any is similar.
fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    names
        .map(|name| (strsim::jaro_winkler(text, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<JobParameters, Vec<JobFault>> {
        let Value::Object(map) = value else { unreachable!("tests pass objects") };
        JobParameters::from_record(&map)
    }

    #[test]
    fn every_field_of_the_contract_round_trips() {
        let mut job = JobParameters::new(193.0, 1.35, 90.0, 45.0);
        job.source = Some(crate::job::SourceKind::Annular);
        (job.sigma_in, job.sigma_out) = (Some(0.6), Some(0.9));
        job.metadata.insert("lot".into(), json!("A1"));
        let text = serde_json::to_value(&job).expect("a job is JSON");
        assert_eq!(read(text), Ok(job));
    }

    #[test]
    fn all_faults_of_a_record_come_at_once() {
        let faults = read(json!({"wavelenght_nm": 193, "na": "high", "pitch_nm": 90,
            "source": "anular", "cd_nm": 45, "job_class": -1}))
        .expect_err("five faults");
        let seen: Vec<_> =
            faults.iter().map(|f| (f.field.as_str(), f.nearest.as_deref())).collect();
        assert_eq!(
            seen,
            [
                ("wavelenght_nm", Some("wavelength_nm")),
                ("na", None),
                ("source", Some("annular")),
                ("job_class", None),
                ("wavelength_nm", None)
            ]
        );
    }

    #[test]
    fn a_cell_becomes_the_type_of_its_field() {
        assert_eq!(JobParameters::cell("na", "1.35"), json!(1.35));
        assert_eq!(JobParameters::cell("na", "NaN"), json!("NaN"));
        assert_eq!(JobParameters::cell("job_id", "12"), json!("12"));
        assert_eq!(JobParameters::cell("use_ai_surrogate", "no"), json!(false));
        assert_eq!(JobParameters::cell("sigma", " "), Value::Null);
    }

    #[test]
    fn ranges_hold_per_wavelength_and_medium() {
        let fault = |wavelength, na| {
            JobParameters::new(wavelength, na, 400.0, 200.0).check().map(|_| ()).map_err(|f| {
                f.iter().map(|f| (f.field.clone(), f.nearest.clone())).collect::<Vec<_>>()
            })
        };
        let na = |nearest: &str| Err(vec![("na".to_string(), Some(nearest.to_string()))]);
        assert_eq!(fault(193.0, 1.35), Ok(()));
        assert_eq!(fault(193.0, 1.45), na("1.35"));
        assert_eq!(fault(248.0, 1.2), na("0.95"));
        assert_eq!(fault(13.5, 0.55), Ok(()));
        assert_eq!(fault(13.5, 0.6), na("0.55"));
        assert_eq!(
            fault(200.0, 0.6),
            Err(vec![("wavelength_nm".to_string(), Some("193".to_string()))])
        );
    }
}

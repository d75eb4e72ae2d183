//! Evaluations and gates as rows.

use super::evaluate::Report;
use crate::gate::Gate;
use libchar_core::{Cell, Frame};
use libchar_learn::surrogate::MEMBERS;
use libchar_litho::learner::Regime;

/// The report as rows: one per target.
pub fn frame(report: &Report) -> Frame {
    let mut columns: Vec<String> =
        ["target", "scale", "r2", "rmse", "winkler_over_sd", "coverage", "within_tolerance"]
            .map(str::to_owned)
            .to_vec();
    columns.extend(Regime::ALL.iter().map(|regime| format!("coverage_{}", regime.name())));
    columns.extend(MEMBERS.iter().map(|member| format!("weight_{}", member.replace(' ', "_"))));
    let mut frame = Frame::new("libchar.litho-train", 1, columns);
    for t in &report.targets {
        let mut row: Vec<Cell> = vec![
            t.target.as_str().into(),
            t.scale.as_str().into(),
            t.r2.into(),
            t.rmse.into(),
            t.winkler_over_sd.into(),
            t.coverage.into(),
            t.within_tolerance.into(),
        ];
        for regime in Regime::ALL {
            let own = t.regimes.iter().find(|r| r.regime == regime.name());
            row.push(own.map(|r| r.coverage).into());
        }
        row.extend(t.weights.iter().map(|w| Cell::from(*w)));
        frame.push(row);
    }
    frame
}

/// The gates as rows.
pub fn gate_frame(gates: &[Gate]) -> Frame {
    let mut frame = Frame::new("libchar.litho-gates", 1, ["gate", "found", "limit", "passed"]);
    for gate in gates {
        frame.push(vec![
            gate.gate.as_str().into(),
            gate.found.into(),
            gate.limit.into(),
            gate.passed.into(),
        ]);
    }
    frame
}

//! Checks of arcs: each input that an output depends on has one, and each arc is complete.

use super::{Findings, nearest, pins};
use crate::function::Function;
use crate::group::Group;
use std::collections::BTreeSet;

const TYPES: [&str; 33] = [
    "combinational",
    "combinational_rise",
    "combinational_fall",
    "three_state_enable",
    "three_state_enable_rise",
    "three_state_enable_fall",
    "three_state_disable",
    "three_state_disable_rise",
    "three_state_disable_fall",
    "rising_edge",
    "falling_edge",
    "preset",
    "clear",
    "setup_rising",
    "setup_falling",
    "hold_rising",
    "hold_falling",
    "recovery_rising",
    "recovery_falling",
    "removal_rising",
    "removal_falling",
    "skew_rising",
    "skew_falling",
    "non_seq_setup_rising",
    "non_seq_setup_falling",
    "non_seq_hold_rising",
    "non_seq_hold_falling",
    "nochange_high_high",
    "nochange_high_low",
    "nochange_low_high",
    "nochange_low_low",
    "min_pulse_width",
    "minimum_period",
];

/// The arc's `timing_type`; an arc without it is combinational.
pub(super) fn timing_type(timing: &Group) -> &str {
    timing.text("timing_type").unwrap_or("combinational")
}

pub(super) fn is_constraint(kind: &str) -> bool {
    ["setup", "hold", "recovery", "removal", "skew", "nochange", "non_seq", "min"]
        .iter()
        .any(|start| kind.starts_with(start))
}

pub(super) fn check(cell: &Group, findings: &mut Findings) {
    for pin in pins(cell) {
        for timing in pin.groups("timing") {
            arc(pin, timing, findings);
        }
        if pin.text("direction") == Some("output") || pin.text("direction") == Some("inout") {
            output(cell, pin, findings);
        }
    }
    sequential(cell, findings);
}

/// The tables and attributes that one arc must have.
fn arc(pin: &Group, timing: &Group, findings: &mut Findings) {
    let kind = timing_type(timing);
    if let Some(value) = timing.get("timing_type")
        && !TYPES.contains(&value.text.as_str())
    {
        findings.error(
            "timing-type",
            value.at,
            format!("`timing_type` is `{}`", value.text),
            nearest(&value.text, &TYPES),
        );
        return;
    }
    if timing.get("related_pin").is_none() && timing.get("related_bus_pins").is_none() {
        let found = format!("an arc of `{}` has no `related_pin`", pin.argument());
        findings.error("arc", timing.at, found, "the pin that the arc begins at");
    }
    if is_constraint(kind) {
        let has = |name: &str| timing.group(name).is_some();
        if !has("rise_constraint")
            && !has("fall_constraint")
            && !has("intrinsic_rise")
            && kind != "minimum_period"
        {
            let found = format!("a `{kind}` of `{}` holds no table", pin.argument());
            findings.error("arc", timing.at, found, "`rise_constraint` or `fall_constraint`");
        }
        return;
    }
    for edge in ["rise", "fall"] {
        let (delay, transition) = (format!("cell_{edge}"), format!("{edge}_transition"));
        let (has_delay, has_transition) =
            (timing.group(&delay).is_some(), timing.group(&transition).is_some());
        // A disabled output makes no transition.
        if has_delay && !has_transition && !kind.starts_with("three_state_disable") {
            let found =
                format!("an arc of `{}` has `{delay}` and no `{transition}`", pin.argument());
            findings.error("arc", timing.at, found, format!("`{transition}` beside it"));
        }
        if has_transition && !has_delay {
            let found =
                format!("an arc of `{}` has `{transition}` and no `{delay}`", pin.argument());
            findings.error("arc", timing.at, found, format!("`{delay}` beside it"));
        }
    }
    let edges: &[&str] = match kind {
        "combinational" | "rising_edge" | "falling_edge" => &["cell_rise", "cell_fall"],
        "combinational_rise" => &["cell_rise"],
        "combinational_fall" => &["cell_fall"],
        _ => &[],
    };
    for edge in edges.iter().filter(|edge| timing.group(edge).is_none()) {
        let found = format!("a `{kind}` arc of `{}` has no `{edge}`", pin.argument());
        findings.error("arc", timing.at, found, format!("`{edge}`"));
    }
}

/// The related pins of a pin's arcs.
fn related(pin: &Group, kind: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let arcs = pin.groups("timing").filter(|timing| kind(timing_type(timing)));
    let names = arcs.filter_map(|timing| timing.get("related_pin"));
    names.flat_map(|value| value.parts().map(|(_, name)| name.to_owned())).collect()
}

fn output(cell: &Group, pin: &Group, findings: &mut Findings) {
    let Some(function) = pin.get("function").and_then(|value| Function::parse(&value.text).ok())
    else {
        return;
    };
    let has = related(pin, |kind| !is_constraint(kind));
    let inputs: Vec<&Group> =
        pins(cell).filter(|pin| pin.text("direction") == Some("input")).collect();
    for name in
        function.names.iter().filter(|name| inputs.iter().any(|pin| super::declares(pin, name)))
    {
        if !has.contains(name) && !has.contains(name.split('[').next().unwrap_or(name)) {
            let found =
                format!("no arc from `{name}` to `{}`, whose function holds it", pin.argument());
            findings.error(
                "missing-arc",
                pin.at,
                found,
                format!("`timing () {{ related_pin : \"{name}\"; … }}`"),
            );
        }
    }
    let Some(enable) = pin.get("three_state").and_then(|value| Function::parse(&value.text).ok())
    else {
        return;
    };
    for name in &enable.names {
        for kind in ["three_state_enable", "three_state_disable"] {
            if !related(pin, |k| k.starts_with(kind)).contains(name) {
                let found = format!("no `{kind}` arc from `{name}` to `{}`", pin.argument());
                findings.error("missing-arc", pin.at, found, format!("`timing_type : {kind};`"));
            }
        }
    }
}

/// Arcs that a flip-flop or latch needs: clock to output, data before and after the clock, clear and preset.
fn sequential(cell: &Group, findings: &mut Findings) {
    let states = cell.all_groups().filter(|group| matches!(group.name.as_str(), "ff" | "latch"));
    for state in states {
        let (clock, data) =
            if state.name == "ff" { ("clocked_on", "next_state") } else { ("enable", "data_in") };
        let names = |attribute: &str| {
            state
                .get(attribute)
                .and_then(|value| Function::parse(&value.text).ok())
                .map(|f| f.names)
        };
        let Some(clocks) = names(clock) else {
            // A latch that nothing but set and clear drives has no enable.
            if state.name == "ff" || state.get(data).is_some() {
                let found = format!("the `{}` has no `{clock}`", state.name);
                findings.error("missing-arc", state.at, found, format!("`{clock} : \"…\";`"));
            }
            continue;
        };
        let variables: Vec<&str> =
            state.arguments.iter().map(|argument| argument.text.as_str()).collect();
        for pin in pins(cell) {
            let function = pin.get("function").and_then(|value| Function::parse(&value.text).ok());
            if !function.is_some_and(|function| {
                function.names.iter().any(|name| variables.contains(&name.as_str()))
            }) {
                continue;
            }
            let from_clock =
                related(pin, |kind| kind.ends_with("_edge") || kind.starts_with("combinational"));
            if !clocks.iter().any(|clock| from_clock.contains(clock)) {
                let found =
                    format!("no arc from the clock `{}` to `{}`", clocks.join(" "), pin.argument());
                findings.error(
                    "missing-arc",
                    pin.at,
                    found,
                    "`timing_type : rising_edge;` or `falling_edge`",
                );
            }
            for (attribute, kinds) in
                [("clear", ["clear", "preset"]), ("preset", ["preset", "clear"])]
            {
                let asynchronous = names(attribute).unwrap_or_default();
                let has = related(pin, |kind| kinds.contains(&kind));
                for name in asynchronous.iter().filter(|name| !has.contains(*name)) {
                    let found =
                        format!("no `{attribute}` arc from `{name}` to `{}`", pin.argument());
                    findings.error(
                        "missing-arc",
                        pin.at,
                        found,
                        format!("`timing_type : {attribute};`"),
                    );
                }
            }
        }
        for name in names(data).unwrap_or_default() {
            let Some(pin) = pins(cell).find(|pin| super::declares(pin, &name)) else { continue };
            for kind in ["setup", "hold"] {
                let has = related(pin, |k| k.starts_with(kind));
                if !clocks.iter().any(|clock| has.contains(clock)) {
                    let found =
                        format!("no {kind} of `{name}` against the clock `{}`", clocks.join(" "));
                    findings.error(
                        "missing-arc",
                        pin.at,
                        found,
                        format!("`timing_type : {kind}_rising;` or `{kind}_falling`"),
                    );
                }
            }
        }
    }
}

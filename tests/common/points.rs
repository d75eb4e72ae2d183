//! A characterization directory without `gen`: points, decks, and outputs of a simulator.

use super::Sandbox;

/// A deck that asks for `tphl` and `vmax`.
pub const DECK: &str = "* inverter\n.meas tran tphl trig v(in) val=0.5 rise=1 targ v(out) val=0.5 fall=1\n\
                        .meas tran vmax max v(out)\n.tran 5p 5n\n.end\n";

/// Ids of the points of [`domain`].
pub const POINTS: [&str; 3] =
    ["TT/typical/typical_25/v1nom", "TT/typical/typical_m40/v1nom", "SS/typical/typical_25/v1nom"];

/// Writes config.cfg, points.csv and the decks of [`POINTS`].
pub fn domain(sandbox: &Sandbox) {
    domain_with(sandbox, DECK);
}

/// Like [`domain`], with another deck.
pub fn domain_with(sandbox: &Sandbox, deck: &str) {
    sandbox.write("config.cfg", "simulator=ngspice\n");
    let mut points =
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n"
            .to_owned();
    for id in POINTS {
        let corner = &id[..2];
        let temp_c = if id.contains("_m40/") { "-40" } else { "25" };
        let hash = "0".repeat(64);
        points += &format!(
            "{id},{corner},typical,{temp_c},v1nom,{corner},1.8,1.8,{id}/sim_tx.sp,{hash}\n"
        );
        sandbox.write(&format!("{id}/sim_tx.sp"), deck);
    }
    sandbox.write("points.csv", points);
}

/// ngspice's log of a point.
pub fn log(temp_c: &str, tphl: &str, vmax: &str) -> String {
    format!(
        "Circuit: * inverter\n\nDoing analysis at TEMP = {temp_c} and TNOM = 27.000000\n\n\
         No. of Data Rows : 1020\n\n  Measurements for Transient Analysis\n\n\
         tphl                =  {tphl} targ=  1.049271e-09 trig=  1.025000e-09\n\
         vmax                =  {vmax} at=  1.022500e-09\n\n\nTotal analysis time (seconds) = 0.006\n"
    )
}

/// A measure file with one value of `tphl` and `vmax`.
pub fn mt0(tphl: &str, vmax: &str, alter: &str) -> String {
    format!(
        "$DATA1 SOURCE='HSPICE' VERSION='test' PARAM_COUNT=0\n.TITLE '* t'\n tphl vmax temper alter#\n \
         {tphl} {vmax} 25.0000 {alter}\n"
    )
}

/// Logs of every point.
pub fn simulated(sandbox: &Sandbox) {
    for (id, tphl) in POINTS.iter().zip(["2.4e-11", "2.1e-11", "3.6e-11"]) {
        let temp_c = if id.contains("_m40/") { "-40.000000" } else { "25.000000" };
        sandbox.write(&format!("{id}/sim_tx.log"), log(temp_c, tphl, "1.875791e+00"));
    }
}

//! Matrices that an independent program generated, with the true parameters behind them and its own
//! fits.

use libchar_litho::JobParameters;
use libchar_litho::fem::{PARAMETERS, Point, Seen};
use serde_json::Value;

const FEM: &str = include_str!("../../../../testdata/litho/fem.json");
const ROWS: [&str; 5] = [
    include_str!("../../../../testdata/litho/fem_F01.csv"),
    include_str!("../../../../testdata/litho/fem_F02.csv"),
    include_str!("../../../../testdata/litho/fem_F03.csv"),
    include_str!("../../../../testdata/litho/fem_F04.csv"),
    include_str!("../../../../testdata/litho/fem_F05.csv"),
];

/// One matrix of the independent program.
pub struct Set {
    pub points: Vec<Point>,
    pub train: Vec<usize>,
    pub test: Vec<usize>,
    pub sigma_known: bool,
    pub template: JobParameters,
    pub fits: Vec<Value>,
    pub truth: Value,
}

/// The matrix with a number, counted from 0.
pub fn set(i: usize) -> Set {
    let all: Value = serde_json::from_str(FEM).expect("JSON");
    let set = &all["sets"][i];
    let mut lines = ROWS[i].lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let (mut points, mut train, mut test) = (Vec::new(), Vec::new(), Vec::new());
    for (row, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let text = |name: &str| header.iter().position(|h| *h == name).map(|at| cells[at]);
        let number = |name: &str| text(name).and_then(|t| t.parse::<f64>().ok());
        points.push(Point {
            pitch_nm: number("pitch_nm").expect("a pitch"),
            target_cd_nm: number("target_cd_nm").expect("a target"),
            dose_mj_cm2: number("dose_mj_cm2").expect("a dose"),
            focus_nm: number("focus_nm").expect("a focus"),
            site_x: number("site_x").unwrap_or(0.0),
            seen: number("cd_nm").map_or(Seen::Unknown, Seen::Width),
            sigma_nm: number("sigma_nm").unwrap_or(1.0),
        });
        if text("split") == Some("train") { train.push(row) } else { test.push(row) }
    }
    let optics = &set["optics"];
    let of = |name: &str| optics[name].as_f64().expect("a number");
    let mut template = JobParameters::new(of("lam"), of("na"), 300.0, 100.0);
    let name = |text: &str| Value::from(text);
    template.mask = serde_json::from_value(optics["mask"].clone()).expect("a mask");
    template.mask_transmission = optics["mask_t"].as_f64();
    template.imaging = serde_json::from_value(name("scalar")).expect("a name");
    match optics["src"]["kind"].as_str() {
        Some("annular") => {
            template.sigma_in = optics["src"]["si"].as_f64();
            template.sigma_out = optics["src"]["so"].as_f64();
        }
        _ => template.sigma = optics["src"]["s"].as_f64(),
    }
    Set {
        sigma_known: header.contains(&"sigma_nm"),
        points,
        train,
        test,
        template,
        fits: set["fits"].as_array().expect("fits").clone(),
        truth: set["truth"].clone(),
    }
}

/// Index of a parameter.
pub fn index(name: &str) -> usize {
    PARAMETERS.iter().position(|p| *p == name).expect("a parameter")
}

//! The whole ensemble on a simulated process whose truth is known.

use libchar_learn::surrogate::Target;
use libchar_learn::train::{Names, Rows, Settings, train};
use libchar_learn::{LearnError, Matrix, Surrogate, artifact};

/// A cheap generator that is good enough for test data (Marsaglia's xorshift64*).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn names() -> Names {
    let any = (f64::NEG_INFINITY, f64::INFINITY);
    let target = |name: &str, (low, high)| Target { name: name.into(), low, high };
    Names {
        features: ["a", "b", "c"].map(String::from).to_vec(),
        targets: vec![target("wave", any), target("wide", (0.0, f64::INFINITY))],
        groups: vec!["quiet".into(), "loud".into()],
        classes: vec!["left".into(), "right".into()],
        outlier_columns: vec![1, 2],
    }
}

/// The noise of `wave` is five times greater in the loud group; `wide` spans four decades.
fn rows(n: usize, seed: u64) -> Rows {
    let mut random = Random(seed);
    let (mut features, mut targets, mut group, mut class) = (vec![], vec![], vec![], vec![]);
    for _ in 0..n {
        let x: [f64; 3] = std::array::from_fn(|_| random.uniform());
        let loud = usize::from(x[2] > 0.6);
        let noise = if loud == 1 { 0.25 } else { 0.05 };
        targets.push([
            (5.0 * x[0]).sin() + x[1] * x[1] + noise * random.normal(),
            (9.0 * x[1] + x[0] + 0.05 * random.normal()).exp(),
        ]);
        class.push(usize::from(x[0] > 0.5));
        group.push(loud);
        features.push(x);
    }
    let (features, targets) = (Matrix::from_rows(&features), Matrix::from_rows(&targets));
    Rows { features: features.unwrap(), targets: targets.unwrap(), group, class }
}

fn model() -> &'static Surrogate {
    static MODEL: std::sync::OnceLock<Surrogate> = std::sync::OnceLock::new();
    MODEL.get_or_init(|| {
        train(&names(), &rows(700, 11), &rows(400, 12), &Settings::default()).unwrap()
    })
}

#[test]
fn intervals_cover_in_every_group() {
    let test = rows(2000, 13);
    for wanted in 0..2 {
        for t in 0..2 {
            let (mut inside, mut n) = (0.0, 0.0);
            for i in (0..2000).filter(|&i| test.group[i] == wanted) {
                let p = model().predict(test.features.row(i), wanted).unwrap()[t];
                assert!(p.bounded && p.low <= p.value && p.value <= p.high);
                let y = test.targets.row(i)[t];
                inside += f64::from(u8::from(p.low <= y && y <= p.high));
                n += 1.0;
            }
            // Three standard errors of calibration (at least 140 rows per group) and test combined.
            let error = 3.0 * (0.05f64 * 0.95 * (1.0 / 140.0 + 1.0 / n)).sqrt();
            let coverage: f64 = inside / n;
            assert!((coverage - 0.95).abs() < error, "group {wanted} target {t}: {coverage}");
        }
    }
}

#[test]
fn the_loud_group_gets_wider_intervals() {
    let width = |row: [f64; 3], group| {
        let p = model().predict(&row, group).unwrap()[0];
        p.high - p.low
    };
    let ratio = width([0.5, 0.5, 0.9], 1) / width([0.5, 0.5, 0.2], 0);
    assert!((3.0..8.0).contains(&ratio), "{ratio}");
}

#[test]
fn attributions_add_up_to_the_prediction() {
    let test = rows(50, 14);
    for i in 0..50 {
        let row = test.features.row(i);
        let predicted = model().predict(row, test.group[i]).unwrap();
        for (p, a) in predicted.iter().zip(model().explain(row).unwrap()) {
            let total = a.base + a.features.iter().sum::<f64>() + a.other_members;
            assert!((total - p.value).abs() <= 1e-12 * p.value.abs().max(1.0));
        }
    }
}

#[test]
fn same_rows_same_bytes() {
    let again = train(&names(), &rows(700, 11), &rows(400, 12), &Settings::default()).unwrap();
    assert!(artifact::encode(&again) == artifact::encode(model()));
}

#[test]
fn bytes_come_back_as_the_same_model() {
    let bytes = artifact::encode(model());
    assert_eq!(&artifact::decode(&bytes).unwrap(), model());
}

#[test]
fn damaged_bytes_are_never_a_model() {
    let bytes = artifact::encode(model());
    for cut in [0, 7, 16, 40, bytes.len() / 2, bytes.len() - 1] {
        assert!(artifact::decode(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(bytes.len() / 97) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        assert!(artifact::decode(&changed).is_err(), "changed at {at}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(
        artifact::decode(b"not a model").unwrap_err().to_string(),
        "damaged model: it does not start as a libchar model"
    );
    assert!(artifact::decode(&longer).is_err());
}

/// A forged digest passes the first check; the second one must still refuse the bytes, or the model
/// must predict sensible values.
#[test]
fn forged_digest_cannot_make_a_model_that_panics() {
    use sha2::{Digest, Sha256};
    let bytes = artifact::encode(model());
    let body = bytes.len() - 32;
    for at in (16..body).step_by(body / 499) {
        for bit in [0x01, 0x80] {
            let mut forged = bytes.clone();
            forged[at] ^= bit;
            let digest = Sha256::digest(&forged[..body]);
            forged[body..].copy_from_slice(&digest);
            if let Ok(model) = artifact::decode(&forged)
                && let Ok(predicted) = model.predict(&[0.3, 0.4, 0.5], 0)
            {
                assert!(predicted.iter().all(|p| !p.value.is_nan()), "byte {at}");
                model.explain(&[0.3, 0.4, 0.5]).unwrap();
            }
        }
    }
}

#[test]
fn strangers_are_outside_and_kin_mostly_inside() {
    let test = rows(2000, 15);
    let outside = (0..2000)
        .filter(|&i| model().novelty(test.features.row(i), Some(test.class[i])).is_outside())
        .count();
    assert!(outside < 60, "{outside} of 2000 at one percent");
    assert!(model().novelty(&[0.2, 4.0, 0.5], Some(0)).is_outside());
    assert!(model().novelty(&[0.2, 0.5, 0.5], None).is_outside());
}

#[test]
fn probability_of_being_out_of_specification_is_calibrated() {
    let test = rows(2000, 16);
    let beyond = model().beyond(0, 1.0, true).unwrap();
    let (mut predicted, mut happened) = (0.0, 0.0);
    for i in 0..2000 {
        predicted += beyond.probability(test.features.row(i));
        happened += f64::from(u8::from(test.targets.row(i)[0] > 1.0));
    }
    assert!(f64::abs(predicted - happened) / 2000.0 < 0.03, "{predicted} {happened}");
}

#[test]
fn a_group_with_too_few_calibration_rows_promises_nothing() {
    let mut calibrate = rows(60, 17);
    for (i, group) in calibrate.group.iter_mut().enumerate() {
        *group = usize::from(i < 10);
    }
    let model = train(&names(), &rows(200, 18), &calibrate, &Settings::default()).unwrap();
    let loud = model.predict(&[0.5, 0.5, 0.5], 1).unwrap();
    assert!(!loud[0].bounded && loud[0].high == f64::INFINITY && loud[1].low == 0.0);
    assert!(model.predict(&[0.5, 0.5, 0.5], 0).unwrap()[0].bounded);
}

#[test]
fn faults_name_what_is_wrong() {
    let good = rows(200, 19);
    let fit = |train_rows: &Rows| {
        train(&names(), train_rows, &good, &Settings::default()).unwrap_err().to_string()
    };
    assert_eq!(fit(&rows(50, 1)), "training needs at least 100 rows, found 50");
    let mut values = good.features.as_slice().chunks(3).map(<[f64]>::to_vec).collect::<Vec<_>>();
    values[7][1] = f64::NAN;
    let nan = Rows { features: Matrix::from_rows(&values).unwrap(), ..good.clone() };
    assert_eq!(fit(&nan), "b of row 7 is NaN, which is not a finite number");
    assert_eq!(
        model().predict(&[1.0], 0),
        Err(LearnError::Shape { what: "features", expected: 3, found: 1 })
    );
    assert!(model().predict(&[1.0, f64::INFINITY, 0.0], 0).is_err());
    assert!(model().predict(&[1.0, 0.0, 0.0], 2).is_err());
}

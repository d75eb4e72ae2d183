use super::*;

/// IMA(1,1) with a drift per run.
fn series(theta: f64, drift: f64, n: u64, name: &str) -> Vec<f64> {
    let mut draws = Draws::new(11, &["forecast", name]);
    let (mut level, mut last) = (0.0, 0.0);
    (0..n)
        .map(|t| {
            let e = draws.normal(t);
            level += drift + e - theta * last;
            last = e;
            level
        })
        .collect()
}

fn settings(runs: usize) -> Settings {
    Settings {
        runs,
        train: 180,
        alpha: 0.05,
        methods: Method::ALL.to_vec(),
        limits: None,
        paths: 0,
        seed: 1,
    }
}

/// Over fifteen series each; every run is forecast from those before it.
#[test]
fn the_chosen_one_is_as_good_as_an_ewma_and_its_intervals_cover() {
    for (theta, drift) in [(0.7, 0.0), (0.4, 0.0), (0.7, 0.3), (0.9, 0.1)] {
        let (mut ours, mut theirs, mut inside, mut count) = (0.0, 0.0, 0.0, 0.0);
        for k in 0..15 {
            let y = series(theta, drift, 300, &format!("{theta} {drift} {k}"));
            let found = forecast(&y, &settings(1)).unwrap();
            let own = &found.tried[found.best];
            let ewma = found.tried.iter().find(|t| t.method == Method::Ewma).unwrap();
            ours += own.mse[0].unwrap();
            theirs += ewma.mse[0].unwrap();
            inside += own.coverage[0].unwrap() * own.errors.len() as f64;
            count += own.errors.len() as f64;
        }
        let (ratio, covered) = ((ours / theirs).sqrt(), inside / count);
        assert!(ratio <= 1.02, "{theta} {drift}: {ratio}");
        assert!((0.93..=0.97).contains(&covered), "{theta} {drift}: {covered}");
        // No forecast can have less error than the spread of the shocks.
        assert!(drift == 0.0 || (ours / 15.0).sqrt() < 1.06, "{}", (ours / 15.0).sqrt());
    }
}

#[test]
fn intervals_cover_ten_runs_ahead() {
    let (mut inside, mut count) = (0.0, 0.0);
    for k in 0..15 {
        let y = series(0.7, 0.0, 300, &format!("far {k}"));
        let found = forecast(&y, &settings(10)).unwrap();
        inside += found.tried[found.best].coverage[9].unwrap();
        count += 1.0;
    }
    assert!((0.92..=0.98).contains(&(inside / count)), "{}", inside / count);
}

#[test]
fn a_random_walk_keeps_the_naive_forecast() {
    let y = series(0.0, 0.0, 400, "walk");
    let found = forecast(&y, &settings(5)).unwrap();
    assert_eq!((found.tried[found.best].method, found.skill.is_none()), (Method::Naive, true));
    assert_eq!(found.ahead[4].value, y[399]);
    assert!((found.ahead[3].half_width / found.ahead[0].half_width - 2.0).abs() < 1e-12);
}

#[test]
fn short_and_still_series() {
    let short = settings(3);
    assert!(matches!(
        forecast(&[1.0; 189], &short),
        Err(LearnError::TooFewRows { needed: 190, .. })
    ));
    let found = forecast(&[1.0; 200], &short).unwrap();
    assert_eq!((found.ahead[2].value, found.ahead[2].half_width), (1.0, 0.0));
    assert_eq!(found.refused.len(), 1, "no autoregression: {:?}", found.refused);
}

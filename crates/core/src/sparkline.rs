//! A series in one line of text.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// At most `width` bars from the smallest to the largest value. A bar that stands for several values shows the one
/// farthest from the middle, so that a single spike stays visible.
pub fn sparkline(values: &[f64], width: usize) -> String {
    let finite: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    if finite.is_empty() || width == 0 {
        return String::new();
    }
    let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
    let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let middle = f64::midpoint(low, high);
    let bars = width.min(finite.len());
    (0..bars)
        .map(|bar| {
            let bucket = &finite[bar * finite.len() / bars..(bar + 1) * finite.len() / bars];
            let farthest = bucket.iter().copied().fold(middle, |far, x| {
                if (x - middle).abs() > (far - middle).abs() { x } else { far }
            });
            let share = if high > low { (farthest - low) / (high - low) } else { 0.5 };
            BARS[((share * 8.0) as usize).min(7)]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn spikes_survive() {
        assert_eq!(sparkline(&[0.0, 1.0, 2.0, 3.0], 10), "▁▃▆█");
        let mut long = vec![0.0; 1000];
        long[500] = 9.0;
        assert_eq!(sparkline(&long, 20).matches('█').count(), 1);
        assert_eq!(sparkline(&[f64::NAN], 5), "");
        assert_eq!(sparkline(&[2.0, 2.0], 5).chars().count(), 2);
    }
}

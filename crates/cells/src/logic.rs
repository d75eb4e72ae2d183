//! Truth tables, and the shortest sums of products that express them.

/// A function of pins. It has an entry for each assignment, of which bit i is pin i; `None` is a value that does not
/// matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The pins, in the order of their bits.
    pub pins: Vec<String>,
    /// The values.
    pub values: Vec<Option<bool>>,
}

/// A product: the pins that must have a given value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cube {
    care: u32,
    bits: u32,
}

impl Cube {
    fn covers(self, assignment: usize) -> bool {
        assignment as u32 & self.care == self.bits
    }
}

impl Truth {
    /// The table of a rule.
    pub fn of(pins: &[String], rule: impl Fn(usize) -> Option<bool>) -> Truth {
        Truth { pins: pins.to_vec(), values: (0..1 << pins.len()).map(rule).collect() }
    }

    /// Whether a change of a pin can change the value.
    pub fn depends_on(&self, pin: usize) -> bool {
        (0..self.values.len()).any(|a| {
            let (one, other) = (self.values[a], self.values[a ^ (1 << pin)]);
            one.is_some() && other.is_some() && one != other
        })
    }

    /// The text in Liberty's syntax: `!A&B | C`, `0` or `1`.
    pub fn text(&self) -> String {
        let ones: Vec<usize> =
            (0..self.values.len()).filter(|a| self.values[*a] == Some(true)).collect();
        if ones.is_empty() {
            return "0".to_owned();
        }
        if self.values.iter().all(|value| *value != Some(false)) {
            return "1".to_owned();
        }
        let cubes = cover(&self.primes(), ones);
        let products: Vec<String> = cubes.iter().map(|cube| self.product(*cube)).collect();
        match products.as_slice() {
            [one] => one.clone(),
            many => many.iter().map(|p| format!("({p})")).collect::<Vec<_>>().join(" | "),
        }
    }

    fn product(&self, cube: Cube) -> String {
        let literals = self.pins.iter().enumerate().filter(|(i, _)| cube.care >> i & 1 == 1);
        let words = literals.map(|(i, pin)| match cube.bits >> i & 1 {
            1 => pin.clone(),
            _ => format!("!{pin}"),
        });
        words.collect::<Vec<_>>().join("&")
    }

    /// The method of Quine and McCluskey: all products that no larger product contains.
    fn primes(&self) -> Vec<Cube> {
        let all = (1u32 << self.pins.len()) - 1;
        let allowed = (0..self.values.len()).filter(|a| self.values[*a] != Some(false));
        let mut level: Vec<Cube> = allowed.map(|a| Cube { care: all, bits: a as u32 }).collect();
        let mut primes = Vec::new();
        while !level.is_empty() {
            let mut merged = vec![false; level.len()];
            let mut next = Vec::new();
            for i in 0..level.len() {
                for j in i + 1..level.len() {
                    let differ = level[i].bits ^ level[j].bits;
                    if level[i].care == level[j].care && differ.count_ones() == 1 {
                        (merged[i], merged[j]) = (true, true);
                        next.push(Cube {
                            care: level[i].care & !differ,
                            bits: level[i].bits & !differ,
                        });
                    }
                }
            }
            primes.extend(level.iter().zip(&merged).filter(|(_, m)| !**m).map(|(cube, _)| *cube));
            next.sort();
            next.dedup();
            level = next;
        }
        primes
    }
}

/// Products that cover all ones: first those that are the only ones to cover some assignment, then each time the one that
/// covers most.
fn cover(primes: &[Cube], mut open: Vec<usize>) -> Vec<Cube> {
    let mut chosen: Vec<Cube> = Vec::new();
    for one in &open {
        let mut covering = primes.iter().filter(|prime| prime.covers(*one));
        if let (Some(only), None) = (covering.next(), covering.next())
            && !chosen.contains(only)
        {
            chosen.push(*only);
        }
    }
    open.retain(|one| !chosen.iter().any(|cube| cube.covers(*one)));
    while !open.is_empty() {
        let gain = |cube: &Cube| open.iter().filter(|one| cube.covers(**one)).count();
        let Some(best) = primes.iter().max_by_key(|c| {
            (gain(c), std::cmp::Reverse(c.care.count_ones()), std::cmp::Reverse(c.bits))
        }) else {
            break;
        };
        let best = *best;
        open.retain(|one| !best.covers(*one));
        chosen.push(best);
    }
    // In the order of the pins: plain ones, inverted ones, then those that do not stand in the product.
    chosen.sort_by_key(|cube| -> Vec<u32> {
        (0..u32::BITS)
            .map(|i| 2 * (!cube.care >> i & 1) + ((cube.care & !cube.bits) >> i & 1))
            .collect()
    });
    chosen
}

#[cfg(test)]
mod tests {
    use super::Truth;

    fn text(pins: &[&str], rule: impl Fn(usize) -> Option<bool>) -> String {
        let pins: Vec<String> = pins.iter().map(|p| (*p).to_owned()).collect();
        Truth::of(&pins, rule).text()
    }

    #[test]
    fn functions_are_short_sums_of_products() {
        assert_eq!(text(&["A"], |a| Some(a == 0)), "!A");
        assert_eq!(text(&["A", "B"], |a| Some(a != 3)), "(!A) | (!B)");
        assert_eq!(text(&["A", "B"], |a| Some(a == 1 || a == 2)), "(A&!B) | (!A&B)");
        assert_eq!(
            text(&["A0", "A1", "S"], |a| Some(if a & 4 == 0 { a & 1 == 1 } else { a & 2 == 2 })),
            "(A0&!S) | (A1&S)"
        );
        assert_eq!(text(&["A"], |_| Some(true)), "1");
        assert_eq!(text(&["A", "B"], |a| if a < 2 { None } else { Some(a == 3) }), "A");
    }

    /// Every function of four pins is expressed correctly.
    #[test]
    fn texts_say_their_tables() {
        let pins: Vec<String> = ["A", "B", "C", "D"].map(str::to_owned).to_vec();
        for number in (0..1u32 << 16).step_by(97) {
            let truth = Truth::of(&pins, |a| Some(number >> a & 1 == 1));
            let text = truth.text();
            for a in 0..16usize {
                let literal = |word: &str| {
                    let (pin, negative) =
                        word.strip_prefix('!').map_or((word, false), |p| (p, true));
                    let bit = pins.iter().position(|p| p == pin).unwrap();
                    (a >> bit & 1 == 1) != negative
                };
                let value = match text.as_str() {
                    "0" => false,
                    "1" => true,
                    text => text
                        .split(" | ")
                        .any(|p| p.trim_matches(['(', ')']).split('&').all(literal)),
                };
                assert_eq!(Some(value), truth.values[a], "{text}");
            }
        }
    }
}

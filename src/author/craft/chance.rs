//! Whether chance explains what was counted.

/// Below this probability, chance does not: one careful author in a hundred is suspected without reason.
pub(super) const UNLIKELY: f64 = 0.01;

/// More trials than this are judged by a bound instead of exactly; exactly costs the square of their number.
const EXACT: usize = 1_000;

/// The probability of at least `hits` successes in independent trials that succeed with `chances` (the tail of the
/// Poisson binomial distribution); for very many trials an upper bound of it (Hoeffding 1963), which never suspects
/// anybody too early.
pub(super) fn at_least(hits: usize, chances: &[f64]) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    if chances.len() > EXACT {
        let excess = float(hits) - chances.iter().sum::<f64>();
        return if excess <= 0.0 { 1.0 } else { (-2.0 * excess * excess / float(chances.len())).exp() };
    }
    // `exactly[k]` is the probability of k successes so far; the last entry collects `hits` and more.
    let mut exactly = vec![0.0; hits + 1];
    exactly[0] = 1.0;
    for chance in chances {
        exactly[hits] += exactly[hits - 1] * chance;
        for count in (0..hits).rev() {
            let one_more = if count == 0 { 0.0 } else { exactly[count - 1] * chance };
            exactly[count] = exactly[count] * (1.0 - chance) + one_more;
        }
    }
    exactly[hits]
}

/// A count as a number that can be divided.
pub(super) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hits: usize, chances: &[f64], expected: f64) {
        let found = at_least(hits, chances);
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn tails() {
        check(0, &[0.5; 3], 1.0);
        check(3, &[0.5; 3], 0.125);
        check(2, &[0.5; 3], 0.5);
        check(4, &[0.5; 3], 0.0);
        // 1 − 0.75^4, and two unequal coins.
        check(1, &[0.25; 4], 1.0 - 0.316_406_25);
        check(1, &[0.5, 0.2], 0.6);
        check(2, &[0.5, 0.2], 0.1);
        // R: pbinom(11, 20, 0.25, lower.tail = FALSE)
        let found = at_least(12, &[0.25; 20]);
        assert!((found - 0.000_935_391_7).abs() < 1e-8, "{found}");
    }

    #[test]
    fn many_trials_are_bounded_from_above() {
        assert!((at_least(500, &vec![0.5; 1_001]) - 1.0).abs() < 1e-12);
        let bound = at_least(600, &vec![0.5; 1_001]);
        let exact = at_least(600, &vec![0.5; 1_000]);
        assert!(exact < bound && bound < UNLIKELY, "{exact} {bound}");
    }
}

//! A sample that the auditor can draw again: the seed is theirs, and a digest is the lot.

use crate::digest::Digest;
use crate::registry::PersonNumber;

/// How people are drawn: in the order of SHA-256(seed ‖ number), the first ones.
///
/// Nobody can put a person into the sample or keep one out of it without changing the population, and the seed comes from
/// the auditor after the population stands. `printf '%s%s' "$seed" "$number" | sha256sum` gives a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What the auditor chose: any text.
    pub seed: String,
    /// How many to draw.
    pub size: usize,
}

impl Sample {
    /// The lot of a person.
    #[must_use]
    pub fn lot(&self, number: &PersonNumber) -> Digest {
        Digest::of_parts([self.seed.as_bytes(), number.as_str().as_bytes()])
    }

    /// Those who are drawn, in the order in which they are; everybody where there are not more.
    #[must_use]
    pub fn draw(&self, population: &[PersonNumber]) -> Vec<PersonNumber> {
        let mut lots: Vec<(Digest, &PersonNumber)> =
            population.iter().map(|number| (self.lot(number), number)).collect();
        lots.sort_unstable();
        lots.into_iter().take(self.size).map(|(_, number)| number.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(of: &[&str]) -> Vec<PersonNumber> {
        of.iter().map(|number| PersonNumber::new(number).expect("a number")).collect()
    }

    #[test]
    fn a_shell_draws_the_same() {
        // for n in 1 2 3 012345; do printf '%s  %s\n' "$(printf '%s%s' 2026-Q4 $n | sha256sum | cut -c 1-64)" $n; done | sort
        let sample = Sample { seed: "2026-Q4".to_owned(), size: 3 };
        let drawn = sample.draw(&numbers(&["1", "2", "3", "012345"]));
        assert_eq!(drawn, numbers(EXPECTED));
    }

    const EXPECTED: &[&str] = &["1", "012345", "2"];

    proptest! {
        /// The order in which the population is told does not matter, and a larger sample begins with the smaller one.
        #[test]
        fn only_seed_and_number_matter(people in prop::collection::btree_set("[a-z0-9]{1,6}", 0..40), size in 0_usize..50) {
            let people: Vec<&str> = people.iter().map(String::as_str).collect();
            let (there, back) = (numbers(&people), numbers(&people.iter().rev().copied().collect::<Vec<_>>()));
            let sample = |size| Sample { seed: "s".to_owned(), size };
            prop_assert_eq!(sample(size).draw(&there), sample(size).draw(&back));
            prop_assert_eq!(sample(size).draw(&there).len(), size.min(there.len()));
            let larger = sample(size + 1).draw(&there);
            prop_assert_eq!(&larger[..size.min(there.len())], &sample(size).draw(&there)[..]);
        }
    }
}

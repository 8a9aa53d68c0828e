//! A number that is typed digit by digit where each digit goes somewhere already.

/// A number that is being typed; 0 while none is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypedNumber(usize);

impl TypedNumber {
    /// With one more digit. One that makes it larger than `most` begins another number.
    #[must_use]
    pub fn and(self, digit: usize, most: usize) -> Self {
        let longer = self.0.saturating_mul(10).saturating_add(digit);
        Self(if longer > most { digit } else { longer })
    }

    /// The index of the thing that has this number, counted from 1.
    #[must_use]
    pub fn index(self) -> Option<usize> {
        self.0.checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_make_a_number_as_long_as_there_is_such_a_thing() {
        let typed = |digits: &[usize]| {
            digits.iter().fold(TypedNumber::default(), |number, digit| number.and(*digit, 20)).index()
        };
        assert_eq!(
            [&[][..], &[0], &[1], &[1, 3], &[2, 0]].map(typed),
            [None, None, Some(0), Some(12), Some(19)]
        );
        assert_eq!([&[1, 3, 5][..], &[2, 5], &[2, 5, 0]].map(typed), [Some(4), Some(4), None]);
    }
}

//! People in a sentence.

/// The most people that one sentence names.
const MOST_NAMED: usize = 20;

/// The first of these people, and how many more there are: nobody reads thousands.
#[must_use]
pub fn named_first(numbers: &[impl AsRef<str>]) -> String {
    let first: Vec<&str> = numbers.iter().take(MOST_NAMED).map(AsRef::as_ref).collect();
    let first = first.join(", ");
    match numbers.len().saturating_sub(MOST_NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_people_are_named_and_the_others_counted() {
        let numbers: Vec<String> = (0..22).map(|number| format!("{number:02}")).collect();
        assert_eq!(named_first(&numbers[..1]), "00");
        assert!(named_first(&numbers[..20]).ends_with(", 18, 19"));
        assert!(named_first(&numbers).ends_with(", 18, 19 and 2 more"));
    }
}

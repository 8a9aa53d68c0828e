//! Several numbers, in words.

/// Numbers in order, of three and more in a row the first and the last: `1 to 3, 5 and 6`.
#[must_use]
pub fn numbers(numbers: &[usize]) -> String {
    let rows = numbers.chunk_by(|one, next| one + 1 == *next);
    let parts: Vec<String> = rows
        .flat_map(|row| match row {
            [first, _, .., last] => vec![format!("{first} to {last}")],
            few => few.iter().map(ToString::to_string).collect(),
        })
        .collect();
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_in_a_row_are_said_by_their_ends() {
        let check = |numbers: &[usize], expected: &str| assert_eq!(super::numbers(numbers), expected);
        check(&[3], "3");
        check(&[1, 2], "1 and 2");
        check(&[1, 2, 3], "1 to 3");
        check(&[1, 2, 4], "1, 2 and 4");
        check(&[1, 2, 3, 5, 6, 9, 10, 11], "1 to 3, 5, 6 and 9 to 11");
    }
}

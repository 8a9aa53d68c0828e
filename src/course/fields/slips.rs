//! Values whose meaning can be told although they are not written as they must be: what to write.

use chrono::NaiveDate;

/// What to write where somebody wrote a truth value in another way.
pub(super) fn flag(written: &str) -> Option<String> {
    let meant = match written.trim_matches('"').to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => "true",
        "false" | "no" | "off" | "0" => "false",
        _ => return None,
    };
    Some(format!("write {meant}, in lower case and without quotation marks"))
}

/// What to write where somebody put a whole number in quotation marks.
pub(super) fn number(written: &str, is_good: impl Fn(u32) -> bool) -> Option<String> {
    let inside = written.strip_prefix('"')?.strip_suffix('"')?;
    let number = inside.trim().trim_end_matches('%').trim_end().parse().ok()?;
    is_good(number).then(|| format!("write it without quotation marks: {number}"))
}

/// What to write where a text stands that can only be the one entry of a list.
pub(super) fn list(written: &str) -> Option<String> {
    const SHORT: usize = 20;
    let is_short_text = written.starts_with('"') && written.chars().count() <= SHORT;
    is_short_text.then(|| format!("write it in brackets: [{written}]"))
}

/// What to write where somebody wrote a date in another order. `04/05/2026` has two meanings.
pub(super) fn date(text: &str) -> String {
    let parts: Vec<&str> =
        text.trim().split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let day = |year: &str, month: &str, day: &str| {
        (year.len() == 4).then_some(())?;
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    let meant = match parts.as_slice() {
        [a, b, c] => match (day(a, b, c), day(c, b, a), day(c, a, b)) {
            (Some(only), None, None) | (None, Some(only), None) | (None, None, Some(only)) => Some(only),
            (_, Some(one), Some(same)) if one == same => Some(one),
            _ => None,
        },
        _ => None,
    };
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    match meant {
        None if lengths == [4, 2, 2] => "the calendar has no such day".to_owned(),
        Some(date) => format!("write the year first, then the month and the day: {date}"),
        None => {
            "write the year first, then the month and the day, each of these two with two digits".to_owned()
        }
    }
}

/// What to do about a backslash that begins no escape.
pub(super) fn backslash() -> String {
    r"for a backslash in a text write two: \\; names of folders have / between them".to_owned()
}

/// A path with `/` for every backslash, one or two of them; nothing if there is none.
pub(super) fn with_slashes(path: &str) -> Option<String> {
    path.contains('\\').then(|| path.replace(r"\\", "/").replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_another_order() {
        fn check(written: &str, expected: Option<&str>) {
            let meant = date(written).split_once(": ").map(|(_, date)| date.to_owned());
            assert_eq!(meant.as_deref(), expected, "{written}");
        }
        check("27.11.2026", Some("2026-11-27"));
        check("27. 11. 2026", Some("2026-11-27"));
        check("11/27/2026", Some("2026-11-27"));
        check("2026/1/2", Some("2026-01-02"));
        check("20261127", None);
        check("05.05.2026", Some("2026-05-05"));
        check("04/05/2026", None);
        check("27.11.26", None);
        check("2026-11-31", None);
        check("tomorrow", None);
        check("99999999999.1.2026", None);
    }

    #[test]
    fn truth_in_other_words() {
        fn check(written: &str, expected: Option<&str>) {
            let hint =
                expected.map(|meant| format!("write {meant}, in lower case and without quotation marks"));
            assert_eq!(flag(written), hint, "{written}");
        }
        check("False", Some("false"));
        check("\"TRUE\"", Some("true"));
        check("no", Some("false"));
        check("1", Some("true"));
        check("maybe", None);
        check("[true]", None);
    }

    #[test]
    fn numbers_in_quotation_marks() {
        fn check(written: &str, expected: Option<&str>) {
            let hint = number(written, |number| number <= 100);
            assert_eq!(hint.as_deref().and_then(|hint| hint.rsplit(' ').next()), expected, "{written}");
        }
        check("\"4\"", Some("4"));
        check("\" 80 % \"", Some("80"));
        check("\"800\"", None);
        check("\"four\"", None);
        check("four", None);
    }
}

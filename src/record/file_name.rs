//! Names of signed files that every file system takes.

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;

/// The most characters of a number that a name keeps. With a course id of 64 the whole name of a receipt, which is the
/// longest, has 143 bytes at most, as many as the narrowest file system in use (eCryptfs) takes.
const NUMBER_LENGTH: usize = 36;

/// `{number}_{course}_{date}_{first 8 digits of the digest}.completion.json`.
#[must_use]
pub fn completion(number: &str, course: &CourseId, created: Timestamp, digest: &Digest) -> String {
    file_name(number, course, created, digest, "completion")
}

/// The number in a name that [`completion`] gave, also when a browser or a mail program has numbered the file since. What a name
/// keeps of a number may be less than the number ([`safe`]).
#[must_use]
pub fn number_of_completion(name: &str) -> Option<&str> {
    let (stem, ending) = name.split_once(".completion")?;
    let numbered = |text: &str| {
        let digits = text.trim_matches([' ', '(', ')', '-', '_']);
        digits.bytes().all(|byte| byte.is_ascii_digit()) && (text.is_empty() || text.len() > digits.len())
    };
    let mut parts = stem.splitn(4, '_');
    let [number, course, date, digest] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let (digest, behind) = digest.split_at_checked(8)?;
    let is_ours = safe(number) == number
        && course.parse::<CourseId>().is_ok()
        && date.parse::<NaiveDate>().is_ok()
        && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && numbered(behind)
        && ending.strip_suffix(".json").is_some_and(numbered);
    is_ours.then_some(number)
}

/// `{number}_{course}_{date}_{first 8 digits of the digest}.assignment.json`.
#[must_use]
pub fn assignment(number: &str, course: &CourseId, created: Timestamp, digest: &Digest) -> String {
    file_name(number, course, created, digest, "assignment")
}

/// The end of such a name, which says which assignment it is.
pub(crate) fn end_of_assignment(digest: &Digest) -> String {
    format!("_{}.assignment.json", digest.short())
}

/// `{number}_{course}_{date}_{first 8 digits of the digest}.completion.tlog-proof`: the receipt of a completion record,
/// named like it.
#[must_use]
pub fn receipt(number: &str, course: &CourseId, created: Timestamp, digest: &Digest) -> String {
    let record = completion(number, course, created, digest);
    format!("{}.tlog-proof", record.trim_end_matches(".json"))
}

/// `{number}_{course}_{date}_{first 8 digits of the digest}.waiver.json`: what the log binds of a waiver, named by the digest
/// that the log says.
#[must_use]
pub fn waiver(number: &str, course: &CourseId, given: Timestamp, digest: &Digest) -> String {
    file_name(number, course, given, digest, "waiver")
}

fn file_name(number: &str, course: &CourseId, created: Timestamp, digest: &Digest, kind: &str) -> String {
    format!("{}_{course}_{}_{}.{kind}.json", safe(number), created.date(), digest.short())
}

/// Letters, digits and single hyphens of ASCII. Neither dot (Windows reserves `con.anything`), nor underscore (it
/// separates the parts), nor a hyphen in front (programs would take it for an option). Two numbers may become one
/// name here; the digest keeps the files apart.
#[must_use]
pub fn safe(number: &str) -> String {
    let mut name = String::new();
    for character in number.chars() {
        if name.len() == NUMBER_LENGTH {
            break;
        }
        if character.is_ascii_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "person".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_every_file_system_takes() {
        fn check(number: &str, expected: &str) {
            assert_eq!(safe(number), expected, "{number:?}");
        }
        check("012345", "012345");
        check("A-7", "A-7");
        check("con.x", "con-x");
        check("../../etc/passwd", "etc-passwd");
        check("-rf", "rf");
        check("a_b", "a-b");
        check("Łódź 7", "d-7");
        check("工号", "person");
        check("", "person");
        check("a\u{1b}]52;c", "a-52-c");
        check("7\u{202e}8.", "7-8");
        check(&"9".repeat(300), &"9".repeat(36));
        check(&format!("{}-8", "9".repeat(35)), &"9".repeat(35));
    }

    #[test]
    fn the_longest_name_fits_the_narrowest_file_system() {
        let course = "c".repeat(64).parse().expect("64 are allowed");
        let day = "2026-11-22T09:30:00Z".parse().expect("a time");
        let name = receipt(&"9".repeat(300), &course, day, &Digest::of(b""));
        assert_eq!(name.len(), 143);
        let short = "phish".parse().expect("an identifier");
        assert_eq!(
            completion("012345", &short, day, &Digest::of(b"")),
            "012345_phish_2026-11-22_e3b0c442.completion.json"
        );
    }

    #[test]
    fn the_number_is_read_from_names_of_ours_alone() {
        fn check(name: &str, expected: Option<&str>) {
            assert_eq!(number_of_completion(name), expected, "{name:?}");
        }
        let day = "2026-11-22T09:30:00Z".parse().expect("a time");
        let course = "app-data-and-byod".parse().expect("an identifier");
        let own = completion("A-7", &course, day, &Digest::of(b""));
        check(&own, Some("A-7"));
        let own = own.trim_end_matches(".completion.json");
        check(&format!("{own}.completion (2).json"), Some("A-7"));
        check(&format!("{own} (12).completion.json"), Some("A-7"));
        check(&format!("{own}.completion-1.json"), Some("A-7"));
        check(&format!("{own}.assignment.json"), None);
        check(&format!("{own}.completion.tlog-proof"), None);
        check(&format!("{own}0.completion.json"), None);
        check(&format!("{own}x.completion.json"), None);
        check(&format!("{own}_completion.json"), None);
        for name in [
            "2026_ada.json",
            "2026.completion.json",
            "2026_ada.completion.json",
            "2026_phish_2026-11-22.completion.json",
            "2026_phish_2026-11-31_e3b0c442.completion.json",
            "2026_phish_2026-11-22_e3b0c44.completion.json",
            "2026_phish_2026-11-22_\u{e9}3b0c44.completion.json",
            "2026_Phish!_2026-11-22_e3b0c442.completion.json",
            "_phish_2026-11-22_e3b0c442.completion.json",
            "a b_phish_2026-11-22_e3b0c442.completion.json",
            "",
        ] {
            check(name, None);
        }
    }
}

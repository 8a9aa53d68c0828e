//! The digest of a course: one name for all its files.

use std::fmt::Write as _;

use crate::course::{CourseFiles, is_course_path};
use crate::digest::Digest;

/// SHA-256 over what `sha256sum` prints for every file of the course, sorted bytewise by path. In a course folder:
/// ```sh
/// find course.ron lessons quizzes assets -name '[._]*' -prune -o -type f -print0 |
///     LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
/// ```
/// Files that do not belong to a course do not count.
#[must_use]
pub fn digest(files: &CourseFiles) -> Digest {
    digest_knowing(files, |_| None)
}

/// The same, without hashing again what is known: the digests of some of the files by path.
pub(super) fn digest_knowing(files: &CourseFiles, known: impl Fn(&str) -> Option<Digest>) -> Digest {
    let mut lines = String::new();
    // A BTreeMap of strings is in bytewise order already.
    for (path, bytes) in files.iter().filter(|(path, _)| is_course_path(path)) {
        let of_file = known(path).unwrap_or_else(|| Digest::of(bytes));
        let _ = writeln!(lines, "{}  {path}", of_file.hex());
    }
    Digest::of(lines.as_bytes())
}

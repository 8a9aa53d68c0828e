//! Paths of a course: which files belong to it, and which names are safe on every computer.

use std::fmt;

use crate::course::MANIFEST;
use crate::course::rule::Rule;

/// Whether a file of a course folder belongs to the course: `course.ron` and everything under `lessons/`, `quizzes/` and
/// `assets/`, except files and folders whose name begins with `.` or `_` (drafts, editors' leftovers, pictures of a
/// README). The digest covers exactly these files.
#[must_use]
pub fn is_course_path(path: &str) -> bool {
    let mut names = path.split('/');
    let in_folder = Folder::ALL.iter().any(|folder| names.clone().next() == Some(folder.name()));
    let visible = names.all(|name| !name.is_empty() && !name.starts_with(['.', '_']));
    path == MANIFEST || (in_folder && visible && path.contains('/'))
}

/// The folders of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folder {
    Lessons,
    Quizzes,
    Assets,
}

impl Folder {
    const ALL: [Self; 3] = [Self::Lessons, Self::Quizzes, Self::Assets];

    /// The folder that a file of a course stands in; nothing for `course.ron`.
    pub(super) fn of(path: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|folder| path.strip_prefix(folder.name()).is_some_and(|rest| rest.starts_with('/')))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lessons => "lessons",
            Self::Quizzes => "quizzes",
            Self::Assets => "assets",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Lessons => ".md",
            Self::Quizzes => ".ron",
            Self::Assets => "",
        }
    }
}

/// Why a path cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadPath {
    Absolute,
    Escapes,
    Hidden,
    Unsafe,
    Reserved,
    WrongFolder(Folder),
}

impl BadPath {
    /// The rule that such a path breaks.
    pub(super) fn rule(self) -> Rule {
        match self {
            Self::Absolute | Self::Escapes => Rule::PathEscape,
            Self::Hidden | Self::Unsafe | Self::Reserved | Self::WrongFolder(_) => Rule::BadPath,
        }
    }
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute => f.write_str("paths begin at the course folder"),
            Self::Escapes => f.write_str("`.`, `..` and empty names lead nowhere"),
            Self::Hidden => f.write_str("names beginning with `.` or `_` are not part of a course"),
            Self::Unsafe => f.write_str(
                "control characters and any of \\ : * ? \" < > | cannot stand in file names on every computer",
            ),
            Self::Reserved => f.write_str(
                "Windows keeps names such as CON, NUL or COM1 for devices, and drops a dot or space at the end of a name",
            ),
            Self::WrongFolder(folder) => write!(f, "expected a path such as {}/name{}", folder.name(), folder.extension()),
        }
    }
}

/// Whether a path that a course file names is one of this folder.
pub(super) fn check(path: &str, folder: Folder) -> Result<(), BadPath> {
    is_portable(path)?;
    let inside = path.strip_prefix(folder.name()).and_then(|rest| rest.strip_prefix('/'));
    let name = inside.and_then(|rest| rest.strip_suffix(folder.extension()));
    if name.is_none_or(str::is_empty) {
        return Err(BadPath::WrongFolder(folder));
    }
    Ok(())
}

/// Whether a file of this path can be stored anywhere.
pub(super) fn is_portable(path: &str) -> Result<(), BadPath> {
    if path.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c)) {
        return Err(BadPath::Unsafe);
    }
    if path.starts_with(['/', '~']) {
        return Err(BadPath::Absolute);
    }
    if path.split('/').any(|name| matches!(name, "" | "." | "..")) {
        return Err(BadPath::Escapes);
    }
    if path.split('/').any(is_reserved) {
        return Err(BadPath::Reserved);
    }
    if path.split('/').any(|name| name.starts_with(['.', '_'])) {
        return Err(BadPath::Hidden);
    }
    Ok(())
}

/// Whether Windows would open a device by this name, or store it under another one (Microsoft, "Naming Files, Paths, and
/// Namespaces").
fn is_reserved(name: &str) -> bool {
    let device = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = |prefix| {
        let number = device.strip_prefix(prefix);
        number.is_some_and(|number| matches!(number, "\u{b9}" | "\u{b2}" | "\u{b3}") || is_digit(number))
    };
    name.ends_with(['.', ' '])
        || matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

fn is_digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_course() {
        fn check(path: &str, expected: bool) {
            assert_eq!(is_course_path(path), expected, "{path:?}");
        }
        check("course.ron", true);
        check("lessons/01.md", true);
        check("lessons/deeper/02.md", true);
        check("assets/a.png", true);
        check("assets/_screen.png", false);
        check("assets/.DS_Store", false);
        check("lessons/_drafts/03.md", false);
        check("lessons/.git/config", false);
        check("lessons", false);
        check("lessons/", false);
        check("lessons//01.md", false);
        check("lessons/../src/main.rs", false);
        check("/lessons/01.md", false);
        check("./course.ron", false);
        check("README.md", false);
        check("src/course.ron", false);
        check("", false);
    }

    #[test]
    fn which_paths_a_course_may_name() {
        fn check_one(path: &str, expected: Result<(), BadPath>) {
            assert_eq!(check(path, Folder::Lessons), expected, "{path:?}");
            if expected.is_ok() {
                assert!(is_course_path(path), "{path:?}");
            }
        }
        check_one("lessons/01.md", Ok(()));
        check_one("lessons/a b/ü.md", Ok(()));
        check_one("quizzes/01.md", Err(BadPath::WrongFolder(Folder::Lessons)));
        check_one("lessons/01.txt", Err(BadPath::WrongFolder(Folder::Lessons)));
        check_one("lessons01.md", Err(BadPath::WrongFolder(Folder::Lessons)));
        check_one("/etc/passwd", Err(BadPath::Absolute));
        check_one("~/x.md", Err(BadPath::Absolute));
        check_one("lessons/../../x.md", Err(BadPath::Escapes));
        check_one("lessons//x.md", Err(BadPath::Escapes));
        check_one("lessons/_x.md", Err(BadPath::Hidden));
        check_one("lessons/.md", Err(BadPath::Hidden));
        check_one("lessons\\x.md", Err(BadPath::Unsafe));
        check_one("C:lessons/x.md", Err(BadPath::Unsafe));
        check_one("lessons/x\n.md", Err(BadPath::Unsafe));
        check_one("lessons/con.md", Err(BadPath::Reserved));
        check_one("lessons/NUL/x.md", Err(BadPath::Reserved));
        check_one("lessons/Com1.tar.md", Err(BadPath::Reserved));
        check_one("lessons/lpt\u{b2}.md", Err(BadPath::Reserved));
        check_one("lessons/aux .md", Err(BadPath::Reserved));
        check_one("lessons/a./x.md", Err(BadPath::Reserved));
        check_one("lessons/a /x.md", Err(BadPath::Reserved));
        check_one("lessons/console.md", Ok(()));
        check_one("lessons/com10.md", Ok(()));
        check_one("lessons/com.md", Ok(()));
        check_one("", Err(BadPath::Escapes));
    }
}

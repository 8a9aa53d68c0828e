//! A learner's bookmarks and notes as a Markdown page, for themselves.

use std::fmt::Write as _;

use crate::id::CourseId;
use crate::printable::Printable;

/// A bookmark with its note. The texts may hold anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The text that it is in, such as `Lesson 1: What apps collect`.
    pub lesson: String,
    /// The heading that it stands under; empty before the first one.
    pub section: String,
    /// What stands there.
    pub excerpt: String,
    /// What the learner wrote; empty for a bare bookmark.
    pub note: String,
    /// When it was made, as the learner reads it.
    pub at: String,
}

/// The name of the file that they are written to.
#[must_use]
pub fn file_name(course: &CourseId) -> String {
    format!("{course}-notes.md")
}

/// All of them, in the order given, under the title of their course.
#[must_use]
pub fn markdown(course: &str, entries: &[Entry]) -> String {
    let mut page = format!(
        "# Notes: {}\n\nFor myself alone. No completion record says anything of them.\n",
        plain(course)
    );
    let (mut lesson, mut section) = ("", "");
    for entry in entries {
        if entry.lesson != lesson {
            let _ = write!(page, "\n## {}\n", plain(&entry.lesson));
            (lesson, section) = (&entry.lesson, "");
        }
        if entry.section != section && !entry.section.is_empty() {
            let _ = write!(page, "\n### {}\n", plain(&entry.section));
        }
        section = &entry.section;
        if !entry.excerpt.trim().is_empty() {
            let _ = write!(page, "\n> {}\n", plain(&entry.excerpt));
        }
        if !entry.note.is_empty() {
            // Whoever writes Markdown in a note means it.
            let _ = write!(page, "\n{}\n", Printable::new(&entry.note));
        }
        let _ = write!(page, "\n{}\n", plain(&entry.at));
    }
    page
}

/// A text of the course, of which nothing becomes markup: a link or a picture in a title loads nothing in whatever shows
/// the page.
fn plain(text: &str) -> String {
    let shown = Printable::new(text);
    let mut plain = String::with_capacity(shown.as_str().len());
    for c in shown.as_str().trim().chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&' | '$') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(lesson: &str, section: &str, excerpt: &str, note: &str) -> Entry {
        let [lesson, section, excerpt, note] = [lesson, section, excerpt, note].map(str::to_owned);
        Entry { lesson, section, excerpt, note, at: "2026-11-26 07:30 UTC".to_owned() }
    }

    #[test]
    fn a_lesson_and_a_section_stand_once_above_what_is_in_them() {
        let entries = [
            entry("Lesson 1: One", "", "Intro.", ""),
            entry("Lesson 1: One", "Part", "Text.", "Ask *Eve*."),
            entry("Lesson 1: One", "Part", "", "More."),
            entry("Policy: Rules", "Part", "Rule.", ""),
        ];
        let expected = "# Notes: A course\n\nFor myself alone. No completion record says anything of them.\n\n\
            ## Lesson 1: One\n\n> Intro.\n\n2026-11-26 07:30 UTC\n\n\
            ### Part\n\n> Text.\n\nAsk *Eve*.\n\n2026-11-26 07:30 UTC\n\nMore.\n\n2026-11-26 07:30 UTC\n\n\
            ## Policy: Rules\n\n### Part\n\n> Rule.\n\n2026-11-26 07:30 UTC\n";
        assert_eq!(markdown("A course", &entries), expected);
    }

    #[test]
    fn nothing_of_the_course_becomes_markup() {
        let entries = [entry("<script>", "`a` \u{1b}[31m", "[a](b) &amp;", "n\u{1b}")];
        let page = markdown("![x](https://example.org/x.png)", &entries);
        for line in ["# Notes: \\!\\[x\\](https", "## \\<script\\>", "### \\`a\\` ", "> \\[a\\](b) \\&amp;"] {
            assert!(page.contains(line), "{line}: {page}");
        }
        assert!(!page.contains('\u{1b}'), "{page}");
    }
}

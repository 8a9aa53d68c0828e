//! Markdown that is taken for something else than what was meant: what to say of each sort.

use std::collections::HashSet;
use std::ops::Range;

use crate::author::craft::remarks::Remarks;
use crate::course::draft::{Draft, DraftLesson};
use crate::course::quote;
use crate::markup::{AlertKind, SlipKind, Survey};

/// The footnotes that questions name as their sources, each as the path of its lesson and its label.
pub(super) struct NamedNotes<'a>(HashSet<(&'a str, &'a str)>);

impl<'a> NamedNotes<'a> {
    /// Of all questions of a course.
    pub(super) fn of(draft: &'a Draft) -> Self {
        let questions = draft.quizzes.iter().flat_map(|quiz| &quiz.questions);
        let sourced = questions.filter_map(|question| question.lesson.as_ref().zip(question.source.as_ref()));
        let named = sourced
            .flat_map(|(link, source)| source.split(',').map(|label| (link.lesson.as_str(), label.trim())));
        Self(named.collect())
    }

    fn has(&self, lesson: &str, sign: &str) -> bool {
        let label = sign.strip_prefix("[^").and_then(|rest| rest.strip_suffix(']'));
        label.is_some_and(|label| self.0.contains(&(lesson, label)))
    }
}

/// Checks a lesson.
pub(super) fn check_lesson(
    lesson: &DraftLesson,
    survey: &Survey,
    named: &NamedNotes<'_>,
    remarks: &mut Remarks,
) {
    for slip in &survey.slips {
        let written = lesson.text.get(slip.place.clone()).unwrap_or_default();
        if slip.kind != SlipKind::NoteUnused || !named.has(&lesson.path, written) {
            note((&lesson.path, slip.place.clone()), slip.kind, written, remarks);
        }
    }
}

/// Notes a slip that is written like this.
pub(super) fn note(at: (&str, Range<usize>), kind: SlipKind, written: &str, remarks: &mut Remarks) {
    let shown = quote(written);
    let (rule, message, hint) = match kind {
        SlipKind::CellsLost => (
            "lost-cells",
            format!("learners never see {shown}, for the header of the table has no column for it"),
            r"delete a `|`, or add a column to the header; a `|` that is to be seen is written `\|`"
                .to_owned(),
        ),
        SlipKind::NoteMissing => (
            "raw-markup",
            format!("there is no footnote {shown}"),
            "write it on a line of its own, with a colon behind its name, or delete its sign here".to_owned(),
        ),
        SlipKind::NoteUnused => (
            "unused-note",
            format!("nothing refers to the footnote {shown}"),
            "put its sign behind the sentence that it belongs to, or delete it".to_owned(),
        ),
        SlipKind::LabelUndefined => (
            "raw-markup",
            format!("{shown} is no link, for nothing says where it leads"),
            r"write the address behind the words, in ( ); where brackets are to be seen, write `\[`"
                .to_owned(),
        ),
        SlipKind::BlankInAddress => (
            "raw-markup",
            format!("{shown} is no link, for a blank stands in its address"),
            "write `%20` for the blank, or give the file a name without one".to_owned(),
        ),
        SlipKind::BoxUnknown => (
            "raw-markup",
            format!("{shown} begins no box here"),
            format!(
                "write `> [!{}]`, with nothing else on its line; the others are {}",
                AlertKind::TAGS[0],
                AlertKind::TAGS[1..].join(", ")
            ),
        ),
        SlipKind::TableUnruled => (
            "raw-markup",
            "this is shown as text with its `|`, for no line of dashes makes it a table".to_owned(),
            "write a line such as `|---|---|` below the header, with dashes for each of its cells".to_owned(),
        ),
        SlipKind::HeadingUnspaced => (
            "raw-markup",
            format!("{shown} is no heading, for no blank stands behind its `#`"),
            "put a blank between `#` and the words".to_owned(),
        ),
        SlipKind::ChartCapital => (
            "bad-chart",
            "this is shown as code, for the name of its kind has a capital".to_owned(),
            "write `chart` in small letters".to_owned(),
        ),
    };
    remarks.note(rule, at, message, hint);
}

#[cfg(test)]
mod tests {
    use crate::author::craft::remarks;
    use crate::author::craft::tests::{check, check_lesson, day, shown_of_lesson_asked, single};
    use crate::course;

    /// All of these were shown to learners with their signs, or not at all, and the check had not a word to say.
    #[test]
    fn slips_of_beginners() {
        check_lesson("# A\n\n| a | b |\n|---|---|\n| 1 | 2 | lost |\n", &["lost-cells: lost"]);
        check_lesson("# A\n\nSaid[^F7].\n", &["raw-markup: [^F7]"]);
        check_lesson("# A\n\nSaid.\n\n[^F7]: Who.\n", &["unused-note: [^F7]"]);
        check_lesson("# A\n\nSee [the page][nope].\n", &["raw-markup: [the page][nope]"]);
        check_lesson("# A\n\nSee [the page](my page.md).\n", &["raw-markup: [the page](my page.md)"]);
        check_lesson("# A\n\n> [!HINT]\n> Text.\n", &["raw-markup: [!HINT]"]);
        check_lesson("# A\n\n| a | b |\n| 1 | 2 |\n", &["raw-markup: | a | b |"]);
        check_lesson("# A\n\n##How many\n", &["raw-markup: ##How many"]);
        check_lesson("# A\n\n```Chart\na: 1\n```\n", &["bad-chart: ```Chart"]);
        check_lesson(
            "# A\n\n![A hook](https://example.org/hook.png)\n",
            &["web-picture: ![A hook](https://example.org/hook.png)"],
        );
        check_lesson("# A\n\nSee [this page of it](javascript:x).\n", &["unopened-link: "]);
    }

    #[test]
    fn the_bundled_course_has_no_slips() {
        let found = remarks(&course::draft::draft(&course::embedded()), day("2026-11-27"));
        let of_slips = ["bad-chart", "lost-cells", "raw-markup", "unused-note", "web-picture"];
        let slips: Vec<_> = found.iter().filter(|remark| of_slips.contains(&remark.rule)).collect();
        assert!(slips.is_empty(), "{slips:?}");
    }

    #[test]
    fn slips_in_questions() {
        check(&single("What [is it][nope] for?", &["+This", "That"]), &["raw-markup: [is it][nope]"]);
        check(
            &single("What is ![A hook](https://example.org/hook.png) for?", &["+This", "That"]),
            &["web-picture: ![A hook](https://example.org/hook.png)"],
        );
        check(
            &single("What is [this page of it](javascript:x) for?", &["+This", "That"]),
            &["unopened-link: [this page of it](javascript:x)"],
        );
        check(&single("What does `[a][b]` give?", &["+This", "That"]), &[]);
    }

    #[test]
    fn a_note_that_a_question_names_is_used() {
        // The source of the question is F1.
        let lesson = "# One\n\nWords.\n\n[^F1]: Who.\n\n[^F2]: Whose.\n";
        assert_eq!(shown_of_lesson_asked(lesson), ["unused-note: [^F2]"]);
    }
}

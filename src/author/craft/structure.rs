//! How a lesson is built: headings, pictures and charts.

use crate::author::craft::links;
use crate::author::craft::places::line;
use crate::author::craft::remarks::Remarks;
use crate::course::draft::DraftLesson;
use crate::course::quote;
use crate::markup::{LONGEST_SOURCE, Survey, Taken};

/// Three minutes of reading: readers who look for something scan headings, and whoever comes back finds the place by
/// them.
const LONG_SECTION: usize = 600;

/// Checks a lesson.
pub(super) fn check(lesson: &DraftLesson, survey: &Survey, remarks: &mut Remarks) {
    levels(lesson, survey, remarks);
    sections(lesson, survey, remarks);
    notes(lesson, remarks);
    for picture in &survey.pictures {
        if let Some((message, hint)) = links::undescribed(picture) {
            let at = (lesson.path.as_str(), picture.place.clone());
            remarks.note("picture-without-description", at, message, hint);
        }
        links::on_the_web((&lesson.path, picture.place.clone()), picture, remarks);
    }
    for fault in &survey.chart_faults {
        let start = lesson.text.floor_char_boundary(fault.place.start);
        let end = lesson.text.floor_char_boundary(fault.place.end).max(start);
        remarks.note("bad-chart", (&lesson.path, start..end), fault.message.as_str(), fault.hint);
    }
}

/// Screen readers jump from heading to heading, and a level that is left out looks like a part that is missing (WCAG 2.2,
/// technique G141).
fn levels(lesson: &DraftLesson, survey: &Survey, remarks: &mut Remarks) {
    let mut titles = survey.headings.iter().filter(|(level, _)| *level == 1);
    titles.next();
    for (_, place) in titles {
        remarks.note(
            "several-titles",
            (&lesson.path, line(&lesson.text, place.start)),
            "this is a second heading of level 1, but a lesson has one title",
            "begin it with ##, or make a lesson of its own",
        );
    }
    for pair in survey.headings.windows(2) {
        let [(before, _), (level, place)] = pair else { continue };
        if *level > before + 1 {
            remarks.note(
                "skipped-heading-level",
                (&lesson.path, line(&lesson.text, place.start)),
                format!("a heading of level {level} stands under one of level {before}"),
                format!("begin it with {}", "#".repeat(usize::from(before + 1))),
            );
        }
    }
}

/// Text that a footnote has taken in stands small among the sources, where nobody looks for what they have to know.
fn notes(lesson: &DraftLesson, remarks: &mut Remarks) {
    for note in lesson.document.notes_with_text() {
        let label = quote(&format!("[^{}]", note.label));
        let (message, hint) = match note.taken {
            Taken::Line => (
                format!("this line belongs to the note {label} above it, for no blank line parts them"),
                "put a blank line before it; or indent it by four spaces where the note goes on".to_owned(),
            ),
            Taken::Block => (
                format!(
                    "what is indented here belongs to the note {label} above it, and counts as text to be read"
                ),
                "where it is no part of the note, do not indent it; else make the note one paragraph"
                    .to_owned(),
            ),
            Taken::Words(words) => (
                format!("the note {label} has {words} words, and counts as text to be read"),
                format!("say more in the text, and where it comes from in {LONGEST_SOURCE} words at most"),
            ),
        };
        let at = line(&lesson.text, note.offset);
        remarks.note("note-takes-text", (&lesson.path, at), message, hint);
    }
}

fn sections(lesson: &DraftLesson, survey: &Survey, remarks: &mut Remarks) {
    let starts = std::iter::once(0).chain(survey.headings.iter().map(|(_, place)| place.start));
    let ends = survey.headings.iter().map(|(_, place)| place.start).chain([lesson.text.len()]);
    for (start, end) in starts.zip(ends) {
        let text = lesson.text.get(start..end).unwrap_or_default();
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        if words > LONG_SECTION {
            let heading = line(&lesson.text, start);
            remarks.note(
                "long-section",
                (&lesson.path, heading.clone()),
                format!(
                    "{words} words follow {} without another heading",
                    quote(lesson.text[heading].trim())
                ),
                "divide it, so that readers find things again",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::author::craft::tests::check_lesson;

    #[test]
    fn levels_of_headings() {
        check_lesson("# A\n\n## B\n\n### C\n\n## D\n", &[]);
        check_lesson("# A\n\n### C\n\n## D\n", &["skipped-heading-level: ### C"]);
        check_lesson("## A\n\n### C\n", &[]);
        check_lesson("# A\n\nB\n=\n\nText.\n", &["several-titles: B"]);
    }

    #[test]
    fn long_stretches_without_headings() {
        let text = "Short words are good. ".repeat(151);
        check_lesson(&format!("# A\n\n{text}\n"), &["long-section: # A"]);
        check_lesson(&format!("# A\n\n{}\n\n## B\n\n{}\n", &text[..1_500], &text[..1_500]), &[]);
    }

    #[test]
    fn notes_take_in_no_text() {
        check_lesson("# A\n\nB[^1][^2].\n\n[^1]: One,\n    two.\n[^2]: Three.\n", &[]);
        check_lesson("# A\n\nB[^1].\n\n[^1]: One.\nDo this.\nAnd that.\n", &["note-takes-text: Do this."]);
        check_lesson("# A\n\nB[^1].\n\n[^1]: One.\n\n    Do this.\n", &["note-takes-text:     Do this."]);
        let note = format!("[^1]: {}", "word ".repeat(90));
        check_lesson(&format!("# A\n\nB[^1].\n\n{note}\n"), &[&format!("note-takes-text: {note}")]);
    }

    #[test]
    fn charts_are_labels_with_numbers() {
        check_lesson("# A\n\n```chart\ntitle: T\nAn app: 12.5\n```\n", &[]);
        check_lesson(
            "# A\n\n```chart\nAn app: 1,200\nNone\n```\n",
            &["bad-chart: An app: 1,200", "bad-chart: None"],
        );
        check_lesson("# A\n\n```chart\n```\n", &["bad-chart: "]);
    }

    #[test]
    fn pictures_say_what_they_show() {
        check_lesson("# A\n\n![The settings page with the switch at the top](a.png)\n", &[]);
        check_lesson("# A\n\n![](a.png)\n", &["picture-without-description: ![](a.png)"]);
        check_lesson(
            "# A\n\n![a.png](assets/a.png)\n",
            &["picture-without-description: ![a.png](assets/a.png)"],
        );
        check_lesson("# A\n\n![Screenshot](b.png)\n", &["picture-without-description: ![Screenshot](b.png)"]);
    }
}

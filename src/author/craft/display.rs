//! What does not fit on a learner's screen, by the renderer that the faces use.

use std::ops::Range;
use std::sync::Arc;

use crate::author::craft::places::line;
use crate::author::craft::remarks::Remarks;
use crate::author::craft::study::{Role, Studied, Text};
use crate::course::draft::DraftLesson;
use crate::course::quote;
use crate::markup::{self, Layout, Strain, StrainKind};

/// How many columns the reader has for text on screens of so many columns: the classic terminal, a narrow one (half a
/// screen, large print, a braille display) and a wide one, where lines end at 90 because longer ones are hard to follow.
/// They are those of `tui::screens::reader`, which this room may not know.
const LESSON_80: u16 = 76;
const LESSON_40: u16 = 38;
const LESSON_100: u16 = 90;
/// The same for what stands in a question: what asks, what is chosen behind its box, half a pair, an explanation.
const ASKS: (u16, u16) = (78, 38);
const CHOSEN: (u16, u16) = (70, 30);
const EXPLAINS: (u16, u16) = (74, 34);
const HALF: u16 = 24;

/// Checks a lesson. On 80 columns nothing should be cut. On 40 code goes on in the next line and addresses are cut, which
/// can be read; only words of prose are told, because a cut word cannot.
pub(super) fn check_lesson(lesson: &DraftLesson, remarks: &mut Remarks) {
    let mut layout = Layout::new(Arc::clone(&lesson.document), LESSON_80);
    let cramped = layout.strains();
    let wide_too = |strain: &Strain| strain.needed > usize::from(LESSON_100);
    let mut block: Option<Block<'_>> = None;
    for strain in &cramped {
        let place = place(&lesson.text, strain);
        match strain.kind {
            StrainKind::Code => {
                let goes_on = |block: &mut Block<'_>| is_one_block(&lesson.text, block.end, place.start);
                if let Some(ended) = block.take_if(|block| !goes_on(block)) {
                    ended.note(lesson, remarks);
                }
                let end = place.end;
                match &mut block {
                    Some(block) if block.widest.needed >= strain.needed => block.end = end,
                    Some(_) | None => block = Some(Block { widest: strain, place, end }),
                }
            }
            StrainKind::Word | StrainKind::Cell => {
                let screens = if wide_too(strain) { "80 and of 100" } else { "80" };
                cut((&lesson.path, place), strain, screens, remarks);
            }
            StrainKind::Table => remarks.note(
                "table-becomes-list",
                (&lesson.path, place),
                format!(
                    "this table needs {} columns; a screen of 80 has {LESSON_80}, so it is shown as a list of labels \
                     and values",
                    strain.needed
                ),
                "leave a column out, or shorten the longest words",
            ),
        }
    }
    if let Some(block) = block {
        block.note(lesson, remarks);
    }
    layout.set_width(LESSON_40);
    let known: Vec<usize> = cramped.iter().map(|strain| strain.offset).collect();
    for strain in layout.strains() {
        if strain.kind == StrainKind::Word
            && is_prose(&strain)
            && known.binary_search(&strain.offset).is_err()
        {
            cut((&lesson.path, place(&lesson.text, &strain)), &strain, "40", remarks);
        }
    }
}

/// Checks everything that learners read in the questions of a quiz.
pub(super) fn check_quiz(quiz: &Studied<'_>, remarks: &mut Remarks) {
    for asked in &quiz.asked {
        for text in asked.texts.iter().filter(|text| may_strain(text.markdown)) {
            for (strain, screen) in strains_of(text) {
                let within = place(text.markdown, &strain);
                let at = quiz.within(asked, text, within);
                match strain.kind {
                    StrainKind::Code => too_wide(at, &strain, room(text.role).0, remarks),
                    StrainKind::Word | StrainKind::Cell => cut(at, &strain, screen, remarks),
                    StrainKind::Table => remarks.note(
                        "table-becomes-list",
                        at,
                        "on a screen of 80 columns this table is shown as a list of labels and values",
                        "leave a column out, or shorten the longest words",
                    ),
                }
            }
        }
    }
}

fn strains_of(text: &Text<'_>) -> Vec<(Strain, &'static str)> {
    let (wide, narrow) = room(text.role);
    let mut found: Vec<(Strain, &str)> =
        markup::strains(text.markdown, wide).into_iter().map(|strain| (strain, "80")).collect();
    if found.is_empty() && text.role != Role::Half {
        let on_40 = markup::strains(text.markdown, narrow).into_iter();
        found = on_40
            .filter(|strain| strain.kind == StrainKind::Word && is_prose(strain))
            .map(|strain| (strain, "40"))
            .collect();
    }
    found.truncate(1);
    found
}

/// How many columns a text has on screens of 80 and of 40 columns.
fn room(role: Role) -> (u16, u16) {
    match role {
        Role::Asks => ASKS,
        Role::Chosen => CHOSEN,
        Role::Half => (HALF, HALF),
        Role::Explains => EXPLAINS,
    }
}

/// Most texts of questions are a line or two of short words; laying them out would cost more than all other rules.
fn may_strain(markdown: &str) -> bool {
    let long = |word: &str| word.len() > usize::from(HALF);
    markdown.split_whitespace().any(long)
        || markdown.contains("```")
        || markdown.contains("~~~")
        || markdown.contains('|')
        || markdown.contains("\n    ")
        || markdown.contains('\t')
}

/// A block of code with lines that are too wide: one remark, about the widest.
struct Block<'a> {
    widest: &'a Strain,
    place: Range<usize>,
    /// Where the last of the lines ends.
    end: usize,
}

impl Block<'_> {
    fn note(self, lesson: &DraftLesson, remarks: &mut Remarks) {
        too_wide((&lesson.path, self.place), self.widest, LESSON_80, remarks);
    }
}

fn too_wide(at: (&str, Range<usize>), strain: &Strain, room: u16, remarks: &mut Remarks) {
    let also = if strain.needed > usize::from(LESSON_100) { " and of 100" } else { "" };
    remarks.note(
        "code-too-wide",
        at,
        format!(
            "this line needs {} columns; a screen of 80 has {room}, so it goes on behind a `↪` there{also}",
            strain.needed
        ),
        "break the line where its meaning allows it, or shorten it",
    );
}

fn cut(at: (&str, Range<usize>), strain: &Strain, screens: &str, remarks: &mut Remarks) {
    let hint = match (strain.kind, is_prose(strain)) {
        (StrainKind::Cell, _) => "shorten it, or leave a column out",
        (StrainKind::Code | StrainKind::Word | StrainKind::Table, true) => "use a shorter word, or a hyphen",
        (StrainKind::Code | StrainKind::Word | StrainKind::Table, false) => {
            "make it the address of a link with words of its own"
        }
    };
    let message = format!("{} is cut in two on a screen of {screens} columns", quote(strain.text.as_str()));
    remarks.note("cut-word", at, message, hint);
}

/// Whether a word is language, and no address, path or number.
fn is_prose(strain: &Strain) -> bool {
    let letters = |c: char| {
        c.is_alphabetic()
            || matches!(c, '-' | '\'' | '’' | '.' | ',' | ';' | ':' | '!' | '?' | ')' | '(' | '"')
    };
    let text = strain.text.as_str();
    text.chars().all(letters)
        && !text.starts_with("www.")
        && text.trim_end_matches('.').matches('.').count() == 0
}

/// Where what does not fit stands in the text.
fn place(text: &str, strain: &Strain) -> Range<usize> {
    let start = text.floor_char_boundary(strain.offset);
    let whole = line(text, start);
    match strain.kind {
        StrainKind::Word | StrainKind::Cell => {
            let word = strain.text.as_str();
            let rest = &text[start..whole.end];
            let at = if word.is_empty() { None } else { rest.find(word) };
            at.map_or(start..whole.end, |at| start + at..start + at + word.len())
        }
        StrainKind::Code | StrainKind::Table => start..whole.end,
    }
}

/// Whether no fence stands between the end of a line of code and the start of another.
fn is_one_block(text: &str, end: usize, start: usize) -> bool {
    let between = text.get(end..start).unwrap_or_default();
    !between.lines().any(|line| {
        let line = line.trim_start_matches([' ', '>']);
        line.starts_with("```") || line.starts_with("~~~")
    })
}

#[cfg(test)]
mod tests {
    use crate::author::craft::tests::{check, check_lesson, single};

    #[test]
    fn code_that_is_too_wide_for_80_columns() {
        let line = |length: usize| "x".repeat(length);
        let lesson =
            |first: usize, second: usize| format!("# A\n\n```\n{}\n{}\n```\n", line(first), line(second));
        check_lesson(&lesson(74, 10), &[]);
        check_lesson(&lesson(75, 10), &[&format!("code-too-wide: {}", line(75))]);
        check_lesson(&lesson(75, 80), &[&format!("code-too-wide: {}", line(80))]);
        // Two blocks are two remarks.
        check_lesson(
            &format!("# A\n\n```\n{}\n```\n\n```\n{}\n```\n", line(81), line(80)),
            &[&format!("code-too-wide: {}", line(81)), &format!("code-too-wide: {}", line(80))],
        );
    }

    #[test]
    fn words_that_are_cut() {
        let word = "Donaudampfschifffahrtsgesellschaftskapitän";
        check_lesson(&format!("# A\n\nThe {word} said so.\n"), &[&format!("cut-word: {word}")]);
        let address = "https://example.org/a-page-with-a-long/name";
        check_lesson(&format!("# A\n\nSee {address} now.\n"), &[]);
        let long = "x".repeat(77);
        check_lesson(&format!("# A\n\nSee `{long}` now.\n"), &[&format!("cut-word: {long}")]);
    }

    #[test]
    fn tables_that_are_too_wide() {
        let row = |cell: &str, columns: usize| format!("|{}\n", format!(" {cell} |").repeat(columns));
        let table = |columns: usize| {
            format!(
                "# A\n\n{}{}{}",
                row("description", columns),
                row("---", columns),
                row("description", columns)
            )
        };
        check_lesson(&table(5), &[]);
        check_lesson(
            &table(6),
            &[
                "table-becomes-list: | description | description | description | description | description | description |",
            ],
        );
    }

    #[test]
    fn questions() {
        let word = "Rindfleischetikettierungsüberwachung";
        check(&single("What now?", &["+Nothing", word]), &[&format!("cut-word: {word}")]);
        check(&single(&format!("What is {word}?"), &["+Text", "Word"]), &[]);
        let code = "x".repeat(80);
        check(
            &single(&format!("What is this?\\n\\n```\\n{code}\\n```"), &["+Text", "Word"]),
            &["code-too-wide: \"What is this?"],
        );
    }
}

//! The glossary of a course: its terms, and what they mean.

use std::collections::HashMap;
use std::ops::Range;

use crate::course::Lesson;
use crate::course::lessons::Outlined;
use crate::course::rule::Rule;
use crate::course::source::quote;
use crate::fold::{Case, Folded, folded};
use crate::markup::plain;

/// More of a glossary is not read, in bytes: nobody looks up that much, and the whole of it can be asked for at once.
pub(super) const MAX_BYTES: usize = 256 << 10;

/// The level of the headings that are terms.
const LEVEL: u8 = 2;

/// What the words of a course mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glossary {
    /// The file that it stands in.
    pub lesson: Lesson,
    /// In the order of the file.
    pub terms: Vec<Term>,
}

/// A term that the course defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The forms that mean the same, the one that it is listed by first; at least one.
    pub forms: Vec<String>,
    /// Its heading and its definition in the text of the file, in bytes.
    range: Range<usize>,
}

impl Glossary {
    /// Of a file: every heading of the second level is a term, or several forms of it between commas, and what stands
    /// below it, up to the next heading of the first or second level, its definition.
    pub(super) fn of(lesson: Lesson) -> Self {
        if lesson.text().len() > MAX_BYTES {
            return Self { lesson, terms: Vec::new() };
        }
        let headings = lesson.document.headings();
        let ends = |from: usize| {
            let later = headings[from + 1..].iter().find(|heading| heading.level <= LEVEL);
            later.map_or(lesson.text().len(), |heading| heading.offset)
        };
        let terms = headings.iter().enumerate().filter(|(_, heading)| heading.level == LEVEL);
        let terms = terms.filter_map(|(index, heading)| {
            let forms = heading.text.as_str().split(',').map(str::trim).filter(|form| !form.is_empty());
            let forms: Vec<String> = forms.map(str::to_owned).collect();
            let range = heading.offset..ends(index);
            (!forms.is_empty()).then_some(Term { forms, range })
        });
        let terms = terms.collect();
        Self { lesson, terms }
    }

    /// A term and its definition as Markdown.
    #[must_use]
    pub fn markdown(&self, term: &Term) -> &str {
        &self.lesson.text()[term.range.clone()]
    }

    /// The same as it is told: under the form that it is listed by alone, because the others are for looking it up.
    #[must_use]
    pub fn told(&self, term: &Term) -> String {
        let markdown = self.markdown(term);
        let line = &markdown[..markdown.find('\n').unwrap_or(markdown.len())];
        let first = line.split(',').next().unwrap_or(line);
        // A comma within code or a link ends no form.
        let is_form = plain(first.trim_start_matches('#')).as_str().trim() == term.forms[0];
        let heading = if is_form { first } else { line };
        format!("{heading}{}", &markdown[line.len()..])
    }

    /// The term that stands at `offset` of the file, in bytes.
    #[must_use]
    pub fn term_at(&self, offset: usize) -> Option<&Term> {
        self.terms.iter().find(|term| term.range.contains(&offset))
    }

    /// The term that has this form, whatever its capitals and accents.
    #[must_use]
    pub fn term(&self, form: &str) -> Option<&Term> {
        let wanted = folded(form);
        self.terms.iter().find(|term| term.forms.iter().any(|form| folded(form) == wanted))
    }

    /// The terms that have a form with this word in it, in the order of the glossary.
    #[must_use]
    pub fn terms_with(&self, word: &str) -> Vec<&Term> {
        let wanted = folded(word);
        self.terms
            .iter()
            .filter(|term| term.forms.iter().any(|form| has_word(&folded(form), &wanted)))
            .collect()
    }

    /// The number of the term of which a form stands in `text` as a whole word with the byte `at` in it, whatever its capitals and
    /// accents; of several the longest.
    #[must_use]
    pub fn term_around(&self, text: &str, at: usize) -> Option<usize> {
        let mut within = Folded::new(Case::Ignored);
        within.push(text, 0);
        let found = self
            .terms
            .iter()
            .enumerate()
            .flat_map(|(number, term)| term.forms.iter().map(move |form| (number, folded(form))));
        let is_around = |(_, form): &(usize, String)| {
            words_at(within.as_str(), form)
                .any(|start| within.place_of(start..start + form.len()).contains(&at))
        };
        found.filter(is_around).max_by_key(|(_, form)| form.len()).map(|(number, _)| number)
    }

    /// The terms of which a form stands in `text` as a whole word, whatever its capitals and accents, in the order of the glossary.
    #[must_use]
    pub fn terms_in(&self, text: &str) -> Vec<&Term> {
        let text = folded(text);
        self.terms
            .iter()
            .filter(|term| term.forms.iter().any(|form| has_word(&text, &folded(form))))
            .collect()
    }
}

/// Notes what is wrong with a file as a glossary.
pub(super) fn check(read: &Outlined) {
    let source = &read.source;
    if source.text.len() > MAX_BYTES {
        let message = format!("a glossary has at most {} KiB", MAX_BYTES >> 10);
        source.fault(Rule::BadGlossary, first_line(&source.text, 0), message);
        return;
    }
    let glossary = Glossary::of(read.lesson.clone());
    if glossary.terms.is_empty() {
        let hint = "a term is a heading of the second level, such as: ## Metadata".to_owned();
        source.fault_with_hint(
            Rule::BadGlossary,
            first_line(&source.text, 0),
            "no term is defined here",
            hint,
        );
    }
    let mut known: HashMap<String, Range<usize>> = HashMap::new();
    for term in &glossary.terms {
        let heading = first_line(&source.text, term.range.start);
        for form in &term.forms {
            if let Some(first) = known.insert(folded(form), heading.clone()) {
                let message = format!("{} is defined twice", quote(form));
                source.fault_beside(
                    Rule::BadGlossary,
                    heading.clone(),
                    message,
                    first,
                    "here for the first time",
                );
            }
        }
        if definition(glossary.markdown(term)).is_empty() {
            let message = format!("nothing says what {} means", quote(&term.forms[0]));
            let hint = "write it below the heading, or take the heading out".to_owned();
            source.fault_with_hint(Rule::BadGlossary, heading, message, hint);
        }
    }
}

/// What stands below the heading with which `markdown` begins.
fn definition(markdown: &str) -> &str {
    let (_, below) = markdown.split_once('\n').unwrap_or((markdown, ""));
    // A heading may be a line with a line of hyphens under it.
    let underline =
        below.lines().next().filter(|line| !line.is_empty() && line.trim_matches('-').trim().is_empty());
    below[underline.map_or(0, str::len)..].trim()
}

fn first_line(text: &str, from: usize) -> Range<usize> {
    let length = text[from..].find('\n').unwrap_or(text.len() - from);
    from..from + length
}

/// Whether `word` stands in `text` with nothing of a longer word around it.
fn has_word(text: &str, word: &str) -> bool {
    words_at(text, word).next().is_some()
}

/// Where in `text` (in bytes) `word` stands with nothing of a longer word around it.
fn words_at(text: &str, word: &str) -> impl Iterator<Item = usize> {
    let ends = word.chars().next().zip(word.chars().next_back());
    let whole = move |at: usize, first: char, last: char| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        before.is_none_or(|before| parts(before, first)) && after.is_none_or(|after| parts(last, after))
    };
    let found =
        ends.into_iter().flat_map(move |ends| text.match_indices(word).map(move |(at, _)| (at, ends)));
    found.filter(move |(at, (first, last))| whole(*at, *first, *last)).map(|(at, _)| at)
}

/// Whether a word can end between these two.
fn parts(before: char, after: char) -> bool {
    !before.is_alphanumeric() || !after.is_alphanumeric() || (is_unspaced(before) || is_unspaced(after))
}

/// Whether the script of `c` sets no spaces between words, or hangs endings on them (Unicode blocks from Thai to Lao,
/// Myanmar, Khmer, those of East Asia).
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::lessons;

    const FILE: &str = "# Words\n\nWhat they mean.\n\n## Metadata\n\nData about *data*.\n\n### More\n\nMuch more.\n\n\
                        ## Bring your own device, BYOD\n\nA private phone at work.\n\n# Last\n\nNo definition.\n\n\
                        Byte\n----\n\nEight bits.\n";

    fn outlined(text: &str) -> Outlined {
        lessons::read("lessons/glossary.md", text.as_bytes()).expect("a lesson")
    }

    fn glossary() -> Glossary {
        Glossary::of(outlined(FILE).lesson)
    }

    #[test]
    fn headings_of_the_second_level_are_terms_and_what_is_below_defines_them() {
        let glossary = glossary();
        let terms: Vec<(&str, &str)> = glossary
            .terms
            .iter()
            .map(|term| (term.forms[0].as_str(), definition(glossary.markdown(term))))
            .collect();
        let expected = [
            ("Metadata", "Data about *data*.\n\n### More\n\nMuch more."),
            ("Bring your own device", "A private phone at work."),
            ("Byte", "Eight bits."),
        ];
        assert_eq!(terms, expected);
        assert_eq!(glossary.term("byod").map(|term| term.forms[0].as_str()), Some("Bring your own device"));
        assert_eq!(glossary.term("bring  YOUR own device"), glossary.term("BYOD"));
        assert_eq!(glossary.term("phone"), None);
    }

    /// A heading of the pop-up listed what nobody asks for: “Allow-list, allow-lists, allow list”.
    #[test]
    fn a_term_is_told_under_its_first_form() {
        let check = |heading: &str, expected: &str| {
            let glossary = Glossary::of(outlined(&format!("# Words\n\n{heading}\n\nThat.\n")).lesson);
            let told = glossary.told(&glossary.terms[0]);
            assert_eq!(told.split("\n\n").next(), Some(expected), "{heading}");
            assert!(told.ends_with("\n\nThat.\n"), "{told}");
        };
        check("## Allow-list, allow-lists, allow list", "## Allow-list");
        check("## *Meta*data, data about data", "## *Meta*data");
        check("## Byte", "## Byte");
        check("Byte, bytes\n---", "Byte\n---");
        check("## `a, b`", "## `a, b`");
    }

    #[test]
    fn a_term_is_found_as_a_whole_word_whatever_its_capitals() {
        let glossary = glossary();
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> =
                glossary.terms_in(text).iter().map(|term| term.forms[0].as_str()).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("METADATA, (metadata)", &["Metadata"]);
        check("a byte of metadata", &["Metadata", "Byte"]);
        check("kilobytes, bytes, megabyte", &[]);
        check("bring your\n  own device", &["Bring your own device"]);
        check("a BYOD-phone", &["Bring your own device"]);
        check("mètadata", &["Metadata"]);
        check("byod2", &[]);
        check("", &[]);
        let unspaced = Glossary::of(outlined("# 用語\n\n## 個人情報\n\n人の情報。\n").lesson);
        assert_eq!(unspaced.terms_in("これは個人情報です").len(), 1);
    }

    #[test]
    fn the_term_around_a_place_is_the_longest_one() {
        let file = "# Words\n\n## Device\n\nA thing.\n\n## Bring your own device, BYOD\n\nA phone.\n\n## Mètadata\n\nMore.\n";
        let glossary = Glossary::of(outlined(file).lesson);
        let check = |text: &str, expected: Option<&str>| {
            let at = text.find('|').expect("a place");
            let found = glossary.term_around(&text.replacen('|', "", 1), at);
            assert_eq!(found.map(|number| glossary.terms[number].forms[0].as_str()), expected, "{text}");
        };
        check("own |devices", None);
        check("a |Device", Some("Device"));
        check("a devic|e.", Some("Device"));
        check("a device|.", None);
        check("Bring  your own d|evice", Some("Bring your own device"));
        check("Bring|  your own device", Some("Bring your own device"));
        check("ünder méta|data", Some("Mètadata"));
        check("by|od", Some("Bring your own device"));
        check("|", None);
    }

    #[test]
    fn each_fault_points_at_its_heading() {
        let wrong = |text: &str, expected: &[(&str, &str)]| {
            let read = outlined(text);
            check(&read);
            let faults = read.source.take_faults();
            let found: Vec<(&str, &str)> = faults
                .iter()
                .map(|fault| {
                    assert_eq!(fault.rule, Rule::BadGlossary);
                    (fault.message.as_str(), &text[fault.span.clone().expect("a place")])
                })
                .collect();
            assert_eq!(found, expected, "{text:?}");
        };
        wrong(FILE, &[]);
        wrong("# Words\n\nNone.\n", &[("no term is defined here", "# Words")]);
        wrong(
            "# Words\n\n## One\n\n## Two\n\nText.\n\nThree\n---\n",
            &[("nothing says what `One` means", "## One"), ("nothing says what `Three` means", "Three")],
        );
        wrong(
            "# Words\n\n## One, Two\n\nText.\n\n## TWO\n\nText.\n",
            &[("`TWO` is defined twice", "## TWO")],
        );
        let large = format!("# Words\n\n## One\n\n{}\n", "a".repeat(MAX_BYTES));
        wrong(&large, &[("a glossary has at most 256 KiB", "# Words")]);
        assert!(Glossary::of(outlined(&large).lesson).terms.is_empty());
    }
}

//! Where links lead and what they say, and what pictures and Markdown in questions come to.

use std::ops::Range;
use std::sync::Arc;

use crate::address::{Address, Doubt};
use crate::author::craft::english::{Words, flattened};
use crate::author::craft::remarks::Remarks;
use crate::author::craft::slips;
use crate::author::craft::study::{Studied, Text};
use crate::course::draft::DraftLesson;
use crate::course::{leads_out, quote};
use crate::markup::{Document, Linked, Pictured, Prose, Survey};

/// Words that say nothing about where a link leads, which is all that a screen reader's list of links has (WCAG 2.2,
/// success criterion 2.4.4).
const VAGUE: [&str; 16] = [
    "click",
    "click here",
    "details",
    "here",
    "it",
    "link",
    "more",
    "more info",
    "more information",
    "page",
    "read more",
    "see here",
    "this",
    "this link",
    "this page",
    "website",
];
/// Descriptions that say only that there is a picture.
const UNDESCRIBED: [&str; 8] =
    ["diagram", "figure", "image", "img", "photo", "picture", "screen shot", "screenshot"];

/// Checks the links of a lesson.
pub(super) fn check_lesson(lesson: &DraftLesson, survey: &Survey, words: Words, remarks: &mut Remarks) {
    for link in &survey.links {
        let at = || (lesson.path.as_str(), link.place.clone());
        unopened(at(), link, remarks);
        doubtful(&at, link, remarks);
        if words == Words::English && VAGUE.contains(&flattened(link.text.as_str()).as_str()) {
            remarks.note(
                "vague-link-text",
                at(),
                format!("the link says only {}", quote(link.text.as_str())),
                "let its words say where it leads",
            );
        }
    }
    for prose in survey.prose.iter().filter(|prose| prose.text.as_str().contains("www.")) {
        bare(lesson, survey, prose, remarks);
    }
}

/// Checks the links, pictures, charts and slips in the texts of a quiz.
pub(super) fn check_quiz(quiz: &Studied<'_>, remarks: &mut Remarks) {
    for asked in &quiz.asked {
        let worth_reading = |text: &&Text<'_>| {
            [":", "[", "```", "~~~", "|", "##"].iter().any(|sign| text.markdown.contains(sign))
        };
        for text in asked.texts.iter().filter(worth_reading) {
            let survey = Document::parse(Arc::from(text.markdown)).survey();
            for link in &survey.links {
                unopened(quiz.within(asked, text, link.place.clone()), link, remarks);
                doubtful(&|| quiz.within(asked, text, link.place.clone()), link, remarks);
            }
            for picture in &survey.pictures {
                if let Some((message, hint)) = undescribed(picture) {
                    let at = quiz.within(asked, text, picture.place.clone());
                    remarks.note("picture-without-description", at, message, hint);
                }
                on_the_web(quiz.within(asked, text, picture.place.clone()), picture, remarks);
            }
            for slip in &survey.slips {
                let at = quiz.within(asked, text, slip.place.clone());
                slips::note(at, slip.kind, &text.markdown[slip.place.clone()], remarks);
            }
            for fault in survey.chart_faults {
                let at = quiz.within(asked, text, fault.place);
                remarks.note("bad-chart", at, fault.message, fault.hint);
            }
        }
    }
}

/// Notes a picture that is no file of the course: nothing is fetched from the web for it.
pub(super) fn on_the_web(at: (&str, Range<usize>), picture: &Pictured, remarks: &mut Remarks) {
    if leads_out(&picture.address) {
        remarks.note(
            "web-picture",
            at,
            format!(
                "{} is never fetched: learners see the words of this picture alone",
                quote(&picture.address)
            ),
            "put its file into assets/ if its licence allows that, or link to the page that shows it",
        );
    }
}

/// What is wrong with the description of a picture, and what to do.
pub(super) fn undescribed(picture: &Pictured) -> Option<(String, &'static str)> {
    let hint = "say between [ ] what it shows, as you would on the telephone";
    let description = picture.description.as_str();
    let file = picture.address.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if description.trim().is_empty() {
        return Some(("this picture has no description".to_owned(), hint));
    }
    let flat = flattened(description);
    let says_nothing = UNDESCRIBED.contains(&flat.as_str()) || description == file || description == stem;
    says_nothing.then(|| (format!("{} does not describe this picture", quote(description)), hint))
}

/// Notes a link out of the course that is not opened, with the reason that learners are told. One within the course that leads
/// nowhere is a fault of the course.
fn unopened(at: (&str, Range<usize>), link: &Linked, remarks: &mut Remarks) {
    if let (true, Err(refusal)) = (leads_out(&link.address), Address::read(&link.address).target()) {
        remarks.note(
            "unopened-link",
            at,
            format!("{}: {refusal}", quote(&link.address)),
            "write an address that can be opened; one that nobody should follow stands in backquotes",
        );
    }
}

/// Notes what learners would be told before they open the link, and whatever nobody should write into a course.
fn doubtful<'a>(at: &impl Fn() -> (&'a str, Range<usize>), link: &Linked, remarks: &mut Remarks) {
    let mut imitates = false;
    for doubt in Address::of_link(link.text.as_str(), &link.address).doubts() {
        match doubt {
            // Said once: a host that mixes scripts mostly looks like another one too.
            Doubt::MixedScripts { .. } | Doubt::LooksLike { .. } | Doubt::LookedUp { .. } if imitates => {}
            Doubt::Insecure => remarks.note(
                "insecure-link",
                at(),
                format!("{} can be read and changed on the way", quote(&link.address)),
                "use https: if the site has it; an address that nobody should follow stands in backquotes",
            ),
            Doubt::MixedScripts { .. } | Doubt::LooksLike { .. } => {
                imitates = true;
                remarks.note(
                    "look-alike-host",
                    at(),
                    format!("{}: {doubt}", quote(&link.address)),
                    "write the host that is meant; an address that nobody should follow stands in backquotes",
                );
            }
            Doubt::BeforeAt { .. } | Doubt::OtherText { .. } | Doubt::LookedUp { .. } => remarks.note(
                "misleading-link",
                at(),
                doubt.to_string(),
                "let words and address say the same; an address that nobody should follow stands in backquotes",
            ),
            // Honest hosts have these too.
            Doubt::Coded { .. } | Doubt::Number { .. } | Doubt::Port(_) | Doubt::AlsoTo { .. } => {}
        }
    }
}

/// `www.example.org` without a scheme is text, unlike `https://www.example.org`.
fn bare(lesson: &DraftLesson, survey: &Survey, prose: &Prose, remarks: &mut Remarks) {
    let start = lesson.text.floor_char_boundary(prose.offset);
    // Markup makes the source longer than its words; how much longer need not be known exactly.
    let end = lesson.text.floor_char_boundary(start.saturating_add(4 * prose.text.as_str().len() + 256));
    let source = &lesson.text[start..end.max(start)];
    let Some(at) = source.find("www.") else { return };
    let word = source[at..]
        .split(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '|' | '"' | '”' | '`' | '*'));
    let word = word.into_iter().next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let place = start + at..start + at + word.len();
    let before = source[..at].chars().next_back();
    let alone = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '*' | '_'));
    let in_code = !source[..at].matches('`').count().is_multiple_of(2);
    let next = survey.links.partition_point(|link| link.place.end <= place.start);
    let in_link = survey.links.get(next).is_some_and(|link| link.place.start <= place.start);
    if alone && !in_code && !in_link && word.matches('.').count() >= 2 {
        remarks.note(
            "bare-www",
            (&lesson.path, place),
            format!("{} is no link", quote(word)),
            "write https:// before it; an address that nobody should follow stands in backquotes",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::craft::tests::{check, check_lesson, check_lesson_in, single};

    #[test]
    fn links_of_lessons() {
        check_lesson("# A\n\nSee [the guide](https://example.org) and https://example.org/x.\n", &[]);
        check_lesson(
            "# A\n\nSee [the guide](http://example.org).\n",
            &["insecure-link: [the guide](http://example.org)"],
        );
        check_lesson("# A\n\nSee http://example.org/x now.\n", &["insecure-link: http://example.org/x"]);
        check_lesson("# A\n\nSee `http://example.org/x` now.\n", &[]);
        check_lesson(
            "# A\n\nSee [the guide](https://exаmple.org).\n",
            &["look-alike-host: [the guide](https://exаmple.org)"],
        );
        check_lesson("# A\n\nSee [the guide](https://münchen.example).\n", &[]);
        check_lesson("# A\n\nSee `https://exаmple.org`.\n", &[]);
        check_lesson(
            "# A\n\nSee [bank.com](https://bank.com@example.org).\n",
            &[
                "misleading-link: [bank.com](https://bank.com@example.org)",
                "misleading-link: [bank.com](https://bank.com@example.org)",
            ],
        );
        check_lesson(
            "# A\n\nSee [the page](https://example.org%2eexample.com/).\n",
            &["misleading-link: [the page](https://example.org%2eexample.com/)"],
        );
        check_lesson("# A\n\nSee [your own](http://localhost:8080/x).\n", &[]);
        check_lesson(
            "# A\n\nMore [Here.](https://example.org)\n",
            &["vague-link-text: [Here.](https://example.org)"],
        );
        check_lesson_in("de", "# A\n\nMehr [here](https://example.org)\n", &[]);
        check_lesson("# A\n\nGo to www.example.org, please.\n", &["bare-www: www.example.org"]);
        check_lesson("# A\n\nGo to `www.example.org`, please.\n", &[]);
        check_lesson("# A\n\nGo to `curl www.example.org`, please.\n", &[]);
        check_lesson("# A\n\nGo to [www.example.org](https://www.example.org), please.\n", &[]);
        check_lesson("# A\n\nGo to https://www.example.org, please.\n", &[]);
    }

    #[test]
    fn links_that_nobody_can_open() {
        let check = |address: &str, expected: &[&str]| {
            let link = format!("[the address]({address})");
            let expected: Vec<_> = expected.iter().map(|rule| format!("{rule}: {link}")).collect();
            let expected: Vec<_> = expected.iter().map(String::as_str).collect();
            check_lesson(&format!("# A\n\nSee {link}.\n"), &expected);
        };
        check("mailto:ada@example.org?subject=A%20phone&body=It%20is%20gone", &[]);
        check("mailto:ada@example.org,eve@example.org?cc=bob@example.org", &[]);
        check("mailto:ada@example.org?attach=/etc/passwd", &["unopened-link"]);
        check("mailto:ada@example.org@example.com", &["unopened-link"]);
        check("mailto:ada", &["unopened-link"]);
        check("mailto:ada@example.org?subject=A%0d%0aBcc:eve@example.com", &["unopened-link"]);
        let many = |count: usize| format!("mailto:{}", vec!["ada@example.org"; count].join(","));
        check(&many(16), &[]);
        check(&many(17), &["unopened-link"]);
        check("tel:112", &["unopened-link"]);
        check("//example.org/x", &["unopened-link"]);
        check("https:///", &["unopened-link"]);
        check_lesson("# A\n\nSee `mailto:ada` and <ada@example.org>.\n", &[]);
    }

    #[test]
    fn addresses_on_the_way_out() {
        let check = |address: &str, expected| {
            let found = Address::read(address).doubts().contains(&Doubt::Insecure);
            assert_eq!(found, expected, "{address}");
        };
        check("http://example.org", true);
        check("HTTP://example.org", true);
        check("http://localhost.example.org/", true);
        check("https://example.org", false);
        check("http://127.0.0.1:3000/x", false);
        check("http://[::1]:3000/x", false);
        // What browsers make of it.
        check("http:/x", true);
        check("mailto:a@example.org", false);
        check("../x.md", false);
        check("httpß://", false);
    }

    #[test]
    fn links_and_pictures_of_questions() {
        check(
            &single("Is http://example.org safe?", &["+It is", "No"]),
            &["insecure-link: http://example.org"],
        );
        check(&single("Is `http://example.org` safe?", &["+It is", "No"]), &[]);
        check(
            &single("Is ![](assets/a.png) safe?", &["+It is", "No"]),
            &["picture-without-description: ![](assets/a.png)"],
        );
        let chart = "Which was more?\n\n```chart\nA: 1\nB\n```\n";
        check(&single(chart, &["+It is", "No"]), &["bad-chart: B"]);
    }
}

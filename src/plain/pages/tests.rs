//! Which lines stand on which page.

use proptest::prelude::*;

use super::*;
use crate::course;
use crate::markup::{QUOTE, linear};

impl Ends {
    /// Of a text without sources.
    fn at(whole: usize) -> Self {
        Self { body: whole, whole }
    }
}

fn shown(pages: &Pages) -> Vec<Vec<&str>> {
    (0..pages.count()).map(|page| pages.lines(page).iter().map(|line| line.text.as_str()).collect()).collect()
}

#[test]
fn a_heading_stays_with_what_it_heads() {
    let text = linear("one\n\ntwo\n\n## H\n\nthree\n\nfour");
    let pages = Pages::new(&text, Ends::at(46), 20, 5);
    assert_eq!(shown(&pages), [vec!["one", "", "two"], vec!["Heading: H", "", "three", "", "four"]]);
    assert_eq!(pages.page_of(0), 0);
    assert_eq!(pages.page_of(text.passages[2].offset), 1);
    assert_eq!(pages.page_of(usize::MAX), 1);
    // Within a passage, too: another face may have left off anywhere.
    assert_eq!(
        (pages.page_of(text.passages[1].offset + 1), pages.page_of(text.passages[2].offset - 1)),
        (0, 0)
    );
    assert_eq!((pages.end_of(0), pages.end_of(1)), (text.passages[2].offset, usize::MAX));
}

#[test]
fn a_lead_in_stays_with_its_list() {
    let text = linear("one\n\ntwo\n\nAsk about three:\n\n- a\n- b\n- c\n");
    let pages = Pages::new(&text, Ends::at(42), 20, 5);
    let list = vec!["Ask about three:", "", "- a", "- b", "- c"];
    assert_eq!(shown(&pages), [vec!["one", "", "two"], list]);
    let text = linear("one\n\ntwo\n\n请问\u{ff1a}\n\n- a\n- b\n- c\n");
    let pages = Pages::new(&text, Ends::at(42), 20, 5);
    let list = vec!["请问\u{ff1a}", "", "- a", "- b", "- c"];
    assert_eq!(shown(&pages), [vec!["one", "", "two"], list]);
}

/// A page began with “End of note.”
#[test]
fn the_end_of_a_block_stands_with_what_it_ends() {
    let items = ('a'..='h').map(|item| format!("> - {item}\n")).collect::<Vec<_>>().concat();
    let quote = format!("> one\n>\n{items}");
    let pages = Pages::new(&linear(&quote), Ends::at(quote.len()), 20, 5);
    let first = vec!["Quote: one", "", "- a", "- b", "- c"];
    assert_eq!(shown(&pages), [first, vec!["- d", "- e", "- f", "- g"], vec!["- h", "End of quote."]]);
    let text = linear("| a |\n|---|\n| b |\n| c |\n");
    let pages = Pages::new(&text, Ends::at(24), 40, 3);
    let [first, second] =
        [vec!["Table, 2 rows. Columns: a.", "Row 1 of 2. a: b"], vec!["Row 2 of 2. a: c", "End of table."]];
    assert_eq!(shown(&pages), [first, second]);
}

/// A claim was the last that was heard, and what there is to say of it came on the next page.
#[test]
fn a_quote_goes_to_the_page_of_what_is_said_of_it() {
    let check = |markdown: &str, height: usize, expected: &[&[&str]]| {
        let pages = Pages::new(&linear(markdown), Ends::at(markdown.len()), 20, height);
        assert_eq!(shown(&pages), expected, "{markdown}");
    };
    let before: &[&str] = &["one", "", "two", "", "three"];
    let text = "one\n\ntwo\n\nthree\n\n";
    let answered: &[&str] = &["Heading: H", "", "Quote: no", "", "yes"];
    check(&format!("{text}## H\n\n> no\n\nyes\n"), 9, &[before, answered]);
    // All of a quote of several paragraphs.
    let long: &[&str] =
        &["Quote: no", "", "and no and no and no", "and no and no and no", "End of quote.", "", "yes"];
    let quote = "> no\n>\n> and no and no and no and no and no and no\n\nyes\n";
    check(&format!("{text}{quote}"), 9, &[before, long]);
    // However little stays, and though a list goes on behind that page.
    check("one\n\n> no\n\nyes\n", 4, &[&["one"], &["Quote: no", "", "yes"]]);
    check(
        &format!("{text}> no\n\nyes:\n\n- a\n- b\n- c\n- d\n"),
        7,
        &[before, &["Quote: no", "", "yes:", "", "- a", "- b", "- c"], &["- d"]],
    );
    // Nothing is said of it, or of one with a name; or there is no room for both.
    check(
        &format!("{text}> no\n\n## H\n\nyes\n"),
        8,
        &[&["one", "", "two", "", "three", "", "Quote: no"], &["Heading: H", "", "yes"]],
    );
    check(
        &format!("{text}> [!NOTE]\n> no\n\nyes\n"),
        7,
        &[&["one", "", "two", "", "three", "", "Note: no"], &["yes"]],
    );
    check(
        "one\n\n> no\n\nyes and yes and yes and yes\n",
        3,
        &[&["one", "", "Quote: no"], &["yes and yes and yes", "and yes"]],
    );
}

#[test]
fn sources_begin_a_page() {
    let markdown = "one\n\n## Sources\n\nwhere\n";
    let ends = Ends { body: 5, whole: markdown.len() };
    let pages = Pages::new(&linear(markdown), ends, 30, 9);
    assert_eq!(shown(&pages), [vec!["one"], vec!["Heading: Sources", "", "where"]]);
}

/// The empty line above it stayed on the page before, and whoever asked for the heading was led there.
#[test]
fn a_heading_is_found_on_the_page_where_it_is_said() {
    let text = linear("one\n\n- two\n- three\n\n## H\n\nfour words to fill\n\nfive");
    let heading = text.passages.iter().find(|passage| passage.text.as_str() == "Heading: H").unwrap();
    for height in 3..9 {
        let pages = Pages::new(&text, Ends::at(60), 12, height);
        let page = shown(&pages).into_iter().position(|page| page.contains(&"Heading: H"));
        assert_eq!(Some(pages.page_of(heading.offset)), page, "{height}");
    }
}

/// Asked for by where the document says that it begins, it was found on the page before.
#[test]
fn every_heading_of_the_course_is_found_on_the_page_where_it_is_said() {
    let course = course::parse(course::embedded()).expect("the bundled course");
    for (module, width) in course.modules.iter().flat_map(|module| [(module, 40), (module, 72)]) {
        let document = &module.lesson.document;
        let ends = Ends { body: document.body_end(), whole: document.len() };
        let pages = Pages::new(&linear(document.source()), ends, width, 20);
        for heading in document.headings() {
            let page = pages.lines(pages.page_of(heading.offset));
            let is_it = |line: &TextLine| {
                let words = line.text.as_str().split_once(": ").map_or("", |(_, words)| words);
                !words.is_empty() && heading.text.as_str().starts_with(words)
            };
            assert!(page.iter().any(is_it), "{} at {width}: {}", module.lesson.path, heading.text);
        }
    }
}

/// A claim was the last that was heard where a long list followed its answer, or little would stay on its page.
#[test]
fn no_page_of_the_course_ends_with_a_quote_that_is_answered() {
    let course = course::parse(course::embedded()).expect("the bundled course");
    for (module, width) in
        course.modules.iter().flat_map(|module| (30..100).step_by(7).map(move |width| (module, width)))
    {
        let document = &module.lesson.document;
        let ends = Ends { body: document.body_end(), whole: document.len() };
        let pages = Pages::new(&linear(document.source()), ends, width, 20);
        let headings: Vec<usize> = document.headings().iter().map(|heading| heading.offset).collect();
        for page in 1..pages.count() {
            let last = pages.lines(page - 1).last().expect("only an empty text has an empty page");
            let words = last.text.as_str();
            let is_quote =
                last.quote == Some(QUOTE) || words.starts_with("Quote: ") || words == "End of quote.";
            let [before, after] = [page - 1, page].map(|page| pages.lines(page));
            let next = after.first().expect("only an empty text has an empty page");
            let is_answered = pages.quote_at(page, 0).is_none() && !headings.contains(&next.offset);
            // One that goes on over a page, or fills it, goes nowhere.
            let begin = before.iter().rposition(|line| line.text.as_str().starts_with("Quote: "));
            let answer = after.iter().position(|line| line.text.is_empty()).unwrap_or(after.len());
            let has_room = begin.is_some_and(|begin| before.len() - begin + 1 + answer <= 20);
            assert!(
                !(is_quote && is_answered && has_room),
                "{} at {width}: {words} / {}",
                module.lesson.path,
                next.text
            );
        }
    }
}

#[test]
fn a_page_in_the_middle_of_code_is_a_part_of_it() {
    let markdown = format!("intro\n\n```\n{}```\n", "code\n".repeat(20));
    let pages = Pages::new(&linear(&markdown), Ends::at(markdown.len()), 40, 5);
    let sights: Vec<Sight> = (0..pages.count()).map(|page| pages.sight(page)).collect();
    assert!(pages.count() > 3 && sights.iter().all(|sight| sight.from < sight.to), "{sights:?}");
}

/// A row is said with the names of its columns, in more lines than it has bytes: the pages in its middle were no part of
/// anything, and passed over.
#[test]
fn a_page_in_the_middle_of_a_row_is_a_part_of_it() {
    let head = "a name that is long ".repeat(12);
    let markdown = format!("| {head} |\n|---|\n| x |\n");
    let pages = Pages::new(&linear(&markdown), Ends::at(markdown.len()), 12, 2);
    let sights: Vec<Sight> = (0..pages.count()).map(|page| pages.sight(page)).collect();
    assert!(pages.count() > 12 && sights.iter().all(|sight| sight.from < sight.to), "{sights:?}");
}

#[test]
fn a_block_longer_than_a_page_is_broken() {
    let items = "- item\n".repeat(12);
    let pages = Pages::new(&linear(&items), Ends::at(items.len()), 40, 5);
    assert_eq!(pages.count(), 3);
}

#[test]
fn a_page_in_the_middle_of_a_long_paragraph_is_a_part_of_it() {
    let words = "word ".repeat(100);
    let pages = Pages::new(&linear(&words), Ends::at(words.len()), 20, 5);
    let starts: Vec<_> = (0..pages.count()).map(|page| pages.sight(page).from).collect();
    assert_eq!(starts, [0, 5, 10, 15, 20].map(|line| LineStart { offset: 0, line }));
    assert_eq!(pages.sight(4).to, LineStart::first_at(500));
    assert_eq!((pages.begin_of(0), pages.begin_of(499)), (0, 0), "it begins again when it is laid out anew");
}

/// Footnotes are said where they are written, and what is said late never takes a page back.
#[test]
fn pages_are_in_the_order_in_which_they_are_said() {
    let text = "See[^1].\n\n[^1]: A note.\n\nMore.\n\nEnd.\n";
    let pages = Pages::new(&linear(text), Ends::at(text.len()), 20, 1);
    let starts: Vec<LineStart> = (0..pages.count()).map(|page| pages.sight(page).from).collect();
    assert!(starts.is_sorted() && pages.count() > 3, "{starts:?}");
}

#[test]
fn an_empty_text_is_one_empty_page() {
    assert_eq!(shown(&Pages::new(&linear(""), Ends::at(0), 20, 5)), [Vec::<&str>::new()]);
}

proptest! {
    #[test]
    fn no_page_is_too_long_and_nothing_is_lost(
        markdown in r"((# |- |> |1\. )?[a-z]{1,9}( [a-z]{1,9}){0,20}\n{1,2}){0,20}",
        width in 10_usize..50,
        height in 1_usize..12,
    ) {
        let text = linear(&markdown);
        let pages = Pages::new(&text, Ends::at(markdown.len()), width, height);
        let solid = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        let mut found = String::new();
        for page in 0..pages.count() {
            prop_assert!(pages.lines(page).len() <= height);
            for line in pages.lines(page) {
                prop_assert!(line.text.width() <= width);
                found.push_str(&solid(line.text.as_str()));
            }
        }
        let wanted: String = text.passages.iter().map(|passage| solid(passage.text.as_str())).collect();
        prop_assert_eq!(found, wanted);
        let mut heard = LineStart::default();
        for page in 0..pages.count() {
            let sight = pages.sight(page);
            prop_assert_eq!(sight.from, heard, "no gap and no overlap");
            prop_assert!(sight.from < sight.to || markdown.is_empty(), "every page counts");
            heard = sight.to;
        }
        prop_assert_eq!(heard, LineStart::first_at(markdown.len()));
        // Looking through all pages for each heading took a second where there were thousands.
        for offset in 0..=markdown.len() {
            let passage = pages.begin_of(offset);
            let shows = |page: &usize| pages.lines(*page).last().is_some_and(|line| line.offset >= passage);
            let first = (0..pages.count()).find(shows).unwrap_or(pages.count() - 1);
            prop_assert_eq!(pages.page_of(offset), first);
        }
        for passage in &text.passages {
            let page = pages.lines(pages.page_of(passage.offset));
            prop_assert!(page.iter().any(|line| line.offset == passage.offset && !line.text.is_empty()));
        }
    }
}

#[test]
fn words_that_were_found_have_a_line() {
    let markdown = "# Title\n\none two three four five six\n\nseven eight\n";
    // Title: Title / one two three / four five six / seven eight
    let check = |height: usize, words: &str, expected: Option<(usize, usize)>| {
        let pages = Pages::new(&linear(markdown), Ends::at(markdown.len()), 14, height);
        let offset = markdown.find(words).unwrap_or(9);
        assert_eq!(pages.line_of(offset, words), expected, "{words}");
    };
    check(20, "one", Some((0, 2)));
    check(20, "five", Some((0, 3)));
    // Broken over two lines, and over two pages.
    check(20, "three four", Some((0, 2)));
    check(1, "three four", Some((1, 0)));
    check(1, "five", Some((2, 0)));
    check(20, "eight", Some((0, 5)));
    check(20, "two seven", None);
}

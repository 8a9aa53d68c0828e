//! Pages that are turned among pictures, down and up.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::markup::{self, Place};
use crate::tui::screens::Screen;
use crate::tui::screens::reader::Reader;

/// A part of a text.
#[derive(Debug, Clone, Copy)]
enum Part {
    Heading,
    /// So many sentences.
    Words(usize),
    /// One of so many pictures.
    Picture(usize),
}

const SIZES: [(u32, u32); 4] = [(160, 64), (160, 160), (400, 240), (640, 640)];

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = prop_oneof![
        1 => Just(Part::Heading),
        4 => (1usize..12).prop_map(Part::Words),
        2 => (0..SIZES.len()).prop_map(Part::Picture),
    ];
    vec(part, 10..50)
}

fn course_of(parts: &[Part]) -> Arc<Course> {
    let mut text = String::new();
    for (number, part) in parts.iter().enumerate() {
        let _ = match part {
            Part::Heading => writeln!(text, "## Part {number}\n"),
            Part::Words(count) => writeln!(text, "{}\n", "What apps take on a phone. ".repeat(*count)),
            Part::Picture(size) => writeln!(text, "![A square of the size {size}](../assets/{size}.png)\n"),
        };
    }
    let assets = SIZES.map(|(width, height)| png(width, height));
    let names = ["0.png", "1.png", "2.png", "3.png"];
    course(&text, &names.into_iter().zip(assets).collect::<Vec<_>>())
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Page {
    top: Place,
    /// The line below what is seen of it, or the last one of the text.
    below: Place,
    begins_within_picture: bool,
    /// Where the pictures begin in the source of which all rows are in sight, and of which any is.
    whole: BTreeSet<usize>,
    in_sight: BTreeSet<usize>,
}

fn reader(stage: &Stage) -> &Reader {
    match stage.model.screen() {
        Some(Screen::Lesson(lesson)) => lesson.text.reader(),
        other => panic!("{other:?}"),
    }
}

fn page(stage: &Stage) -> Page {
    let reader = reader(stage);
    let (lines, seen) = (reader.lines_in_sight(), reader.room_for_text());
    let rows = |line: &markup::Line| {
        let picture = line.picture.as_ref()?;
        Some((picture.picture.offset, picture.row?, picture.picture.cells?.rows))
    };
    let shown: Vec<_> = lines.iter().filter_map(rows).collect();
    let has = |wanted: usize, row: u16| shown.iter().any(|(offset, at, _)| (*offset, *at) == (wanted, row));
    let is_whole = |(offset, _, rows): &&(usize, u16, u16)| has(*offset, 0) && has(*offset, rows - 1);
    Page {
        top: reader.top,
        below: reader.layout.borrow_mut().down(reader.top, seen),
        begins_within_picture: lines.first().and_then(rows).is_some_and(|(_, row, _)| row > 0),
        whole: shown.iter().filter(is_whole).map(|(offset, _, _)| *offset).collect(),
        in_sight: shown.iter().map(|(offset, _, _)| *offset).collect(),
    }
}

/// The present page and all that come by pressing `key`.
fn pages(stage: &mut Stage, key: &str) -> Vec<Page> {
    let mut pages = vec![page(stage)];
    loop {
        let next = page(stage.keys(key));
        if pages.last() == Some(&next) {
            return pages;
        }
        pages.push(next);
    }
}

/// No line is passed over.
fn check_lines(pages: &[Page]) -> Result<(), TestCaseError> {
    for pair in pages.windows(2) {
        let (upper, lower) =
            (pair.iter().min_by_key(|page| page.top), pair.iter().max_by_key(|page| page.top));
        let (upper, lower) = upper.zip(lower).expect("two");
        prop_assert!(lower.top <= upper.below, "a line between two pages: {upper:?} {lower:?}");
    }
    Ok(())
}

/// No picture is either, and no page but the first begins within one; nor but the last, at the bottom of which the text ends.
fn check_pictures(pages: &[Page]) -> Result<(), TestCaseError> {
    let last = pages.iter().map(|page| page.top).max();
    for page in &pages[1..] {
        prop_assert!(!page.begins_within_picture || Some(page.top) == last, "{page:?}");
    }
    let all: BTreeSet<_> = pages.iter().flat_map(|page| &page.in_sight).collect();
    let whole: BTreeSet<_> = pages.iter().flat_map(|page| &page.whole).collect();
    prop_assert_eq!(all, whole, "pictures of which no page shows all: {:#?}", pages);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Pages of which something comes with the next one are shorter: on the way up lines between them were passed over, pages began within
    /// pictures, and other ones came than on the way down.
    #[test]
    fn pages_that_are_turned_show_all_and_are_the_same_on_the_way_back(
        parts in parts(),
        (width, height) in (40u16..130, 12u16..50),
        protocol in select(vec![BLOCKS, Protocol::Kitty]),
        lines in 0usize..200,
    ) {
        let course = course_of(&parts);
        let (mut stage, _rung) = opened(width, height, Arc::clone(&course), protocol);
        let down = pages(&mut stage, "PgDn");
        check_lines(&down)?;
        check_pictures(&down)?;
        let mut up = pages(&mut stage, "PgUp");
        up.reverse();
        prop_assert_eq!(&up, &down);
        // From anywhere else.
        let up = pages(stage.keys("End"), "PgUp");
        check_lines(&up)?;
        check_pictures(&up)?;
        for (marks, key) in [("", "PgUp"), ("", "PgDn"), ("Tab", "PgUp"), ("Tab", "PgDn"), ("PgDn Tab", "PgUp")] {
            stage.keys("g").burst(&"j ".repeat(lines)).keys(marks);
            check_lines(&pages(&mut stage, key))?;
        }
    }
}

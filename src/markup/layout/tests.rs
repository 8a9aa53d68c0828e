use super::*;
use crate::markup::{Cells, PictureSpace, PictureWords, Role};

/// Every picture has so many rows.
#[derive(Debug)]
struct Rows(u16);

impl PictureRoom for Rows {
    fn space(&self, _address: &str, columns: u16) -> PictureSpace {
        PictureSpace::Cells(Cells { columns: columns.min(8), rows: self.0 })
    }

    fn words(&self) -> PictureWords {
        PictureWords::Line
    }
}

fn layout(markdown: &str, width: u16) -> Layout {
    Layout::new(Arc::new(Document::parse(markdown.into())), width)
}

fn places(layout: &mut Layout) -> Vec<Place> {
    let lines = layout.lines(layout.top(), usize::MAX).len();
    (0..lines).map(|line| layout.down(layout.top(), line)).collect()
}

#[test]
fn the_next_offset_is_found_however_many_lines_begin_at_this_one() {
    let table = format!("| a | b |\n|---|---|\n| x | {} |\n| y | z |\n", "word ".repeat(600));
    let text = format!("# One\n\n![p](a.png)\n\nBehind.\n\n{table}\n{}\n\nLast.", "[a]: b\n".repeat(2_000));
    let mut layout = layout(&text, 24);
    layout.set_pictures(Some(Arc::new(Rows(90))));
    let lines = layout.lines(layout.top(), usize::MAX);
    let mut longest = 0;
    for (number, place) in places(&mut layout).into_iter().enumerate() {
        let here = lines[number].offset;
        let next = lines.iter().map(|line| line.offset).find(|offset| *offset > here);
        assert_eq!(layout.next_offset(place), next, "line {number}");
        longest = longest.max(lines.iter().filter(|line| line.offset == here).count());
    }
    assert!(longest > 90, "{longest}");
}

#[test]
fn lines_at_one_offset_are_counted_and_a_link_far_below_it_is_found() {
    let table = format!("| a | b |\n|---|---|\n| x | {} [far](https://example.org) |\n", "word ".repeat(600));
    let mut layout = layout(&table, 24);
    let link = layout.document().links()[0].clone();
    let is_far = |line: &Line| line.spans.iter().any(|span| span.style.link == Some(0));
    let place = layout.place_of_shown(link.offset, is_far).expect("it is shown");
    let shown: String = layout.lines(place, 1)[0].spans.iter().map(|span| span.text.as_str()).collect();
    assert!(shown.contains("far"), "{shown}");
    let row = layout.place_of(layout.document().source().find("| x").expect("a row"));
    let below = layout.lines_between(row, place);
    assert!(below > 40 && layout.down(row, below) == place, "{below}");
    assert_eq!(layout.lines_between(place, row), 0);
}

/// Who looks at them at every step is held up for minutes.
#[test]
fn megabytes_of_definitions_at_the_end_show_nothing() {
    let text = format!("# One\n\nWords.\n\n{}", "[a]: b\n".repeat(200_000));
    let mut layout = layout(&text, 40);
    let end = layout.last_top(1);
    for _ in 0..200 {
        assert_eq!(layout.last_top(1), end);
        assert_eq!(layout.down(end, 5), end);
        assert_eq!(layout.start_below(end, 1).offset, text.len());
        assert_eq!(layout.place_of(text.len()), end);
    }
}

#[test]
fn lines_that_are_kept_have_a_bound() {
    let text = "![p](a.png)\n\n".repeat(20_000);
    let mut layout = layout(&text, 40);
    layout.set_pictures(Some(Arc::new(Rows(55))));
    let (mut place, mut most) = (layout.top(), 0);
    for _ in 0..40 {
        place = layout.down(place, 10_000);
        let largest = layout.chunks.values().map(|lines| lines.len()).max().unwrap_or(0);
        let kept: usize = layout.chunks.values().map(|lines| lines.len()).sum();
        assert!(kept <= LINES_KEPT + 4 * largest, "{kept} lines, {largest} in a chunk");
        most = most.max(kept);
    }
    assert!(most > LINES_KEPT, "there was something to give up");
    assert_eq!(layout.turns(), 1);
    layout.set_width(30);
    assert_eq!((layout.turns(), layout.kept), (2, 0));
}

/// A chart that begins late in a long list stays one.
#[test]
fn a_chart_is_not_cut() {
    for items in (1_400..1_900).step_by(20) {
        let list = "- an item\n".repeat(items);
        let bars: String = (10..40).fold(String::new(), |bars, bar| bars + &format!("  Bar {bar}: {bar}\n"));
        let mut layout = layout(&format!("{list}- here:\n  ```chart\n{bars}  ```\n"), 60);
        let lines = layout.lines(layout.top(), usize::MAX);
        let is_bar = |line: &&Line| line.spans.iter().any(|span| span.style.role == Role::Bar);
        assert_eq!(lines.iter().filter(is_bar).count(), 30, "below {items} items");
    }
}

/// A reader who goes to where something was not seen yet stands at the line that shows it, whatever the width was before.
#[test]
fn what_stands_at_an_offset_begins_no_later_than_there() {
    let table = format!("| a | b |\n|---|---|\n| x | {} |\n| y | z |\n", "word ".repeat(60));
    let text = format!(
        "\n\n[a]: b\n\n# One\n\n![p](a.png)\n\n{}\n\n[c]: d\n\n{table}\n```\none\n\ntwo\n```\n\n> quoted\n\n{}Last.\n\n[e]: f\n",
        "Words that are wrapped. ".repeat(20),
        "[a]: b\n".repeat(200),
    );
    for width in [1, 2, 7, 24, 80] {
        let mut layout = layout(&text, width);
        layout.set_pictures(Some(Arc::new(Rows(9))));
        for offset in 0..=text.len() {
            let place = layout.place_of(offset);
            let start = layout.start_of(place);
            assert!(start <= LineStart::first_at(offset), "{width}: {offset}");
            assert_eq!(
                (layout.begin_of(offset), layout.begin_of(start.offset)),
                (start.offset, start.offset)
            );
        }
        let all = places(&mut layout);
        assert_eq!(layout.start_of(all[0]), LineStart::default());
        for two in all.windows(2) {
            let [upper, lower] = [two[0], two[1]].map(|place| layout.start_of(place));
            let [above, below] = [two[0], two[1]].map(|place| layout.lines(place, 1).remove(0));
            // An empty line above others begins where they do: nothing is passed over by that.
            let empty = above.spans.is_empty() && upper.offset == lower.offset;
            assert!(upper < lower || (empty && upper == lower), "{width}: {above:?} {below:?}");
            let place = layout.place_at(lower);
            assert!(place == two[1] || below.spans.is_empty(), "{width}: {lower:?}");
        }
        for height in [1, 3, 20] {
            // Page by page nothing is left out, and the last page ends with the text.
            for (top, page) in all.iter().zip(all.windows(height)) {
                let below = layout.start_below(*top, height);
                match all.get(
                    all.iter().position(|place| place == page.last().expect("a page")).expect("there") + 1,
                ) {
                    Some(next) => assert_eq!(below, layout.start_of(*next)),
                    None => assert_eq!(below, LineStart::first_at(text.len())),
                }
            }
            let end = LineStart::first_at(text.len());
            assert_eq!(layout.start_below(*all.last().expect("lines"), height), end);
        }
    }
}

/// Where two spaces stand between words nobody counted into the source, and all lines of a paragraph began where it does: in
/// another width they were other words.
#[test]
fn every_line_of_a_paragraph_begins_later_than_the_one_above() {
    for (words, width) in [("some  words  ", 7), ("some words ", 11), ("some\u{200b}words ", 30)] {
        let mut layout = layout(&format!("*Some* {}", words.repeat(40)), width);
        let starts: Vec<LineStart> =
            places(&mut layout).into_iter().map(|place| layout.start_of(place)).collect();
        assert!(starts.len() > 20 && starts.iter().all(|start| start.line == 0), "{words:?}: {starts:?}");
    }
}

/// The parser gives each row as many cells as the head has columns, and stops after so many: further down rows were text with
/// bars, and a lesson of two megabytes took minutes.
#[test]
fn rows_below_a_head_of_thousands_of_columns_stay_rows_to_the_end() {
    let head = format!("{}|\n{}|\n", "| name ".repeat(2000), "|---".repeat(2000));
    let text = format!("{head}{}", format!("| {} |\n", "x".repeat(60)).repeat(2000));
    let mut layout = layout(&text, 80);
    let lines = layout.lines(Place::default(), usize::MAX);
    let said = |line: &Line| line.spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let said: Vec<String> = lines.iter().map(said).filter(|line| line.contains('x')).collect();
    let row = format!("name: {}", "x".repeat(60));
    assert!(said.len() == 2000 && said.iter().all(|line| *line == row), "{} rows", said.len());
}

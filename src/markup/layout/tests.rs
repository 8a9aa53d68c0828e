use super::*;
use crate::markup::{Cells, PictureWords};

/// Every picture has so many rows.
#[derive(Debug)]
struct Rows(u16);

impl PictureRoom for Rows {
    fn cells(&self, _address: &str, columns: u16) -> Option<Cells> {
        Some(Cells { columns: columns.min(8), rows: self.0 })
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
    let place = layout.place_of_link(0, link.offset);
    let shown: String = layout.lines(place, 1)[0].spans.iter().map(|span| span.text.as_str()).collect();
    assert!(shown.contains("far"), "{shown}");
    let row = layout.place_of(layout.document().source().find("| x").expect("a row"));
    let below = layout.lines_between(row, place);
    assert!(below > 40 && layout.down(row, below) == place, "{below}");
    assert_eq!(layout.lines_between(place, row), 0);
}

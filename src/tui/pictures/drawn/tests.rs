use image::ImageFormat;
use ratatui::buffer::CellDiffOption;

use super::*;
use crate::tui::pictures::Shelf;
use crate::tui::pictures::decode;
use crate::tui::pictures::decode::tests::file;
use crate::tui::pictures::drawing::Fonts;

const CELLS: Cells = Cells { columns: 6, rows: 4 };

fn drawn(protocol: Protocol) -> Drawn {
    let source = decode(&file(ImageFormat::Png, 48, 64), &Fonts::default()).expect("a good file");
    let manner = Manner { protocol, tmux: Tmux::Absent };
    Drawn::of(
        &source,
        CELLS,
        Pixels { width: 8, height: 16 },
        manner,
        Shelf::default().place(7, Tmux::Absent),
    )
    .expect("a small picture")
}

fn on(drawn: &Drawn, area: Rect, first: u16) -> (Buffer, Outcome) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 6));
    let outcome = drawn.draw(&mut buffer, area, first);
    (buffer, outcome)
}

#[test]
fn every_protocol_fills_its_cells_and_no_others() {
    let all = Protocol::Blocks(Colours::All);
    for (protocol, sign) in
        [(Protocol::Kitty, "\x1b_G"), (Protocol::Sixel, "\x1bP"), (Protocol::Iterm2, "\x1b]1337"), (all, "")]
    {
        let (buffer, outcome) = on(&drawn(protocol), Rect::new(2, 1, 6, 4), 0);
        assert_eq!(outcome, Outcome::Drawn);
        assert!(buffer[(2, 1)].symbol().contains(sign), "{protocol:?}: {:?}", buffer[(2, 1)].symbol());
        let blank = ratatui::buffer::Cell::EMPTY;
        for position in buffer.area.positions() {
            let inside = (2..8).contains(&position.x) && (1..5).contains(&position.y);
            assert_eq!(buffer[position] != blank, inside, "{protocol:?} at {position}");
        }
    }
}

#[test]
fn a_part_is_drawn_where_the_terminal_can() {
    let blocks = drawn(Protocol::Blocks(Colours::All));
    let (whole, _) = on(&blocks, Rect::new(0, 0, 6, 4), 0);
    let (part, outcome) = on(&blocks, Rect::new(0, 0, 6, 2), 1);
    assert_eq!(outcome, Outcome::Drawn);
    for column in 0..6 {
        assert_eq!(part[(column, 0)], whole[(column, 1)]);
        assert_eq!(part[(column, 1)], whole[(column, 2)]);
        assert_eq!(part[(column, 2)], ratatui::buffer::Cell::EMPTY);
    }
    let rows = drawn(Protocol::Iterm2);
    let (whole, _) = on(&rows, Rect::new(0, 0, 6, 4), 0);
    let (part, _) = on(&rows, Rect::new(0, 0, 6, 2), 2);
    assert_eq!(part[(0, 0)].symbol(), whole[(0, 2)].symbol());
    assert_eq!(part[(0, 2)], ratatui::buffer::Cell::EMPTY);
    let kitty = drawn(Protocol::Kitty);
    let (part, _) = on(&kitty, Rect::new(0, 0, 6, 2), 2);
    assert_eq!(part[(0, 2)], ratatui::buffer::Cell::EMPTY);
    assert_eq!(part[(1, 1)].diff_option, CellDiffOption::ForcedWidth(std::num::NonZeroU16::MIN));
    let (part, outcome) = on(&drawn(Protocol::Sixel), Rect::new(0, 0, 6, 3), 0);
    assert_eq!((outcome, part == Buffer::empty(part.area)), (Outcome::OnlyWhole, true));
}

#[test]
fn what_does_not_fit_is_not_drawn() {
    let blank = Buffer::empty(Rect::new(0, 0, 10, 6));
    let outside = [Rect::new(8, 0, 6, 4), Rect::new(9, 5, 60, 40), Rect::ZERO, Rect::new(50, 50, 6, 4)];
    for protocol in [Protocol::Kitty, Protocol::Sixel, Protocol::Iterm2, Protocol::Blocks(Colours::Few)] {
        let drawn = drawn(protocol);
        for first in [0, 3, 4, 400, u16::MAX] {
            for area in outside {
                assert_eq!(on(&drawn, area, first).0, blank, "{protocol:?} on {area} from {first}");
            }
            // Two of its rows are seen at most, and none behind its last.
            let (below, _) = on(&drawn, Rect::new(0, 4, 6, 4), first);
            let rows = 4..4 + CELLS.rows.saturating_sub(first).min(2);
            for position in blank.area.positions() {
                let may_be_drawn = rows.contains(&position.y) && position.x < CELLS.columns;
                assert!(may_be_drawn || below[position] == blank[position], "{protocol:?} at {position}");
            }
            assert_eq!(
                below == blank,
                rows.is_empty() || protocol == Protocol::Sixel,
                "{protocol:?} from {first}"
            );
        }
    }
}

#[test]
fn few_colours_are_the_nearest() {
    let check = |(red, green, blue), expected| {
        assert_eq!(few(Color::Rgb(red, green, blue)), Color::Indexed(expected));
    };
    check((0, 0, 0), 16);
    check((255, 255, 255), 231);
    check((255, 0, 0), 196);
    check((95, 135, 175), 67);
    check((8, 8, 8), 232);
    check((128, 128, 128), 244);
    check((100, 140, 180), 67);
    assert_eq!(few(Color::Reset), Color::Reset);
    let (buffer, _) = on(&drawn(Protocol::Blocks(Colours::Few)), Rect::new(0, 0, 6, 4), 0);
    assert!(
        buffer
            .content
            .iter()
            .all(|cell| !matches!((cell.fg, cell.bg), (Color::Rgb(..), _) | (_, Color::Rgb(..))))
    );
}

/// A picture that went, moved, or was covered for a while leaves nothing behind and comes back whole.
#[test]
fn cells_of_a_picture_are_written_again_when_something_else_stood_there() {
    for protocol in [Protocol::Sixel, Protocol::Iterm2] {
        let blank = Buffer::empty(Rect::new(0, 0, 10, 6));
        let (shown, _) = on(&drawn(protocol), Rect::new(0, 0, 6, 4), 0);
        let written = |before: &Buffer, after: &Buffer| before.diff(after).len();
        assert_eq!(written(&shown, &blank), 24, "{protocol:?}: every cell is cleared");
        assert!(written(&blank, &shown) > 0);
        assert_eq!(written(&shown, &shown), 0, "{protocol:?}: at rest nothing is written");
    }
}

#[test]
fn a_terminal_keeps_what_it_was_given_until_nobody_has_it() {
    let source = decode(&file(ImageFormat::Png, 48, 64), &Fonts::default()).expect("a good file");
    let shelf = Shelf::default();
    let make = |protocol, number| {
        let (manner, place) = (Manner { protocol, tmux: Tmux::Absent }, shelf.place(number, Tmux::Absent));
        Drawn::of(&source, CELLS, Pixels { width: 8, height: 16 }, manner, place).expect("a small picture")
    };
    for (protocol, number) in
        [(Protocol::Sixel, 1), (Protocol::Iterm2, 2), (Protocol::Blocks(Colours::All), 3)]
    {
        on(&make(protocol, number), Rect::new(0, 0, 6, 4), 0);
        assert_eq!(shelf.removals(), "", "{protocol:?} is drawn and gone");
    }
    let picture = make(Protocol::Kitty, 4);
    // Where it has no room it is not given.
    on(&picture, Rect::new(0, 0, 3, 4), 0);
    on(&make(Protocol::Kitty, 5), Rect::new(0, 0, 0, 0), 0);
    assert_eq!(shelf.clear(), "");
    on(&picture, Rect::new(0, 0, 6, 2), 1);
    on(&picture, Rect::new(0, 0, 6, 4), 0);
    assert_eq!(shelf.removals(), "");
    drop(picture);
    assert_eq!(shelf.removals(), "\x1b_Gq=2,a=d,d=I,i=4\x1b\\");
}

//! Frames that are kept, and what is drawn of them.

use std::sync::Arc;

use chrono::FixedOffset;
use proptest::prelude::*;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::style::{Modifier, Style};

use super::on_file::{Look, OnFile, Run};
use super::*;
use crate::clock::Timestamp;
use crate::course;
use crate::digest::Digest;
use crate::printable::Printable;
use crate::quiz::key;
use crate::training::{Assigned, Text, Training, World as _};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::{after, beginning, ready_for_the_assessment, ready_for_the_policy};
use crate::tui::testing::{Stage, TestWorld, ada, small_course};
use crate::tui::theme::{Depth, Device};
use crate::tui::{Links, Options, Start, Window, first_form, first_frame};

/// A still as it is after it was written down.
fn kept(still: &Still) -> Still {
    let bytes = serde_json::to_vec(still).expect("text and numbers");
    serde_json::from_slice(&bytes).expect("the same")
}

fn drawn(still: &Still, links: Option<&Hyperlinks>) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, still.size())));
    if let Some(links) = links {
        still.name_links(links);
    }
    still.draw(&mut buffer);
    buffer
}

fn any_style() -> impl Strategy<Value = Style> {
    let colour = prop_oneof![
        Just(Color::Reset),
        Just(Color::LightCyan),
        any::<u8>().prop_map(Color::Indexed),
        any::<[u8; 3]>().prop_map(|[r, g, b]| Color::Rgb(r, g, b)),
    ];
    let bits = 0..=Modifier::all().bits();
    (colour.clone(), colour.clone(), colour, bits).prop_map(|(ink, ground, mark, bits)| {
        Style::new().fg(ink).bg(ground).underline_color(mark).add_modifier(Modifier::from_bits_truncate(bits))
    })
}

proptest! {
    /// What is drawn in earnest behind it finds nothing to change.
    #[test]
    fn it_is_what_it_was(
        (width, height) in (1_u16..40, 1_u16..8),
        texts in prop::collection::vec((0_u16..40, 0_u16..8, r"\PC{0,12}|[ -~]{1,30}|(คำ|ｶﾞ|中|👍🏽|🇩🇪|é|क्ष){1,4}", any_style()), 0..12),
    ) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        for (x, y, text, style) in texts {
            if x < width && y < height {
                buffer.set_string(x, y, Printable::new(&text).as_str(), style);
            }
        }
        cells::mend(&mut buffer);
        let still = Still::of(&buffer, Some(Position::new(width - 1, 0)), None, true).expect("no picture");
        let kept = kept(&still);
        prop_assert_eq!(&kept, &still);
        // What is written onto an empty screen is what ratatui would write.
        let empty = Buffer::empty(buffer.area);
        let mut screens = [(); 2].map(|()| TestBackend::new(width, height));
        screens[0].draw(empty.diff(&buffer).into_iter()).expect("in memory");
        screens[1].draw(kept.written().iter().map(|(x, y, cell)| (*x, *y, cell))).expect("in memory");
        prop_assert_eq!(screens[0].buffer(), screens[1].buffer());
        prop_assert_eq!(drawn(&kept, None), buffer);
        prop_assert_eq!(kept.cursor(), Some(Position::new(width - 1, 0)));
    }
}

#[test]
fn its_links_lead_where_they_led() {
    let links = Hyperlinks::default();
    let mark = links.mark("https://example.org/a").expect("a safe address");
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
    buffer.set_string(0, 0, "see ", Style::new());
    buffer.set_string(4, 0, "still", Style::new().underline_color(mark));
    let still = kept(&Still::of(&buffer, None, Some(&links), false).expect("no picture"));
    let again = Hyperlinks::default();
    assert_eq!(drawn(&still, Some(&again)), buffer);
    assert_eq!(again.address(mark).as_deref(), Some("https://example.org/a"));
}

/// The file lies in a folder where anything may have been written into it.
#[test]
fn nothing_but_text_comes_out_of_it() {
    let file = |runs: Vec<Run>, links: &[&str]| OnFile {
        size: (8, 1),
        cursor: Some((8, 0)),
        looks: vec![Look {
            ink: "no colour".to_owned(),
            ground: String::new(),
            mark: String::new(),
            modifiers: u16::MAX,
        }],
        runs,
        links: links.iter().map(|link| (*link).to_owned()).collect(),
        greets: false,
    };
    let still = |runs, links: &[&str]| Still::try_from(file(runs, links)).expect("as many cells as it says");
    let characters = |text: &str| Run::Characters(0, text.to_owned());
    let cluster = |text: &str| Run::Cluster(0, text.to_owned());
    let check = |runs: Vec<Run>, expected: &str| {
        let shown = drawn(&still(runs, &[]), None);
        assert_eq!(shown.content.iter().map(Cell::symbol).collect::<String>(), expected);
    };
    check(vec![characters("ab\u{1b}[2Jcd")], "        ");
    check(vec![characters("ab"), cluster("\u{1b}]52;c;aGk=\u{7}"), characters("cdefg")], "ab cdefg");
    check(vec![characters("ab\u{202e}cd"), characters("efg")], "     efg");
    check(vec![cluster(""), Run::Characters(99, "abcdefgh".to_owned())], "abcdefgh");
    // What is wider than its place.
    check(vec![cluster("abc"), characters("defghij")], " defghij");
    check(vec![characters("中a中 中中 中")], " a中  中  ");
    let wide = still(vec![characters("       中")], &[]);
    assert_eq!(drawn(&wide, None).content[7].symbol(), " ");
    assert!(wide.written().iter().all(|(_, _, cell)| cell.symbol() == " "));
    assert_eq!(wide.cursor(), None);
    for runs in [Vec::new(), vec![characters("much longer than the screen is")]] {
        assert!(Still::try_from(file(runs, &[])).is_err());
    }
    let links = Hyperlinks::default();
    let led = still(vec![characters("abcdefgh")], &["javascript:alert(1)", "https://a\u{1b}\\"]);
    drawn(&led, Some(&links));
    for colour in [Color::Reset, Color::Rgb(0, 0, 0)] {
        assert_eq!(links.address(colour), None);
    }
}

/// What a start in this world would show before anything is read, on a terminal like this.
fn first_frame_of(stage: &Stage, links: Links) -> Option<(Still, Timestamp)> {
    let world = &stage.world;
    let size = stage.terminal.size().expect("in memory");
    let (training, course) = (world.training(), Arc::clone(&world.course));
    let start = Start { training, course, expected: None, notices: Vec::new() };
    let zone = FixedOffset::east_opt(3600).expect("an hour").into();
    let options = Options { links, ..Options::new(Device::with(Depth::Full), zone) };
    first_frame(Window { size, cell: None }, start, &options, world.places(), world.now)
}

#[test]
fn it_is_what_the_next_start_draws() {
    let check = |stage: Stage, what: &str| {
        let (still, _) = first_frame_of(&stage, Links::Garbled)
            .unwrap_or_else(|| panic!("{what}: nothing stands in the way"));
        let again = stage.restart();
        assert_eq!(drawn(&still, None), *again.terminal.backend().buffer(), "{what}");
        assert_eq!(still.greets(), again.model.has_greeting(), "{what}");
        again
    };
    let by_keys = |(width, height), keys: &str| {
        let mut stage = beginning(width, height);
        stage.keys(keys);
        stage
    };
    check(by_keys((80, 24), ""), "the course");
    check(by_keys((120, 40), "Enter Esc Down"), "the course after a look at a lesson");
    check(by_keys((80, 24), "Enter PgDn"), "a lesson");
    check(by_keys((40, 12), "Enter j j"), "a lesson where there is little room");
    let begun = |training: &mut Training, now| training.start_attempt(now);
    check(after(ready_for_the_assessment(80, 24), begun), "a question of the assessment");
    check(ready_for_the_policy(80, 24), "what comes after the assessment");
    let mut policy = ready_for_the_policy(80, 24);
    policy.keys("Enter PgDn");
    let policy = check(policy, "a policy of which something was read");
    assert!(matches!(policy.model.screen(), Some(Screen::Policy(_))), "{}", policy.screen());
    let answered = |training: &mut Training, now| {
        let mut changes = training.read_whole(Text::Lesson(0), 30, now);
        changes.extend(training.start_check(0));
        let questions = &training.course().modules[0].check.as_ref().expect("a check").questions;
        let first = questions[0].clone();
        let handed_in = training.hand_in(0, &first.id, key::key(&first), None, now);
        changes.extend(handed_in.expect("open").1);
        changes
    };
    let of_check = |stage: Stage, what: &str| {
        let stage = check(stage, what);
        assert!(matches!(stage.model.screen(), Some(Screen::Check(_))), "{}", stage.screen());
    };
    of_check(after(beginning(80, 24), answered), "a check of which something was answered");
    // That the check is visited is to be kept then, and it was taken for something to be done first.
    let looked_up = after(beginning(80, 24), |training, now| {
        let mut changes = answered(training, now);
        changes.extend(training.read_whole(Text::Lesson(0), 30, now));
        changes
    });
    of_check(looked_up, "a check, after its lesson was looked up");
}

#[test]
fn the_form_of_a_first_start_needs_the_title_alone() {
    for (width, height) in [(80, 24), (40, 12)] {
        let stage = Stage::first_start(width, height, small_course());
        let options = Options::new(Device::with(Depth::Full), FixedOffset::east_opt(0).expect("none").into());
        let form = |size| {
            let window = Window { size, cell: None };
            first_form(
                window,
                &stage.world.course.title,
                None,
                &options,
                stage.world.places(),
                stage.world.now,
            )
        };
        let still = form(Size { width, height }).expect("nothing stands in the way");
        assert_eq!(drawn(&still, None), *stage.terminal.backend().buffer());
        assert!(still.cursor().is_some(), "where it is typed");
        assert_eq!(form(Size { width: 20, height }), None, "the terminal is too small");
    }
}

#[test]
fn what_the_next_start_draws_leads_where_its_links_lead() {
    let mut files = (*small_course().files).clone();
    let lesson = files.get_mut("lessons/1.md").expect("a lesson");
    lesson.extend("\nSee [a page](https://example.com/a).\n".repeat(40).bytes());
    let mut stage = Stage::new(80, 24, Arc::new(course::parse(files).expect("a course")));
    stage.keys("Enter PgDn");
    let (still, _) = first_frame_of(&stage, Links::Taken).expect("nothing stands in the way");
    let still = kept(&still);
    let mut again = stage.restart();
    again.model.set_links(Hyperlinks::default());
    again.draw();
    let links = Hyperlinks::default();
    let shown = drawn(&still, Some(&links));
    assert_eq!(shown, *again.terminal.backend().buffer());
    let led: BTreeSet<String> =
        shown.content.iter().filter_map(|cell| links.address(cell.underline_color)).collect();
    assert_eq!(led, BTreeSet::from(["https://example.com/a".to_owned()]));
}

/// What was due yesterday is overdue today.
#[test]
fn it_is_good_until_it_would_be_another() {
    let until = |due_in_hours: Option<u64>| {
        let mut world = TestWorld::unknown(small_course());
        let due = due_in_hours.map(|hours| world.now.plus_seconds(hours * 3600));
        world.assigned = due.map(|due| Assigned {
            id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
            digest: Digest::of(b"an assignment"),
            nonce: "n".repeat(22),
            due,
            deliver_to: "hr@example.com".to_owned(),
            reason: None,
        });
        world.person = Some(ada());
        let stage = Stage::with_world(80, 24, world);
        let (_, until) = first_frame_of(&stage, Links::Garbled).expect("nothing stands in the way");
        until.seconds_since(stage.world.now) / 3600
    };
    assert_eq!(until(None), 720);
    assert_eq!([2, 30, 200].map(|due| until(Some(due))), [1, 24, 168]);
}

#[test]
fn where_something_is_to_be_said_or_done_first_nothing_is_kept() {
    let check = |stage: &Stage, why: &str| assert_eq!(first_frame_of(stage, Links::Garbled), None, "{why}");
    check(&Stage::new(30, 8, small_course()), "the terminal is too small");
    let mut known = Stage::first_start(80, 24, small_course());
    known.world.person = Some(ada());
    check(&known, "the run is to be begun");
    let waiting = after(ready_for_the_assessment(80, 24), |training, now| {
        let mut changes = training.start_attempt(now);
        changes.extend(training.submit(now));
        changes
    });
    check(&waiting, "it changes by itself");
}

#[test]
fn a_picture_is_not_kept() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
    assert!(Still::of(&buffer, None, None, false).is_some());
    buffer.content[2].set_diff_option(CellDiffOption::Skip);
    assert_eq!(Still::of(&buffer, None, None, false), None);
}

/// A window that had become smaller meanwhile ended the program.
#[test]
fn words_on_its_last_row_are_said_on_a_screen_of_its_size_alone() {
    let ground = Style::new().fg(Color::White).bg(Color::Blue);
    let mut screen = Buffer::with_lines(["a line", "another"]);
    screen.set_style(screen.area, ground);
    let still = Still::of(&screen, None, None, false).expect("no picture");
    let said = |size: Size| {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        (still.draw_saying(&mut buffer, "one moment"), buffer)
    };
    let mut expected = Buffer::with_lines(["a line", "one mom"]);
    expected.set_style(expected.area, ground);
    assert_eq!(said(still.size()), (Some(Position::new(0, 1)), expected));
    for size in [(7, 1), (6, 2), (7, 3), (0, 0)] {
        let (cursor, buffer) = said(size.into());
        assert_eq!(
            (cursor, buffer.content.iter().all(|cell| *cell == Cell::EMPTY)),
            (None, true),
            "{size:?}"
        );
    }
}

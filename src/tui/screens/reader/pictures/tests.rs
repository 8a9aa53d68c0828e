use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crossterm::event::{Event, KeyCode};
use image::{ImageFormat, Rgba, RgbaImage};
use ratatui::buffer::CellDiffOption;

use crate::config::Pictures;
use crate::course::{self, Course};
use crate::picture::Pixels;
use crate::tui::message::{Destination, Message};
use crate::tui::pictures::{CellSize, Colours, Gallery, Protocol, Shelf, Studio, Surroundings};
use crate::tui::testing::{Stage, small_course};

mod turned;

const BLOCKS: Protocol = Protocol::Blocks(Colours::All);

/// A red picture of so many pixels.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = RgbaImage::from_pixel(width, height, Rgba([255, 0, 0, 255]));
    picture.write_to(&mut bytes, ImageFormat::Png).expect("in memory");
    bytes.into_inner()
}

/// The small course with this first lesson and these assets.
fn course(lesson: &str, assets: &[(&str, Vec<u8>)]) -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let text =
        format!("# First lesson\n\n{lesson}\n\n## What they take\n\nData.\n\n## Who reads it\n\nThe end.\n");
    files.insert("lessons/1.md".to_owned(), text.into_bytes());
    files.extend(assets.iter().map(|(name, bytes)| (format!("assets/{name}"), bytes.clone())));
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

/// The first lesson of this course, on a terminal that shows pictures in this way. What rings when one is there.
fn opened(width: u16, height: u16, course: Arc<Course>, protocol: Protocol) -> (Stage, Receiver<()>) {
    let term = match protocol {
        Protocol::Kitty => "xterm-kitty",
        Protocol::Sixel => "foot",
        Protocol::Iterm2 | Protocol::Blocks(_) => "xterm-256color",
    };
    let program = (protocol == Protocol::Iterm2).then(|| "iTerm.app".to_owned());
    let says = |variable| match variable {
        "TERM" => Some(term.to_owned()),
        "TERM_PROGRAM" => program.clone(),
        "COLORTERM" => Some("truecolor".to_owned()),
        _ => None,
    };
    opened_at(width, height, course, says, Arc::default())
}

/// The same on a terminal whose environment `says` this, and which says its `name` at some time.
fn opened_at(
    width: u16,
    height: u16,
    course: Arc<Course>,
    says: impl Fn(&'static str) -> Option<String>,
    name: Arc<OnceLock<String>>,
) -> (Stage, Receiver<()>) {
    let (tell, news) = channel();
    let surroundings = Surroundings::new(says).with_cells(CellSize::Known);
    let studio = Studio::new(surroundings, name, move |manner| {
        let tell = std::sync::Mutex::new(tell.clone());
        let ring = move || {
            let _ = tell.lock().expect("one thread").send(());
        };
        Gallery::new(manner, Shelf::default(), || Some(Pixels { width: 8, height: 16 }), ring)
    });
    let mut stage = Stage::new(width, height, course);
    stage.model.open_studio(studio);
    stage.message(Message::Go(Destination::Lesson(0)));
    (stage, news)
}

/// Waits for the next picture and draws it.
fn comes(stage: &mut Stage, rung: &Receiver<()>) {
    rung.recv_timeout(Duration::from_secs(30)).expect("a picture comes");
    stage.called();
}

/// How many cells of the screen are red, as half blocks are.
fn red(stage: &Stage) -> usize {
    let is_red = |cell: &&ratatui::buffer::Cell| cell.bg == ratatui::style::Color::Rgb(255, 0, 0);
    stage.terminal.backend().buffer().content.iter().filter(is_red).count()
}

/// How many cells of the screen hold bytes of pictures; those that the terminal draws over by itself are not written.
fn pictured(stage: &Stage) -> usize {
    let buffer = stage.terminal.backend().buffer();
    buffer.content.iter().filter(|cell| cell.diff_option != CellDiffOption::None).count()
}

/// How many such cells a picture of so many columns and rows has.
fn bytes_of(protocol: Protocol, columns: usize, rows: usize) -> usize {
    match protocol {
        Protocol::Kitty => columns * rows,
        Protocol::Iterm2 => rows,
        Protocol::Sixel => 1,
        Protocol::Blocks(_) => 0,
    }
}

#[test]
fn a_picture_gets_its_room_before_it_is_there_and_nothing_moves() {
    let lesson = "Before.\n\n![A red square](../assets/a.png \"Red\")\n\nAfter.";
    let (mut stage, rung) = opened(60, 24, course(lesson, &[("a.png", png(160, 64))]), BLOCKS);
    let row = |stage: &Stage, words: &str| stage.screen().lines().position(|line| line.contains(words));
    let (before, after) = (row(&stage, "Before."), row(&stage, "After."));
    assert_eq!(before.zip(after).map(|(before, after)| after - before), Some(1 + 1 + 4 + 1 + 1));
    assert!(
        stage.screen().contains("picture: being") && stage.screen().contains("picture: Red: A red square")
    );
    assert_eq!(red(&stage), 0);
    comes(&mut stage, &rung);
    assert_eq!((row(&stage, "Before."), row(&stage, "After."), red(&stage)), (before, after, 20 * 4));
    assert!(!stage.screen().contains("being") && stage.screen().contains("v enlarges"));
}

#[test]
fn a_terminal_that_says_its_name_later_shows_them_better_from_then_on() {
    let course = course("![A red square](../assets/a.png)\n\nAfter.", &[("a.png", png(160, 64))]);
    let says = |variable| (variable == "TERM").then(|| "xterm-256color".to_owned());
    let name = Arc::new(OnceLock::new());
    let (mut stage, rung) = opened_at(60, 24, course, says, Arc::clone(&name));
    comes(&mut stage, &rung);
    assert_eq!(pictured(&stage), 0);
    name.set("kitty(0.35.2)".to_owned()).expect("said once");
    stage.called();
    comes(&mut stage, &rung);
    assert_eq!(pictured(&stage), bytes_of(Protocol::Kitty, 20, 4));
}

#[test]
fn another_setting_holds_for_the_text_that_is_open() {
    let course = course("![A red square](../assets/a.png)\n\nAfter.", &[("a.png", png(160, 64))]);
    let (mut stage, rung) = opened(80, 30, course, BLOCKS);
    comes(&mut stage, &rung);
    assert_eq!(red(&stage), 20 * 4);
    let wish = |stage: &mut Stage, pictures: Pictures| {
        stage.keys(",");
        while stage.model.config().pictures != pictures {
            stage.click("pictures");
        }
        stage.keys("Esc");
    };
    wish(&mut stage, Pictures::None);
    assert_eq!(red(&stage), 0);
    assert!(stage.screen().contains("│ A red square"), "{}", stage.screen());
    wish(&mut stage, Pictures::Kitty);
    comes(&mut stage, &rung);
    assert_eq!(pictured(&stage), bytes_of(Protocol::Kitty, 20, 4));
}

#[test]
fn without_a_terminal_for_it_or_with_a_bad_file_there_are_words() {
    let lesson = "![A red square](../assets/a.png \"Red\")\n\n![Broken](../assets/b.png)\n\n![Cut off](../assets/cut.png)\n\n![No picture](../assets/c.txt)\n\n![Inside](../assets/a.png) text.";
    let (mut broken, cut) = (png(16, 64), png(160, 64)[..60].to_vec());
    // Of its pixels: what a picture so narrow has room for said no reason.
    let pixels = broken.windows(4).position(|word| word == b"IDAT").expect("pixels") + 8;
    broken[pixels] ^= 0xff;
    let assets = [("a.png", png(160, 64)), ("b.png", broken), ("cut.png", cut), ("c.txt", b"x".to_vec())];
    let course = course(lesson, &assets);
    let mut plain = Stage::new(60, 30, Arc::clone(&course));
    plain.message(Message::Go(Destination::Lesson(0)));
    for words in ["┌ picture ", "│ Red ", "│ A red square ", "│ Broken", "[picture: Inside] text."] {
        assert!(plain.screen().contains(words), "{words}:\n{}", plain.screen());
    }
    assert!(!plain.screen().contains("assets"), "nobody needs the name of a file:\n{}", plain.screen());
    let (mut stage, rung) = opened(60, 34, course, BLOCKS);
    comes(&mut stage, &rung);
    comes(&mut stage, &rung);
    let screen = stage.screen();
    // Whoever looks for the fault needs the name of the file.
    for words in [
        "picture: Red: A red square",
        "picture, not shown: the file is damaged or too involved",
        "picture: Broken",
        "│ not shown: the file ends before the picture does",
        "│ ../assets/cut.png",
        "│ not shown: the file is no PNG, JPEG, GIF or SVG │",
        "│ ../assets/c.txt",
        "[picture: Inside] text.",
    ] {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    // What Enter does with each is said as it is.
    plain.keys("Tab");
    for words in ["── picture, Enter shows its words ─", "  Enter its words  "] {
        assert!(plain.screen().contains(words), "{words}: {}", plain.screen());
    }
    for (words, hint) in [
        ("picture, Enter enlarges ─", "  Enter enlarge  "),
        ("picture that is not shown, Enter says why ─", "  Enter why  "),
    ] {
        stage.keys("Tab");
        for words in [words, hint] {
            assert!(stage.screen().contains(words), "{words}: {}", stage.screen());
        }
    }
    stage.keys("Enter");
    comes(&mut stage, &rung);
    assert!(stage.screen().contains(" The picture is not\n"), "{}", stage.screen());
}

#[test]
fn v_or_a_click_enlarges_a_picture_with_all_its_words() {
    let description = "A red square that says nothing at all. ".repeat(30);
    let lesson = format!("Before.\n\n![{}](../assets/a.png)\n\nAfter.", description.trim());
    let (mut stage, rung) = opened(60, 24, course(&lesson, &[("a.png", png(160, 64))]), Protocol::Iterm2);
    comes(&mut stage, &rung);
    assert_eq!(pictured(&stage), 4);
    stage.keys("v");
    assert!(!stage.screen().contains("Before.") && stage.screen().contains("picture: being drawn"));
    comes(&mut stage, &rung);
    assert!(pictured(&stage) > 8, "{}", pictured(&stage));
    assert!(stage.screen().contains("A red square that says"));
    // All rows but those of the heading, the footer and one for its words.
    let rows = stage.screen().lines().position(|line| line.contains("A red square")).expect("its words");
    assert!(rows >= 2 + 12, "the picture is as large as it gets:\n{}", stage.screen());
    assert!(stage.screen().lines().any(|line| line.ends_with('↓')), "{}", stage.screen());
    assert!(stage.screen().contains("↓ words"), "{}", stage.screen());
    stage.keys("j");
    assert_eq!(pictured(&stage), 0, "its words take its place:\n{}", stage.screen());
    assert!(
        stage.screen().lines().any(|line| line.ends_with('↑')),
        "the picture is above:\n{}",
        stage.screen()
    );
    stage.keys(&"j ".repeat(60));
    assert!(!stage.screen().contains('↓'), "the key has nothing more to show: {}", stage.screen());
    stage.keys(&"k ".repeat(60));
    assert!(pictured(&stage) > 8, "beyond their beginning it comes back:\n{}", stage.screen());
    assert!(!stage.screen().contains('↑'), "{}", stage.screen());
    assert!(!stage.screen().contains("assets"), "nobody needs the name of its file");
    stage.keys("Esc");
    assert_eq!((stage.screen().contains("Before."), pictured(&stage)), (true, 4));
    stage.click("picture: A red");
    assert!(!stage.screen().contains("Before."));
    stage.keys("Enter");
    assert!(stage.screen().contains("Before."), "{}", stage.screen());
}

#[test]
fn words_are_enlarged_where_there_is_no_picture() {
    let lesson = "![A red square](../assets/a.png)\n\nAfter.";
    let mut stage = Stage::new(40, 12, course(lesson, &[("a.png", png(160, 64))]));
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("v");
    assert!(stage.screen().contains("A red square") && !stage.screen().contains('┌'), "{}", stage.screen());
    stage.keys("q v G");
    assert!(stage.model.screen().is_some());
    let mut none = Stage::new(60, 24, small_course());
    none.message(Message::Go(Destination::Lesson(0)));
    none.keys("v");
    assert!(none.screen().contains("no picture is in sight"));
}

/// The key for a page told where else it works.
#[test]
fn the_words_of_a_picture_are_read_by_pages() {
    let words: Vec<String> = (1..=120).map(|number| format!("word{number}")).collect();
    let lesson = format!("![{}](../assets/a.png)\n\nAfter.", words.join(" "));
    let mut stage = Stage::new(40, 12, course(&lesson, &[("a.png", png(160, 64))]));
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("v");
    let first = stage.screen();
    assert!(first.contains("word1 "), "{first}");
    let last =
        first.split_whitespace().rev().find(|word| word.starts_with("word")).expect("a word").to_owned();
    for (down, up) in [("Space", "b"), ("PgDn", "PgUp")] {
        stage.keys(down);
        assert!(
            !stage.screen().contains("word1 ") && stage.screen().contains(&last),
            "{last}: {}",
            stage.screen()
        );
        stage.keys(up);
        assert_eq!(stage.screen(), first);
    }
}

#[test]
fn a_part_of_a_picture_is_drawn_or_described() {
    let text = "Line.\n\n".repeat(12);
    let lesson = format!("{text}![A red square](../assets/a.png)\n\n{text}");
    for (protocol, drawn) in
        [(BLOCKS, true), (Protocol::Iterm2, true), (Protocol::Kitty, true), (Protocol::Sixel, false)]
    {
        let (mut stage, rung) = opened(60, 24, course(&lesson, &[("a.png", png(160, 160))]), protocol);
        // Until the first rows of the picture stand at the bottom.
        for _ in 0..40 {
            if stage.screen().contains("picture: being") {
                break;
            }
            stage.keys("j");
        }
        stage.keys("j j");
        comes(&mut stage, &rung);
        let (blocks, cells) = (red(&stage), pictured(&stage));
        assert_eq!(blocks + cells > 0, drawn, "{protocol:?}");
        assert_eq!(!drawn, stage.screen().contains("picture: A red"), "{protocol:?}:\n{}", stage.screen());
        // Some lines further down all of it is in sight, and later its last rows are.
        stage.keys("j j j j j j j j");
        let is_whole =
            red(&stage) == 200 || protocol != BLOCKS && pictured(&stage) >= bytes_of(protocol, 20, 10);
        assert!(is_whole, "{protocol:?}:\n{}", stage.screen());
        stage.keys("j j j j j j j j j j j j");
        assert_eq!(red(&stage) + pictured(&stage) > 0, drawn, "{protocol:?}");
    }
}

/// Whoever reads page by page sees every picture whole.
#[test]
fn turning_pages_takes_a_picture_along_that_is_cut_at_the_bottom() {
    for lines in 0..24 {
        let lesson = format!(
            "{}![A red square](../assets/a.png)\n\n{}",
            "Line.\n\n".repeat(lines),
            "Line.\n\n".repeat(30)
        );
        let course = course(&lesson, &[("a.png", png(160, 160))]);
        let (mut stage, rung) = opened(60, 24, course, Protocol::Sixel);
        let whole = (0..4).any(|_| {
            if pictured(&stage) == 0 && stage.screen().contains("picture: being") {
                comes(&mut stage, &rung);
            }
            let whole = pictured(&stage) == 1;
            stage.keys("Space");
            whole
        });
        assert!(whole, "after {lines} lines");
    }
}

#[test]
fn what_lies_over_the_screen_lies_over_pictures_too() {
    let lesson = "![A red square](../assets/a.png)\n\nAfter.";
    for protocol in [Protocol::Kitty, Protocol::Sixel, Protocol::Iterm2] {
        let (mut stage, rung) = opened(80, 24, course(lesson, &[("a.png", png(160, 64))]), protocol);
        comes(&mut stage, &rung);
        let bytes = bytes_of(protocol, 20, 4);
        assert_eq!(pictured(&stage), bytes, "{protocol:?}");
        stage.keys("?");
        assert_eq!(pictured(&stage), 0, "{protocol:?}");
        stage.keys("Esc");
        assert_eq!(pictured(&stage), bytes, "{protocol:?}");
    }
}

#[test]
fn another_size_of_the_screen_is_another_size_of_the_picture() {
    let lesson = "![A red square](../assets/a.png)\n\nAfter.";
    let (mut stage, rung) = opened(80, 30, course(lesson, &[("a.png", png(380, 380))]), BLOCKS);
    comes(&mut stage, &rung);
    // 26 rows for the text, half of them for the picture: its words are to be seen with it.
    assert_eq!(red(&stage), 13 * 26);
    stage.resize(80, 28);
    comes(&mut stage, &rung);
    assert_eq!(red(&stage), 12 * 24, "{}", stage.screen());
    stage.resize(80, 30);
    assert_eq!(red(&stage), 13 * 26, "it was kept");
}

#[test]
fn where_half_blocks_show_nothing_a_picture_is_described_and_can_be_enlarged() {
    let lesson = "Before.\n\n![A red square](../assets/a.png)\n\nAfter.";
    let (mut stage, rung) = opened(40, 12, course(lesson, &[("a.png", png(1600, 1600))]), BLOCKS);
    assert!(stage.screen().contains("┌ picture: v enlarges it"), "{}", stage.screen());
    assert!(stage.screen().contains("│ A red square"), "{}", stage.screen());
    assert!(!stage.screen().contains("assets"), "{}", stage.screen());
    stage.keys("v");
    comes(&mut stage, &rung);
    // All of the ten rows but one.
    assert_eq!(red(&stage), 9 * 18, "{}", stage.screen());
    assert!(stage.screen().contains("A red square") && !stage.screen().contains("Before."));
    stage.keys("Esc Tab");
    assert!(stage.screen().contains("── picture, Enter enlarges ─"), "{}", stage.screen());
    assert_eq!(stage.screen().matches("A red square").count(), 1, "said once:\n{}", stage.screen());
    stage.keys("Enter");
    assert_eq!(red(&stage), 9 * 18, "{}", stage.screen());
    // The same where there is room for it.
    let (mut large, rung) = opened(210, 120, course(lesson, &[("a.png", png(800, 800))]), BLOCKS);
    comes(&mut large, &rung);
    assert!(red(&large) > 0 && !large.screen().contains('┌'), "{}", large.screen());
}

#[test]
fn no_key_waits_for_a_picture() {
    let lesson = "![A red square](../assets/a.png)\n\nAfter.";
    let (mut stage, _rung) = opened(80, 24, course(lesson, &[("a.png", png(4_000, 4_000))]), Protocol::Sixel);
    for _ in 0..50 {
        stage.keys("j k v Esc ? Esc");
    }
    stage.event(&Event::Key(KeyCode::Char('q').into()));
    assert!(!stage.screen().contains("After."), "the lesson was left");
}

#[test]
fn tab_goes_from_links_to_pictures_and_tells_what_is_in_them() {
    let lesson = "A [link](#what-they-take).\n\n![A red square](../assets/a.png \"Red\")\n\nWith ![within](../assets/a.png) text.\n\n![Blue](../assets/b.png) ![Green](../assets/b.png)\n\n[Last](#who-reads-it).";
    let course = course(lesson, &[("a.png", png(160, 64)), ("b.png", png(80, 32))]);
    for (width, height) in [(40, 12), (80, 24)] {
        let mut stage = Stage::new(width, height, Arc::clone(&course));
        stage.message(Message::Go(Destination::Lesson(0)));
        let walked = ["── link 1 ─", "A red square", "Blue", "Green", "── link 2 ─"];
        for (nth, words) in walked.into_iter().enumerate() {
            stage.keys("Tab");
            let screen = stage.screen();
            let strip = screen.lines().skip_while(|line| !line.trim_start().starts_with("── "));
            let strip: Vec<&str> = strip.collect();
            assert_eq!(screen.matches(words).count(), 1, "{nth}: said, and not twice:\n{screen}");
            let is_picture = !words.starts_with('─');
            assert_eq!(strip[0].contains("── picture, Enter shows its words ─"), is_picture, "{screen}");
            assert_eq!(screen.contains("› ") || screen.contains("›┌"), is_picture, "{screen}");
            assert!(width < 80 || screen.contains("  Enter its words  ") == is_picture, "{screen}");
        }
        stage.keys("Tab");
        assert!(stage.screen().contains("from the end to the first link"), "{}", stage.screen());
        stage.keys("Shift-Tab Shift-Tab");
        assert!(stage.screen().contains("Green"), "{}", stage.screen());
        stage.keys("Enter");
        assert!(stage.screen().contains("Green") && !stage.screen().contains("Last"), "{}", stage.screen());
        // It is marked as before, and v means it, too.
        stage.keys("Esc Shift-Tab v");
        assert!(stage.screen().contains("Blue"), "{}", stage.screen());
        stage.keys("Esc Esc");
        assert!(!stage.screen().contains("── picture, "), "{}", stage.screen());
    }
}

/// All rows of a picture begin at one offset, and there may be more of them than of anything else.
#[test]
fn a_bookmark_at_a_high_picture_is_not_one_of_the_text_below() {
    let below = "Line.\n\n".repeat(60);
    let lesson = format!("![A red square](../assets/a.png)\n\n{below}");
    let (mut stage, _rung) = opened(100, 60, course(&lesson, &[("a.png", png(800, 800))]), Protocol::Kitty);
    let marked = |stage: &Stage| stage.world.stored.bookmarks.len();
    stage.keys("G m");
    assert_eq!(marked(&stage), 1);
    // Where the first row of the picture is at the top, and where its third is.
    stage.keys("g j j j m");
    assert_eq!(marked(&stage), 2, "{}", stage.screen());
    stage.keys("m");
    assert_eq!(marked(&stage), 1, "only the one at the top went:\n{}", stage.screen());
    stage.keys("j j a");
    assert!(!stage.screen().contains("“Line.”"), "{}", stage.screen());
    stage.keys("'a note' Enter");
    let mut notes: Vec<_> = stage.world.stored.bookmarks.iter().map(|mark| mark.note.as_str()).collect();
    notes.sort_unstable();
    assert_eq!(notes, ["", "a note"]);
}

#[test]
fn what_covers_the_text_is_clicked_and_not_the_picture_below_it() {
    let headings =
        (1..=9).fold(String::new(), |all, part| all + &format!("## Part {part}\n\nText {part}.\n\n"));
    let lesson = format!("![A red square](../assets/a.png)\n\n{headings}");
    let (mut stage, _rung) = opened(60, 24, course(&lesson, &[("a.png", png(640, 400))]), BLOCKS);
    stage.click("v enlarges it");
    assert!(!stage.screen().contains("Text 1."), "a picture that is described is enlarged");
    stage.keys("Esc t").click("Part 6");
    assert!(stage.screen().contains("Text 6."), "a heading:\n{}", stage.screen());
    stage.keys("g / 'Text' Tab").work();
    stage.click("Text 5");
    assert!(stage.screen().contains("Text 5.") && !stage.screen().contains("course /"), "{}", stage.screen());
}

#[test]
fn looking_for_words_and_giving_up_moves_nothing() {
    let text = "Line.\n\n".repeat(5);
    let picture = "![A red square](../assets/a.png)";
    let lesson = format!("{text}{picture}\n\n{text}{picture}\n\n{}", text.repeat(9));
    for protocol in [BLOCKS, Protocol::Iterm2] {
        let (mut stage, rung) = opened(80, 30, course(&lesson, &[("a.png", png(1600, 1600))]), protocol);
        for steps in [0, 7, 14, 21, 35, 50] {
            stage.keys("g").keys(&"j ".repeat(steps));
            while stage.screen().contains("being drawn") {
                comes(&mut stage, &rung);
            }
            let before = stage.screen();
            stage.keys("/");
            assert!(!stage.screen().contains("being drawn"), "nothing is drawn again:\n{}", stage.screen());
            stage.keys("'x'").work();
            stage.keys("Esc");
            assert_eq!(stage.screen(), before, "{protocol:?} {steps}");
        }
    }
}

#[test]
fn a_marked_picture_is_seen_above_what_is_said_of_it() {
    let lesson = format!("{}![A red square](../assets/a.png)", "Words.\n\n".repeat(40));
    let course = course(&lesson, &[("a.png", png(160, 64))]);
    for (width, height) in [(40, 12), (80, 24)] {
        let (mut stage, rung) = opened(width, height, Arc::clone(&course), BLOCKS);
        stage.keys("Tab");
        comes(&mut stage, &rung);
        assert!(stage.screen().contains("── picture, "), "{}", stage.screen());
        assert_eq!(red(&stage), 20 * 4, "{width}x{height}\n{}", stage.screen());
    }
}

#[test]
fn a_wider_screen_shows_the_end_of_the_words_and_not_nothing() {
    let lesson = format!("![{}](../assets/a.png)\n\nAfter.", "A red square. ".repeat(60).trim());
    let (mut stage, _rung) = opened(40, 24, course(&lesson, &[("a.png", png(160, 64))]), Protocol::Iterm2);
    stage.keys("v").keys(&"j ".repeat(60));
    stage.resize(160, 24);
    assert!(stage.screen().contains("A red square."), "{}", stage.screen());
    stage.resize(40, 24);
    let end = stage.screen();
    assert_ne!(stage.keys("k").screen(), end, "the first key moves");
}

#[test]
fn a_title_does_not_take_the_place_of_a_description() {
    let lesson = "![A red square](../assets/a.png \"Red\")\n\nAfter.";
    let (stage, _rung) = opened(60, 24, course(lesson, &[("a.png", png(160, 64))]), Protocol::Kitty);
    assert!(stage.screen().contains("picture: Red: A red square"), "{}", stage.screen());
}

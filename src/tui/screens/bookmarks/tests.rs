//! Bookmarks and notes as a learner keeps them.

use std::fmt::Write as _;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::course::{self, Course};
use crate::training::Trouble;
use crate::training::TroubleKind;
use crate::tui::message::{Destination, Message};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::ready_for_the_policy;
use crate::tui::testing::{Stage, small_course};
use crate::tui::theme::Theme;
use crate::tui::widgets::sheet::column;

/// The small course with a first lesson of many lines.
fn long_course() -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let mut text = "# Long lesson\n\nIntroduction.\n".to_owned();
    for part in ["What they take", "Who reads it"] {
        let _ = write!(text, "\n## {part}\n");
        for line in 1..=30 {
            let _ = write!(text, "\n{part} {line}.\n");
        }
    }
    files.insert("lessons/1.md".to_owned(), text.into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn reading(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height, long_course());
    stage.message(Message::Go(Destination::Lesson(0)));
    stage
}

/// The notes that are stored, a bare bookmark as nothing.
fn stored(stage: &Stage) -> Vec<&str> {
    stage.world.stored.bookmarks.iter().map(|bookmark| bookmark.note.as_str()).collect()
}

/// The rows that have a sign in the margin, without it.
fn signed(stage: &Stage) -> Vec<String> {
    let screen = stage.screen();
    let signed = screen.lines().filter_map(|line| line.strip_prefix(['◆', '◇']));
    signed.map(|line| line.trim().to_owned()).collect()
}

fn last_line(stage: &Stage) -> String {
    stage.screen().lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_line_is_marked_and_the_mark_taken_away_with_the_same_key() {
    let mut stage = reading(80, 24);
    stage.keys("] j j m");
    assert_eq!(stage.said(), "bookmarked; a: a note, M: the list");
    assert_eq!(signed(&stage), ["What they take 1."]);
    assert_eq!(stored(&stage), [""]);
    stage.keys("k");
    assert_eq!(signed(&stage), ["What they take 1."], "it stays with its line");
    stage.keys("m");
    assert_eq!(stored(&stage).len(), 2);
    stage.keys("m");
    assert_eq!(stage.said(), "bookmark taken away");
    assert_eq!(signed(&stage), ["What they take 1."], "only the one at the top went");
    stage.keys("G");
    assert!(signed(&stage).is_empty());
    stage.keys("g ] j j m");
    assert!(stored(&stage).is_empty() && signed(&stage).is_empty());
    let mut stage = stage.restart();
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("g ] j j m");
    let mut stage = stage.restart();
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("g ]");
    assert_eq!(signed(&stage), ["What they take 1."], "it is there after a restart");
}

#[test]
fn a_line_is_marked_at_every_width() {
    let mut stage = reading(120, 40);
    stage.keys("] j j m");
    for (width, height) in [(40, 12), (200, 24), (80, 24)] {
        stage.resize(width, height);
        let sign = stage.screen().lines().filter(|line| line.contains('◇')).count();
        assert_eq!(sign, 1, "{}", stage.screen());
    }
}

#[test]
fn a_note_is_typed_for_a_line_and_the_reader_goes_on_from_there() {
    let mut stage = reading(80, 24);
    stage.keys("] j j a 'Ask Eve'");
    insta::assert_snapshot!(stage.screen(), @r#"
     Bookmarks and notes                                                     a note
    ────────────────────────────────────────────────────────────────────────────────
     Lesson 1: Long lesson › What they take
     “What they take 1.”

     Your note, then Enter:
     › [Ask Eve                                                                  ]

     For you alone: bookmarks and notes stay on this device and are never part of
     your completion record.













     Enter keep  Esc leave it  F1 help
    "#);
    // Nothing that was typed is thrown away by one key.
    stage.keys("Esc");
    assert!(stage.screen().contains("y leaves, Esc goes back to the note."), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("› [Ask Eve"), "{}", stage.screen());
    stage.keys("Esc y");
    assert!(stored(&stage).is_empty() && matches!(stage.model.screen(), Some(Screen::Lesson(_))));
    stage.keys("a Esc");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))), "nothing was typed: {}", stage.screen());
    stage.keys("a 'Ask Eve q?' Enter");
    assert_eq!(stage.said(), "note kept, for you alone");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
    assert_eq!((stored(&stage), signed(&stage)), (vec!["Ask Eve q?"], vec!["What they take 1.".to_owned()]));
    stage.keys("m");
    assert_eq!(stage.said(), "a note is here; M can take it away");
    assert_eq!(stored(&stage), ["Ask Eve q?"], "no note is lost by a key that is pressed again");
    stage.keys("a ' Soon.' Enter");
    assert_eq!(stored(&stage), ["Ask Eve q? Soon."]);
}

#[test]
fn the_list_leads_to_every_place_and_back() {
    let mut stage = reading(80, 24);
    stage.keys("] j j m ] j j j j a 'Who is that?' Enter");
    stage.message(Message::Go(Destination::Lesson(1)));
    stage.keys("m M");
    insta::assert_snapshot!(stage.styled(), @r#"
     [bold:Bookmarks and notes]                                                     [cyan:1 of 3]
    [dim:────────────────────────────────────────────────────────────────────────────────]
     [dim:For you alone: bookmarks and notes stay on this device and are never part of]
     [dim:your completion record.]

     [bold:› Lesson 1: Long lesson › What they take]
     [dim:    “What they take 1.”]

     [bold:  Lesson 1: Long lesson › Who reads it]
     [dim:    “Who reads it 2.”]
         Who is that?

     [bold:  Lesson 2: Second lesson]










     [cyan+bold:Enter] [dim:go]  [cyan+bold:a] [dim:note]  [cyan+bold:d] [dim:take away]  [cyan+bold:e] [dim:export]  [cyan+bold:Esc] [dim:back]  [cyan+bold:?] [dim:help]
    "#);
    // In the lesson that one comes from, Backspace comes back within it; in another one it comes back to the list.
    stage.keys("Down Enter");
    assert!(stage.screen().contains("Who reads it 2."), "{}", stage.screen());
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(lesson)) if lesson.module() == 0));
    stage.keys("M Up Enter");
    assert_eq!(signed(&stage)[0], "What they take 1.");
    stage.keys("Backspace");
    assert_eq!(signed(&stage), ["Who reads it 2."]);
    stage.keys("Backspace");
    assert!(is_list(&stage), "{}", stage.screen());
    stage.keys("Esc");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(lesson)) if lesson.module() == 1));
    // From the course, too: Esc led to the course at once, and pressed once more out of the program.
    stage.message(Message::Go(Destination::Course));
    stage.keys("M End Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(lesson)) if lesson.module() == 1));
    stage.keys("m Esc");
    assert!(is_list(&stage), "{}", stage.screen());
    assert!(stage.screen().contains("2 of 2"), "the mark was taken away in the text: {}", stage.screen());
    // What was taken away before may be there again by then.
    stage.keys("d Home Enter Esc u");
    assert_eq!((stage.said().as_str(), stored(&stage).len()), ("nothing was taken away just now", 1));
    stage.keys("Esc");
    assert!(matches!(stage.model.screen(), Some(Screen::Course(_))));
}

fn is_list(stage: &Stage) -> bool {
    matches!(stage.model.screen(), Some(Screen::Bookmarks(_)))
}

#[test]
fn what_is_taken_away_can_be_put_back_and_notes_be_written_anew() {
    let mut stage = reading(80, 24);
    stage.keys("M");
    assert!(stage.screen().contains("There are none yet."), "{}", stage.screen());
    assert_eq!(last_line(&stage), "Esc back  ? help", "what needs one is not named");
    stage.keys("d a Enter u");
    assert_eq!(stage.said(), "nothing was taken away just now");
    stage.keys("Esc m j j a 'second' Enter M Down d");
    assert_eq!((stage.said().as_str(), stored(&stage)), ("taken away; u puts it back", vec![""]));
    stage.keys("u");
    assert_eq!(stored(&stage), ["", "second"]);
    stage.keys("a Ctrl-U 'third' Enter");
    assert_eq!(stored(&stage), ["", "third"]);
    assert!(matches!(stage.model.screen(), Some(Screen::Bookmarks(_))), "back on the list");
    stage.keys("Up");
    assert!(last_line(&stage).starts_with("Enter go  a note  d take away"), "{}", stage.screen());
    stage.keys("Down");
    stage.keys("d d d");
    assert!(stored(&stage).is_empty());
    stage.keys("Esc");
    assert!(signed(&stage).is_empty(), "the signs go with them");
}

#[test]
fn they_are_written_to_a_file_that_is_named() {
    let mut stage = reading(80, 24);
    stage.keys("M e");
    assert_eq!(stage.said(), "there is nothing to be written yet");
    stage.keys("Esc ] j j a '*Ask* Eve' Enter M");
    let message = "no room".to_owned();
    stage.world.troubles.push_back(Trouble { kind: TroubleKind::Other, message, hint: None });
    stage.keys("e");
    assert!(stage.screen().contains("no room") && stage.world.exported.is_empty(), "{}", stage.screen());
    stage.keys("r");
    assert!(stage.screen().contains("your notes were written:"), "{}", stage.screen());
    assert!(stage.screen().contains("countersign/small-notes.md"), "{}", stage.screen());
    stage.keys("c");
    let copied = stage.session.copied.last().map_or("", String::as_str);
    assert!(copied.ends_with("countersign/small-notes.md"), "{copied}");
    let (name, page) = &stage.world.exported[0];
    assert_eq!(name, "small-notes.md");
    let expected =
        "## Lesson 1: Long lesson\n\n### What they take\n\n> What they take 1.\n\n*Ask* Eve\n\n2026-";
    assert!(page.contains(expected), "{page}");
}

/// Its help promised that everything is saved, and what was typed was gone.
#[test]
fn whoever_leaves_while_they_type_is_told_what_is_not_kept() {
    let mut stage = reading(80, 24);
    let promises = |stage: &Stage, words: &str| stage.model.help().iter().any(|(_, what)| *what == words);
    assert!(promises(&stage, "leave the program; everything is saved"), "{:?}", stage.model.help());
    stage.keys("a 'precious'");
    let typing = "leave the program; all but what is being typed is saved";
    assert!(promises(&stage, typing), "{:?}", stage.model.help());
    // Words that are looked for are nothing to be kept.
    stage.keys("Esc y / 'word'");
    assert!(promises(&stage, "leave the program; everything is saved"), "{:?}", stage.model.help());
}

#[test]
fn what_cannot_be_saved_is_not_lost() {
    let mut stage = reading(80, 24);
    let message = "disk full".to_owned();
    stage.world.save_troubles.push_back(Trouble { kind: TroubleKind::Other, message, hint: None });
    stage.keys("a 'kept' Enter");
    assert!(stage.screen().contains("disk full") && stored(&stage).is_empty(), "{}", stage.screen());
    stage.keys("r");
    assert_eq!((stage.said().as_str(), stored(&stage)), ("note kept, for you alone", vec!["kept"]));
}

#[test]
fn the_policy_is_marked_like_a_lesson() {
    let mut stage = ready_for_the_policy(80, 24);
    stage.message(Message::Go(Destination::Policy));
    stage.keys("a 'mine' Enter M");
    assert!(stage.screen().contains("Policy: "), "{}", stage.screen());
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Policy(_))));
    assert_eq!(signed(&stage).len(), 1, "{}", stage.screen());
}

#[test]
fn a_small_screen_has_room_for_the_field() {
    let mut stage = reading(40, 12);
    let long = "words that go on and on and on and on, longer than the row".to_owned();
    stage.keys(&format!("a '{long}'"));
    insta::assert_snapshot!(stage.screen(), @r#"
    Bookmarks and notes             a note
    Lesson 1: Long lesson
    “Long lesson”

    Your note, then Enter:
    › […on and on, longer than the row  ]

    For you alone: bookmarks and notes stay
    on this device and are never part of
    your completion record.

    Enter keep  Esc leave it  F1 help
    "#);
    stage.keys("Enter M");
    assert!(stage.screen().contains("words that go on"), "{}", stage.screen());
    stage.keys("Space Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
}

/// A key laid the list out three times, notes of a thousand words and all.
#[test]
fn the_list_is_laid_out_once_for_a_size() {
    let mut stage = reading(80, 24);
    stage.keys("] a 'Ask Eve.' Enter M j Space b");
    assert!(stage.screen().contains("Ask Eve."), "{}", stage.screen());
    for (width, height) in [(80, 24), (40, 12)] {
        stage.resize(width, height);
        let Some(Screen::Bookmarks(list)) = stage.model.screen() else { panic!("{}", stage.screen()) };
        let column = column(Rect { x: 0, y: 0, width, height });
        let kept = list.laid_out.get((column.width, Theme::COLOURED), || panic!("it was not kept"));
        assert!(kept.height() > 3);
    }
    stage.keys("a 'Or Bob.' Enter");
    assert!(stage.screen().contains("Or Bob."), "a list that changed is laid out again: {}", stage.screen());
}

/// Of an item of six lines, five did nothing.
#[test]
fn every_line_of_an_item_can_be_clicked() {
    for (width, height) in [(80, 24), (40, 16)] {
        let listed = || {
            let mut stage = reading(width, height);
            stage.keys("] ] j j a 'a note of mine' Enter g M");
            assert!(stage.screen().contains("1 of 1"), "{}", stage.screen());
            stage
        };
        for words in ["Long lesson ›", "it", "“Who reads it 1.”", "a note of mine"] {
            let mut stage = listed();
            let screen = stage.screen();
            // The name of the section is wrapped on the narrow one.
            let Some(row) = screen.lines().skip(5).position(|row| row.contains(words)) else {
                panic!("{screen}")
            };
            stage.click_at(8, u16::try_from(row + 5).expect("low"));
            assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))), "{words}: {}", stage.screen());
            assert!(stage.screen().contains("Who reads it 1."), "{}", stage.screen());
        }
    }
}

/// The words named Enter, and a click on them did nothing; and the excerpt ended as if it were whole.
#[test]
fn a_note_is_kept_by_a_click_on_what_says_so() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut stage = reading(width, height);
        stage.keys("a 'kept'").click("then Enter");
        assert_eq!(stored(&stage), ["kept"], "{}", stage.screen());
    }
    let mut files = (*reading(40, 12).world.course.files).clone();
    let lesson = "This is about phones and what is on them. ".repeat(9);
    let lesson =
        format!("# Long lesson\n\n{lesson}\n\n## What they take\n\nData.\n\n## Who reads it\n\nThey.\n");
    files.insert("lessons/1.md".to_owned(), lesson.into_bytes());
    let course = Arc::new(course::parse(files).expect("no faults"));
    let mut stage = Stage::new(40, 12, course);
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.keys("j j a");
    let screen = stage.screen();
    let excerpt: Vec<&str> = screen.lines().skip(2).take(2).map(str::trim_end).collect();
    assert!(excerpt[0].contains('“') && excerpt[1].ends_with('…'), "{screen}");
}

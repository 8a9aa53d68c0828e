use ratatui::style::Color;

use crate::config::{self, Config, Motion, Mouse, Setting};
use crate::markup::Bidi;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::screens::samples::{beginning, small_course};
use crate::tui::tables;
use crate::tui::testing::{Stage, TestWorld, ada};

fn ground(stage: &Stage) -> Color {
    stage.terminal.backend().buffer()[(0, 0)].bg
}

/// The help named the comma, and took it, where somebody wanted another key for the settings.
#[test]
fn the_help_names_the_key_of_the_settings_that_somebody_chose() {
    let mut stage = with_keys(r#"settings: ["F8"]"#);
    stage.keys("?");
    let footer = stage.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer.contains("F8 settings") && !footer.contains(", settings"), "{}", stage.screen());
    stage.keys(",");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Help)), "{}", stage.screen());
    stage.keys("F8");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Settings(_))), "{}", stage.screen());
    // What closes the help closes it, whatever else it is for elsewhere.
    let mut stage = with_keys(r#"settings: ["F1"], help: ["?"]"#);
    stage.keys("?");
    assert!(
        !stage.screen().lines().last().is_some_and(|line| line.contains("settings")),
        "{}",
        stage.screen()
    );
}

#[test]
fn a_change_is_seen_at_once_and_kept_at_the_end() {
    let mut stage = beginning(80, 24);
    stage.keys(",");
    let screen = stage.screen();
    assert!(screen.contains("› colours") && screen.contains("‹ terminal ›"), "{screen}");
    assert_eq!(ground(&stage), Color::Reset);
    stage.keys("Right Right");
    assert!(stage.screen().contains("‹ dark ›"), "{}", stage.screen());
    assert_eq!(ground(&stage), Color::Rgb(0x1c, 0x1c, 0x1c));
    assert_eq!(stage.keeper.kept, []);
    stage.keys("Esc");
    assert_eq!(stage.keeper.kept, [(Setting::Theme, "dark".to_owned())]);
    assert!(stage.screen().contains("settings kept"), "{}", stage.screen());
    assert_eq!(ground(&stage), Color::Rgb(0x1c, 0x1c, 0x1c));
    // Nothing new, nothing kept.
    stage.keys("F9 j Enter");
    assert_eq!(stage.keeper.kept.len(), 1);
}

/// Nothing could be clicked any more, and nobody said how to come back.
#[test]
fn whoever_gives_the_mouse_away_is_told_the_way_back() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = beginning(width, height);
        stage.keys(",");
        while !stage.screen().contains("› mouse") {
            stage.keys("Down");
        }
        stage.keys("Right Esc");
        assert!(stage.screen().contains("settings kept; F9 opens them again"), "{}", stage.screen());
        stage.keys("F9");
        assert!(stage.model.overlay().is_some());
    }
}

#[test]
fn the_settings_say_what_their_keys_do() {
    let mut stage = beginning(40, 12);
    stage.keys(",");
    assert!(stage.screen().contains("Esc keep"), "Esc gives nothing up:\n{}", stage.screen());
    for key in ["?", "F1"] {
        stage.keys(key);
        assert!(
            stage.screen().contains("↓↑ choose, →← change, u undo, Esc keep"),
            "{key}:\n{}",
            stage.screen()
        );
        stage.keys("Down");
    }
}

#[test]
fn the_text_around_takes_its_new_width() {
    let mut stage = beginning(120, 40);
    stage.keys("Enter , j h h h");
    let width = |stage: &Stage| stage.model.config().text_width;
    assert_eq!(width(&stage), 75);
    stage.keys("u");
    assert_eq!((width(&stage), stage.said().as_str()), (80, "text width: 80 again"));
    stage.keys("u u");
    assert_eq!((width(&stage), stage.said().as_str()), (90, "text width: 90 again"));
    assert_eq!(stage.keys("u").said(), "no change is left to undo");
    stage.keys("Esc");
    assert_eq!((width(&stage), stage.keeper.kept.len()), (90, 0));
}

/// All that was changed went back at one key, and nothing said that the colours, in another row, were among it.
#[test]
fn a_change_that_is_undone_in_another_row_is_seen() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = beginning(width, height);
        stage.keys(", Right Down Right Right u");
        assert!(stage.screen().contains("› text width     ‹ 95 ›"), "{}", stage.screen());
        stage.keys("u");
        assert!(stage.screen().contains("‹ 90 ›") && stage.screen().contains("light"), "{}", stage.screen());
        stage.keys("End Down Down Down Down Down Down u");
        assert!(stage.screen().contains("› colours        ‹ terminal ›"), "{}", stage.screen());
        assert!(stage.screen().contains("colours: terminal again"), "{}", stage.screen());
        assert!(!stage.screen().contains("u undo"), "{}", stage.screen());
    }
}

/// The terminal is told at once who puts the text around into order, or it is put into order twice or by nobody.
#[test]
fn right_to_left_text_changes_hands_at_once() {
    let mut stage = beginning(80, 40);
    stage.keys(",");
    stage.click("right-to-left");
    stage.keys("Right Right");
    assert_eq!(stage.model.config().bidi, config::Bidi::Terminal);
    assert_eq!(stage.session.modes.map(|modes| modes.bidi), Some(Bidi::Terminal));
    stage.keys("u u");
    assert_eq!(stage.session.modes.map(|modes| modes.bidi), Some(Bidi::Auto));
}

#[test]
fn the_cursor_stands_still_at_once() {
    let mut stage = beginning(80, 40);
    stage.keys(",");
    stage.click("motion");
    stage.keys("Right");
    assert!(stage.screen().contains("does not blink"), "{}", stage.screen());
    assert_eq!(stage.session.modes.map(|modes| modes.motion), Some(Motion::Still));
    stage.keys("Esc");
    assert_eq!(stage.keeper.kept, [(Setting::Motion, "still".to_owned())]);
}

#[test]
fn the_mouse_changes_hands_and_clicks_choose() {
    let mut stage = beginning(80, 24);
    stage.keys(",");
    stage.click("mouse");
    assert!(stage.screen().contains("› mouse"), "{}", stage.screen());
    stage.click("mouse");
    assert_eq!(stage.session.modes, None, "{}", stage.screen());
    stage.click("mouse").keys("Esc");
    assert_eq!((stage.session.modes, stage.keeper.kept.as_slice()), (None, &[][..]));
    stage.keys(",").click("mouse").click("mouse").keys("Esc");
    assert_eq!(stage.session.modes.map(|modes| modes.mouse), Some(Mouse::Off));
    assert_eq!(stage.keeper.kept, [(Setting::Mouse, "off".to_owned())]);
    // Whoever goes to the shell meanwhile has it until they close the settings, too.
    let mut stage = beginning(80, 24);
    stage.keys(",").click("mouse").click("mouse").keys("Ctrl-Z");
    assert_eq!(stage.keeper.kept, [(Setting::Mouse, "off".to_owned())]);
    assert_eq!(stage.session.modes, None);
    stage.keys("Esc");
    assert_eq!(stage.session.modes.map(|modes| modes.mouse), Some(Mouse::Off));
    stage.keys(",");
    while !stage.screen().contains("› mouse") {
        stage.keys("j");
    }
    stage.keys("Left");
    assert_eq!(stage.session.modes.map(|modes| modes.mouse), Some(Mouse::On));
}

#[test]
fn what_cannot_be_kept_is_said_and_holds_until_the_end() {
    let mut stage = beginning(80, 24);
    stage.keeper.full = true;
    stage.keys(", Right Esc");
    let screen = stage.screen();
    assert!(
        screen.contains("not kept: cannot write") && screen.contains("config.ron: disk full"),
        "{screen}"
    );
    assert!(screen.contains("free some space"), "{screen}");
    stage.keeper.full = false;
    stage.keys("r");
    assert_eq!(stage.keeper.kept, [(Setting::Theme, "light".to_owned())]);
    // Who leaves while they are open keeps them, too.
    stage.keys(", Right Ctrl-C");
    assert_eq!(stage.keeper.kept.last(), Some(&(Setting::Theme, "dark".to_owned())));
    assert!(stage.ended);
    let mut stage = beginning(80, 24);
    stage.keys(", Right");
    stage.hang_up();
    assert_eq!(stage.keeper.kept.len(), 1);
}

#[test]
fn every_setting_is_in_sight_when_it_is_chosen() {
    for (width, height) in [(40, 12), (80, 24), (200, 60)] {
        let mut stage = Stage::new(width, height, small_course());
        stage.keys(",");
        for setting in Setting::ALL {
            let screen = stage.screen();
            assert!(screen.contains(&format!("› {}", setting.label())), "{setting:?}\n{screen}");
            let value = setting.value(&Config::default());
            assert!(screen.contains(&format!("‹ {value} ›")), "{setting:?}\n{screen}");
            let said = setting.said(&Config::default());
            assert!(screen.contains(said.split(' ').next().expect("words")), "{setting:?}\n{screen}");
            stage.keys("j");
        }
    }
}

/// The face of somebody who has `keys` in their settings.
fn with_keys(keys: &str) -> Stage {
    let read = config::read("config.ron", format!("(keys: ({keys}))").as_bytes(), &tables::actions());
    assert_eq!(read.faults, [], "{keys}");
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(ada());
    Stage::configured(80, 24, world, &read.config)
}

#[test]
fn keys_that_somebody_chose_work_and_are_told() {
    let mut stage = with_keys("open: [\"x\"], leave: [\"X\"], help: [\"Ctrl-g\", \"H\"]");
    stage.keys("Enter");
    assert!(stage.screen().contains("0 of 1 lessons read"), "{}", stage.screen());
    stage.keys("?");
    assert!(stage.model.overlay().is_none());
    stage.keys("H");
    let help = stage.screen();
    assert!(help.contains("X         leave the program") || help.contains("X "), "{help}");
    assert!(help.contains("Ctrl-G H"), "{help}");
    assert!(!help.contains("? F1"), "{help}");
    // What lies over a screen is closed by the keys that it names itself.
    stage.keys("Esc x");
    assert!(!stage.screen().contains("0 of 1 lessons read"), "{}", stage.screen());
    let screen = stage.screen();
    let last = screen.trim_end().lines().last().expect("a line");
    assert!(last.contains("X back") && last.contains("Ctrl-G help"), "{last}");
    stage.keys("Esc q");
    assert!(!stage.ended);
    stage.keys("X X");
    assert!(stage.ended);
}

#[test]
fn what_is_typed_is_never_a_key_and_what_answers_is_fixed() {
    let mut stage = with_keys("down: [\"z\"], up: [\"Z\"], next: [\"N\"]");
    stage.message(Message::Go(Destination::Check(0)));
    let before = stage.screen();
    stage.keys("z");
    let after = stage.screen();
    assert_ne!(before, after);
    stage.keys("Z");
    assert_eq!(stage.screen(), before);
    // Arrows stay what they are there.
    stage.keys("Down");
    assert_eq!(stage.screen(), after);
}

#[test]
fn a_form_keeps_its_characters() {
    let read = config::read("config.ron", b"(keys: (help: [\"H\"], settings: [\"Z\"]))", &tables::actions());
    let world = TestWorld::unknown(small_course());
    let mut stage = Stage::configured(80, 24, world, &read.config);
    stage.keys("'HZ,?'");
    assert!(stage.screen().contains("HZ,?"), "{}", stage.screen());
    assert!(stage.model.overlay().is_none());
    // Where every other key is a character, those of the table stay. They did not: nothing opened the settings there.
    assert!(stage.screen().contains("F1 help"), "{}", stage.screen());
    stage.keys("F9");
    assert!(stage.model.overlay().is_some());
}

/// With longer names of keys it was cut.
#[test]
fn what_is_said_of_keys_is_said_whole() {
    let mut stage = with_keys(r#"note: ["Ctrl-x"], bookmarks: ["Ctrl-g"]"#);
    stage.resize(40, 12).message(Message::Go(Destination::Lesson(0)));
    let screen = stage.keys("m").screen();
    let words = screen.lines().map(|line| line.trim_matches(['│', ' '])).collect::<Vec<_>>().join(" ");
    assert!(words.contains("bookmarked; Ctrl-X: a note, Ctrl-G: the list"), "{screen}");
}

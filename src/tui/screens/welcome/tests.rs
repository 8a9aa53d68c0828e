use insta::assert_snapshot;

use super::{FIELDS, PASSPHRASE};
use crate::progress::Person;
use crate::tui::Start;
use crate::tui::cursor::{Keys, Letters, check};
use crate::tui::testing::{Stage, TestWorld, small_course, trouble};
use crate::tui::theme::Theme;

#[test]
fn a_first_start_asks_who_learns_and_says_where_things_stay() {
    let mut stage = Stage::first_start(80, 24, small_course());
    assert_snapshot!(stage.screen(), @r#"
     Welcome to countersign                                             first start
    ────────────────────────────────────────────────────────────────────────────────
        “A small course” ends with a completion record that you sign. Who are
        you?
        Line by line, for screen readers: countersign --plain. Settings: F9.

        › Name                  ________________________________________________
          as it stands in your record
          Employee number       ________________________________________________
          with its zeros: 0042 is not 42
          E-mail (optional)     ________________________________________________
          may stay empty
          Passphrase (optional) ________________________________________________
          may stay empty; else at least 8 characters, asked for when you sign.
          It cannot be recovered: without it this device key signs nothing.
          Your key will have no passphrase.
          Once more             ________________________________________________
          the same passphrase; empty without one
        Everything stays on this computer:
          Progress: /home/ada/countersign/progress.sqlite
          Device key: /home/ada/countersign/device.key
          Completion records: /home/ada/Documents/countersign

     Ctrl-S begin  Enter next  Esc leave  F1 help
    "#);
    stage.keys("'Ada Lovelace' Enter '0042' Enter Enter Enter");
    let person = stage.world.person.clone().expect("introduced");
    assert_eq!((person.name.as_str(), person.number.as_str(), person.email), ("Ada Lovelace", "0042", None));
    assert_eq!(stage.world.passphrase, None);
    assert!(stage.model.training().is_some(), "the course is open");
    assert_eq!(stage.world.stored.runs.len(), 1, "the run is saved");
}

/// The field with the focus was scrolled away, and the cursor was hidden.
#[test]
fn the_cursor_is_seen_however_far_the_form_is_scrolled() {
    for (width, height) in [(40, 12), (60, 14), (80, 16)] {
        let mut stage = Stage::first_start(width, height, small_course());
        for key in ["PgDn", "PgDn", "PgUp", "PgUp"] {
            stage.keys(key);
            let letters = if stage.screen().contains("› Name") { Letters::Field } else { Letters::Nowhere };
            check(&stage.terminal, Keys::Screen, letters);
        }
        stage.keys("PgDn 'A'");
        check(&stage.terminal, Keys::Screen, Letters::Field);
    }
}

#[test]
fn it_fits_a_small_screen_with_the_field_in_sight() {
    let mut stage = Stage::first_start(40, 12, small_course());
    assert_snapshot!(stage.screen(), @r#"
    Welcome to countersign     first start
     “A small course” ends with a
     completion record that you sign. Who
     are you?
     Line by line, for screen readers:
     countersign --plain. Settings: F9.

     › Name                  ____________
       as it stands in your record
       Employee number       ____________
       with its zeros: 0042 is not 42     ↓
    Ctrl-S begin  Esc leave  F1 help
    "#);
    stage.keys("Down Down Down 'secret' Tab 'secrets' Ctrl-S");
    assert_snapshot!(stage.screen(), @r#"
    Welcome to countersign     first start
     › Name                  ____________ ↑
     ✗ your name is needed: the record
       says who learned
       Employee number       ____________
     ✗ your employee number is needed: it
       tells you from your namesakes
       E-mail (optional)     ____________
       may stay empty
       Passphrase (optional) ••••••______
     ✗ a passphrase has at least 8        ↓
    Ctrl-S begin  Esc leave  F1 help
    "#);
}

#[test]
fn what_is_missing_or_wrong_is_said_beside_its_field() {
    fn check(script: &str, words: &str) {
        let mut stage = Stage::first_start(80, 24, small_course());
        stage.keys(script);
        assert!(stage.screen().contains(words), "{script}\n{}", stage.screen());
        assert_eq!(stage.world.person, None, "nothing is kept");
    }
    check("Enter", "✗ your name is needed");
    check("'   ' Enter", "✗ your name is needed");
    check("'\u{2800}' Enter", "✗ your name is needed");
    check("'\u{2801}' Enter", "✗ a name has at least one letter that can be seen");
    check("'Ada' Tab '\u{2801}' Ctrl-S", "✗ an employee number has at least one letter or digit");
    // Who leaves a field hears what is wrong with it.
    check("'007' Tab", "✗ a name has at least one letter");
    check("'Ada' Tab '1' Tab 'ada' Up", "✗ that is no e-mail address");
    check("'Ada' Ctrl-S", "✗ your employee number is needed");
    // All at once, and not one after the other.
    check("Ctrl-S", "✗ your name is needed");
    check("Ctrl-S", "✗ your employee number is needed");
    check("Tab Tab 'ada' Ctrl-S", "✗ your name is needed");
    check("Tab Tab 'ada' Ctrl-S", "✗ that is no e-mail address");
    check("'Ada' Tab '1' Tab 'ada' Ctrl-S", "✗ that is no e-mail address");
    check("'Ada' Tab '1' Tab 'ada@' Ctrl-S", "✗ that is no e-mail address");
    check("'Ada' Tab '1' Tab Tab 'seven c' Enter", "✗ a passphrase has at least 8 characters");
    check("'Ada' Tab '1' Tab Tab 'seven c' Tab 'seven c' Enter", "✗ a passphrase has at least 8 characters");
    check("'Ada' Tab '1' Tab Tab 'one two three' Tab 'two' Enter", "✗ the two passphrases differ");
}

/// `none`, typed twice, locked the key.
#[test]
fn the_word_none_is_no_passphrase() {
    for script in ["'none' Enter Enter", "'NO' Enter 'NO' Enter", "Enter"] {
        let mut stage = Stage::first_start(80, 24, small_course());
        stage.keys("'Ada' Tab '1' Tab Tab").keys(script);
        assert!(stage.world.person.is_some(), "{script}\n{}", stage.screen());
        assert_eq!(stage.world.passphrase, None, "{script}");
    }
    assert!(FIELDS[PASSPHRASE].note.ends_with(crate::training::CANNOT_BE_RECOVERED));
    assert!(FIELDS[PASSPHRASE].note.contains(&format!("at least {} ", crate::training::SHORTEST_PASSPHRASE)));
}

/// Who typed `no` hidden, and Enter twice, had begun without one, and nothing had said so.
#[test]
fn what_protects_the_key_is_said_before_and_after() {
    for (width, height) in [(80, 24), (40, 12)] {
        let check = |script: &str, words: &str, made: &str| {
            let mut stage = Stage::first_start(width, height, small_course());
            stage.keys("'Ada' Tab '1' Tab Tab").keys(script);
            // On a narrow screen the sentence goes on in the next line.
            let said = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(said.contains("Your key will"), !words.is_empty(), "{script}: {}", stage.screen());
            assert!(said.contains(words), "{script}: {}", stage.screen());
            if !made.is_empty() {
                stage.keys("Ctrl-S");
                assert!(stage.screen().contains(made), "{script}: {}", stage.screen());
                // It stood in the place of the keys.
                assert!(stage.screen().contains("Enter open  ↓ choose"), "{script}: {}", stage.screen());
            }
        };
        let none = "Your key will have no passphrase.";
        check("", none, "Your signing key has no passphrase.");
        check("'no'", none, "Your signing key has no passphrase.");
        check("'none' Tab", none, "Your signing key has no passphrase.");
        check("'nope'", "", "");
        check("'correct horse'", "", "");
        check("'correct horse' Tab 'correct'", "", "");
        let one = "Your key will be protected by the passphrase.";
        check("'correct horse' Tab 'correct horse'", one, "Your signing key has a passphrase.");
    }
}

#[test]
fn a_passphrase_is_never_on_the_screen() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.keys("'Ada' Tab '1' Tab Tab").paste("correct horse");
    assert!(!stage.screen().contains("correct"), "{}", stage.screen());
    assert!(stage.screen().contains("•••••••••••••"), "{}", stage.screen());
    stage.keys("Tab 'correct horse' Enter");
    assert_eq!(stage.world.passphrase.as_deref(), Some("correct horse"));
}

#[test]
fn a_paste_is_one_line_and_shown_defused() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.paste("Ada\u{202e}\r\nLovelace\u{1b}[31m");
    assert!(stage.screen().contains("Ada<U+202E> Lovelace[31m_"), "{}", stage.screen());
}

#[test]
fn the_keys_that_are_letters_go_into_the_field() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.keys("'q?jk 1'");
    assert!(stage.screen().contains("q?jk 1_"), "{}", stage.screen());
    assert!(!stage.ended);
    stage.keys("F1");
    assert!(stage.screen().contains("goes into the field"), "{}", stage.screen());
    stage.keys("Esc Esc y");
    assert!(stage.ended, "Esc leaves");
}

/// Esc, also where it was the first byte of a late answer of the terminal, ended the program, and the name that was typed was gone.
#[test]
fn what_was_typed_is_not_given_up_unasked() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.keys("'Ada' Esc");
    assert!(stage.screen().contains("What you typed is not kept. y leaves"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(!stage.ended && stage.screen().contains("Ada_"), "{}", stage.screen());
    stage.keys("Esc y");
    assert!(stage.ended);
    // Nothing is lost with an empty form, nor with one that is empty again.
    for script in ["Esc", "'A' Backspace Esc"] {
        assert!(Stage::first_start(80, 24, small_course()).keys(script).ended, "{script}");
    }
}

/// The note of the field with the focus came and went, and the fields below moved by its rows: the second click of a double click went
/// into the next field.
#[test]
fn a_field_stays_under_the_mouse_that_is_pressed_twice_on_it() {
    for (width, height) in [(120, 40), (80, 24), (60, 16), (40, 12)] {
        for before in 0..FIELDS.len() {
            for row in 0..height {
                let mut stage = Stage::first_start(width, height, small_course());
                for _ in 0..before {
                    stage.keys("'1' Tab");
                }
                stage.click_at(10, row);
                let focused = focus(&stage);
                stage.click_at(10, row);
                assert_eq!(focus(&stage), focused, "row {row} after {before}\n{}", stage.screen());
            }
        }
    }
}

/// The label of the field with the focus.
fn focus(stage: &Stage) -> Option<&'static str> {
    let screen = stage.screen();
    FIELDS.iter().map(|field| field.label).find(|label| screen.contains(&format!("› {label}")))
}

#[test]
fn what_cannot_be_written_can_be_tried_again() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.world.troubles.push_back(trouble("/home/ada: no space left on device"));
    stage.keys("'Ada' Tab '1' Ctrl-S");
    assert!(stage.screen().contains("error: /home/ada: no space left"), "{}", stage.screen());
    assert!(stage.screen().contains("hint: free some space"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("Ada_"), "what was typed is still there\n{}", stage.screen());
    stage.world.troubles.push_back(trouble("still full"));
    stage.keys("Ctrl-S r");
    assert!(stage.world.person.is_some(), "the second try worked");
}

#[test]
fn an_assignment_says_who_is_expected() {
    let world = TestWorld::unknown(small_course());
    let expected = Person {
        number: "0042".to_owned(),
        name: "Ada Lovelace".to_owned(),
        email: Some("ada@example.com".to_owned()),
    };
    let start = Start {
        training: None,
        course: small_course(),
        expected: Some(expected.clone()),
        notices: Vec::new(),
    };
    let mut stage = Stage::start(80, 24, world, start, Theme::COLOURED);
    assert!(stage.screen().contains("ada@example.com"), "{}", stage.screen());
    stage.keys("Ctrl-S");
    assert_eq!(stage.world.person, Some(expected));
}

#[test]
fn what_stands_below_the_fields_can_be_read_on_a_small_screen() {
    let mut stage = Stage::first_start(40, 12, small_course());
    assert!(!stage.screen().contains("Completion records:"), "{}", stage.screen());
    assert!(stage.screen().contains('↓'), "{}", stage.screen());
    stage.keys("PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    assert!(stage.screen().contains("Completion records:"), "{}", stage.screen());
    assert!(stage.screen().contains("/home/ada/Documents/countersign"), "{}", stage.screen());
    stage.keys("PgUp PgUp PgUp PgUp PgUp PgUp");
    assert!(stage.screen().contains("› Name"), "no key is swallowed: {}", stage.screen());
    stage.keys("PgDn PgDn 'Ada'");
    assert!(stage.screen().contains("› Name"), "who types sees where: {}", stage.screen());
}

#[test]
fn what_may_stay_empty_says_so_and_a_passphrase_what_it_costs() {
    let mut stage = Stage::first_start(80, 24, small_course());
    let screen = stage.screen();
    assert!(screen.contains("E-mail (optional)") && screen.contains("Passphrase (optional)"), "{screen}");
    assert!(screen.contains("“A small course” ends with"), "{screen}");
    stage.keys("Tab Tab Tab");
    assert!(stage.screen().contains("It cannot be recovered"), "{}", stage.screen());
    assert!(stage.model.help().iter().all(|(keys, _)| !keys.contains('?')), "it is typed here");
}

#[test]
fn a_field_that_takes_no_more_says_so() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.paste(&"Ada ".repeat(49));
    assert!(!stage.screen().contains("the field is full"), "{}", stage.screen());
    stage.paste(&"Ada ".repeat(9));
    assert!(stage.screen().contains("the field is full"), "{}", stage.screen());
    stage.keys("Backspace");
    assert!(!stage.screen().contains("the field is full"), "{}", stage.screen());
}

#[test]
fn what_had_no_room_in_a_field_is_not_left_out_unasked() {
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.paste(&"Ada ".repeat(60)).keys("Tab '1' Ctrl-S");
    assert!(stage.screen().contains("✗ the field is full"), "{}", stage.screen());
    assert!(stage.screen().contains("› Name"), "{}", stage.screen());
    assert_eq!(stage.world.person, None, "nothing is kept");
    stage.keys("Ctrl-U 'Ada' Ctrl-S");
    assert_eq!(stage.world.person.as_ref().map(|person| person.name.as_str()), Some("Ada"));
    // As many as there is room for are no fault.
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.paste(&"A".repeat(200)).keys("Tab '1' Ctrl-S");
    assert!(stage.world.person.is_some(), "{}", stage.screen());
}

#[test]
fn the_last_line_says_what_enter_does_and_that_the_form_can_be_kept_from_everywhere() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = Stage::first_start(width, height, small_course());
        let last = |stage: &Stage| stage.screen().lines().last().unwrap_or_default().to_owned();
        for _ in 0..3 {
            assert!(last(&stage).contains("Ctrl-S begin"), "{}", last(&stage));
            stage.keys("Tab");
        }
        // Without a passphrase there is none to confirm.
        assert!(last(&stage).contains("Enter begin"), "{}", last(&stage));
        stage.keys("'correct horse'");
        assert!(last(&stage).contains("Ctrl-S begin"), "{}", last(&stage));
        stage.keys("Tab");
        assert!(last(&stage).contains("Enter begin"), "{}", last(&stage));
    }
}

/// "Begin on the last one", and Enter began on the last but one; "nothing is kept", and Esc asked.
#[test]
fn the_help_says_what_the_keys_do_in_the_words_of_the_form() {
    let mut stage = Stage::first_start(40, 12, small_course());
    let help = |stage: &Stage, key: &str| {
        let help = stage.model.help();
        help.iter().find(|(keys, _)| keys == key).map(|(_, words)| *words).unwrap_or_default()
    };
    let named: Vec<&str> = help(&stage, "Enter").split(['“', '”']).skip(1).step_by(2).collect();
    assert_eq!(named, ["Once more", "Passphrase"]);
    for name in named {
        assert!(FIELDS.iter().any(|field| field.label.starts_with(name)), "{name}");
    }
    assert!(help(&stage, "Esc").ends_with("asks first if you have typed something"));
    stage.keys("'A' Esc");
    assert!(stage.screen().contains("leave?"), "{}", stage.screen());
    stage.keys("Esc Backspace F1");
    assert!(stage.screen().contains("“Once more”,"), "{}", stage.screen());
}

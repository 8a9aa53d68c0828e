use std::fmt::Write as _;

use super::*;
use crate::config;
use crate::tui::keymap::wished::Typing;
use crate::tui::tables::{self, actions};

/// Reads `keys` as they stand in a file, and says what holds and what is wrong.
fn checked(keys: &str) -> (Vec<(&'static str, Vec<Key>)>, Vec<String>) {
    let read = config::read("config.ron", format!("(keys: ({keys}))").as_bytes(), &actions());
    assert_eq!(read.faults, [], "{keys}");
    let Checked { keymap, faults } = check("config.ron", &read.config.keys, tables::contexts);
    (keymap.wished.into_iter().collect(), faults.iter().map(config::sentence).collect())
}

#[test]
fn keys_that_are_free_hold() {
    let check = |keys: &str, expected: &[(&'static str, Vec<Key>)]| {
        assert_eq!(checked(keys), (expected.to_vec(), Vec::new()), "{keys}");
    };
    check("page_down: [\"x\", \"Ctrl-n\"]", &[("page_down", vec![Key::Char('x'), Key::Ctrl('n')])]);
    check("leave: [\"Z\", \"Z\", \"Esc\"]", &[("leave", vec![Key::Char('Z'), Key::Esc])]);
    // A key of the action itself, and one that another action gives up.
    check("help: [\"F1\"]", &[("help", vec![Key::F(1)])]);
    check(
        "half_page_down: [\"u\"], half_page_up: [\"d\"]",
        &[("half_page_down", vec![Key::Char('u')]), ("half_page_up", vec![Key::Char('d')])],
    );
}

#[test]
fn what_cannot_be_had_is_said_and_is_as_without_it() {
    let check = |keys: &str, expected: &[&str]| {
        let (holds, faults) = checked(keys);
        assert_eq!(faults, expected, "{keys}");
        assert_eq!(holds, [("top", vec![Key::Char('T')])], "{keys}");
    };
    check(
        "top: [\"T\"], help: []",
        &["config.ron:1:27: `help` would have no key; name at least one, or leave the action out"],
    );
    check(
        "top: [\"T\"], leave: [\"PgDwn\"]",
        &["config.ron:1:29: no key is called `PgDwn`; did you mean `PgDn`?"],
    );
    check(
        "top: [\"T\", \"Ctrl-i\", \"Ctrl-c\"]",
        &[
            "config.ron:1:20: terminals cannot tell `Ctrl-i` from Tab; choose another key",
            "config.ron:1:30: `Ctrl-c` always ends the program; choose another key",
        ],
    );
    let give_up = |action: &str| format!("choose a free key, or give `{action}` another one in `keys`");
    let fixed = "that key is fixed there; choose another one";
    check(
        "top: [\"T\"], links: [\"q\"]",
        &[&format!(
            "config.ron:1:29: `q` already means “leave; your place is kept” in a lesson; {}",
            give_up("leave")
        )],
    );
    check(
        "top: [\"T\"], flag: [\"j\"]",
        &[&format!(
            "config.ron:1:28: `j` already means “move or choose” at a question of the assessment; {fixed}"
        )],
    );
    check(
        "top: [\"T\"], settings: [\"x\"]",
        &[&format!(
            "config.ron:1:32: `x` already means “refuse it: you are asked why” on a record that waits in HR's dashboard, which \
             takes its keys from here too; {fixed}"
        )],
    );
    check(
        "top: [\"T\"], contents: [\"F5\"]",
        &[&format!(
            "config.ron:1:32: `F5` already means “preview: forget what was read and answered” in `author preview`, which takes \
             its keys from here too; {fixed}"
        )],
    );
    check(
        "top: [\"T\"], end: [\"T\"]",
        &[&format!("config.ron:1:27: `T` already means “first line” on the course; {}", give_up("top"))],
    );
    check(
        "top: [\"T\"], leave: [\"?\"]",
        &[&format!("config.ron:1:29: `?` already means “these keys” on the course; {}", give_up("help"))],
    );
}

#[test]
fn a_wish_that_falls_away_takes_its_own_keys_back() {
    // `half_page_up` gets no key, so `u` stays its own.
    let (holds, faults) = checked("half_page_down: [\"u\"], half_page_up: [\"?\"]");
    assert_eq!(holds, []);
    assert_eq!(faults.len(), 2, "{faults:?}");
}

/// What keeps its keys: what a question is answered with, forms, what the terminal or a trainer's preview takes, and
/// decisions, so that no key that somebody chose for something else ever decides.
const FIXED: [&str; 36] = [
    // Space is a page in a text, and goes on with the course here.
    "a page of the list up",
    "a page of the list down",
    "move or choose",
    "choose; goes to what has the focus where that is out of sight",
    "sign, or choose; reads on where there is more to read",
    "go to the question, or choose",
    "to the question of this number, of several digits too; Enter opens it",
    "open the link of this number; the browser only after a question",
    "to the heading of this number, of several digits too",
    "a further digit",
    "submit",
    "do not submit yet",
    "next field; begin from “Once more”, or from “Passphrase” while it is empty",
    "next field",
    "previous field",
    "scroll down",
    "scroll up",
    "begin",
    "leave without beginning; asks first if you have typed something",
    "next field; keep it from “E-mail”",
    "keep it",
    "back without keeping it; asks first if you have changed something",
    "agree, after typing; reads on where there is more to read",
    "keep the note",
    "leave the program; everything is saved",
    "back to the shell for a while; fg returns",
    "preview: what is wrong with the course",
    "preview: the next reading width, as if the terminal had it",
    "preview: the key of this question and why",
    "preview: forget what was read and answered",
    "preview: do everything up to the signature",
    "accept it: you are asked why",
    "refuse it: you are asked why",
    "no filter",
    "to the list",
    "leave the dashboard",
];

#[test]
fn every_other_line_of_a_screen_can_have_other_keys() {
    let all = tables::contexts();
    let lines = all.iter().flat_map(|context| context.entries.iter().map(|entry| (context.place, entry)));
    let fixed: Vec<String> = lines
        .filter(|(_, entry)| entry.action.is_none() && entry.keys.iter().any(|key| !key.is_wheel()))
        .filter(|(_, entry)| !FIXED.contains(&entry.help))
        .map(|(place, entry)| format!("{}, {place}", entry.help))
        .collect();
    assert_eq!(fixed, [""; 0], "give it an .action(…), or say in FIXED why its keys are fixed");
}

/// Keys that mean the same to hands used to arrows and to hands used to vi.
const HABITS: [(Key, Key); 6] = [
    (Key::Down, Key::Char('j')),
    (Key::Up, Key::Char('k')),
    (Key::Home, Key::Char('g')),
    (Key::End, Key::Char('G')),
    (Key::PageDown, Key::Ctrl('f')),
    (Key::PageUp, Key::Ctrl('b')),
];

#[test]
fn arrows_and_letters_of_vi_are_the_same_keys() {
    let mut missing = Vec::new();
    for context in tables::contexts() {
        for entry in context.entries.iter().filter(|entry| entry.typing == Typing::No) {
            for (arrow, letter) in HABITS {
                let has = |key| entry.keys.contains(&key);
                // At a question Ctrl-F flags it.
                let flags = entry.action.is_none() || entry.action == Some("flag");
                if flags && matches!(letter, Key::Ctrl(_)) {
                    continue;
                }
                if has(arrow) != has(letter) {
                    missing.push(format!("{arrow:?}, {letter:?} {}: {}", context.place, entry.help));
                }
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

/// `exit` was taken for a slip of `next`, and of `quit` five actions were told that are nothing like it.
#[test]
fn whoever_knows_an_action_by_another_name_is_led_to_it() {
    let check = |written: &str, expected: &str| {
        let text = format!("(keys: ({written}: [\"F12\"]))");
        let faults = config::read("config.ron", text.as_bytes(), &actions()).faults;
        let sentences: Vec<String> = faults.iter().map(config::sentence).collect();
        assert_eq!(sentences, [format!("config.ron:1:9: unknown field `{written}`; {expected}")]);
    };
    check("quit", "did you mean `leave`?");
    check("exit", "did you mean `leave`?");
    check("search", "did you mean `find`?");
    check("forward", "did you mean `go_on`, `next` or `page_down`?");
    check("scroll", "did you mean `down` or `up`?");
    let count = actions().len();
    check("xyzzy", &format!("none of the {count} names that are known here is like it"));
}

#[test]
fn only_actions_that_there_are_have_other_names_and_none_has_that_of_another() {
    let actions = actions();
    for (action, words) in config::reference::ELSEWHERE {
        assert!(actions.contains(action), "{action}");
        assert_eq!(words.iter().find(|word| actions.contains(word)), None, "{action}");
    }
}

/// `docs/settings.md`.
fn page() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    std::fs::read_to_string(path).expect("the page")
}

#[test]
fn the_page_has_every_action_and_no_other() {
    let head = "| action | keys | what it does |\n|---|---|---|\n";
    let mut expected = head.to_owned();
    let all = tables::contexts();
    for action in actions() {
        let mut keys: Vec<String> = Vec::new();
        let mut helps: Vec<&str> = Vec::new();
        for entry in all.iter().flat_map(|context| &context.entries).filter(|one| one.action == Some(action))
        {
            for key in entry.keys.iter().filter(|key| !key.is_wheel()) {
                let name = format!("`{}`", key.name());
                if !keys.contains(&name) {
                    keys.push(name);
                }
            }
            if !helps.contains(&entry.help) {
                helps.push(entry.help);
            }
        }
        let _ = writeln!(expected, "| `{action}` | {} | {} |", keys.join(" "), helps.join(" · "));
    }
    let page = page();
    let rest = page.split_once(head).expect("the table of actions").1;
    let rows: String = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).collect();
    assert_eq!(format!("{head}{rows}"), expected, "\n{expected}");
}

#[test]
fn every_example_of_the_page_is_read_without_a_fault() {
    let page = page();
    let examples: Vec<&str> =
        page.split("```ron\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let config::Read { config, mut faults } = config::read("config.ron", example.as_bytes(), &actions());
        faults.extend(check("config.ron", &config.keys, tables::contexts).faults);
        assert_eq!(faults, [], "{example}");
        assert_ne!(config, config::Config::default(), "{example}");
    }
}

//! Every field that `config.ron` can have.
//!
//! The reader takes the names that it knows from here, so the table in `docs/settings.md` cannot leave a field out or
//! make one up.

use crate::course::reference::{Field, Group, Presence};

const fn or(name: &'static str, value: &'static str, default: &'static str, meaning: &'static str) -> Field {
    Field { name, value, presence: Presence::Default(default), meaning, elsewhere: &[] }
}

const fn optional(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, presence: Presence::Optional, meaning, elsewhere: &[] }
}

/// What the same is called where people come from, of settings.
const fn called(field: Field, elsewhere: &'static [&'static str]) -> Field {
    Field { elsewhere, ..field }
}

/// What actions are called in other readers, and in the linear face.
pub(crate) const ELSEWHERE: &[(&str, &[&str])] = &[
    ("bookmark", &["mark"]),
    ("contents", &["toc", "headings", "outline"]),
    ("copy", &["yank"]),
    ("define", &["glossary"]),
    ("down", &["scroll", "scroll_down", "line_down"]),
    ("end", &["bottom"]),
    ("enlarge", &["zoom"]),
    ("find", &["search"]),
    ("go_on", &["continue", "forward"]),
    ("leave", &["quit", "exit", "close", "back"]),
    ("next", &["forward"]),
    ("next_hit", &["search_next", "find_next"]),
    ("page_down", &["forward"]),
    ("page_up", &["backward"]),
    ("previous", &["back", "backward"]),
    ("previous_hit", &["search_previous", "find_previous"]),
    ("put_back", &["undo"]),
    ("reload", &["refresh"]),
    ("settings", &["options", "preferences", "config"]),
    ("submit", &["hand_in"]),
    ("take_away", &["delete", "remove"]),
    ("top", &["home"]),
    ("up", &["scroll", "scroll_up", "line_up"]),
    ("way_back", &["back", "history"]),
];

/// An entry of `keys`.
pub(super) fn key(action: &'static str) -> Field {
    let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == action).map_or(&[][..], |(_, words)| words);
    called(optional(action, "list of keys", "Its keys."), elsewhere)
}

/// `config.ron`.
pub const CONFIG: Group = Group {
    name: "Config",
    fields: &[
        called(
            or(
                "theme",
                "`\"terminal\"`, `\"light\"`, `\"dark\"`, `\"high-contrast\"`, `\"colour-blind\"`",
                "\"terminal\"",
                "The colours. `NO_COLOR` means none at all, whatever stands here.",
            ),
            &["colours", "colors"],
        ),
        called(
            or(
                "text_width",
                "number",
                "90",
                "The widest line of a lesson in columns, 20 to 400. Long lines are tiring to read.",
            ),
            &["width"],
        ),
        or(
            "margin",
            "number",
            "2",
            "How many columns stay free on either side of a lesson, 0 to 40; on a terminal of less than 60 columns at most one.",
        ),
        or(
            "mouse",
            "`\"on\"`, `\"off\"`",
            "\"on\"",
            "With `\"off\"` the mouse stays the terminal's, so that it selects text.",
        ),
        or(
            "pictures",
            "`\"auto\"`, `\"kitty\"`, `\"sixel\"`, `\"iterm2\"`, `\"blocks\"`, `\"none\"`",
            "\"auto\"",
            "How pictures are drawn; with `\"none\"` their description is read instead.",
        ),
        or(
            "bidi",
            "`\"auto\"`, `\"app\"`, `\"terminal\"`",
            "\"auto\"",
            "Who puts right-to-left text into order. `\"auto\"` leaves it to Konsole, mlterm, macOS's Terminal and PuTTY, which do it whatever they are told; everywhere else we do. See below.",
        ),
        or(
            "motion",
            "`\"terminal\"`, `\"still\"`",
            "\"terminal\"",
            "With `\"still\"` the cursor does not blink in the full-screen face (DECSCUSR). Nothing else moves by itself.",
        ),
        called(
            or(
                "face",
                "`\"full-screen\"`, `\"linear\"`",
                "\"full-screen\"",
                "The face that a course opens in. `--plain` and `--full-screen` choose for once.",
            ),
            &["plain"],
        ),
        called(
            or("page_lines", "number", "20", "How many lines a page has in the linear face, 1 to 1000."),
            &["lines"],
        ),
        called(
            or(
                "line_width",
                "number",
                "72",
                "How many columns a line has at most in the linear face, 10 to 1000; where the terminal has fewer at the moment, as many as it has. A braille display has 40 or 80.",
            ),
            &["width"],
        ),
        called(
            or(
                "note_signs",
                "`\"on\"`, `\"off\"`",
                "\"on\"",
                "With `\"off\"` the linear face leaves out the signs of notes, such as “(note F002)”; typing `sources` says the notes of the page.",
            ),
            &["notes", "footnotes", "sources"],
        ),
        optional("name", "text", "Your name, offered at the first start."),
        optional("employee_id", "text", "Your employee number, offered at the first start."),
        optional("keys", "`(action: [keys], …)`", "Keys that are to be others in the full-screen face."),
    ],
};

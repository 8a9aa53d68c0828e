//! What says how things look, as one text.

use chrono::FixedOffset;

use crate::clock::{Calendar, Timestamp};
use crate::config::{Pictures, ThemeName};
use crate::tui::pictures::Surroundings;
use crate::tui::theme::{Depth, Device};
use crate::tui::{Links, Options};

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn zone(hours: i32) -> Calendar {
    FixedOffset::east_opt(hours * 3600).expect("within a day").into()
}

fn options() -> Options {
    let surroundings = Surroundings::new(|name| (name == "TERM").then(|| "xterm-256color".to_owned()));
    Options { links: Links::Taken, surroundings, ..Options::new(Device::with(Depth::Full), zone(1)) }
}

/// A frame that is kept counts as long as the text is the same.
#[test]
fn whatever_changes_how_things_look_changes_the_text() {
    let now = moment("2026-11-22T12:00:00Z");
    let usual = options().look(now);
    assert_eq!(options().look(moment("2026-11-22T13:30:00Z")), usual, "later");
    assert_eq!(
        options().look(moment("2026-11-23T12:00:00Z")),
        usual,
        "until when it is the same is looked at elsewhere"
    );

    let check = |what: &str, change: fn(&mut Options)| {
        let mut other = options();
        change(&mut other);
        assert_ne!(other.look(now), usual, "{what}");
    };
    check("a theme", |options| options.config.theme = ThemeName::Dark);
    check("a width of the text", |options| options.config.text_width = 60);
    check("how pictures are wished", |options| options.config.pictures = Pictures::None);
    check("how pictures can be shown", |options| {
        options.surroundings = Surroundings::new(|name| (name == "TERM").then(|| "dumb".to_owned()));
    });
    check("colours", |options| options.device = Device::with(Depth::Sixteen));
    check("the offset on the same day", |options| options.zone = zone(2));
    check("whether links are taken", |options| options.links = Links::Garbled);
    check("the command for the other face", |options| options.line_by_line = "countersign".to_owned());
}

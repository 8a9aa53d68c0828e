//! Whoever has named the folder of the registry is told commands that name it.

use std::collections::BTreeSet;

use crate::registry::office::{News, Trouble};
use crate::shell::Commands;
use crate::tui::hr::testing::{Stage, TestOffice, person, trouble};

const NAMED: &str = "--registry 'my training'";

/// The verbs of the commands in a text, each of which names the registry.
fn verbs(text: &str) -> BTreeSet<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let commands = text.split("countersign hr ").skip(1);
    let verbs = commands.map(|command| {
        let named = command.strip_prefix(NAMED).unwrap_or_else(|| panic!("{command:?} in {text}"));
        let verb = named.trim_start().split([' ', ',', '.', ';']).next();
        verb.unwrap_or_default().to_owned()
    });
    verbs.collect()
}

#[test]
fn wherever_an_officer_goes_commands_name_the_registry() {
    let commands = Commands::with(NAMED);
    let mut met = BTreeSet::new();
    let everybody = TestOffice::small;
    let nobody = || TestOffice::of(Vec::new());
    let unasked = || TestOffice::of(vec![person("0007", "Ada Byron", "Sales")]);
    for (office, script) in [
        (nobody(), ""),
        (unasked(), ""),
        (everybody(), ""),
        (everybody(), "Enter"),
        (everybody(), "3"),
        (everybody(), "3 Enter o"),
        (everybody(), "3 j Enter"),
        (everybody(), "2"),
        (everybody(), "?"),
    ] {
        met.extend(verbs(&Stage::told_commands(office, commands, script).screen()));
    }
    // Should one come to be told elsewhere, it is to be met here.
    let expected = ["assign", "collect", "course", "key", "log", "roster"].map(str::to_owned);
    assert_eq!(met, BTreeSet::from(expected));
}

/// The office names the registry in its own commands, and words of others stay as they were written.
#[test]
fn what_the_office_says_is_shown_as_it_is() {
    let mut office = TestOffice::small();
    let hint = "accepted because: see countersign hr log".to_owned();
    office.trouble = Some(Trouble { hints: vec![hint.clone()], ..trouble("it was not entered") });
    let commands = Commands::with(NAMED);
    let mut stage = Stage::told_commands(office, commands, "3 Enter a 'why' Enter 'J. Doe' Enter y");
    assert!(stage.screen().contains(&hint), "{}", stage.screen());
    stage.office.news.push_back(News::Replaced(vec![hint.clone()]));
    stage.keys("Enter").hear();
    assert!(stage.screen().contains("please note"), "{}", stage.screen());
    assert!(stage.screen().contains(&hint), "{}", stage.screen());
}

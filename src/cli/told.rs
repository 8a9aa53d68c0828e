//! Every command that somebody is told to type is one that the program takes. It is read from the source, because most are told
//! on rare occasions only.

use std::fs;
use std::path::Path;

use clap::Command;

use super::arguments::Arguments;

/// A source file, with each text that stands on several lines in one.
struct Source {
    path: String,
    text: String,
}

/// All source files, without those of tests, which may say anything.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn gather(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && name != "tests" {
            gather(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && !["tests.rs", "testing.rs", "told.rs"].contains(&name)
        {
            let text = told(&fs::read_to_string(&path).expect("text"));
            found.push(Source { path: path.display().to_string(), text });
        }
    }
}

/// A source without its comments and its tests, which stand at its end, and with each text in one line.
fn told(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut told = String::new();
    let mut goes_on = false;
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        told.push_str(if goes_on { line.trim_start() } else { line });
        goes_on = told.ends_with('\\');
        if goes_on {
            told.pop();
        } else {
            told.push('\n');
        }
    }
    told
}

/// The definition of the command line.
fn defined() -> Command {
    let mut root = Arguments::whole();
    root.build();
    root
}

/// What is wrong with a command, as far as its verbs and the names of its options go.
fn fault(words: &str, root: &Command) -> Option<String> {
    let mut command = root;
    let mut words = words.split_inclusive([',', '.', ';', ':', ')']).next().unwrap_or_default().split(' ');
    while let Some(word) = words.next() {
        let word = word.trim_end_matches([',', '.', ';', ':', ')']);
        let name = command.get_name();
        if let Some(verb) = command.find_subcommand(word) {
            command = verb;
        } else if let Some(option) = word.strip_prefix("--") {
            let (option, value) =
                option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
            let Some(known) = command.get_arguments().find(|known| known.get_long() == Some(option)) else {
                return Some(format!("{name} has no --{option}"));
            };
            if known.get_action().takes_values() && value.is_none() {
                words.next();
            }
        } else if word != "{}" && command.get_positionals().next().is_none() {
            let is_prose = !command.is_subcommand_required_set() && word.starts_with(char::is_lowercase);
            let is_fine = !command.has_subcommands() || is_prose || ["", "{verb}"].contains(&word);
            return (!is_fine).then(|| format!("{name} has no verb {word}"));
        }
    }
    None
}

#[test]
fn every_command_that_is_told_is_one() {
    let root = defined();
    let mut faults = Vec::new();
    let mut met = 0;
    for Source { path, text } in sources() {
        for rest in text.split("countersign ").skip(1) {
            // Behind the text itself, a mark or a line break begins something else.
            let words = rest.split(['"', '`', '<', '\\', '\n']).next().unwrap_or_default();
            if words.split(' ').next().is_some_and(|verb| root.find_subcommand(verb).is_some()) {
                met += 1;
                faults
                    .extend(fault(words, &root).map(|fault| format!("{path}: countersign {words}: {fault}")));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    // Should they come to be written in another way, this must not fall silent.
    assert!(met > 200, "{met}");
}

#[test]
fn what_is_no_command_is_found() {
    fn check(words: &str, expected: Option<&str>) {
        assert_eq!(fault(words, &defined()).as_deref(), expected, "{words}");
    }
    check("hr review show {record} says more", None);
    check("hr review, or ask", None);
    check("hr review {record} says more", Some("review has no verb {record}"));
    check("hr {} review {verb} {record} {}", None);
    check("hr --registry {named} backup FILE", None);
    check("hr log verfy", Some("log has no verb verfy"));
    check("hr waive 007 --untill DATE", Some("waive has no --untill"));
    check("hr person NUMBER --registry DIR", None);
}

/// Only where the program is named as well, somebody who has named their registry is told a command that names it.
#[test]
fn no_verb_of_hr_is_told_without_the_program() {
    let root = defined();
    let hr = root.find_subcommand("hr").expect("a verb");
    let mut faults = Vec::new();
    for Source { path, text } in sources() {
        // Help is the same whatever was named.
        let texts = text.split("#[command(").enumerate().map(|(place, part)| {
            match (place, part.split_once(")]\n")) {
                (1.., Some((_, behind))) => behind,
                _ => part,
            }
        });
        for text in texts {
            for (place, _) in text.match_indices("hr ") {
                let (before, words) = (&text[..place], &text[place + "hr ".len()..]);
                let verb = words.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
                if before.ends_with([' ', '(', '`'])
                    && !before.ends_with("countersign ")
                    && hr.find_subcommand(verb).is_some()
                {
                    faults.push(format!("{path}: hr {}", words.lines().next().unwrap_or_default()));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

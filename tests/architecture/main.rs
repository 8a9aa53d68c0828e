//! Reads the `use` lines and paths of every source file and fails on an arrow that ARCHITECTURE.md does not allow.

mod circles;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use reader::{Source, children, paths, sources};

/// Crates that only the named rooms may speak of.
const KEPT_IN: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["author"]),
    ("argon2", &["record"]),
    ("bs58", &["record"]),
    ("chacha20poly1305", &["record"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crc32fast", &["course"]),
    ("crossterm", &["tui"]),
    ("csv", &["author", "registry", "report"]),
    ("directories", &["cli"]),
    ("ed25519_dalek", &["record"]),
    ("flate2", &["course", "registry", "store"]),
    ("html5ever", &["author"]),
    ("htmd", &["author"]),
    ("icu_segmenter", &["markup"]),
    ("idna", &["address"]),
    ("image", &["tui"]),
    ("mail_parser", &["registry"]),
    ("notify", &["cli"]),
    ("oxjsonld", &["record"]),
    ("oxrdf", &["record"]),
    ("pulldown_cmark", &["markup"]),
    ("quick_xml", &["author", "course"]),
    ("ratatui", &["tui"]),
    ("ratatui_image", &["tui"]),
    ("resvg", &["picture", "tui"]),
    ("ron", &["course", "cli"]),
    ("rusqlite", &["store"]),
    ("sha2", &["digest"]),
    ("similar", &["author"]),
    ("tempfile", &["files"]),
    ("unicode_bidi", &["markup"]),
    ("unicode_bidi_mirroring", &["markup"]),
    ("unicode_script", &["address"]),
    ("unicode_security", &["address"]),
    ("url", &["address"]),
    ("zip", &["course"]),
];

#[test]
fn rooms_import_what_the_map_says_and_nothing_else() {
    let map = map();
    let mut drawn: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    let sources = sources();
    let children = children(&sources.iter().map(|source| source.module.clone()).collect());
    for Source { module, tokens } in &sources {
        let (room, file) = (&module[0], module.join("/"));
        let Some(allowed) = map.get(room) else {
            faults.push(format!("{file}: room `{room}` is not on the map"));
            continue;
        };
        let below = children.get(module).cloned().unwrap_or_default();
        let rooms =
            paths(module, tokens, &below).into_iter().filter_map(|named| named.path.into_iter().next());
        for other in rooms.filter(|other| other != room).collect::<BTreeSet<_>>() {
            if !allowed.contains(&other) {
                faults.push(format!("{file}: `{room}` may not import `{other}`"));
            }
            drawn.entry(room.clone()).or_default().insert(other);
        }
        for (name, rooms) in KEPT_IN {
            if mentions_crate(tokens, name) && !rooms.contains(&room.as_str()) {
                faults.push(format!("{file}: `{room}` may not name the crate `{name}`"));
            }
        }
    }
    for (room, allowed) in &map {
        for other in allowed.difference(drawn.get(room).unwrap_or(&BTreeSet::new())) {
            faults.push(format!("ARCHITECTURE.md: `{room}` does not import `{other}`"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_map_has_no_circles() {
    let map = map();
    let mut done: BTreeSet<&String> = BTreeSet::new();
    while done.len() < map.len() {
        let ready: Vec<&String> = map
            .iter()
            .filter(|(room, others)| !done.contains(room) && others.iter().all(|other| done.contains(other)))
            .map(|(room, _)| room)
            .collect();
        assert!(!ready.is_empty(), "a circle among the rooms that are left: done are {done:?}");
        done.extend(ready);
    }
}

#[test]
fn every_room_of_the_map_is_in_the_house() {
    let there: BTreeSet<String> = sources().into_iter().map(|source| source.module[0].clone()).collect();
    assert_eq!(there, map().into_keys().collect());
}

/// Which room may import which: the table of ARCHITECTURE.md, its names in backquotes. A room that is not there may not exist.
fn map() -> BTreeMap<String, BTreeSet<String>> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = fs::read_to_string(page).expect("the page");
    let rows = page.lines().skip_while(|line| !line.starts_with("| room |")).skip(2);
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        let &[_, room, _, others, _] = cells.as_slice() else { panic!("no row of three cells: {line}") };
        let room = names(room).pop_first().unwrap_or_else(|| panic!("no room: {line}"));
        (room, names(others))
    };
    rows.take_while(|line| line.starts_with('|')).map(row).collect()
}

/// What stands in backquotes.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn mentions_crate(tokens: &[String], name: &str) -> bool {
    tokens.windows(2).enumerate().any(|(at, pair)| {
        // `x::ratatui::` would be a module of that name, `ratatui::` is the crate.
        pair[0] == name && (pair[1] == "::" || pair[1] == ";") && (at == 0 || tokens[at - 1] != "::")
    })
}

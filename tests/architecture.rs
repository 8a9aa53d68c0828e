//! Reads the `use` lines and paths of every source file and fails on an arrow that ARCHITECTURE.md does not allow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

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
    for (path, room, code) in sources() {
        let Some(allowed) = map.get(&room) else {
            faults.push(format!("{}: room `{room}` is not on the map", path.display()));
            continue;
        };
        for other in imported_rooms(&code).into_iter().filter(|other| *other != room) {
            if !allowed.contains(&other) {
                faults.push(format!("{}: `{room}` may not import `{other}`", path.display()));
            }
            drawn.entry(room.clone()).or_default().insert(other);
        }
        for (name, rooms) in KEPT_IN {
            if mentions_crate(&code, name) && !rooms.contains(&room.as_str()) {
                faults.push(format!("{}: `{room}` may not name the crate `{name}`", path.display()));
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
    let there: BTreeSet<String> = sources().into_iter().map(|(_, room, _)| room).collect();
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

#[test]
fn the_reader_of_imports_sees_through_groups() {
    let code = "use crate::{clock::Timestamp, quiz::{draw::{self, Seed}, mark}};\nuse crate::id::QuizId;\n\
                fn f() -> crate::digest::Digest { crate :: files :: read() }\n// use crate::tui::x;\n\"crate::cli::x\"";
    let found: Vec<String> = imported_rooms(&strip(code)).into_iter().collect();
    assert_eq!(found, ["clock", "digest", "files", "id", "quiz"]);
}

/// Every source file below `src` with its room and its code without comments and texts.
fn sources() -> Vec<(PathBuf, String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a source folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let within = path.strip_prefix(&source).expect("below src").to_path_buf();
                let first = within.components().next().expect("a name").as_os_str().to_string_lossy();
                let room = first.trim_end_matches(".rs").to_owned();
                if room != "lib" && room != "main" {
                    let code = strip(&fs::read_to_string(&path).expect("a source file"));
                    found.push((within, room, code));
                }
            }
        }
    }
    found
}

/// Takes out comments and the insides of texts, so that a word in prose is not taken for an import.
fn strip(code: &str) -> String {
    let mut out = String::new();
    for line in code.lines() {
        let mut in_text = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_text => drop(chars.next()),
                '"' => in_text = !in_text,
                '/' if !in_text && chars.peek() == Some(&'/') => break,
                _ if in_text => {}
                _ => out.push(c),
            }
        }
        out.push('\n');
    }
    out
}

/// The first path segment behind every `crate::`, groups included.
fn imported_rooms(code: &str) -> BTreeSet<String> {
    let tokens = tokens(code);
    let mut rooms = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_crate = tokens[at] == "crate" && tokens.get(at + 1).is_some_and(|token| token == "::");
        at += 1;
        if !is_crate {
            continue;
        }
        at += 1;
        if tokens.get(at).is_some_and(|token| token == "{") {
            let mut depth = 0;
            let mut expects_room = false;
            while let Some(token) = tokens.get(at) {
                match token.as_str() {
                    "{" => {
                        depth += 1;
                        expects_room = depth == 1;
                    }
                    "}" => depth -= 1,
                    "," => expects_room = depth == 1,
                    name if expects_room => {
                        rooms.insert(name.to_owned());
                        expects_room = false;
                    }
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    break;
                }
            }
        } else if let Some(name) = tokens.get(at) {
            rooms.insert(name.clone());
        }
    }
    rooms
}

fn mentions_crate(code: &str, name: &str) -> bool {
    let tokens = tokens(code);
    tokens.windows(2).enumerate().any(|(at, pair)| {
        // `x::ratatui::` would be a module of that name, `ratatui::` is the crate.
        pair[0] == name && (pair[1] == "::" || pair[1] == ";") && (at == 0 || tokens[at - 1] != "::")
    })
}

fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if c == ':' && chars.peek() == Some(&':') {
            chars.next();
            tokens.push("::".to_owned());
        } else if !c.is_whitespace() {
            tokens.push(c.to_string());
        }
    }
    tokens.push(word);
    tokens
}

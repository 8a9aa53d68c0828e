//! Reads the `use` lines and paths of every source file and fails on an arrow that ARCHITECTURE.md does not allow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which room may import which. A room that is not on the left may not exist.
const ALLOWED: &[(&str, &[&str])] = &[
    ("address", &["percent", "printable"]),
    ("bar", &[]),
    ("clock", &[]),
    ("digest", &[]),
    ("encoding", &[]),
    ("endings", &[]),
    ("files", &["shell"]),
    ("fold", &[]),
    ("id", &[]),
    ("printable", &[]),
    ("markup", &["bar", "fold", "printable"]),
    ("packed", &[]),
    ("percent", &[]),
    ("phrase", &[]),
    ("picture", &[]),
    ("separated", &[]),
    ("shell", &["printable"]),
    ("quiz", &["digest", "id"]),
    ("progress", &["clock", "digest", "id", "quiz"]),
    ("course", &["digest", "fold", "id", "markup", "percent", "picture", "printable", "quiz"]),
    ("config", &["course"]),
    ("record", &["clock", "course", "digest", "id", "progress", "quiz"]),
    ("log", &["clock", "digest", "id", "record"]),
    (
        "registry",
        &[
            "address",
            "clock",
            "course",
            "digest",
            "fold",
            "id",
            "log",
            "packed",
            "phrase",
            "printable",
            "progress",
            "quiz",
            "record",
            "separated",
        ],
    ),
    ("store", &["clock", "course", "digest", "files", "id", "log", "progress", "quiz", "record", "registry"]),
    ("training", &["clock", "course", "digest", "id", "markup", "printable", "progress", "quiz", "record"]),
    (
        "report",
        &[
            "clock",
            "course",
            "digest",
            "id",
            "printable",
            "progress",
            "quiz",
            "record",
            "registry",
            "separated",
        ],
    ),
    (
        "plain",
        &[
            "address",
            "clock",
            "config",
            "course",
            "digest",
            "id",
            "markup",
            "printable",
            "progress",
            "quiz",
            "record",
            "report",
            "shell",
            "training",
        ],
    ),
    (
        "tui",
        &[
            "address",
            "bar",
            "clock",
            "config",
            "course",
            "digest",
            "endings",
            "id",
            "markup",
            "phrase",
            "picture",
            "printable",
            "progress",
            "quiz",
            "record",
            "registry",
            "report",
            "shell",
            "training",
        ],
    ),
    (
        "author",
        &[
            "address",
            "clock",
            "course",
            "digest",
            "id",
            "markup",
            "printable",
            "progress",
            "quiz",
            "record",
            "separated",
            "training",
        ],
    ),
    (
        "cli",
        &[
            "address",
            "author",
            "bar",
            "clock",
            "config",
            "course",
            "digest",
            "encoding",
            "endings",
            "files",
            "fold",
            "id",
            "log",
            "markup",
            "packed",
            "phrase",
            "plain",
            "printable",
            "progress",
            "quiz",
            "record",
            "registry",
            "report",
            "shell",
            "store",
            "training",
            "tui",
        ],
    ),
];

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
fn rooms_import_only_what_the_map_allows() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ALLOWED.iter().map(|(room, others)| (*room, others.iter().copied().collect())).collect();
    let mut faults = Vec::new();
    for (path, room, code) in sources() {
        let Some(allowed) = allowed.get(room.as_str()) else {
            faults.push(format!("{}: room `{room}` is not on the map", path.display()));
            continue;
        };
        for other in imported_rooms(&code) {
            if other != room && !allowed.contains(other.as_str()) {
                faults.push(format!("{}: `{room}` may not import `{other}`", path.display()));
            }
        }
        for (name, rooms) in KEPT_IN {
            if mentions_crate(&code, name) && !rooms.contains(&room.as_str()) {
                faults.push(format!("{}: `{room}` may not name the crate `{name}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_map_has_no_circles() {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < ALLOWED.len() {
        let ready: Vec<&str> = ALLOWED
            .iter()
            .filter(|(room, others)| !done.contains(room) && others.iter().all(|other| done.contains(other)))
            .map(|(room, _)| *room)
            .collect();
        assert!(!ready.is_empty(), "a circle among the rooms that are left: done are {done:?}");
        done.extend(ready);
    }
}

#[test]
fn every_room_of_the_map_is_in_the_house() {
    let there: BTreeSet<String> = sources().into_iter().map(|(_, room, _)| room).collect();
    let map: BTreeSet<String> = ALLOWED.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(there, map);
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

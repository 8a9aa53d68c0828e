//! What the source files name of each other, read without a compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where a module stands: `["tui", "keymap", "check"]`.
pub(crate) type Module = Vec<String>;

/// A source file, as tokens without comments and texts.
pub(crate) struct Source {
    pub(crate) module: Module,
    pub(crate) tokens: Vec<String>,
}

/// A path in a source file, from the crate on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    /// The name that a re-export gives it; `None` where it is used.
    pub(crate) handed_on_as: Option<String>,
}

/// Every source file below `src` but the roots of the two crates.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a source folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let within = path.strip_prefix(&root).expect("below src").with_extension("");
                let module: Module = within.iter().map(|name| name.to_string_lossy().into_owned()).collect();
                if module != ["lib"] && module != ["main"] {
                    let tokens = tokens(&fs::read_to_string(&path).expect("a source file"));
                    found.push(Source { module, tokens });
                }
            }
        }
    }
    found
}

/// The words and signs of some code. Comments are left out, and of texts and characters stays `""`, so that a word in prose is not
/// taken for an import.
pub(crate) fn tokens(code: &str) -> Vec<String> {
    let code: Vec<char> = code.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let rest = &code[at..];
        if let Some(length) = comment(rest) {
            at += length;
        } else if let Some(length) = text(rest) {
            tokens.push("\"\"".to_owned());
            at += length;
        } else if rest.starts_with(&[':', ':']) {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            let length = rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
            let token: String = rest[..length.max(1)].iter().collect();
            if !token.trim().is_empty() {
                tokens.push(token);
            }
            at += length.max(1);
        }
    }
    tokens
}

/// How long the comment is that begins here.
fn comment(rest: &[char]) -> Option<usize> {
    if rest.starts_with(&['/', '/']) {
        return Some(rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()));
    }
    let is_block = rest.starts_with(&['/', '*']);
    let end = || rest.windows(2).skip(2).position(|pair| pair == ['*', '/']);
    is_block.then(|| end().map_or(rest.len(), |end| end + 4))
}

/// How long the text or character is that begins here.
fn text(rest: &[char]) -> Option<usize> {
    let prefix = rest.iter().take_while(|c| matches!(c, 'b' | 'c' | 'r')).count();
    let is_raw = rest[..prefix].contains(&'r');
    let hashes = if is_raw { rest[prefix..].iter().take_while(|c| **c == '#').count() } else { 0 };
    let begin = prefix + hashes;
    match rest.get(begin)? {
        '"' if is_raw => {
            let end: Vec<char> = ['"'].into_iter().chain(std::iter::repeat_n('#', hashes)).collect();
            let length = rest[begin + 1..].windows(end.len()).position(|window| window == end);
            Some(length.map_or(rest.len(), |length| begin + 1 + length + end.len()))
        }
        quote @ '"' => Some(closed(rest, begin, *quote)),
        // Not a lifetime.
        quote @ '\'' if rest.get(begin + 1) == Some(&'\\') || rest.get(begin + 2) == Some(quote) => {
            Some(closed(rest, begin, *quote))
        }
        _ => None,
    }
}

/// How long it is to behind the `quote` that closes the one at `begin`.
fn closed(rest: &[char], begin: usize, quote: char) -> usize {
    let mut at = begin + 1;
    while let Some(c) = rest.get(at) {
        at += match c {
            '\\' => 2,
            c if *c == quote => return at + 1,
            _ => 1,
        };
    }
    rest.len()
}

/// The tokens without what is there for tests alone, and the modules in files of their own that are.
pub(crate) fn without_tests(tokens: &[String]) -> (Vec<String>, BTreeSet<String>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut modules) = (Vec::new(), BTreeSet::new());
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        if rest.iter().zip(MARK).filter(|(token, mark)| token == mark).count() < MARK.len() {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let item = &rest[MARK.len()..];
        let length = item_length(item);
        if let Some(name) = item[..length].iter().position(|token| token == "mod")
            && item[length - 1] == ";"
        {
            modules.insert(item[name + 1].clone());
        }
        at += MARK.len() + length;
    }
    (kept, modules)
}

/// How many tokens the item has that begins here, with its attributes.
fn item_length(item: &[String]) -> usize {
    let mut depth = 0;
    let has = |upto: usize, words: &[&str]| item[..upto].iter().any(|token| words.contains(&token.as_str()));
    for (at, token) in item.iter().enumerate() {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                if depth == 0 && !has(at, &["use"]) {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            // Behind a field.
            "," if depth == 0 && !has(at, &["fn", "impl", "struct", "use", "type"]) => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// Every path in `tokens` of a file that begins in this crate. `children` are the modules in files below it.
pub(crate) fn paths(module: &Module, tokens: &[String], children: &BTreeSet<String>) -> Vec<Named> {
    let mut found = Vec::new();
    // The modules written within the file that are open, and the depth of braces at which each was opened.
    let (mut here, mut open, mut depth) = (module.clone(), Vec::new(), 0);
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at].as_str();
        let is_begun = at > 0 && tokens[at - 1] == "::";
        match token {
            "{" => {
                if at >= 2 && tokens[at - 2] == "mod" {
                    here.push(tokens[at - 1].clone());
                    open.push(depth);
                }
                depth += 1;
            }
            "}" => {
                depth -= 1;
                if open.last() == Some(&depth) {
                    open.pop();
                    here.pop();
                }
            }
            "use" => {
                let is_public = ends_public(&tokens[..at]);
                let mut tree = Vec::new();
                at = read_tree(tokens, at + 1, Vec::new(), &mut tree);
                found.extend(tree.into_iter().filter_map(|(path, name)| {
                    let path = from_crate(&here, path, children)?;
                    Some(Named { path, handed_on_as: is_public.then_some(name) })
                }));
                continue;
            }
            _ if !is_begun && is_name(token) && tokens.get(at + 1).is_some_and(|next| next == "::") => {
                let mut tree = Vec::new();
                at = read_tree(tokens, at, Vec::new(), &mut tree);
                let paths = tree.into_iter().filter_map(|(path, _)| from_crate(&here, path, children));
                found.extend(paths.map(|path| Named { path, handed_on_as: None }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether what follows can be seen from elsewhere: `pub`, `pub(super)` and the like.
fn ends_public(tokens: &[String]) -> bool {
    let before = match tokens.split_last() {
        Some((last, _)) if last == ")" => tokens.iter().rposition(|token| token == "(").unwrap_or(0),
        _ => tokens.len(),
    };
    tokens[..before].last().is_some_and(|token| token == "pub")
}

/// Reads the paths that begin at `at` behind `prefix`, each with the name that it is known by. Gives where they end.
fn read_tree(
    tokens: &[String],
    mut at: usize,
    mut prefix: Vec<String>,
    found: &mut Vec<(Vec<String>, String)>,
) -> usize {
    let is = |at: usize, sign: &str| tokens.get(at).is_some_and(|token| token == sign);
    loop {
        if is(at, "{") {
            while !is(at, "}") && at < tokens.len() {
                at = read_tree(tokens, at + 1, prefix.clone(), found);
            }
            return at + 1;
        }
        let Some(name) = tokens.get(at).filter(|token| *token == "*" || is_name(token)) else {
            // Such as the comma behind the last one of a group, or the types behind a path.
            if !prefix.is_empty() && !is(at, "}") {
                found.push((prefix.clone(), prefix.last().cloned().unwrap_or_default()));
            }
            return at;
        };
        at += 1;
        if name != "self" || prefix.is_empty() {
            prefix.push(name.clone());
        }
        if is(at, "::") {
            at += 1;
            continue;
        }
        let alias = tokens.get(at + 1).filter(|_| is(at, "as"));
        at += if alias.is_some() { 2 } else { 0 };
        let known_by = alias.or(prefix.last()).cloned().unwrap_or_default();
        found.push((prefix, known_by));
        return at;
    }
}

fn is_name(token: &str) -> bool {
    token.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A path that was written in the module `here`, from the crate on; `None` when it leads out of it.
fn from_crate(here: &Module, path: Vec<String>, children: &BTreeSet<String>) -> Option<Vec<String>> {
    let mut names = path.into_iter().peekable();
    let mut whole = match names.peek()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => here.clone(),
        child if children.contains(child) => here.clone(),
        _ => return None,
    };
    while let Some(name) = names.next_if(|name| matches!(name.as_str(), "crate" | "self" | "super")) {
        if name == "super" {
            whole.pop();
        }
    }
    whole.extend(names);
    Some(whole)
}

/// The modules in files below each module.
pub(crate) fn children(modules: &BTreeSet<Module>) -> BTreeMap<Module, BTreeSet<String>> {
    let mut children: BTreeMap<Module, BTreeSet<String>> = BTreeMap::new();
    for module in modules {
        let (name, parent) = module.split_last().expect("a name");
        children.entry(parent.to_vec()).or_default().insert(name.clone());
    }
    children
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(code: &str, children: &[&str]) -> Vec<String> {
        let module = ["tui", "model"].map(str::to_owned).to_vec();
        let children = children.iter().map(|name| (*name).to_owned()).collect();
        let found = paths(&module, &tokens(code), &children);
        let words = |named: Named| match named.handed_on_as {
            Some(name) => format!("{} as {name}", named.path.join("::")),
            None => named.path.join("::"),
        };
        found.into_iter().map(words).collect()
    }

    #[test]
    fn every_way_to_write_a_path_is_seen() {
        let check = |code: &str, expected: &[&str]| assert_eq!(named(code, &["view"]), expected, "{code}");
        check(
            "use crate::{clock::Timestamp, quiz::{draw::{self, Seed}, mark},};",
            &["clock::Timestamp", "quiz::draw", "quiz::draw::Seed", "quiz::mark"],
        );
        check(
            "fn f() -> crate::digest::Digest { crate :: files :: read() }",
            &["digest::Digest", "files::read"],
        );
        check("use super::keymap::Key as Button; use super::super::id::*;", &["tui::keymap::Key", "id::*"]);
        check(
            "use view::Hits; fn f() { view::draw::<u8>(self.x) }",
            &["tui::model::view::Hits", "tui::model::view::draw"],
        );
        check("use std::fmt; fn f() { Vec::<u8>::new(); Self::g() }", &[]);
        check(
            "pub(super) use view::Hits as H; pub use self::view::Row;",
            &["tui::model::view::Hits as H", "tui::model::view::Row as Row"],
        );
        check(
            "mod unix { use super::view::Row; fn f() { { } } } use super::run;",
            &["tui::model::view::Row", "tui::run"],
        );
    }

    #[test]
    fn prose_is_no_code() {
        let check = |code: &str| assert_eq!(named(&format!("{code} use crate::id;"), &[]), ["id"], "{code}");
        check("// use crate::tui::x;\n");
        check("/* use crate::tui::x; */");
        check("\"crate::cli::x\"");
        check("\"over\n two \\\" lines: crate::cli::x\"");
        check("('\"', '\\'', b'\"')");
        check("r#\"crate::cli \" crate::cli\"#");
        check("br\"\\\"");
        check("fn f<'a>(x: &'a str) {}");
    }

    #[test]
    fn what_is_there_for_tests_alone_is_left_out() {
        let code = "#[cfg(test)] mod tests; #[cfg(test)] pub(crate) mod testing; use crate::a; #[cfg(test)] use crate::{b, c}; \
                    #[cfg(test)] #[must_use] fn f() -> [u8; 2] { crate::d() } struct S { #[cfg(test)] e: crate::e::E, f: crate::f::F } \
                    #[cfg(test)] mod inside { use crate::g; } fn g() {}";
        let (kept, modules) = without_tests(&tokens(code));
        assert_eq!(modules.into_iter().collect::<Vec<_>>(), ["testing", "tests"]);
        let found = paths(&vec!["x".to_owned()], &kept, &BTreeSet::new());
        let found: Vec<String> = found.into_iter().map(|named| named.path.join("::")).collect();
        assert_eq!(found, ["a", "f::F"]);
    }
}

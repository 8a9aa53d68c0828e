//! In what the files of an evidence pack are not what they must be, row by row.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use super::Files;
use super::tables::SPARED;
use crate::report::table::rows;

/// The most that is quoted of a line.
const QUOTED: usize = 120;
/// Of so many rows about the same thing the one that is equal is looked for; somebody may write a million of them.
const ALIKE: usize = 64;

/// What is wrong with a file whose lines end otherwise than they did.
pub const LINE_ENDS: &str = "the ends of its lines are not what they must be: a mail gateway, git or an editor has changed them; ask for the \
                             pack as a zip file";

/// One thing in which a file is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'a> {
    /// Where in the pack the file is.
    pub path: &'a str,
    /// What is wrong with it, the path among the words.
    pub words: String,
}

/// Whether a pack has a script at this path.
#[must_use]
pub fn is_script(path: &str) -> bool {
    path.starts_with("verify/")
}

/// In what the files that were `found` differ from those that were made again. Files that were not made again are not
/// looked at.
#[must_use]
pub fn differences<'a>(expected: &'a Files, found: &Files) -> Vec<Difference<'a>> {
    let mut differences = Vec::new();
    for (path, expected) in expected {
        let words = match found.get(path) {
            None => vec![format!("{path} is missing")],
            Some(found) if found == expected => continue,
            Some(found) if is_script(path) && without_returns(found) == *expected => {
                vec![format!("{path}: {LINE_ENDS}")]
            }
            Some(_) if is_script(path) => {
                vec![format!("{path} is not the script of this version of countersign: do not run it")]
            }
            Some(found) if Path::new(path).extension().is_some_and(|end| end == "csv") => {
                table(path, expected, found)
            }
            Some(found) => vec![line(path, expected, found)],
        };
        differences.extend(words.into_iter().map(|words| Difference { path, words }));
    }
    differences
}

/// A text without the carriage returns that Windows has before each line feed.
fn without_returns(text: &[u8]) -> Vec<u8> {
    let ends_so = |place: usize| text[place] == b'\r' && text.get(place + 1) == Some(&b'\n');
    (0..text.len()).filter(|place| !ends_so(*place)).map(|place| text[place]).collect()
}

/// The first line that differs.
fn line(path: &str, expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (mut should, mut says) = (expected.lines(), found.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (should.next(), says.next()) {
            (Some(should), Some(says)) if should == says => {}
            (None, None) => return format!("{path}: {LINE_ENDS}"),
            (should, says) => {
                let (should, says) = readable(path, should, says);
                return format!("{path}:{number}: says {says}; by the rest of the pack it would be {should}");
            }
        }
    }
}

/// Two lines as somebody reads them: where their words alone differ, and not their tags, the words.
fn readable(path: &str, should: Option<&str>, says: Option<&str>) -> (String, String) {
    if path == "index.html"
        && let (Some(should), Some(says)) = (should, says)
    {
        let ((tags, should), (others, says)) = (parted(should), parted(says));
        if tags == others && should != says {
            return (quoted(Some(&should)), quoted(Some(&says)));
        }
    }
    (quoted(should), quoted(says))
}

/// The names of the tags in a line of HTML, and the words between them.
fn parted(line: &str) -> (Vec<&str>, String) {
    let mut pieces = line.split('<');
    let (mut tags, mut words) = (Vec::new(), Vec::from_iter(pieces.next()));
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        tags.extend(tag.split(' ').next());
        words.push(text);
    }
    words.retain(|text| !text.trim().is_empty());
    (tags, words.join(" "))
}

fn quoted(line: Option<&str>) -> String {
    match line {
        None => "nothing".to_owned(),
        Some("") => "an empty line".to_owned(),
        Some(line) => match line.char_indices().nth(QUOTED) {
            None => format!("{line:?}"),
            Some((end, _)) => format!("{:?} …", &line[..end]),
        },
    }
}

/// Rows are the same when their keys are: the number, and where somebody may have several, what each is about.
fn table(path: &str, expected: &[u8], found: &[u8]) -> Vec<String> {
    let (Ok(mut should), Ok(mut says)) = (rows(expected), rows(found)) else {
        return vec![format!("{path} is not a table")];
    };
    let header = |rows: &[Vec<String>]| rows.first().cloned().unwrap_or_default();
    if let Some(words) = other_column(&header(&should), &header(&says)) {
        return vec![format!("{path}: {words}")];
    }
    let mut differences = Vec::new();
    let (header, says) = (should.remove(0), says.split_off(1));
    let keys = keys(path);
    let key = |row: &[String]| {
        keys.iter().filter_map(|place| row.get(*place)).cloned().collect::<Vec<_>>().join(", ")
    };
    let mut left: BTreeMap<String, VecDeque<&Vec<String>>> = BTreeMap::new();
    for row in &says {
        left.entry(key(row)).or_default().push_back(row);
    }
    let must: BTreeSet<String> = should.iter().map(|row| key(row)).collect();
    for row in &should {
        let who = key(row);
        let others = left.entry(who.clone()).or_default();
        // Those that are equal go first, so that one row more is told as that.
        let place = others.iter().take(ALIKE).position(|other| *other == row).unwrap_or(0);
        let Some(other) = others.remove(place).or_else(|| called_otherwise(keys, row, &must, &mut left))
        else {
            differences.push(missing(path, &who, row));
            continue;
        };
        let who = key(other);
        if other.len() != header.len() {
            differences.push(format!(
                "{path}: {who}: has {} cells, and must have {}",
                other.len(),
                header.len()
            ));
        }
        for (column, name) in header.iter().enumerate() {
            let (should, says) = (cell(row, column), cell(other, column));
            if should != says {
                differences.push(if should == SPARED {
                    format!(
                        "{path}: {who}: {name} is {}, and there is no secret here to check it by",
                        say(says)
                    )
                } else {
                    let source = source(path, name);
                    format!("{path}: {who}: {name} is {}, and {source} {}", say(says), say(should))
                });
            }
        }
    }
    for who in left.iter().flat_map(|(who, rows)| rows.iter().map(move |_| who)) {
        // What requirement is served by what is the program's to say, and in no log.
        let words = if path == "controls.csv" {
            "this version of countersign has no such row"
        } else {
            "nothing in the log is behind this row"
        };
        differences.push(format!("{path}: {who}: {words}"));
    }
    if differences.is_empty() {
        differences.push(if says == should {
            format!("{path}: line ends, quotation marks or the first bytes are not what they must be")
        } else {
            format!("{path}: the order of its rows is not what it must be")
        });
    }
    differences
}

/// Where a row says whom it is about, and where somebody may have several, what.
fn keys(path: &str) -> &'static [usize] {
    match path {
        "population.csv" => &[0],
        "acknowledgements.csv" => &[0, 7],
        _ => &[0, 1],
    }
}

/// What is told of a row that is not there. How an exception goes outside the sample nothing else says.
fn missing(path: &str, who: &str, row: &[String]) -> String {
    match (path, row) {
        ("waivers.csv", [number, _, given, until, ..]) => {
            format!("{path}: {number}: the exception of {given} until {until} is missing")
        }
        _ => format!("{path}: {who}: the row is missing"),
    }
}

/// The row that differs from this one in nothing but what it is about, which was altered: nothing like it must be there.
fn called_otherwise<'a>(
    keys: &[usize],
    row: &[String],
    must: &BTreeSet<String>,
    left: &mut BTreeMap<String, VecDeque<&'a Vec<String>>>,
) -> Option<&'a Vec<String>> {
    let [_, about] = keys else { return None };
    let number = row.first()?;
    let others = |row: &[String]| -> Vec<String> {
        let cells = row.iter().enumerate().filter(|(place, _)| place != about);
        cells.map(|(_, cell)| cell.clone()).collect()
    };
    let cells = others(row);
    let is_same = |other: &&Vec<String>| cells.len() > 1 && others(other) == cells;
    // Those of one number stand beside each other.
    let near = left.range_mut(number.clone()..).take_while(|(key, _)| key.starts_with(number.as_str()));
    let mut near = near.filter(|(key, _)| !must.contains(*key)).take(ALIKE).filter_map(|(_, others)| {
        let place = others.iter().take(ALIKE).position(is_same)?;
        others.remove(place)
    });
    near.next()
}

/// What says how a cell must be. The log does not say what goes on with its entries only in a file beside it.
fn source(path: &str, column: &str) -> &'static str {
    match (path, column) {
        ("acknowledgements.csv", _) => "the record says",
        ("controls.csv", _) => "this version of countersign says",
        ("population.csv", "waiver") => "by waivers.csv and the files in waivers it would be",
        ("waivers.csv", "waiver" | "approver" | "reason") => "its file in waivers says",
        ("waivers.csv", "taken back by" | "taken back because") | ("reviews.csv", "by" | "reason") => {
            "log/opened.jsonl says"
        }
        ("population.csv", "in the log") => "by the rest of the pack it would be",
        _ => "the log says",
    }
}

/// In what the columns of a table are not what they must be: the first that is another.
#[must_use]
pub fn other_column(should: &[impl AsRef<str>], says: &[impl AsRef<str>]) -> Option<String> {
    if says.is_empty() {
        return Some("is empty: not even the names of its columns are here".to_owned());
    }
    let column = |place| (should.get(place).map(AsRef::as_ref), says.get(place).map(AsRef::as_ref));
    let mut columns = (0..should.len().max(says.len())).map(|place| (place + 1, column(place)));
    let (place, (should, says)) = columns.find(|(_, (should, says))| should != says)?;
    let [should, says] = [should, says].map(|name: Option<&str>| match name {
        Some(name) => format!("{name:?}"),
        None => "nothing".to_owned(),
    });
    Some(format!("the columns are not what they must be: column {place} is {says}, and it must be {should}"))
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", String::as_str)
}

fn say(cell: &str) -> String {
    if cell.is_empty() { "nothing".to_owned() } else { format!("{cell:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(path: &str, text: &str) -> Files {
        Files::from([(path.to_owned(), text.as_bytes().to_vec())])
    }

    /// What is told, of the one path that there is.
    fn told(expected: &Files, found: &Files) -> Vec<String> {
        let path = expected.keys().next().expect("a file");
        let told = |difference: Difference<'_>| {
            assert_eq!(difference.path, path);
            difference.words
        };
        differences(expected, found).into_iter().map(told).collect()
    }

    #[test]
    fn each_row_that_differs_is_named() {
        fn check(found: &str, expected: &[&str]) {
            let should = "number,status\r\n1,complete\r\n2,overdue\r\n";
            let told = told(&files("population.csv", should), &files("population.csv", found));
            assert_eq!(told, expected, "{found}");
        }
        check("number,status\r\n1,complete\r\n2,overdue\r\n", &[]);
        check(
            "number,status\r\n1,complete\r\n2,complete\r\n",
            &["population.csv: 2: status is \"complete\", and the log says \"overdue\""],
        );
        check("number,status\r\n1,complete\r\n", &["population.csv: 2: the row is missing"]);
        check(
            "number,status\r\n1,complete\r\n2,overdue\r\n2,overdue\r\n",
            &["population.csv: 2: nothing in the log is behind this row"],
        );
        check(
            "number,status\n2,overdue\n1,complete\n",
            &["population.csv: the order of its rows is not what it must be"],
        );
        for other in
            ["number,status\n1,complete\n2,overdue\n", "number,status\r\n1,\"complete\"\r\n2,overdue\r\n"]
        {
            let words =
                "population.csv: line ends, quotation marks or the first bytes are not what they must be";
            check(other, &[words]);
        }
        let approved = |by: &str| files("waivers.csv", &format!("number,waiver,approver\r\n1,w,{by}\r\n"));
        assert_eq!(
            told(&approved(SPARED), &approved("C. Chief")),
            ["waivers.csv: 1, w: approver is \"C. Chief\", and there is no secret here to check it by"]
        );
        for (header, words) in [
            ("number", "column 2 is nothing, and it must be \"status\""),
            ("number,state", "column 2 is \"state\", and it must be \"status\""),
            ("number,status,more", "column 3 is \"more\", and it must be nothing"),
        ] {
            let words = format!("population.csv: the columns are not what they must be: {words}");
            check(&format!("{header}\r\n"), &[&words]);
        }
        let empty = "population.csv: is empty: not even the names of its columns are here";
        for text in ["", "\r\n"] {
            check(text, &[empty]);
        }
    }

    #[test]
    fn a_page_is_told_by_its_first_line_that_differs() {
        fn check(found: &str, expected: &str) {
            let told = told(&files("index.html", "a\nb\n"), &files("index.html", found));
            assert_eq!(told, [expected], "{found}");
        }
        check("a\nc\n", "index.html:2: says \"c\"; by the rest of the pack it would be \"b\"");
        check("a\n", "index.html:2: says nothing; by the rest of the pack it would be \"b\"");
        check("a\nb\nc\n", "index.html:3: says \"c\"; by the rest of the pack it would be nothing");
        check("a\n\n", "index.html:2: says an empty line; by the rest of the pack it would be \"b\"");
        // What nobody reads is shown as it stands.
        check(
            "a\n<script>b</script>\n",
            "index.html:2: says \"<script>b</script>\"; by the rest of the pack it would be \"b\"",
        );
        check("a\r\nb\r\n", &format!("index.html: {LINE_ENDS}"));
        assert_eq!(told(&files("index.html", ""), &Files::new()), ["index.html is missing"]);
        let row = |presence: &str| {
            files("index.html", &format!("<tr><th scope=\"row\">7</th><td></td><td>{presence}</td></tr>"))
        };
        assert_eq!(
            told(&row("at work"), &row("on leave")),
            ["index.html:1: says \"7 on leave\"; by the rest of the pack it would be \"7 at work\""]
        );
        assert_eq!(
            told(&files("verify/log.py", "a"), &files("verify/log.py", "b")),
            ["verify/log.py is not the script of this version of countersign: do not run it"]
        );
    }
}

//! HR forges a table of a pack, sums and signs everything again, and is caught: by the command that README.txt prints, and by
//! `countersign verify`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};

use countersign::course;
use countersign::registry::Change;
use countersign::registry::change::{Audience, CourseState, RuleSet, Trigger};
use countersign::store::registry::RegistryStore as _;
use uuid::Uuid;

use super::pack::{blocks, failing, files, lay_out, pack, sign};
use super::registry::{Kept, Registry, judged, now, roster};
use super::tools::{has_tools, script};
use super::vectors::{World, pretty};
use super::{excepted, excepted_from, printed, text};

pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Somebody is complete at once, was excepted for a moment, and sent another record, which was accepted in review; somebody is
/// excepted; a third is asked by a rule, and the log names them nowhere.
pub(super) fn registry() -> Registry {
    static REGISTRY: LazyLock<Kept> = LazyLock::new(|| Kept::of(&filled()));
    REGISTRY.laid_out()
}

fn filled() -> Registry {
    let registry = excepted();
    registry.send("again.completion.json", &pretty(&World::signed(&registry.world.claims(false, &[1, 9]))));
    registry.collect();
    let held = registry.records("012345").last().expect("a record").digest.short();
    let accept = ["review", "accept", &held, "--by", "J. Doe", "--reason", "rang her, \u{e9}"];
    printed(&registry.run(&accept), 0);
    let waived = excepted_from(&registry, "012345", "away, \u{e9}");
    let revoke = ["waive", "--revoke", &waived, "--by", "J. Doe", "--reason", "back, \u{e9}"];
    printed(&registry.run(&revoke), 0);
    let rule = RuleSet {
        at: now(),
        id: Uuid::from_u128(7),
        course: "vector-course".parse().expect("an id"),
        trigger: Trigger::Every { months: 12, notice_days: 30 },
        audience: Audience::default(),
        by: "HR".to_owned(),
    };
    let changes = [roster(&[("00003", "=Linus Third")]), Change::RuleSet(rule)];
    registry.store().save(&changes).expect("saved");
    let other = course::parse(course::embedded()).expect("the bundled course");
    registry.store().save(&judged(&other, CourseState::Approved, now())).expect("saved");
    registry
}

/// What the script says that a command of README.txt starts, and what `countersign verify` says; with their exit codes. The commands
/// themselves are run in `pack`.
pub(super) fn told(folder: &Path) -> [(String, Option<i32>); 2] {
    let readme = fs::read_to_string(folder.join("README.txt")).expect("a README");
    assert!(blocks(&readme).iter().any(|block| block == "python3 -I verify/tables.py"), "{readme}");
    let mut verify = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let verified = verify.args(["verify", "."]).current_dir(folder).output().expect("it starts");
    [
        script(folder, &["verify/tables.py"]),
        (text(&verified.stdout) + &text(&verified.stderr), verified.status.code()),
    ]
    // One of them quotes like Python.
    .map(|(said, code)| (said.replace('"', "'"), code))
}

/// Replaces a text in a file, which must be there.
pub(super) fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let before = text(&files[path]);
    let after = before.replace(from, to);
    assert_ne!(before, after, "{path} has no {from}");
    files.insert(path.to_owned(), after.into_bytes());
}

/// Takes away the lines that begin so.
pub(super) fn cut(files: &mut Files, path: &str, beginning: &str) {
    let before = text(&files[path]);
    let after: String = before.split_inclusive('\n').filter(|line| !line.starts_with(beginning)).collect();
    assert_ne!(before, after, "{path} has no line {beginning}");
    files.insert(path.to_owned(), after.into_bytes());
}

/// The cell of a column in the row that begins so.
pub(super) fn cell(files: &Files, path: &str, row: &str, column: &str) -> String {
    let table = text(&files[path]);
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let place = reader.headers().expect("a header").iter().position(|name| name == column).expect("a column");
    let mut rows = reader.records().map(|row| row.expect("a row"));
    rows.find(|cells| &cells[0] == row).expect("a row")[place].to_owned()
}

pub(super) struct Packs {
    pub(super) registry: Registry,
    pub(super) whole: Files,
    made: std::cell::Cell<usize>,
}

impl Packs {
    /// The forged pack, with the sums and HR's signature made again.
    pub(super) fn forged(&self, forge: impl FnOnce(&mut Files)) -> PathBuf {
        let mut files = self.whole.clone();
        forge(&mut files);
        assert!(files != self.whole, "nothing is forged");
        sign(&mut files);
        self.made.set(self.made.get() + 1);
        let folder = self.registry.inbox().join(format!("forged-{}", self.made.get()));
        lay_out(&folder, &files);
        folder
    }

    /// Both say so, each in its words.
    #[track_caller]
    pub(super) fn check(&self, forge: impl FnOnce(&mut Files), words: [&str; 2]) {
        let folder = self.forged(forge);
        for ((said, code), words) in told(&folder).into_iter().zip(words) {
            assert!(code == Some(1) && said.contains(words), "{words}\n{said}");
            assert!(
                ![" was changed", "is not on the list", "signature  fail"]
                    .iter()
                    .any(|words| said.contains(words)),
                "it is signed: {said}"
            );
        }
    }
}

/// Both say the same words.
pub(super) fn both(words: &str) -> [&str; 2] {
    [words, words]
}

impl Packs {
    /// A pack of everybody, which is sound; none where a tool of the README is missing.
    pub(super) fn made() -> Option<Self> {
        Self::made_with(&[])
    }

    /// The same with these options.
    pub(super) fn made_with(options: &[&'static str]) -> Option<Self> {
        has_tools().then(|| Self::kept(options))
    }

    /// The same where tools may be missing.
    pub(super) fn kept(options: &[&'static str]) -> Self {
        /// Each with its options and its files.
        static MADE: Mutex<Vec<(Vec<&str>, Kept, Files)>> = Mutex::new(Vec::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let place = made.iter().position(|(others, _, _)| others == options).unwrap_or_else(|| {
            let packs = Self::of(registry(), options);
            made.push((options.to_vec(), Kept::of(&packs.registry), packs.whole));
            made.len() - 1
        });
        let (_, kept, whole) = &made[place];
        Self { registry: kept.laid_out(), whole: whole.clone(), made: std::cell::Cell::default() }
    }

    /// The same of another registry.
    pub(super) fn of(registry: Registry, options: &[&str]) -> Self {
        let folder = pack(&registry, "whole", options);
        if has_tools() {
            for (said, code) in told(&folder) {
                assert_eq!(code, Some(0), "{said}");
            }
        }
        Self { registry, whole: files(&folder), made: std::cell::Cell::default() }
    }

    /// What a column says in the first row that begins so.
    pub(super) fn cell(&self, path: &str, row: &str, column: &str) -> String {
        cell(&self.whole, path, row, column)
    }
}

#[test]
fn who_stands_how_is_made_again_from_the_log() {
    let Some(packs) = Packs::made() else { return };
    assert_eq!(failing(&packs.registry.inbox().join("whole")), []);
    let held = packs.cell("reviews.csv", "012345", "record");
    let first = packs.cell("records.csv", "012345", "record");
    let waiver = packs.cell("waivers.csv", "12345", "until");
    assert_eq!(packs.cell("population.csv", "00003", "status"), "not started");
    packs.check(
        |files| replace(files, "population.csv", ",not started,", ",complete,"),
        both("population.csv: 00003: status is 'complete', and the log says 'not started'"),
    );
    packs.check(
        |files| replace(files, "population.csv", ",\"yes, accepted in review\",", ",\"yes, at once\","),
        both("population.csv: 012345: counts is 'yes, at once', and the log says 'yes, accepted in review'"),
    );
    packs.check(
        |files| replace(files, "population.csv", &waiver, "2999-01-01T00:00:00Z"),
        both("population.csv: 12345: valid until is '2999-01-01T00:00:00Z', and the log says '20"),
    );
    packs.check(
        |files| replace(files, "population.csv", &held, &first),
        both("population.csv: 012345: record is 'sha256:"),
    );
}

/// Somebody goes whom the log knows, somebody whom it does not, somebody comes, and two are changed round.
#[test]
fn nobody_can_be_taken_away_added_or_changed_round() {
    let Some(packs) = Packs::made() else { return };
    let gone = |files: &mut Files, number: &str| {
        for path in ["population.csv", "numbers.txt", "roster.txt", "waivers.csv"] {
            if text(&files[path]).lines().any(|line| line.starts_with(number)) {
                cut(files, path, number);
            }
        }
    };
    packs.check(|files| gone(files, "12345"), both("somebody whom the log names sha256:"));
    packs
        .check(|files| gone(files, "00003"), both("population.csv: 2 are on the roster, and the log says 3"));
    packs.check(
        |files| {
            let row = text(&files["population.csv"])
                .lines()
                .find(|row| row.starts_with("00003,"))
                .expect("a row")
                .to_owned();
            let pseudonym = cell(files, "population.csv", "00003", "in the log");
            let other =
                row.replace("00003", "00004").replace(&pseudonym, &format!("sha256:{}", "7".repeat(64)));
            replace(files, "population.csv", &row, &format!("{row}\r\n{other}"));
            replace(files, "numbers.txt", "00003\n", "00003\n00004\n");
            replace(files, "roster.txt", "00003\n", "00003\n00004\n");
        },
        both("population.csv: 4 are on the roster, and the log says 3"),
    );
    packs.check(
        |files| {
            let [one, other] =
                ["00003", "12345"].map(|number| cell(files, "population.csv", number, "in the log"));
            replace(files, "population.csv", &one, "between");
            replace(files, "population.csv", &other, &one);
            replace(files, "population.csv", "between", &other);
        },
        both("population.csv: 00003: in the log is 'sha256:"),
    );
    packs.check(
        |files| {
            cut(files, "population.csv", "12345,");
            let left_out = text(&packs.whole["log/people.txt"]);
            let pseudonym =
                left_out.lines().find(|line| line.ends_with(" 12345")).expect("a line")[..64].to_owned();
            files.insert("log/left-out.txt".to_owned(), format!("sha256:{pseudonym}\n").into_bytes());
            for path in ["numbers.txt", "roster.txt", "waivers.csv"] {
                cut(files, path, "12345");
            }
        },
        both("has more people than the 0 who are left out"),
    );
    // Nor by saying that they had left before the period, in which they were excepted.
    packs.check(
        |files| {
            let pseudonym = cell(files, "population.csv", "12345", "in the log");
            files.insert("log/left-out.txt".to_owned(), format!("{pseudonym}\n").into_bytes());
            replace(files, "pack.json", "\"leftOut\": 0", "\"leftOut\": 1");
            gone(files, "12345");
        },
        both("somebody whom the log names sha256:"),
    );
}

#[test]
fn records_decisions_exceptions_and_agreements_are_made_again() {
    let Some(packs) = Packs::made() else { return };
    let held = packs.cell("reviews.csv", "012345", "record");
    let waiver = packs.cell("waivers.csv", "12345", "until");
    packs.check(
        |files| replace(files, "records.csv", ",unknown,", ",pass,"),
        both(": identity is 'pass', and the log says 'unknown'"),
    );
    packs.check(
        |files| replace(files, "records.csv", "\"yes, accepted in review\"", "\"yes, at once\""),
        both(": counts is 'yes, at once', and the log says 'yes, accepted in review'"),
    );
    packs.check(|files| cut(files, "records.csv", &format!("012345,{held}")), both(&held));
    packs.check(
        |files| cut(files, "reviews.csv", "012345,"),
        both(&format!("reviews.csv: 012345, {held}: the row is missing")),
    );
    packs.check(
        |files| replace(files, "reviews.csv", "J. Doe", "C. Chief"),
        both(": by is 'C. Chief', and log/opened.jsonl says 'J. Doe'"),
    );
    packs.check(
        |files| replace(files, "reviews.csv", "rang her", "as agreed"),
        both(": reason is 'as agreed, \u{e9}', and log/opened.jsonl says 'rang her, \u{e9}'"),
    );
    packs.check(
        |files| replace(files, "waivers.csv", &waiver, "2999-01-01T00:00:00Z"),
        both(": until is '2999-01-01T00:00:00Z', and the log says '20"),
    );
    packs.check(
        |files| replace(files, "waivers.csv", "C. O'Neil", "the board"),
        both(": approver is 'the board', and its file in waivers says 'C. O'Neil'"),
    );
    packs.check(
        |files| replace(files, "waivers.csv", ",yes,J. Doe,", ",yes,C. Chief,"),
        both(": taken back by is 'C. Chief', and log/opened.jsonl says 'J. Doe'"),
    );
    packs.check(
        |files| replace(files, "waivers.csv", "back, \u{e9}", "promoted, \u{e9}"),
        both(": taken back because is 'promoted, \u{e9}', and log/opened.jsonl says 'back, \u{e9}'"),
    );
    packs.check(
        |files| {
            let id = cell(files, "waivers.csv", "12345", "waiver");
            replace(files, "waivers.csv", &id, "x");
        },
        both("waivers.csv: 12345, x: waiver is 'x', and its file in waivers says '"),
    );
    // Nor can it be left unsaid what was logged.
    packs.check(
        |files| {
            let opened = text(&files["log/opened.jsonl"]);
            let line = opened.lines().find(|line| line.contains("back, ")).expect("a line").to_owned();
            cut(files, "log/opened.jsonl", &line);
        },
        both(" is not here"),
    );
    packs.check(
        |files| replace(files, "acknowledgements.csv", "I have read", "I have seen"),
        both("and the record says 'I have read"),
    );
}

/// The rows were the same, so the script passed it, and the order of the rows was said to be wrong.
#[test]
fn tables_that_are_written_otherwise_are_named() {
    let Some(packs) = Packs::made() else { return };
    let words = "line ends, quotation marks or the first bytes are not what they must be";
    let check = |path: &str, from: &str, to: &str| {
        packs.check(|files| replace(files, path, from, to), both(&format!("{path}: {words}")));
    };
    let tables = ["acknowledgements", "controls", "population", "records", "reviews", "waivers"];
    for path in tables.map(|name| format!("{name}.csv")) {
        let path = path.as_str();
        check(path, "\r\n", "\n");
        check(path, "\n", "\r\n");
        check(path, "\u{feff}", "");
    }
    check("population.csv", "number", "\"number\"");
}

#[test]
fn what_is_told_beside_the_tables_is_compared() {
    let Some(packs) = Packs::made() else { return };
    packs.check(
        |files| replace(files, "README.txt", "  complete             1\n", "  complete             2\n"),
        [
            "README.txt: a line is 'complete 2', and by the tables and pack.json it would be 'complete 1'",
            "README.txt:",
        ],
    );
    packs.check(
        |files| {
            replace(files, "index.html", "<dt>not started</dt><dd>1</dd>", "<dt>not started</dt><dd>0</dd>");
        },
        ["index.html: not started is '0', and by the tables and pack.json it would be '1'", "index.html:"],
    );
    packs.check(
        |files| replace(files, "index.html", "identity: unknown", "identity: pass"),
        ["the tables say something else", "index.html:"],
    );
    packs.check(
        |files| {
            let day = text(&packs.whole["pack.json"]);
            let day =
                day.lines().find_map(|line| line.trim().strip_prefix("\"asOf\": \"")).expect("a moment")
                    [..20]
                    .to_owned();
            replace(files, "pack.json", &day, "2999-01-01T00:00:00Z");
        },
        ["population.csv: ", "population.csv: "],
    );
}

/// A decision whose texts are hidden, a rule that is hidden, and one that is another.
#[test]
fn what_entries_bind_cannot_be_hidden_or_changed() {
    let Some(packs) = Packs::made() else { return };
    packs.check(
        |files| {
            let line = text(&files["log/opened.jsonl"]);
            let line = line.lines().find(|line| line.contains("rang her")).expect("the decision").to_owned();
            cut(files, "log/opened.jsonl", &line);
            replace(files, "reviews.csv", "\"rang her, \u{e9}\"", "");
        },
        both("log/opened.jsonl: the text of entry "),
    );
    packs.check(
        |files| {
            let line = text(&files["log/opened.jsonl"]);
            let line = line.lines().find(|line| line.contains("notice_days")).expect("the rule").to_owned();
            cut(files, "log/opened.jsonl", &line);
        },
        both(" is not here"),
    );
    packs.check(
        |files| replace(files, "log/opened.jsonl", "\\\"months\\\":12", "\\\"months\\\":99"),
        both(" is not the one that was logged"),
    );
    // Nor can the text of another course be left out, one be told twice, or one stand in another place.
    let opened = text(&packs.whole["log/opened.jsonl"]);
    let last = opened.lines().last().expect("a line");
    assert!(last.contains("validityDays"), "the course that came last: {last}");
    packs.check(|files| cut(files, "log/opened.jsonl", last), both("log/opened.jsonl: the text of entry "));
    let twice = both(" is there twice, or not in the order of the log");
    packs.check(|files| replace(files, "log/opened.jsonl", last, &format!("{last}\n{last}")), twice);
    let moved = format!("{last}\n{}", opened.replace(&format!("{last}\n"), ""));
    packs.check(|files| drop(files.insert("log/opened.jsonl".to_owned(), moved.into_bytes())), twice);
}

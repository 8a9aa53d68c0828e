//! HR's registry from the command line: one office, and what its officer does with people and the registry itself.

mod assign;
mod backup;
mod days;
mod key;
#[path = "../support/learner.rs"]
mod learner;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use countersign::clock::{Clock as _, SystemClock};
use countersign::files::{self, Privacy};
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use tempfile::TempDir;

/// A folder with a registry, the bundled course approved, and a few people.
struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().expect("a folder"));
        office.fine(&["hr", "init", "registry", "--no-passphrase"]);
        office.hr(&["course", "add", "bundled", "--approve", "--by", "J. Doe"]);
        office.roster(
            "number,name,department,email\n007,Ada Byron,Sales,ada@example.org\n012,Grace,R&D,\n13,张三,,\n",
        );
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("COUNTERSIGN_HOME", self.path("home"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // Whoever needs no input may be gone already.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        child.wait_with_output().expect("the program ends")
    }

    fn fine(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    fn hr(&self, arguments: &[&str]) -> String {
        self.fine(&[&["hr", "--registry", "registry"], arguments].concat())
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).expect("text")
    }

    fn roster(&self, table: &str) {
        write(&self.path("people.csv"), table.as_bytes());
        self.hr(&["roster", "import", "people.csv", "--yes"]);
    }

    fn assign(&self, out: &str) {
        self.hr(&[
            "assign",
            "--course",
            "app-data-and-byod",
            "--due",
            "2099-12-18",
            "--out",
            out,
            "--reason",
            "yearly",
        ]);
    }
}

fn write(path: &Path, bytes: &[u8]) {
    files::replace(path, bytes, Privacy::Shared).expect("written");
}

/// Every file below a folder.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let found = files::find(folder, "");
    assert!(found.errors.is_empty(), "{:?}", found.errors);
    let name = |path: &PathBuf| path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
    found.files.iter().map(|path| (name(path), fs::read(path).expect("a file"))).collect()
}

#[test]
fn an_exception_that_was_taken_back_says_by_whom_and_why() {
    let office = Office::new();
    let given = ["--until", "2099-01-31", "--approver", "J. Doe", "--reason", "parental leave"];
    office.hr(&[&["waive", "012", "app-data-and-byod"][..], &given].concat());
    let listed = office.hr(&["waive", "--list"]);
    let waiver = listed.split(' ').next().expect("a name");
    let revoke = ["waive", "--revoke", waiver, "--by", "Grace", "--reason", "back at work"];
    office.hr(&revoke);
    let said = office.refused(&[&["hr", "--registry", "registry"][..], &revoke].concat());
    let words = " by Grace: back at work";
    assert!(said.contains("of 012 does not hold any more: taken back on ") && said.contains(words), "{said}");
    assert!(office.hr(&["waive", "--list", "--all"]).contains(words));
}

/// Whoever mended a refused row got a name with an apostrophe in it.
#[test]
fn a_refused_row_comes_back_as_it_was() {
    let office = Office::new();
    let name = "Ada;=1+1";
    write(&office.path("slip.csv"), format!("number,name\n,\"{name}\"\n").as_bytes());
    let import = |file| {
        office.run(
            &["hr", "--registry", "registry", "roster", "import", file, "--yes", "--rejects", "bad.csv"],
            "",
        )
    };
    assert_eq!(import("slip.csv").status.code(), Some(1));
    let refused = fs::read_to_string(office.path("bad.csv")).expect("a table");
    assert!(refused.contains("Ada;'=1+1"), "a formula for whoever parts cells by semicolons: {refused}");
    write(&office.path("mended.csv"), refused.replace("\r\n,", "\r\n0099,").as_bytes());
    fs::remove_file(office.path("bad.csv")).expect("removed");
    assert_eq!(import("mended.csv").status.code(), Some(0));
    let listed = office.run(&["hr", "--registry", "registry", "roster", "list", "--json"], "");
    let listed = String::from_utf8(listed.stdout).expect("text");
    assert!(listed.contains(&format!("\"{name}\"")), "{listed}");
}

#[test]
fn nothing_of_an_erased_person_is_left_and_the_log_is_whole() {
    let office = Office::new();
    office.assign("mail");
    office.hr(&["assign", "--write", "--delimiter", "semicolon"]);
    write(&office.path("people.csv"), b"number,name,leaves\n007,Ada Byron,2020-01-01\n");
    office.hr(&["roster", "import", "people.csv", "--yes", "--leavers", "1"]);
    let odd = office.path("registry/assignments/odd/index.csv");
    fs::create_dir_all(&odd).expect("a folder");
    let erased = office.run(&["hr", "--registry", "registry", "erase", "007", "--by", "J. Doe", "--yes"], "");
    // Whoever went by the words, which told of files only, left name and address in the list.
    let said = String::from_utf8_lossy(&erased.stderr);
    let named = fs::read_dir(office.path("registry/assignments")).expect("a folder");
    let lists: Vec<_> = named.map(|run| run.expect("an entry").path().join("index.csv")).collect();
    let lists: Vec<_> = lists.into_iter().filter(|list| list.is_file()).collect();
    assert_eq!(lists.len(), 1);
    // Nobody heard of a list that could not be read.
    assert!(said.contains("cannot be read, and may name them:") && said.contains("odd/index.csv"), "{said}");
    let list = fs::read_to_string(&lists[0]).expect("a list");
    assert!(list.starts_with("\u{feff}number;name;") && list.contains("007;Ada Byron;"), "{list}");
    let path = lists[0].strip_prefix(office.path("")).expect("within").display().to_string();
    assert!(said.contains("still name them") && said.contains(&path), "{said}");
    for name in ["registry.db", "registry.db-wal"] {
        let bytes = fs::read(office.path("registry").join(name)).unwrap_or_default();
        for secret in ["Ada Byron", "ada@example.org"] {
            assert!(
                !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{secret} in {name}"
            );
        }
    }
    let registry = SqliteRegistry::open(&office.path("registry/registry.db")).expect("a registry");
    let mut faults = Vec::new();
    registry.audit(&mut |fault| faults.push(fault.to_string())).expect("readable");
    assert_eq!(faults, Vec::<String>::new());
}

/// Whoever has not come yet was told to be at work, and to leave work.
#[test]
fn somebody_to_come_is_told_as_that_wherever_they_are_told_of() {
    let office = Office::new();
    let first = SystemClock.now().plus_days(60).date();
    office.roster(&format!("number,name,hired\n020,Eve,{first}\n"));
    let told = office.hr(&["person", "020"]);
    assert!(told.contains("counted as  to come") && told.contains("first on a roster, to come"), "{told}");
    write(&office.path("people.csv"), "number,name\n007,Ada Byron\n012,Grace\n13,张三\n".as_bytes());
    let gone = office.hr(&["roster", "import", "people.csv", "--complete", "--yes"]);
    assert!(gone.contains("counted as: to come → left"), "{gone}");
}

//! HR's registry from the command line: assignments that are answered, what an interruption leaves, backups, erasure.

#[path = "support/learner.rs"]
mod learner;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use countersign::clock::{Clock as _, SystemClock};
use countersign::course;
use countersign::files::{self, Privacy};
use countersign::record::key::SecretKey;
use countersign::record::{Assignment, read_assignment, sign_completion};
use countersign::registry::change::{Erased, ErasureGround};
use countersign::registry::person::Presence;
use countersign::registry::{Change, PersonNumber};
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

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

/// A day that was typed in Berlin was told a day later in Tokyo, and by an officer there a day sooner in Los Angeles. Clocks
/// are named as POSIX does, so that no list of places is needed.
#[cfg(unix)]
#[test]
fn a_day_that_was_typed_is_the_same_day_in_every_zone() {
    let office = Office::new();
    let there = |zone: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(["hr", "--registry", "registry"]).args(arguments).current_dir(office.0.path());
        command.env("COUNTERSIGN_HOME", office.path("home")).env("TZ", zone).stdin(Stdio::null());
        let output = command.output().expect("the program");
        assert!(output.status.success(), "{zone} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let (berlin, tokyo, los_angeles, pago_pago, kiritimati) = ("CET-1", "JST-9", "PST8", "SST11", "LINT-14");
    let course = "app-data-and-byod";
    let kept = |day: &str| {
        let listed = there("UTC0", &["status", "--csv"]);
        assert!(listed.contains(day), "{listed}");
    };
    there(berlin, &["assign", "--course", course, "--due", "2099-12-18", "--to", "person=007", "--out", "a"]);
    there(
        los_angeles,
        &["assign", "--course", course, "--due", "2099-12-18", "--to", "person=012", "--out", "b"],
    );
    let until = ["--until", "2099-12-18", "--approver", "J. Doe", "--reason", "on leave"];
    there(tokyo, &[&["waive", "13", course][..], &until].concat());
    for instant in ["2099-12-18T22:59:59Z", "2099-12-19T07:59:59Z", "2099-12-18T14:59:59Z"] {
        kept(instant);
    }
    let far = [pago_pago, kiritimati, "BIT12"];
    let zones = [&[berlin, tokyo, los_angeles, "UTC0", "IST-5:30"][..], &far].concat();
    for zone in &zones {
        for (person, says) in
            [("007", "due on 2099-12-18;"), ("012", "due on 2099-12-18;"), ("13", "until 2099-12-18")]
        {
            let told = there(zone, &["person", person]);
            assert!(told.contains(says), "{zone} {told}");
            assert!(!told.contains("2099-12-17") && !told.contains("2099-12-19"), "{zone} {told}");
        }
        let told = there(zone, &["status"]) + &there(zone, &["waive", "--list"]);
        assert_eq!(told.matches("2099-12-18").count(), 4, "{zone} {told}");
    }
    // Typed where a day ends when another one does elsewhere, it was told there alone.
    for typed in far {
        let asked = ["assign", "--course", course, "--due", "2099-12-18", "--to", "person=007", "--again"];
        there(typed, &asked);
        for zone in &zones {
            let told = there(zone, &["person", "007"]);
            assert!(!told.contains("2099-12-17") && !told.contains("2099-12-19"), "{typed} {zone} {told}");
        }
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

fn assignment_of(files: &BTreeMap<String, Vec<u8>>, number: &str) -> (String, Assignment) {
    let mut of_person = files.iter().filter(|(name, _)| name.contains(&format!("/{number}_")));
    let (name, bytes) = of_person.next().expect("an assignment");
    (name.clone(), read_assignment(bytes).expect("sound"))
}

/// What a course says of where records go was signed for learners at any length.
#[test]
fn where_records_go_is_a_line_whoever_says_it() {
    let office = Office::new();
    let mut files = course::embedded();
    let manifest = String::from_utf8(files[course::MANIFEST].clone()).expect("text");
    let (before, behind) = manifest.split_once("deliver_to: \"").expect("it says so");
    let (_, behind) = behind.split_once('"').expect("it ends");
    let manifest = format!("{before}deliver_to: \"{}\"{behind}", "x".repeat(201));
    files.insert(course::MANIFEST.to_owned(), manifest.into_bytes());
    write(&office.path("long.course"), &course::pack::write(&files).expect("a pack"));
    office.hr(&["course", "add", "long.course", "--approve", "--by", "J. Doe"]);
    let assign = ["hr", "--registry", "registry", "assign", "--course", "app-data-and-byod"];
    let due = ["--due", "2099-12-18", "--out", "mail"];
    for dry_run in [&["--dry-run"][..], &[]] {
        let said = office.refused(&[&assign[..], &due, dry_run].concat());
        let words = "error: deliver_to of app-data-and-byod";
        assert!(said.contains(words) && said.contains("has 201 characters"), "{said}");
        assert!(said.contains("hint: say where records go: --deliver-to TEXT"), "{said}");
        assert!(!office.path("mail").exists());
    }
    office.fine(&[&assign[..], &due, &["--deliver-to", "hr@example.org"]].concat());
    let (_, assignment) = assignment_of(&tree(&office.path("mail")), "007");
    assert_eq!(assignment.claims.deliver_to, "hr@example.org");
}

#[test]
fn an_assignment_made_here_is_taken_by_learn_and_cited_by_the_record() {
    let office = Office::new();
    office.assign("mail");
    let mail = tree(&office.path("mail"));
    let (name, assignment) = assignment_of(&mail, "007");
    assert!(name.starts_with("Sales/"), "{name}");
    assert_eq!(assignment.claims.person.email.as_deref(), Some("ada@example.org"));
    assert_eq!(assignment.claims.reason.as_deref(), Some("yearly"));
    let pack = mail.keys().find(|name| name.ends_with(".course")).expect("the course, once");

    // The learner's face knows whom it is for, and refuses anybody else.
    let (pack, file) = (format!("mail/{pack}"), format!("mail/{name}"));
    let learn = ["learn", &pack, "--assignment", &file, "--plain"];
    let said = String::from_utf8(office.run(&learn, "\n").stdout).expect("text");
    assert!(said.contains("Ada Byron") && said.contains("007"), "{said}");

    // The record of somebody who takes it cites it, and verifies with it.
    let course = course::parse(course::embedded()).expect("the bundled course");
    let key = SecretKey::generate().expect("a key");
    let claims = learner::claims(&course, &key.did(), Some(&assignment), &[usize::MAX]);
    let cited = claims.assignment.as_ref().expect("cited");
    assert_eq!((&cited.assignment_id, cited.digest), (&assignment.urn(), assignment.digest));
    let record = sign_completion(&claims, Uuid::new_v4(), learner::signed_at(1), &key).expect("signed");
    write(&office.path("record.json"), &record.bytes);
    let verified = office.run(&["verify", "record.json", "--assignment", &file, "--json"], "").stdout;
    let verified: Value = serde_json::from_slice(&verified).expect("JSON");
    assert_eq!(verified["records"][0]["levels"]["identity"]["outcome"], "pass", "{verified:#}");
    let other = format!("mail/{}", assignment_of(&mail, "012").0);
    let verified = office.run(&["verify", "record.json", "--assignment", &other, "--json"], "").stdout;
    let verified: Value = serde_json::from_slice(&verified).expect("JSON");
    assert_eq!(verified["records"][0]["levels"]["identity"]["outcome"], "fail", "{verified:#}");
}

#[test]
fn files_that_an_interruption_left_out_are_written_again_as_they_were() {
    let office = Office::new();
    office.assign("mail");
    let whole = tree(&office.path("mail"));
    assert_eq!(whole.len(), 5, "three assignments, a course and a list: {:?}", whole.keys());
    for name in ["index.csv", assignment_of(&whole, "13").0.as_str()] {
        fs::remove_file(office.path("mail").join(name)).expect("there");
    }
    office.hr(&["assign", "--write", "--out", "mail"]);
    assert_eq!(tree(&office.path("mail")), whole);
    // Whoever is asked already is not asked again, and the folder of one run takes no second list.
    office.assign("more");
    assert!(!office.path("more").exists());
    let said = office.refused(&[
        "hr",
        "--registry",
        "registry",
        "assign",
        "--course",
        "app-data-and-byod",
        "--due",
        "2099-12-18",
        "--again",
        "--out",
        "mail",
    ]);
    assert!(said.contains("index.csv is there already"), "{said}");
    assert_eq!(tree(&office.path("mail")), whole);
}

#[test]
fn runs_that_follow_each_other_at_once_have_a_folder_each() {
    let office = Office::new();
    let due = ["assign", "--course", "app-data-and-byod", "--due", "2099-12-18", "--again"];
    for _ in 0..3 {
        office.hr(&due);
    }
    let runs = fs::read_dir(office.path("registry/assignments")).expect("a folder");
    let lists = runs.map(|run| fs::read(run.expect("an entry").path().join("index.csv")).expect("a list"));
    assert_eq!(lists.collect::<BTreeSet<_>>().len(), 3);
    // Written again, the last run changes nothing.
    let before = tree(&office.path("registry/assignments"));
    office.hr(&["assign", "--write"]);
    assert_eq!(tree(&office.path("registry/assignments")).len(), before.len());
}

#[test]
fn a_backup_comes_back_and_an_old_one_is_noticed() {
    let office = Office::new();
    let people = office.hr(&["roster", "list", "--csv"]);
    office.hr(&["backup", "copy.db"]);
    office.roster("number,name\n99,Late\n");
    let later = office.hr(&["roster", "list", "--csv"]);
    assert_ne!(later, people);

    // With another key the folder would be of no use, and in the way of the next try.
    office.fine(&["hr", "init", "other"]);
    let refused = office.refused(&["hr", "restore", "copy.db", "restored", "--key", "other/hr.key"]);
    assert!(refused.contains("other/hr.key is not the key of this registry"), "{refused}");
    assert!(!office.path("restored").exists());
    office.fine(&["hr", "restore", "copy.db", "restored", "--key", "registry/hr.key"]);
    assert_eq!(office.fine(&["hr", "--registry", "restored", "roster", "list", "--csv"]), people);
    office.fine(&["hr", "--registry", "restored", "roster", "import", "people.csv", "--yes"]);
    assert_eq!(office.fine(&["hr", "--registry", "restored", "roster", "list", "--csv"]), later);

    // The database is lost and an old copy put in its place; the head of the log is still there.
    fs::remove_file(office.path("registry/registry.db")).expect("there");
    let restored = office.run(&["hr", "restore", "copy.db", "registry"], "");
    assert!(
        String::from_utf8_lossy(&restored.stderr).contains("was put back to an old state"),
        "{restored:?}"
    );
    assert_eq!(restored.status.code(), Some(1), "{restored:?}");
    let told = String::from_utf8_lossy(&restored.stderr).into_owned();
    assert!(told.contains("countersign hr --registry registry log verify"), "{told}");
    let refused =
        office.refused(&["hr", "--registry", "registry", "roster", "import", "people.csv", "--yes"]);
    assert!(refused.contains("was put back to an old state"), "{refused}");
    // Nothing but the guide named a way on when there is no newer backup.
    for words in [
        "look for a newer copy of registry.db first",
        "move registry/checkpoint away and keep it for the auditor",
        "countersign hr --registry registry log checkpoint signs the log as it is",
    ] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    let help = office.fine(&["hr", "restore", "--help"]);
    assert!(help.contains("if there is none, move the file checkpoint away and keep it"), "{help}");
    fs::rename(office.path("registry/checkpoint"), office.path("for-the-auditor")).expect("moved");
    let refused =
        office.refused(&["hr", "--registry", "registry", "roster", "import", "people.csv", "--yes"]);
    assert!(refused.contains("registry/checkpoint is missing"), "{refused}");
    let signed = office.run(&["hr", "--registry", "registry", "log", "checkpoint"], "");
    assert_eq!(signed.status.code(), Some(1), "{signed:?}");
    office.hr(&["roster", "import", "people.csv", "--yes"]);
    assert_eq!(office.hr(&["roster", "list", "--csv"]), later);
    let verified =
        office.run(&["hr", "--registry", "registry", "log", "verify", "--against", "for-the-auditor"], "");
    assert_eq!(verified.status.code(), Some(1), "it stays on record: {verified:?}");
}

/// Who is named and has nothing to be written was passed over without a word.
#[test]
fn whoever_is_named_and_has_no_file_is_told() {
    let office = Office::new();
    let course = "app-data-and-byod";
    let asked = |who: &str| {
        office.hr(&["assign", "--course", course, "--due", "2099-12-18", "--to", who, "--out", who]);
    };
    asked("person=007");
    // Runs are told apart by the second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    asked("person=012");
    let write = |arguments: &[&str]| {
        let output =
            office.run(&[&["hr", "--registry", "registry", "assign", "--write"], arguments].concat(), "");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let both = ["--to", "person=007", "--to", "person=012", "--out"];
    let (code, said) = write(&[&both[..], &["last"]].concat());
    assert_eq!(code, Some(1), "{said}");
    let told = "007: none of these; what is open is written with --course app-data-and-byod";
    assert!(said.contains(told) && !said.contains("012:"), "{said}");
    let index = fs::read_to_string(office.path("last/index.csv")).expect("a list");
    assert!(index.contains("012,Grace") && !index.contains("007,Ada"), "{index}");
    let (code, said) = write(&[&both[..], &["all", "--course", course]].concat());
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = write(&["--to", "person=13", "--out", "none"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("13: no assignment is open") && !office.path("none").exists(), "{said}");
    assert_eq!(write(&["--course", "nope"]).0, Some(2));
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

#[test]
fn a_backup_that_was_changed_is_not_restored() {
    let office = Office::new();
    office.hr(&["backup", "copy.db"]);
    let mut bytes = fs::read(office.path("copy.db")).expect("a file");
    let name = b"Ada Byron";
    let place = bytes.windows(name.len()).position(|window| window == name).expect("a name");
    bytes[place] = b'E';
    write(&office.path("copy.db"), &bytes);
    let said = office.refused(&["hr", "restore", "copy.db", "restored", "--key", "registry/hr.key"]);
    assert!(said.contains("is not what its log says"), "{said}");
    assert!(!office.path("restored").exists());
}

/// Nothing made the comparison fail before a copy was made.
#[test]
fn a_backup_that_is_fine_is_sound_and_one_that_could_not_be_compared_is_not_made() {
    let office = Office::new();
    let database = office.path("registry/registry.db");
    let sound = fs::read(&database).expect("a registry");
    let backup = |name: &str| {
        let output = office.run(&["hr", "--registry", "registry", "backup", name], "");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"), office.path(name).exists())
    };
    // What was altered is evidence, so a copy of it is made, and it is said.
    let name = b"Ada Byron";
    let place = sound.windows(name.len()).position(|window| window == name).expect("a name");
    let mut altered = sound.clone();
    altered[place] = b'E';
    write(&database, &altered);
    let (code, said, is_there) = backup("altered.db");
    assert_eq!((code, is_there), (Some(1), true), "{said}");
    assert!(said.contains("the registry is not what its log says (above), and so is the copy"), "{said}");
    // Whichever page is broken.
    let page = usize::from(u16::from_be_bytes([sound[16], sound[17]]));
    let pages = sound.len() / page;
    let mut codes = BTreeMap::new();
    for number in (1..pages).step_by((pages / 40).max(1)) {
        let mut broken = sound.clone();
        broken[number * page..(number + 1) * page].fill(0xa5);
        write(&database, &broken);
        let name = format!("copy-{number}.db");
        let (code, said, is_there) = backup(&name);
        *codes.entry(code).or_insert(0) += 1;
        assert_eq!(is_there, matches!(code, Some(0 | 1)), "page {number}: {said}");
        if code == Some(0) {
            let copy = SqliteRegistry::open(&office.path(&name)).expect("a registry");
            copy.audit(&mut |fault| panic!("page {number}: {fault}")).expect("readable");
        }
    }
    assert!(
        codes.keys().all(|code| matches!(code, Some(0..=2))) && codes.contains_key(&Some(2)),
        "{codes:?}"
    );
}

/// With heads deleted from the database, everything was as it had been.
#[test]
fn a_head_that_was_deleted_is_missed_by_whoever_holds_it() {
    let office = Office::new();
    office.hr(&["log", "checkpoint", "--out", "early.checkpoint"]);
    office.roster("number,name\n99,Late\n");
    let delete = |which: &str| {
        let database = Connection::open(office.path("registry/registry.db")).expect("a database");
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'checkpoint'";
        let mut triggers = database.prepare(sql).expect("a table");
        let triggers = triggers.query_map([], |row| row.get::<_, String>(0)).expect("names");
        for trigger in triggers.map(|name| name.expect("a name")).collect::<Vec<_>>() {
            database.execute_batch(&format!("DROP TRIGGER {trigger}")).expect("dropped");
        }
        database.execute_batch(&format!("DELETE FROM checkpoint WHERE {which}")).expect("deleted");
    };
    let run = |arguments: &[&str]| {
        let output = office.run(&[&["hr", "--registry", "registry"], arguments].concat(), "");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).expect("text"))
    };
    let missed = "and does not keep any more: it was deleted there";
    let against: &[&str] = &["log", "verify", "--against", "early.checkpoint"];
    assert_eq!(run(against).0, Some(0));
    delete("size < (SELECT MAX(size) FROM checkpoint)");
    // Nothing but what somebody else holds shows it.
    assert_eq!(run(&["log", "verify"]).0, Some(0));
    let (code, said) = run(against);
    assert!(
        code == Some(1) && said.contains("early.checkpoint is the head of") && said.contains(missed),
        "{said}"
    );
    delete("TRUE");
    for arguments in [
        &["log", "verify"][..],
        &["status"],
        &["export", "--format", "csv", "--out", "records.csv"],
        &["backup", "copy.db"],
    ] {
        let (code, said) = run(arguments);
        assert!(code == Some(1) && said.contains(missed), "{arguments:?}: {said}");
    }
    assert!(!office.path("records.csv").exists());
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

/// The database was restored first, and nothing could be added to it then.
#[test]
fn nothing_is_restored_beside_a_checkpoint_that_is_none_of_the_registry() {
    let office = Office::new();
    office.fine(&["hr", "init", "other", "--no-passphrase"]);
    office.hr(&["backup", "copy.db"]);
    let head = fs::read(office.path("registry/checkpoint")).expect("a file");
    fs::create_dir(office.path("new")).expect("a folder");
    fs::copy(office.path("registry/hr.key"), office.path("new/hr.key")).expect("copied");
    let others = fs::read(office.path("other/checkpoint")).expect("a file");
    let restore = ["hr", "restore", "copy.db", "new"];
    let (damaged, foreign) =
        ("put it back as it was, if you have it", "put the checkpoint of this registry there");
    for (bytes, words) in [(&[][..], damaged), (&head[..head.len() / 2], damaged), (&others, foreign)] {
        write(&office.path("new/checkpoint"), bytes);
        let refused = office.refused(&restore);
        for words in ["nothing was restored", words, "move new/checkpoint away and keep it for the auditor"] {
            assert!(refused.contains(words), "{words}: {refused}");
        }
        assert!(!office.path("new/registry.db").exists(), "{refused}");
        assert_eq!(fs::read(office.path("new/checkpoint")).expect("a file"), bytes);
    }
    // As it was told.
    fs::rename(office.path("new/checkpoint"), office.path("for-the-auditor")).expect("moved");
    office.fine(&restore);
    assert_eq!(fs::read(office.path("new/checkpoint")).expect("a file"), head);
}

#[test]
fn a_passphrase_protects_the_key_and_is_asked_for() {
    let office = Office::new();
    let made = office.run(&["hr", "init", "safe", "--passphrase"], "open sesame\n");
    assert!(made.status.success(), "{made:?}");
    let key = fs::read_to_string(office.path("safe/hr.key")).expect("a key file");
    assert!(key.contains("argon2id"), "{key}");
    let add = ["hr", "--registry", "safe", "course", "add", "bundled"];
    assert_eq!(office.run(&add, "wrong\n").status.code(), Some(2));
    assert_eq!(office.run(&add, "open sesame\n").status.code(), Some(0));
    for weak in ["", "\n", "a\n", "sesame!\n"] {
        let refused = office.run(&["hr", "init", "other", "--passphrase"], weak);
        assert_eq!(refused.status.code(), Some(2), "{weak:?}");
        assert!(!office.path("other").exists());
    }
}

/// A slip in a name must not cost the registry.
#[test]
fn a_database_and_a_key_are_not_written_over() {
    let office = Office::new();
    for (own, what) in [("registry/registry.db", "a database"), ("registry/hr.key", "a signing key")] {
        let before = fs::read(office.path(own)).expect("a file");
        for verb in [
            &["log", "checkpoint", "--out"][..],
            &["report", "--html"],
            &["export", "--format", "csv", "--out"],
        ] {
            let refused =
                office.run(&[&["hr", "--registry", "registry"], verb, &[own, "--force"]].concat(), "");
            assert_eq!(refused.status.code(), Some(2), "{verb:?}: {refused:?}");
            let said = String::from_utf8_lossy(&refused.stderr);
            assert!(said.contains(&format!("is {what}, which is not written over")), "{said}");
        }
        assert!(fs::read(office.path(own)).expect("a file") == before, "{own} was changed");
    }
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

/// The error was that of the database, and told to import a roster.
#[test]
fn whoever_is_erased_while_somebody_is_asked_is_not_asked_and_told() {
    let office = Office::new();
    let lock = fs::File::options().write(true).open(office.path("registry/lock")).expect("a lock");
    lock.lock().expect("nobody else has it");
    let mut asking = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args([
            "hr",
            "--registry",
            "registry",
            "assign",
            "--course",
            "app-data-and-byod",
            "--due",
            "2099-12-18",
        ])
        .args(["--to", "person=007", "--to", "person=012", "--out", "mail"])
        .current_dir(office.0.path())
        .env("COUNTERSIGN_HOME", office.path("home"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut talk = BufReader::new(asking.stderr.take().expect("a pipe"));
    let mut line = String::new();
    talk.read_line(&mut line).expect("a line");
    assert!(line.starts_with("waiting: another countersign"), "{line}");
    let mut store = SqliteRegistry::open(&office.path("registry/registry.db")).expect("a registry");
    store
        .save(&[Change::Erased(Erased {
            at: SystemClock.now(),
            person: PersonNumber::new("012").expect("a number"),
            ground: ErasureGround::Override("ordered".to_owned()),
            by: "J. Doe".to_owned(),
            files: BTreeSet::new(),
        })])
        .expect("erased");
    drop(lock);
    let mut said = String::new();
    talk.read_to_string(&mut said).expect("text");
    let done = asking.wait_with_output().expect("the program ends");
    assert!(done.status.success(), "{said}");
    assert!(said.contains("1 person is not asked any more") && said.contains("012: was erased"), "{said}");
    let asked = tree(&office.path("mail"));
    assert!(asked.keys().any(|name| name.contains("007_")), "{:?}", asked.keys());
    assert!(!asked.keys().any(|name| name.contains("012_")), "{:?}", asked.keys());
}

/// An auditor's copy, or a key that was lost, could not even be looked at.
#[test]
fn without_its_key_a_registry_is_read_and_nothing_is_signed() {
    let office = Office::new();
    let key = office.hr(&["key", "show"]);
    fs::remove_file(office.path("registry/hr.key")).expect("there");
    for reading in [
        &["status"][..],
        &["report"],
        &["person", "007"],
        &["roster", "list"],
        &["log", "verify"],
        &["log", "checkpoint"],
        &["review"],
        &["quarantine"],
    ] {
        office.hr(reading);
    }
    assert_eq!(office.hr(&["key", "show"]), key, "the log says whose it is");
    for signing in [
        &["assign", "--course", "app-data-and-byod", "--due", "2099-12-18"][..],
        &["course", "retention", "app-data-and-byod", "--class", "x", "--years", "1", "--by", "J. Doe"],
        &["collect", "people.csv"],
    ] {
        let said = office.refused(&[&["hr", "--registry", "registry"], signing].concat());
        assert!(said.contains("HR's key registry/hr.key is missing or cannot be read"), "{said}");
        assert!(said.contains("put back the copy that you keep apart"), "{said}");
    }
}

/// East of UTC the day is another one for some hours, and whoever had their last day was stored as gone: for good, since a roster that
/// says the same again changes nothing.
#[test]
#[cfg(unix)]
fn first_and_last_days_go_by_utc_wherever_the_officer_sits() {
    let office = Office::new();
    let import = |zone: &str, number: &str| {
        let today = SystemClock.now().date();
        write(&office.path("last.csv"), format!("number,name,leaves\n{number},Eve,{today}\n").as_bytes());
        let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["hr", "--registry", "registry", "roster", "import", "last.csv", "--yes"])
            .current_dir(office.0.path())
            .env("TZ", zone)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let stored = SqliteRegistry::open(&office.path("registry/registry.db")).expect("a registry");
        let number = PersonNumber::new(number).expect("a number");
        let dossier = stored.dossier(&number, SystemClock.now()).expect("read").expect("somebody");
        // Midnight UTC may have been in between.
        (dossier.roster.expect("of the roster").said == Presence::Active) || today != SystemClock.now().date()
    };
    assert!(import("UTC0", "70"));
    assert!(import("<+2359>-23:59", "71"));
    assert!(import("<-2359>+23:59", "72"));
}

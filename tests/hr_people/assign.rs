//! Assignments: who is asked, which files they get, and what the learner does with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use countersign::clock::{Clock as _, SystemClock};
use countersign::course;
use countersign::record::key::SecretKey;
use countersign::record::{Assignment, read_assignment, sign_completion};
use countersign::registry::change::{Erased, ErasureGround};
use countersign::registry::{Change, PersonNumber};
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use serde_json::Value;
use uuid::Uuid;

use super::{Office, learner, tree, write};

fn assignment_of(files: &BTreeMap<String, Vec<u8>>, number: &str) -> (String, Assignment) {
    let mut of_person = files.iter().filter(|(name, _)| name.contains(&format!("/{number}_")));
    let (name, bytes) = of_person.next().expect("an assignment");
    (name.clone(), read_assignment(bytes).expect("sound"))
}

/// The bundled course under this id, with more about where records go than learners are shown.
fn unfit(office: &Office, id: &str) {
    let mut files = course::embedded();
    let manifest = String::from_utf8(files[course::MANIFEST].clone()).expect("text");
    let manifest = manifest.replacen("\"app-data-and-byod\"", &format!("{id:?}"), 1);
    let (before, behind) = manifest.split_once("deliver_to: \"").expect("it says so");
    let (_, behind) = behind.split_once('"').expect("it ends");
    let manifest = format!("{before}deliver_to: \"{}\"{behind}", "x".repeat(201));
    files.insert(course::MANIFEST.to_owned(), manifest.into_bytes());
    write(&office.path("long.course"), &course::pack::write(&files).expect("a pack"));
    let said = told(office, &["course", "add", "long.course", "--approve", "--by", "J. Doe"]);
    check_undeliverable(&said, id);
}

/// It was told when somebody was asked, and by no command before that.
#[track_caller]
fn check_undeliverable(said: &str, id: &str) {
    assert!(said.contains(&format!("warning: deliver_to of {id}")), "{said}");
    assert!(
        said.contains("has 201 characters")
            && said.contains("assign --course ID --due DATE --deliver-to TEXT"),
        "{said}"
    );
}

/// What is said beside the answer of a command that does what it is to do.
#[track_caller]
fn told(office: &Office, arguments: &[&str]) -> String {
    let output = office.run(&[&["hr", "--registry", "registry"], arguments].concat(), "");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

/// Whoever was told to approve a version whose policy nobody has written was refused.
#[test]
fn what_is_hinted_at_is_not_refused() {
    let office = Office::new();
    let mut files = course::embedded();
    let manifest = String::from_utf8(files[course::MANIFEST].clone()).expect("text");
    let manifest = manifest.replacen("\"app-data-and-byod\"", "\"unwritten\"", 1);
    files.insert(course::MANIFEST.to_owned(), manifest.into_bytes());
    let policy = course::parse(files.clone()).expect("a course").policy.expect("a policy").lesson.path;
    let page = files.get_mut(&policy).expect("a page");
    page.extend(format!("\n{}\n", course::Policy::UNWRITTEN).into_bytes());
    write(&office.path("new.course"), &course::pack::write(&files).expect("a pack"));
    let check = |said: &str| {
        let way = "course approve ";
        let all_the_same =
            said.lines().filter(|line| line.contains(way)).all(|line| line.contains("--even-so"));
        assert!(all_the_same && said.matches(way).count() == 1, "{said}");
        assert!(said.contains("still says: ") && said.contains("have it written"), "{said}");
    };
    check(&told(&office, &["course", "add", "new.course"]));
    check(&told(&office, &["rule", "add", "unwritten", "--on-hire", "14", "--by", "J. Doe"]));
    let assign = ["assign", "--course", "unwritten", "--due", "2099-12-18"];
    check(&office.refused(&[&["hr", "--registry", "registry"][..], &assign].concat()));
}

/// The command for the first course alone was printed.
#[test]
fn each_course_that_is_asked_for_has_its_command() {
    let office = Office::new();
    let mut files = course::embedded();
    let manifest = String::from_utf8(files[course::MANIFEST].clone()).expect("text");
    let manifest = manifest.replacen("\"app-data-and-byod\"", "\"another\"", 1);
    files.insert(course::MANIFEST.to_owned(), manifest.into_bytes());
    write(&office.path("another.course"), &course::pack::write(&files).expect("a pack"));
    office.hr(&["course", "add", "another.course", "--approve", "--by", "J. Doe"]);
    for course in ["another", "app-data-and-byod"] {
        office.hr(&["rule", "add", course, "--on-hire", "14", "--by", "J. Doe"]);
    }
    // Assignments were counted as people.
    let said = told(&office, &["assign", "--rules", "--dry-run"]);
    assert!(said.contains(" people would be asked, with "), "{said}");
    let said = told(&office, &["assign", "--rules", "--out", "mail"]);
    assert!(said.contains("the course that index.csv names beside it; they run:"), "{said}");
    for course in ["another-", "app-data-and-byod-"] {
        assert!(said.contains(&format!("  countersign learn {course}")), "{said}");
    }
}

/// What a course says of where records go was signed for learners at any length.
#[test]
fn where_records_go_is_a_line_whoever_says_it() {
    let office = Office::new();
    unfit(&office, "app-data-and-byod");
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

/// One course that could not be asked for kept everybody from being asked to take the others.
#[test]
fn a_course_that_cannot_be_asked_for_stops_no_other_one() {
    let office = Office::new();
    unfit(&office, "long-winded");
    for course in ["long-winded", "app-data-and-byod"] {
        let said = told(&office, &["rule", "add", course, "--on-hire", "14", "--by", "J. Doe"]);
        if course == "long-winded" {
            check_undeliverable(&said, course);
        }
    }
    let rules = |more: &[&str]| {
        let output = office.run(&[&["hr", "--registry", "registry", "assign", "--rules"], more].concat(), "");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let check = |(code, said): (Option<i32>, String), why: &str, next: &str| {
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("warning: {why}")) && said.contains(next), "{said}");
        let told = "nobody is asked to take long-winded by its rules until then";
        assert_eq!(said.matches(told).count(), 1, "{said}");
    };
    let (why, next) = ("deliver_to of long-winded", "have it mended in its course.ron");
    check(rules(&["--dry-run"]), why, next);
    check(rules(&["--out", "mail"]), why, next);
    assert_eq!(tree(&office.path("mail")).len(), 5, "three assignments, a course and a list");
    let (code, said) = rules(&[]);
    assert!(said.contains("nobody else is to be asked"), "{said}");
    check((code, said), why, next);
    // So did one of which no version is approved.
    let listed = office.hr(&["course", "list"]);
    let (_, version) = listed.split_once("long-winded").expect("it is listed");
    let digest =
        version.lines().find_map(|line| line.trim().strip_prefix("digest")).expect("a digest").trim();
    office.hr(&["course", "retire", digest, "--by", "J. Doe"]);
    let why = "no version of long-winded is approved";
    check(rules(&[]), why, "countersign hr --registry registry course add --help");
    // Whoever says where records go is asked by nobody else.
    office.hr(&["course", "approve", digest, "--by", "J. Doe"]);
    let (code, said) = rules(&["--deliver-to", "hr@example.org", "--out", "more"]);
    assert_eq!((code, tree(&office.path("more")).len()), (Some(0), 5), "{said}");
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

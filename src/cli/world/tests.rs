//! The real world in a temporary folder: keys that are exchanged, files that disappear.

use std::fs;

use super::assignments::Over;
use super::*;
use crate::course::CourseFiles;
use crate::progress::Run;
use crate::record::claims::{AssignmentClaims, CourseClaim};
use crate::record::key::SecretKey;
use crate::record::{read_assignment, sign_assignment};
use crate::training::{Text, begin_anew};

const MANIFEST: &str = r#"(
    id: "small", title: "A small course", version: "1", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "Topic A")],
    modules: [(lesson: "lessons/1.md")],
    check_pass_percent: 100,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 50, draw: 1, attempts: 2, wait_minutes: 30),
    controls: [],
    deliver_to: "Send it to HR.",
)"#;

const BANK: &str = r#"(id: "bank", title: "Bank", questions: [
    TrueFalse(id: "b1", topic: "a", prompt: "1?", answer: true),
])"#;

/// The next start of the program.
fn world(home: &Path) -> RealWorld {
    let files = [("course.ron", MANIFEST), ("lessons/1.md", "# One\n\nText.\n"), ("quizzes/bank.ron", BANK)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let data = home.join("data");
    let parse = || Arc::new(course::parse(CourseFiles::from(files.clone())).unwrap());
    let (course, (), early) = beside_store(&data, parse, || ());
    RealWorld::new(data, home.join("records"), course, None, early)
}

fn ada() -> Person {
    Person { number: "0042".to_owned(), name: "Ada Example".to_owned(), email: None }
}

fn put_another_key(world: &RealWorld) {
    let other = SecretKey::generate().unwrap().encode(None).unwrap();
    files::replace(world.key.path(), &other, Privacy::Private).unwrap();
}

fn not_begun_with(trouble: &Trouble) {
    assert!(
        trouble.message.ends_with("device.key is not the one that you began with"),
        "{}",
        trouble.message
    );
    assert!(trouble.hint.as_ref().unwrap().starts_with("restore the key from a backup"));
}

/// Whoever could not look there was met as somebody new, and could not save a word of what they did.
#[test]
fn a_folder_that_cannot_be_looked_at_is_no_first_start() {
    let home = files::tempdir().unwrap();
    assert!(world(home.path()).start().unwrap().is_none());
    files::replace(&home.path().join("data"), b"a file", Privacy::Private).unwrap();
    let trouble = world(home.path()).start().unwrap_err();
    assert!(trouble.message.contains("progress.sqlite"), "{}", trouble.message);
}

/// It was taken in silence: another attempt was drawn, and the record of it did not verify.
#[test]
fn another_key_in_the_place_of_ones_own_is_refused() {
    let home = files::tempdir().unwrap();
    let mut running = world(home.path());
    let begun = running.introduce(&ada(), None).unwrap();
    let own = fs::read(running.key.path()).unwrap();
    assert_eq!(world(home.path()).start().unwrap().unwrap().learner(), begun.learner());

    put_another_key(&running);
    not_begun_with(&world(home.path()).start().unwrap_err());
    not_begun_with(&running.reload().unwrap_err());
    let trouble = world(home.path()).introduce(&ada(), None).unwrap_err();
    assert!(trouble.message.contains("not the one that you began with"), "{}", trouble.message);

    files::replace(running.key.path(), &own, Privacy::Private).unwrap();
    assert_eq!(world(home.path()).start().unwrap().unwrap().learner(), begun.learner());
}

/// The key is read anew when it is needed, hours after the start perhaps.
#[test]
fn another_key_signs_nothing() {
    let home = files::tempdir().unwrap();
    let mut running = world(home.path());
    let begun = running.introduce(&ada(), None).unwrap();
    let record = include_bytes!("../../../tests/vectors/valid/assigned.json");
    let record: serde_json::Value = serde_json::from_slice(record).unwrap();
    let mut claims: CompletionClaims = serde_json::from_value(record["credentialSubject"].clone()).unwrap();
    claims.id.clone_from(&begun.learner().did);
    running.sign(&claims, None).unwrap();

    put_another_key(&running);
    not_begun_with(&running.sign(&claims, None).unwrap_err());
    fs::remove_file(running.key.path()).unwrap();
    let trouble = running.sign(&claims, None).unwrap_err();
    assert!(trouble.message.ends_with("device.key is missing"), "{}", trouble.message);
}

/// A key that the linear face made without the blanks that were typed is opened by what was typed; one that was made with them
/// by nothing else.
#[test]
fn blanks_at_the_ends_of_a_passphrase_lock_nobody_out() {
    let check = |made_with: &str, opens: &[&str], fails: &[&str]| {
        let home = files::tempdir().unwrap();
        let mut running = world(home.path());
        let did = running.introduce(&ada(), Some(made_with)).unwrap().learner().did.clone();
        for typed in opens {
            assert!(running.key.unlock(&did, Some(typed)).is_ok(), "{made_with:?} by {typed:?}");
            assert!(running.key.require(Some(typed)).is_ok(), "{made_with:?} by {typed:?}");
        }
        for typed in fails {
            let trouble = running.key.unlock(&did, Some(typed)).map(drop).unwrap_err();
            assert_eq!(trouble.kind, TroubleKind::Passphrase, "{made_with:?} by {typed:?}");
        }
    };
    check("tea for two", &["tea for two", "tea for two ", " tea for two"], &["tea for"]);
    check("tea for two ", &["tea for two "], &["tea for two"]);
}

/// Who had forgotten the passphrase, or had lost the key, was told of a backup and of no way on.
#[test]
fn who_cannot_use_their_key_any_more_is_told_how_to_begin_anew_and_can() {
    let home = files::tempdir().unwrap();
    let aside = files::tempdir().unwrap();
    let mut running = world(home.path());
    let name_assignment = |world: &mut RealWorld| {
        let given = assignment_for(&world.course, ada());
        world.assignments = Assignments::within(&world.data, Some(given));
    };
    name_assignment(&mut running);
    let begun = running.introduce(&ada(), Some("correct horse")).unwrap();
    let wrong = running.key.unlock(&begun.learner().did, Some("battery staple")).unwrap_err();
    assert_eq!(wrong.kind, TroubleKind::Passphrase);
    assert!(wrong.hint.as_ref().unwrap().ends_with("you can only begin anew, and the help says how"));

    let places = running.places();
    drop(running);
    let move_aside = |file: &Path| fs::rename(file, aside.path().join(file.file_name().unwrap())).unwrap();
    move_aside(&places.key);
    let missing = world(home.path()).start().unwrap_err();
    let how = begin_anew(&places.key, &places.progress);
    assert!(missing.hint.as_ref().unwrap().ends_with(&how), "{missing:?}");
    move_aside(&places.progress);
    let mut next = world(home.path());
    name_assignment(&mut next);
    assert!(next.start().unwrap().is_none());
    let anew = next.introduce(&ada(), Some("battery staple")).unwrap();
    assert_ne!(anew.learner().did, begun.learner().did);
    assert_eq!(
        anew.assigned().unwrap().nonce,
        begun.assigned().unwrap().nonce,
        "it has to be named again, and can be"
    );
    next.key.unlock(&anew.learner().did, Some("battery staple")).unwrap();
    drop(next);

    // It comes back to them: so do the two files, and all is as it was.
    for file in [&places.key, &places.progress] {
        fs::rename(aside.path().join(file.file_name().unwrap()), file).unwrap();
    }
    assert_eq!(world(home.path()).start().unwrap().unwrap().learner(), begun.learner());
}

/// The progress alone was moved, or lost, and the key that is left has a passphrase that nobody knows.
#[test]
fn a_key_that_nothing_was_begun_with_can_be_moved_away() {
    let home = files::tempdir().unwrap();
    let mut running = world(home.path());
    running.introduce(&ada(), Some("correct horse")).unwrap();
    let places = running.places();
    drop(running);
    fs::remove_file(&places.progress).unwrap();
    let mut next = world(home.path());
    let trouble = next.introduce(&ada(), Some("battery staple")).unwrap_err();
    assert!(
        trouble.hint.as_ref().unwrap().ends_with("move the file to another folder, and a new key is made")
    );
    fs::remove_file(&places.key).unwrap();
    next.introduce(&ada(), Some("battery staple")).unwrap();
}

#[cfg(unix)]
#[test]
fn what_goes_into_a_deleted_file_is_not_saved() {
    let home = files::tempdir().unwrap();
    let mut running = world(home.path());
    running.introduce(&ada(), None).unwrap();
    fs::remove_dir_all(home.path().join("data")).unwrap();
    let next = Change::RunStarted(Run { number: 2, nonce: None, started_at: running.now() });
    let trouble = running.save(&[next]).unwrap_err();
    assert!(trouble.message.ends_with("the progress file is gone"), "{}", trouble.message);
}

/// An empty file was a first start without a word.
#[test]
fn progress_that_is_gone_is_missed() {
    fn check(lose: impl Fn(&Path)) {
        let home = files::tempdir().unwrap();
        let mut running = world(home.path());
        running.introduce(&ada(), None).unwrap();
        let file = running.progress_file();
        drop(running);
        lose(&file);
        let mut next = world(home.path());
        assert!(next.start().unwrap().is_none());
        let notices = next.take_notices();
        assert!(notices[0].starts_with("There is a device key but no progress in "), "{notices:?}");
        assert_eq!(next.introduce(&ada(), None).unwrap().learner().person, ada());
    }
    check(|file| fs::remove_file(file).unwrap());
    check(|file| files::replace(file, b"", Privacy::Private).unwrap());
}

/// Only the start that set it aside told of it; whoever left then and came again met a first start without a word.
#[test]
fn damaged_progress_is_told_of_until_somebody_begins_anew_and_can_be_found_afterwards() {
    let home = files::tempdir().unwrap();
    let mut running = world(home.path());
    running.introduce(&ada(), None).unwrap();
    let file = running.progress_file();
    drop(running);
    files::replace(&file, &[0xa5; 8192], Privacy::Private).unwrap();
    let first = |words: &str| {
        let mut next = world(home.path());
        assert!(next.start().unwrap().is_none());
        let notices = next.take_notices();
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert!(
            notices[0].contains(words) && notices[0].contains("progress.sqlite.damaged-1"),
            "{notices:?}"
        );
        next
    };
    drop(first("was damaged. It was set aside as"));
    drop(first("your progress is missing"));
    let mut next = first("A file with progress that was damaged lies in");
    next.introduce(&ada(), None).unwrap();
    drop(next);
    let mut next = world(home.path());
    assert!(next.start().unwrap().is_some());
    assert!(next.take_notices().is_empty(), "it was told");
    assert_eq!(next.set_aside(), Some(home.path().join("data/progress.sqlite.damaged-1")));
}

#[test]
fn what_a_crash_left_behind_goes_at_the_next_start() {
    let home = files::tempdir().unwrap();
    world(home.path()).introduce(&ada(), None).unwrap();
    let (old, new) =
        (home.path().join("data/.countersign-old.tmp"), home.path().join("data/.countersign-new.tmp"));
    for leftover in [&old, &new] {
        files::write_new(leftover, b"half a key", Privacy::Private).unwrap();
    }
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    world(home.path()).start().unwrap();
    assert!(!old.exists() && new.exists());
}

/// HR was told to set `COUNTERSIGN_HOME`, which moves no registry.
#[test]
fn only_a_learner_is_told_of_their_home() {
    let error = StoreError::ReadOnly { path: "registry.db".into(), source: "read only".into() };
    assert!(error.hint().is_some_and(|hint| !hint.contains("COUNTERSIGN_HOME")));
    assert!(of_store(&error).hint.is_some_and(|hint| hint.contains("COUNTERSIGN_HOME")));
}

/// A record holds personal data; a copy of it in a folder of HR's is to be readable there.
#[cfg(unix)]
#[test]
fn the_folder_of_the_records_is_for_the_learner_alone_and_copies_are_not() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = files::tempdir().unwrap();
    let mut world = world(home.path());
    let page = world.export("page.html", "<p>").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.path().join("records")), 0o700);
    let plain = home.path().join("plain");
    files::write_new(&plain, b"as the settings of the system have it", Privacy::Shared).unwrap();
    assert_eq!(mode(&page), mode(&plain), "a copy of it is as readable as any file");
}

/// Records are made to be handed on; notes are for nobody else, and what somebody wrote into them stays.
#[cfg(unix)]
#[test]
fn notes_beside_the_records_are_for_the_learner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = files::tempdir().unwrap();
    let mut world = world(home.path());
    for (notes, name) in [
        ("first", "small-notes.md"),
        ("first", "small-notes.md"),
        ("second", "small-notes-2.md"),
        ("third", "small-notes-3.md"),
    ] {
        let path = world.write_notes("small-notes.md", notes).unwrap();
        assert_eq!(path, home.path().join("records").join(name));
        assert_eq!(fs::read_to_string(&path).unwrap(), notes);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// The course's assignment for `person`, as it comes from HR.
fn assignment_for(course: &Course, person: Person) -> GivenAssignment {
    assignment_of("0123456789abcdef0123456789abcdef", 1_700_000_000, course, person)
}

fn assignment_of(nonce: &str, issued_at: i64, course: &Course, person: Person) -> GivenAssignment {
    let claims = AssignmentClaims {
        course: CourseClaim {
            course_id: course.id.clone(),
            digest: course.digest,
            language: course.language.clone(),
            title: course.title.clone(),
            version: course.version.clone(),
        },
        deliver_to: "hr@example.org".to_owned(),
        due: Timestamp::from_unix(1_900_000_000).unwrap(),
        issued_at: Timestamp::from_unix(issued_at).unwrap(),
        nonce: nonce.to_owned(),
        person,
        reason: None,
    };
    let key = SecretKey::from_seed(&[3; 32]);
    let signed = sign_assignment(&claims, Uuid::new_v4(), claims.issued_at, &key).unwrap();
    GivenAssignment { assignment: read_assignment(&signed.bytes).unwrap(), bytes: signed.bytes }
}

#[test]
fn a_correction_is_kept_with_the_same_key_and_without_its_passphrase() {
    let home = files::tempdir().unwrap();
    let mut running = world(home.path());
    running.introduce(&ada(), Some("correct horse")).unwrap();
    let key = fs::read(running.key.path()).unwrap();
    let corrected = Person { name: "Ada Sample".to_owned(), number: "0043".to_owned(), email: None };
    running.correct(&corrected, None).unwrap();
    assert_eq!(world(home.path()).start().unwrap().unwrap().learner().person, corrected);
    assert_eq!(fs::read(running.key.path()).unwrap(), key);
    let hidden = Person { name: "Ada\u{202e}".to_owned(), ..ada() };
    assert!(running.correct(&hidden, None).unwrap_err().message.contains("hidden characters"));
    put_another_key(&running);
    assert!(running.correct(&ada(), None).is_err(), "what was begun belongs to the other key");
}

/// The learner went on with the later assignment without a word.
#[test]
fn who_names_an_earlier_assignment_is_told_that_the_later_one_goes_on() {
    let home = files::tempdir().unwrap();
    let (first, second) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    let never = "00000000000000000000000000000001";
    world(home.path()).introduce(&ada(), None).unwrap();
    let started = |nonce: &str| {
        let mut running = world(home.path());
        let issued = if nonce == never { 1_600_000_000 } else { 1_700_000_000 };
        let given = assignment_of(nonce, issued, &running.course, ada());
        running.assignments = Assignments::within(&running.data, Some(given));
        let training = running.start().unwrap().unwrap();
        (training.assigned().unwrap().nonce.clone(), running.take_notices())
    };
    let anew = || vec![BEGUN_ANEW.to_owned()];
    assert_eq!(started(first), (first.to_owned(), anew()));
    assert_eq!(started(second), (second.to_owned(), anew()));
    assert_eq!(started(first), (second.to_owned(), vec![Over::Begun.words().to_owned()]));
    assert_eq!(started(second), (second.to_owned(), Vec::new()));
    // It was begun in place of the later one, whose attempts were gone.
    assert_eq!(started(never), (second.to_owned(), vec![Over::Issued.words().to_owned()]));
}

/// What was done for the earlier one was gone, unasked.
#[test]
fn who_names_another_assignment_in_the_middle_is_asked_until_they_decide_and_whenever_they_name_it() {
    let home = files::tempdir().unwrap();
    let (first, second) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    world(home.path()).introduce(&ada(), None).unwrap();
    let started = |named: Option<&str>| {
        let mut running = world(home.path());
        let given = named.map(|nonce| assignment_of(nonce, 1_700_000_000, &running.course, ada()));
        running.assignments = Assignments::within(&running.data, given);
        let training = running.start().unwrap().unwrap();
        (running, training)
    };
    let answered = |training: &Training| training.assigned().map(|assigned| assigned.nonce.clone());
    let (mut running, mut training) = started(Some(first));
    let now = running.now();
    running.save(&training.read_whole(Text::Lesson(0), 30, now)).unwrap();
    for named in [Some(second), None, Some(second), Some(first), Some(second)] {
        let (mut running, training) = started(named);
        assert_eq!(answered(&training).as_deref(), Some(first));
        assert_eq!(training.progress().lessons.len(), 1);
        let asked = training.further().map(|further| further.nonce.as_str());
        assert_eq!(asked, named.filter(|named| *named != first));
        assert_eq!(running.take_notices(), Vec::<String>::new());
    }
    let (mut running, mut training) = started(Some(second));
    let now = running.now();
    running.save(&training.begin_further(now)).unwrap();
    for named in [None, Some(second), Some(first)] {
        let (mut running, training) = started(named);
        assert_eq!(answered(&training).as_deref(), Some(second));
        assert_eq!(training.further(), None);
        let over = (named == Some(first)).then(|| Over::Begun.words().to_owned());
        assert_eq!(running.take_notices(), Vec::from_iter(over));
    }
}

/// Who leaves has what is stored looked at once more.
#[test]
fn to_look_at_what_is_stored_begins_nothing_and_makes_nothing() {
    let home = files::tempdir().unwrap();
    assert!(world(home.path()).as_stored().is_none());
    assert!(!home.path().join("data").exists() && !world(home.path()).places().progress.exists());
    let (first, second) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    world(home.path()).introduce(&ada(), None).unwrap();
    let naming = |nonce: &str| {
        let mut running = world(home.path());
        let given = assignment_of(nonce, 1_700_000_000, &running.course, ada());
        running.assignments = Assignments::within(&running.data, Some(given));
        running
    };
    let answered = |training: &Training| training.assigned().map(|assigned| assigned.nonce.clone());
    assert_eq!(answered(&naming(first).start().unwrap().unwrap()).as_deref(), Some(first));
    let mut running = naming(second);
    for _ in 0..2 {
        let training = running.as_stored().expect("nothing is to be said");
        assert_eq!(answered(&training).as_deref(), Some(first));
        assert_eq!(training.further().map(|further| further.nonce.as_str()), Some(second));
    }
    // With nothing done yet, a start goes on with the second.
    assert_eq!(answered(&naming(second).start().unwrap().unwrap()).as_deref(), Some(second));
    running.notices.push("The file was damaged.".to_owned());
    assert!(running.as_stored().is_none(), "something is to be said");
}

/// Without the copy of the earlier assignment no record can come of the run under way, and nobody could answer the next one.
#[test]
fn who_has_lost_the_earlier_assignment_can_answer_another() {
    let home = files::tempdir().unwrap();
    let (first, second) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    world(home.path()).introduce(&ada(), None).unwrap();
    let naming = |nonce: &str| {
        let mut running = world(home.path());
        let given = assignment_of(nonce, 1_700_000_000, &running.course, ada());
        running.assignments = Assignments::within(&running.data, Some(given));
        running
    };
    let mut running = naming(first);
    let mut training = running.start().unwrap().unwrap();
    let now = running.now();
    running.save(&training.read_whole(Text::Lesson(0), 30, now)).unwrap();
    fs::remove_dir_all(running.assignments.folder()).unwrap();
    assert!(world(home.path()).start().unwrap_err().message.contains("is missing"));
    let mut running = naming(second);
    assert_eq!(running.start().unwrap().unwrap().assigned().unwrap().nonce, second);
    assert_eq!(running.take_notices(), [BEGUN_ANEW]);
}

/// A correction must not turn an assigned person into somebody whom HR did not ask.
#[test]
fn an_assignment_decides_about_the_employee_number() {
    let home = files::tempdir().unwrap();
    let mut given = world(home.path());
    given.assignments = Assignments::within(&given.data, Some(assignment_for(&given.course, ada())));
    given.introduce(&ada(), None).unwrap();
    // The next start finds the assignment among those that are kept.
    let mut later = world(home.path());
    for running in [&mut given, &mut later] {
        let training = running.start().unwrap().unwrap();
        let answered = training.assigned().expect("it answers the assignment");
        let other = Person { number: "0043".to_owned(), ..ada() };
        let trouble = running.correct(&other, Some(answered)).unwrap_err();
        assert_eq!(
            trouble.message,
            "the assignment is for Ada Example (0042), and this is Ada Example (0043)"
        );
        let renamed = Person { name: "Ada Sample".to_owned(), ..ada() };
        running.correct(&renamed, Some(answered)).unwrap();
        assert_eq!(running.start().unwrap().unwrap().learner().person, renamed);
    }
}

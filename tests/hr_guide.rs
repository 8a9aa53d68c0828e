//! The commands of `docs/hr-guide.md`, run as they stand there and in their order: an office from its first day to an
//! erasure, with what people send in the meantime.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "files of a test, in a temporary folder")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::NaiveDate;
use countersign::clock::{Clock as _, SystemClock, Timestamp};
use countersign::course::{self, Course};
use countersign::digest::Digest;
use countersign::progress::Person;
use countersign::record::claims::CompletionClaims;
use countersign::record::key::SecretKey;
use countersign::record::{Assignment, SignedRecord, read_assignment, sign_completion};
use countersign::shell::option;
use uuid::Uuid;

#[path = "support/learner.rs"]
mod learner;

/// The day on which the guide is read. All its days are moved by as much as today is later.
const DAY: &str = "2026-11-26";

const PEOPLE: &str = "Personalnummer;Name;E-Mail;Abteilung;Eintritt;Status\n\
                      007;Ada Byron;ada@example.org;Sales;2020-02-01;aktiv\n\
                      012;Bea Quist;bea@example.org;Legal;2021-03-01;aktiv\n\
                      013;Carl Zoe;carl@example.org;Legal;2022-04-01;aktiv\n";

#[test]
fn the_guide_leads_through_the_life_of_an_office() {
    follow(Office::new());
}

/// What was told to do next was about another registry.
#[test]
fn whoever_names_the_registry_is_told_commands_that_name_it() {
    let office = Office::new();
    let registry = Some(option("--registry", office.meaning("/srv/training")));
    follow(Office { registry, ..office });
}

/// Does what the guide says, from its first line to its last.
fn follow(mut office: Office) {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hr-guide.md"));
    let page = page.expect("the guide");
    let blocks = blocks(&page);
    // Should the guide come to write its commands in another way, this test must not fall silent.
    let lines = |of: Kind| {
        blocks.iter().filter(|block| block.kind == of).map(|block| block.lines.len()).sum::<usize>()
    };
    assert!(lines(Kind::Shell) >= 40 && lines(Kind::Cron) >= 5, "{blocks:#?}");
    for block in &blocks {
        for line in &block.lines {
            match block.kind {
                Kind::Shell => office.types(line),
                Kind::Cron => office.schedules(line),
            }
        }
    }
    // The digest of a version of the course stood there, and was soon that of an old one.
    let meant = |word: &str| office.meant.iter().any(|(placeholder, _)| placeholder == word);
    let digests = digests(&page);
    assert!(digests.len() >= 4, "{digests:?}");
    for digest in digests {
        assert!(
            meant(digest),
            "{digest} is the digest of something that will be another: show what does not age"
        );
    }
    assert_eq!(office.unusual, [], "these were to end otherwise, and the guide does not have them");
    for (placeholder, _) in &office.meant {
        assert!(page.contains(placeholder.as_str()), "the guide does not have {placeholder}");
    }
}

/// The words that look like the beginning of a digest, as lists show it.
fn digests(page: &str) -> Vec<&str> {
    let words = page.split(|c: char| !c.is_ascii_alphanumeric());
    let is_digest = |word: &&str| {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        word.len() == 8 && word.bytes().all(hex) && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    words.filter(is_digest).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shell,
    Cron,
}

#[derive(Debug)]
struct Block {
    kind: Kind,
    lines: Vec<String>,
}

/// The fenced blocks, those within lists too. Every block of a guide for the command line holds commands.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut within = false;
    for line in page.lines().map(str::trim) {
        match (line.strip_prefix("```"), within) {
            (Some(language), false) => {
                let kind = match language {
                    "sh" => Kind::Shell,
                    "cron" => Kind::Cron,
                    other => panic!("a block in the language {other:?}, which nobody runs"),
                };
                blocks.push(Block { kind, lines: Vec::new() });
                within = true;
            }
            (Some(_), true) => within = false,
            (None, true) if !line.is_empty() => {
                let lines = &mut blocks.last_mut().expect("within a block").lines;
                let begun = lines.pop_if(|last| last.ends_with('\\'));
                let begun = begun.as_deref().and_then(|line| line.strip_suffix('\\')).unwrap_or_default();
                lines.push(format!("{begun}{line}"));
            }
            (None, _) => {}
        }
    }
    blocks
}

struct Office {
    folder: tempfile::TempDir,
    /// Where the next command is typed.
    here: PathBuf,
    course: Course,
    /// What stands in the guide, and what is meant by it here.
    meant: Vec<(String, String)>,
    /// Commands that end with another code than 0, each once.
    unusual: Vec<(&'static str, i32)>,
    /// What the table of a scheduled job sets.
    set: Vec<(String, String)>,
    /// How the registry is named in commands, where it is.
    registry: Option<String>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path().to_owned();
        fs::create_dir(here.join("safe")).expect("a folder");
        fs::write(here.join("people.csv"), PEOPLE).expect("a file");
        let course = course::parse(course::embedded()).expect("no faults");
        let at = |name: &str| here.join(name).display().to_string();
        let meant = [
            ("/mnt/safe", at("safe")),
            ("/srv/training", at("training")),
            ("/srv/people.csv", at("people.csv")),
            ("/srv/inbox", at("training/inbox")),
        ];
        Self {
            meant: meant.map(|(text, meant)| (text.to_owned(), meant)).into(),
            unusual: vec![
                // Something waits for somebody.
                ("countersign hr collect inbox", 1),
                // A month later the forged file is still where it was.
                ("countersign hr collect inbox", 1),
                ("countersign hr review", 1),
                // A full screen needs a terminal.
                ("countersign hr", 2),
                // What was sent before the laptop was lost is here, so nothing of theirs is open.
                ("countersign hr assign --write --course app-data-and-byod --to person=007 --out again", 1),
                // It is refused, and the guide says so.
                ("countersign hr erase 007 --by 'J. Doe'", 2),
            ],
            set: Vec::new(),
            registry: None,
            here,
            course,
            folder,
        }
    }

    /// A line of the guide that an officer types.
    fn types(&mut self, line: &str) {
        let command = line.split(" #").next().unwrap_or_default().trim();
        if let Some(folder) = command.strip_prefix("cd ") {
            self.here = self.here.join(folder);
            return;
        }
        // There is no store of statements here: `docs/verify/test-statements` runs these against one that is not ours.
        if command.contains("lrs.example.org") {
            assert!(self.here.join("statements.json").exists(), "{command}");
            return;
        }
        self.meanwhile(command);
        // Nobody sits at a terminal here to say yes.
        let yes = match command {
            command if command.starts_with("countersign hr roster import") => " --yes",
            command if command.starts_with("countersign hr erase") => " --yes",
            _ => "",
        };
        let code = match self.unusual.iter().position(|(unusual, _)| *unusual == command) {
            Some(place) => self.unusual.remove(place).1,
            None => 0,
        };
        let run = self.meaning(line.replacen(command, &format!("{command}{yes}"), 1).as_str());
        if command.contains("--watch") {
            return self.watches(&run);
        }
        let output = self.shell(&run);
        assert_eq!(output.status.code(), Some(code), "{run}\n{}", said(&output));
    }

    /// A line of a table of scheduled jobs.
    fn schedules(&mut self, line: &str) {
        if line.starts_with('#') {
            return;
        }
        if let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.contains(' ')) {
            let value = self.meaning(value);
            return self.set.push((name.to_owned(), value));
        }
        let mut rest = line;
        for _ in 0..5 {
            let (when, behind) = rest.split_once(' ').expect("five fields and a command");
            assert!(when.chars().all(|c| c.is_ascii_digit() || c == '*'), "{line}");
            rest = behind.trim_start();
        }
        assert!(
            !rest.replace("\\%", "").contains('%'),
            "cron takes a bare % for the end of the line: {line}"
        );
        // A job is run in another folder than the registry.
        let here = std::mem::replace(&mut self.here, self.folder.path().to_owned());
        let output = self.shell(&self.meaning(&rest.replace("\\%", "%")));
        self.here = here;
        let said = said(&output);
        assert!(output.status.success(), "{line}\n{said}");
        for wrong in ["error", "no backup", "not found", "Usage"] {
            assert!(!said.contains(wrong), "{line}\n{said}");
        }
    }

    /// What happens elsewhere before a command is of use.
    fn meanwhile(&mut self, command: &str) {
        let word = |place: usize| command.split(' ').nth(place).unwrap_or_default();
        match (word(1), word(2), word(3)) {
            ("hr", "roster", "import") => {
                fs::copy(self.folder.path().join("people.csv"), self.here.join("people.csv"))
                    .expect("a file");
                fs::copy(self.here.join("hr.key"), self.folder.path().join("safe/hr.key")).expect("a file");
            }
            ("learn", ..) => {
                let assignment = self.found("assignments", "007_", ".assignment.json");
                fs::copy(assignment, self.here.join("007.assignment.json")).expect("a file");
                let pack = self.found("assignments", "app-data-and-byod-", ".course");
                let name = pack.file_name().expect("a name").to_owned();
                fs::copy(pack, self.here.join(name)).expect("a file");
            }
            ("hr", "collect", "inbox") if !self.here.join("inbox").exists() => self.people_send(),
            ("verify", ..) => {
                for ending in [".completion.json", ".completion.tlog-proof"] {
                    let folder = if ending.ends_with("json") { "inbox" } else { "receipts" };
                    let file = self.found(folder, "007_", ending);
                    fs::copy(file, self.here.join(format!("007{ending}"))).expect("a file");
                }
                let key = self.shell("countersign hr log key");
                fs::write(self.here.join("log.key"), key.stdout).expect("a file");
            }
            ("hr", "waive", "--revoke") => {
                let listed = self.shell("countersign hr waive --list").stdout;
                let listed = String::from_utf8(listed).expect("text");
                self.mean("57e34cff", listed.split(' ').next().expect("a word"));
            }
            ("hr", "review", "show") if command.ends_with("2b7d11c0") => self.a_laptop_is_lost(),
            _ => {}
        }
    }

    /// One answers the assignment, one takes the course without any, and one is not honest.
    fn people_send(&mut self) {
        fs::create_dir(self.here.join("inbox")).expect("a folder");
        let asked = self.assignment("007_");
        let honest = self.takes(&[7; 32], Some(&asked), |_| {});
        self.sends("007_app-data-and-byod.completion.json", &honest);
        let alone = self.takes(&[12; 32], None, |claims| {
            claims.person = Person { number: "012".to_owned(), name: "Bea Quist".to_owned(), email: None };
        });
        self.mean("1f0c9ab2", &alone.digest.short());
        self.sends("012.completion.json", &alone);
        let forged = self.takes(&[13; 32], Some(&self.assignment("013_")), |claims| {
            claims.attempts[0].responses[0].response = None;
        });
        self.mean("5c1e22aa", &Digest::of(&forged.bytes).short());
        self.sends("013.completion.json", &forged);
    }

    fn a_laptop_is_lost(&mut self) {
        let seed = [77; 32];
        let record = self.takes(&seed, Some(&self.assignment("007_")), |_| {});
        self.mean("2b7d11c0", &record.digest.short());
        self.mean("did:key:z6Mk…", &SecretKey::from_seed(&seed).did());
        self.sends("007 again.completion.json", &record);
        assert_eq!(self.shell("countersign hr collect inbox").status.code(), Some(1));
    }

    fn takes(
        &self,
        seed: &[u8; 32],
        assignment: Option<&Assignment>,
        also: impl FnOnce(&mut CompletionClaims),
    ) -> SignedRecord {
        let key = SecretKey::from_seed(seed);
        let mut claims =
            learner::claims(&self.course, &key.did(), assignment, &[self.course.assessment.draw]);
        let now = SystemClock.now();
        at_once(&mut claims, now);
        also(&mut claims);
        let id = Uuid::from_bytes([seed[0], 1, 2, 3, 4, 5, 0x4d, 7, 0x8a, 9, 10, 11, 12, 13, 14, 15]);
        sign_completion(&claims, id, now, &key).expect("in the profile")
    }

    fn sends(&self, name: &str, record: &SignedRecord) {
        fs::write(self.here.join("inbox").join(name), &record.bytes).expect("a file");
    }

    fn assignment(&self, number: &str) -> Assignment {
        let bytes = fs::read(self.found("assignments", number, ".assignment.json")).expect("a file");
        read_assignment(&bytes).expect("an assignment")
    }

    /// The first file below a folder whose name begins and ends so.
    fn found(&self, folder: &str, begin: &str, end: &str) -> PathBuf {
        let mut folders = vec![self.here.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if name.starts_with(begin) && name.ends_with(end) {
                    return path;
                }
            }
        }
        panic!("nothing in {folder} begins with {begin} and ends with {end}");
    }

    fn mean(&mut self, placeholder: &str, meant: &str) {
        self.meant.push((placeholder.to_owned(), meant.to_owned()));
    }

    /// The line with what is meant, on the days that are meant.
    fn meaning(&self, line: &str) -> String {
        let begun: NaiveDate = DAY.parse().expect("a day");
        let later = SystemClock.now().date() - begun;
        let mut moved = String::new();
        let mut rest = line;
        // Days are read with spaces in them, too.
        let day = |text: &str| text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text);
        while let Some(c) = rest.chars().next() {
            let length = if let Some(day) = rest.get(..DAY.len()).and_then(day) {
                moved.push_str(&(day + later).to_string());
                DAY.len()
            } else {
                moved.push(c);
                c.len_utf8()
            };
            rest = &rest[length..];
        }
        self.meant.iter().fold(moved, |line, (placeholder, meant)| line.replace(placeholder.as_str(), meant))
    }

    fn shell(&self, line: &str) -> Output {
        let output = self.command(line).output().expect("sh");
        let told = said(&output);
        assert_eq!(self.named(&told), told, "{line}");
        output
    }

    /// A text in which every command about a registry names it, but for those that make one.
    fn named(&self, text: &str) -> String {
        let Some(registry) = &self.registry else { return text.to_owned() };
        let mut commands = text.split("countersign hr ");
        let mut named = commands.next().unwrap_or_default().to_owned();
        for command in commands {
            named.push_str("countersign hr ");
            if !["--registry", "init", "restore"].iter().any(|other| command.starts_with(other)) {
                named = named + registry + " ";
            }
            named.push_str(command);
        }
        named
    }

    fn command(&self, line: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_countersign")).parent().expect("a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        command
            .args(["-c", &self.named(line)])
            .env("PATH", format!("{}:{path}", program.display()))
            .env("COUNTERSIGN_HOME", self.folder.path().join("home"))
            .env("TZ", "UTC")
            .env_remove("COUNTERSIGN_REGISTRY")
            .envs(self.set.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.here)
            .stdin(Stdio::null());
        command
    }

    /// Until somebody presses Ctrl-C.
    fn watches(&self, line: &str) {
        let mut watching = self.command(&format!("exec {line}"));
        let mut watching = watching.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("sh");
        let mut told = String::new();
        BufReader::new(watching.stderr.take().expect("a pipe")).read_line(&mut told).expect("a line");
        assert!(told.contains("until you press Ctrl-C"), "{told}");
        let pressed = Command::new("kill").args(["-INT", &watching.id().to_string()]).status();
        assert!(pressed.expect("kill").success());
        assert_eq!(watching.wait().expect("it ends").code(), Some(0), "{line}");
    }
}

/// Whoever is quick takes a course in a second: the assignment is of this minute, too.
fn at_once(claims: &mut CompletionClaims, now: Timestamp) {
    for lesson in &mut claims.lessons {
        (lesson.first_opened_at, lesson.finished_at, lesson.active_seconds) = (now, now, 0);
    }
    for attempt in &mut claims.attempts {
        (attempt.started_at, attempt.finished_at, attempt.active_seconds) = (now, now, 0);
        attempt.responses.iter_mut().for_each(|response| response.seconds = 0);
    }
    if let Some(acknowledgement) = &mut claims.acknowledgement {
        acknowledgement.at = now;
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

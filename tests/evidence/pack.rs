//! `hr evidence`: the commands of README.txt as they are printed, on a pack that is right and on packs that are not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::Days;
use countersign::record::key::SecretKey;
use countersign::record::ssh;
use countersign::report::evidence::sums;

use super::registry::{Registry, now};
use super::tools::{has_tools, tool};
use super::vectors::HR;
use super::{collected, excepted, printed, text};

pub(super) const NAMESPACE: &str = "evidence-pack@countersign";

/// Makes a pack of the present year so far.
pub(super) fn make(registry: &Registry, name: &str, more: &[&str]) -> Output {
    let today = now().date();
    let begin = today.checked_sub_days(Days::new(300)).expect("a day");
    let (from, to, out) = (begin.to_string(), today.to_string(), registry.inbox().join(name));
    let out = out.to_str().expect("text");
    let arguments = ["evidence", "--course", "vector-course", "--from", &from, "--to", &to, "--out", out];
    registry.run(&[&arguments[..], more].concat())
}

pub(super) fn pack(registry: &Registry, name: &str, more: &[&str]) -> PathBuf {
    printed(&make(registry, name, more), 0);
    registry.inbox().join(name)
}

pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).expect("below").to_str().expect("text").to_owned();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// The commands of a README: each block of lines that stand four spaces in.
pub(super) fn blocks(readme: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut within = false;
    for line in readme.lines() {
        match line.strip_prefix("    ") {
            Some(command) if within => {
                let last = blocks.last_mut().expect("within a block");
                last.push('\n');
                last.push_str(command);
            }
            Some(command) => blocks.push(command.to_owned()),
            None => {}
        }
        within = line.starts_with("    ");
    }
    blocks
}

/// Runs all commands, each block by itself; those that failed, with what they said.
pub(super) fn failing(folder: &Path) -> Vec<(String, String)> {
    let readme = fs::read_to_string(folder.join("README.txt")).expect("a README");
    let blocks = blocks(&readme);
    assert!(blocks.len() >= 7, "{readme}");
    let run = |mode: &[&str], block: &str| {
        tool("sh").args(mode).arg(block).current_dir(folder).output().expect("sh")
    };
    let failing = blocks.into_iter().filter_map(|block| {
        let output = run(&["-e", "-c"], &block);
        if output.status.success() {
            return None;
        }
        // Pasted into a shell that goes on after an error, a block that fails must not say that all is well either.
        if let Some(words) = block.lines().last().and_then(|line| line.strip_prefix("echo \"")) {
            let pasted = text(&run(&["-c"], &block).stdout);
            assert!(!pasted.contains(words.trim_end_matches('"')), "{block}\n{pasted}");
        }
        Some((block, text(&output.stdout) + &text(&output.stderr)))
    });
    failing.collect()
}

#[test]
fn the_commands_of_the_readme_find_a_sound_pack_sound() {
    if !has_tools() {
        return;
    }
    let registry = excepted();
    let whole = pack(&registry, "whole", &[]);
    assert_eq!(failing(&whole), []);
    let sampled = pack(&registry, "sampled", &["--sample", "1", "--seed", "it's $(id) \"2026\""]);
    assert_eq!(failing(&sampled), []);
    // And what it says of grading, with our own program.
    let readme = fs::read_to_string(whole.join("README.txt")).expect("text");
    let command =
        readme.lines().find(|line| line.starts_with("  countersign verify records")).expect("a line");
    let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
    let verify = Command::new(env!("CARGO_BIN_EXE_countersign")).args(arguments).current_dir(&whole).output();
    printed(&verify.expect("it starts"), 0);
}

/// Somebody changes the pack on the way, and cannot sign.
#[test]
fn what_was_changed_on_the_way_is_found() {
    if !has_tools() {
        return;
    }
    let registry = collected();
    let folder = pack(&registry, "pack", &["--sample", "2", "--seed", "s"]);
    let change = |name: &str, change: &dyn Fn(&Path), words: &str| {
        let before = files(&folder);
        change(&folder);
        let failed = failing(&folder);
        assert!(failed.iter().any(|(_, said)| said.contains(words)), "{name}: {failed:#?}");
        fs::remove_dir_all(&folder).expect("removed");
        lay_out(&folder, &before);
    };
    let append = |path: &'static str| {
        move |folder: &Path| {
            let path = folder.join(path);
            let text = fs::read_to_string(&path).expect("text") + "x\n";
            fs::write(path, text).expect("written");
        }
    };
    change("a table", &append("population.csv"), "population.csv: FAILED");
    change("the key", &append("log/key"), "FAIL");
    change("a file more", &|folder| fs::write(folder.join("more"), "").expect("written"), "");
    change(
        "a file less",
        &|folder| fs::remove_file(folder.join("waivers.csv")).expect("removed"),
        "waivers.csv",
    );
    change("the list", &append("SHA256SUMS"), "Could not verify signature");
    assert_eq!(failing(&folder), []);
}

/// HR itself changes the pack and signs it again; what employees signed, and the log, are out of its reach.
#[test]
fn what_hr_changes_and_signs_again_is_found() {
    if !has_tools() {
        return;
    }
    let registry = excepted();
    let sampled = files(&pack(&registry, "sampled", &["--sample", "1", "--seed", "s"]));
    let other = if sampled["sample.txt"] == b"012345\n" { "12345\n" } else { "012345\n" };
    check_signed(&registry, sampled, ("sample.txt", |_| other.into()), "12345");
    let whole = files(&pack(&registry, "whole", &[]));
    let check = |path, change: fn(&str) -> String, words| {
        check_signed(
            &registry,
            whole.clone(),
            (path, |bytes: &[u8]| change(&text(bytes)).into_bytes()),
            words,
        );
    };
    check("records/", |text| text.replace("Ada", "Eve"), "FAIL records/012345");
    check("receipts/", |text| text.replace("index ", "index 1"), "FAIL receipts/012345");
    check("log/entries.jsonl", |text| text.replace("passed", "failed"), "FAIL log/entries.jsonl");
    check("courses/digests.txt", |text| text.replace('a', "b"), "FAIL ");
    // Another person under the same entries, another reason, and a population with fewer in it.
    check("log/people.txt", |text| text.replace(" 012345\n", " 012346\n"), "FAIL 012346 is not");
    check("waivers/", |text| text.replace("parental leave", "sick leave"), "FAIL waivers/12345");
    check("roster.txt", |text| text.replace("12345\n", ""), "PASS log/roster.tlog-proof");
    check("numbers.txt", |text| text.replace("\n12345\n", "\n"), "PASS log/roster.tlog-proof");
}

/// Changes the first file below a path, signs the pack again, and looks for the words of a command that fails.
#[track_caller]
fn check_signed(
    registry: &Registry,
    mut files: BTreeMap<String, Vec<u8>>,
    (below, change): (&str, impl Fn(&[u8]) -> Vec<u8>),
    words: &str,
) {
    let (_, bytes) = files.iter_mut().find(|(path, _)| path.starts_with(below)).expect("a file");
    let changed = change(bytes);
    assert_ne!(*bytes, changed, "nothing is changed");
    *bytes = changed;
    sign(&mut files);
    let folder = registry.inbox().join(format!("changed-{}", below.replace('/', "-")));
    lay_out(&folder, &files);
    let failed = failing(&folder);
    assert!(failed.iter().any(|(_, said)| said.contains(words)), "{below}: {failed:#?}");
    assert!(failed.iter().all(|(block, _)| !block.contains("ssh-keygen")), "it is signed: {failed:#?}");
}

pub(super) fn lay_out(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

/// The list of files, and HR's signature, made again.
pub(super) fn sign(files: &mut BTreeMap<String, Vec<u8>>) {
    sign_as(files, &SecretKey::from_seed(&HR));
}

/// The same with somebody's key.
pub(super) fn sign_as(files: &mut BTreeMap<String, Vec<u8>>, key: &SecretKey) {
    files.retain(|path, _| !path.starts_with("SHA256SUMS"));
    let sums = sums(files);
    let signature = ssh::sign_file(sums.as_bytes(), NAMESPACE, key);
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    files.insert("SHA256SUMS.sig".to_owned(), signature.into_bytes());
}

/// The same registry, arguments and moment give the same bytes, in a folder and in an archive.
#[test]
fn a_pack_can_be_made_again() {
    let registry = collected();
    for attempt in 0..20 {
        let name = |what: &str| format!("{what}-{attempt}");
        let one = files(&pack(&registry, &name("one"), &[]));
        let archive = pack(&registry, &format!("{}.zip", name("two")), &[]);
        let unpacked = registry.inbox().join(name("unpacked"));
        let archive = zip::ZipArchive::new(fs::File::open(archive).expect("a file")).expect("an archive");
        { archive }.extract(&unpacked).expect("unpacked");
        // The moment stands in the README; whoever runs over a second tries again.
        let two = files(&unpacked);
        if one["README.txt"] == two["README.txt"] {
            assert_eq!(one, two);
            return;
        }
    }
    panic!("no two packs were made in one second");
}

/// Records and assignments of those who were drawn, and of nobody else.
#[test]
fn a_sample_spares_everybody_else() {
    let registry = excepted();
    for seed in ["a", "b", "c", "d", "e"] {
        let folder = pack(&registry, seed, &["--sample", "1", "--seed", seed]);
        let files = files(&folder);
        let drawn = text(&files["sample.txt"]);
        let drawn = drawn.trim();
        for path in files.keys() {
            let personal = ["records/", "receipts/", "assignments/", "waivers/"]
                .iter()
                .find_map(|one| path.strip_prefix(one));
            assert!(
                personal.is_none_or(|name| name.starts_with(&format!("{drawn}_"))),
                "{seed}: {path} of {drawn}"
            );
        }
        assert_eq!(files.keys().any(|path| path.starts_with("records/")), drawn == "012345", "{seed}");
        assert_eq!(text(&files["numbers.txt"]), "012345\n12345\n");
        assert_eq!(text(&files["roster.txt"]), "012345\n12345\n");
        // Nor are entries of the log tied to anybody else: not by a salt, and not by their places.
        let people = text(&files["log/people.txt"]);
        assert!(people.ends_with(&format!(" {drawn}\n")) && people.lines().count() == 1, "{people}");
        let spared = text(&files["waivers.csv"]).contains("(not in the sample)");
        assert_eq!(spared, drawn == "012345", "{seed}");
    }
}

/// What the page of commands says of people, entries and exceptions, on the sound pack.
#[test]
fn people_exceptions_and_the_population_are_tied_to_the_log() {
    if !has_tools() {
        return;
    }
    let registry = excepted();
    let folder = pack(&registry, "whole", &[]);
    let readme = fs::read_to_string(folder.join("README.txt")).expect("a README");
    let said: String = blocks(&readme)
        .iter()
        .map(|block| tool("sh").args(["-e", "-c", block]).current_dir(&folder).output().expect("sh"))
        .map(|output| text(&output.stdout))
        .collect();
    for words in [
        "012345 is ",
        "12345 is ",
        " is about 012345\n",
        " is what was logged of 12345\n",
        "all who stood on the roster are here\n",
        "no later roster or erasure says another number\n",
        "1 opened, 1 roster, 6 course, 2 assigned, 1 collected, 1 waived\n",
        "2 on the roster, counted from entry to entry",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let waivers = fs::read_to_string(folder.join("waivers.csv")).expect("a table");
    assert!(waivers.contains(",waivers/12345_vector-course_"), "{waivers}");
}

/// Whoever was erased cannot be tied to anything any more, by HR either.
#[test]
fn after_an_erasure_no_salt_is_left_for_a_pack() {
    let registry = excepted();
    let before = files(&pack(&registry, "before", &[]));
    let people = text(&before["log/people.txt"]);
    let line = people.lines().find(|line| line.ends_with(" 012345")).expect("a line");
    let [person, salt] = [&line[..64], &line[65..129]];
    let erase = ["erase", "012345", "--by", "Chief", "--override", "--reason", "ordered", "--yes"];
    printed(&registry.run(&erase), 0);
    let after = files(&pack(&registry, "after", &[]));
    for (path, bytes) in &after {
        let held = String::from_utf8_lossy(bytes);
        assert!(!held.contains(salt) && !held.contains("012345"), "{path}: {held}");
    }
    assert!(text(&after["log/entries.jsonl"]).contains(person), "the entries stay");
    assert_eq!(text(&after["roster.txt"]), "12345\n");
    // No page said that there had been somebody.
    let told = |files: &BTreeMap<String, Vec<u8>>, who: &str| {
        let (readme, page) = (text(&files["README.txt"]), text(&files["index.html"]));
        assert!(readme.contains(&format!("\nErased       {who}\n")), "{readme}");
        assert!(page.contains(&format!("By the log those are: {who}.</p>")), "{page}");
    };
    told(&before, "nobody");
    told(&after, "1; of 1 of them a record of this course came in the period");
    assert_eq!(verify_by_key(&registry, &registry.inbox().join("after")).1, Some(0));
    let database = fs::read(registry.home().join("registry.db")).expect("a file");
    let bytes: Vec<u8> =
        (0..32).map(|at| u8::from_str_radix(&salt[2 * at..2 * at + 2], 16).expect("hex")).collect();
    assert!(!database.windows(32).any(|window| window == bytes), "the salt is still in the file");
    if has_tools() {
        assert_eq!(failing(&registry.inbox().join("after")), []);
    }
}

/// A pack from a registry that somebody changed says so.
#[test]
fn a_pack_tells_what_is_wrong_with_the_registry() {
    let registry = collected();
    super::log::by_hand(&registry, "UPDATE record SET earned = 1");
    let output = make(&registry, "pack", &[]);
    printed(&output, 1);
    let folder = registry.inbox().join("pack");
    let page = fs::read_to_string(folder.join("index.html")).expect("a page");
    assert!(page.contains("was altered in the registry after it was logged: the marks earned"), "{page}");
    let readme = fs::read_to_string(folder.join("README.txt")).expect("a README");
    assert!(readme.contains("WARNING: the registry is not what its log says (found: 1"), "{readme}");
    // Over what is there nothing is written.
    assert_eq!(make(&registry, "pack", &[]).status.code(), Some(2));
}

/// What is said on the error output to whoever names the key of the log.
pub(super) fn verify_by_key(registry: &Registry, path: &Path) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .arg("verify")
        .arg(path)
        .args(["--log-key", &registry.log_key().to_string()])
        .output()
        .expect("it starts");
    (text(&output.stderr), output.status.code())
}

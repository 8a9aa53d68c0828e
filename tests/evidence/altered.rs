//! `countersign verify` over packs that are no whole packs any more: each fault is a finding, and the rest is looked at.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use countersign::registry::Change;
use countersign::registry::change::{Audience, RuleSet, Trigger};
use countersign::store::registry::RegistryStore as _;
use serde_json::Value;
use uuid::Uuid;

use super::pack::{failing, files, lay_out, pack, sign};
use super::registry::now;
use super::tables::{Files, replace};
use super::tools::{has_tools, tool};
use super::vectors::{World, pretty};
use super::{excepted, json, printed, text};

struct Packs {
    registry: super::Registry,
    whole: Files,
}

impl Packs {
    fn made() -> Self {
        Self::of(excepted())
    }

    fn of(registry: super::Registry) -> Self {
        let whole = files(&pack(&registry, "whole", &[]));
        Self { registry, whole }
    }

    /// The altered pack, as HR would sign it.
    fn signed(&self, name: &str, alter: impl FnOnce(&mut Files)) -> std::path::PathBuf {
        let mut files = self.whole.clone();
        alter(&mut files);
        sign(&mut files);
        let folder = self.registry.inbox().join(name);
        lay_out(&folder, &files);
        folder
    }

    /// The pack as it is after files in it were changed by somebody else.
    fn changed(&self, name: &str, change: impl FnOnce(&Path)) -> std::path::PathBuf {
        let folder = self.registry.inbox().join(name);
        lay_out(&folder, &self.whole);
        change(&folder);
        folder
    }
}

fn verify(arguments: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("verify").args(arguments).arg("--json").output().expect("it starts")
}

/// What is found of a pack, with the exit code.
#[track_caller]
fn found(folder: &Path, code: i32) -> Value {
    json(&verify(&[folder]), code)
}

#[track_caller]
pub(super) fn check(said: &Value, finding: &str, outcome: &str, words: &str) {
    let told = &said["pack"][finding];
    assert_eq!(told["outcome"], outcome, "{finding}: {said:#}");
    assert!(told["reasons"].to_string().contains(words), "{words}: {told:#}");
}

/// Whatever is taken away, it is a pack, and what is left is looked at.
#[test]
fn a_pack_from_which_something_was_taken_is_a_pack() {
    let packs = Packs::made();
    let without = |path: &str, code| {
        let name = format!("without-{}", path.replace('/', "-"));
        found(&packs.changed(&name, |folder| fs::remove_file(folder.join(path)).expect("removed")), code)
    };
    let said = without("SHA256SUMS", 1);
    check(&said, "files", "fail", "SHA256SUMS is missing");
    check(&said, "tables", "pass", "");
    for path in ["SHA256SUMS.sig", "log/checkpoint", "log/key", "pack.json", "population.csv", "waivers.csv"]
    {
        let said = without(path, 1);
        check(&said, "files", "fail", &format!("{path} is missing"));
        let advice = &said["pack"]["files"]["advice"];
        assert!(advice.to_string().contains("ask HR for the whole pack again"), "{said:#}");
    }
    let said = without("log/key", 1);
    check(&said, "signature", "fail", "log/key");
    check(&said, "log", "fail", "log/key is missing");
    check(&said, "tables", "pass", "");
    check(&said, "proofs", "pass", "");
    assert_eq!(said["records"].as_array().map(Vec::len), Some(1), "{said:#}");
    // Whom nobody can tell from whoever forged the log asks nobody; what the log has is told all the same.
    assert_eq!(said["records"][0]["levels"]["identity"]["outcome"], "unknown", "{said:#}");
    assert_eq!(said["records"][0]["receipt"]["outcome"], "pass", "{said:#}");
    let said = found(
        &packs.changed("without-a-log", |folder| {
            for path in ["log/key", "log/entries.jsonl"] {
                fs::remove_file(folder.join(path)).expect("removed");
            }
        }),
        1,
    );
    check(&said, "log", "fail", "log/key is missing: whose log this is cannot be told");
    check(&said, "tables", "unknown", "not compared: the log is not here as it was signed (above)");
    // Wherever it stands among what was named.
    let whole = packs.registry.inbox().join("whole");
    let output = verify(&[&whole.join("records"), &whole]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is an evidence pack"), "{}", text(&output.stderr));
}

/// HR can sign a pack again from which the proofs were taken; each record has a receipt all the same, and the key that
/// stock tools go by is HR's.
#[test]
fn proofs_that_are_missing_are_told_whoever_signs() {
    let packs = Packs::made();
    let receipts = |files: &mut Files| files.retain(|path, _| !path.starts_with("receipts/"));
    let said = found(&packs.signed("no-receipts", receipts), 1);
    assert_eq!(said["records"][0]["receipt"]["outcome"], "fail", "{said:#}");
    let said = found(&packs.signed("no-signers", |files| drop(files.remove("allowed_signers"))), 1);
    check(&said, "files", "fail", "allowed_signers is missing");
    let other = |files: &mut Files| replace(files, "allowed_signers", "hr namespaces", "* namespaces");
    check(
        &found(&packs.signed("other-signers", other), 1),
        "signature",
        "fail",
        "allowed_signers does not name",
    );
}

/// What cannot be read is told, with all the rest.
#[test]
fn what_cannot_be_read_is_a_finding() {
    let packs = Packs::made();
    let first = |below: &str| {
        let path = packs.whole.keys().find(|path| path.starts_with(below) && !path.contains("digests"));
        path.expect("a file").clone()
    };
    let broken = |path: &str| {
        packs.signed(&format!("broken-{}", path.replace('/', "-")), |files| {
            files.insert(path.to_owned(), b"PK\x03\x04".to_vec());
        })
    };
    check(&found(&broken("log/key"), 1), "log", "fail", "log/key: is no key of a log");
    let (course, assignment) = (first("courses/"), first("assignments/"));
    // It was told to be missing.
    let said = found(&broken(&assignment), 1);
    let answers = |said: &Value| said["records"][0]["levels"]["identity"].to_string();
    assert!(answers(&said).contains("that it answers was altered here"), "{said:#}");
    let gone = packs.signed("without-assignment", |files| drop(files.remove(&assignment)));
    assert!(answers(&found(&gone, 1)).contains("that it answers is not here"));
    let said = found(&broken(&course), 1);
    check(&said, "contents", "fail", &course);
    check(&said, "tables", "pass", "");
    check(&said, "signature", "pass", "");
    check(
        &found(&broken(&assignment), 1),
        "contents",
        "fail",
        &format!("{assignment} is not a sound assignment"),
    );
}

/// Who is due by a change of the policy rests on what the approved versions say.
#[test]
fn without_a_version_the_tables_fail_where_somebody_is_due_by_its_policy() {
    let registry = excepted();
    let rule = RuleSet {
        at: now(),
        id: Uuid::from_u128(7),
        course: "vector-course".parse().expect("an id"),
        trigger: Trigger::OnNewPolicy { within_days: 30 },
        audience: Audience::default(),
        by: "HR".to_owned(),
    };
    registry.store().save(&[Change::RuleSet(rule)]).expect("saved");
    let packs = Packs::of(registry);
    let folder = packs.signed("broken", |files| {
        let course = files.keys().find(|path| path.ends_with(".course")).expect("a course").clone();
        files.insert(course, b"PK\x03\x04".to_vec());
    });
    check(&found(&folder, 1), "tables", "fail", "when the policy changed, and so who is due, cannot be told");
    let script = tool("python3").args(["-I", "verify/tables.py"]).current_dir(&folder).output();
    let Ok(output) = script else { return };
    let said = printed(&output, 1);
    assert!(said.contains("when the policy changed, and so who is due, cannot be told"), "{said}");
}

/// A version that is not there cannot be held against the others: not by our program, and not by the script.
#[test]
fn an_approved_version_that_is_missing_is_named() {
    let packs = Packs::made();
    let approved: Vec<_> = packs.whole.keys().filter(|path| path.ends_with(".course")).collect();
    assert!(!approved.is_empty());
    for (number, course) in approved.into_iter().enumerate() {
        // With the line that names it gone, too, nothing else shows that it is missing.
        let folder = packs.signed(&format!("less-{number}"), |files| {
            files.remove(course);
            let digests = text(&files["courses/digests.txt"]);
            let line = digests.lines().find(|line| line.ends_with(course.as_str())).expect("a line");
            replace(files, "courses/digests.txt", &format!("{line}\n"), "");
        });
        check(&found(&folder, 1), "files", "fail", &format!("{course} is missing"));
        let script = tool("python3").args(["-I", "verify/tables.py"]).current_dir(&folder).output();
        let Ok(output) = script else { return };
        let said = printed(&output, 1);
        assert!(said.contains(&format!("FAIL {course}: is missing")), "{said}");
    }
}

/// Of a record that is missing nobody knows from which versions it was taken. One of them was never approved, and its file was
/// said to be no part of the pack.
#[test]
fn the_version_that_a_missing_record_was_taken_from_is_part_of_the_pack() {
    let registry = excepted();
    let withdrawn = registry.world.withdrawn.digest;
    let mut claims = registry.world.claims(false, &[1, 9]);
    World::take_on(&mut claims, 0, &registry.world.withdrawn, 1);
    registry.send("other.completion.json", &pretty(&World::signed(&claims)));
    registry.collect();
    let packs = Packs::of(registry);
    let course = format!("courses/vector-course_{}.course", withdrawn.short());
    assert!(packs.whole.contains_key(&course), "{:?}", packs.whole.keys());
    let cites = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(&withdrawn.to_string());
    let record = packs.whole.iter().find(|(path, bytes)| path.starts_with("records/") && cites(bytes));
    let record = record.expect("a record").0.clone();
    let said = found(&packs.signed("without-record", |files| drop(files.remove(&record))), 1);
    check(&said, "files", "fail", &format!("{record} is missing"));
    assert!(!said.to_string().contains("is no part of the pack"), "{said:#}");
    check(&said, "pages", "pass", "");
    // What the log never had is none.
    let said = found(
        &packs.signed("without-record-and-more", |files| {
            files.remove(&record);
            files.insert("courses/vector-course_00000000.course".to_owned(), files[&course].clone());
        }),
        1,
    );
    check(&said, "files", "fail", "courses/vector-course_00000000.course is no part of the pack");
}

/// What is said of pages and scripts that anything can stand in.
const UNCOMPARED: &str =
    "do not run the scripts in verify/ or the commands of README.txt, and do not believe";

/// HR says which version made the pack, and which log is too long: neither passes for having been looked at.
#[test]
fn what_was_not_checked_is_told_apart() {
    let packs = Packs::made();
    let ours = format!("\"program\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let folder = packs.signed("other-version", |files| {
        replace(files, "pack.json", &ours, "\"program\": \"99.0.0\"");
        replace(files, "README.txt", "Population", "Pupils");
        files.insert("index.html".to_owned(), b"<h1>Everybody is complete</h1>".to_vec());
        files.insert("verify/log.py".to_owned(), b"print('PASS')".to_vec());
    });
    // A pack of an older version is a sound one, and of a forged one nothing that was compared is wrong. What was not is said to be
    // neither run nor believed.
    let said = found(&folder, 0);
    check(&said, "pages", "unknown", "99.0.0");
    check(&said, "pages", "unknown", UNCOMPARED);
    check(&said, "tables", "pass", "");
    let output = Command::new(env!("CARGO_BIN_EXE_countersign")).arg("verify").arg(&folder).output();
    let said = printed(&output.expect("it starts"), 0);
    assert!(
        said.contains("the pack: nothing wrong; not checked: pages (run no script of the pack)"),
        "{said}"
    );
    let said = found(
        &packs.signed("no-entries", |files| {
            files.remove("log/entries.jsonl");
        }),
        1,
    );
    check(&said, "log", "fail", "log/entries.jsonl is missing, with the ");
    check(&said, "tables", "unknown", "");
    check(&said, "pages", "unknown", UNCOMPARED);
    let said = found(&packs.signed("no-facts", |files| drop(files.remove("pack.json"))), 1);
    check(&said, "pages", "unknown", UNCOMPARED);
}

/// A table names a file outside, or a device: the script opens neither.
#[test]
fn the_script_opens_files_of_the_pack_alone() {
    let packs = Packs::made();
    let record = packs.whole.keys().find(|path| path.starts_with("records/")).expect("a record").clone();
    for (number, other) in ["/dev/zero", "../whole/pack.json", "records"].iter().enumerate() {
        let folder = packs.signed(&format!("outside-{number}"), |files| {
            replace(files, "records.csv", &record, other);
        });
        let script = tool("python3").args(["-I", "verify/tables.py"]).current_dir(&folder).output();
        let Ok(output) = script else { return };
        let said = printed(&output, 1);
        assert!(said.contains(&format!("file is '{other}', and the log says '{record}'")), "{said}");
        assert!(said.contains("\n1 difference\n"), "{said}");
    }
}

/// In whatever order and shape the members of `course.ron` stand, the script finds the policy and the controls.
#[test]
fn the_script_reads_course_ron() {
    fn check(manifest: &str, expected: &str) {
        let script = "import sys; sys.path.insert(0, 'docs/verify'); sys.dont_write_bytecode = True; import tables; \
                      print([text for member, text in tables.texts(sys.argv[1]) if member in ('policy.file', 'controls')])";
        let python = tool("python3").args(["-I", "-c", script, manifest]).output();
        let Ok(output) = python else { return };
        assert_eq!(printed(&output, 0).trim(), expected, "{manifest}");
    }
    check(r#"(policy: (file: "a.md", statement: "s"))"#, "['a.md']");
    check(r#"(policy: (statement: "file: \"b.md\" (", file: "a.md"))"#, "['a.md']");
    check(r#"(policy: Some((statement: r"s)", file: r"a.md")))"#, "['a.md']");
    check(r##"(policy: (statement: r#"a "quoted" one)"#, file: "a.md"))"##, "['a.md']");
    check("(// policy: (file: \"b.md\"),\n modules: [(policy: 1, file: \"c.md\")])", "[]");
    check("(/* /* policy */ (file: \"b.md\"), */ policy /* so */ : (file: \"a.md\"))", "['a.md']");
    check(r#"(title: "policy: (file: \"b.md\")")"#, "[]");
    check(r##"(controls: ["ISO 27001", r#"a "2" b"#], title: "t")"##, "['ISO 27001', 'a \"2\" b']");
    check(r#"(controls: Some(["a\u{e9}\x41\\ \"b\""]), pass: (controls: ["c"]))"#, "['aéA\\\\ \"b\"']");
    check("(// controls: [\"ISO 27001\"],\n controls: [])", "[]");
}

/// Two names that would be shown as one, and a link: neither is a file of a pack.
#[cfg(target_os = "linux")]
#[test]
fn links_and_names_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let packs = Packs::made();
    let folder = packs.changed("linked", |folder| {
        fs::remove_file(folder.join("waivers.csv")).expect("removed");
        std::os::unix::fs::symlink("/etc/passwd", folder.join("waivers.csv")).expect("linked");
        std::os::unix::fs::symlink("..", folder.join("up")).expect("linked");
        fs::write(folder.join(std::ffi::OsStr::from_bytes(b"more\xff")), "").expect("written");
    });
    let said = found(&folder, 1);
    for words in
        ["waivers.csv is a link", "up is no file", "has a name that is not UTF-8", "waivers.csv is missing"]
    {
        check(&said, "files", "fail", words);
    }
    let script = tool("python3").args(["-I", "verify/tables.py"]).current_dir(&folder).output();
    let Ok(output) = script else { return };
    let said = printed(&output, 1);
    for link in ["waivers.csv", "up"] {
        assert!(said.contains(&format!("FAIL {link}: is a link, and no file of the pack")), "{said}");
    }
}

/// Links, and what is called like the list in another folder, passed for parts of the pack by the first step of README.txt.
#[cfg(unix)]
#[test]
fn the_first_step_of_the_readme_names_no_pack_whole_that_has_more() {
    if !has_tools() {
        return;
    }
    let packs = Packs::made();
    let check = |name: &str, change: &dyn Fn(&Path)| {
        let failing = failing(&packs.changed(name, change));
        assert!(failing.iter().any(|(block, _)| block.contains("--check SHA256SUMS")), "{name}: {failing:?}");
    };
    check("a-folder", &|folder| std::os::unix::fs::symlink("..", folder.join("records/up")).expect("linked"));
    check("a-file", &|folder| {
        let other = folder.with_extension("txt");
        fs::rename(folder.join("numbers.txt"), &other).expect("moved");
        std::os::unix::fs::symlink(other, folder.join("numbers.txt")).expect("linked");
    });
    check("in-a-folder", &|folder| fs::write(folder.join("records/SHA256SUMS.json"), "{}").expect("written"));
    check("beside", &|folder| fs::write(folder.join("SHA256SUMS.old"), "").expect("written"));
}

/// Auditors run the script over whatever is called `*.json`.
#[cfg(unix)]
#[test]
fn the_name_of_a_file_does_not_steer_the_terminal() {
    if !has_tools() {
        return;
    }
    let packs = Packs::made();
    let record = packs.whole.keys().find(|path| path.starts_with("records/")).expect("a record").clone();
    let folder = packs.changed("steering", |folder| {
        fs::copy(folder.join(&record), folder.join("records/\u{1b}]52;c;good\u{7}\u{202e}.json"))
            .expect("copied");
        fs::write(folder.join("records/\u{1b}]52;c;bad\u{7}.json"), "{}").expect("written");
    });
    let script = "for file in records/*.json none-\x1b; do sh verify/verify.sh \"$file\"; done";
    let output = tool("sh").args(["-c", script]).current_dir(&folder).output().expect("a shell");
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
    for words in ["PASS records/?]52;c;good??.json", "FAIL records/?]52;c;bad?.json: ", "cannot read none-?"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}

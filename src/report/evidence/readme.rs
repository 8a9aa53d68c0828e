//! `README.txt` of an evidence pack: every check as commands that can be copied, with tools that auditors have.
//!
//! Commands stand four spaces in, and nothing else does; a test runs them as they are printed.

mod unchanged;

use std::fmt::Write as _;

use crate::record::LIMITS;
use crate::registry::evidence::{Evidence, Whole};
use crate::registry::status::Kind;

/// The whole page.
pub(super) fn text(evidence: &Evidence) -> String {
    let mut page = Page { text: String::new(), step: 0 };
    page.beginning(evidence);
    page.unchanged(evidence);
    page.sample(evidence);
    page.records(evidence);
    page.log(evidence);
    page.tables(evidence);
    page.people(evidence);
    page.population(evidence);
    page.courses(evidence);
    page.grading(evidence);
    page.ending(evidence);
    page.text
}

struct Page {
    text: String,
    step: usize,
}

impl Page {
    fn say(&mut self, text: &str) {
        self.text.push_str(text.trim_start_matches('\n'));
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.step += 1;
        let heading = format!("{}. {heading}", self.step);
        let _ = write!(self.text, "\n{heading}\n{}\n\n", "-".repeat(heading.chars().count()));
    }

    fn commands(&mut self, commands: &str) {
        self.text.push('\n');
        for line in commands.trim_matches('\n').lines() {
            let _ = writeln!(self.text, "    {line}");
        }
        self.text.push('\n');
    }

    fn beginning(&mut self, evidence: &Evidence) {
        let Evidence { course, from, to, as_of, people, .. } = evidence;
        let title = crate::printable::Printable::new(&evidence.title);
        let heading = format!("Evidence of training: {course}");
        let _ = writeln!(self.text, "{heading}\n{}\n", "=".repeat(heading.chars().count()));
        let _ = writeln!(self.text, "Course       {title}");
        let _ = writeln!(self.text, "Period       {from} to {to} (UTC)");
        let _ = writeln!(self.text, "Status as of {as_of}");
        let _ = writeln!(self.text, "Population   {}", people.len());
        for kind in Kind::ALL {
            let _ = writeln!(self.text, "  {:<20} {}", kind.words(), evidence.count(Some(kind)));
        }
        let _ = writeln!(self.text, "  {:<20} {}", "not asked to", evidence.count(None));
        let left_out = match evidence.left_out {
            0 => "nobody".to_owned(),
            number => format!("{number} who had left before {from} and sent no record since"),
        };
        let _ = writeln!(self.text, "Left out     {left_out}");
        let erased = evidence.erased.map_or_else(
            || "not told, because the log is too long for a pack".to_owned(),
            |erased| erased.to_string(),
        );
        let _ = writeln!(self.text, "Erased       {erased}");
        let what = match &evidence.sample {
            Some(sample) => {
                let seed = crate::printable::Printable::new(&sample.seed);
                format!(
                    "{} of them, drawn with the seed {seed}; of {} of these there is one",
                    evidence.chosen.len(),
                    evidence.with_records()
                )
            }
            None => format!("all of them; of {} there is one", evidence.with_records()),
        };
        let _ = writeln!(self.text, "Records of   {what}");
        if evidence.is_early() {
            let _ = writeln!(
                self.text,
                "\nNOTE: the period was not over when this pack was made. What happened from {as_of} until the\n\
                 end of {to} is not in it; ask for another pack when it is over."
            );
        }
        let found = evidence.findings.len();
        if found > 0 {
            let _ = writeln!(
                self.text,
                "\nWARNING: the registry is not what its log says (found: {found}, told in index.html)."
            );
        }
        self.text.push('\n');
        self.say(
            "index.html is the same to read in a browser. Whoever made this pack may be wrong or may lie; below is how to check
it without them and without their program. You need a POSIX shell with sha256sum (on a Mac: shasum -a 256), ssh-keygen
of OpenSSH 8.1 or later, openssl 3, jq, and Python 3 with the package cryptography. Run the commands in the folder of
this file. Each says what it found: where it says nothing, FAIL, or shows a difference, something is wrong. Leave out no
-I of python3: without it a file that lies in this pack could run in place of a part of Python. With it Python does not
find packages that were installed for one user alone: install cryptography for all, or in a virtual environment.",
        );
    }

    fn sample(&mut self, evidence: &Evidence) {
        self.heading("The population is whole, and the sample is the one that was drawn");
        self.say(
            "population.csv has everybody who stood on HR's roster on the last day of the period, who left in it, or of whom a record
came. Whoever had left before the period is no part of it, unless they were asked, excepted or sent a record in it; how many
those are is told above (Left out). Of whoever was erased before this pack was made nothing from
before that is in it, for nobody can tell any more who they were; how many those are, whenever it was, the log says (Erased).
Compare it with a list from elsewhere, such as payroll: that nobody is missing is not for
this pack to show.",
        );
        let Some(sample) = &evidence.sample else {
            self.say("No sample was drawn: the records of everybody are here.");
            return;
        };
        self.say(
            "The sample are the first in the order of SHA-256(seed, number); choose the seed yourself and ask for the pack
afterwards. Draw it again:",
        );
        self.commands(&format!(
            r#"
seed=$(cat seed.txt)
while IFS= read -r number; do
    printf '%s  %s\n' "$(printf '%s%s' "$seed" "$number" | sha256sum | cut -c 1-64)" "$number"
done <numbers.txt | LC_ALL=C sort | head -n {} | cut -c 67- | diff - sample.txt &&
echo "the sample is the one that the seed gives"
"#,
            sample.size
        ));
    }

    fn records(&mut self, evidence: &Evidence) {
        self.heading("The employees signed their records, and HR its assignments");
        let (mut records, mut assignments) = (evidence.chosen.iter(), evidence.chosen.iter());
        let records = records.any(|chosen| !chosen.records.is_empty());
        let assignments = assignments.any(|chosen| !chosen.assignments.is_empty());
        let globs = match (records, assignments) {
            (true, true) => "records/*.json assignments/*.json",
            (true, false) => "records/*.json",
            (false, true) => "assignments/*.json",
            (false, false) => {
                self.say("There are none: nobody among those chosen was asked to take the course, or has.");
                return;
            }
        };
        self.say("Each prints PASS and what was signed, or FAIL and why:");
        self.commands(&format!("for file in {globs}; do sh verify/verify.sh \"$file\"; done"));
        self.say(
            "A record is signed with a key on the employee's device. Whoever can make keys can make employees, so ask one or two
of the sample for their own copy of the record: it must be the same file. What the answers were, question by question:

  jq .credentialSubject.attempts records/FILE",
        );
    }

    fn log(&mut self, evidence: &Evidence) {
        self.heading("The records are in HR's log, and the log only grew");
        self.say(
            "Everything HR does becomes an entry of a log that only grows. It names nobody. log/checkpoint is its head when this
pack was made, log/key its name and key:",
        );
        self.commands("python3 -I verify/log.py checkpoint log/key log/checkpoint");
        if evidence.chosen.iter().any(|chosen| !chosen.records.is_empty()) {
            self.say("Each record is in it, with what HR found when it came (result, five levels, time of receipt):");
            self.commands(
                r#"
for receipt in receipts/*.tlog-proof; do
    python3 -I verify/log.py receipt log/key "$receipt" "records/$(basename "$receipt" .tlog-proof).json"
done
"#,
            );
        }
        if !evidence.log.earlier.is_empty() {
            self.say(
                "The log goes on from the heads that were signed earlier (those that HR chose to show):",
            );
            self.commands(
                r#"
for older in log/earlier/*.checkpoint; do
    python3 -I verify/log.py extension log/key "$older" "${older%checkpoint}extension"
done
"#,
            );
        }
        match evidence.log.entries {
            Whole::Here => {
                self.say("These are all its entries, from which who was asked, who completed and who was excepted can be counted:");
                self.commands("python3 -I verify/log.py entries log/key log/checkpoint log/entries.jsonl");
            }
            Whole::TooLong => {
                self.say("The log is too long for this pack; ask for its entries if you want to count.");
            }
        }
        self.say(
            "The dates of entries are those of HR's clock, and never go back. Nothing here shows that an entry was not written later and
dated back; only what somebody else held when can. If you hold a checkpoint from an earlier visit, or an employee holds a
receipt, compare it, for HR cannot make that afterwards. Ask HR to run, in front of you:

  countersign hr log verify --against YOUR-CHECKPOINT",
        );
        if evidence.log.entries == Whole::Here {
            self.say("");
            self.say(
                "or do the same with the entries that are here:

  python3 -I verify/log.py entries log/key log/checkpoint log/entries.jsonl YOUR-CHECKPOINT",
            );
        }
        let who = if evidence.log.entries == Whole::Here { "Both say" } else { "It says" };
        let _ = writeln!(
            self.text,
            "\n{who} how many entries came after it, and their earliest date. Compare that with the day on which you received it: an entry
that is dated before that day and was not under your checkpoint was dated back, unless the checkpoint was made before that day.",
        );
    }

    fn tables(&mut self, evidence: &Evidence) {
        self.heading("The tables are what the log says");
        if evidence.log.entries == Whole::TooLong {
            self.say(
                "Of a log as long as this one the entries are not here, and without them statuses, dates, levels and decisions in the
tables are HR's word, but for the records that are here. Ask HR to make the tables in front of you, after countersign hr log verify.",
            );
            return;
        }
        self.say(
            "Statuses, dates, levels, decisions and exceptions follow from the entries and from who is at work. This makes them again,
of everybody in population.csv, and names each row that says something else, and each file that is missing or is no part of a
pack. Besides it looks whether log/key is the key that the first entry names, allowed_signers is made of log/key,
controls.csv is the one that countersign has, and the archives in courses are the versions that were approved or that a
record names, and hold nothing else. It needs nothing but Python:",
        );
        self.commands("python3 -I verify/tables.py");
        self.say(
            "No signature is looked at here, neither HR's nor an employee's: steps 1, 3 and 4 do that, and show whether log/key is HR's. Of
receipts it compares the entry and the head, and of log/earlier only that each head has its extension: whether they lead
to log/checkpoint, log.py says.

Of this page it compares the list at the beginning, and of index.html title, period, figures, and the rows of people and
records. Their other words it does not read, and what HR's own check found is HR's word.

What it cannot show, because the log names nobody:

- Names, departments, roles, first days of work, who is on leave or has left, and when somebody was first seen (but that a
  roster came then), are HR's word. Where a rule asks for the course (hired within so many days, every so many months), the
  due date depends on them.
- Dates run for those at work alone. So whether somebody whose due date has passed is `overdue`, or `in progress unknown`
  and the like, rests on HR's word that they were on leave or had left. It says ASK and their numbers.
- The times of entries are those of HR's clock.
- Of people of whom the log has no entry about the course, only how many there are. That somebody who is left out had left
  before the period is HR's word: rosters say how many left, and not by which last day of work. Where more left in the
  period than population.csv tells, it says ASK, and so it does of each record that is signed with a name by which HR
  neither lists nor asked that person, and where nothing that was signed has the name on the roster.",
        );
        if evidence.sample.is_some() {
            self.say(
                "- Which number is whom in the log (the column `in the log`), of those whose records are not here: HR could have
  changed two of them round. So keep this pack and ask for a second one of the same period with another seed: it must say the
  same of everybody (cmp population.csv OTHER-PACK/population.csv), and opens those who are drawn then. A pack without
  --sample opens everybody.
- The identifiers of exceptions (the column `waiver`) of people whose records are not here.",
            );
        }
        if evidence.people.iter().any(|row| !row.reviews.is_empty()) {
            self.say("");
            self.say(
                "What was decided about a record, and when, stands in reviews.csv; by whom and why, as the log binds it, of those whose
records are here.",
            );
        }
        self.say("");
        self.say(
            "The scripts came with the pack. Whoever trusts nobody compares them with those in docs/verify of the source of countersign, or runs

  countersign verify FOLDER-OF-THE-PACK

which does the same and all the rest by the program that HR uses.",
        );
    }

    fn people(&mut self, evidence: &Evidence) {
        if evidence.chosen.iter().all(|chosen| chosen.tie.is_none()) {
            return;
        }
        self.heading("Whom the entries are about");
        self.say(
            "The log names a person by a digest over their number and a secret that HR keeps. log/people.txt has digest, secret and
number of those whose records are here, and of nobody else. Each digest is calculated again:",
        );
        let entries = match evidence.log.entries {
            Whole::Here => {
                ", which has so many entries about them: $(grep -c \"\\\"person\\\":\\\"sha256:$person\\\"\" log/entries.jsonl)"
            }
            Whole::TooLong => "",
        };
        self.commands(&format!(
            r#"
while IFS=' ' read -r person salt number; do
    length=$(printf %s "$number" | wc -c | tr -d ' ')
    again=$(printf '20:countersign person 1,64:%s,%s:%s,' "$salt" "$length" "$number" | sha256sum | cut -c 1-64)
    if [ "$again" = "$person" ]; then
        echo "$number is $person in the log{entries}"
    else
        echo "FAIL $number is not $person"; false
    fi
done <log/people.txt
"#
        ));
        if evidence.chosen.iter().any(|chosen| !chosen.records.is_empty()) {
            self.say("The receipt of each record is about the person whose number the record says:");
            self.commands(
                r#"
for receipt in receipts/*.tlog-proof; do
    person=$(sed -n 's/^extra //p' "$receipt" | base64 -d | jq -r .person | cut -d : -f 2)
    number=$(jq -r .credentialSubject.person.number "records/$(basename "$receipt" .tlog-proof).json")
    if [ "$(sed -n "s/^$person [0-9a-f]* //p" log/people.txt)" = "$number" ]; then
        echo "$receipt is about $number"
    else
        echo "FAIL $receipt is not about $number"; false
    fi
done
"#,
            );
        }
        if evidence.chosen.iter().any(|chosen| !chosen.waivers.is_empty()) {
            self.say(
                "Each exception is in the log, of that person, until that moment, with this approver and this reason, which the files
in waivers hold exactly as they were hashed. The name of a file begins with the number:",
            );
            self.commands(
                r#"
for waiver in waivers/*.json; do
    receipt=${waiver%json}tlog-proof
    entry=$(sed -n 's/^extra //p' "$receipt" | base64 -d)
    person=$(printf %s "$entry" | jq -r .person | cut -d : -f 2)
    salt=$(sed -n "s/^$person \([0-9a-f]*\) .*/\1/p" log/people.txt)
    length=$(wc -c <"$waiver" | tr -d ' ')
    details=$({ printf '21:countersign details 1,64:%s,%s:' "$salt" "$length"; cat "$waiver"; printf ,; } |
        sha256sum | cut -c 1-64)
    if python3 -I verify/log.py receipt log/key "$receipt" &&
        [ "$(printf %s "$entry" | jq -r '.entry + " " + .details')" = "waived sha256:$details" ]; then
        echo "$waiver is what was logged of $(sed -n "s/^$person [0-9a-f]* //p" log/people.txt)"
    else
        echo "FAIL $waiver is not what was logged"; false
    fi
done
"#,
            );
            if evidence.log.entries == Whole::Here {
                self.say(
                    "An exception that was taken back has an entry waiverRevoked, whose member waiver is the details of the other entry. Who took
it back, and why, is in log/opened.jsonl as it was hashed, and in waivers.csv.
",
                );
            }
        }
    }

    fn population(&mut self, evidence: &Evidence) {
        if evidence.log.population.is_none() {
            return;
        }
        self.heading("Nobody was left out of the population");
        self.say(
            "Each roster that HR took over is an entry that says how many people joined it, how many left it, and how many stand on it
since then (joined, left, total). roster.txt has the numbers of those who stood on it at the moment of this pack:",
        );
        self.commands(
            r#"
python3 -I verify/log.py receipt log/key log/roster.tlog-proof &&
total=$(sed -n 's/^extra //p' log/roster.tlog-proof | base64 -d | jq .total) &&
[ "$(sort -u roster.txt | wc -l | tr -d ' ')" = "$total" ] && [ -z "$(grep -vxFf numbers.txt roster.txt)" ] &&
echo "all who stood on the roster are here"
"#,
        );
        if evidence.log.entries == Whole::Here {
            self.say("That is the last entry by then which says how many there are:");
            self.commands(&format!(
                r#"
last=$(jq -c --arg at {} 'select(.at <= $at and has("total"))' log/entries.jsonl | tail -n 1)
[ "$last" = "$(sed -n 's/^extra //p' log/roster.tlog-proof | base64 -d)" ] &&
echo "no later roster or erasure says another number"
"#,
                evidence.as_of
            ));
        }
        self.say(
            "Who left in the period is in population.csv too (left in the period), so nobody disappears by having left: whoever was asked,
excepted or sent a record in the period is named by the log, and of the others the rosters say how many left. That the
rosters were complete, only a list from elsewhere shows, such as the payroll.",
        );
    }

    fn courses(&mut self, evidence: &Evidence) {
        if evidence.versions.is_empty() {
            return;
        }
        self.heading("The courses are those that the records name");
        self.say(
            "Every version is a zip archive of texts. A record names it by a digest over its files, which this calculates again:",
        );
        self.commands(
            r#"
for course in courses/*.course; do
    folder=$(mktemp -d)
    python3 -I -m zipfile -e "$course" "$folder"
    digest=$(cd "$folder" && find course.ron lessons quizzes assets -type f ! -path '*/.*' ! -path '*/_*' 2>/dev/null |
        LC_ALL=C sort | while IFS= read -r path; do sha256sum "$path"; done | sha256sum | cut -c 1-64)
    rm -r "$folder"
    grep -x "$digest  $course" courses/digests.txt || { echo "FAIL $course"; false; }
done
"#,
        );
        if evidence.chosen.iter().any(|chosen| !chosen.records.is_empty()) {
            self.say("Those are the courses of the records:");
            self.commands(
                r#"
for digest in $(jq -r '.credentialSubject.course.digest' records/*.json | sort -u | cut -d : -f 2); do
    grep "^$digest  " courses/digests.txt || { echo "FAIL $digest is not here"; false; }
done
"#,
            );
        }
    }

    fn grading(&mut self, evidence: &Evidence) {
        if evidence.chosen.iter().all(|chosen| chosen.records.is_empty()) {
            return;
        }
        self.heading("The marks follow from the answers");
        self.say(
            "Which questions were drawn, in which order, and what each answer earns is derived again from the course by
countersign, a free program with open source; the rules stand in its docs/record-format.md for whoever writes another:",
        );
        let mut known: Vec<String> =
            evidence.versions.iter().map(|version| format!("--course courses/{}", version.file)).collect();
        if evidence.chosen.iter().any(|chosen| !chosen.assignments.is_empty()) {
            known.push("--assignment assignments".to_owned());
        }
        let _ = writeln!(
            self.text,
            "\n  countersign verify records {} --receipt receipts --log-key log/key --require content --require grading\n",
            known.join(" ")
        );
    }

    fn ending(&mut self, evidence: &Evidence) {
        self.heading("What this shows, and what it does not");
        let _ = writeln!(self.text, "{}\n", LIMITS.replace(". ", ".\n"));
        self.say(
            "The five levels in records.csv are told apart because they answer different questions: signature (who signed),
content (which course, approved here), grading (do the answers earn the marks), identity (does it answer HR's
assignment with the person's key), time (between assignment and receipt). `unknown` is not `pass`.

A waiver is an exception that somebody approved (waivers.csv). It is no completion, here or in the log.",
        );
        if evidence.sample.is_some() {
            self.say(
                "Records, answers, and by whom and why people were excepted or their records decided about, are here of the sample only: of
the others nobody could check it, and it spares them.",
            );
        }
    }
}

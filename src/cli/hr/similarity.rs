//! `countersign hr similar`: hints where answers are worth a look.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use clap::Args;
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::course::{archive, known};
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use super::said::counted;
use crate::course::{self, Course};
use crate::digest::Digest;
use crate::id::{CourseId, QuestionId};
use crate::quiz::mark::mark;
use crate::record::claims::{AttemptClaim, CompletionClaims, ResponseClaim};
use crate::record::read_completion;
use crate::registry::PersonNumber;
use crate::registry::similarity::{
    Answer, Compared, FEWEST_BOTH_WRONG, FEWEST_HURRIED, FEWEST_OTHERS, Hurried, Pace, Rushed, Sheet,
    WORDS_A_SECOND, compare, hurried, rushed,
};
use crate::store::StoreError;

/// As many people as are compared: all pairs of them are looked at.
const MOST: usize = 5_000;

/// What stands under every answer of this verb.
const CAUTION: &str = "These are hints where to look, and no verdict about anybody. People who learned together, who were taught \
                       the same mistake, or who read fast look the same from here. Talk to them before you think anything.";

#[derive(Debug, Args)]
#[command(
    after_help = "All attempts in each person's last record are looked at. Of the questions that two people both answered wrongly, \
                  or right in part only, how many did they answer with the same wrong answer, and how likely is that when nobody \
                  knows of anybody? Of a question asked twice the first answer counts. The chance is reckoned for each question \
                  from the wrong answers of everybody else, and only what would be rare among all pairs together is told. And who \
                  gave right answers faster than a question, or those of a whole attempt faster than all its questions, can be \
                  read?\n\n\
                  Nothing here changes a record, a status or the log. The exit code is 0, whatever is found; 1 under a \
                  warning about the log or the clock.\n\n\
                  Examples:\n  \
                  countersign hr similar --course app-data\n  \
                  countersign hr similar --course app-data --json"
)]
pub(in crate::cli) struct SimilarArguments {
    /// Id of the course
    #[arg(long, value_name = "ID")]
    course: CourseId,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &SimilarArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    let registry = Registry::open_to(Purpose::LookAtAll, home, printer)?;
    known(&arguments.course, &archive(&registry)?)?;
    let mut sheets = sheets(&registry, &arguments.course)?;
    let all = sheets.len();
    sheets.truncate(MOST);
    if all > MOST {
        printer.talk(&format!(
            "note: the {MOST} newest of {all} people are compared; all pairs would take too long"
        ));
    }
    let hints = Hints { compared: compare(&sheets), hurried: hurried(&sheets), rushed: rushed(&sheets) };
    if arguments.json {
        printer.json(&hints.document(sheets.len()))?;
    } else {
        hints.print(sheets.len(), printer)?;
    }
    Ok(registry.looked(Outcome::Fine))
}

/// All that is worth a look.
struct Hints {
    compared: Compared,
    hurried: Vec<Hurried>,
    rushed: Vec<Rushed>,
}

impl Hints {
    fn document(&self, people: usize) -> Value {
        let alike = self.compared.alike.iter().map(|alike| {
            json!({
                "people": [alike.one, alike.other],
                "bothWrong": alike.both_wrong,
                "identical": alike.identical,
                "expected": alike.expected,
                "chance": alike.chance,
            })
        });
        let hurried = self
            .hurried
            .iter()
            .map(|one| json!({ "person": one.person, "hurried": one.hurried, "right": one.right }));
        let rushed = self.rushed.iter().map(|one| {
            let Pace { number, seconds, right, words } = one.pace;
            json!({ "person": one.person, "attempt": number, "seconds": seconds, "right": right, "words": words })
        });
        json!({
            "people": people,
            "pairs": self.compared.pairs,
            "alike": alike.collect::<Vec<_>>(),
            "hurried": hurried.collect::<Vec<_>>(),
            "rushed": rushed.collect::<Vec<_>>(),
            "caution": CAUTION,
        })
    }

    fn print(&self, people: usize, printer: Printer) -> Result<(), Failure> {
        let Self { compared, hurried, rushed } = self;
        let mut hints = Vec::new();
        hints.extend(compared.alike.iter().map(|alike| {
            format!(
                "{} and {}: {} identical wrong answers to {} questions that both answered wrongly; {:.1} would be by chance \
                 (chance of so many: {:.1e}, among {} pairs)",
                alike.one, alike.other, alike.identical, alike.both_wrong, alike.expected, alike.chance, compared.pairs
            )
        }));
        hints.extend(hurried.iter().map(|one| {
            format!(
                "{}: {} of {} right answers were given faster than {WORDS_A_SECOND} words a second, by the device's clock",
                one.person, one.hurried, one.right
            )
        }));
        hints.extend(rushed.iter().map(|one| {
            let Pace { number, seconds, right, words } = one.pace;
            format!(
                "{}: attempt {number} took {}, by the device's clock; the {right} questions in it that were answered rightly have \
                 {words} words",
                one.person,
                counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second", "seconds"),
            )
        }));
        for hint in &hints {
            printer.sentence("", hint)?;
        }
        let pairs = usize::try_from(compared.pairs).unwrap_or(usize::MAX);
        let looked_at = [
            counted(people, "person", "people"),
            format!("{} compared", counted(pairs, "pair", "pairs")),
            counted(hints.len(), "hint", "hints"),
        ];
        printer.sentence("", &looked_at.join(", "))?;
        if hurried.is_empty() && rushed.is_empty() {
            printer.sentence("", &format!(
                "The times were looked at, too: nobody gave {FEWEST_HURRIED} right answers, and half of all their right ones, \
                 faster than {WORDS_A_SECOND} words a second, and no attempt as a whole was faster."
            ))?;
        }
        if compared.pairs == 0 {
            printer.sentence("", &format!(
                "No two have {FEWEST_BOTH_WRONG} wrong answers to the same questions that {FEWEST_OTHERS} others answered \
                 wrongly too, so nothing can be said about similarity."
            ))?;
        }
        printer.sentence("", CAUTION)
    }
}

/// Each person's last record, the newest first.
fn sheets(registry: &Registry, course: &CourseId) -> Result<Vec<Sheet>, Failure> {
    let told = |error: StoreError| of_store(&error);
    let mut last: Vec<(u64, PersonNumber, Digest)> = Vec::new();
    registry
        .store()
        .dossiers(registry.latest()?, &mut |dossier| {
            let record = dossier.records.iter().rfind(|record| record.course == *course);
            last.extend(record.map(|record| (record.index, dossier.number.clone(), record.digest)));
            Ok(())
        })
        .map_err(told)?;
    last.sort_unstable_by(|one, other| other.cmp(one));
    let mut banks = Banks { registry, known: BTreeMap::new() };
    let mut sheets = Vec::with_capacity(last.len());
    for (_, person, digest) in last {
        // What cannot be read is told by hr log verify.
        let Some(bytes) = registry.store().record(&digest).map_err(told)? else { continue };
        let Ok(record) = read_completion(&bytes) else { continue };
        sheets.push(sheet(person, &record.claims, &mut banks)?);
    }
    Ok(sheets)
}

fn sheet(person: PersonNumber, claims: &CompletionClaims, banks: &mut Banks<'_>) -> Result<Sheet, Failure> {
    let mut sheet = Sheet { person, answers: BTreeMap::new(), attempts: Vec::new() };
    for attempt in &claims.attempts {
        let known = banks.known(attempt.course_digest.unwrap_or(claims.course.digest))?;
        let answers = answers(attempt, known);
        sheet.attempts.push(pace(attempt, &answers));
        for (question, answer) in answers {
            sheet.answers.entry(question).or_insert(answer);
        }
    }
    Ok(sheet)
}

fn pace(attempt: &AttemptClaim, answers: &[((QuestionId, u32), Answer)]) -> Pace {
    let right = answers.iter().filter(|(_, answer)| answer.is_right);
    let words: Vec<u64> = right.filter_map(|(_, answer)| answer.words).collect();
    Pace {
        number: attempt.number,
        seconds: attempt.active_seconds,
        right: words.len(),
        words: words.iter().sum(),
    }
}

/// What is known of the questions of every version that an attempt was made on.
struct Banks<'a> {
    registry: &'a Registry,
    known: BTreeMap<Digest, BTreeMap<QuestionId, Known>>,
}

impl Banks<'_> {
    /// Nothing of a version that is not here.
    fn known(&mut self, version: Digest) -> Result<&BTreeMap<QuestionId, Known>, Failure> {
        Ok(match self.known.entry(version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let files = self.registry.store().course_files(&version).map_err(|error| of_store(&error))?;
                let course = files.and_then(|files| course::parse(files).ok());
                unknown.insert(course.as_ref().map(known_questions).unwrap_or_default())
            }
        })
    }
}

/// What is known of a question.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// How many words it has, without its options.
    words: u64,
    /// What a full answer earns, in thousandths of a point.
    full: u32,
}

fn known_questions(course: &Course) -> BTreeMap<QuestionId, Known> {
    let questions = course.assessment.quiz.questions.iter().map(|question| {
        let words = question.prompt.split_whitespace().count() as u64;
        (question.id.clone(), Known { words, full: mark(question, None).possible })
    });
    questions.collect()
}

fn answers(attempt: &AttemptClaim, known: &BTreeMap<QuestionId, Known>) -> Vec<((QuestionId, u32), Answer)> {
    let answers = attempt.responses.iter().filter_map(|response| {
        let question = (response.item.clone(), response.revision.get());
        Some((question, answer(response, known.get(&response.item))?))
    });
    answers.collect()
}

/// An answer, if something was answered and it can be told whether all of it was right.
fn answer(response: &ResponseClaim, known: Option<&Known>) -> Option<Answer> {
    let given = response.response.as_ref()?;
    let is_right = match (response.earned, known) {
        (0, _) => false,
        (earned, Some(known)) => earned == known.full,
        (_, None) => return None,
    };
    Some(Answer {
        response: serde_json::to_string(given).unwrap_or_default(),
        is_right,
        seconds: response.seconds,
        words: known.map(|known| known.words),
    })
}

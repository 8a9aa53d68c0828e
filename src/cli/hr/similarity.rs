//! `countersign hr similar`: hints where answers are worth a look.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use clap::Args;
use serde_json::json;

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
use crate::record::claims::ResponseClaim;
use crate::record::read_completion;
use crate::registry::PersonNumber;
use crate::registry::similarity::{
    Answer, Compared, FEWEST_BOTH_WRONG, FEWEST_HURRIED, FEWEST_OTHERS, Hurried, Sheet, WORDS_A_SECOND,
    Worth, compare, hurried,
};
use crate::store::StoreError;

/// As many people as are compared: all pairs of them are looked at.
const MOST: usize = 5_000;

/// What stands under every answer of this verb.
const CAUTION: &str = "These are hints where to look, and no verdict about anybody. People who learned together, who were taught \
                       the same mistake, or who read fast look the same from here. Talk to them before you think anything.";

#[derive(Debug, Args)]
#[command(
    after_help = "Of the questions that two people both answered wrongly in their last attempt, how many did they answer with the \
                  same wrong answer, and how likely is that when nobody knows of anybody? The chance is reckoned for each \
                  question from the wrong answers of everybody else. And who gave right answers faster than a question can be \
                  read? Only what would be rare among all pairs together is told.\n\n\
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
    let (compared, hurried) = (compare(&sheets), hurried(&sheets));
    if arguments.json {
        let alike = compared.alike.iter().map(|alike| {
            json!({
                "people": [alike.one, alike.other],
                "bothWrong": alike.both_wrong,
                "identical": alike.identical,
                "expected": alike.expected,
                "chance": alike.chance,
            })
        });
        let alike: Vec<_> = alike.collect();
        let hurried: Vec<_> = hurried
            .iter()
            .map(|one| json!({ "person": one.person, "hurried": one.hurried, "right": one.right }))
            .collect();
        printer.json(&json!({
            "people": sheets.len(),
            "pairs": compared.pairs,
            "alike": alike,
            "hurried": hurried,
            "caution": CAUTION,
        }))?;
    } else {
        print(&sheets, &compared, &hurried, printer)?;
    }
    Ok(registry.looked(Outcome::Fine))
}

fn print(
    sheets: &[Sheet],
    compared: &Compared,
    hurried: &[Hurried],
    printer: Printer,
) -> Result<(), Failure> {
    for alike in &compared.alike {
        printer.sentence("", &format!(
            "{} and {}: {} identical wrong answers to {} questions that both answered wrongly; {:.1} would be by chance \
             (chance of so many: {:.1e}, among {} pairs)",
            alike.one, alike.other, alike.identical, alike.both_wrong, alike.expected, alike.chance, compared.pairs
        ))?;
    }
    for one in hurried {
        printer.sentence("", &format!(
            "{}: {} of {} right answers were given faster than {WORDS_A_SECOND} words a second, by the device's clock",
            one.person, one.hurried, one.right
        ))?;
    }
    let pairs = usize::try_from(compared.pairs).unwrap_or(usize::MAX);
    printer.sentence(
        "",
        &format!(
            "{}, {} compared, {}",
            counted(sheets.len(), "person", "people"),
            counted(pairs, "pair", "pairs"),
            counted(compared.alike.len() + hurried.len(), "hint", "hints")
        ),
    )?;
    if hurried.is_empty() {
        printer.sentence("", &format!(
            "The times were looked at, too: nobody gave {FEWEST_HURRIED} right answers, and half of all their right ones, faster \
             than {WORDS_A_SECOND} words a second."
        ))?;
    }
    if compared.pairs == 0 {
        printer.sentence("", &format!(
            "No two have {FEWEST_BOTH_WRONG} wrong answers to the same questions that {FEWEST_OTHERS} others answered wrongly \
             too, so nothing can be said about similarity."
        ))?;
    }
    printer.sentence("", CAUTION)
}

/// The last attempt in each person's last record, the newest first.
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
    let mut questions: BTreeMap<Digest, BTreeMap<QuestionId, Known>> = BTreeMap::new();
    let mut sheets = Vec::with_capacity(last.len());
    for (_, person, digest) in last {
        // What cannot be read is told by hr log verify.
        let Some(bytes) = registry.store().record(&digest).map_err(told)? else { continue };
        let Ok(record) = read_completion(&bytes) else { continue };
        let Some(attempt) = record.claims.attempts.last() else { continue };
        let version = record.claims.course.digest;
        let known = match questions.entry(version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let files = registry.store().course_files(&version).map_err(told)?;
                let course = files.and_then(|files| course::parse(files).ok());
                unknown.insert(course.as_ref().map(known_questions).unwrap_or_default())
            }
        };
        let answers = attempt.responses.iter().filter_map(|response| {
            let question = (response.item.clone(), response.revision.get());
            Some((question, answer(response, known.get(&response.item))?))
        });
        sheets.push(Sheet { person, answers: answers.collect() });
    }
    Ok(sheets)
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

fn answer(response: &ResponseClaim, known: Option<&Known>) -> Option<Answer> {
    let given = response.response.as_ref()?;
    let worth = match (response.earned, known) {
        (0, _) => Worth::Wrong,
        (earned, Some(known)) if earned == known.full => Worth::Right,
        (_, _) => Worth::Partly,
    };
    Some(Answer {
        response: serde_json::to_string(given).unwrap_or_default(),
        worth,
        seconds: response.seconds,
        words: known.map(|known| known.words),
    })
}

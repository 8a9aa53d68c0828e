//! The tables of an evidence pack, for spreadsheets and for shells.

use serde_json::json;
use uuid::Uuid;

use super::Files;
use crate::clock::Timestamp;
use crate::registry::change::Decision;
use crate::registry::dossier::{RecordState, TakenBack, WaiverState};
use crate::registry::evidence::controls::CONTROLS;
use crate::registry::evidence::{Chosen, EXPIRING_DAYS, Evidence, Exhibit, Listing, Review, Row};
use crate::registry::status::Status;
use crate::registry::terms::{Level, Treatment};
use crate::report::table::{Mark, csv};

/// What stands in a cell instead of what the log binds with the secret of somebody who was not drawn. It is told of those alone
/// whom the auditor looks at: it can be about health, and nobody could check it.
pub(super) const SPARED: &str = "(not in the sample)";

pub(super) fn files(evidence: &Evidence) -> Files {
    let mut files = Files::new();
    let mut add = |path: &str, bytes: Vec<u8>| drop(files.insert(path.to_owned(), bytes));
    add("population.csv", population(evidence));
    let on_roster = |row: &&Row| row.roster.as_ref().is_some_and(|listed| listed.listing.is_on_roster());
    add("roster.txt", lines(evidence.people.iter().filter(on_roster).map(|row| row.number.as_str())));
    add("log/people.txt", lines(evidence.chosen.iter().filter_map(tie)));
    add("numbers.txt", lines(evidence.people.iter().map(|row| row.number.as_str())));
    if let Some(sample) = &evidence.sample {
        let numbers: Vec<_> = evidence.people.iter().map(|row| row.number.clone()).collect();
        let drawn = sample.draw(&numbers);
        add("sample.txt", lines(drawn.iter().map(crate::registry::PersonNumber::as_str)));
        add("seed.txt", lines([sample.seed.as_str()]));
    }
    add("records.csv", records(evidence));
    add("waivers.csv", waivers(evidence));
    add("reviews.csv", reviews(evidence));
    add("log/left-out.txt", lines(evidence.left_out_in_log.iter().map(|one| one.digest().to_string())));
    add("pack.json", facts(evidence));
    add("acknowledgements.csv", acknowledgements(evidence));
    let controls = CONTROLS.iter().map(|control| [control.name, control.asks, control.place]);
    add("controls.csv", csv(&["control", "what it asks", "where in this pack"], controls, Mark::Utf8));
    let digests = evidence.versions.iter().map(|one| format!("{}  courses/{}", one.digest.hex(), one.file));
    add("courses/digests.txt", lines(digests));
    files
}

fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut text = String::new();
    for line in lines {
        text.push_str(line.as_ref());
        text.push('\n');
    }
    text.into_bytes()
}

/// Who somebody is in the log, and by which secret: pseudonym, salt and number.
fn tie(chosen: &Chosen) -> Option<String> {
    let tie = chosen.tie.as_ref()?;
    Some(format!("{} {} {}", tie.pseudonym.digest().hex(), tie.salt.hex().as_str(), chosen.number))
}

/// What the pack is about, for programs: the arguments that it was made with, and what no table says.
fn facts(evidence: &Evidence) -> Vec<u8> {
    let sample = evidence.sample.as_ref().map(|sample| json!({ "seed": sample.seed, "size": sample.size }));
    let facts = json!({
        "format": 1,
        "program": evidence.program,
        "course": evidence.course,
        "title": evidence.title,
        "from": evidence.from,
        "to": evidence.to,
        "asOf": evidence.as_of,
        "expiringDays": EXPIRING_DAYS,
        "leftOut": evidence.left_out,
        "sample": sample,
        "controls": evidence.controls,
        "findings": evidence.findings,
    });
    format!("{facts:#}\n").into_bytes()
}

/// The columns of the table of people.
pub const POPULATION: [&str; 15] = [
    "number",
    "name",
    "department",
    "role",
    "on the roster",
    "hired",
    "status",
    "due",
    "completed",
    "valid until",
    "record",
    "waiver",
    "counts",
    "first seen",
    "in the log",
];

fn population(evidence: &Evidence) -> Vec<u8> {
    csv(&POPULATION, evidence.people.iter().map(person), Mark::Utf8)
}

fn person(row: &Row) -> [String; 15] {
    let roster = row.roster.as_ref();
    let standing = Standing::of(row.status.as_ref());
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    [
        row.number.to_string(),
        text(roster.map(|listed| &listed.name)),
        text(roster.and_then(|listed| listed.department.as_ref())),
        text(roster.and_then(|listed| listed.role.as_ref())),
        listing(roster.map(|listed| listed.listing)).to_owned(),
        roster.and_then(|listed| listed.hired).map(|day| day.to_string()).unwrap_or_default(),
        standing.words.to_owned(),
        standing.due,
        standing.completed,
        standing.until,
        standing.record,
        standing.waiver,
        row.rests_on.as_ref().map(counts).unwrap_or_default().to_owned(),
        roster.map(|listed| listed.first_seen.to_string()).unwrap_or_default(),
        row.pseudonym.map(|pseudonym| pseudonym.digest().to_string()).unwrap_or_default(),
    ]
}

/// The cells about somebody that follow from the log once it is known whom it means, by their columns.
#[must_use]
pub fn standing(row: &Row) -> Vec<(&'static str, String)> {
    const STANDING: [&str; 6] = ["status", "due", "completed", "valid until", "record", "counts"];
    let cells = POPULATION.into_iter().zip(person(row));
    cells.filter(|(column, _)| STANDING.contains(column)).collect()
}

/// Whether somebody had to be trained.
pub(super) fn listing(listing: Option<Listing>) -> &'static str {
    match listing {
        Some(Listing::AtWork) => "at work",
        Some(Listing::OnLeave) => "on leave",
        Some(Listing::ToCome) => "to come",
        Some(Listing::Over) => "left (still on the roster)",
        Some(Listing::Left) => "left in the period",
        Some(Listing::LeftBefore) => "left before the period",
        None => "not on the roster",
    }
}

/// How a table says that somebody had to be trained, read again; `None` when it says nothing of the kind.
#[must_use]
pub fn listed_as(words: &str) -> Option<Option<Listing>> {
    let all = [
        Some(Listing::AtWork),
        Some(Listing::OnLeave),
        Some(Listing::ToCome),
        Some(Listing::Over),
        Some(Listing::Left),
        Some(Listing::LeftBefore),
        None,
    ];
    all.into_iter().find(|one| listing(*one) == words)
}

/// A status in the words of a table.
#[derive(Debug, Default)]
pub(super) struct Standing {
    pub(super) words: &'static str,
    pub(super) due: String,
    pub(super) completed: String,
    pub(super) until: String,
    pub(super) record: String,
    pub(super) waiver: String,
}

impl Standing {
    pub(super) fn of(status: Option<&Status>) -> Self {
        let Some(status) = status else { return Self { words: "not asked to", ..Self::default() } };
        let empty = Self { words: status.kind().words(), ..Self::default() };
        let optional = |at: &Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        match status {
            Status::Complete { earned } | Status::Expiring { earned } | Status::Expired { earned } => Self {
                completed: earned.at.to_string(),
                until: earned.expires.to_string(),
                record: earned.record.to_string(),
                ..empty
            },
            Status::InProgressUnknown { due } | Status::NotStarted { due } | Status::Overdue { due } => {
                Self { due: due.to_string(), ..empty }
            }
            Status::Failed { record, due } => {
                Self { record: record.to_string(), due: optional(due), ..empty }
            }
            Status::Waived { waiver, until } => {
                Self { waiver: identifier(waiver), until: until.to_string(), ..empty }
            }
        }
    }
}

fn records(evidence: &Evidence) -> Vec<u8> {
    let header = [
        "number",
        "record",
        "file",
        "received",
        "signed by the device at",
        "log entry",
        "earned",
        "possible",
        "passed",
        "signature",
        "content",
        "grading",
        "identity",
        "time",
        "counts",
        "course version digest",
    ];
    let rows = evidence.chosen.iter().flat_map(|chosen| {
        chosen.records.iter().map(move |exhibit| {
            let Exhibit { file, state, .. } = exhibit;
            let mut row = vec![
                chosen.number.to_string(),
                state.digest.to_string(),
                format!("records/{file}"),
                state.received_at.to_string(),
                state.signed_at.to_string(),
                state.index.to_string(),
                crate::quiz::mark::points(state.earned),
                crate::quiz::mark::points(state.possible),
                if state.passed { "passed" } else { "not passed" }.to_owned(),
            ];
            row.extend(Level::ALL.map(|level| state.levels.at(level).word().to_owned()));
            row.extend([counts(state).to_owned(), state.version.to_string()]);
            row
        })
    });
    csv(&header, rows, Mark::Utf8)
}

/// Whether a record counts, and who said so.
pub(in crate::report) fn counts(state: &RecordState) -> &'static str {
    match (state.decision, state.treatment) {
        (Some(Decision::Accepted), _) => "yes, accepted in review",
        (Some(Decision::Refused), _) => "no, refused in review",
        (None, Treatment::Accept) => "yes, at once",
        (None, Treatment::Review | Treatment::Quarantine) => "not yet, waits for review",
    }
}

/// How an exception goes; the one that nobody has is that of an exception of which it is not known.
fn identifier(id: &Uuid) -> String {
    if id.is_nil() { String::new() } else { id.to_string() }
}

fn waivers(evidence: &Evidence) -> Vec<u8> {
    let header = [
        "number",
        "waiver",
        "given",
        "until",
        "taken back",
        "taken back by",
        "taken back because",
        "approver",
        "reason",
        "log entry",
        "file",
    ];
    let rows = evidence.people.iter().flat_map(|row| {
        row.waivers.iter().map(|waiver| {
            let WaiverState { id, index, at, until, taken_back, approver, reason, .. } = waiver;
            let chosen = evidence.chosen(&row.number);
            let exception =
                chosen.and_then(|chosen| chosen.waivers.iter().find(|one| one.state.index == *index));
            let spared = || SPARED.to_owned();
            let told = |bound: &String| if chosen.is_some() { bound.clone() } else { spared() };
            let [taken, by, because] = match taken_back {
                Some(TakenBack { by, reason, .. }) => ["yes".to_owned(), told(by), told(reason)],
                None => ["no".to_owned(), String::new(), String::new()],
            };
            [
                row.number.to_string(),
                identifier(id),
                at.to_string(),
                until.to_string(),
                taken,
                by,
                because,
                told(approver),
                told(reason),
                // The place of an entry names the person for the whole log.
                exception.map_or_else(spared, |one| one.state.index.to_string()),
                exception.map_or_else(spared, |one| format!("waivers/{}", one.file)),
            ]
        })
    });
    csv(&header, rows, Mark::Utf8)
}

/// What was decided about records and when; of the sample also by whom and why.
fn reviews(evidence: &Evidence) -> Vec<u8> {
    let header = ["number", "record", "decision", "decided", "by", "reason", "log entry"];
    let rows = evidence.people.iter().flat_map(|row| {
        row.reviews.iter().map(|review| {
            let Review { index, record, decision, at, by, reason } = review;
            let is_chosen = evidence.chosen(&row.number).is_some();
            let told = |bound: &String| if is_chosen { bound.clone() } else { SPARED.to_owned() };
            [
                row.number.to_string(),
                record.to_string(),
                decision.word().to_owned(),
                at.to_string(),
                told(by),
                told(reason),
                index.map(|index| index.to_string()).unwrap_or_default(),
            ]
        })
    });
    csv(&header, rows, Mark::Utf8)
}

fn acknowledgements(evidence: &Evidence) -> Vec<u8> {
    let header =
        ["number", "policy", "policy digest", "statement", "language", "agreed", "meaning", "record"];
    let rows = evidence.chosen.iter().flat_map(|chosen| {
        chosen.records.iter().filter_map(move |exhibit| {
            let agreed = exhibit.acknowledgement.as_ref()?;
            Some([
                chosen.number.to_string(),
                agreed.policy.clone(),
                agreed.digest.to_string(),
                agreed.statement.clone(),
                agreed.language.clone(),
                agreed.at.to_string(),
                agreed.meaning.clone(),
                exhibit.state.digest.to_string(),
            ])
        })
    });
    csv(&header, rows, Mark::Utf8)
}

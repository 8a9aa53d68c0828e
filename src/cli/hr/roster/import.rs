//! `countersign hr roster import`: what a table of people changes, shown before it does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::super::Outcome;
use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::super::output::Replacing;
use super::super::super::printer::Printer;
use super::super::confirm::{Answer, Confirmation};
use super::super::open::{Purpose, Registry, of_store};
use super::super::registry::Home;
use super::super::said::counted;
use super::expected::{ExpectedArguments, Look, if_right, left_out};
use super::manner;
use super::same_people::require_same_people;
use crate::digest::Digest;
use crate::encoding::{self, DecodeError, Encoding};
use crate::files;
use crate::registry::Change;
use crate::registry::roster::dates::DateOrder;
use crate::registry::roster::plan::{Coverage, Kind, Plan, Planner, Step};
use crate::registry::roster::{Manner, Reject, Roster};
use crate::registry::row::Membership;
use crate::report::table::{self, Mark, Separator};

/// The most that is read: two million people have less.
const MAX_ROSTER: u64 = 512 << 20;
/// How many people and rows of each kind are shown unless all are asked for.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
#[command(
    after_help = "The table is CSV with commas, semicolons, tabs or what a line such as sep=; above it names, in UTF-8, UTF-16 or \
                  Windows-1252, with the names of its columns in the first line; usual names in many languages are recognised, others are named with --map \
                  and remembered. Only the columns that are recognised are kept. The fields are: number, name (or \
                  first-name and last-name), email, department, manager, role, employment, hired, leaves, status.\n\n\
                  Nobody is deleted: whoever leaves stays with their history. Whatever has no column in the file stays as \
                  it was. Rows that cannot be taken over are listed by line. What needs somebody is said behind look first: a \
                  third of all people who would not be at work any more, or a tenth where that is five or more (they have left, \
                  leave within a week, are on leave, or are to come); a roster of which most are new and not at work; and \
                  numbers of new people that look like those of others. With --yes nothing is taken over then, unless \
                  --leavers or --new says that it is expected. The exit code is 0 when the roster is as the \
                  file says, 1 when rows were refused or nothing was taken over, 2 when it could not run.\n\n\
                  Examples:\n  \
                  countersign hr roster import people.csv                     show what would change, then ask\n  \
                  countersign hr roster import people.csv --complete --yes    whoever is not in it has left\n  \
                  countersign hr roster import people.csv --complete --yes --leavers 5\n  \
                  countersign hr roster import people.csv --map number=\"Badge\" --dates day-first\n  \
                  countersign hr roster import people.csv --status \"Karenz=on leave\" --rejects bad.csv"
)]
pub(super) struct ImportArguments {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which column is what, such as number="Personal No"; remembered; may be repeated
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// What a word of the status column means: at work, on leave or left; remembered; may be repeated
    #[arg(long, value_name = "WORD=MEANING")]
    status: Vec<String>,
    /// The order in dates such as 03/04/2026; remembered
    #[arg(long, value_enum)]
    dates: Option<Dates>,
    /// The file names everybody: whoever is not in it has left
    #[arg(long)]
    complete: bool,
    /// Take over nothing when a row cannot be taken over
    #[arg(long)]
    strict: bool,
    /// Write the rows that cannot be taken over to a table, with the reasons in its last column
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[command(flatten)]
    expected: ExpectedArguments,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    confirmation: Confirmation,
    #[command(flatten)]
    replacing: Replacing,
}

#[derive(Debug, Args)]
struct Output {
    /// Show every change and every refused row, not only the first 20 of each kind
    #[arg(long)]
    all: bool,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

/// The orders that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Dates {
    /// 31/12/2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
}

pub(super) fn run(
    arguments: &ImportArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let mut registry = Registry::open_to(Purpose::Append, home, printer)?;
    let remembered =
        manner::of_remembered(&registry.store().roster_mapping().map_err(|error| of_store(&error))?);
    let (manner, expected) = (said(arguments, &remembered)?, arguments.expected.read()?);
    let (text, digest) = read(&arguments.file, printer)?;
    let mut roster = Roster::read(&text, &manner).map_err(|error| {
        let hint = error.hint();
        Failure::new(format!("{} is no roster", arguments.file.display())).because(&error).hint(hint)
    })?;
    drop(text);
    let looked_at = registry.store().log_size().map_err(|error| of_store(&error))?;
    let plan = plan(&mut roster, &manner, arguments, &registry)?;
    let looks = expected.look_first(&plan);
    let shown = Shown { arguments, roster: &roster, plan: &plan, looks: &looks, printer };
    if !arguments.output.json {
        shown.columns()?;
        shown.changes()?;
        shown.rejects()?;
    }
    if let Some(path) = &arguments.rejects {
        write_rejects(path, &roster, arguments.replacing)?;
    }
    let decision = decide(arguments, &roster, &plan, &looks, environment, printer)?;
    let counts = Counts::of(&plan);
    if decision == Decision::TakeOver {
        if !plan.steps.is_empty() {
            registry.unlock(printer)?;
            let lock = registry.lock()?;
            require_same_people(&registry, looked_at)?;
            let import = plan.into_import(registry.now()?, digest);
            registry.append(&lock, &[Change::Roster(import)])?;
        }
        if manner != remembered {
            registry.remember_roster(&manner::to_remember(&manner))?;
        }
    }
    if arguments.output.json {
        let columns: BTreeMap<&str, &str> =
            roster.columns.taken().map(|(field, name)| (field.word(), name)).collect();
        printer.json(&json!({
            "columns": columns,
            "joins": counts.joins,
            "returns": counts.returns,
            "changes": counts.changes,
            "leaves": counts.leaves,
            "unchanged": counts.unchanged,
            "rejected": roster.rejects.iter().map(|reject| json!({
                "line": reject.line,
                "number": reject.number,
                "reasons": reject.reasons,
            })).collect::<Vec<_>>(),
            "lookFirst": looks.iter().map(|look| look.words.as_str()).collect::<Vec<_>>(),
            "takenOver": decision == Decision::TakeOver,
        }))?;
    }
    decision.say(&counts, roster.rejects.len(), &looks, printer);
    let fine = decision == Decision::TakeOver && roster.rejects.is_empty();
    Ok(if fine { Outcome::Fine } else { Outcome::Findings })
}

/// What becomes of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    TakeOver,
    Declined,
    NobodyToAsk,
    LookFirst,
    Strict,
}

impl Decision {
    fn say(self, counts: &Counts, rejects: usize, looks: &[Look], printer: Printer) {
        match self {
            Self::TakeOver if counts.steps() == 0 && rejects > 0 => {
                printer.talk("nothing to change in the rows that can be taken over");
            }
            Self::TakeOver if counts.steps() == 0 => {
                printer.talk("nothing to change: the roster is as the file says");
            }
            Self::TakeOver => {
                printer.talk(&format!("taken over: {} changed", counted(counts.steps(), "person", "people")));
            }
            Self::Declined => printer.talk("nothing was changed"),
            Self::NobodyToAsk => {
                printer.talk("nothing was changed: there is no terminal to ask at");
                printer.talk(&match looks {
                    [] => "hint: look at what would change, then run it again with --yes".to_owned(),
                    looks => format!("hint: {}", if_right(looks)),
                });
            }
            Self::LookFirst => {
                printer.talk("nothing was changed: somebody has to look first, whatever --yes says");
                printer.talk(&format!("hint: {}", if_right(looks)));
            }
            Self::Strict => {
                printer.talk(
                    "nothing was changed: there are rows that cannot be taken over, and --strict was said",
                );
                printer.talk("hint: mend them, or leave out --strict to take over the others");
            }
        }
    }
}

fn decide(
    arguments: &ImportArguments,
    roster: &Roster,
    plan: &Plan,
    looks: &[Look],
    environment: &Environment,
    printer: Printer,
) -> Result<Decision, Failure> {
    if arguments.strict && !roster.rejects.is_empty() {
        return Ok(Decision::Strict);
    }
    if plan.steps.is_empty() {
        return Ok(Decision::TakeOver);
    }
    // Said before anybody has seen the file: a scheduled job would take everybody off the roster without a word.
    if arguments.confirmation.is_said_beforehand() && !looks.is_empty() {
        return Ok(Decision::LookFirst);
    }
    let question = format!("Take over {}?", counted(plan.steps.len(), "change", "changes"));
    Ok(match arguments.confirmation.ask(&question, environment, printer)? {
        Answer::Yes => Decision::TakeOver,
        Answer::No => Decision::Declined,
        Answer::NobodyToAsk => Decision::NobodyToAsk,
    })
}

/// How many people change in which way.
struct Counts {
    joins: usize,
    returns: usize,
    changes: usize,
    leaves: usize,
    unchanged: usize,
}

impl Counts {
    fn of(plan: &Plan) -> Self {
        Self {
            joins: plan.count(Kind::Joins),
            returns: plan.count(Kind::Returns),
            changes: plan.count(Kind::Changes),
            leaves: plan.count(Kind::Leaves),
            unchanged: plan.unchanged,
        }
    }

    fn steps(&self) -> usize {
        self.joins + self.returns + self.changes + self.leaves
    }
}

/// What was said now, on top of what is remembered.
fn said(arguments: &ImportArguments, remembered: &Manner) -> Result<Manner, Failure> {
    let mut manner = remembered.clone();
    for text in &arguments.map {
        let (field, name) = manner::mapping(text)?;
        manner.mapping.insert(field, name);
    }
    for text in &arguments.status {
        let (word, presence) = manner::status_word(text)?;
        manner.words.insert(word, presence);
    }
    manner.dates = arguments.dates.map(|order| match order {
        Dates::DayFirst => DateOrder::DayFirst,
        Dates::MonthFirst => DateOrder::MonthFirst,
    });
    Ok(manner)
}

/// The text of a table, and the digest of its bytes.
fn read(path: &Path, printer: Printer) -> Result<(String, Digest), Failure> {
    let bytes = files::read_limited(path, MAX_ROSTER)
        .map_err(|error| Failure::file(format!("cannot read {}", path.display()), &error))?;
    if let Some(what) = workbook(&bytes) {
        return Err(Failure::new(format!("{} is {what}, and no table in text", path.display()))
            .hint("open it, save it as \"CSV UTF-8\", and import that file"));
    }
    let digest = Digest::of(&bytes);
    let text = match encoding::decode(&bytes, Encoding::Unicode) {
        Err(fault @ DecodeError::NotUtf8 { .. }) => {
            printer.talk(&format!(
                "note: {fault}: the file is read as Windows-1252; look whether names with accents are right"
            ));
            encoding::decode(&bytes, Encoding::Windows1252)
        }
        other => other,
    };
    let text = text.map_err(|error| {
        Failure::new(format!("cannot read {}", path.display()))
            .because(&error)
            .hint("save the file as CSV in UTF-8")
    })?;
    Ok((text, digest))
}

/// What a spreadsheet program writes unless it is told otherwise, by its first bytes: nobody wants to see the rest as text.
fn workbook(bytes: &[u8]) -> Option<&'static str> {
    let begins = |mark: &[u8]| bytes.starts_with(mark);
    if begins(b"PK\x03\x04") {
        Some("an Excel file or another zip archive")
    } else if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some("an old Excel file or another document of Office")
    } else {
        None
    }
}

fn plan(
    roster: &mut Roster,
    manner: &Manner,
    arguments: &ImportArguments,
    registry: &Registry,
) -> Result<Plan, Failure> {
    let coverage = if arguments.complete { Coverage::Complete } else { Coverage::Partial };
    let now = registry.now()?;
    // First and last days of work go by UTC everywhere: what is stored is the same wherever the officer sits.
    let mut planner = Planner::new(roster, &manner.words, coverage, now.date());
    registry
        .store()
        .dossiers(now, &mut |dossier| {
            planner.meet(dossier);
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    Ok(planner.finish())
}

/// The rows as they stood in the file, with its sign between the cells, and what is wrong behind them: mended, it can be imported
/// itself.
fn write_rejects(path: &Path, roster: &Roster, replacing: Replacing) -> Result<(), Failure> {
    let mut header: Vec<&str> = roster.columns.header.iter().map(String::as_str).collect();
    header.push("what to do");
    let rows = roster.rejects.iter().map(|reject| {
        let mut cells = reject.cells.clone();
        // Behind the last column, also where a row is too short.
        cells.resize(cells.len().max(header.len() - 1), String::new());
        cells.push(format!("line {}: {}", reject.line, reject.reasons.join("; ")));
        cells
    });
    let separator = match roster.delimiter {
        sign @ (b';' | b'\t') => Separator(sign),
        // Any other would need a line above the rows that names it.
        _ => Separator::COMMA,
    };
    replacing.write(path, &table::separated(separator, &header, rows, Mark::Utf8))
}

/// What is shown before anything is done.
struct Shown<'a> {
    arguments: &'a ImportArguments,
    roster: &'a Roster,
    plan: &'a Plan,
    looks: &'a [Look],
    printer: Printer,
}

impl Shown<'_> {
    fn columns(&self) -> Result<(), Failure> {
        self.printer.line("columns")?;
        for (field, name) in self.roster.columns.taken() {
            self.printer.line(&format!("  {:<12} {name}", field.word()))?;
        }
        let left = self.roster.columns.left();
        if !left.is_empty() {
            self.printer.line(&format!("  {:<12} {}", "not kept", left.join(", ")))?;
        }
        if let Some(order) = self.roster.dates {
            self.printer.line(&format!("  {:<12} {}", "dates", manner::order_word(order)))?;
        }
        Ok(())
    }

    fn changes(&self) -> Result<(), Failure> {
        for kind in Kind::ALL {
            let steps: Vec<&Step> = self.plan.steps.iter().filter(|step| step.kind == kind).collect();
            if steps.is_empty() {
                continue;
            }
            self.printer.line(&format!("{} ({}{})", kind.word(), steps.len(), elsewhere(&steps)))?;
            let most = self.most();
            for step in steps.iter().take(most) {
                self.step(step)?;
            }
            self.rest(steps.len())?;
        }
        let repeated = match self.roster.repeated {
            0 => String::new(),
            number => format!("; {} only repeated another", counted(number, "row", "rows")),
        };
        self.printer.line(&format!("unchanged ({}){repeated}", self.plan.unchanged))?;
        if let Some(words) = left_out(self.plan) {
            self.printer.line(&words)?;
        }
        for look in self.looks.iter().take(self.most()) {
            self.printer.sentence("look first: ", &look.words)?;
        }
        self.rest(self.looks.len())
    }

    fn step(&self, step: &Step) -> Result<(), Failure> {
        let PersonWords { number, name, rest } = PersonWords::of(step);
        self.printer.line(&format!("  {number:<10} {name}{rest}"))?;
        for difference in &step.differences {
            let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let (before, after) = (shown(&difference.before), shown(&difference.after));
            self.printer.line(&format!("  {:<10}   {}: {before} → {after}", "", difference.field))?;
        }
        Ok(())
    }

    fn rejects(&self) -> Result<(), Failure> {
        let rejects = &self.roster.rejects;
        if rejects.is_empty() {
            return Ok(());
        }
        self.printer.line(&format!("not taken over ({})", rejects.len()))?;
        for Reject { line, number, reasons, .. } in rejects.iter().take(self.most()) {
            let whose = number.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
            self.printer.sentence(&format!("  line {line}{whose}: "), &reasons.join("; "))?;
        }
        self.rest(rejects.len())
    }

    fn most(&self) -> usize {
        if self.arguments.output.all { usize::MAX } else { SHOWN }
    }

    fn rest(&self, number: usize) -> Result<(), Failure> {
        match number.saturating_sub(self.most()) {
            0 => Ok(()),
            rest => self.printer.line(&format!("  and {rest} more (--all shows them)")),
        }
    }
}

/// How many of those who join are not at work; with so many, they would not be seen among the others.
fn elsewhere(steps: &[&Step]) -> String {
    let told = [Membership::Away, Membership::ToCome, Membership::Gone].map(|member| {
        let joins = |step: &&&Step| step.kind == Kind::Joins && step.today == member;
        match steps.iter().filter(joins).count() {
            0 => String::new(),
            number => format!(", {number} {}", member.words()),
        }
    });
    told.concat()
}

/// A person in a line.
struct PersonWords<'a> {
    number: &'a str,
    name: &'a str,
    rest: String,
}

impl<'a> PersonWords<'a> {
    fn of(step: &'a Step) -> Self {
        let profile = &step.change.profile;
        let department =
            profile.department.as_ref().map(|department| format!("  {department}")).unwrap_or_default();
        let counted_as = match (step.kind, step.today) {
            (Kind::Joins, member) if member != Membership::Active => {
                format!(" ({})", member.words())
            }
            (Kind::Joins | Kind::Returns | Kind::Changes | Kind::Leaves, _) => String::new(),
        };
        let missing = if step.line.is_none() { " (not in the file)" } else { "" };
        Self {
            number: step.change.number.as_str(),
            name: &profile.name,
            rest: format!("{department}{counted_as}{missing}"),
        }
    }
}

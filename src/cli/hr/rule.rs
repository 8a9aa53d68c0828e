//! `countersign hr rule`: who has to take a course again and again, or from the day they come.

use std::str::FromStr;

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::assign::{parsed, version};
use super::audience::{audience, words};
use super::by_id::{short, the_one};
use super::course::{archive, known, tell_undeliverable};
use super::grounds::required;
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use crate::id::CourseId;
use crate::registry::Change;
use crate::registry::change::{RuleEnded, RuleSet, Trigger};

#[derive(Debug, Args)]
#[command(
    after_help = "A rule makes a course due; countersign hr assign --rules, run each day, makes the assignments that rules ask \
                  for. Whoever is on leave, has left or is excepted is not asked.\n\n\
                  Examples:\n  \
                  countersign hr rule add app-data-and-byod --on-hire 14 --by 'J. Doe'\n  \
                  countersign hr rule add app-data-and-byod --every 12months --notice 30 --by 'J. Doe'\n  \
                  countersign hr rule add app-data-and-byod --on-new-policy 30 --to department=Sales --by 'J. Doe'\n  \
                  countersign hr rule end 1f0c9ab2 --by 'J. Doe'"
)]
pub(in crate::cli) struct RuleArguments {
    #[command(subcommand)]
    verb: RuleVerb,
}

#[derive(Debug, Subcommand)]
enum RuleVerb {
    /// Set a rule
    Add(AddArguments),
    /// The rules that hold
    List(ListArguments),
    /// End a rule; what it has assigned stays
    End(EndArguments),
}

#[derive(Debug, Args)]
struct AddArguments {
    /// Which course; the approved version that was added last is assigned
    #[arg(value_name = "COURSE")]
    course: CourseId,
    #[command(flatten)]
    trigger: TriggerArguments,
    /// How many days before the date the assignment is made
    #[arg(long, value_name = "DAYS", default_value_t = 30, requires = "every", value_parser = days())]
    notice: u32,
    /// For whom: department=NAME, role=NAME, person=NUMBER or a file with a number on each line; everybody when left out
    #[arg(long, value_name = "WHOM")]
    to: Vec<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
}

/// Ten years. Behind the last day of the calendar a rule would ask for nothing, without a word.
fn days() -> RangedU64ValueParser<u32> {
    RangedU64ValueParser::new().range(..=3_660)
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct TriggerArguments {
    /// So many days after the first day of work
    #[arg(long, value_name = "DAYS", value_parser = days())]
    on_hire: Option<u32>,
    /// So long after the last completion, such as 12months or 2years
    #[arg(long, value_name = "TIME")]
    every: Option<Months>,
    /// So many days after a version with another policy was approved
    #[arg(long, value_name = "DAYS", value_parser = days())]
    on_new_policy: Option<u32>,
}

#[derive(Debug, Args)]
struct ListArguments {
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct EndArguments {
    /// The beginning of its name, as the list shows it
    #[arg(value_name = "RULE")]
    rule: String,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
}

/// A number of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Months(u32);

impl FromStr for Months {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let number = number.parse::<u32>().ok().filter(|number| (1..=1200).contains(number));
        let months = match unit.trim() {
            "months" | "month" | "m" => number,
            "years" | "year" | "y" => number.map(|years| years * 12),
            _ => None,
        };
        months.map(Self).ok_or_else(|| "expected a time such as 12months or 2years".to_owned())
    }
}

pub(super) fn run(arguments: &RuleArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    let purpose = match &arguments.verb {
        RuleVerb::List(_) => Purpose::LookAtAll,
        RuleVerb::Add(_) | RuleVerb::End(_) => Purpose::Append,
    };
    let mut registry = Registry::open_to(purpose, home, printer)?;
    let outcome = match &arguments.verb {
        RuleVerb::Add(arguments) => add(arguments, &mut registry, printer),
        RuleVerb::List(arguments) => list(arguments, &registry, printer),
        RuleVerb::End(arguments) => end(arguments, &mut registry, printer),
    };
    outcome.map(|outcome| registry.looked(outcome))
}

fn add(arguments: &AddArguments, registry: &mut Registry, printer: Printer) -> Result<Outcome, Failure> {
    let by = required("by", &arguments.by)?;
    known(&arguments.course, &archive(registry)?)?;
    let now = registry.now()?;
    let audience = audience(&arguments.to, registry.store(), now)?;
    let TriggerArguments { on_hire, every, on_new_policy } = arguments.trigger;
    let triggers = [
        on_hire.map(|within_days| Trigger::OnHire { within_days }),
        every.map(|Months(months)| Trigger::Every { months, notice_days: arguments.notice }),
        on_new_policy.map(|within_days| Trigger::OnNewPolicy { within_days }),
    ];
    let Some(trigger) = triggers.into_iter().flatten().next() else {
        return Err(Failure::new("nothing says when the course is due")
            .hint("say --on-hire, --every or --on-new-policy"));
    };
    let rule =
        RuleSet { at: now, id: Uuid::new_v4(), course: arguments.course.clone(), trigger, audience, by };
    require_another(registry, &rule)?;
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    // While this one waited, somebody may have set the same.
    require_another(registry, &rule)?;
    let shown = line(&rule);
    let rule = RuleSet { at: registry.now()?, ..rule };
    registry.append(&lock, &[Change::RuleSet(rule)])?;
    printer.line(&shown)?;
    match version(&arguments.course, None, archive(registry)?, registry) {
        Ok(version) => {
            // What is not here as it was added is for whoever assigns it, and for hr log verify.
            if let Ok(course) = parsed(registry, &version) {
                tell_undeliverable(&course, printer);
            }
        }
        Err(failure) => printer.warning(&failure),
    }
    printer.advise("to make the assignments that rules ask for, each day: countersign hr assign --rules");
    Ok(Outcome::Fine)
}

/// No rule that holds asks for the same as this one.
fn require_another(registry: &Registry, wanted: &RuleSet) -> Result<(), Failure> {
    let asks_the_same = |rule: &&RuleSet| {
        rule.course == wanted.course && rule.trigger == wanted.trigger && rule.audience == wanted.audience
    };
    match rules(registry)?.iter().find(asks_the_same) {
        None => Ok(()),
        Some(rule) => Err(Failure::new(format!("this rule holds already: {}", line(rule)))
            .hint("to see all: countersign hr rule list")),
    }
}

fn list(arguments: &ListArguments, registry: &Registry, printer: Printer) -> Result<Outcome, Failure> {
    let rules = rules(registry)?;
    if arguments.json {
        let shown: Vec<_> = rules
            .iter()
            .map(|rule| {
                json!({
                    "rule": rule.id.to_string(),
                    "course": rule.course,
                    "trigger": rule.trigger,
                    "audience": rule.audience,
                    "by": rule.by,
                    "set": rule.at,
                })
            })
            .collect();
        printer.json(&json!({ "rules": shown }))?;
        return Ok(Outcome::Fine);
    }
    for rule in &rules {
        printer.line(&line(rule))?;
    }
    if rules.is_empty() {
        printer.advise("there is no rule yet: countersign hr rule add COURSE --on-hire 14 --by NAME");
    }
    Ok(Outcome::Fine)
}

fn end(arguments: &EndArguments, registry: &mut Registry, printer: Printer) -> Result<Outcome, Failure> {
    let by = required("by", &arguments.by)?;
    let id = the_one(
        &arguments.rule,
        rules(registry)?.iter().map(|rule| rule.id),
        "rule",
        "countersign hr rule list",
    )?;
    registry.keep(|at| Change::RuleEnded(RuleEnded { at, id, by }), printer)?;
    printer.line(&format!("{} has ended", short(id)))?;
    Ok(Outcome::Fine)
}

/// The rules that hold.
pub(super) fn rules(registry: &Registry) -> Result<Vec<RuleSet>, Failure> {
    registry.store().rules(registry.latest()?).map_err(|error| of_store(&error))
}

fn line(rule: &RuleSet) -> String {
    format!("{}  {}  {}  {}", short(rule.id), rule.course, when(rule.trigger), words(&rule.audience))
}

fn when(trigger: Trigger) -> String {
    let days = |number| if number == 1 { "1 day".to_owned() } else { format!("{number} days") };
    match trigger {
        Trigger::OnHire { within_days } => {
            format!("within {} after the first day of work", days(within_days))
        }
        Trigger::Every { months, notice_days } => {
            let every = if months == 1 { "month".to_owned() } else { format!("{months} months") };
            format!("every {every}, asked for {} before", days(notice_days))
        }
        Trigger::OnNewPolicy { within_days } => format!("within {} after a new policy", days(within_days)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It said "every 1 months".
    #[test]
    fn one_is_not_many() {
        fn check(trigger: Trigger, expected: &str) {
            assert_eq!(when(trigger), expected);
        }
        check(Trigger::Every { months: 1, notice_days: 1 }, "every month, asked for 1 day before");
        check(Trigger::Every { months: 12, notice_days: 30 }, "every 12 months, asked for 30 days before");
        check(Trigger::OnHire { within_days: 1 }, "within 1 day after the first day of work");
        check(Trigger::OnNewPolicy { within_days: 0 }, "within 0 days after a new policy");
    }

    #[test]
    fn times_in_months_and_years() {
        fn check(text: &str, expected: Option<u32>) {
            assert_eq!(text.parse::<Months>().ok().map(|months| months.0), expected, "{text}");
        }
        check("12months", Some(12));
        check("1 month", Some(1));
        check("2y", Some(24));
        check("12", None);
        check("0months", None);
        check("months", None);
        check("4294967295years", None);
        check("１２months", None);
    }
}

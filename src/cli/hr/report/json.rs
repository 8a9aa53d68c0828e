//! A report for programs.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::people::Basis;
use crate::registry::summary::ageing::Age;
use crate::registry::summary::completions::Completions;
use crate::registry::summary::counts::{Counts, Groups};
use crate::registry::summary::hires::Hires;
use crate::registry::summary::{List, Summary};

/// The whole report; lists of people hold the first few of `count`.
pub(super) fn document(summary: &Summary, basis: &Basis, put_aside: u64, registry: &str) -> Value {
    let completions = |completions: &Completions| {
        let steps = completions.steps(summary.span, summary.period);
        steps
            .iter()
            .map(|(start, number)| json!({ "beginning": start, "completions": number }))
            .collect::<Value>()
    };
    let course = |(id, course): (&crate::id::CourseId, &crate::registry::summary::CourseSummary)| {
        json!({
            "course": id,
            "title": basis.title(id),
            "people": groups(&course.people),
            "onLeave": counts(&course.away),
            "overdue": ages(|age| course.overdue.of(age)),
            "hires": hires(&course.hires),
            "completions": completions(&course.completions),
        })
    };
    let population = summary.population;
    let list = |list: &List| {
        let entries: Vec<Value> = list
            .entries()
            .map(|entry| {
                json!({
                    "number": entry.number,
                    "name": entry.name,
                    "department": entry.department,
                    "manager": entry.manager,
                    "course": entry.course,
                    "date": entry.date,
                    "approver": entry.waiver.as_ref().map(|grounds| &grounds.approver),
                    "reason": entry.waiver.as_ref().map(|grounds| &grounds.reason),
                })
            })
            .collect();
        json!({ "count": list.seen(), "first": entries })
    };
    json!({
        "asOf": summary.at,
        "registry": registry,
        "from": summary.span.from,
        "to": summary.span.to,
        "period": summary.period.word(),
        "population": {
            "atWork": population.active,
            "onLeave": population.away,
            "toCome": population.to_come,
            "left": population.gone,
            "notOnTheRoster": population.unlisted,
            "askedForNothing": summary.asked_nothing,
            "withoutRecord": summary.without_record,
        },
        "recordsOfUnknownPeople": summary.unlisted_records,
        "recordsToReview": summary.waiting,
        "filesPutAside": put_aside,
        "people": groups(&summary.people),
        "courses": summary.courses.iter().map(course).collect::<Value>(),
        "hired": summary.hired,
        "hires": hires(&summary.hires),
        "completions": completions(&summary.completions),
        "overdue": list(&summary.lists.overdue),
        "failed": list(&summary.lists.failed),
        "expired": list(&summary.lists.expired),
        "expiring": list(&summary.lists.expiring),
        "waived": list(&summary.lists.waived),
        "withoutRecord": {
            "count": summary.lists.without_record.seen(),
            "first": summary.lists.without_record.entries().map(|silent| json!({
                "number": silent.number,
                "name": silent.name,
                "department": silent.department,
                "manager": silent.manager,
            })).collect::<Value>(),
        },
    })
}

fn counts(counts: &Counts) -> Value {
    let mut all: Map<String, Value> =
        counts.each().map(|(kind, number)| (kind.words().to_owned(), number.into())).collect();
    all.insert("total".to_owned(), counts.total().into());
    Value::Object(all)
}

fn groups(of: &Groups) -> Value {
    let each = |what: &str, groups: &BTreeMap<Option<String>, Counts>| {
        let one = |(name, of): (&Option<String>, &Counts)| json!({ what: name, "statuses": counts(of) });
        groups.iter().map(one).collect::<Value>()
    };
    json!({
        "statuses": counts(&of.all),
        "departments": each("department", &of.departments),
        "roles": each("role", &of.roles),
    })
}

fn ages(of: impl Fn(Age) -> u64) -> Value {
    let all: Map<String, Value> =
        Age::ALL.into_iter().map(|age| (age.words().to_owned(), of(age).into())).collect();
    Value::Object(all)
}

fn hires(hires: &Hires) -> Value {
    json!({
        "inTime": hires.in_time,
        "late": hires.late,
        "open": hires.open,
        "overdue": hires.overdue,
        "waived": hires.waived,
    })
}

//! How an organisation stands with its training, as a page: one HTML file with nothing outside it, for a browser and for
//! paper. It can be read without scripts; a small one sorts tables.

mod chart;
mod lists;
mod tables;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::clock::{Calendar, Timestamp};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::record::LIMITS;
use crate::registry::row::Filter;
use crate::registry::status::Kind;
use crate::registry::summary::Summary;
use crate::report::escape;
use crate::report::figures::{self, grouped};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const STYLE: &str = include_str!("training/training.css");
const SCRIPT: &str = include_str!("training/sort.js");
/// How many groups a table of groups has at most.
const GROUPS: usize = 300;

/// What the page says.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The figures.
    pub summary: &'a Summary,
    /// What courses are called.
    pub titles: &'a BTreeMap<CourseId, String>,
    /// Of whom they are.
    pub filter: &'a Filter,
    /// Within how many days a completion that ends is expiring.
    pub expiring_days: u32,
    /// How many files were put aside.
    pub put_aside: u64,
    /// Where the figures come from.
    pub source: Source<'a>,
    /// The days where the reader is.
    pub calendar: Calendar,
}

/// Where the figures come from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name of the registry's log.
    pub registry: &'a str,
    /// How many entries its log had when the page was made.
    pub log_size: u64,
    /// The root of that log, as checkpoints have it.
    pub log_root: &'a str,
    /// Whether the registry is what its log says, or when that was looked at last.
    pub soundness: &'a str,
    /// When the page was made.
    pub made_at: Timestamp,
    /// Who made it, if that was said.
    pub made_by: Option<&'a str>,
    /// The version of this program.
    pub version: &'a str,
}

/// The page as a whole HTML document.
#[must_use]
pub fn html(page: &Page<'_>) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Training status, {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        hash(STYLE),
        hash(SCRIPT),
        page.calendar.day(page.summary.at),
    );
    chart::patterns(&mut out);
    head(&mut out, page);
    tiles(&mut out, page);
    tables::courses(&mut out, page);
    lists::pressing(&mut out, page);
    lists::waivers(&mut out, page);
    tables::groups(&mut out, page);
    tables::time(&mut out, page);
    tables::hires(&mut out, page);
    tables::completeness(&mut out, page);
    lists::without_record(&mut out, page);
    meaning(&mut out, page);
    let _ = write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

impl Page<'_> {
    /// What a course is called.
    fn title<'a>(&'a self, course: &'a CourseId) -> &'a str {
        self.titles.get(course).map_or(course.as_str(), String::as_str)
    }

    /// A moment where the reader is, with how far that is from UTC.
    fn moment(&self, at: Timestamp) -> String {
        format!("<time datetime=\"{at}\">{}</time>", self.calendar.day_and_time(at))
    }
}

/// What the policy of the page allows by name, so that nothing that came in by mistake could run or style anything (CSP 3,
/// section 2.3.1).
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Digest::of(text.as_bytes()).as_bytes()))
}

fn head(out: &mut String, page: &Page<'_>) {
    let source = &page.source;
    let _ = write!(
        out,
        "<h1>Training status</h1>\n<dl class=\"facts\">\n<dt>As of</dt><dd>{}</dd>\n",
        page.moment(page.summary.at)
    );
    if let Some(scope) = scope(page) {
        let _ = writeln!(out, "<dt>Only</dt><dd class=\"attend\">{scope}</dd>");
    }
    let by = source.made_by.map(|by| format!(" by <bdi>{}</bdi>", escape(by))).unwrap_or_default();
    let _ = write!(
        out,
        "<dt>Registry</dt><dd><code>{}</code></dd>\n\
         <dt>Its log</dt><dd>{} entries, root <code>{}</code>: {}</dd>\n\
         <dt>Made</dt><dd>{}{by}, with countersign {}</dd>\n</dl>\n",
        escape(source.registry),
        grouped(source.log_size),
        escape(source.log_root),
        escape(source.soundness),
        page.moment(source.made_at),
        escape(source.version),
    );
}

/// Whom and what the figures are of, when not of everything.
fn scope(page: &Page<'_>) -> Option<String> {
    let filter = page.filter;
    let list =
        |what: &str, names: Vec<String>| (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")));
    let named = |names: &[String]| names.iter().map(|name| format!("<bdi>{}</bdi>", escape(name))).collect();
    let courses = filter.courses.iter().map(|course| escape(page.title(course))).collect();
    let parts = [
        list("course", courses),
        list("department", named(filter.departments.typed())),
        list("role", named(filter.roles.typed())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn tiles(out: &mut String, page: &Page<'_>) {
    let summary = page.summary;
    let (people, asked) = (&summary.people.all, summary.people.all.total());
    let of = |counted: u64| format!("{} <small>of {}</small>", grouped(counted), grouped(asked));
    let tiles = [
        ("People at work", grouped(summary.population.active)),
        (
            "Complete with everything",
            format!(
                "{} <small>{} of {}</small>",
                grouped(people.complete()),
                percent(people.complete(), asked),
                grouped(asked)
            ),
        ),
        ("Overdue", of(people.of(Kind::Overdue))),
        ("Failed", of(people.of(Kind::Failed))),
        ("Expired", of(people.of(Kind::Expired))),
        ("Waived", of(people.of(Kind::Waived))),
        ("Records to review", grouped(summary.waiting)),
        ("Files put aside", grouped(page.put_aside)),
    ];
    out.push_str("<h2>At a glance</h2>\n<p>Each person is counted once, by the course that presses most.</p>\n<dl class=\"tiles\">\n");
    for (term, value) in tiles {
        let _ = writeln!(out, "<div><dt>{term}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
}

fn meaning(out: &mut String, page: &Page<'_>) {
    let expiring = format!("A completion counts, and ends within {} days.", page.expiring_days);
    let meanings = [
        (
            Kind::Complete,
            "A record that counts was received, and the time for which a completion of the course counts is not over.",
        ),
        (Kind::Expiring, expiring.as_str()),
        (
            Kind::InProgressUnknown,
            "Assigned, not due yet, and nothing has come back. Whether somebody has begun is known on their own device only.",
        ),
        (
            Kind::NotStarted,
            "A rule asks for the course and no assignment was sent yet, so nobody can have begun.",
        ),
        (
            Kind::Overdue,
            "The date has passed, and nothing that counts has come back. Days are counted from the first moment after the date.",
        ),
        (Kind::Failed, "The last record that counts says that the pass mark was not reached."),
        (Kind::Expired, "Was complete once; the time is over, and nothing new was assigned."),
        (
            Kind::Waived,
            "Excepted for a time, by somebody who is named, for a reason that is given. A waiver is no completion and is never counted as one.",
        ),
    ];
    out.push_str(
        "<footer>\n<h2>What the figures mean, and what they do not show</h2>\n<dl class=\"meaning\">\n",
    );
    for (kind, words) in meanings {
        let _ = writeln!(out, "<dt>{}</dt><dd>{words}</dd>", capital(kind.words()));
    }
    out.push_str("</dl>\n");
    for paragraph in [
        "Counted are people at work. People on leave are counted apart and are never late; of people who left, only what \
         they completed is counted. Dates are judged by the clock of the registry, at the moment a record was received, \
         never by the learner's device.",
        "Every record that counts was checked when it was received: its signature, its content against the archived \
         course, every mark by grading the answers again, the person by the assignment and the key they are known by, and \
         the times. What could not be checked waits for a person to decide, or was put aside with the reason.",
        &format!(
            "{LIMITS} Assignments for each person, keys that are known, grading again and receipts make that harder; they do \
             not make it impossible."
        ),
        "This page is a printout and no evidence by itself. The evidence is the records, and the registry's log, whose \
         size and root stand at the top: they fit the checkpoints that people outside of HR keep. What was erased under a \
         retention rule is missing from earlier dates too.",
    ] {
        let _ = writeln!(out, "<p>{paragraph}</p>");
    }
    out.push_str("</footer>\n");
}

/// The first letter as a capital; our own words only.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A share whose sign stays with its number.
fn percent(number: u64, of: u64) -> String {
    figures::percent(number, of).replace(' ', "&nbsp;")
}

#[cfg(test)]
mod tests;

//! `index.html` of an evidence pack: one page with nothing outside the pack, without scripts.

use std::fmt::Write as _;

use super::tables::{Standing, counts, listing};
use crate::record::LIMITS;
use crate::registry::evidence::controls::CONTROLS;
use crate::registry::evidence::{Chosen, Evidence, Exhibit};
use crate::registry::status::Kind;
use crate::registry::terms::Level;
use crate::report::{escape, moment};

const STYLE: &str = include_str!("page.css");

/// The whole document.
pub(super) fn html(evidence: &Evidence) -> String {
    let title = escape(&evidence.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Evidence of training: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Evidence of training: {title}</h1>\n\
         <p>Course <code>{}</code>, {} to {} (UTC). Everybody's status is told as of {}. This page says what is in the \
         folder; <a href=\"README.txt\">README.txt</a> has the commands to check all of it without us.</p>\n",
        evidence.course,
        evidence.from,
        evidence.to,
        moment(evidence.as_of),
    );
    if evidence.is_early() {
        let _ = writeln!(
            out,
            "<p><strong>The period was not over when this pack was made.</strong> What happened from {} until the end of {} \
             is not in it.</p>",
            moment(evidence.as_of),
            evidence.to,
        );
    }
    population(&mut out, evidence);
    sample(&mut out, evidence);
    waivers(&mut out, evidence);
    content(&mut out, evidence);
    log(&mut out, evidence);
    controls(&mut out, evidence);
    let _ = write!(
        out,
        "<h2>What this shows, and what it does not</h2>\n<p>{}</p>\n\
         <p>The five levels answer different questions: <em>signature</em>, who signed; <em>content</em>, which course, and \
         whether it was approved; <em>grading</em>, whether the answers earn the marks; <em>identity</em>, whether it \
         answers HR's assignment with the person's key; <em>time</em>, whether it lies between assignment and receipt. \
         Unknown is not pass. A waiver is an exception that somebody approved, and no completion.</p>\n\
         </main>\n</body>\n</html>\n",
        escape(LIMITS)
    );
    out
}

fn population(out: &mut String, evidence: &Evidence) {
    out.push_str("<h2>Population</h2>\n<dl class=\"tiles\">\n");
    let mut tiles = vec![("People", evidence.people.len())];
    tiles.extend(Kind::ALL.map(|kind| (kind.words(), evidence.count(Some(kind)))));
    tiles.push(("not asked to", evidence.count(None)));
    for (term, number) in tiles.into_iter().filter(|(term, number)| *number > 0 || *term == "People") {
        let _ = writeln!(out, "<div><dt>{term}</dt><dd>{number}</dd></div>");
    }
    let _ = writeln!(
        out,
        "</dl>\n<p>All of them, one a line, with status, due date, completion and waiver: \
         <a href=\"population.csv\">population.csv</a>. It has everybody who stood on HR's roster on the last day of the \
         period, who left in it, or of whom a record came. Left out, because they had left before the period and no record of \
         theirs came in it: {}.</p>",
        evidence.left_out,
    );
    if let Some(erased) = evidence.erased {
        let _ = writeln!(
            out,
            "<p>Of whoever was erased before this pack was made nothing from before that is in it, for nobody can tell any more who they \
             were. By the log those are: {erased}.</p>"
        );
    }
}

fn sample(out: &mut String, evidence: &Evidence) {
    match &evidence.sample {
        Some(sample) => {
            let _ = write!(
                out,
                "<h2>Sample</h2>\n<p>{} of {} people, drawn with the seed <code>{}</code>: the first in the order of \
                 SHA-256(seed, number). Records and answers are here of them only; {} of them sent one.</p>\n",
                evidence.chosen.len(),
                evidence.people.len(),
                escape(&sample.seed),
                evidence.with_records(),
            );
        }
        None => {
            let _ = writeln!(
                out,
                "<h2>Records</h2>\n<p>No sample was drawn: the records of everybody are here; {} sent one.</p>",
                evidence.with_records(),
            );
        }
    }
    let header = ["Number", "Name", "On the roster", "Status", "Due", "Completed", "Valid until"];
    table(
        out,
        "people",
        "Those whose records are here",
        &header,
        evidence.chosen.iter().map(|chosen| person(evidence, chosen)),
    );
    let header = ["Number", "Record", "Receipt", "Received", "Result", "Levels", "Counts"];
    let rows =
        evidence.chosen.iter().flat_map(|chosen| chosen.records.iter().map(move |one| record(chosen, one)));
    table(out, "records", "Their records", &header, rows);
    let _ = writeln!(
        out,
        "<p>The same as tables: <a href=\"records.csv\">records.csv</a>, \
         <a href=\"acknowledgements.csv\">acknowledgements.csv</a>. Who decided about a record, when and why: \
         <a href=\"reviews.csv\">reviews.csv</a>.</p>"
    );
}

fn person(evidence: &Evidence, chosen: &Chosen) -> Vec<String> {
    let row = evidence.row(&chosen.number);
    let roster = row.and_then(|row| row.roster.as_ref());
    let standing = Standing::of(row.and_then(|row| row.status.as_ref()));
    vec![
        escape(chosen.number.as_str()),
        roster.map(|listed| escape(&listed.name)).unwrap_or_default(),
        listing(roster.map(|listed| listed.listing)).to_owned(),
        standing.words.to_owned(),
        readable(&standing.due),
        readable(&standing.completed),
        readable(&standing.until),
    ]
}

fn record(chosen: &Chosen, exhibit: &Exhibit) -> Vec<String> {
    let state = &exhibit.state;
    let (file, receipt) = (escape(&exhibit.file), escape(&exhibit.receipt));
    let levels = Level::ALL.map(|level| format!("{}: {}", level.word(), state.levels.at(level).word()));
    vec![
        escape(chosen.number.as_str()),
        format!("<a href=\"records/{file}\"><code>{}</code></a>", state.digest.short()),
        format!("<a href=\"receipts/{receipt}\">entry {}</a>", state.index),
        moment(state.received_at),
        format!(
            "{}, {}",
            if state.passed { "passed" } else { "not passed" },
            crate::quiz::mark::exact_score(state.earned, state.possible)
        ),
        levels.join("<br>"),
        counts(state).to_owned(),
    ]
}

fn waivers(out: &mut String, evidence: &Evidence) {
    let number = evidence.people.iter().map(|row| row.waivers.len()).sum::<usize>();
    let _ = write!(
        out,
        "<h2>Exceptions</h2>\n<p>{number} in the period; of those whose records are here with who approved them, and who \
         took them back: <a href=\"waivers.csv\">waivers.csv</a>.</p>\n"
    );
    let rows = evidence.chosen.iter().flat_map(|chosen| {
        chosen.waivers.iter().map(move |one| {
            let (file, receipt) = (escape(&one.file), escape(&one.receipt));
            vec![
                escape(chosen.number.as_str()),
                format!("<a href=\"waivers/{file}\">{file}</a>"),
                format!("<a href=\"waivers/{receipt}\">entry {}</a>", one.state.index),
                moment(one.state.at),
                moment(one.state.until),
                escape(&one.state.approver),
                one.state.taken_back.as_ref().map(|taken_back| escape(&taken_back.by)).unwrap_or_default(),
            ]
        })
    });
    let header = ["Number", "As it was logged", "Receipt", "Given", "Until", "Approved by", "Taken back by"];
    if evidence.chosen.iter().any(|chosen| !chosen.waivers.is_empty()) {
        table(out, "waivers", "Exceptions of those whose records are here", &header, rows);
    }
}

fn content(out: &mut String, evidence: &Evidence) {
    out.push_str("<h2>What was taught and asked</h2>\n");
    let rows = evidence.versions.iter().map(|version| {
        let file = escape(&version.file);
        vec![
            escape(&version.version),
            format!("<a href=\"courses/{file}\">{file}</a>"),
            format!("<code>{}</code>", version.digest),
            version.approved_at.map(moment).unwrap_or_default(),
        ]
    });
    table(
        out,
        "versions",
        "Versions of the course",
        &["Version", "Pack (zip)", "Course digest", "Approved"],
        rows,
    );
}

fn log(out: &mut String, evidence: &Evidence) {
    let log = &evidence.log;
    let _ = write!(
        out,
        "<h2>Log</h2>\n<p>HR's log had {} entries; its head is <a href=\"log/checkpoint\">log/checkpoint</a>, its name and \
         key <code>{}</code>. HR signs with <code>{}</code>: make sure by another way that this is HR's key.</p>\n",
        log.size,
        escape(&log.key),
        escape(&evidence.signer),
    );
    if evidence.findings.is_empty() {
        out.push_str("<p>HR's own check of the registry against the log found no difference.</p>\n");
        return;
    }
    let _ = write!(
        out,
        "<p><strong>The registry is not what the log says.</strong> HR's own check found:</p>\n<ul>\n"
    );
    for finding in &evidence.findings {
        let _ = writeln!(out, "<li>{}</li>", escape(finding));
    }
    out.push_str("</ul>\n");
}

fn controls(out: &mut String, evidence: &Evidence) {
    out.push_str("<h2>Controls</h2>\n");
    let rows = CONTROLS
        .iter()
        .map(|control| vec![escape(control.name), escape(control.asks), escape(control.place)]);
    table(out, "controls", "Where to look for which control", &["Control", "Asks", "In this pack"], rows);
    if !evidence.controls.is_empty() {
        let named: Vec<String> = evidence.controls.iter().map(|control| escape(control)).collect();
        let _ = writeln!(out, "<p>The course itself says that it serves: {}.</p>", named.join("; "));
    }
}

fn table(
    out: &mut String,
    id: &str,
    caption: &str,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table>\n\
         <caption id=\"{id}\">{caption}</caption>\n<thead><tr>"
    );
    for name in header {
        let _ = write!(out, "<th scope=\"col\">{name}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            let _ = match place {
                0 => write!(out, "<th scope=\"row\">{cell}</th>"),
                _ if cell.starts_with("<time ") => write!(out, "<td class=\"day\">{cell}</td>"),
                _ => write!(out, "<td>{cell}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

/// The same for what stands in a table, where a moment may be missing.
fn readable(cell: &str) -> String {
    cell.parse().map_or_else(|_| escape(cell), moment)
}

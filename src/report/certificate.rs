//! The printable certificate: one HTML file with nothing outside it, readable without scripts, made for A4 and letter paper.

use std::fmt::Write as _;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::quiz::mark::{percent, score};
use crate::record::LIMITS;
use crate::record::claims::CompletionClaims;
use crate::report::{escape, moment};

/// What a certificate says.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// What the record says.
    pub claims: &'a CompletionClaims,
    /// When the record was signed.
    pub signed_at: Timestamp,
    /// Until when the completion is valid, if that is known.
    pub valid_until: Option<Timestamp>,
    /// The fingerprint of the record.
    pub digest: Digest,
    /// The name of the record's file.
    pub file_name: &'a str,
    /// Where the record goes.
    pub deliver_to: &'a str,
}

const STYLE: &str = "\
:root { color-scheme: light; }
body { font: 11pt/1.4 Georgia, 'Times New Roman', serif; color: #1a1a1a; background: #fff; margin: 0; }
main { max-width: 42rem; margin: 2rem auto; padding: 2.5rem; border: 3px double #444; }
h1 { font-size: 1.9rem; text-align: center; margin: 0 0 .25rem; }
.who { text-align: center; font-size: 1.5rem; margin: 1.25rem 0 0; }
.what { text-align: center; font-size: 1.15rem; margin: .25rem 0 1.5rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; border-bottom: 1px solid #999; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; }
th { width: 11rem; font-weight: 600; }
code, .mono { font: .85em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: #f2f2f2; padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
@page { margin: 12mm; }
@media print { body { font-size: 9.5pt; } main { border-width: 3px; margin: 0; padding: .75rem 1.25rem; max-width: none; } h2 { margin-top: .8rem; } pre { border: 1px solid #999; background: none; } h2, table, pre { break-inside: avoid; } }
";

/// The name of the page that belongs to a record's file.
#[must_use]
pub fn page_name(record_file: &str) -> String {
    format!("{}.certificate.html", record_file.trim_end_matches(".completion.json"))
}

/// The certificate as a whole HTML document.
#[must_use]
pub fn html(page: &Page<'_>) -> String {
    let claims = page.claims;
    let name = escape(&claims.person.name);
    let title = escape(&claims.course.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Certificate of completion: {name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Certificate of completion</h1>\n<p class=\"who\">{name}</p>\n\
         <p class=\"what\">completed <strong lang=\"{}\">{title}</strong></p>\n",
        escape(&claims.course.language),
    );
    section(&mut out, "Completion", &completion_rows(page));
    if let Some(agreed) = &claims.acknowledgement {
        let rows = [
            (
                "Statement",
                format!("<q lang=\"{}\">{}</q>", escape(&agreed.language), escape(&agreed.statement)),
            ),
            ("Meaning", escape(&agreed.meaning)),
            ("Policy", format!("<code>{}</code> {}", escape(&agreed.policy), fingerprint(&agreed.digest))),
            ("Agreed", moment(agreed.at)),
        ];
        section(&mut out, "Policy agreed to", &rows);
    }
    section(&mut out, "Signature", &signature_rows(page));
    let _ = write!(
        out,
        "<h2>How to check it</h2>\n\
         <p>This page is a printout and proves nothing by itself. The evidence is the completion record, the file named \
         above. Whoever has that file checks signature, content, grading, identity and time with:</p>\n\
         <pre>countersign verify {}</pre>\n\
         <p>The record is a W3C Verifiable Credential with an <code>eddsa-jcs-2022</code> proof, so other tools can check \
         its signature too. {LIMITS}</p>\n\
         <h2>Where to send the record</h2>\n\
         <p>The file to send is <code>{}</code>, not this page.</p>\n<p>{}</p>\n</main>\n</body>\n</html>\n",
        escape(page.file_name),
        escape(page.file_name),
        escape(page.deliver_to),
    );
    out
}

fn completion_rows(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let claims = page.claims;
    let result = &claims.result;
    let percent = percent(result.earned, result.possible);
    let outcome = if result.passed { "passed" } else { "not passed" };
    let mut rows = vec![
        ("Employee number", escape(&claims.person.number)),
        (
            "Course version",
            format!("{} {}", escape(&claims.course.version), fingerprint(&claims.course.digest)),
        ),
        (
            "Result",
            format!(
                "{outcome}: {percent}&nbsp;% ({}; pass mark {}&nbsp;%), attempt {}",
                score(result.earned, result.possible),
                result.pass_percent,
                claims.attempts.len(),
            ),
        ),
        ("Completed", moment(page.signed_at)),
    ];
    if let Some(until) = page.valid_until {
        rows.push(("Valid until", until.date().to_string()));
    }
    if let Some(assignment) = &claims.assignment {
        rows.push(("Assignment", format!("<code>{}</code>", escape(&assignment.assignment_id))));
    }
    rows
}

fn signature_rows(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let claims = page.claims;
    vec![
        (
            "Signed by",
            format!("{}, with the key <code>{}</code>", escape(&claims.person.name), escape(&claims.id)),
        ),
        ("Signed", moment(page.signed_at)),
        ("Meaning", "completion of this course with the answers that stand in the record".to_owned()),
        ("Record file", format!("<code>{}</code>", escape(page.file_name))),
        ("Fingerprint", fingerprint(&page.digest)),
        ("Written by", format!("{} {}", escape(&claims.app.product), escape(&claims.app.version))),
    ]
}

fn section(out: &mut String, heading: &str, rows: &[(&str, String)]) {
    let _ = write!(out, "<h2>{heading}</h2>\n<table>\n");
    for (label, value) in rows {
        let _ = writeln!(out, "<tr><th scope=\"row\">{label}</th><td>{value}</td></tr>");
    }
    out.push_str("</table>\n");
}

fn fingerprint(digest: &Digest) -> String {
    format!("<span class=\"mono\">{digest}</span>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_after_its_record() {
        assert_eq!(page_name("0042_kc.completion.json"), "0042_kc.certificate.html");
    }

    #[test]
    fn a_page_states_signer_time_and_meaning_and_needs_nothing_else() {
        let record = include_bytes!("../../tests/vectors/valid/assigned.json");
        let record = crate::record::read_completion(record).expect("a sound record");
        let html = html(&Page {
            claims: &record.claims,
            signed_at: record.created,
            valid_until: Some(record.created.plus_days(365)),
            digest: record.digest,
            file_name: "012345_vector-course.completion.json",
            deliver_to: "Send it to <HR>.",
        });
        for stated in [
            record.issuer.as_str(),
            "2026-11-22 10:50:00&nbsp;UTC",
            "read, understood and agreed",
            "countersign verify 012345_vector-course.completion.json",
            "The file to send is <code>012345_vector-course.completion.json</code>, not this page.",
            "Send it to &lt;HR&gt;.",
            "2027-11-22",
        ] {
            assert!(html.contains(stated), "{stated}");
        }
        assert!(!html.contains("http") && !html.contains("<script"), "everything stands in the page itself");
    }
}

//! The report for a program: one JSON document.

use serde_json::{Value, json};

use super::{Region, Report};
use crate::author::diagnostic::Severity;

/// One document: every diagnostic, how many there are, and the lessons. Lines and columns count from 1, columns in
/// characters, ends lie behind the last character; all four are `null` for a remark on a file as a whole.
#[must_use]
pub fn json(report: &Report) -> Value {
    let diagnostics = report.diagnostics.iter().map(|remark| {
        let region = report.place(remark).map(|(_, region)| region);
        let (start, end) = (region.map(|Region { start, .. }| start), region.map(|Region { end, .. }| end));
        json!({
            "file": remark.file,
            "line": start.map(|at| at.line),
            "column": start.map(|at| at.column),
            "endLine": end.map(|at| at.line),
            "endColumn": end.map(|at| at.column),
            "severity": match remark.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "rule": remark.rule,
            "message": remark.message,
            "hint": remark.hint,
        })
    });
    let lessons = report
        .lessons
        .iter()
        .map(|lesson| json!({ "path": lesson.path, "title": lesson.title, "minutes": lesson.minutes, "grade": lesson.grade }));
    let (errors, warnings) = report.counts();
    json!({
        "diagnostics": diagnostics.collect::<Vec<_>>(),
        "errors": errors,
        "warnings": warnings,
        "leftOut": report.left_out,
        "lessons": lessons.collect::<Vec<_>>(),
    })
}

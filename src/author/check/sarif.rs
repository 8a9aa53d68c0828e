//! The report for code review: SARIF 2.1.0 (OASIS Standard, Static Analysis Results Interchange Format, 27 March 2020).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Region, Report, rules};
use crate::author::diagnostic::{Diagnostic, Severity};

/// One SARIF log with one run. Places of files are relative and begin with `prefix`, so that they lead to the files from
/// where the check ran.
#[must_use]
pub fn sarif(report: &Report, prefix: &str, version: &str) -> Value {
    // Only what is met is described, as tools do; the documentation has them all.
    let described: BTreeMap<&str, &str> = rules().map(|rule| (rule.name, rule.description)).collect();
    let mut met: Vec<&str> = report.diagnostics.iter().map(|remark| remark.rule).collect();
    met.sort_unstable();
    met.dedup();
    let metadata = met.iter().map(|rule| {
        let text = described.get(rule).copied().unwrap_or(*rule);
        json!({ "id": rule, "shortDescription": { "text": text } })
    });
    let results = report.diagnostics.iter().map(|remark| result(report, remark, prefix, &met));
    let mut invocation = json!({ "executionSuccessful": true });
    if report.left_out > 0 {
        let text = format!("{} more are not listed", report.left_out);
        invocation["toolExecutionNotifications"] =
            json!([{ "level": "warning", "message": { "text": text } }]);
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "countersign",
                "version": version,
                "rules": metadata.collect::<Vec<_>>(),
            } },
            // Section 3.14.17: what our columns count.
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn result(report: &Report, remark: &Diagnostic, prefix: &str, rules: &[&str]) -> Value {
    let level = match remark.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let text = match &remark.hint {
        Some(hint) => format!("{}; {hint}", remark.message),
        None => remark.message.clone(),
    };
    let artifact = json!({ "uri": uri(&format!("{prefix}{}", remark.file)) });
    let mut physical = json!({ "artifactLocation": artifact });
    if let Some((_, Region { start, end })) = report.place(remark) {
        physical["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
    }
    json!({
        "ruleId": remark.rule,
        "ruleIndex": rules.binary_search(&remark.rule).ok(),
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical }],
    })
}

/// A relative path as a URI reference (RFC 3986): what is not unreserved is percent-encoded, byte by byte.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        fn check(path: &str, expected: &str) {
            assert_eq!(uri(path), expected);
        }
        check("lessons/01-a.md", "lessons/01-a.md");
        check("lessons/a b?#%.md", "lessons/a%20b%3F%23%25.md");
        check("lessons/ü\u{202e}.md", "lessons/%C3%BC%E2%80%AE.md");
    }
}

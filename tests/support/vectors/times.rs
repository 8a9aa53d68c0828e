//! Well signed and well graded, but its times cannot be.

use serde_json::json;

use super::super::learner::after;
use super::Table;

pub(super) fn fill(table: &mut Table<'_>) {
    table.lie("signed-before-the-end", &[9], "ppppf", "after the record was signed", |c| {
        c.attempts[0].finished_at = after(86_000);
    });
    table.lie("ended-before-it-began", &[9], "ppppf", "before it began", |c| {
        c.attempts[0].finished_at = after(1799);
        c.attempts[0].active_seconds = 0;
    });
    table.lie(
        "more-time-than-went-by",
        &[9],
        "ppppf",
        "attempt 1 took 3600 s, but only 600 s went by",
        |c| {
            c.attempts[0].active_seconds = 3600;
        },
    );
    table.lie("more-time-on-questions", &[9], "ppppf", "attempt 1, its questions took", |c| {
        c.attempts[0].responses[0].seconds = 3600;
    });
    table.lie("overlapping-attempts", &[1, 9], "ppfpf", "began before attempt 1 was submitted", |c| {
        c.attempts[1].started_at = after(2000);
        c.attempts[1].finished_at = after(2600);
    });
    table.lie("acknowledged-after-signing", &[9], "ppppf", "the policy was acknowledged at", |c| {
        c.acknowledgement.as_mut().expect("there").at = after(86_000);
    });
    table.lie(
        "acknowledged-before-the-end",
        &[9],
        "ppppf",
        "before the last attempt was submitted at",
        |c| c.acknowledgement.as_mut().expect("there").at = after(1800 + 599),
    );
    table.lie(
        "lesson-finished-after-the-start",
        &[1, 9],
        "ppppf",
        "lesson lessons/02-marking.md was finished at 2026-11-22T10:30:01Z, after the last attempt began",
        |c| c.lessons[1].finished_at = after(7200 + 1801),
    );
    table.lie("lesson-finished-before-opened", &[9], "ppppf", "before it began", |c| {
        c.lessons[0].finished_at = after(-100);
    });
    table.lie("before-the-assignment", &[9], "ppppf", "before the assignment was issued", |c| {
        c.lessons[0].first_opened_at = after(-2 * 86_400);
    });
    table.form("after-receipt", "ppppf", "after it was received", |d| {
        d["proof"]["created"] = json!("2026-11-24T08:00:00Z");
    });
}

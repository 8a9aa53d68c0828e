//! Charts as SVG that need no script: every length along the page is a share of its width, so that a chart is as wide as
//! the page and letters stay as large as they are. Statuses differ by pattern, not by colour alone.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::printable::Printable;
use crate::registry::status::Kind;
use crate::registry::summary::completions::Period;
use crate::registry::summary::counts::Counts;
use crate::report::escape;
use crate::report::figures::grouped;

/// How wide a label may be, in widths of a Latin letter; as much as stands in a line of a telephone.
const LABEL: usize = 42;
/// How high a row with its label is, in pixels.
const ROW: usize = 66;
/// How high the columns over time are at most, in pixels.
const HIGHEST: u64 = 120;

/// The patterns, once for all charts of a page.
pub(super) fn patterns(out: &mut String) {
    out.push_str("<svg class=\"patterns\" aria-hidden=\"true\" focusable=\"false\"><defs>\n");
    for kind in Kind::ALL {
        let class = class(kind);
        let drawn = match kind {
            Kind::Complete => format!("<rect class=\"{class}\" width=\"8\" height=\"8\"/>"),
            Kind::Expiring => format!(
                "<rect class=\"{class}\" width=\"8\" height=\"8\"/><path class=\"mark over\" d=\"M-2 2L2 -2M0 8L8 0M6 10L10 6\"/>"
            ),
            Kind::InProgressUnknown => format!(
                "<rect class=\"ground\" width=\"8\" height=\"8\"/><circle class=\"{class}\" cx=\"4\" cy=\"4\" r=\"2\"/>"
            ),
            Kind::NotStarted => format!(
                "<rect class=\"ground\" width=\"8\" height=\"8\"/><path class=\"{class} mark\" d=\"M4 2L4 6M2 4L6 4\"/>"
            ),
            Kind::Overdue => format!(
                "<rect class=\"ground\" width=\"8\" height=\"8\"/><path class=\"{class} mark\" d=\"M0 0L8 8M8 0L0 8\"/>"
            ),
            Kind::Failed => format!(
                "<rect class=\"ground\" width=\"8\" height=\"8\"/><path class=\"{class} mark\" d=\"M2 0L2 8M6 0L6 8\"/>"
            ),
            Kind::Expired => format!(
                "<rect class=\"ground\" width=\"8\" height=\"8\"/><path class=\"{class} mark\" d=\"M0 2L8 2M0 6L8 6\"/>"
            ),
            Kind::Waived => format!(
                "<rect class=\"ground\" width=\"8\" height=\"8\"/><path class=\"{class} mark\" d=\"M-2 6L2 10M0 0L8 8M6 -2L10 2\"/>"
            ),
        };
        let _ = writeln!(
            out,
            "<pattern id=\"is-{class}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">{drawn}</pattern>"
        );
    }
    out.push_str("</defs></svg>\n");
}

/// What the patterns stand for.
pub(super) fn legend(out: &mut String) {
    out.push_str("<ul class=\"legend\">");
    for kind in Kind::ALL {
        let _ = write!(
            out,
            "<li><svg aria-hidden=\"true\" focusable=\"false\"><rect width=\"100%\" height=\"100%\" fill=\"url(#is-{})\"/>\
             <rect class=\"frame\" width=\"100%\" height=\"100%\"/></svg>{}</li>",
            class(kind),
            kind.words(),
        );
    }
    out.push_str("</ul>\n");
}

/// A bar for each group, with its statuses side by side. `id` is the chart's own within the page.
pub(super) fn stacked(out: &mut String, id: &str, title: &str, rows: &[(String, &Counts)]) {
    let mut drawn = String::new();
    let mut told = Vec::new();
    for (index, (name, counts)) in rows.iter().enumerate() {
        let top = index * ROW;
        let said = sentence(counts);
        told.push(format!("{name}: {said}."));
        let _ = writeln!(
            drawn,
            "<text x=\"0\" y=\"{}\">{}</text><text class=\"small\" x=\"100%\" y=\"{}\" text-anchor=\"end\">{}</text>",
            top + 16,
            Printable::new(name).cut(LABEL).to_html(),
            // Beside the label they would lie on each other on a telephone.
            top + 55,
            escape(&format!("{} of {} complete", grouped(counts.complete()), grouped(counts.total()))),
        );
        let mut begin = 0;
        for (kind, counted) in counts.each().filter(|(_, counted)| *counted > 0) {
            let _ = write!(
                drawn,
                "<rect x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"18\" fill=\"url(#is-{})\"/>",
                share(begin, counts.total()),
                top + 22,
                share(counted, counts.total()),
                class(kind),
            );
            begin += counted;
        }
        let _ = writeln!(
            drawn,
            "<rect class=\"frame\" x=\"0\" y=\"{}\" width=\"100%\" height=\"18\"/>",
            top + 22
        );
    }
    let told = escape(&format!("Of each, how many have which status. {}", told.join(" ")));
    figure(out, id, title, &told, rows.len() * ROW, &drawn);
    legend(out);
    out.push_str("</figure>\n");
}

/// A column for each step of time.
pub(super) fn columns(out: &mut String, id: &str, title: &str, period: Period, steps: &[(NaiveDate, u64)]) {
    let highest = steps.iter().map(|(_, counted)| *counted).max().unwrap_or_default();
    let count = steps.len().max(1) as u64;
    // Beside each other without touching, on a telephone too.
    let every = steps.len().div_ceil(6).max(1);
    let mut drawn = String::new();
    for (index, (start, counted)) in steps.iter().enumerate() {
        let place = index as u64;
        let height =
            (counted * HIGHEST).checked_div(highest).unwrap_or_default().max(u64::from(*counted > 0));
        let middle = share(2 * place + 1, 2 * count);
        if height > 0 {
            let _ = write!(
                drawn,
                "<rect class=\"column\" x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{height}\"/>",
                share(10 * place + 1, 10 * count),
                20 + HIGHEST - height,
                share(8, 10 * count),
            );
        }
        if steps.len() <= 14 && *counted > 0 {
            let _ = write!(
                drawn,
                "<text class=\"small\" x=\"{middle}%\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                16 + HIGHEST - height,
                compact(*counted),
            );
        }
        if index % every == 0 {
            let _ = write!(
                drawn,
                "<text class=\"small\" x=\"{}%\" y=\"{}\">{}</text>",
                share(place, count),
                HIGHEST + 38,
                label(period, *start),
            );
        }
        drawn.push('\n');
    }
    let _ =
        writeln!(drawn, "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{0}\" y2=\"{0}\"/>", 20 + HIGHEST);
    let total: u64 = steps.iter().map(|(_, counted)| counted).sum();
    let told =
        format!("{} in all; the most in one {} is {}.", grouped(total), period.word(), grouped(highest));
    figure(out, id, title, &told, usize::try_from(HIGHEST).unwrap_or_default() + 46, &drawn);
    out.push_str("</figure>\n");
}

/// Begins a figure with its drawing; whoever asked for it ends it.
fn figure(out: &mut String, id: &str, title: &str, told: &str, height: usize, drawn: &str) {
    let title = escape(title);
    let _ = write!(
        out,
        "<figure>\n<figcaption>{title}</figcaption>\n\
         <svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" height=\"{height}\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{told} The table below has every number.</desc>\n\
         {drawn}</svg>\n",
    );
}

/// What counts say in words.
fn sentence(counts: &Counts) -> String {
    let some = counts.each().filter(|(_, counted)| *counted > 0);
    some.map(|(kind, counted)| format!("{} {}", grouped(counted), kind.words()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A share as a percentage with three decimals, exact enough for a wall.
fn share(number: u64, of: u64) -> String {
    let thousandths = (u128::from(number) * 100_000).checked_div(u128::from(of)).unwrap_or_default();
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// A number that fits on a column.
fn compact(number: u64) -> String {
    match number {
        0..10_000 => number.to_string(),
        10_000..10_000_000 => format!("{}k", number / 1000),
        _ => format!("{}M", number / 1_000_000),
    }
}

fn label(period: Period, start: NaiveDate) -> String {
    let format = match period {
        Period::Day | Period::Week => "%d %b",
        Period::Month => "%b %y",
        Period::Year => "%Y",
    };
    start.format(format).to_string()
}

/// The class of the colour, and the name of the pattern.
fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Complete => "complete",
        Kind::Expiring => "expiring",
        Kind::InProgressUnknown => "in-progress",
        Kind::NotStarted => "not-started",
        Kind::Overdue => "overdue",
        Kind::Failed => "failed",
        Kind::Expired => "expired",
        Kind::Waived => "waived",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_and_numbers_short() {
        assert_eq!([share(1, 3), share(3, 3), share(0, 0)], ["33.333", "100.000", "0.000"]);
        assert_eq!([compact(9_999), compact(12_345), compact(12_345_678)], ["9999", "12k", "12M"]);
    }
}

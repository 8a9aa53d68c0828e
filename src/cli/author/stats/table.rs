//! Item statistics as lines for a terminal.

use std::fmt::Write as _;

use crate::author::stats::Statistics;
use crate::bar;
use crate::phrase::counted;
use crate::quiz::statistics::sheet::{Count, FEWEST_ATTEMPTS, Figures, Row, Sheet, Shown};
use crate::quiz::statistics::verdict::{JUDGED_FROM, Verdict};
use crate::quiz::statistics::{ChoiceFigures, QuizFigures};

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The questions that have figures and are not fine.
    ToDo,
    /// Every question, its options and how sure learners were.
    Everything,
}

/// How much room there is.
#[derive(Debug, Clone, Copy)]
struct Layout {
    columns: usize,
    /// Of the identifiers of questions.
    name: usize,
    /// Of the bar; none where there is no room.
    bar: usize,
}

impl Layout {
    /// Everything but name and bar, with the gaps in between.
    const FIGURES: usize = 29;
    const BAR: usize = 12;

    fn new(columns: usize, sheet: &Sheet) -> Self {
        let longest = sheet.rows.iter().map(|row| name(row).chars().count()).max().unwrap_or_default();
        let room = columns.saturating_sub(Self::FIGURES);
        // A bar is worth more than a name on the same line, but not more than half a name.
        let bar = if room > 12 + Self::BAR { Self::BAR } else { 0 };
        let left = room.saturating_sub(bar + usize::from(bar > 0));
        Self { columns, name: longest.min(left).max(8), bar }
    }
}

/// The whole report.
pub(super) fn lines(statistics: &Statistics, columns: usize, detail: Detail) -> Vec<String> {
    let columns = columns.clamp(30, 100);
    let mut lines = Vec::new();
    for sheet in &statistics.sheets {
        quiz(sheet, columns, detail, &mut lines);
        lines.push(String::new());
    }
    let read = counted(statistics.read, "file", "files");
    let last = match statistics.left_out.len() {
        0 => format!("{read}, all counted"),
        number => format!("{read}, {number} left out:"),
    };
    lines.push(last);
    for (reason, number) in statistics.reasons() {
        wrap(&format!("{number}: {}", reason.words()), columns, 2, &mut lines);
        let those = statistics.left_out.iter().filter(|left_out| left_out.reason == reason);
        let mut names: Vec<String> = those.map(|left_out| left_out.fingerprint.short()).collect();
        if detail == Detail::ToDo && names.len() > 8 {
            names.truncate(8);
            names.push("…".to_owned());
        }
        wrap(&names.join(" "), columns, 4, &mut lines);
    }
    lines
}

fn quiz(sheet: &Sheet, columns: usize, detail: Detail, lines: &mut Vec<String>) {
    wrap(&format!("{} ({}/{})", sheet.title, sheet.course, sheet.quiz), columns, 0, lines);
    let versions = match sheet.versions.as_slice() {
        [one] => format!("version {one}"),
        several => format!("versions {}", several.join(", ")),
    };
    wrap(
        &format!("{}, {versions}", counted(sheet.attempts, "first attempt", "first attempts")),
        columns,
        2,
        lines,
    );
    match &sheet.whole {
        None => {
            let few = format!("fewer than {FEWEST_ATTEMPTS} first attempts: nothing is shown");
            wrap(&few, columns, 2, lines);
        }
        Some(figures) => whole(figures, columns, lines),
    }
    let layout = Layout::new(columns, sheet);
    let shown: Vec<&Row> = sheet.rows.iter().filter(|row| is_shown(row, detail)).collect();
    if !shown.is_empty() {
        lines.push(String::new());
        lines.push(header(layout));
    }
    for row in &shown {
        question(row, layout, detail, lines);
    }
    lines.push(String::new());
    summary(sheet, columns, detail, lines);
}

fn whole(figures: &QuizFigures, columns: usize, lines: &mut Vec<String>) {
    let mut score = format!("score: mean {}, median {}", percent(figures.mean), percent(figures.median));
    if let Some(deviation) = figures.deviation {
        let _ = write!(score, ", standard deviation {}", percent(deviation));
    }
    wrap(&score, columns, 2, lines);
    if let (Some(alpha), Some(error)) = (figures.alpha, figures.standard_error) {
        let consistency =
            format!("consistency: alpha {alpha:.2}; a score is off by {} (standard error)", percent(error));
        wrap(&consistency, columns, 2, lines);
    }
}

fn is_shown(row: &Row, detail: Detail) -> bool {
    match (detail, row.figures()) {
        (Detail::Everything, _) => true,
        (Detail::ToDo, None) => false,
        (Detail::ToDo, Some(figures)) => figures.verdicts != [Verdict::Fine],
    }
}

fn header(layout: Layout) -> String {
    let bar = if layout.bar > 0 { format!("{:width$} ", "", width = layout.bar) } else { String::new() };
    format!(
        "{:name$} {:>6} {bar}{:>6} {:>7} {:>6}",
        "question",
        "n",
        "right",
        "apart",
        "time",
        name = layout.name
    )
}

fn question(row: &Row, layout: Layout, detail: Detail, lines: &mut Vec<String>) {
    let mut name = name(row);
    if name.chars().count() > layout.name {
        lines.push(name);
        name = String::new();
    }
    let (attempts, bar, right, apart, time) = match &row.shown {
        Shown::Figures(figures) => {
            let item = &figures.item;
            (
                item.attempts.to_string(),
                item.facility.map(|facility| bar_of(facility, layout.bar)).unwrap_or_default(),
                item.facility.map_or_else(none, percent),
                item.discrimination.map_or_else(none, signed),
                item.median_seconds.map_or_else(none, seconds),
            )
        }
        Shown::TooFew => (format!("<{FEWEST_ATTEMPTS}"), String::new(), none(), none(), none()),
        Shown::Covers => ("hidden".to_owned(), String::new(), none(), none(), none()),
        Shown::Nobody => ("0".to_owned(), String::new(), none(), none(), none()),
    };
    let bar = if layout.bar > 0 { format!("{bar:width$} ", width = layout.bar) } else { String::new() };
    let line =
        format!("{name:width$} {attempts:>6} {bar}{right:>6} {apart:>7} {time:>6}", width = layout.name);
    lines.push(line.trim_end().to_owned());
    let Some(figures) = row.figures() else { return };
    for verdict in &figures.verdicts {
        arrow(&verdict.words(), layout.columns, lines);
    }
    if figures.verdicts.is_empty() && detail == Detail::Everything {
        arrow("too few for a verdict", layout.columns, lines);
    }
    if detail == Detail::Everything {
        if let Some(difficulty) = row.about.difficulty {
            wrap(&format!("said to be {}", difficulty.name()), layout.columns, 6, lines);
        }
        options(row, figures, layout.columns, lines);
    }
}

fn arrow(text: &str, columns: usize, lines: &mut Vec<String>) {
    let begin = lines.len();
    wrap(text, columns, 4, lines);
    if let Some(first) = lines.get_mut(begin) {
        first.replace_range(..4, "  → ");
    }
}

fn options(row: &Row, figures: &Figures, columns: usize, lines: &mut Vec<String>) {
    let attempts = figures.item.attempts;
    let labels = row.about.choices.iter().map(|choice| choice.label.chars().count());
    let width = labels.chain([9]).max().unwrap_or_default().min(columns.saturating_sub(28).max(9));
    for ((choice, of), count) in row.about.choices.iter().zip(&figures.item.choices).zip(&figures.choices) {
        let sign = if choice.right { '✓' } else { ' ' };
        let line = format!("    {sign} {:<width$} {:>6}{}", choice.label, share(*count, attempts), rest(of));
        lines.push(line.trim_end().to_owned());
    }
    if figures.left_open != Count::Exactly(0) {
        lines.push(format!("      {:<width$} {:>6}", "left open", share(figures.left_open, attempts)));
    }
    let Some(levels) = figures.calibration else { return };
    let mut said = Vec::new();
    for ((word, count), level) in
        ["sure", "fairly sure", "guessing"].iter().zip(levels).zip(&figures.item.calibration)
    {
        said.push(match (count, level.facility) {
            (Count::Exactly(0), _) => format!("{word} 0"),
            (Count::Exactly(number), Some(facility)) => {
                format!("{word} {number}: {} right", percent(facility))
            }
            (Count::Exactly(number), None) => format!("{word} {number}"),
            (Count::Withheld, _) => format!("{word}: withheld"),
        });
    }
    if figures.sure_and_wrong != Count::Exactly(0) {
        said.push(format!("sure and wrong: {} of all", share(figures.sure_and_wrong, attempts)));
    }
    wrap(&format!("certainty: {}", said.join(", ")), columns, 6, lines);
}

fn rest(choice: &ChoiceFigures) -> String {
    choice.mean_rest.map(|rest| format!("   rest {:+} %", hundredths(rest))).unwrap_or_default()
}

fn share(count: Count, attempts: usize) -> String {
    match count {
        Count::Withheld => "few".to_owned(),
        Count::Exactly(number) => {
            format!("{} %", (200 * number + attempts).checked_div(2 * attempts).unwrap_or_default())
        }
    }
}

/// What the table does not show, and what its columns mean.
fn summary(sheet: &Sheet, columns: usize, detail: Detail, lines: &mut Vec<String>) {
    let count = |wanted: &dyn Fn(&Row) -> bool| sheet.rows.iter().filter(|row| wanted(row)).count();
    let mut said = Vec::new();
    let mut say = |number: usize, what: &str| {
        if number > 0 {
            said.push(format!("{number} {what}"));
        }
    };
    let verdicts = |row: &Row| row.figures().map(|figures| figures.verdicts.clone());
    say(count(&|row| verdicts(row).is_some_and(|said| said == [Verdict::Fine])), "fine");
    let early = format!("with fewer than {JUDGED_FROM} first attempts (no verdict yet)");
    say(count(&|row| verdicts(row).is_some_and(|said| said.is_empty())), &early);
    let few = format!("with fewer than {FEWEST_ATTEMPTS} (nothing shown)");
    say(count(&|row| row.shown == Shown::TooFew), &few);
    say(count(&|row| row.shown == Shown::Covers), "hidden, because those could be calculated from it");
    say(count(&|row| row.shown == Shown::Nobody), "not drawn yet");
    if !said.is_empty() {
        let more = if detail == Detail::ToDo { "; --all shows everything" } else { "" };
        wrap(&format!("questions: {}{more}", said.join(", ")), columns, 2, lines);
    }
    if sheet.rows.iter().any(|row| row.figures().is_some()) {
        let legend = "right: mean mark; apart: discrimination, correlation with the rest score, good from 0.30; time: \
                      median";
        wrap(legend, columns, 2, lines);
    }
}

fn name(row: &Row) -> String {
    let about = &row.about;
    let mut name = about.question.to_string();
    if about.revision.get() > 1 {
        let _ = write!(name, " r{}", about.revision);
    }
    if let Some(version) = &about.only_in {
        let _ = write!(name, " ({version})");
    }
    name
}

/// A bar of this many cells.
fn bar_of(share: f64, cells: usize) -> String {
    const WHOLE: u32 = 1_000_000;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a million")]
    let part = (share.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u64;
    bar::drawn(part, WHOLE.into(), cells)
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Whole percent; `as` leaves no minus before a zero.
fn hundredths(share: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let percent = (share * 100.0).round() as i32;
    percent
}

/// Without a minus before a zero.
fn signed(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

fn seconds(seconds: f64) -> String {
    if seconds < 600.0 { format!("{seconds:.0} s") } else { format!("{:.0} min", seconds / 60.0) }
}

fn none() -> String {
    "–".to_owned()
}

/// Breaks between words. What stands here is ours but for titles and identifiers; a word that is too long stands out.
fn wrap(text: &str, columns: usize, indent: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > columns {
            lines.push(format!("{:indent$}{line}", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{:indent$}{line}", ""));
}

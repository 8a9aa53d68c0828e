//! Item statistics as a page: one HTML file with nothing outside it, for a browser and for paper.

use std::fmt::Write as _;

use crate::quiz::statistics::QuizFigures;
use crate::quiz::statistics::sheet::{Count, FEWEST_ATTEMPTS, FEWEST_TOGETHER, Figures, Row, Sheet, Shown};
use crate::quiz::statistics::verdict::{JUDGED_FROM, Verdict};
use crate::report::escape;

const STYLE: &str = include_str!("statistics.css");

/// What the page says.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Every quiz.
    pub sheets: &'a [Sheet],
    /// How many files were looked at.
    pub read: usize,
    /// Those of them that do not count.
    pub left_out: &'a [LeftOut<'a>],
}

/// Files that do not count.
#[derive(Debug, Clone, Copy)]
pub struct LeftOut<'a> {
    /// Why not, in words.
    pub reason: &'a str,
    /// How many.
    pub number: usize,
}

/// The page as a whole HTML document.
#[must_use]
pub fn html(page: &Page<'_>) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Which questions work</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Which questions work</h1>\n\
         <p>From the first attempts of learners whose completion records verify. Every answer was marked again. \
         Nobody is named, and small groups are not shown.</p>\n"
    );
    for (number, sheet) in page.sheets.iter().enumerate() {
        quiz(&mut out, number, sheet);
    }
    files(&mut out, page);
    legend(&mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn quiz(out: &mut String, number: usize, sheet: &Sheet) {
    let versions: Vec<String> = sheet.versions.iter().map(|version| escape(version)).collect();
    let _ = write!(
        out,
        "<section aria-labelledby=\"quiz-{number}\">\n<h2 id=\"quiz-{number}\">{}</h2>\n\
         <p class=\"soft\">Quiz <code>{}</code> of <code>{}</code>, version {}</p>\n",
        escape(&sheet.title),
        escape(sheet.quiz.as_str()),
        escape(sheet.course.as_str()),
        versions.join(", "),
    );
    tiles(out, sheet);
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"table-{number}\" tabindex=\"0\">\n<table>\n\
         <caption id=\"table-{number}\">Questions, what matters most first</caption>\n<thead><tr>\
         <th scope=\"col\">Question</th><th scope=\"col\" class=\"number\">Learners</th>\
         <th scope=\"col\">Right (mean mark)</th><th scope=\"col\" class=\"number wide\">Discrimination</th>\
         <th scope=\"col\" class=\"number wide\">Time</th><th scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n"
    );
    for (place, row) in sheet.rows.iter().enumerate() {
        line(out, &format!("q-{number}-{place}"), row);
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    for (place, row) in sheet.rows.iter().enumerate() {
        if let Some(figures) = row.figures() {
            question(out, &format!("q-{number}-{place}"), row, figures);
        }
    }
    out.push_str("</section>\n");
}

fn tiles(out: &mut String, sheet: &Sheet) {
    let mut tiles = vec![("First attempts", sheet.attempts.to_string())];
    match &sheet.whole {
        Some(figures) => tiles.extend(whole(figures)),
        None => tiles.push(("Figures", format!("from {FEWEST_ATTEMPTS} first attempts on"))),
    }
    out.push_str("<dl class=\"tiles\">\n");
    for (term, value) in tiles {
        let _ = writeln!(out, "<div><dt>{term}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
}

fn whole(figures: &QuizFigures) -> Vec<(&'static str, String)> {
    vec![
        ("Mean score", percent(figures.mean)),
        ("Median score", percent(figures.median)),
        ("Standard deviation", figures.deviation.map_or_else(none, percent)),
        ("Consistency (alpha)", figures.alpha.map_or_else(none, decimals)),
        (
            "Error of a score",
            figures.standard_error.map_or_else(none, |error| format!("±&nbsp;{}", percent(error))),
        ),
    ]
}

fn line(out: &mut String, anchor: &str, row: &Row) {
    let name = name(row);
    let cells = match &row.shown {
        Shown::Figures(figures) => {
            let item = &figures.item;
            let facility = item.facility.unwrap_or_default();
            let _ = write!(
                out,
                "<tr><th scope=\"row\"><a href=\"#{anchor}\">{}</a>{}</th>",
                identifier(row),
                which(row)
            );
            format!(
                "<td class=\"number\">{}</td><td class=\"share\">{}{}</td><td class=\"number wide\">{}</td>\
                 <td class=\"number wide\">{}</td><td>{}</td>",
                item.attempts,
                bar(facility, row.about.guess, "bar"),
                percent(facility),
                item.discrimination.map_or_else(none, decimals),
                item.median_seconds.map_or_else(none, seconds),
                verdicts(&figures.verdicts),
            )
        }
        Shown::TooFew => without(out, &name, &format!("fewer than {FEWEST_ATTEMPTS}"), "not shown"),
        Shown::Covers => {
            without(out, &name, "–", "not shown, because those that fewer had could be calculated from it")
        }
        Shown::Nobody => without(out, &name, "0", "not drawn yet"),
    };
    let _ = writeln!(out, "{cells}</tr>");
}

fn without(out: &mut String, name: &str, attempts: &str, why: &str) -> String {
    let _ = write!(out, "<tr><th scope=\"row\">{name}</th>");
    format!(
        "<td class=\"number\">{attempts}</td><td>–</td><td class=\"number wide\">–</td>\
         <td class=\"number wide\">–</td>\
         <td class=\"soft\">{why}</td>"
    )
}

fn verdicts(verdicts: &[Verdict]) -> String {
    if verdicts.is_empty() {
        return format!("<span class=\"soft\">a verdict from {JUDGED_FROM} first attempts on</span>");
    }
    let item = |verdict: &Verdict| {
        let class = match verdict {
            Verdict::FoolsTheBest(_) | Verdict::Backwards | Verdict::Misconception | Verdict::Guessed => {
                " class=\"attend\""
            }
            Verdict::TooHard
            | Verdict::NotEasy
            | Verdict::NotHard
            | Verdict::TellsNobodyApart
            | Verdict::Unpicked(_)
            | Verdict::TooEasy
            | Verdict::Fine => "",
        };
        format!("<li{class}>{}</li>", escape(&verdict.words()))
    };
    format!("<ul class=\"verdicts\">{}</ul>", verdicts.iter().map(item).collect::<String>())
}

fn question(out: &mut String, anchor: &str, row: &Row, figures: &Figures) {
    let item = &figures.item;
    let _ = write!(
        out,
        "<article id=\"{anchor}\" aria-labelledby=\"{anchor}-h\">\n<h3 id=\"{anchor}-h\">{}</h3>\n<p>{}</p>\n{}\n",
        name(row),
        escape(&row.about.prompt),
        verdicts(&figures.verdicts),
    );
    let figure = |what: &str, value: Option<String>| value.map(|value| format!("{what}&nbsp;{value}"));
    let said: Vec<String> = [
        Some(row.about.kind.name().to_owned()),
        row.about.difficulty.map(|difficulty| format!("said to be {}", difficulty.name())),
        figure("right", item.facility.map(percent)),
        figure("standard deviation", item.deviation.map(percent)),
        figure("guessing earns", row.about.guess.map(percent)),
        figure("discrimination", item.discrimination.map(decimals)),
        figure("discriminative efficiency", item.efficiency.map(percent)),
        figure("intended weight", item.intended_weight.map(percent)),
        figure("effective weight", item.effective_weight.map(percent)),
        figure("median time", item.median_seconds.map(seconds)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let _ = writeln!(out, "<p class=\"figures\">{}</p>", said.join(" · "));
    options(out, row, figures);
    certainty(out, figures);
    out.push_str("</article>\n");
}

fn options(out: &mut String, row: &Row, figures: &Figures) {
    if row.about.choices.is_empty() {
        return;
    }
    let attempts = figures.item.attempts;
    out.push_str(
        "<div class=\"scroll\">\n<table>\n<caption>Who chose what</caption>\n<thead><tr><th scope=\"col\">Option</th>\
         <th scope=\"col\">Key</th><th scope=\"col\">Chosen by</th>\
         <th scope=\"col\" class=\"number\">Their rest score</th></tr></thead>\n<tbody>\n",
    );
    for ((choice, of), count) in row.about.choices.iter().zip(&figures.item.choices).zip(&figures.choices) {
        let (class, key) = if choice.right { ("right", "right") } else { ("wrong", "") };
        let rest = of.mean_rest.map_or_else(none, above);
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><code>{}</code> {}</th><td>{key}</td><td class=\"share\">{}</td>\
             <td class=\"number\">{rest}</td></tr>",
            escape(&choice.label),
            escape(&choice.text),
            chosen_by(*count, attempts, class),
        );
    }
    if figures.left_open != Count::Exactly(0) {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">left open</th><td></td><td class=\"share\">{}</td><td class=\"number\">–</td></tr>",
            chosen_by(figures.left_open, attempts, "wrong")
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn chosen_by(count: Count, attempts: usize, class: &str) -> String {
    match count {
        Count::Withheld => "<span class=\"soft\">few: withheld</span>".to_owned(),
        Count::Exactly(number) => {
            let share = number_of(number) / number_of(attempts.max(1));
            format!("{}{}", bar(share, None, class), percent(share))
        }
    }
}

fn certainty(out: &mut String, figures: &Figures) {
    let Some(levels) = figures.calibration else { return };
    out.push_str(
        "<div class=\"scroll\">\n<table>\n<caption>How sure, and how right</caption>\n<thead><tr>\
         <th scope=\"col\">Said</th><th scope=\"col\" class=\"number\">Learners</th>\
         <th scope=\"col\">Right (mean mark)</th></tr></thead>\n<tbody>\n",
    );
    let words = ["sure", "fairly sure", "guessing"];
    for ((word, count), level) in words.into_iter().zip(levels).zip(&figures.item.calibration) {
        let (number, right) = match count {
            Count::Withheld => (none(), "<span class=\"soft\">few: withheld</span>".to_owned()),
            Count::Exactly(number) => (
                number.to_string(),
                level
                    .facility
                    .map_or_else(none, |right| format!("{}{}", bar(right, None, "bar"), percent(right))),
            ),
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{word}</th><td class=\"number\">{number}</td><td class=\"share\">{right}</td></tr>"
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    let wrong = match figures.sure_and_wrong {
        Count::Withheld => "few: withheld".to_owned(),
        Count::Exactly(number) => percent(number_of(number) / number_of(figures.item.attempts.max(1))),
    };
    let _ = writeln!(out, "<p class=\"figures\">Sure and wrong (earned less than half): {wrong} of all</p>");
}

fn files(out: &mut String, page: &Page<'_>) {
    let out_of: usize = page.left_out.iter().map(|left_out| left_out.number).sum();
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"files\">\n<h2 id=\"files\">What was counted</h2>\n\
         <p>{} files were read, {out_of} left out. A person counts once, with their earliest first attempt. People who \
         began and never completed have no record, so they are missing here.</p>",
        page.read
    );
    if !page.left_out.is_empty() {
        out.push_str("<ul>\n");
        for left_out in page.left_out {
            let _ = writeln!(out, "<li>{}: {}</li>", left_out.number, escape(left_out.reason));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn legend(out: &mut String) {
    let terms = [
        (
            "Right (mean mark)",
            "The facility: what the answers earned of what they could. The dark line in a bar is what guessing earns."
                .to_owned(),
        ),
        (
            "Discrimination",
            "The correlation of this question with the rest of the attempt. From 0.40 very good, from 0.30 good, below 0.20 \
             poor, below 0 the wrong way round (Ebel and Frisbie 1991)."
                .to_owned(),
        ),
        (
            "Their rest score",
            "How far those who chose an option are above (+) or below (−) the average learner in their other questions. \
             The best learners should choose the key."
                .to_owned(),
        ),
        (
            "Consistency, error of a score",
            "Cronbach's alpha and the standard error of measurement: how much of the differences between scores another \
             draw would show again, and how far off one score is."
                .to_owned(),
        ),
        (
            "Not shown",
            format!(
                "Questions that fewer than {FEWEST_ATTEMPTS} learners had, options that fewer than {FEWEST_TOGETHER} chose, \
                 and what those could be calculated from."
            ),
        ),
    ];
    out.push_str("<footer>\n<h2>How to read it</h2>\n<dl>\n");
    for (term, meaning) in terms {
        let _ = writeln!(out, "<dt>{term}</dt><dd>{meaning}</dd>");
    }
    out.push_str("</dl>\n</footer>\n");
}

/// A bar whose number stands beside it, so it says nothing to a screen reader. A guess is marked by a line.
fn bar(share: f64, guess: Option<f64>, class: &str) -> String {
    let width = (share.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
    let guess = guess.filter(|guess| *guess > 0.0).map(|guess| {
        let at = (guess.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
        format!("<rect class=\"guess\" x=\"{at}\" width=\"1.2\" height=\"10\"/>")
    });
    format!(
        "<svg aria-hidden=\"true\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\">\
         <rect class=\"track\" y=\"2\" width=\"100\" height=\"7\"/>\
         <rect class=\"{class}\" y=\"2\" width=\"{width}\" height=\"7\"/>{}\
         </svg>",
        guess.unwrap_or_default()
    )
}

fn name(row: &Row) -> String {
    format!("{}{}", identifier(row), which(row))
}

fn identifier(row: &Row) -> String {
    format!("<code>{}</code>", escape(row.about.question.as_str()))
}

/// Which revision, and of which version where several have the same.
fn which(row: &Row) -> String {
    let about = &row.about;
    let mut which = String::new();
    if about.revision.get() > 1 {
        let _ = write!(which, " <span class=\"soft\">revision {}</span>", about.revision);
    }
    if let Some(version) = &about.only_in {
        let _ = write!(which, " <span class=\"soft\">as in version {}</span>", escape(version));
    }
    which
}

fn percent(share: f64) -> String {
    format!("{:.0}&nbsp;%", share * 100.0)
}

/// How far above or below the average, in whole percent, without a minus before a zero.
fn above(rest: f64) -> String {
    let text = format!("{:+.0}&nbsp;%", rest * 100.0);
    if text.starts_with("-0&") { text.replacen('-', "+", 1) } else { text }
}

/// Two decimals, without a minus before a zero.
fn decimals(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

fn seconds(seconds: f64) -> String {
    if seconds < 600.0 { format!("{seconds:.0}&nbsp;s") } else { format!("{:.0}&nbsp;min", seconds / 60.0) }
}

fn none() -> String {
    "–".to_owned()
}

fn number_of(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::question::Difficulty;
    use crate::quiz::samples;
    use crate::quiz::statistics::choices::{Finder, choices};
    use crate::quiz::statistics::sheet::Described;
    use crate::quiz::statistics::{Cell, Given, Responses};

    fn sheet(learners: u32) -> Sheet {
        let question = samples::single();
        let mut responses = Responses::default();
        let column = responses.add_column(1000, 3);
        let finder = Finder::new(&question);
        for learner in 0..learners {
            let right = learner % 2 == 0;
            let id = if right { "two" } else { "one" };
            let response = crate::quiz::response::Response::Text(id.to_owned());
            responses.add_row([Cell {
                column,
                earned: if right { 1000 } else { 0 },
                given: Given::Answered,
                chosen: finder.chosen(&response),
                certainty: None,
                seconds: 40,
            }]);
        }
        let described = Described {
            question: question.id.clone(),
            revision: question.revision,
            only_in: Some("<2>".to_owned()),
            prompt: "<script>alert(1)</script>\u{202e}".to_owned(),
            kind: question.kind.clone(),
            choices: choices(&question),
            difficulty: Some(Difficulty::Hard),
            guess: Some(0.25),
        };
        let about = (
            "course".parse().expect("an identifier"),
            "<T>".to_owned(),
            "bank".parse().expect("an identifier"),
        );
        Sheet::new(about, vec!["1.0.0".to_owned()], responses.figures(), vec![described])
    }

    #[test]
    fn the_page_stands_by_itself_and_nothing_becomes_markup() {
        let sheets = [sheet(40)];
        let left_out = [LeftOut { reason: "changed <since>", number: 2 }];
        let html = html(&Page { sheets: &sheets, read: 42, left_out: &left_out });
        for stated in [
            "40",
            "50&nbsp;%",
            "said to be hard",
            "&lt;script&gt;",
            "&lt;U+202E&gt;",
            "&lt;T&gt;",
            "&lt;2&gt;",
            "&lt;since&gt;",
        ] {
            assert!(html.contains(stated), "{stated}");
        }
        for never in ["<script", "http", "src=", "@import", "url("] {
            assert!(!html.contains(never), "{never}");
        }
    }

    #[test]
    fn a_small_group_has_no_figures() {
        let sheets = [sheet(9)];
        let html = html(&Page { sheets: &sheets, read: 9, left_out: &[] });
        assert!(html.contains("fewer than 10") && !html.contains("<article") && !html.contains("%</td>"));
    }
}

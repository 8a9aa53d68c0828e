//! A quiz as a page: one HTML file with nothing outside it, readable without scripts, for the screen or for paper.
//!
//! It stands here and not in `report`, which has no need of Markdown: so no arrow is drawn between rooms.

mod answer;
mod question;

use std::fmt::Write as _;

use crate::author::exchange::Export;
use crate::markup::escape;
use crate::phrase::counted;
use crate::quiz::Quiz;

/// What a page is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// Every question with its answer folded away beneath it.
    Screen,
    /// A sheet with boxes to tick, then the answers on a sheet of their own.
    Paper,
}

/// The quiz to be read on a screen; `language` (BCP 47) is that of its texts.
#[must_use]
pub fn html(quiz: &Quiz, language: &str) -> Export {
    page(quiz, language, Medium::Screen)
}

/// The quiz to be printed, or saved as PDF by any browser; `language` (BCP 47) is that of its texts.
#[must_use]
pub fn pdf_ready_html(quiz: &Quiz, language: &str) -> Export {
    page(quiz, language, Medium::Paper)
}

const STYLE: &str = "\
:root { color-scheme: light dark; --text: #1a1a1a; --page: #fff; --muted: #595959; --line: #8a8a8a; --tint: #f2f2f2; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8e8; --page: #161616; --muted: #b0b0b0; --line: #7d7d7d; --tint: #242424; } a { color: #9cc3ff; } }
* { box-sizing: border-box; }
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; color: var(--text); background: var(--page); margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: break-word; }
h1 { font-size: 1.8rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
h3, h4, h5, h6 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .5rem 0; }
.facts { color: var(--muted); margin: 0 0 1.5rem; }
h2 .facts { font-size: .85rem; font-weight: normal; margin: 0 0 0 .5rem; }
.question { border-top: 1px solid var(--line); padding: 1.1rem 0; }
.hint { color: var(--muted); font-style: italic; }
ol.options, ol.key, dl { margin: .5rem 0; }
ol.options { list-style: none; padding: 0; }
ol.options > li { display: flex; gap: .6rem; padding: .2rem 0; }
ol.options > li > div { flex: 1; min-width: 0; }
ol.options > li > div > p:first-child, .side > p:first-child, dd > p:first-child { margin-top: 0; }
ol.options > li > div > p:last-child, .side > p:last-child, dd > p:last-child { margin-bottom: 0; }
.letter { font-weight: bold; min-width: 1.4rem; }
.box { flex: none; width: 1em; height: 1em; margin-top: .25em; border: 1.5px solid var(--text); }
.box.round { border-radius: 50%; }
.write { display: inline-block; min-width: 14rem; border-bottom: 1px solid var(--text); height: 1.5em; vertical-align: bottom; }
.short { min-width: 3rem; }
.gap { border: 1px solid var(--line); border-radius: 3px; padding: 0 .4em; white-space: nowrap; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
.picture { border: 1px dashed var(--line); padding: 0 .3em; }
.picture::before { content: 'picture: '; color: var(--muted); }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border: 1px solid var(--line); }
blockquote { margin: .5rem 0; padding: 0 0 0 .9rem; border-left: 3px solid var(--line); }
code, pre { font: .9em/1.4 ui-monospace, Menlo, Consolas, monospace; }
pre { background: var(--tint); padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin-top: .75rem; background: var(--tint); padding: .4rem .8rem; border-radius: 3px; }
summary { cursor: pointer; font-weight: bold; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .8rem; }
dt { font-weight: bold; }
dd { margin: 0; min-width: 0; }
details .facts, .answer .facts { margin: .5rem 0 .25rem; font-size: .85rem; }
.answer { padding: .4rem 0; }
.fill { display: flex; gap: 2rem; margin: 1rem 0 1.5rem; }
.fill span { flex: 1; border-bottom: 1px solid var(--text); padding-bottom: .2rem; }
@media (max-width: 34rem) { .sides { grid-template-columns: 1fr; } }
@page { margin: 18mm 16mm; }
@media print {
:root { color-scheme: light; --text: #000; --page: #fff; --muted: #444; --line: #777; --tint: #fff; }
body { font-size: 10.5pt; } main { max-width: none; padding: 0; } a { color: inherit; }
.question, .answer, ol.options > li, table, pre { break-inside: avoid; } h1, h2, summary { break-after: avoid; }
.answers { break-before: page; } details { border: 1px solid var(--line); }
}
";

fn page(quiz: &Quiz, language: &str, medium: Medium) -> Export {
    let title = escape(&quiz.title);
    let count = quiz.questions.len();
    let points: u64 = quiz.questions.iter().map(|question| u64::from(question.points.get())).sum();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1 lang=\"{language}\">{title}</h1>\n<p class=\"facts\">{}, {}</p>\n",
        counted(count as u64, "question", "questions"),
        counted(points, "point", "points"),
        language = escape(language),
    );
    if medium == Medium::Paper {
        out.push_str("<p class=\"fill\"><span>Name:</span><span>Date:</span></p>\n");
    }
    let mut losses = Vec::new();
    for (index, question) in quiz.questions.iter().enumerate() {
        let start = out.len();
        let facts = counted(u64::from(question.points.get()), "point", "points");
        let _ = write!(
            out,
            "<section class=\"question\">\n<h2>Question {} <span class=\"facts\">{facts}</span></h2>\n<div lang=\"{}\">\n",
            index + 1,
            escape(language)
        );
        question::write(&mut out, question, medium);
        out.push_str("</div>\n");
        if medium == Medium::Screen {
            out.push_str("<details>\n<summary>Answer</summary>\n");
            answer::write(&mut out, question, language);
            out.push_str("</details>\n");
        }
        out.push_str("</section>\n");
        if out[start..].contains("class=\"picture\"") {
            losses.push((
                question.id.to_string(),
                "its pictures: the page shows their descriptions".to_owned(),
            ));
        }
    }
    if medium == Medium::Paper {
        let _ = write!(
            out,
            "<section class=\"answers\">\n<h1>Answers: <span lang=\"{}\">{title}</span></h1>\n",
            escape(language)
        );
        for (index, question) in quiz.questions.iter().enumerate() {
            let _ = writeln!(out, "<section class=\"answer\">\n<h2>Question {}</h2>", index + 1);
            answer::write(&mut out, question, language);
            out.push_str("</section>\n");
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    Export { text: out, losses, left_out: 0 }
}

/// The name of the n-th option: A to Z, then A2, B2, ….
fn letter(place: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    match place / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

#[cfg(test)]
mod tests;

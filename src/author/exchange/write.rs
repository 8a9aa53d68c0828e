//! Writes quiz files as a careful trainer would.

use std::fmt::{Display, Write as _};

use crate::printable::Printable;
use crate::quiz::question::{
    Branch, Case, Choice, Decimal, Drawn, Gap, GapKind, Item, Kind, NumberKey, OrderScoring, Pair, Points,
    Question, Step, TextKey,
};
use crate::quiz::{AskCertainty, Quiz};

/// The longest run of `#` that a raw text is fenced with; whoever needs more gets backslashes.
const MOST_HASHES: usize = 4;

/// The quiz as RON: reading it gives the same quiz again. `about` are comment lines for the top of the file, `remark` is
/// one for each question that has something to say about it, such as where it came from.
#[must_use]
pub fn ron(quiz: &Quiz, about: &[String], remark: &dyn Fn(&Question) -> Option<String>) -> String {
    let mut pen = Pen::default();
    for line in about {
        pen.comment("", line);
    }
    pen.line(0, "(");
    pen.field(1, "id", &quiz.id);
    pen.line(1, &format!("title: {},", text(&quiz.title)));
    if quiz.certainty == AskCertainty::Yes {
        pen.line(1, "ask_certainty: true,");
    }
    pen.line(1, "questions: [");
    for question in &quiz.questions {
        if let Some(remark) = remark(question) {
            pen.comment("        ", &remark);
        }
        pen.question(question);
    }
    pen.line(1, "],");
    pen.line(0, ")");
    pen.out
}

#[derive(Debug, Default)]
struct Pen {
    out: String,
}

impl Pen {
    fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str("    ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn field(&mut self, depth: usize, name: &str, value: &dyn Display) {
        self.line(depth, &format!("{name}: \"{value}\","));
    }

    fn comment(&mut self, indent: &str, text: &str) {
        // A line end in a comment would begin a line of the quiz.
        let _ = writeln!(self.out, "{indent}// {}", Printable::new(text).as_str());
    }

    fn optional(&mut self, depth: usize, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(depth, &format!("{name}: {},", text(value)));
        }
    }

    fn list(&mut self, name: &str, entries: impl Iterator<Item = String>) {
        self.line(3, &format!("{name}: ["));
        for entry in entries {
            self.line(4, &format!("{entry},"));
        }
        self.line(3, "],");
    }

    fn question(&mut self, question: &Question) {
        self.line(2, &format!("{}(", question.kind.name()));
        self.line(3, &facts(question));
        if let Some(link) = &question.lesson {
            let heading = link.heading.as_ref().map(|heading| format!("#{heading}")).unwrap_or_default();
            self.line(3, &format!("lesson: {},", text(&format!("{}{heading}", link.lesson))));
        }
        self.line(3, &format!("prompt: {},", text(&question.prompt)));
        self.kind(&question.kind);
        self.optional(3, "why", question.why.as_deref());
        self.line(2, "),");
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::Single { options } | Kind::Multiple { options } => {
                self.list("options", options.iter().map(|option| group(&choice(option))));
            }
            Kind::TrueFalse { answer } => self.line(3, &format!("answer: {answer},")),
            Kind::Match { pairs, extra } => {
                self.list("pairs", pairs.iter().map(pair));
                match extra.as_slice() {
                    [] => {}
                    [one] => self.line(3, &format!("extra: [{}],", item(one))),
                    [..] => self.list("extra", extra.iter().map(item)),
                }
            }
            Kind::Order { items, scoring } => {
                self.list("items", items.iter().map(item));
                match scoring {
                    OrderScoring::Partial => {}
                    OrderScoring::AllOrNothing => self.line(3, "all_or_nothing: true,"),
                }
            }
            Kind::Number(key) => self.line(3, &format!("{},", number(key))),
            Kind::Text(key) => self.line(3, &format!("{},", text_key(key))),
            Kind::Cloze { text: with_gaps, gaps } => {
                self.line(3, &format!("text: {},", text(with_gaps)));
                self.list("gaps", gaps.iter().map(gap));
            }
            Kind::Scenario { steps } => self.scenario(steps),
        }
    }

    fn scenario(&mut self, steps: &[Step]) {
        self.line(3, "steps: [");
        for Step { id, text: story, options } in steps {
            self.line(4, &format!("(id: \"{id}\", text: {},", text(story)));
            self.line(5, "options: [");
            for option in options {
                self.line(6, &format!("{},", group(&branch(option))));
            }
            self.line(5, "]),");
        }
        self.line(3, "],");
    }
}

/// What stands on the first line of every question; defaults are not written.
fn facts(question: &Question) -> String {
    let mut line = format!("id: \"{}\",", question.id);
    if question.revision.get() > 1 {
        let _ = write!(line, " revision: {},", question.revision);
    }
    let _ = write!(line, " topic: \"{}\",", question.topic);
    if question.points != Points::ONE {
        let _ = write!(line, " points: {},", question.points.get());
    }
    if let Some(difficulty) = question.difficulty {
        let _ = write!(line, " difficulty: \"{}\",", difficulty.name());
    }
    if question.drawn == Drawn::Always {
        line.push_str(" mandatory: true,");
    }
    if let Some(source) = &question.source {
        let _ = write!(line, " source: {},", text(source));
    }
    line
}

fn group(fields: &[String]) -> String {
    format!("({})", fields.join(", "))
}

fn choice(option: &Choice) -> Vec<String> {
    let mut fields = vec![format!("id: \"{}\"", option.id), format!("text: {}", text(&option.text))];
    if option.right {
        fields.push("right: true".to_owned());
    }
    fields.extend(option.feedback.as_ref().map(|feedback| format!("feedback: {}", text(feedback))));
    fields
}

fn branch(branch: &Branch) -> Vec<String> {
    let mut fields = choice(&branch.choice);
    if let Some(next) = &branch.next {
        // Where the story goes stands before what is said about the choice.
        let at = fields.len() - usize::from(branch.choice.feedback.is_some());
        fields.insert(at, format!("next: \"{next}\""));
    }
    fields
}

fn pair(pair: &Pair) -> String {
    format!("(id: \"{}\", left: {}, right: {})", pair.id, text(&pair.left), text(&pair.right))
}

fn item(item: &Item) -> String {
    format!("(id: \"{}\", text: {})", item.id, text(&item.text))
}

fn number(key: &NumberKey) -> String {
    let mut line = format!("answer: {}", key.answer);
    if key.tolerance != Decimal::ZERO {
        let _ = write!(line, ", tolerance: {}", key.tolerance);
    }
    if let Some(unit) = &key.unit {
        let _ = write!(line, ", unit: {}", text(unit));
    }
    line
}

fn text_key(key: &TextKey) -> String {
    let accepted: Vec<String> = key.accepted.iter().map(|accepted| text(accepted)).collect();
    let case = match key.case {
        Case::Ignored => "",
        Case::Matters => ", case_sensitive: true",
    };
    format!("accepted: [{}]{case}", accepted.join(", "))
}

fn gap(gap: &Gap) -> String {
    let id = &gap.id;
    match &gap.kind {
        GapKind::Choice(options) => {
            let options: Vec<String> = options.iter().map(|option| group(&choice(option))).collect();
            format!("Choice(id: \"{id}\", options: [{}])", options.join(", "))
        }
        GapKind::Text(key) => format!("Text(id: \"{id}\", {})", text_key(key)),
        GapKind::Number(key) => format!("Number(id: \"{id}\", {})", number(key)),
    }
}

/// A text as RON writes it: `"…"` where that is readable, `r#"…"#` for lines and backslashes, and escapes for whatever
/// a terminal would obey or hide, so that an editor shows all of it.
pub(super) fn text(text: &str) -> String {
    let lines = text.split('\n');
    let all_seen = lines.clone().all(|line| Printable::new(line).as_str() == line);
    let wants_raw = text.contains(['\n', '\\']);
    // Editors cut spaces at the ends of lines.
    let is_firm = lines.clone().all(|line| line.trim_end() == line);
    match hashes(text) {
        Some(hashes) if all_seen && wants_raw && is_firm => {
            let fence = "#".repeat(hashes);
            format!("r{fence}\"{text}\"{fence}")
        }
        Some(_) | None => escaped(text, all_seen),
    }
}

/// How many `#` a raw text needs around it; `None` for unreasonably many.
fn hashes(text: &str) -> Option<usize> {
    let after_quotes = text.split('"').skip(1);
    let runs = after_quotes.map(|after| after.bytes().take_while(|byte| *byte == b'#').count() + 1);
    runs.max().map_or(Some(0), |most| (most <= MOST_HASHES).then_some(most))
}

fn escaped(text: &str, all_seen: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || (!all_seen && is_hidden(c)) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a character is not seen for what it is between two letters.
fn is_hidden(c: char) -> bool {
    let between = format!("a{c}a");
    Printable::new(&between).as_str() != between
}

#[cfg(test)]
mod tests;

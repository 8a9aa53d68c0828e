//! A quiz as Moodle XML. Texts stay Markdown, which Moodle shows as we do.

use std::fmt::Write as _;

use crate::author::exchange::Export;
use crate::author::exchange::heading::Heading;
use crate::author::exchange::moodle::embedded::around;
use crate::author::exchange::moodle::facts::{tag, tags};
use crate::author::exchange::moodle::fraction::Fraction;
use crate::author::exchange::moodle::tree::is_xml;
use crate::id::OptionId;
use crate::phrase::counted;
use crate::quiz::Quiz;
use crate::quiz::question::{
    Case, Choice, Gap, GapKind, Item, Kind, NumberKey, OrderScoring, Pair, Question, TextKey,
};

/// The characters of a question's name, which Moodle shows in its lists.
const MOST_OF_A_NAME: usize = 80;

/// Writes a quiz for Moodle's import. What this program imports of it is the same quiz again.
#[must_use]
pub fn export(quiz: &Quiz) -> Export {
    let mut writer = Writer::default();
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    // Two hyphens would end the comment (XML 1.0, section 2.5). Readers of facts resolve the reference.
    let heading = Heading::of(quiz).comment().replace("--", "-%2D");
    let _ = writeln!(writer.out, "  <!-- {heading} -->");
    let mut topic = None;
    for question in &quiz.questions {
        if topic != Some(&question.topic) {
            let category = format!("$course$/top/{}", question.topic);
            let _ = writeln!(
                writer.out,
                "  <question type=\"category\">\n    <category><text>{category}</text></category>\n  </question>"
            );
            topic = Some(&question.topic);
        }
        writer.question(question);
    }
    writer.out.push_str("</quiz>\n");
    Export { text: writer.out, losses: writer.losses, left_out: writer.left_out }
}

#[derive(Debug, Default)]
struct Writer {
    out: String,
    losses: Vec<(String, String)>,
    left_out: usize,
    /// The question that is being written.
    id: String,
}

impl Writer {
    fn question(&mut self, question: &Question) {
        question.id.as_str().clone_into(&mut self.id);
        let (kind, text) = match &question.kind {
            Kind::Single { .. } | Kind::Multiple { .. } => ("multichoice", question.prompt.clone()),
            Kind::TrueFalse { .. } => ("truefalse", question.prompt.clone()),
            Kind::Match { .. } => ("match", question.prompt.clone()),
            Kind::Order { .. } => ("ordering", question.prompt.clone()),
            Kind::Number(_) => ("numerical", question.prompt.clone()),
            Kind::Text(_) => ("shortanswer", question.prompt.clone()),
            Kind::Cloze { text, gaps } => match self.cloze_text(question, text, gaps) {
                Some(text) => ("multianswer", text),
                None => return,
            },
            Kind::Scenario { .. } => {
                return self.leave_out("Moodle has no scenarios");
            }
        };
        let mut tags = tags(question);
        let _ = writeln!(self.out, "  <question type=\"{kind}\">");
        let name = crate::markup::plain(&question.prompt);
        let name = shortened(name.as_str());
        self.text("    ", "name", "", if name.trim().is_empty() { question.id.as_str() } else { &name });
        self.text("    ", "questiontext", " format=\"markdown\"", &text);
        self.text(
            "    ",
            "generalfeedback",
            " format=\"markdown\"",
            question.why.as_deref().unwrap_or_default(),
        );
        if kind != "multianswer" {
            let _ = writeln!(self.out, "    <defaultgrade>{}</defaultgrade>", question.points.get());
        }
        let _ = writeln!(
            self.out,
            "    <penalty>0</penalty>\n    <hidden>0</hidden>\n    <idnumber>{}</idnumber>",
            self.id
        );
        self.kind(question, &mut tags);
        self.out.push_str("    <tags>\n");
        for tag in tags {
            self.text("      ", "tag", "", &tag);
        }
        self.out.push_str("    </tags>\n  </question>\n");
    }

    fn kind(&mut self, question: &Question, tags: &mut Vec<String>) {
        match &question.kind {
            Kind::Single { options } => {
                self.choices(true, options);
                tags.push(ids(options.iter().map(|option| option.id.as_str())));
            }
            Kind::Multiple { options } => {
                self.choices(false, options);
                tags.push(ids(options.iter().map(|option| option.id.as_str())));
            }
            Kind::TrueFalse { answer } => {
                for (text, right) in [("true", *answer), ("false", !*answer)] {
                    self.answer(if right { Fraction::FULL } else { Fraction::ZERO }, "", text, None, "");
                }
            }
            Kind::Match { pairs, extra } => {
                self.matching(pairs, extra);
                let all = pairs.iter().map(|pair| &pair.id).chain(extra.iter().map(|item| &item.id));
                tags.push(ids(all.map(OptionId::as_str)));
            }
            Kind::Order { items, scoring } => {
                self.order(items, *scoring);
                tags.push(ids(items.iter().map(|item| item.id.as_str())));
            }
            Kind::Number(key) => self.number(key),
            Kind::Text(key) => self.texts(key),
            Kind::Cloze { gaps, .. } => {
                tags.push(tag("points", &question.points.get().to_string()));
                tags.push(tag("prompt", &question.prompt.chars().count().to_string()));
                tags.push(ids(gaps.iter().map(|gap| gap.id.as_str())));
                for gap in gaps {
                    match &gap.kind {
                        GapKind::Choice(options) => {
                            let list =
                                options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>().join(" ");
                            tags.push(tag(&format!("ids-{}", gap.id), &list));
                        }
                        GapKind::Number(NumberKey { unit: Some(unit), .. }) => {
                            tags.push(tag(&format!("unit-{}", gap.id), unit));
                            self.lose(&format!(
                                "the unit behind the gap `{}`: Moodle shows none there",
                                gap.id
                            ));
                        }
                        GapKind::Text(_) | GapKind::Number(_) => {}
                    }
                }
            }
            Kind::Scenario { .. } => {}
        }
    }

    fn choices(&mut self, single: bool, options: &[Choice]) {
        let _ = writeln!(
            self.out,
            "    <single>{single}</single>\n    <shuffleanswers>true</shuffleanswers>\n    <answernumbering>abc</answernumbering>"
        );
        let right = options.iter().filter(|option| option.right).count();
        let wrong = options.len() - right;
        for option in options {
            let fraction = match (single, option.right) {
                (true, true) => Fraction::FULL,
                (true, false) => Fraction::ZERO,
                (false, true) => Fraction::share(1, right),
                (false, false) => Fraction::share(-1, wrong),
            };
            if !fraction.is_on_the_menu() {
                self.lose(&format!(
                    "{fraction} % for an option: Moodle offers no such fraction and takes the nearest or none"
                ));
            }
            self.answer(fraction, " format=\"markdown\"", &option.text, option.feedback.as_deref(), "");
        }
    }

    fn matching(&mut self, pairs: &[Pair], extra: &[Item]) {
        self.out.push_str("    <shuffleanswers>true</shuffleanswers>\n");
        let sides = pairs.iter().map(|pair| (pair.left.as_str(), pair.right.as_str()));
        for (left, right) in sides.chain(extra.iter().map(|item| ("", item.text.as_str()))) {
            self.out.push_str("    <subquestion format=\"markdown\">\n");
            self.bare("      ", left);
            // Moodle shows right sides as plain text.
            let plain = crate::markup::plain(right);
            if crate::author::exchange::html::literal(plain.as_str()) == right {
                self.text("      ", "answer", "", plain.as_str());
            } else {
                self.lose("markup in right sides: Moodle shows it as it is written");
                self.text("      ", "answer", " format=\"markdown\"", right);
            }
            self.out.push_str("    </subquestion>\n");
        }
    }

    fn order(&mut self, items: &[Item], scoring: OrderScoring) {
        let grading = match scoring {
            OrderScoring::AllOrNothing => "ALL_OR_NOTHING",
            OrderScoring::Partial => {
                self.lose("a partly right order earns (L − 1) / (n − 1) here and L / n in Moodle, L being the longest run in order");
                "LONGEST_ORDERED_SUBSET"
            }
        };
        let _ = writeln!(
            self.out,
            "    <layouttype>VERTICAL</layouttype>\n    <selecttype>ALL</selecttype>\n    <selectcount>{}</selectcount>\n    \
             <gradingtype>{grading}</gradingtype>",
            items.len()
        );
        for (place, item) in items.iter().enumerate() {
            let _ = writeln!(self.out, "    <answer fraction=\"{}\" format=\"markdown\">", place + 1);
            self.bare("      ", &item.text);
            self.out.push_str("    </answer>\n");
        }
    }

    fn number(&mut self, key: &NumberKey) {
        let tolerance = format!("      <tolerance>{}</tolerance>\n", key.tolerance);
        self.answer(Fraction::FULL, "", &key.answer.to_string(), None, &tolerance);
        if let Some(unit) = &key.unit {
            self.out.push_str(
                "    <units>\n      <unit>\n        <multiplier>1</multiplier>\n        <unit_name>",
            );
            self.escaped(unit);
            self.out.push_str(
                "</unit_name>\n      </unit>\n    </units>\n    <unitgradingtype>0</unitgradingtype>\n",
            );
        }
    }

    fn texts(&mut self, key: &TextKey) {
        let case = u8::from(key.case == Case::Matters);
        let _ = writeln!(self.out, "    <usecase>{case}</usecase>");
        for accepted in &key.accepted {
            if accepted.contains("\\*") {
                self.lose("`\\*` in an accepted text: it asks for an asterisk in Moodle");
            }
            self.answer(Fraction::FULL, "", accepted, None, "");
        }
    }

    /// The prompt and the text with its answers embedded.
    fn cloze_text(&mut self, question: &Question, text: &str, gaps: &[Gap]) -> Option<String> {
        let mut pieces = text.split("{{");
        let first = pieces.next().unwrap_or_default();
        let mut out = format!("{}\n\n{first}", question.prompt);
        let mut expected = vec![out.clone()];
        let weight = question.points.get().checked_div(u32::try_from(gaps.len()).ok()?).unwrap_or(0);
        let even =
            usize::try_from(weight).is_ok_and(|weight| weight * gaps.len() == question.points.get() as usize);
        if !even {
            let points = question.points.get();
            self.lose(&format!(
                "worth {} here: Moodle counts one for each of its {} gaps",
                counted(points, "point", "points"),
                gaps.len()
            ));
        }
        for (gap, piece) in gaps.iter().zip(pieces) {
            let (_, behind) = piece.split_once("}}")?;
            let _ = write!(out, "{{{}:{}}}", if even { weight } else { 1 }, embedded(gap));
            out.push_str(behind);
            expected.push(behind.to_owned());
        }
        if around(&out) != expected {
            self.leave_out("its text holds what Moodle takes for an embedded answer");
            return None;
        }
        Some(out)
    }

    fn answer(&mut self, fraction: Fraction, format: &str, text: &str, feedback: Option<&str>, more: &str) {
        let _ = writeln!(self.out, "    <answer fraction=\"{fraction}\"{format}>");
        self.bare("      ", text);
        if let Some(feedback) = feedback {
            self.text("      ", "feedback", " format=\"markdown\"", feedback);
        }
        self.out.push_str(more);
        self.out.push_str("    </answer>\n");
    }

    /// `<name><text>…</text></name>`.
    fn text(&mut self, indent: &str, name: &str, attributes: &str, text: &str) {
        let _ = write!(self.out, "{indent}<{name}{attributes}><text>");
        self.escaped(text);
        let _ = writeln!(self.out, "</text></{name}>");
    }

    fn bare(&mut self, indent: &str, text: &str) {
        let _ = write!(self.out, "{indent}<text>");
        self.escaped(text);
        self.out.push_str("</text>\n");
    }

    /// Text as XML that every reader gives back as it is: what readers trim or fold is written as a reference.
    fn escaped(&mut self, text: &str) {
        let inner = text.len() - text.trim_start().len()..text.trim_end().len();
        for (at, c) in text.char_indices() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#13;"),
                c if !is_xml(c) => {
                    self.lose("a control character, which XML cannot hold");
                    let _ = write!(self.out, "&lt;U+{:04X}&gt;", u32::from(c));
                }
                // NEL and the line separator are line ends to a reader of XML 1.1.
                c if c.is_whitespace() && (!inner.contains(&at) || matches!(c, '\u{85}' | '\u{2028}')) => {
                    let _ = write!(self.out, "&#{};", u32::from(c));
                }
                c => self.out.push(c),
            }
        }
    }

    fn lose(&mut self, loss: &str) {
        let loss = (self.id.clone(), loss.to_owned());
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    fn leave_out(&mut self, why: &str) {
        self.lose(&format!("left out: {why}"));
        self.left_out += 1;
    }
}

fn ids<'i>(ids: impl Iterator<Item = &'i str>) -> String {
    tag("ids", &ids.collect::<Vec<_>>().join(" "))
}

/// What stands in the braces behind the weight.
fn embedded(gap: &Gap) -> String {
    match &gap.kind {
        GapKind::Choice(options) => {
            let alternatives = options.iter().map(|option| {
                let feedback =
                    option.feedback.as_ref().map(|text| format!("#{}", sealed(text))).unwrap_or_default();
                format!("{}{}{feedback}", if option.right { "=" } else { "" }, sealed(&option.text))
            });
            format!("MCS:{}", alternatives.collect::<Vec<_>>().join("~"))
        }
        GapKind::Text(key) => {
            let name = if key.case == Case::Matters { "SAC" } else { "SA" };
            let accepted: Vec<String> =
                key.accepted.iter().map(|text| format!("={}", sealed(text))).collect();
            format!("{name}:{}", accepted.join("~"))
        }
        GapKind::Number(key) => format!("NM:={}:{}", key.answer, key.tolerance),
    }
}

/// A text within an embedded answer, where the signs of the grammar are written as references, which Moodle resolves
/// last. Backslashes would not do: Moodle takes them off before `}` and `#` only.
fn sealed(text: &str) -> String {
    let inner = text.len() - text.trim_start().len()..text.trim_end().len();
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        let grammar = matches!(c, '&' | '{' | '}' | '~' | '#' | '\\' | '=' | '%' | '\n' | '\r');
        if grammar || (c.is_whitespace() && !inner.contains(&at)) {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A name for a list of questions: whole words as far as they fit.
fn shortened(prompt: &str) -> String {
    if prompt.chars().count() <= MOST_OF_A_NAME {
        return prompt.to_owned();
    }
    let cut: String = prompt.chars().take(MOST_OF_A_NAME - 1).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_with_a_whole_word() {
        fn check(prompt: &str, expected: &str) {
            assert_eq!(shortened(prompt), expected);
        }
        let word = "x".repeat(MOST_OF_A_NAME);
        check("What now?", "What now?");
        check(&word, &word);
        check(&format!("{word}y"), &format!("{}…", &word[1..]));
        check(&format!("What now? {word}"), "What now?…");
        check(&"one two ".repeat(20), &format!("{}one…", "one two ".repeat(9)));
    }
}

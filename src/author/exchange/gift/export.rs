//! Quizzes as GIFT.

use std::fmt::Write as _;

use crate::author::exchange::Export;
use crate::author::exchange::excerpt::quote;
use crate::author::exchange::facts::fact;
use crate::author::exchange::gift::piece::{SPACE, escape};
use crate::author::exchange::gift::weight::Weight;
use crate::author::exchange::heading::Heading;
use crate::quiz::Quiz;
use crate::quiz::question::{
    Case, Choice, Decimal, Drawn, Gap, GapKind, Item, Kind, NumberKey, Pair, Points, Question, TextKey,
    placeholder,
};

/// How many equal shares Moodle's list of grades knows.
const GRADES: [usize; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20];

/// Writes a quiz as Moodle reads it. What only we know stands in comments, so that [`super::import`] gives the same
/// questions again.
#[must_use]
pub fn export(quiz: &Quiz) -> Export {
    let mut writer = Writer::default();
    let _ = write!(writer.out, "// {}\n\n", Heading::of(quiz).comment());
    let mut topic = None;
    for question in &quiz.questions {
        writer.id = question.id.to_string();
        let Some(body) = writer.body(question) else { continue };
        if topic != Some(&question.topic) {
            let _ = write!(writer.out, "$CATEGORY: $course$/top/{}\n\n", question.topic);
            topic = Some(&question.topic);
        }
        let facts = writer.facts(question);
        let _ = write!(writer.out, "{facts}::{}::{body}\n\n", question.id);
    }
    Export { text: writer.out, losses: writer.losses, left_out: writer.left_out }
}

#[derive(Debug, Default)]
struct Writer {
    out: String,
    losses: Vec<(String, String)>,
    left_out: usize,
    /// Of the question that is being written.
    id: String,
}

impl Writer {
    fn lost(&mut self, what: impl Into<String>) {
        self.losses.push((self.id.clone(), what.into()));
    }

    /// The comment lines that carry what GIFT has no place for.
    fn facts(&mut self, question: &Question) -> String {
        let mut facts = vec![format!("[id:{}]", question.id)];
        if question.revision.get() > 1 {
            facts.push(fact("revision", &question.revision.to_string()));
        }
        if question.points != Points::ONE {
            let points = question.points.get();
            self.lost(format!("it is worth {points} points; set its default mark in Moodle"));
            facts.push(fact("points", &points.to_string()));
        }
        facts.extend(question.difficulty.map(|difficulty| fact("difficulty", difficulty.name())));
        if question.drawn == Drawn::Always {
            facts.push(fact("mandatory", ""));
        }
        facts.extend(question.source.as_ref().map(|source| fact("source", source)));
        if let Some(link) = &question.lesson {
            let heading = link.heading.as_ref().map(|heading| format!("#{heading}")).unwrap_or_default();
            facts.push(fact("lesson", &format!("{}{heading}", link.lesson)));
        }
        let ids = |ids: Vec<&str>| fact("options", &ids.join(","));
        let choices = |options: &[Choice]| ids(options.iter().map(|option| option.id.as_str()).collect());
        match &question.kind {
            Kind::Single { options } | Kind::Multiple { options } => facts.push(choices(options)),
            Kind::Match { pairs, extra } => {
                let pairs = pairs.iter().map(|pair| pair.id.as_str());
                facts.push(ids(pairs.chain(extra.iter().map(|item| item.id.as_str())).collect()));
            }
            Kind::Number(key) => facts.extend(self.number_facts(key)),
            Kind::Text(key) => facts.extend(self.text_facts(key)),
            Kind::Cloze { gaps, .. } => {
                for gap in gaps {
                    facts.push(fact("gap", gap.id.as_str()));
                    match &gap.kind {
                        GapKind::Choice(options) => facts.push(choices(options)),
                        GapKind::Text(key) => facts.extend(self.text_facts(key)),
                        GapKind::Number(key) => facts.extend(self.number_facts(key)),
                    }
                }
                let prompt = quote(&question.prompt);
                self.lost(format!("Moodle will not show {prompt} above the text with the gap"));
                facts.push(fact("prompt", &question.prompt));
            }
            Kind::TrueFalse { .. } | Kind::Order { .. } | Kind::Scenario { .. } => {}
        }
        facts.iter().fold(String::new(), |mut lines, fact| {
            let _ = writeln!(lines, "// {fact}");
            lines
        })
    }

    fn number_facts(&mut self, key: &NumberKey) -> Option<String> {
        let unit = key.unit.as_ref()?;
        self.lost(format!("Moodle will not show the unit {}", quote(unit)));
        Some(fact("unit", unit))
    }

    fn text_facts(&mut self, key: &TextKey) -> Option<String> {
        match key.case {
            Case::Ignored => None,
            Case::Matters => {
                self.lost("Moodle will accept its answers in capitals or not; set case sensitivity there");
                Some(fact("case", "matters"))
            }
        }
    }

    /// Text and answers; `None` if GIFT has no such question.
    fn body(&mut self, question: &Question) -> Option<String> {
        let prompt = self.text("question", &question.prompt);
        let why = match &question.why {
            Some(why) => format!("####{}", self.marked("explanation", why)),
            None => String::new(),
        };
        match &question.kind {
            Kind::Single { options } => {
                Some(format!("[markdown]{prompt}{{\n{}{why}}}", self.single(options)))
            }
            Kind::Multiple { options } => {
                Some(format!("[markdown]{prompt}{{\n{}{why}}}", self.multiple(options)))
            }
            Kind::TrueFalse { answer } => {
                let answer = if *answer { "TRUE" } else { "FALSE" };
                Some(format!("[markdown]{prompt}{{{answer}{why}}}"))
            }
            Kind::Match { pairs, extra } => {
                Some(format!("[markdown]{prompt}{{\n{}{why}}}", self.matching(pairs, extra)))
            }
            Kind::Number(key) => Some(format!("[markdown]{prompt}{{{}{why}}}", number(key))),
            Kind::Text(key) => Some(format!("[markdown]{prompt}{{\n{}{why}}}", self.accepted(key)?)),
            Kind::Cloze { text, gaps } => self.cloze(text, gaps, &why),
            Kind::Order { .. } => self.left_out("GIFT has no questions about an order"),
            Kind::Scenario { .. } => self.left_out("GIFT has no scenarios"),
        }
    }

    fn left_out<T>(&mut self, why: &str) -> Option<T> {
        self.lost(format!("left out: {why}"));
        self.left_out += 1;
        None
    }

    fn single(&mut self, options: &[Choice]) -> String {
        self.options(options, |option| if option.right { "=".to_owned() } else { "~".to_owned() })
    }

    /// Rule 1 in weights: right options share 100 %, wrong ones share −100 %.
    fn multiple(&mut self, options: &[Choice]) -> String {
        let right = options.iter().filter(|option| option.right).count();
        let wrong = options.len() - right;
        for share in [right, wrong] {
            if !GRADES.contains(&share) {
                let share = Weight::share_of(share);
                self.lost(format!("Moodle knows no grade of {share}; import it with the nearest grade"));
            }
        }
        self.options(options, |option| {
            let (sign, share) = if option.right { ("", right) } else { ("-", wrong) };
            format!("~%{sign}{}%", Weight::share_of(share).digits())
        })
    }

    fn options(&mut self, options: &[Choice], sign: impl Fn(&Choice) -> String) -> String {
        let mut lines = String::new();
        for option in options {
            let _ = write!(lines, "\t{}{}", sign(option), self.marked("option", &option.text));
            if let Some(feedback) = &option.feedback {
                let _ = write!(lines, "#{}", self.marked("feedback", feedback));
            }
            lines.push('\n');
        }
        lines
    }

    fn matching(&mut self, pairs: &[Pair], extra: &[Item]) -> String {
        let mut lines = String::new();
        for pair in pairs {
            let mut left = self.marked("left side", &pair.left);
            if left.contains("->") {
                self.lost(format!("`->` in the left side {} is written `-&gt;`", quote(&pair.left)));
                left = left.replace("->", "-&gt;");
            }
            let _ = writeln!(lines, "\t={left} -> {}", self.right_side(&pair.right));
        }
        for item in extra {
            let _ = writeln!(lines, "\t= -> {}", self.right_side(&item.text));
        }
        lines
    }

    fn right_side(&mut self, text: &str) -> String {
        if text.contains(['*', '_', '`', '[', '<', '&', '\\', '\n']) {
            self.lost(format!("Moodle will show the right side {} without its markup", quote(text)));
        }
        self.text("right side", text)
    }

    fn accepted(&mut self, key: &TextKey) -> Option<String> {
        let mut lines = String::new();
        for accepted in &key.accepted {
            if accepted.contains("->") {
                return self.left_out("GIFT would take `->` in an accepted text for a question about pairs");
            }
            if accepted.contains("\\*") {
                self.lost(format!("{}: `\\*` asks for a star in Moodle", quote(accepted)));
            }
            let mark = if accepted.trim_start_matches(SPACE).starts_with('[') { "[plain]" } else { "" };
            let _ = writeln!(lines, "\t=%100%{mark}{}", self.text("accepted text", accepted));
        }
        Some(lines)
    }

    /// A text with one gap is GIFT's missing word.
    fn cloze(&mut self, text: &str, gaps: &[Gap], why: &str) -> Option<String> {
        let [gap] = gaps else {
            return self.left_out("GIFT has no texts with more than one gap");
        };
        let Some((before, behind)) = text.split_once(&placeholder(&gap.id)) else {
            return self.left_out("its text has no such gap");
        };
        let answers = match &gap.kind {
            GapKind::Choice(options) => format!("\n{}", self.single(options)),
            GapKind::Text(key) => format!("\n{}", self.accepted(key)?),
            GapKind::Number(key) => number(key),
        };
        self.ends("text", text);
        Some(format!("[markdown]{}{{{answers}{why}}}{}", self.inner(before), self.inner(behind)))
    }

    /// A text that may begin like a weight or a format, neither of which can be escaped.
    fn marked(&mut self, noun: &str, text: &str) -> String {
        let mark = if text.trim_start_matches(SPACE).starts_with(['[', '%']) { "[markdown]" } else { "" };
        format!("{mark}{}", self.text(noun, text))
    }

    fn text(&mut self, noun: &str, text: &str) -> String {
        self.ends(noun, text);
        self.inner(text)
    }

    fn ends(&mut self, noun: &str, text: &str) {
        if text.trim_matches(SPACE) != text {
            self.lost(format!("the white space around the {noun} {} is not kept", quote(text)));
        }
    }

    fn inner(&mut self, text: &str) -> String {
        if text.contains('\r') {
            self.lost(format!("a carriage return in {} becomes a line end", quote(text)));
        }
        if ["058", "035", "061", "123", "125", "126", "010"]
            .iter()
            .any(|code| text.contains(&format!("&&{code};")))
        {
            self.lost(format!("Moodle reads `&&` and a number in {} as another character", quote(text)));
        }
        escape(text)
    }
}

fn number(key: &NumberKey) -> String {
    let tolerance =
        if key.tolerance == Decimal::ZERO { String::new() } else { format!(":{}", key.tolerance) };
    format!("#{}{tolerance}", key.answer)
}

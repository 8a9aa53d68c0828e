//! Questions taken apart into the texts and sets of options that the rules look at.

use std::ops::Range;

use crate::course::draft::{DraftQuiz, Part};
use crate::markup;
use crate::quiz::question::{Choice, Gap, GapKind, Kind, Question, placeholder};

/// A quiz with its questions taken apart.
#[derive(Debug)]
pub(super) struct Studied<'a> {
    /// The quiz itself.
    pub(super) quiz: &'a DraftQuiz,
    /// All that could be read, in the order of the file.
    pub(super) asked: Vec<Asked<'a>>,
}

/// A question taken apart.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// Its index in [`DraftQuiz::questions`].
    pub(super) index: usize,
    /// The question itself.
    pub(super) question: &'a Question,
    /// Everything that learners read, in the order of the types.
    pub(super) texts: Vec<Text<'a>>,
    /// Every list of options that learners choose from.
    pub(super) sets: Vec<OptionSet<'a>>,
}

/// A text of a question.
#[derive(Debug)]
pub(super) struct Text<'a> {
    /// What it is for.
    pub(super) role: Role,
    /// The way to it in the file.
    pub(super) way: Vec<Part>,
    /// As it is written, Markdown.
    pub(super) markdown: &'a str,
    /// Its words, without markup.
    pub(super) plain: String,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It asks: a prompt, a cloze text, a step of a story.
    Asks,
    /// It can be chosen or moved: an option, an item.
    Chosen,
    /// One half of a pair.
    Half,
    /// It is read after answering: why, feedback.
    Explains,
}

/// A list of options.
#[derive(Debug)]
pub(super) struct OptionSet<'a> {
    /// What kind of list it is.
    pub(super) kind: SetKind,
    /// The way to it in the file.
    pub(super) way: Vec<Part>,
    /// What stands before the options: the prompt, the step, the text up to the gap.
    pub(super) stem: String,
    /// In the order of the file.
    pub(super) options: Vec<Chosen<'a>>,
}

/// What kind of list options stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetKind {
    /// One is right.
    Single,
    /// Several may be.
    Multiple,
    /// One fits into a gap.
    Gap,
    /// One is right at this step of a story.
    Step,
}

/// An option.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    /// The option itself.
    pub(super) choice: &'a Choice,
    /// Its words, without markup.
    pub(super) plain: String,
}

impl<'a> Studied<'a> {
    /// Takes a quiz apart.
    pub(super) fn new(quiz: &'a DraftQuiz) -> Self {
        let asked = quiz.questions.iter().enumerate().map(|(index, question)| Asked::new(index, question));
        Self { quiz, asked: asked.collect() }
    }

    /// File and place of a part of a question.
    pub(super) fn at(&self, asked: &Asked<'_>, way: &[Part]) -> (&'a str, Range<usize>) {
        (&self.quiz.path, self.quiz.place(asked.index, way))
    }

    /// File and place of a range within a text.
    pub(super) fn within(
        &self,
        asked: &Asked<'_>,
        text: &Text<'_>,
        range: Range<usize>,
    ) -> (&'a str, Range<usize>) {
        (&self.quiz.path, self.quiz.place_within(asked.index, &text.way, range))
    }

    /// File and place of a question: its identifier, which is shorter to underline.
    pub(super) fn of(&self, asked: &Asked<'_>) -> (&'a str, Range<usize>) {
        self.at(asked, &[Part::Field("id")])
    }
}

impl<'a> Asked<'a> {
    fn new(index: usize, question: &'a Question) -> Self {
        let mut asked = Self { index, question, texts: Vec::new(), sets: Vec::new() };
        asked.text(Role::Asks, vec![Part::Field("prompt")], &question.prompt);
        if let Some(why) = &question.why {
            asked.text(Role::Explains, vec![Part::Field("why")], why);
        }
        asked.kind(&question.kind);
        asked
    }

    fn kind(&mut self, kind: &'a Kind) {
        let list = |name, entry, field| vec![Part::Field(name), Part::Entry(entry), Part::Field(field)];
        match kind {
            Kind::Single { options } => {
                self.set(SetKind::Single, vec![Part::Field("options")], None, options);
            }
            Kind::Multiple { options } => {
                self.set(SetKind::Multiple, vec![Part::Field("options")], None, options);
            }
            Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_) => {}
            Kind::Match { pairs, extra } => {
                for (entry, pair) in pairs.iter().enumerate() {
                    self.text(Role::Half, list("pairs", entry, "left"), &pair.left);
                    self.text(Role::Half, list("pairs", entry, "right"), &pair.right);
                }
                for (entry, item) in extra.iter().enumerate() {
                    self.text(Role::Half, list("extra", entry, "text"), &item.text);
                }
            }
            Kind::Order { items, .. } => {
                for (entry, item) in items.iter().enumerate() {
                    self.text(Role::Chosen, list("items", entry, "text"), &item.text);
                }
            }
            Kind::Cloze { text, gaps } => self.cloze(text, gaps),
            Kind::Scenario { steps } => {
                for (entry, step) in steps.iter().enumerate() {
                    self.text(Role::Asks, list("steps", entry, "text"), &step.text);
                    let way = list("steps", entry, "options");
                    let choices = step.options.iter().map(|branch| &branch.choice);
                    self.set(SetKind::Step, way, Some(markup::plain(&step.text).to_string()), choices);
                }
            }
        }
    }

    fn cloze(&mut self, text: &'a str, gaps: &'a [Gap]) {
        self.text(Role::Asks, vec![Part::Field("text")], text);
        // In the order of the text, so each search goes on where the last one ended.
        let mut rest = text;
        for (entry, gap) in gaps.iter().enumerate() {
            let before = rest.split_once(&placeholder(&gap.id));
            let (stem, after) = before.unwrap_or(("", rest));
            rest = after;
            if let GapKind::Choice(options) = &gap.kind {
                let way = vec![Part::Field("gaps"), Part::Entry(entry), Part::Field("options")];
                self.set(SetKind::Gap, way, Some(stem.to_owned()), options);
            }
        }
    }

    fn set(
        &mut self,
        kind: SetKind,
        way: Vec<Part>,
        stem: Option<String>,
        choices: impl IntoIterator<Item = &'a Choice>,
    ) {
        let mut options = Vec::new();
        for (entry, choice) in choices.into_iter().enumerate() {
            let to = |field| [way.as_slice(), &[Part::Entry(entry), Part::Field(field)]].concat();
            let plain = self.text(Role::Chosen, to("text"), &choice.text);
            options.push(Chosen { choice, plain });
            if let Some(feedback) = &choice.feedback {
                self.text(Role::Explains, to("feedback"), feedback);
            }
        }
        let stem = stem.unwrap_or_else(|| self.prompt().to_owned());
        self.sets.push(OptionSet { kind, way, stem, options });
    }

    /// Takes a text down; gives its words.
    fn text(&mut self, role: Role, way: Vec<Part>, markdown: &'a str) -> String {
        let plain = markup::plain(markdown).to_string();
        self.texts.push(Text { role, way, markdown, plain: plain.clone() });
        plain
    }

    /// The words of the prompt.
    pub(super) fn prompt(&self) -> &str {
        self.texts.first().map_or("", |prompt| &prompt.plain)
    }
}

impl OptionSet<'_> {
    /// The way to a field of an option.
    pub(super) fn to(&self, entry: usize, field: &'static str) -> Vec<Part> {
        [self.way.as_slice(), &[Part::Entry(entry), Part::Field(field)]].concat()
    }

    /// The place of the right option, if exactly one is right.
    pub(super) fn key(&self) -> Option<usize> {
        let mut right = self.options.iter().enumerate().filter(|(_, option)| option.choice.right);
        match (right.next(), right.next()) {
            (Some((place, _)), None) if self.kind != SetKind::Multiple => Some(place),
            (Some(_) | None, _) => None,
        }
    }
}

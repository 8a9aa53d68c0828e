//! The kinds of questions.

use std::fmt;
use std::num::NonZeroU32;

use crate::id::{OptionId, QuestionId, TopicId};

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable for life within the quiz.
    pub id: QuestionId,
    /// Counts up when the meaning or the key changes; answers to another revision do not count.
    pub revision: NonZeroU32,
    /// Which of the course's topics it belongs to.
    pub topic: TopicId,
    /// What a full answer earns.
    pub points: Points,
    /// How hard its author thinks that it is after the lesson.
    pub difficulty: Option<Difficulty>,
    /// Whether every attempt gets it.
    pub drawn: Drawn,
    /// What is asked, in Markdown.
    pub prompt: String,
    /// Shown after answering, in Markdown.
    pub why: Option<String>,
    /// Where the key comes from, for reviewers and auditors, in plain text; learners read it after answering.
    pub source: Option<String>,
    /// What to re-read.
    pub lesson: Option<LessonLink>,
    /// How it is answered.
    pub kind: Kind,
}

/// Whether the draw may leave a question out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// In every attempt.
    Always,
    /// When the draw takes it.
    ByChance,
}

/// How hard a question is for somebody who has read the lesson, as its author sees it. Nothing is marked or drawn by it;
/// `author stats` holds it beside what learners do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difficulty {
    /// Nearly everybody should know it.
    Easy,
    /// Most should.
    Medium,
    /// It takes having understood.
    Hard,
}

impl Difficulty {
    /// Every difficulty, from easy to hard.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// As quiz files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }

    /// The difficulty that quiz files write like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|difficulty| difficulty.name() == name)
    }
}

/// What a full answer earns, in whole points, 1 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(u32);

impl Points {
    /// One point, what a question is worth unless its author says otherwise.
    pub const ONE: Self = Self(1);

    /// `points` when they are 1 to 1000.
    #[must_use]
    pub fn new(points: u32) -> Option<Self> {
        (1..=1000).contains(&points).then_some(Self(points))
    }

    /// Whole points.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

/// A lesson file of the course and, if named, a heading in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonLink {
    /// Path within the course, such as `lessons/02-collection.md`.
    pub lesson: String,
    /// Anchor of the heading, without `#`.
    pub heading: Option<String>,
}

/// How a question is answered, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Exactly one option is right.
    Single {
        /// At least two, exactly one of them right.
        options: Vec<Choice>,
    },
    /// One or more options are right, and at least one is wrong (or ticking everything would score).
    Multiple {
        /// At least two.
        options: Vec<Choice>,
    },
    /// A statement that holds or does not. Answered with the option `true` or `false`.
    TrueFalse {
        /// Whether the statement holds.
        answer: bool,
    },
    /// To every left side its right side.
    Match {
        /// At least two; the identifier of a pair stands for its left and for its right side.
        pairs: Vec<Pair>,
        /// Further right sides that belong to no left side.
        extra: Vec<Item>,
    },
    /// Items to be put in order.
    Order {
        /// At least three, in the right order.
        items: Vec<Item>,
        /// What a partly right order earns.
        scoring: OrderScoring,
    },
    /// A number to be typed.
    Number(NumberKey),
    /// A short text to be typed.
    Text(TextKey),
    /// A text with gaps.
    Cloze {
        /// The text with each gap written `{{identifier}}` once, in Markdown.
        text: String,
        /// In the order in which they stand in the text.
        gaps: Vec<Gap>,
    },
    /// A story that branches with every choice.
    Scenario {
        /// At least one; the story begins with the first. Every step can be reached, none leads back, every path ends.
        steps: Vec<Step>,
    },
}

impl Kind {
    /// The kind as quiz files write it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Single { .. } => "Single",
            Self::Multiple { .. } => "Multiple",
            Self::TrueFalse { .. } => "TrueFalse",
            Self::Match { .. } => "Match",
            Self::Order { .. } => "Order",
            Self::Number(_) => "Number",
            Self::Text(_) => "Text",
            Self::Cloze { .. } => "Cloze",
            Self::Scenario { .. } => "Scenario",
        }
    }
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Unique within the question; in a cloze, within its gap.
    pub id: OptionId,
    /// In Markdown.
    pub text: String,
    /// Whether it belongs to the key.
    pub right: bool,
    /// Shown to those who chose it, in Markdown.
    pub feedback: Option<String>,
}

/// A right pair of a `Match`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Unique within the question.
    pub id: OptionId,
    /// What stands still, in Markdown.
    pub left: String,
    /// What is to be found, in Markdown.
    pub right: String,
}

/// A thing to be ordered, or a right side too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Unique within the question.
    pub id: OptionId,
    /// In Markdown.
    pub text: String,
}

/// What a partly right order earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderScoring {
    /// (L − 1) / (n − 1), L the longest common subsequence with the key.
    Partial,
    /// Nothing unless everything is in its place.
    AllOrNothing,
}

/// Which numbers are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberKey {
    /// The number itself.
    pub answer: Decimal,
    /// How far an answer may be off on either side; not negative.
    pub tolerance: Decimal,
    /// Shown behind the input, in plain text.
    pub unit: Option<String>,
}

/// An exact decimal number, `mantissa × 10^-scale`, so that every machine marks the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits.
    pub(crate) mantissa: i128,
    /// How many of them stand behind the point, 0 to 9.
    pub(crate) scale: u32,
}

/// Which texts are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextKey {
    /// At least one; `*` stands for any run of characters. Compared in NFC with spaces trimmed and folded.
    pub accepted: Vec<String>,
    /// Whether capitals matter.
    pub case: Case,
}

/// Whether capitals matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `ARTICLE` is not `article`.
    Matters,
    /// `ARTICLE` is `article`.
    Ignored,
}

/// A gap of a cloze text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Unique within the question.
    pub id: OptionId,
    /// How it is filled.
    pub kind: GapKind,
}

/// What stands in the text for the gap of this identifier.
#[must_use]
pub fn placeholder(gap: &impl fmt::Display) -> String {
    format!("{{{{{gap}}}}}")
}

/// How a gap is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapKind {
    /// From a list, exactly one of which is right.
    Choice(Vec<Choice>),
    /// By typing a text.
    Text(TextKey),
    /// By typing a number.
    Number(NumberKey),
}

/// A moment of a scenario at which the learner decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Unique within the question.
    pub id: OptionId,
    /// What happens, in Markdown.
    pub text: String,
    /// At least two, exactly one of them right.
    pub options: Vec<Branch>,
}

/// A decision in a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The decision itself; its identifier is unique within the whole question.
    pub choice: Choice,
    /// The step that follows; `None` ends the story.
    pub next: Option<OptionId>,
}

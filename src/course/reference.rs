//! Every field that `course.ron` and quiz files can have.
//!
//! The readers take the names that they know from here, so the reference in `docs/course-format.md` cannot leave a field
//! out or make one up; tests hold the rest of what is said here to what the readers do.

use super::source::nearest;

/// A group of fields, `(…)` in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The word before the bracket where there is one (`Single`), or what the group is.
    pub name: &'static str,
    /// Its fields, in the order in which they are explained.
    pub fields: &'static [Field],
}

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// As it is written.
    pub name: &'static str,
    /// What stands behind the colon.
    pub value: &'static str,
    /// Whether it must be there, and what holds if it is not.
    pub presence: Presence,
    /// What it is for, and what its limits are.
    pub meaning: &'static str,
    /// What other programs call the same: whoever writes that is led here.
    pub elsewhere: &'static [&'static str],
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// Without it there is nothing of the kind.
    Optional,
    /// Without it this value holds, as it would be written.
    Default(&'static str),
}

impl Field {
    /// How it is put where it is missing, for a hint.
    pub(crate) fn how_to_add(&self) -> String {
        let value = match self.value {
            "text" | "identifier" | "path" | "Markdown" | "date" => "\"…\"",
            list if list.starts_with("list of") => "[…]",
            _ => "…",
        };
        let sentence = self.meaning.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let mut letters = sentence.chars();
        let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
        format!("add `{}: {value}`: {first}{}", self.name, letters.as_str())
    }
}

/// Which of `known` somebody meant by `name`: those that are called so elsewhere, or the one that is nearest to it.
pub(crate) fn meant(name: &str, known: &[Field]) -> Vec<&'static str> {
    let words = known.iter().flat_map(|field| field.elsewhere.iter().copied().chain([field.name]));
    let Some(word) = nearest(name, words) else { return Vec::new() };
    let called_so = |field: &&Field| field.name == word || field.elsewhere.contains(&word);
    known.iter().filter(called_so).map(|field| field.name).collect()
}

impl Group {
    /// The names of all fields.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.name).collect()
    }
}

/// All groups, in the order in which they are explained.
pub const ALL: [&Group; 24] = [
    &COURSE,
    &TOPIC,
    &MODULE,
    &ASSESSMENT,
    &POLICY,
    &QUIZ,
    &QUESTION,
    &SINGLE,
    &MULTIPLE,
    &OPTION,
    &TRUE_FALSE,
    &MATCH,
    &PAIR,
    &ORDER,
    &ITEM,
    &NUMBER,
    &TEXT,
    &CLOZE,
    &CHOICE_GAP,
    &NUMBER_GAP,
    &TEXT_GAP,
    &SCENARIO,
    &STEP,
    &BRANCH,
];

const fn required(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, presence: Presence::Required, meaning, elsewhere: &[] }
}

const fn optional(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, presence: Presence::Optional, meaning, elsewhere: &[] }
}

const fn or(name: &'static str, value: &'static str, default: &'static str, meaning: &'static str) -> Field {
    Field { name, value, presence: Presence::Default(default), meaning, elsewhere: &[] }
}

const OPTION_ID: Field = required("id", "identifier", "Unique within the list. Answers are kept by it.");

/// `course.ron`.
pub const COURSE: Group = Group {
    name: "Course",
    fields: &[
        required(
            "id",
            "identifier",
            "Names the course over all its versions: progress and records belong to it.",
        ),
        required("title", "text", "What learners and records call it."),
        required(
            "version",
            "text",
            "For people. What counts is the digest, so a change without a new version is found out.",
        ),
        required("language", "text", "The language of the content as a BCP 47 tag, such as `en` or `de-CH`."),
        required("owner", "text", "Who answers for the content; learners are told to ask them."),
        required("reviewed", "date", "When the content was last checked."),
        required("review_by", "date", "When it must be checked again; not before `reviewed`."),
        required("validity_days", "number", "For how many days a completion counts, 1 to 36500."),
        required("topics", "list of topics", "What questions can be about, at least one."),
        required(
            "modules",
            "list of modules",
            "Lessons with their knowledge checks, in the order in which they are taken, at least one.",
        ),
        required(
            "check_pass_percent",
            "number",
            "What a knowledge check must reach to count as passed, 0 to 100.",
        ),
        required("assessment", "assessment", "The quiz that counts, and its rules."),
        optional("policy", "policy", "What learners agree to at the end."),
        optional("glossary", "path", "A Markdown file that says what words mean, `lessons/….md`."),
        or(
            "controls",
            "list of texts",
            "[]",
            "The requirements that the course serves, for auditors, such as `PCI DSS 12.6`.",
        ),
        required(
            "deliver_to",
            "text",
            "What learners are told to do with their completion file: one line of at most 200 characters.",
        ),
    ],
};

/// An entry of `topics`.
pub const TOPIC: Group = Group {
    name: "Topic",
    fields: &[
        required("id", "identifier", "Unique within the course; questions name it."),
        required("title", "text", "What results call it."),
    ],
};

/// An entry of `modules`.
pub const MODULE: Group = Group {
    name: "Module",
    fields: &[
        required("lesson", "path", "A Markdown file, `lessons/….md`. A lesson has one place in the course."),
        optional("check", "path", "The quiz that checks it, `quizzes/….ron`."),
    ],
};

/// `assessment`.
pub const ASSESSMENT: Group = Group {
    name: "Assessment",
    fields: &[
        required("quiz", "path", "The questions to draw from, `quizzes/….ron`; not the check of a module."),
        required("pass_percent", "number", "What must be reached, 0 to 100."),
        required(
            "draw",
            "number",
            "How many questions an attempt gets, 1 to 10000. All mandatory ones and one of every topic must fit in, and there must be as many.",
        ),
        optional(
            "attempts",
            "number",
            "How many attempts there are, at least 1. Without it, as many as it takes.",
        ),
        or(
            "wait_minutes",
            "number or list of numbers",
            "0",
            "How long to wait after a failed attempt, in minutes. Of a list such as `[0, 1440]` the first number holds after the first failed attempt, the second after the second, and the last after all later ones; 1 to 10 numbers.",
        ),
    ],
};

/// `policy`.
pub const POLICY: Group = Group {
    name: "Policy",
    fields: &[
        required("file", "path", "A Markdown file, `lessons/….md`. A record names it by its digest."),
        required("statement", "text", "The sentence that learners agree to."),
    ],
};

/// A quiz file.
pub const QUIZ: Group = Group {
    name: "Quiz",
    fields: &[
        required(
            "id",
            "identifier",
            "Unique within the course, stable for life: answers and draws belong to it.",
        ),
        required("title", "text", "What learners see above the questions."),
        or(
            "ask_certainty",
            "true or false",
            "false",
            "Whether learners are asked how sure they are beside every answer. It is reported and never changes a mark.",
        ),
        required("questions", "list of questions", "1 to 10000 questions, each with its kind in front."),
    ],
};

/// What every question has.
pub const QUESTION: Group = Group {
    name: "Question",
    fields: &[
        required("id", "identifier", "Unique within the quiz, stable for life."),
        or(
            "revision",
            "number",
            "1",
            "Raise it when the question or its key means something else: answers to another revision do not count.",
        ),
        required("topic", "identifier", "One of the topics of the course."),
        or("points", "number", "1", "What a full answer earns, 1 to 1000."),
        optional(
            "difficulty",
            "text",
            "`\"easy\"`, `\"medium\"` or `\"hard\"`: how hard it should be after the lesson. Statistics compare it with what learners do.",
        ),
        or("mandatory", "true or false", "false", "Whether every attempt gets it."),
        optional(
            "source",
            "text",
            "Where the key comes from, for reviewers and auditors; learners see it after answering. Names of footnotes of its `lesson`, such as `F005, F012`, lead them to the list there.",
        ),
        optional(
            "lesson",
            "link",
            "What to read again: `lessons/….md`, or with a heading `lessons/….md#the-heading`. Where a question is asked elsewhere than in \
             the check of its lesson, learners are told the number of that lesson.",
        ),
        required("prompt", "Markdown", "What is asked."),
        optional("why", "Markdown", "Shown after answering, whatever was answered."),
    ],
};

/// The kind `Single`.
pub const SINGLE: Group = Group {
    name: "Single",
    fields: &[required("options", "list of options", "At least two, exactly one of them right.")],
};

/// The kind `Multiple`.
pub const MULTIPLE: Group = Group {
    name: "Multiple",
    fields: &[required(
        "options",
        "list of options",
        "At least two, at least one right and at least one wrong.",
    )],
};

const OPTION_TEXT: Field = required("text", "Markdown", "What learners choose.");
const RIGHT: Field = or("right", "true or false", "false", "Whether it belongs to the key.");
const FEEDBACK: Field = optional("feedback", "Markdown", "Shown to those who chose it.");

/// An option of `Single`, `Multiple` or a gap.
pub const OPTION: Group = Group { name: "Option", fields: &[OPTION_ID, OPTION_TEXT, RIGHT, FEEDBACK] };

/// The kind `TrueFalse`.
pub const TRUE_FALSE: Group = Group {
    name: "TrueFalse",
    fields: &[required("answer", "true or false", "Whether the statement in the prompt holds.")],
};

/// The kind `Match`.
pub const MATCH: Group = Group {
    name: "Match",
    fields: &[
        required("pairs", "list of pairs", "At least two."),
        or("extra", "list of items", "[]", "Right sides that belong to nothing."),
    ],
};

/// An entry of `pairs`.
pub const PAIR: Group = Group {
    name: "Pair",
    fields: &[
        OPTION_ID,
        required("left", "Markdown", "What stands still."),
        required("right", "Markdown", "What is to be found."),
    ],
};

/// The kind `Order`.
pub const ORDER: Group = Group {
    name: "Order",
    fields: &[
        required("items", "list of items", "At least three, in the right order; learners see them shuffled."),
        or(
            "all_or_nothing",
            "true or false",
            "false",
            "Whether an order that is only partly right earns nothing.",
        ),
    ],
};

/// An entry of `items` or `extra`.
pub const ITEM: Group =
    Group { name: "Item", fields: &[OPTION_ID, required("text", "Markdown", "What learners see.")] };

const ANSWER: Field = required("answer", "decimal", "The right number.");
const TOLERANCE: Field =
    or("tolerance", "decimal", "0", "How far off is still right, on either side; not negative.");
const UNIT: Field = optional("unit", "text", "Shown behind the input.");
const ACCEPTED: Field = required(
    "accepted",
    "list of texts",
    "At least one. `*` stands for anything; spaces at the ends do not matter.",
);
const CASE: Field = or("case_sensitive", "true or false", "false", "Whether capitals matter.");
const GAP_ID: Field = required("id", "identifier", "The name in `{{…}}`, unique within the question.");

/// The kind `Number`.
pub const NUMBER: Group = Group { name: "Number", fields: &[ANSWER, TOLERANCE, UNIT] };

/// The kind `Text`.
pub const TEXT: Group = Group { name: "Text", fields: &[ACCEPTED, CASE] };

/// The kind `Cloze`.
pub const CLOZE: Group = Group {
    name: "Cloze",
    fields: &[
        required("text", "Markdown", "The text, each gap written `{{identifier}}` once."),
        required("gaps", "list of gaps", "At least one, in the order of the text."),
    ],
};

/// The gap `Choice`.
pub const CHOICE_GAP: Group = Group {
    name: "Choice",
    fields: &[GAP_ID, required("options", "list of options", "At least two, exactly one of them right.")],
};

/// The gap `Number`.
pub const NUMBER_GAP: Group = Group { name: "Number", fields: &[GAP_ID, ANSWER, TOLERANCE, UNIT] };

/// The gap `Text`.
pub const TEXT_GAP: Group = Group { name: "Text", fields: &[GAP_ID, ACCEPTED, CASE] };

/// The kind `Scenario`.
pub const SCENARIO: Group = Group {
    name: "Scenario",
    fields: &[required(
        "steps",
        "list of steps",
        "At least one. The story begins with the first; every step can be reached and none leads back.",
    )],
};

/// An entry of `steps`.
pub const STEP: Group = Group {
    name: "Step",
    fields: &[
        required("id", "identifier", "Unique within the question; `next` names it."),
        required("text", "Markdown", "What happens."),
        required("options", "list of options", "At least two, exactly one of them right."),
    ],
};

/// An option of a step.
pub const BRANCH: Group = Group {
    name: "Branch",
    fields: &[
        required("id", "identifier", "Unique within the question. Answers are kept by it."),
        OPTION_TEXT,
        RIGHT,
        FEEDBACK,
        optional("next", "identifier", "The step that follows. Without it, the story ends here."),
    ],
};

#[cfg(test)]
mod tests;

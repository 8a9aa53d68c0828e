//! A remark about a course, for its author.

use std::ops::Range;

use crate::course::{Fault, Label, Weight};

/// A remark about a course. Its texts may hold anything that the course's files held: show them as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the course can be used as it is.
    pub severity: Severity,
    /// Stable name of the rule in kebab case, such as `dead-link`.
    pub rule: &'static str,
    /// Path within the course.
    pub file: String,
    /// Where in the file, in bytes of its text as the course is read (no byte order mark, LF line ends).
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Another place in the same file without which the remark cannot be understood.
    pub beside: Option<Label>,
}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        let severity = fault.rule.weight().into();
        let Fault { rule, file, span, message, hint, beside, at: _ } = fault;
        Self { severity, rule: rule.code(), file, span, message, hint, beside }
    }
}

/// How much a remark weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The course cannot be used before this is mended.
    Error,
    /// The course works; learners would be better off without this.
    Warning,
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Broken | Weight::Unfit => Self::Error,
            Weight::Advice => Self::Warning,
        }
    }
}

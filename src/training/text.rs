//! What there is to read in a course.

/// Something to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// The lesson of the module at this index.
    Lesson(usize),
    /// The policy.
    Policy,
}

impl Text {
    /// It by its place in the course and its title: `Lesson 1: What apps collect`.
    #[must_use]
    pub fn name(self, title: &str) -> String {
        match self {
            Self::Lesson(module) => format!("Lesson {}: {title}", module + 1),
            Self::Policy => format!("Policy: {title}"),
        }
    }
}

//! The parts of a course that come before the assessment.

/// What comes before the assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The lesson of the module at this index is not read as a whole.
    Lesson(usize),
    /// The knowledge check of the module at this index is not passed.
    Check(usize),
}

impl Missing {
    /// Where it stands in the course: a lesson before its check.
    pub(super) const fn place(self) -> (usize, usize) {
        match self {
            Self::Lesson(module) => (module, 0),
            Self::Check(module) => (module, 1),
        }
    }
}

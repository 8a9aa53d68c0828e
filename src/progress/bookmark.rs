//! A place that a learner marked for themselves.

use crate::clock::Timestamp;
use crate::digest::Digest;

/// A place of a text that a learner marked, with what they wrote there. It never changes: whoever writes something else
/// puts another one in its place, so of two running copies neither overwrites what the other wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bookmark {
    /// Path of the text within the course.
    pub lesson: String,
    /// Byte offset in its source.
    pub place: usize,
    /// When it was made; of those at one place, the first one stands first.
    pub at: Timestamp,
    /// What the learner wrote, in one line; empty for a bare bookmark.
    pub note: String,
    /// Digest of the text file as it was then.
    pub digest: Digest,
    /// The heading that the place was under, without markup; empty before the first one. The old text may be gone when
    /// the place is looked for in a new one.
    pub heading: String,
    /// What the source said from the place on, to the end of the line at most.
    pub line: String,
}

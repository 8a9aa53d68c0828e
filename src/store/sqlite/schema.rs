//! The tables of the progress file.

use super::read;
use crate::store::Keeps;
use crate::store::database::layout::{Begins, Layout};
use crate::store::database::open::{PATIENCE, check_pages};

/// The make of a progress file; it says `CSpg` of itself.
pub(super) const LAYOUT: Layout = Layout {
    keeps: Keeps::Progress,
    application_id: 0x4353_7067,
    steps: STEPS,
    tables: TABLES,
    // Progress is set aside when it is damaged, and whoever was that early has finished long ago.
    early: |_| Ok(false),
    begins: Begins::Anew,
    patience: PATIENCE,
    check: check_pages,
    // Sound pages may hold values that we never wrote; better now than in the middle of the course.
    read: read::everything,
};

/// What has to be there for the file to be ours.
const TABLES: &[&str] = &[
    "learner",
    "run",
    "lesson",
    "knowledge_check",
    "check_open",
    "check_draft",
    "check_answer",
    "attempt",
    "attempt_answer",
    "acknowledgement",
    "completion",
    "course_version",
    "course_file",
    "content",
    "bookmark",
    "visit",
];

/// From an empty file to the present one.
pub(super) const STEPS: &[&str] = &[
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
];

//! What trainers do with a course: check it, exchange questions with other systems, compare versions, start a new one, see
//! which questions work.

pub mod check;
pub mod craft;
pub mod diagnostic;
pub mod diff;
pub mod exchange;
mod names;
pub mod preview;
pub mod scaffold;
pub mod stats;

//! Whether the roster is still the one that was looked at.

use super::super::super::error::Failure;
use super::super::open::{Registry, of_store};
use crate::log::{Entry, Event, Index, Size};

/// Nobody changed the roster since the log had so many entries: the plan is made for the roster as it was then.
pub(super) fn require_same_people(registry: &Registry, looked_at: Size) -> Result<(), Failure> {
    let Some(first) = Index::new(looked_at.get()) else { return Ok(()) };
    let mut has_changed = false;
    let visited = registry.store().log_entries(first, &mut |_, bytes| {
        let entry = Entry::parse(&bytes);
        has_changed |=
            entry.is_ok_and(|entry| matches!(entry.event, Event::Roster { .. } | Event::Erased { .. }));
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    if has_changed {
        return Err(Failure::new(
            "the roster was changed meanwhile by somebody else, and nothing was taken over",
        )
        .hint("run the same command again: it is compared with the roster as it is now"));
    }
    Ok(())
}

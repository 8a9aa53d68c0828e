//! Which way each container of a chunk is read.

use pulldown_cmark::{Event, TagEnd};

use super::{Direction, Located, may_turn};

/// Which way the quotes, items, notes and tables of a chunk are read, in the order in which they begin: that of the first
/// letter in them. Nothing is kept of a chunk in which everything goes from left to right.
pub(super) struct Directions(std::vec::IntoIter<Option<Direction>>);

impl Directions {
    pub(super) fn of(events: &[Located<'_>]) -> Self {
        let turned = |(event, _): &Located<'_>| matches!(event, Event::Text(text) if may_turn(text));
        if !events.iter().any(turned) {
            return Self(Vec::new().into_iter());
        }
        // From the end, so that what was found last stands first in its container.
        let (mut found, mut outer, mut current) = (Vec::new(), Vec::new(), None);
        for (event, _) in events.iter().rev() {
            match event {
                Event::End(tag) if is_container_end(*tag) => outer.push(current.take()),
                Event::Start(tag) if is_container_end(tag.to_end()) => {
                    found.push(current);
                    current = current.or(outer.pop().flatten());
                }
                Event::Text(text) => current = Direction::of(text).or(current),
                _ => {}
            }
        }
        found.reverse();
        Self(found.into_iter())
    }

    /// The direction of the container that begins; none if it is that of what is around.
    pub(super) fn next(&mut self) -> Option<Direction> {
        self.0.next().flatten()
    }
}

fn is_container_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
    )
}

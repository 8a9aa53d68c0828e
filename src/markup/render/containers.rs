//! The quotes and list items around a block, and what they put before its lines.

use super::{Direction, Level, Role, Run, RunKind, Span, Style, push_own, width};
use crate::markup::Origin;
use crate::printable::Printable;

/// A block quote, list item, footnote or definition.
#[derive(Debug)]
pub(super) struct Container {
    /// The bar that stands before every line, if it has one.
    bar: Option<Role>,
    /// What stands before its first line; taken when it was shown.
    sign: Option<String>,
    /// By which place of the source its sign is known, if somebody may look for that.
    origin: Option<usize>,
    text: &'static str,
    role: Role,
    indent: usize,
    /// How deep it stands in text of the other direction: its sign is at the right where this is odd.
    level: Level,
    /// A list item, as opposed to a quote or footnote.
    item: bool,
    /// No empty lines between the blocks in it.
    tight: bool,
    /// It has lines already.
    used: bool,
}

impl Container {
    pub(super) fn bar(text: &'static str, role: Role) -> Self {
        let indent = width(text);
        Self {
            bar: Some(role),
            sign: None,
            origin: None,
            text,
            role,
            indent,
            level: Level::default(),
            item: false,
            tight: false,
            used: false,
        }
    }

    /// `room` is how many columns the signs of its siblings need.
    pub(super) fn item(sign: String, room: usize, role: Role) -> Self {
        let indent = Printable::new(&sign).width().max(room);
        Self {
            bar: None,
            sign: Some(sign),
            origin: None,
            text: "",
            role,
            indent,
            level: Level::default(),
            item: false,
            tight: false,
            used: false,
        }
    }

    /// A footnote, whose definition begins at this place of the source.
    pub(super) fn note(sign: String, origin: usize) -> Self {
        Self { origin: Some(origin), ..Self::item(sign, 0, Role::Marker) }
    }

    pub(super) fn tight_item(mut self) -> Self {
        (self.item, self.tight) = (true, true);
        self
    }
}

/// All containers that are open, outermost first.
#[derive(Debug)]
pub(super) struct Containers {
    open: Vec<Container>,
    /// How many columns they may take together.
    budget: usize,
    /// How many of them are shown, and how many columns these take.
    shown: usize,
    indent: usize,
    /// Those whose sign was not shown yet.
    waiting: Vec<usize>,
}

impl Containers {
    pub(super) fn new(width: usize) -> Self {
        Self { open: Vec::new(), budget: width / 2, shown: 0, indent: 0, waiting: Vec::new() }
    }

    /// Opens a container that is read the way of `direction`, or of what is around.
    pub(super) fn push(&mut self, mut container: Container, direction: Option<Direction>) {
        container.level = self.level();
        if let Some(direction) = direction {
            container.level = container.level.within(direction);
        }
        if self.shown == self.open.len() && self.indent + container.indent <= self.budget {
            self.shown += 1;
            self.indent += container.indent;
        }
        if container.sign.is_some() {
            self.waiting.push(self.open.len());
        }
        self.open.push(container);
    }

    pub(super) fn pop(&mut self) {
        let Some(container) = self.open.pop() else { return };
        if self.shown > self.open.len() {
            self.shown = self.open.len();
            self.indent -= container.indent;
        }
        while self.waiting.last().is_some_and(|&index| index >= self.open.len()) {
            self.waiting.pop();
        }
    }

    /// The level of the innermost container that is shown.
    pub(super) fn level(&self) -> Level {
        self.open[..self.shown].last().map(|container| container.level).unwrap_or_default()
    }

    /// Which way a text is read whose letters do not say it.
    pub(super) fn direction(&self) -> Direction {
        if self.level().is_right_to_left() { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The columns before a line.
    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    pub(super) fn is_tight(&self) -> bool {
        self.open.last().is_some_and(|container| container.tight && container.used)
    }

    /// The innermost container is a quote with nothing in it so far.
    pub(super) fn is_empty_quote(&self) -> bool {
        self.open.last().is_some_and(|container| container.bar.is_some() && !container.used)
    }

    pub(super) fn in_item(&self) -> bool {
        self.open.last().is_some_and(|container| container.item)
    }

    /// The innermost item has paragraphs, so its list is a loose one.
    pub(super) fn loosen(&mut self) {
        if let Some(container) = self.open.last_mut() {
            container.tight = false;
        }
    }

    pub(super) fn has_marker(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// A task's box takes the place of its bullet.
    pub(super) fn mark_task(&mut self, done: bool) {
        let visible = self.shown == self.open.len();
        let Some(container) = self.open.last_mut().filter(|container| container.sign.is_some()) else {
            return;
        };
        let sign = if done { "[x] " } else { "[ ] " };
        container.sign = Some(sign.to_owned());
        let wider = width(sign).saturating_sub(container.indent);
        if visible {
            if self.indent + wider <= self.budget {
                container.indent += wider;
                self.indent += wider;
            } else {
                self.shown -= 1;
                self.indent -= container.indent;
            }
        }
    }

    /// The signs of containers too deep to be shown, as text.
    pub(super) fn take_hidden_markers(&mut self, offset: usize) -> Vec<Run> {
        let first = self.waiting.partition_point(|&index| index < self.shown);
        let hidden = self.waiting.split_off(first);
        hidden
            .into_iter()
            .filter_map(|index| {
                let container = &mut self.open[index];
                container
                    .sign
                    .take()
                    .map(|sign| Run { kind: RunKind::Sign, ..Run::new(sign, style(container.role), offset) })
            })
            .collect()
    }

    /// What stands before the next line.
    pub(super) fn prefix(&mut self) -> Vec<Span> {
        self.waiting.retain(|&index| index >= self.shown);
        for container in self.open.iter_mut().rev().take_while(|container| !container.used) {
            container.used = true;
        }
        let mut spans = Vec::new();
        let mut blank = Blank::default();
        for container in &mut self.open[..self.shown] {
            let level = container.level;
            let (text, origin, free) = match (container.sign.take(), container.bar) {
                (Some(sign), _) => {
                    let sign = Printable::new(&sign);
                    let free = container.indent.saturating_sub(sign.width());
                    (Some(sign), container.origin.take(), free)
                }
                (None, Some(_)) => (Some(Printable::new(container.text)), None, 0),
                (None, None) => (None, None, container.indent),
            };
            if let Some(text) = text {
                blank.end(&mut spans);
                let before = spans.len();
                push_own(&mut spans, text, style(container.role), level);
                let mut at = 0;
                for (piece, span) in origin.iter().cycle().zip(&mut spans[before..]) {
                    span.origin = Some(Origin { piece: *piece, at });
                    at += span.text.as_str().len();
                }
            }
            blank.add(free, level, &mut spans);
        }
        blank.end(&mut spans);
        spans
    }

    /// An empty line between two blocks: only the bars of the quotes that both stand in.
    pub(super) fn empty_line(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut blank = Blank::default();
        for container in self.open[..self.shown].iter().take_while(|container| container.used) {
            let mut free = container.indent;
            if let Some(role) = container.bar {
                blank.end(&mut spans);
                let bar = Printable::new(container.text.trim_end());
                free -= bar.width();
                push_own(&mut spans, bar, style(role), container.level);
            }
            blank.add(free, container.level, &mut spans);
        }
        spans
    }
}

/// Columns without anything in them, gathered until something follows.
#[derive(Default)]
struct Blank {
    columns: usize,
    level: Level,
}

impl Blank {
    fn add(&mut self, columns: usize, level: Level, spans: &mut Vec<Span>) {
        if level != self.level {
            self.end(spans);
            self.level = level;
        }
        self.columns += columns;
    }

    fn end(&mut self, spans: &mut Vec<Span>) {
        let columns = std::mem::take(&mut self.columns);
        if columns > 0 {
            let text = Printable::new(&" ".repeat(columns));
            spans.push(Span { level: self.level, ..Span::new(text, Style::default()) });
        }
    }
}

fn style(role: Role) -> Style {
    Style { role, ..Style::default() }
}

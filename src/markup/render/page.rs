//! The lines of a chunk as they come, each with the signs of its containers and blocks apart from each other.

use super::containers::Containers;
use super::{
    Level, Line, Paragraph, Printable, Role, Run, Setting, Span, Strain, StrainKind, Style, verbatim,
};

/// The lines so far and the containers around what comes next.
pub(super) struct Page {
    width: usize,
    pub(super) lines: Vec<Line>,
    pub(super) containers: Containers,
    /// An empty line has to come before the next block.
    pub(super) gap: bool,
    /// What did not fit, if somebody asked.
    pub(super) strains: Option<Vec<Strain>>,
}

impl Page {
    pub(super) fn new(setting: &Setting<'_>) -> Self {
        let containers = Containers::new(setting.width);
        Self {
            width: setting.width,
            lines: Vec::new(),
            containers,
            gap: setting.below_text && !setting.continues,
            strains: None,
        }
    }

    /// The columns that a block has inside its containers.
    pub(super) fn room(&self) -> usize {
        self.width - self.containers.indent()
    }

    fn separate(&mut self, offset: usize) {
        if std::mem::take(&mut self.gap) && !self.containers.is_tight() {
            let spans = self.containers.empty_line();
            let base = self.containers.level();
            let mut line = Line { spans, offset, base, ..Line::default() };
            line.fill(self.width);
            self.push(line);
        }
    }

    fn push(&mut self, mut line: Line) {
        // Offsets only grow, so that a place can be found by its offset.
        line.offset = line.offset.max(self.lines.last().map_or(0, |line| line.offset));
        self.lines.push(line);
    }

    /// A block of lines that fit into the room, with the signs of its containers before them.
    pub(super) fn block(&mut self, mut lines: Vec<Line>, offset: usize) {
        self.separate(offset);
        // A block begins with its signs (`# `, `> `), not where its text begins.
        if let Some(first) = lines.first_mut() {
            first.offset = first.offset.min(offset);
        }
        let level = self.containers.level();
        for mut line in lines {
            line.embed(level);
            let mut spans = self.containers.prefix();
            spans.append(&mut line.spans);
            line.spans = spans;
            line.fill(self.width);
            self.push(line);
        }
        self.gap = true;
    }

    pub(super) fn paragraph(&mut self, runs: &[Run], offset: usize) {
        let mut all = self.containers.take_hidden_markers(offset);
        all.extend_from_slice(runs);
        let paragraph = Paragraph::within(self.containers.direction(), &all);
        if paragraph.is_empty() && !self.containers.has_marker() {
            return;
        }
        self.note_cut_word(&paragraph);
        let lines = paragraph.lines(self.room());
        self.block(lines, offset);
    }

    /// A word of ours, at the side where reading begins.
    pub(super) fn own_words(&mut self, run: Run) {
        let offset = run.offset;
        let mut runs = self.containers.take_hidden_markers(offset);
        runs.push(run);
        let base = Level::default().within(self.containers.direction());
        let mut lines = Paragraph::new(&runs).lines(self.room());
        for line in &mut lines {
            line.embed(base);
            line.base = base;
        }
        self.block(lines, offset);
    }

    /// Notes a word that is cut, if somebody asked.
    pub(super) fn note_cut_word(&mut self, paragraph: &Paragraph) {
        let (room, indent) = (self.room(), self.containers.indent());
        if let Some(strains) = &mut self.strains
            && let Some((text, offset)) = paragraph.cut_word(room)
        {
            let needed = indent + text.width();
            strains.push(Strain { kind: StrainKind::Word, text, needed, offset });
        }
    }

    pub(super) fn verbatim(&mut self, text: &str, offset: usize, role: Role, at_margin: bool) {
        self.hidden_markers(offset);
        let room = self.room();
        let indent = if role == Role::Code && room >= 12 { 2 } else { 0 };
        let style = Style { role, ..Style::default() };
        let mut lines = verbatim(text, offset, style, room - indent, at_margin);
        if indent > 0 {
            for line in lines.iter_mut().filter(|line| !line.spans.is_empty()) {
                line.spans.insert(0, Span::new(Printable::new("  "), Style::default()));
            }
        }
        if !lines.is_empty() {
            self.block(lines, offset);
        }
    }

    /// Markers that found no room beside the text get lines of their own above it.
    pub(super) fn hidden_markers(&mut self, offset: usize) {
        let runs = self.containers.take_hidden_markers(offset);
        if !runs.is_empty() {
            let lines = Paragraph::within(self.containers.direction(), &runs).lines(self.room());
            self.block(lines, offset);
            self.gap = false;
        }
    }
}

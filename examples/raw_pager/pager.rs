//! A text, paged through as it is.

use std::io;
use std::ops::Range;
use std::path::Path;

use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

/// A text and the full screen to page through it on.
pub(crate) struct Pager {
    text: String,
    terminal: ratatui::DefaultTerminal,
}

impl Pager {
    /// Reads the file and takes the terminal over.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { text: std::fs::read_to_string(path)?, terminal: ratatui::try_init()? })
    }

    /// Pages through the text until `q` is pressed.
    pub(crate) fn run(mut self) -> io::Result<()> {
        let ended = page_through(&mut self.terminal, &self.text);
        ratatui::try_restore()?;
        ended
    }
}

fn page_through(terminal: &mut ratatui::DefaultTerminal, text: &str) -> io::Result<()> {
    let lines = line_ranges(text);
    let mut top = 0_usize;
    loop {
        let mut page = 1;
        terminal.draw(|frame| {
            page = usize::from(frame.area().height).max(1);
            let seen = lines.iter().skip(top).take(page);
            let seen: Vec<Line<'_>> = seen.map(|line| Line::from(&text[line.clone()])).collect();
            frame.render_widget(Paragraph::new(seen), frame.area());
        })?;
        let Event::Key(key) = event::read()? else { continue };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        top = match key.code {
            KeyCode::PageDown => (top + page).min(lines.len().saturating_sub(page)),
            KeyCode::PageUp => top.saturating_sub(page),
            KeyCode::Char('q') => return Ok(()),
            _ => top,
        };
    }
}

fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for end in text.match_indices('\n').map(|(at, _)| at) {
        ranges.push(start..end);
        start = end + 1;
    }
    ranges.push(start..text.len());
    ranges
}

//! Links that the terminal itself knows (OSC 8), so that it can show where they lead when the mouse is over them.
//!
//! ratatui's cells hold no address, and a terminal keeps the address of a cell until the cell is written again. So every
//! cell of a link is marked with a number in a place that we use for nothing else, the colour of its underline: a cell whose
//! link has changed differs from what is on the screen and is written again. [`LinkBackend`] takes the mark for the address.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ratatui::backend::{Backend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;

use crate::address::Address;
use crate::digest::Digest;
use crate::markup::Link;
use crate::tui::pictures::Shelf;
use crate::tui::sgr;

/// The addresses of links that were drawn, shared by who draws them and who writes them to the terminal.
#[derive(Debug, Clone, Default)]
pub struct Hyperlinks(Arc<Mutex<BTreeMap<[u8; 3], String>>>);

impl Hyperlinks {
    /// The mark for cells that lead to `address`; `None` for an address that is not safe to hand to a terminal, or that
    /// something has to be said about first, or whose mark is another address's already.
    #[must_use]
    pub fn mark(&self, address: &str) -> Option<Color> {
        let digest = Digest::of(address.as_bytes());
        let [r, g, b, ..] = *digest.as_bytes();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&[r, g, b]) {
            Some(held) if held == address => {}
            None if is_beyond_doubt(address) => drop(known.insert([r, g, b], address.to_owned())),
            Some(_) | None => return None,
        }
        Some(Color::Rgb(r, g, b))
    }

    /// The mark for cells of a link of a text; `None`, too, where something has to be said about its words first.
    #[must_use]
    pub fn mark_link(&self, link: &Link) -> Option<Color> {
        let is_clear = Address::of_link(link.text.as_str(), &link.address).doubts().is_empty();
        is_clear.then(|| self.mark(&link.address)).flatten()
    }

    /// The address that a cell with this mark leads to.
    pub(super) fn address(&self, mark: Color) -> Option<String> {
        let Color::Rgb(r, g, b) = mark else { return None };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&[r, g, b]).cloned()
    }
}

/// Whether an address may be handed to the terminal, which opens it at a click without a word about it.
fn is_beyond_doubt(written: &str) -> bool {
    let address = Address::read(written);
    address.target() == Ok(written) && address.doubts().is_empty()
}

/// A backend that writes cells itself, those that are marked as links.
#[derive(Debug)]
pub struct LinkBackend<B> {
    inner: B,
    links: Hyperlinks,
    shelf: Shelf,
    /// Says how large the terminal is; what it does not know, `inner` is asked.
    measure: fn() -> Option<Size>,
}

impl<B> LinkBackend<B> {
    /// Writes through `inner`; `links` knows the addresses, and `shelf` what the terminal need not keep any more.
    pub fn new(inner: B, links: Hyperlinks, shelf: Shelf) -> Self {
        Self { inner, links, shelf, measure: || None }
    }

    /// This backend on a terminal that `measure` knows the size of.
    #[must_use]
    pub fn measured_by(self, measure: fn() -> Option<Size>) -> Self {
        Self { measure, ..self }
    }
}

impl<B: Backend<Error = std::io::Error> + std::io::Write> Backend for LinkBackend<B> {
    type Error = std::io::Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Self::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut cells = content.peekable();
        while let Some((_, _, first)) = cells.peek() {
            let mark = first.underline_color;
            let run = std::iter::from_fn(|| cells.next_if(|(_, _, cell)| cell.underline_color == mark));
            self.write_run(run, mark)?;
        }
        self.inner.write_all(self.shelf.removals().as_bytes())
    }

    fn append_lines(&mut self, lines: u16) -> Result<(), Self::Error> {
        self.inner.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ratatui::backend::ClearType) -> Result<(), Self::Error> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, Self::Error> {
        (self.measure)().map_or_else(|| self.inner.size(), Ok)
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Backend::flush(&mut self.inner)
    }
}

impl<B: Backend<Error = std::io::Error> + std::io::Write> LinkBackend<B> {
    /// Writes this before the next frame.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn precede(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.inner.write_all(bytes)
    }

    fn write_run<'a>(
        &mut self,
        cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
        mark: Color,
    ) -> std::io::Result<()> {
        match self.links.address(mark) {
            None => sgr::write_cells(&mut self.inner, cells),
            Some(address) => {
                // The identifier joins the parts of a link that is broken over lines.
                write!(self.inner, "\x1b]8;id={:x};{address}\x1b\\", number(mark))?;
                sgr::write_cells(&mut self.inner, cells)?;
                write!(self.inner, "\x1b]8;;\x1b\\")
            }
        }
    }
}

fn number(mark: Color) -> u32 {
    match mark {
        Color::Rgb(r, g, b) => u32::from_be_bytes([0, r, g, b]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::{TerminalOptions, Viewport};

    use super::*;
    use crate::course;
    use crate::tui::message::{Destination, Message};
    use crate::tui::testing::{Stage, small_course};

    /// What the terminal gets for a line of text whose last four cells lead to `address`, after `before` was drawn.
    fn written(before: Option<&str>, address: &str) -> String {
        let links = Hyperlinks::default();
        let bytes = SharedBytes::default();
        let backend = LinkBackend::new(CrosstermBackend::new(bytes.clone()), links.clone(), Shelf::default());
        let area = Rect::new(0, 0, 12, 1);
        let mut terminal =
            Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(area) })
                .expect("in memory");
        for address in before.into_iter().chain([address]) {
            bytes.0.lock().expect("one thread").clear();
            terminal
                .draw(|frame| {
                    let style =
                        links.mark(address).map_or(Style::new(), |mark| Style::new().underline_color(mark));
                    frame.buffer_mut().set_string(0, 0, "see the page", Style::new());
                    frame.buffer_mut().set_string(8, 0, "page", style);
                })
                .expect("in memory");
        }
        let bytes = bytes.0.lock().expect("one thread").clone();
        String::from_utf8(bytes).expect("text")
    }

    #[derive(Clone, Default)]
    struct SharedBytes(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for SharedBytes {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("one thread").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_link_is_opened_before_its_cells_and_closed_behind_them() {
        let written = written(None, "https://example.org/a");
        let (_, link) = written.split_once("\x1b]8;id=").expect("a link begins");
        let (opened, rest) = link.split_once("\x1b\\").expect("the address ends");
        assert!(opened.ends_with(";https://example.org/a"), "{opened}");
        let (cells, _) = rest.split_once("\x1b]8;;\x1b\\").expect("the link ends");
        assert!(cells.contains("page"), "{cells:?}");
        assert!(!written.contains("58;2;"), "the mark itself is not written: {written:?}");
    }

    #[test]
    fn the_same_text_with_another_address_is_written_again() {
        let written = written(Some("https://example.org/a"), "https://example.org/b");
        assert!(written.contains("https://example.org/b") && written.contains("page"), "{written:?}");
    }

    #[test]
    fn no_address_reaches_the_terminal_that_could_be_more_than_one() {
        for address in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://a\x1b]52;c;aGk=\x07",
            "https://a b",
            "https://é",
            "https://xn--exmple-4nf.com",
            "https://bank.example@evil.example/",
            "http://example.org/",
        ] {
            assert!(!written(None, address).contains("\x1b]8"), "{address:?}");
        }
        for address in ["https://example.org/?a=1&b=%20#x", "http://[::1]/", "mailto:ada@example.org"] {
            assert!(written(None, address).contains("\x1b]8"), "{address}");
        }
    }

    /// What the terminal gets for a lesson with this text.
    fn written_for_lesson(text: &str) -> String {
        let mut files = (*small_course().files).clone();
        files.insert("lessons/2.md".to_owned(), format!("# A\n\n{text}\n").into_bytes());
        let links = Hyperlinks::default();
        let course = Arc::new(course::parse(files).expect("no faults"));
        let mut stage = Stage::linking(80, 24, course, links.clone());
        stage.message(Message::Go(Destination::Lesson(1)));
        let bytes = SharedBytes::default();
        let mut backend = LinkBackend::new(CrosstermBackend::new(bytes.clone()), links, Shelf::default());
        let drawn = stage.terminal.backend().buffer();
        let cells = Buffer::empty(drawn.area);
        backend.draw(cells.diff(drawn).into_iter()).expect("in memory");
        let bytes = bytes.0.lock().expect("one thread").clone();
        String::from_utf8(bytes).expect("text")
    }

    /// The terminal would open it at a click, and nobody would have said that it is not what its words say.
    #[test]
    fn no_link_reaches_the_terminal_whose_words_name_somebody_else() {
        let evil = "https://evil.example/";
        for words in ["paypal.com", "see https://paypal.com/ now", "*www.paypal.com*"] {
            let told = written_for_lesson(&format!("[{words}]({evil})"));
            assert!(!told.contains("\x1b]8"), "{words}: {told:?}");
        }
        assert!(!written_for_lesson("[it@paypal.com](mailto:it@evil.example)").contains("\x1b]8"));
        for words in ["the page", "evil.example"] {
            assert!(written_for_lesson(&format!("[{words}]({evil})")).contains(&format!(";{evil}\x1b")));
        }
        // The same address in honest words does not make it known for the others.
        let both = written_for_lesson(&format!("[the page]({evil})\n\n[paypal.com]({evil})"));
        assert_eq!(both.matches(&format!(";{evil}\x1b")).count(), 1, "{both:?}");
    }
}

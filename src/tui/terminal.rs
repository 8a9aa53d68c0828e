//! The terminal of this process: set up, given back whatever happens, listened to without spinning.
//!
//! Terminal, signals and panic hook belong to the whole process, so this is the one part of the face that can exist only
//! once in it. Faces over other connections bring their own [`Session`](crate::tui::run::Session).

#[cfg(unix)]
mod guard;
#[cfg(unix)]
mod name;
mod output;
#[cfg(unix)]
mod split;
#[cfg(unix)]
#[path = "terminal/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "terminal/windows.rs"]
mod system;

use std::{fmt, io};

pub use output::Output;
pub(super) use system::is_hang_up;
#[cfg(unix)]
pub use system::somebody_can_continue;
pub use system::{Bell, ProcessSession};

use ratatui::Terminal;
use ratatui::backend::{Backend as _, CrosstermBackend, WindowSize};
use ratatui::layout::Size;

use crate::config::{Motion, Mouse};
use crate::markup::Bidi;
use crate::picture::Pixels;
use crate::tui::hyperlinks::{Hyperlinks, LinkBackend};
use crate::tui::modes::Modes;
use crate::tui::pictures::Shelf;
use crate::tui::still::Still;

/// Why the terminal of this process cannot show a face.
#[derive(Debug)]
pub enum OpenError {
    /// Standard input or output is a file, a pipe or nothing.
    NotATerminal,
    /// It could not be set up.
    Io(io::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATerminal => f.write_str("standard input and output are not a terminal"),
            Self::Io(_) => f.write_str("cannot set up the terminal"),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotATerminal => None,
            Self::Io(error) => Some(error),
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The terminal of this process, as frames are drawn on it.
pub type Screen = Terminal<LinkBackend<CrosstermBackend<Output>>>;

/// The terminal of this process, listened to, before a face is on it.
#[derive(Debug)]
pub struct Found {
    session: ProcessSession,
    output: Output,
    links: Hyperlinks,
    shelf: Shelf,
    /// Whether it is ours already. Before that nothing of it has changed.
    taken: bool,
    /// What is on it already.
    shown: Option<Still>,
}

/// Looks for the terminal of this process, which will be used in these modes. Marked cells will be written as the `links` that they stand
/// for, and pictures that it keeps stand on the `shelf`. If there is a `still` that fits it, it is taken over at once to show that.
///
/// # Errors
/// When there is none, or it cannot be listened to, or set up.
pub fn find(links: Hyperlinks, shelf: Shelf, modes: Modes, still: Option<Still>) -> Result<Found, OpenError> {
    let (session, watch) = ProcessSession::start(shelf.clone(), modes)?;
    let output = session.output()?;
    let mut found = Found { session, output, links, shelf, taken: false, shown: None };
    // Before the watch: the system has a new thread take turns with the one that begins it.
    if let Some(still) = still
        && size()? == still.size()
    {
        found.show(still)?;
    }
    watch.begin()?;
    Ok(found)
}

impl Found {
    /// Takes the terminal over and shows this, unless the terminal does not take it.
    fn show(&mut self, still: Still) -> io::Result<()> {
        still.name_links(&self.links);
        let mut bytes = self.session.take()?;
        self.taken = true;
        let output = CrosstermBackend::new(&mut bytes);
        let mut backend = LinkBackend::new(output, self.links.clone(), self.shelf.clone());
        backend.draw(still.written().iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        if let Some(cursor) = still.cursor() {
            backend.set_cursor_position(cursor)?;
            backend.show_cursor()?;
        }
        if self.session.write(&bytes) {
            if still.greets() {
                self.session.drop_typed_ahead();
            }
            self.shown = Some(still);
        }
        Ok(())
    }

    /// Makes what frames are drawn with, and takes what is shown already for the last one. Page by page the system hands out the memory
    /// of two frames, which takes longer than drawing one, so another thread may do this meanwhile.
    ///
    /// # Errors
    /// When the terminal does not say how large it is.
    pub fn screen(&self) -> io::Result<Screen> {
        let output = CrosstermBackend::new(self.output.try_clone()?);
        let backend = LinkBackend::new(output, self.links.clone(), self.shelf.clone());
        let measure = || system::window_size().map(|window| window.columns_rows);
        let mut screen = Terminal::new(backend.measured_by(measure))?;
        let buffer = screen.current_buffer_mut();
        if let Some(still) = &self.shown
            && still.size() == buffer.area.as_size()
        {
            still.draw(buffer);
            screen.swap_buffers();
        }
        Ok(screen)
    }

    /// Whether it is ours already.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.taken
    }

    /// Says this on the last row of what is shown already, if something is, until the first frame.
    ///
    /// # Errors
    /// When the terminal does not take it.
    pub fn say(&self, screen: &mut Screen, words: &str) -> io::Result<()> {
        let Some(still) = &self.shown else { return Ok(()) };
        screen.draw(|frame| {
            // The terminal may have become another one meanwhile. Then nothing is left to say it on.
            if let Some(cursor) = still.draw_saying(frame.buffer_mut(), words) {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
    }

    /// Takes the terminal over, unless that was done already; what it is told comes with the first frame on `screen`. It is given back
    /// when the session is dropped, when any thread panics, and when a signal ends or stops the program. Gives what is shown already.
    ///
    /// # Errors
    /// When it cannot be set up; then nothing has changed that had not changed before.
    pub fn take(mut self, screen: &mut Screen) -> Result<(ProcessSession, Option<Still>), OpenError> {
        let size = screen.current_buffer_mut().area.as_size();
        let shown = self.shown.filter(|still| still.size() == size);
        if !self.taken {
            let entrance = self.session.take()?;
            screen.backend_mut().precede(&entrance)?;
        } else if shown.is_none() {
            // Not all of it was taken, or the terminal has become another one since then.
            screen.backend_mut().clear()?;
        }
        Ok((self.session, shown))
    }
}

/// How large the terminal of this process is, in cells.
///
/// # Errors
/// When it does not say so.
pub fn size() -> io::Result<Size> {
    match system::window_size() {
        Some(window) => Ok(window.columns_rows),
        None => crossterm::terminal::size().map(Size::from),
    }
}

/// How many pixels a cell of the terminal of this process has, if the system knows. The terminal itself is not asked.
#[must_use]
pub fn cell_size() -> Option<Pixels> {
    let WindowSize { columns_rows, pixels } = system::window_size()?;
    let part = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|part| *part > 0).map(u32::from);
    Some(Pixels {
        width: part(pixels.width, columns_rows.width)?,
        height: part(pixels.height, columns_rows.height)?,
    })
}

/// Alternate screen, bracketed paste, no cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[2J";

/// The bytes that bring a terminal from the modes `before` into `modes`; `None` when it was told nothing yet.
fn told(modes: Modes, before: Option<Modes>) -> Vec<u8> {
    let has_other_order = before.map(|before| before.bidi) != Some(modes.bidi);
    let has_other_mouse = before.map_or(Mouse::Off, |before| before.mouse) != modes.mouse;
    let has_other_cursor = before.map_or(Motion::Terminal, |before| before.motion) != modes.motion;
    let parts = [
        has_other_order.then(|| order(modes.bidi)),
        has_other_mouse.then(|| mouse(modes.mouse)),
        has_other_cursor.then(|| cursor(modes.motion)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().concat()
}

/// What gives back a terminal that is in these modes.
fn farewell(modes: Modes) -> Vec<u8> {
    let own = if modes.motion == Motion::Still { cursor(Motion::Terminal) } else { b"" };
    [own, LEAVE].concat()
}

/// Whether a terminal that puts right-to-left text into order by itself is to do so (ECMA-48, bi-directional support mode). Where we do
/// it, each line would be turned round twice.
const fn order(bidi: Bidi) -> &'static [u8] {
    if bidi.is_ours() { b"\x1b[8l" } else { b"\x1b[8h" }
}

/// Whether the cursor blinks (DECSCUSR): a block that does not, or as the terminal has it. The shell may have chosen another, so one that
/// was told nothing is not told to be as it is.
const fn cursor(motion: Motion) -> &'static [u8] {
    match motion {
        Motion::Terminal => b"\x1b[0 q",
        Motion::Still => b"\x1b[2 q",
    }
}

/// Buttons and wheel of the mouse, and its motion while a button is down (SGR coordinates; no other motion, which would wake us for
/// nothing), or the mouse is the terminal's. A terminal that does not know the second mode stays in the first.
#[cfg(unix)]
const fn mouse(mouse: Mouse) -> &'static [u8] {
    match mouse {
        Mouse::On => b"\x1b[?1000h\x1b[?1002h\x1b[?1006h",
        Mouse::Off => b"\x1b[?1006l\x1b[?1002l\x1b[?1000l",
    }
}

/// The console's mouse is no matter of bytes.
#[cfg(windows)]
const fn mouse(_mouse: Mouse) -> &'static [u8] {
    b""
}

/// The reverse, in reverse order, and every attribute off; each part does no harm when it is not needed.
const LEAVE: &[u8] =
    b"\x1b[0m\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?25h\x1b[8h\x1b[?1049l\x1b[0m\x1b[?25h";

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Modes = Modes { mouse: Mouse::On, bidi: Bidi::Auto, motion: Motion::Terminal };

    fn words(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).replace('\u{1b}', "ESC")
    }

    #[test]
    fn a_terminal_is_told_only_what_is_otherwise() {
        let check = |modes: Modes, before: Option<Modes>, expected: &str| {
            assert_eq!(words(&told(modes, before)), expected, "{modes:?} after {before:?}");
        };
        let still = Modes { motion: Motion::Still, ..USUAL };
        check(USUAL, Some(USUAL), "");
        check(still, Some(USUAL), "ESC[2 q");
        check(USUAL, Some(still), "ESC[0 q");
        check(Modes { bidi: Bidi::Terminal, ..still }, Some(still), "ESC[8h");
        // A cursor that the shell has chosen stays as it is.
        let silent = Modes { mouse: Mouse::Off, ..USUAL };
        check(silent, None, "ESC[8l");
        check(Modes { motion: Motion::Still, ..silent }, None, "ESC[8lESC[2 q");
    }

    /// The console's mouse is no matter of bytes.
    #[cfg(unix)]
    #[test]
    fn the_mouse_is_taken_and_given_back() {
        let silent = Modes { mouse: Mouse::Off, ..USUAL };
        assert_eq!(words(&told(silent, Some(USUAL))), "ESC[?1006lESC[?1002lESC[?1000l");
        assert_eq!(words(&told(USUAL, Some(silent))), "ESC[?1000hESC[?1002hESC[?1006h");
        assert_eq!(words(&told(USUAL, None)), "ESC[8lESC[?1000hESC[?1002hESC[?1006h");
        assert_eq!(words(&told(silent, None)), "ESC[8l");
    }

    #[test]
    fn only_a_cursor_that_was_made_to_stand_still_is_given_back() {
        assert_eq!(farewell(USUAL), LEAVE);
        let still = Modes { motion: Motion::Still, ..USUAL };
        assert_eq!(farewell(still), [b"\x1b[0 q", LEAVE].concat());
    }
}

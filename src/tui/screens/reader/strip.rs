//! What is said about what is marked in a text, on the last rows of the screen; and there, to who comes back, where they are.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget as _};

use super::Reader;
use super::links::LinkStep;
use super::marks::Marked;
use super::pictures::Closer;
use crate::markup::{Picture, PictureWords};
use crate::printable::Printable;
use crate::tui::pane::Pane;
use crate::tui::pictures::Gallery;
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

/// So many rows at most say what is in a marked picture: the picture is to be seen above them.
const ROWS_ABOUT_PICTURE: usize = 5;

impl Reader {
    /// Draws what belongs to the mark, over the text: a sign beside a picture, and all that is to be known before something
    /// is done with what is marked.
    pub fn view_mark<M>(&self, settings: &Settings, pane: &mut Pane<'_, M>, message: impl Fn(LinkStep) -> M) {
        let theme = settings.theme;
        if let Some(mark) = &self.links.mark
            && let Some((column, row)) = self.place_of_mark(mark, settings)
        {
            pane.cursor(column, row);
            if let (Marked::Picture(_), Some(beside)) = (mark, self.margin.checked_sub(1)) {
                pane.line(beside, row, &Line::from(text::own("›", theme.key())));
            }
        }
        let area = pane.area();
        let rows = self.strip();
        let height = u16::try_from(rows.len()).unwrap_or(area.height).min(area.height);
        let top = area.height - height;
        Clear.render(Rect { y: area.y + top, height, ..area }, pane.buffer());
        for (row, (part, words)) in (top..area.height).zip(rows) {
            let style = match part {
                Part::Rule => theme.muted(),
                Part::Address => theme.link(),
                Part::Doubt => theme.caution(),
                Part::Title => theme.strong(),
                Part::Words => theme.text(),
                Part::Greeting(style) => style,
            };
            pane.line(self.margin, row, &Line::from(text::title(&words, style, theme)));
            if self.links.mark.is_some() {
                pane.hit(0..area.width, row, message(LinkStep::Follow));
            }
        }
    }

    /// How many rows at the bottom of the screen are taken by what is said about what is marked, or to who comes back.
    pub(super) fn strip_height(&self) -> usize {
        self.strip().len()
    }

    /// What is said there, a row each.
    fn strip(&self) -> Vec<(Part, Printable)> {
        match (&self.links.mark, &self.greeting) {
            (Some(mark), _) => self.about(mark),
            (None, None) => Vec::new(),
            (None, Some(greeting)) => {
                let rows = greeting.rows(self.width(), text::most_rows_below(self.height));
                rows.into_iter().map(|(style, words)| (Part::Greeting(style), words)).collect()
            }
        }
    }

    /// What is said about what is marked, and no more than there is room for, because what comes next says all of it again.
    fn about(&self, mark: &Marked) -> Vec<(Part, Printable)> {
        let width = self.width();
        let rule = |name: &str| (Part::Rule, text::rule(name, width));
        let most = text::most_rows_below(self.height).max(1);
        let (mut rows, most) = match mark {
            Marked::Link { number, address, to } => {
                let mut rows = vec![rule(&format!("link {}", number + 1))];
                let to = to.iter().flat_map(|to| text::wrapped(to, width));
                rows.extend(to.map(|part| (Part::Title, part)));
                rows.extend(
                    text::wrapped(address.written(), width).into_iter().map(|part| (Part::Address, part)),
                );
                for doubt in address.doubts() {
                    let words = text::hanging("! ", &doubt.sentence(), width);
                    rows.extend(words.into_iter().map(|part| (Part::Doubt, part)));
                }
                (rows, most)
            }
            Marked::Note { label, note, .. } => {
                let mut rows = vec![rule(&format!("note {label}, Enter goes there"))];
                let words = text::wrapped(note.text.as_str(), width);
                rows.extend(words.into_iter().map(|part| (Part::Words, part)));
                (rows, most)
            }
            Marked::Picture(picture) => {
                let Picture { title, description, .. } = &**picture;
                let mut rows = vec![rule(about_enter(self.closer(picture)))];
                let said = |words: &Printable| text::wrapped(words.as_str(), width);
                if self.is_told(picture) {
                    return rows;
                }
                if !title.is_empty() {
                    rows.extend(said(title).into_iter().map(|part| (Part::Title, part)));
                }
                let words = if description.is_empty() { &"no description".into() } else { description };
                rows.extend(said(words).into_iter().map(|part| (Part::Words, part)));
                (rows, most.min(ROWS_ABOUT_PICTURE))
            }
        };
        if rows.len() > most {
            rows.truncate(most - 1);
            rows.push((Part::Words, "… Enter shows all of it".into()));
        }
        rows
    }

    /// Whether the text says all about a picture where it stands.
    fn is_told(&self, picture: &Picture) -> bool {
        let words = self.gallery.as_ref().map(Gallery::words);
        picture.cells.is_none() || words == Some(PictureWords::All)
    }
}

/// What a marked picture is, and what Enter shows of it.
fn about_enter(closer: Closer) -> &'static str {
    match closer {
        Closer::Picture => "picture, Enter enlarges",
        Closer::Words => "picture, Enter shows its words",
        Closer::Reason => "picture that is not shown, Enter says why",
    }
}

/// What a row about the mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Rule,
    Address,
    Doubt,
    Title,
    Words,
    /// What is said to who comes back.
    Greeting(Style),
}

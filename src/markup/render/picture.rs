//! A picture on lines of its own: the room for it and a caption, or a frame with words.

use std::sync::Arc;

use super::page::Page;
use super::{Paragraph, Run, RunKind, drawn, line_width};
use crate::markup::picture::{Cells, Picture, PictureLine, PictureRoom, PictureSpace, PictureWords};
use crate::markup::plain_text::one_line;
use crate::markup::{Line, Role, Span, Style};
use crate::printable::Printable;

/// A picture that gets fewer columns shows nothing.
const NARROWEST: usize = 8;

impl Page {
    /// Lays out a picture that stands alone; `pictures` says how much room it gets, if it is drawn.
    pub(super) fn picture(&mut self, run: &Run, pictures: Option<&dyn PictureRoom>) {
        let RunKind::Picture { path, title, .. } = &run.kind else { return };
        self.hidden_markers(run.offset);
        let room = self.room();
        let columns = u16::try_from(room).unwrap_or(u16::MAX);
        let space = pictures.filter(|_| room >= NARROWEST).map(|given| given.space(path, columns));
        let cells = match &space {
            Some(PictureSpace::Cells(cells)) => {
                Some(*cells).filter(|cells| cells.columns <= columns && cells.rows > 0)
            }
            Some(PictureSpace::TooSmall(_) | PictureSpace::Nothing(_)) | None => None,
        };
        let picture = Arc::new(Picture {
            description: one_line(&run.text),
            title: one_line(title),
            address: path.clone(),
            offset: run.offset,
            cells,
        });
        let words = match (cells.and(pictures).map(PictureRoom::words), space) {
            (Some(PictureWords::Line), _) => caption(&picture, room),
            (Some(PictureWords::All), _) => described(&picture, title_of(run), room),
            (None, Some(PictureSpace::TooSmall(remedy))) => {
                framed(&picture, title_of(run), run.style, room, &format!("picture: {remedy}"), File::Unsaid)
            }
            // Who looks for the fault, wants to know in which file.
            (None, Some(PictureSpace::Nothing(why))) => {
                framed(&picture, title_of(run), run.style, room, "picture", File::Faulty(&why))
            }
            (None, Some(PictureSpace::Cells(_)) | None) => {
                framed(&picture, title_of(run), run.style, room, "picture", File::Unsaid)
            }
        };
        let mut lines: Vec<Line> = cells.map(|cells| free(&picture, cells)).into_iter().flatten().collect();
        let about = PictureLine { picture, row: None };
        for mut line in words {
            // A title stands in the source behind the description, and above it on the screen.
            if line.offset == title_at(run) {
                line.offset = run.offset;
            }
            lines.push(Line { picture: Some(about.clone()), ..line });
        }
        self.block(lines, run.offset);
    }
}

/// The title of a picture that stands alone, as text that is looked for. In a line of text it is not shown.
pub(in crate::markup) fn title_of(run: &Run) -> Option<Run> {
    let RunKind::Picture { title, title_at, .. } = &run.kind else { return None };
    let title = one_line(title);
    let run = Run { kind: RunKind::Rewritten, ..Run::new(title.as_str(), Style::default(), *title_at) };
    (!title.is_empty()).then_some(run)
}

fn title_at(run: &Run) -> usize {
    match run.kind {
        RunKind::Picture { title_at, .. } => title_at,
        RunKind::Text
        | RunKind::Verbatim
        | RunKind::Sign
        | RunKind::Rewritten
        | RunKind::Note
        | RunKind::Break => run.offset,
    }
}

/// The lines that are kept free.
fn free(picture: &Arc<Picture>, cells: Cells) -> impl Iterator<Item = Line> {
    let (blanks, offset) = (Printable::new(&" ".repeat(usize::from(cells.columns))), picture.offset);
    (0..cells.rows).map(move |row| {
        let style = Style { role: Role::Picture, ..Style::default() };
        let picture = Some(PictureLine { picture: Arc::clone(picture), row: Some(row) });
        Line { spans: vec![Span::new(blanks.clone(), style)], offset, picture, ..Line::default() }
    })
}

/// A line about a picture that is seen: its title, and as much of its description as there is room for.
fn caption(picture: &Picture, room: usize) -> Vec<Line> {
    let words = [picture.title.as_str(), picture.description.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let cut = Printable::new(&format!("picture: {}", words.join(": "))).cut(room);
    let style = Style { role: Role::Image, ..Style::default() };
    let run = Run { text: cut.as_str().to_owned(), style, offset: picture.offset, kind: RunKind::Sign };
    let mut lines = Paragraph::new(&[run]).lines(room);
    lines.truncate(1);
    lines
}

/// Everything that there is to say about it.
fn described(picture: &Picture, title: Option<Run>, room: usize) -> Vec<Line> {
    let image = Style { role: Role::Image, ..Style::default() };
    let runs = [
        Some(sign("picture: ", image, picture.offset)),
        title.map(|title| Run { style: image, ..title }),
        (!picture.title.is_empty() && !picture.description.is_empty())
            .then(|| sign(": ", image, picture.offset)),
        Some(Run::new(picture.description.as_str(), Style::default(), picture.offset)),
    ];
    let runs: Vec<Run> = runs.into_iter().flatten().collect();
    if picture.title.is_empty() && picture.description.is_empty() {
        return Vec::new();
    }
    Paragraph::new(&runs).lines(room)
}

/// Words that are not looked for: a search goes through what the author says.
fn sign(text: &str, style: Style, offset: usize) -> Run {
    Run { kind: RunKind::Sign, ..Run::new(text, style, offset) }
}

/// What of a file is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File<'a> {
    /// Why it is not drawn, and its name.
    Faulty(&'a str),
    /// Only where there is nothing else to tell.
    Unsaid,
}

/// What it shows in a frame, where nobody sees it.
fn framed(
    picture: &Picture,
    title: Option<Run>,
    style: Style,
    room: usize,
    heading: &str,
    file: File<'_>,
) -> Vec<Line> {
    let offset = picture.offset;
    let image = Style { role: Role::Image, ..style };
    let muted = Style { role: Role::Muted, ..Style::default() };
    let description = picture.description.as_str();
    let (why, is_named) = match file {
        File::Faulty(why) => (Some(format!("not shown: {why}")), true),
        File::Unsaid => (None, picture.title.is_empty() && description.is_empty()),
    };
    let text = [
        title.map(|title| Run { style: Style { strong: true, ..muted }, ..title }),
        (!description.is_empty()).then(|| Run::new(description, Style::default(), offset)),
        why.map(|why| sign(&why, muted, offset)),
        (is_named && !picture.address.is_empty()).then(|| sign(&picture.address, muted, offset)),
    ];
    let framed = room >= 16;
    let heading = Printable::new(heading);
    let inner = if framed { room - 4 } else { room };
    let body = text.iter().flatten().flat_map(|run| Paragraph::new(std::slice::from_ref(run)).lines(inner));
    let mut body: Vec<Line> = body.collect();
    if !framed {
        let mut lines = Paragraph::new(&[sign(&format!("{heading}:"), image, offset)]).lines(room);
        lines.append(&mut body);
        return lines;
    }
    let heading = heading.cut(room.saturating_sub(6));
    let widest = body.iter().map(line_width).max().unwrap_or(0).max(heading.width() + 2);
    let line = |left, text: &str, right| drawn(&format!("{left}{text}{right}"), image, offset);
    let rest = "─".repeat(widest - heading.width());
    let mut lines = vec![line("┌", &format!(" {heading} {rest}"), "┐")];
    for mut inner in body {
        let free = Printable::new(&" ".repeat(widest - line_width(&inner)));
        let level = std::mem::take(&mut inner.base);
        inner.spans.insert(0, Span::new(Printable::new("│ "), image));
        inner.spans.push(Span { level, ..Span::new(free, image) });
        inner.spans.push(Span::new(Printable::new(" │"), image));
        lines.push(inner);
    }
    lines.push(line("└", &"─".repeat(widest + 2), "┘"));
    lines
}

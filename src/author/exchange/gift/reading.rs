//! A GIFT question while it is read: its block, the format of its texts, and what was lost so far.

use crate::author::exchange::Note;
use crate::author::exchange::facts::Facts;
use crate::author::exchange::gift::blocks::Block;
use crate::author::exchange::gift::piece::Piece;
use crate::author::exchange::html;

/// How a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Moodle's own, also where nothing is said: plain text in which every line end counts and HTML may stand.
    Moodle,
    Html,
    Markdown,
    Plain,
}

/// A question while it is read.
#[derive(Debug)]
pub(super) struct Reading<'b> {
    pub block: &'b Block,
    /// Of texts that do not say how they are meant.
    pub format: Format,
    pub facts: Facts,
    pub losses: Vec<Note>,
    /// What is shown after answering.
    pub why: Option<String>,
}

/// Why a question is not taken.
pub(super) type Refused = Vec<Note>;

impl Reading<'_> {
    /// Why a question is not taken, with the place in its block.
    pub(super) fn refused(&self, at: usize, message: impl Into<String>, hint: impl Into<String>) -> Refused {
        vec![Note::with_hint(self.block.line_at(at), message, hint)]
    }

    /// Notes what is lost.
    pub(super) fn lost(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.losses.push(Note::with_hint(self.block.line_at(at), message, hint));
    }

    /// A text of the question as Markdown.
    pub(super) fn markdown(&mut self, piece: Piece<'_>) -> String {
        let (format, piece) = marked(piece.trim());
        self.converted(format.unwrap_or(self.format), &piece.text(), piece.start)
    }

    /// A text in a format as Markdown; `at` is its place in the block.
    pub(super) fn converted(&mut self, format: Format, text: &str, at: usize) -> String {
        let html = match format {
            Format::Markdown => return text.to_owned(),
            Format::Plain => return html::literal(text),
            Format::Moodle if !has_html(text) => return html::literal(text),
            Format::Moodle => text.replace('\n', "<br>\n"),
            Format::Html => text.to_owned(),
        };
        match html::markdown(&html) {
            Ok(converted) => {
                for loss in converted.losses {
                    self.lost(at, format!("not in Markdown: {loss}"), "look at the text in the quiz");
                }
                converted.markdown.trim().to_owned()
            }
            Err(reason) => {
                self.lost(
                    at,
                    format!("the HTML is left as it is: {reason}"),
                    "write this text anew in Markdown",
                );
                html::literal(text)
            }
        }
    }

    /// A text that is compared with what learners type, without its format marker.
    pub(super) fn typed(piece: Piece<'_>) -> String {
        marked(piece.trim()).1.text()
    }

    /// An optional Markdown text.
    pub(super) fn feedback(&mut self, piece: Option<Piece<'_>>) -> Option<String> {
        let piece = piece.filter(|piece| !piece.is_blank())?;
        Some(self.markdown(piece)).filter(|text| !text.trim().is_empty())
    }
}

/// The format that a text begins with, and the text behind it.
pub(super) fn marked(piece: Piece<'_>) -> (Option<Format>, Piece<'_>) {
    const MARKS: [(&str, Format); 4] = [
        ("[html]", Format::Html),
        ("[markdown]", Format::Markdown),
        ("[plain]", Format::Plain),
        ("[moodle]", Format::Moodle),
    ];
    let mark = MARKS.iter().find(|(mark, _)| piece.mask().starts_with(mark));
    match mark {
        Some((mark, format)) => (Some(*format), piece.skip(mark.len())),
        None => (None, piece),
    }
}

/// Whether a text could hold HTML tags or entities.
fn has_html(text: &str) -> bool {
    // The last `>` decides for all, so that many `<` are not each searched to the end.
    let closed = text.rfind('>').map_or("", |last| &text[..=last]);
    let entity = |after: &str| {
        let name =
            after.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        name > 0 && after[name..].starts_with(';')
    };
    closed.split('<').skip(1).any(begins_tag) || text.split('&').skip(1).any(entity)
}

fn begins_tag(after: &str) -> bool {
    let name = after.strip_prefix(['/', '!']).unwrap_or(after);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
}

/// Where a control character probably stands for itself and was not escaped: all others have a space before them and
/// this one has none, or it stands alone between spaces in a line and the others do not.
pub(super) fn stray_sign(answers: Piece<'_>, signs: &[char]) -> Option<usize> {
    let mask = answers.mask();
    let (mut tight, mut loose) = (None, None);
    let (mut has_spaced, mut has_joined) = (false, false);
    for (number, (at, sign)) in mask.match_indices(signs).enumerate() {
        let before = mask[..at].chars().next_back();
        let after = mask[at + sign.len()..].chars().next();
        let spaced = before.is_none_or(char::is_whitespace);
        let line_begins = mask[..at].trim_end_matches([' ', '\t']).ends_with('\n') || number == 0;
        if number > 0 {
            has_spaced |= spaced;
            if !spaced {
                tight = tight.or(Some(at));
            }
        }
        if !after.is_some_and(char::is_whitespace) {
            has_joined = true;
        } else if spaced && !line_begins {
            loose = loose.or(Some(at));
        }
    }
    tight.filter(|_| has_spaced).or(loose.filter(|_| has_joined))
}

//! The rows of a pad: what to do, the question, the answer, how sure one is; and once it is told, what was right.

use ratatui::layout::Size;

use super::body::Body;
use super::choice::Many;
use super::rows::{Layout, Page, Piece, Tone, space, width_of};
use super::sight::Part;
use super::{AnswerPad, CERTAINTIES, CertaintyLine, PadMessage, Source, Stage};
use crate::markup::Bidi;
use crate::printable::Printable;
use crate::quiz::mark::{self, Mark};
use crate::training::{earned_words, only_whole_earns};
use crate::tui::widgets::help;

/// An empty row, and how sure one is.
const ROWS_OF_CERTAINTY: usize = 2;

impl AnswerPad {
    /// What is typed is put into order by `bidi`.
    #[must_use]
    pub fn ordered_by(mut self, bidi: Bidi) -> Self {
        self.order_by(bidi);
        self
    }

    /// From now on what is typed is put into order by `bidi`.
    pub fn order_by(&mut self, bidi: Bidi) {
        self.bidi = bidi;
        self.lay_out();
    }

    pub(super) fn laid_out(&self, size: Size) -> Layout {
        let width = size.width;
        let focus = match self.stage {
            Stage::Answering => Some(self.focus),
            Stage::Revealed => None,
        };
        let room = Size::new(text_width(width), size.height);
        let mut page = Page::new(room, focus, self.bidi).carrying_over(self.carried_over());
        if let CertaintyLine::Asked(_) = self.certainty {
            page.keep_free(ROWS_OF_CERTAINTY);
        }
        match self.stage {
            Stage::Answering => self.write_instruction(&mut page, width),
            Stage::Revealed => self.write_outcome(&mut page),
        }
        page.blank();
        // A story was told to its end before: what is new comes first, and may be all that fits.
        let retold = self.stage == Stage::Revealed && matches!(self.body, Body::Story(_));
        if retold {
            self.write_why(&mut page);
            page.blank();
        }
        page.part(Part::Prompt, |page| {
            if width == self.window.width() {
                page.lines(Vec::new(), 0, self.prompt.clone());
            } else {
                page.markdown(Vec::new(), &self.question.prompt);
            }
        });
        page.blank();
        match self.stage {
            Stage::Answering => self.body.write(&mut page),
            Stage::Revealed => self.body.write_revealed(&mut page, &self.question),
        }
        page.part(Part::Certainty, |page| self.write_certainty(page));
        if self.stage == Stage::Revealed && !retold {
            self.write_why(&mut page);
        }
        page.layout
    }

    fn write_why(&self, page: &mut Page) {
        if let Some(why) = &self.question.why {
            page.blank();
            page.words(Vec::new(), "Why:", Tone::Strong);
            page.markdown(Vec::new(), why);
        }
        if let Some(source) = &self.source {
            page.blank();
            match source {
                Source::Named(words) => page.words(Vec::new(), &format!("Source: {words}"), Tone::Muted),
                Source::Listed(words) => page.option(PadMessage::ShowSource, |page| {
                    page.words(Vec::new(), words, Tone::Muted);
                }),
            }
        }
    }

    /// What is to be done. A key with what it does can be clicked, where it does one thing.
    fn write_instruction(&self, page: &mut Page, width: u16) {
        let instruction = self.instruction(width);
        let does_one = |keys| help::same(keys, |event| self.message_for_event(event));
        // What was not seen yet changes with every frame, and who decides is shown it first.
        let lasting = |message| if message == PadMessage::SeeRest { PadMessage::Decide } else { message };
        let clicks =
            self.keys_told().filter_map(|(keys, does)| Some((told(keys, does), lasting(does_one(keys)?))));
        let clicks: Vec<_> = clicks.collect();
        let write = |page: &mut Page| page.words_with_clicks(&instruction, Tone::Muted, &clicks);
        // That one of several is chosen is seen by the signs before them: it gives way where the room is short.
        match &self.body {
            Body::Choosing(choosing) if choosing.many() == Many::One => write(page),
            Body::Choosing(_)
            | Body::Matching(_)
            | Body::Ordering(_)
            | Body::Typing(_)
            | Body::Filling(_)
            | Body::Story(_) => page.part(Part::Instruction, write),
        }
    }

    /// The keys that are said beside what is to be done: for seeing all of it there are signs at the border.
    fn keys_told(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.keys_to_answer().into_iter().take(2)
    }

    /// What is to be done and, where a line has room for it, with which keys.
    fn instruction(&self, width: u16) -> String {
        let what = match &self.body {
            Body::Choosing(choosing) => choosing.instruction(),
            Body::Matching(_) => "Find the right side of every left side.",
            Body::Ordering(_) => "Put these in order, the first on top.",
            Body::Typing(typing) => typing.instruction(),
            Body::Filling(_) => "Fill the gaps.",
            Body::Story(_) => "Decide what to do next, step by step.",
        };
        let whole = only_whole_earns(&self.question).map_or_else(String::new, |words| format!(" {words}"));
        let what = match self.question.points.get() {
            1 => format!("{what}{whole}"),
            points => format!("{what} {points} points.{whole}"),
        };
        let keys: Vec<String> = self.keys_told().map(|(keys, does)| told(keys, does)).collect();
        if keys.is_empty() {
            return what;
        }
        let both = format!("{what}  ({})", keys.join(", "));
        let fits = Printable::new(&both).width() <= usize::from(text_width(width));
        match (&self.body, fits) {
            (_, true) => both,
            // Which side a key is for is not to be guessed.
            (Body::Matching(_), false) => format!("{what} (↑ ↓ left, 1-9 right)"),
            // Nor how one comes to the next gap.
            (Body::Filling(_), false) => format!("{what} (Tab next, 1-9 ← →)"),
            // Nor that something is to be done where the order is right as it stands.
            (Body::Ordering(_), false) => format!("{what} (K J move it, Space as it is)"),
            (Body::Choosing(_) | Body::Typing(_) | Body::Story(_), false) => what,
        }
    }

    fn write_outcome(&self, page: &mut Page) {
        let response = self.response();
        let Mark { earned, possible } = mark::mark(&self.question, response.as_ref());
        let score = mark::score(earned.into(), possible.into());
        let (words, tone) = match response {
            None => (format!("✗ not answered: {score}"), Tone::Wrong),
            Some(_) if earned == possible => (format!("✓ right: {score}"), Tone::Right),
            Some(_) if earned == 0 => (format!("✗ not right: {score}"), Tone::Wrong),
            Some(_) => (format!("~ partly right: {score}"), Tone::Strong),
        };
        page.words(Vec::new(), &words, tone);
        if let Some(words) = response.and_then(|response| earned_words(&self.question, &response)) {
            page.words(Vec::new(), &words, Tone::Plain);
        }
        if let Some(words) = self.of_mark {
            page.words(Vec::new(), words, Tone::Plain);
        }
    }

    fn write_certainty(&self, page: &mut Page) {
        let CertaintyLine::Asked(said) = self.certainty else { return };
        let item = self.body.items();
        page.blank();
        match self.stage {
            Stage::Revealed => {
                if let Some((_, word)) = CERTAINTIES.iter().find(|(certainty, _)| said == Some(*certainty)) {
                    page.words(Vec::new(), &format!("You said: {word}."), Tone::Muted);
                }
            }
            Stage::Answering => page.item(item, PadMessage::FocusOn(item), |page| {
                let question = Piece::new("How sure are you? (optional) ", Tone::Plain);
                let mut row = vec![page.focus_sign(item), question];
                let options: Vec<Piece> = CERTAINTIES
                    .iter()
                    .map(|(certainty, word)| {
                        let is_said = said == Some(*certainty);
                        let (sign, tone) =
                            if is_said { ("(•)", Tone::Strong) } else { ("( )", Tone::Plain) };
                        Piece::new(&format!("{sign} {word} "), tone)
                            .with_click(PadMessage::Certainty(*certainty))
                    })
                    .collect();
                if width_of(&row) + width_of(&options) > page.width() {
                    page.row(std::mem::replace(&mut row, vec![space(2)]));
                }
                row.extend(options);
                page.row(row);
            }),
        }
    }
}

/// The last two columns are kept for the signs that there is more.
pub(super) fn text_width(width: u16) -> u16 {
    width.saturating_sub(2).max(1)
}

/// Keys and what they do, as that is said in a line.
fn told(keys: &str, does: &str) -> String {
    format!("{keys} {does}")
}

//! The kinds of answering behind one face.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::markup::Bidi;
use crate::quiz::draw::in_order;
use crate::quiz::mark;
use crate::quiz::question::{Choice, Kind, Question};
use crate::quiz::response::Response;
use crate::tui::widgets::answer::choice::{Choosing, Many, ShownOption};
use crate::tui::widgets::answer::cloze::Filling;
use crate::tui::widgets::answer::matching::Matching;
use crate::tui::widgets::answer::order::Ordering;
use crate::tui::widgets::answer::rows::{Page, space};
use crate::tui::widgets::answer::sight::Part;
use crate::tui::widgets::answer::story::Story;
use crate::tui::widgets::answer::typed::{Typing, Wanted};
use crate::tui::widgets::answer::{PadMessage, Setting};
use crate::tui::widgets::text_field::TextField;

/// The kinds of answering.
#[derive(Debug, Clone)]
pub(super) enum Body {
    Choosing(Choosing),
    Matching(Matching),
    Ordering(Ordering),
    Typing(Typing),
    Filling(Filling),
    Story(Story),
}

impl Body {
    pub(super) fn new(kind: &Kind, order: &[String], response: Option<&Response>, setting: Setting) -> Self {
        let shown = |options: &[Choice]| {
            in_order(options.iter().map(ShownOption::of_choice).collect(), order, |option: &ShownOption| {
                option.id.clone()
            })
        };
        match kind {
            Kind::Single { options } => Self::Choosing(Choosing::new(shown(options), Many::One, response)),
            Kind::Multiple { options } => {
                Self::Choosing(Choosing::new(shown(options), Many::Several, response))
            }
            Kind::TrueFalse { answer } => {
                Self::Choosing(Choosing::new(ShownOption::truths(*answer), Many::One, response))
            }
            Kind::Match { pairs, extra } => Self::Matching(Matching::new(pairs, extra, order, response)),
            Kind::Order { items, .. } => Self::Ordering(Ordering::new(items, order, response)),
            Kind::Number(key) => Self::Typing(Typing::new(Wanted::Number(key.clone()), response)),
            Kind::Text(key) => Self::Typing(Typing::new(Wanted::Text(key.clone()), response)),
            Kind::Cloze { text, gaps } => Self::Filling(Filling::new(text, gaps, order, response)),
            Kind::Scenario { steps } => Self::Story(Story::new(steps, order, response, setting)),
        }
    }

    /// How many things take the focus.
    pub(super) fn items(&self) -> usize {
        match self {
            Self::Choosing(choosing) => choosing.items(),
            Self::Matching(matching) => matching.items(),
            Self::Ordering(ordering) => ordering.items(),
            Self::Typing(_) => 1,
            Self::Filling(filling) => filling.items(),
            Self::Story(story) => story.items(),
        }
    }

    /// Where a learner who comes (back) to the question goes on.
    pub(super) fn first_item(&self) -> usize {
        match self {
            Self::Choosing(choosing) => choosing.first_item(),
            Self::Matching(matching) => matching.first_item(),
            Self::Filling(filling) => filling.first_item(),
            Self::Ordering(_) | Self::Typing(_) | Self::Story(_) => 0,
        }
    }

    /// The first left side or gap that is left open.
    pub(super) fn first_open(&self) -> Option<usize> {
        match self {
            Self::Matching(matching) => matching.first_open(),
            Self::Filling(filling) => filling.first_open(),
            Self::Choosing(_) | Self::Ordering(_) | Self::Typing(_) | Self::Story(_) => None,
        }
    }

    /// Whether this left side or gap is left open.
    pub(super) fn is_open(&self, item: usize) -> bool {
        match self {
            Self::Matching(matching) => matching.is_open(item),
            Self::Filling(filling) => filling.is_open(item),
            Self::Choosing(_) | Self::Ordering(_) | Self::Typing(_) | Self::Story(_) => false,
        }
    }

    /// Whether the focus only points at what a key would choose or move, and is not itself what a number or a letter answers.
    pub(super) fn points_with_focus(&self) -> bool {
        match self {
            Self::Choosing(_) | Self::Ordering(_) | Self::Story(_) => true,
            Self::Matching(_) | Self::Typing(_) | Self::Filling(_) => false,
        }
    }

    pub(super) fn field(&self, item: usize) -> Option<&TextField> {
        match self {
            Self::Typing(typing) => (item == 0).then(|| typing.field()),
            Self::Filling(filling) => filling.field(item),
            Self::Choosing(_) | Self::Matching(_) | Self::Ordering(_) | Self::Story(_) => None,
        }
    }

    pub(super) fn message_for(&self, item: usize, key: KeyEvent) -> Option<PadMessage> {
        if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
            && matches!(key.code, KeyCode::Char(_))
        {
            return None;
        }
        match self {
            Self::Choosing(_) => Choosing::message_for(key),
            Self::Matching(_) => Matching::message_for(key),
            Self::Ordering(ordering) => ordering.message_for(item, key),
            Self::Typing(_) => None,
            Self::Filling(_) => Filling::message_for(key),
            Self::Story(story) => story.message_for(key),
        }
    }

    /// Does what `message` says to the answer; which item has the focus afterwards.
    pub(super) fn answer(&mut self, focus: usize, message: &PadMessage, bidi: Bidi) -> usize {
        match self {
            Self::Choosing(choosing) => match message {
                PadMessage::Choose(option) if *option < choosing.items() => {
                    choosing.choose(*option);
                    return *option;
                }
                PadMessage::Act if focus < choosing.items() => choosing.choose(focus),
                PadMessage::Clear => choosing.clear(),
                _ => {}
            },
            Self::Matching(matching) => match message {
                PadMessage::Choose(right) => matching.choose(focus, *right),
                PadMessage::Cycle(way) => matching.cycle(focus, *way),
                PadMessage::Clear => matching.clear(focus),
                _ => {}
            },
            Self::Ordering(ordering) => match message {
                PadMessage::Choose(place) if *place < ordering.items() => {
                    return ordering.place(focus, *place);
                }
                PadMessage::Shift(item, way) => return ordering.shift(*item, *way),
                PadMessage::Act | PadMessage::TakeOrder => ordering.confirm(),
                PadMessage::Clear => ordering.clear(),
                _ => {}
            },
            Self::Typing(typing) => match message {
                PadMessage::Edit(edit) => typing.edit(edit, bidi),
                PadMessage::EditIn(item, edit) => {
                    typing.edit(edit, bidi);
                    return *item;
                }
                _ => {}
            },
            Self::Filling(filling) => match message {
                PadMessage::Choose(option) => filling.choose(focus, *option),
                PadMessage::ChooseIn(gap, option) => {
                    filling.choose(*gap, *option);
                    return *gap;
                }
                PadMessage::Cycle(way) => filling.cycle(focus, *way),
                PadMessage::Edit(edit) => filling.edit(focus, edit, bidi),
                PadMessage::EditIn(gap, edit) => {
                    filling.edit(*gap, edit, bidi);
                    return *gap;
                }
                PadMessage::Clear => filling.clear(focus),
                _ => {}
            },
            Self::Story(story) => {
                if *message != PadMessage::Restart {
                    story.stay();
                }
                match message {
                    PadMessage::Choose(option) => return story.mark(*option).unwrap_or(focus),
                    PadMessage::Act => return story.act(focus),
                    PadMessage::Decide => story.decide(),
                    PadMessage::Clear => return story.step_back().unwrap_or(focus),
                    PadMessage::Restart if story.asks_before_restart() => return focus,
                    PadMessage::Restart => story.restart(),
                    _ => return focus,
                }
                return 0;
            }
        }
        focus
    }

    pub(super) fn response(&self) -> Option<Response> {
        match self {
            Self::Choosing(choosing) => choosing.response(),
            Self::Matching(matching) => matching.response(),
            Self::Ordering(ordering) => ordering.response(),
            Self::Typing(typing) => typing.response(),
            Self::Filling(filling) => filling.response(),
            Self::Story(story) => story.response(),
        }
    }

    pub(super) fn write(&self, page: &mut Page) {
        match self {
            Self::Choosing(choosing) => choosing.write(page),
            Self::Matching(matching) => matching.write(page),
            Self::Ordering(ordering) => ordering.write(page),
            Self::Typing(typing) => page.item(0, PadMessage::FocusOn(0), |page| {
                let lead = vec![page.focus_sign(0)];
                page.part(Part::Item(0), |page| typing.write(page, 0, lead));
            }),
            Self::Filling(filling) => filling.write(page),
            Self::Story(story) => story.write(page),
        }
    }

    pub(super) fn write_revealed(&self, page: &mut Page, question: &Question) {
        match self {
            Self::Choosing(choosing) => choosing.write_revealed(page),
            Self::Matching(matching) => matching.write_revealed(page),
            Self::Ordering(ordering) => ordering.write_revealed(page),
            Self::Typing(typing) => {
                let response = typing.response();
                let is_right = response.is_some_and(|response| mark::is_right(question, &response));
                typing.write_revealed(page, is_right, vec![space(2)]);
            }
            Self::Filling(filling) => filling.write_revealed(page, question, filling.response().as_ref()),
            Self::Story(story) => story.write_revealed(page),
        }
    }
}

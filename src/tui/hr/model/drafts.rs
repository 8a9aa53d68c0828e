//! Reasons that were typed and are in no log: nobody types one twice, and none is lost unsaid.

use super::{Leaving, Model};
use crate::registry::office::Ruling;
use crate::shell::Commands;
use crate::tui::hr::effect::Effect;
use crate::tui::hr::overlay::{Grounds, Overlay, verb};

impl Model {
    /// Leaves, unless something would be lost by it: what is being entered is entered first, and whoever typed a reason is
    /// asked.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        if let Some(ruling) = &self.deciding {
            let words = format!(
                "{} is being entered; the dashboard leaves when it is in the log",
                ruling.record.short()
            );
            self.leaving = Leaving::WhenEntered;
            self.say(&words);
            return Vec::new();
        }
        self.keep_draft();
        // Where there is no room for a question nobody is asked: what was typed is said on the way out.
        let is_asked = matches!(self.overlay, Some(Overlay::Leave(_))) || !self.is_large_enough();
        if self.drafts.is_empty() || is_asked {
            return vec![Effect::Quit];
        }
        self.lay_over(Overlay::Leave(self.drafts.clone()));
        Vec::new()
    }

    /// It ends without being asked: nothing can be typed any more.
    pub fn cut_short(&mut self) {
        self.keep_draft();
    }

    /// What was typed for decisions and is in no log, and what was on its way there: it is said where nothing is drawn any
    /// more, so that nothing is lost without a word, whether or not somebody was asked.
    /// The texts may hold anything.
    #[must_use]
    pub fn last_words(&self, commands: Commands) -> Vec<String> {
        let entering = self.deciding.iter().map(|ruling| {
            let record = ruling.record.short();
            let show = commands.hr(&format!("review show {record}"));
            format!("{record} was being entered; {show} says whether it is in the log")
        });
        let is_entering =
            |draft: &Ruling| self.deciding.as_ref().is_some_and(|ruling| ruling.record == draft.record);
        let drafts = self.drafts.iter().filter(|draft| !is_entering(draft)).map(|draft| {
            let Ruling { record, decision, by, reason } = draft;
            let by = if by.is_empty() { String::new() } else { format!(" (by {by})") };
            format!("not entered: {} {}: {reason}{by}", verb(*decision), record.short())
        });
        entering.chain(drafts).collect()
    }

    /// Keeps the reason that is being typed.
    pub(super) fn keep_draft(&mut self) {
        if let Some(Overlay::Grounds(grounds)) = &self.overlay
            && !grounds.reason.is_blank()
        {
            let draft = grounds.draft();
            self.keep(draft);
        }
    }

    pub(super) fn keep(&mut self, draft: Ruling) {
        self.drafts.retain(|other| (other.record, other.decision) != (draft.record, draft.decision));
        self.drafts.push(draft);
    }
}

impl Grounds {
    /// What was typed so far.
    pub(super) fn draft(&self) -> Ruling {
        let (reason, by) = (self.reason.text().trim().to_owned(), self.by.text().trim().to_owned());
        Ruling { by, reason, ..self.ruling.clone() }
    }
}

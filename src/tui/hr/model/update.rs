//! What messages and news do to the dashboard.

use super::{Leaving, Model, Page, Reading};
use crate::clock::Timestamp;
use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::registry::PersonNumber;
use crate::registry::change::Decision;
use crate::registry::office::{
    AsideFile, AsideNote, News, Overview, PersonFile, RecordFile, Ruling, Trouble, TroubleKind,
};
use crate::training::LONGEST_PASSPHRASE;
use crate::tui::effect::Passphrase;
use crate::tui::hr::effect::Effect;
use crate::tui::hr::message::{Message, Tab};
use crate::tui::hr::overlay::{self, About, Asked, Grounds, Overlay, verb};
use crate::tui::hr::screens::{View, aside, people, person, record, review};
use crate::tui::widgets::text_field::TextField;

/// The longest reason, name and moment that is typed, in characters.
const LONGEST_REASON: usize = 500;
const LONGEST_NAME: usize = 100;
const LONGEST_MOMENT: usize = 40;

impl Model {
    /// Does what `message` says.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        self.notice = None;
        // Not `screen_view`: a screen changes while it looks at the rest.
        let body = self.areas().body.as_size();
        match message {
            Message::Quit => {
                let mut effects = self.keep_settings();
                effects.extend(self.leave());
                effects
            }
            Message::Suspend => {
                let mut effects = self.keep_settings();
                effects.push(Effect::Suspend);
                effects
            }
            Message::Settings => {
                self.show_settings();
                Vec::new()
            }
            Message::Say(words) => {
                self.notice = Some(Printable::new(&words));
                Vec::new()
            }
            Message::Hush => Vec::new(),
            Message::FromHelp(message) => {
                self.overlay = None;
                self.update(*message)
            }
            Message::Help => {
                self.lay_over(Overlay::Help);
                Vec::new()
            }
            Message::Early(event) => {
                self.keep_early(event);
                Vec::new()
            }
            Message::Forget => {
                self.early.clear();
                Vec::new()
            }
            Message::Go(tab) => self.go(tab),
            Message::NextTab => self.go(self.tab.next()),
            Message::PreviousTab => self.go(self.tab.previous()),
            Message::Back => self.back(),
            Message::Reload => vec![Effect::Read(self.moment)],
            Message::AskMoment => {
                let field = TextField::new(LONGEST_MOMENT);
                self.lay_over(Overlay::Moment { field, wrong: None });
                Vec::new()
            }
            Message::People(message) => {
                let view = View::new(self.overview.as_deref(), self.moment, self.look, body);
                match self.people.update(message, &view) {
                    Some(people::Wish::Person(number)) => vec![Effect::Person(number)],
                    Some(people::Wish::Charts) => self.go(Tab::Charts),
                    None => Vec::new(),
                }
            }
            Message::Charts(message) => {
                let view = View::new(self.overview.as_deref(), self.moment, self.look, body);
                if let (Some(scope), Some(overview)) = (self.charts.update(message, &view), &self.overview) {
                    self.people.show(scope, &overview.listing);
                    return self.go(Tab::People);
                }
                Vec::new()
            }
            Message::Review(message) => {
                let view = View::new(self.overview.as_deref(), self.moment, self.look, body);
                match self.review.update(message, &view) {
                    Some(review::Wish::Record(digest)) => vec![Effect::Record(digest)],
                    Some(review::Wish::Aside(file)) => vec![Effect::Aside(file)],
                    None => Vec::new(),
                }
            }
            Message::Person(message) => self.update_person(message),
            Message::Record(message) => self.update_record(message),
            Message::Aside(message) => self.update_aside(message),
            Message::Overlay(message) => self.update_overlay(message),
        }
    }

    fn go(&mut self, tab: Tab) -> Vec<Effect> {
        // Whoever was looked for in vain among the people may be among what waits.
        if let (Tab::People, Tab::Review, Some(overview)) = (self.tab, tab, &self.overview)
            && let Some(words) = self.people.unfitting(&overview.listing)
            && let Some(row) = overview.in_review(words).next()
        {
            self.review.show(row);
        }
        self.tab = tab;
        self.pages.clear();
        Vec::new()
    }

    fn back(&mut self) -> Vec<Effect> {
        self.pages.pop();
        // What it shows may have changed under the page that lay over it.
        self.refresh_page()
    }

    /// Looks up again what the page on top shows.
    fn refresh_page(&self) -> Vec<Effect> {
        self.pages.last().map(Page::refresh).into_iter().collect()
    }

    fn update_person(&mut self, message: person::Message) -> Vec<Effect> {
        let body = self.areas().body.as_size();
        let view = View::new(self.overview.as_deref(), self.moment, self.look, body);
        let Some(Page::Person(page)) = self.pages.last_mut() else { return Vec::new() };
        match page.update(message, &view) {
            Some(person::Wish::Record(digest)) => vec![Effect::Record(digest)],
            Some(person::Wish::Aside(file)) => vec![Effect::Aside(file)],
            Some(person::Wish::Leave) => self.back(),
            None => Vec::new(),
        }
    }

    fn update_record(&mut self, message: record::Message) -> Vec<Effect> {
        let body = self.areas().body.as_size();
        let view = View::new(self.overview.as_deref(), self.moment, self.look, body);
        let Some(Page::Record(page)) = self.pages.last_mut() else { return Vec::new() };
        match page.update(message, &view) {
            Some(record::Wish::Decide(decision)) => {
                self.ask_for_grounds(decision);
                Vec::new()
            }
            Some(record::Wish::Copy(copied)) => vec![Effect::Copy(copied)],
            Some(record::Wish::Leave) => self.back(),
            None => Vec::new(),
        }
    }

    fn update_aside(&mut self, message: aside::Message) -> Vec<Effect> {
        let body = self.areas().body.as_size();
        let view = View::new(self.overview.as_deref(), self.moment, self.look, body);
        let Some(Page::Aside(page)) = self.pages.last_mut() else { return Vec::new() };
        if page.update(message, &view) { self.back() } else { Vec::new() }
    }

    fn ask_for_grounds(&mut self, decision: Decision) {
        if self.deciding.is_some() {
            self.say("another decision is being entered");
            return;
        }
        let Some(Page::Record(page)) = self.pages.last() else { return };
        let file = page.file();
        let words = Phrase::new().own(format!("{} {}: ", verb(decision), file.digest.short()));
        let words = file.claims.iter().fold(words, |words, claimed| {
            let words = words.value(&claimed.claimant.name).own(" (").value(&claimed.number);
            words.own("), ").value(&claimed.title)
        });
        let doubt = file.claims.as_ref().and_then(|claimed| claimed.claimant.doubt());
        let about = About { words, doubt };
        let same = |draft: &&Ruling| draft.record == file.digest && draft.decision == decision;
        let reason = self.drafts.iter().find(same).map_or("", |draft| draft.reason.as_str());
        let reason = TextField::with_text(LONGEST_REASON, reason);
        let ruling = Ruling { record: file.digest, decision, by: String::new(), reason: String::new() };
        let grounds = Grounds {
            about,
            ruling,
            reason,
            by: TextField::with_text(LONGEST_NAME, &self.by),
            focus: Asked::Reason,
            missing: None,
        };
        self.lay_over(Overlay::Grounds(grounds));
    }

    fn update_overlay(&mut self, message: overlay::Message) -> Vec<Effect> {
        let last = self.last_scroll();
        let Some(overlay) = &mut self.overlay else { return Vec::new() };
        match (overlay, message) {
            (_, overlay::Message::Scroll(lines)) => {
                self.scroll = self.scroll.min(last).saturating_add_signed(lines).min(last);
            }
            (Overlay::Settings(_), overlay::Message::Preferences(message)) => {
                return self.change_settings(message);
            }
            (Overlay::Settings(_), overlay::Message::Close) => return self.close_settings(),
            (overlay, overlay::Message::Close) => {
                let undecided = overlay.ruling().map(|ruling| (ruling.record, ruling.decision));
                self.keep_draft();
                self.overlay = None;
                if let Some(undecided) = undecided {
                    let is_kept = self.drafts.iter().any(|draft| (draft.record, draft.decision) == undecided);
                    let kept = if is_kept { "; the reason is kept until you leave" } else { "" };
                    self.say(&format!("nothing was decided{kept}"));
                }
            }
            (overlay, overlay::Message::Edit(edit)) => {
                if let Overlay::Grounds(grounds) = &mut *overlay {
                    // Whoever types is saying it.
                    grounds.missing = None;
                }
                if let Some(field) = overlay.field_mut() {
                    field.edit(&edit, self.look.theme.bidi());
                }
            }
            (Overlay::Grounds(grounds), overlay::Message::Other) => {
                grounds.focus = match grounds.focus {
                    Asked::Reason => Asked::By,
                    Asked::By => Asked::Reason,
                };
            }
            (Overlay::Moment { field, .. }, overlay::Message::Confirm) => {
                let typed = field.text().to_owned();
                self.overlay = None;
                return vec![Effect::ReadAt(typed)];
            }
            (Overlay::Grounds(grounds), overlay::Message::Confirm) => {
                if let Some(ruling) = grounds.go_on() {
                    let about = grounds.about.clone();
                    self.by.clone_from(&ruling.by);
                    self.keep(ruling.clone());
                    self.lay_over(Overlay::Sure(about, ruling));
                }
            }
            (Overlay::Sure(..), overlay::Message::Confirm) if self.scroll < last => {
                // Nobody says yes to what they could not read.
                self.notice = Some("read it to its end first: ↓".into());
            }
            (Overlay::Leave(_), overlay::Message::Confirm) => return vec![Effect::Quit],
            (Overlay::Sure(_, ruling), overlay::Message::Confirm) => {
                let ruling = ruling.clone();
                self.overlay = None;
                return vec![Effect::Decide(ruling, None)];
            }
            (Overlay::Passphrase { field, wrong, .. }, overlay::Message::Confirm)
                if field.text().is_empty() =>
            {
                let messages = vec!["type the passphrase".to_owned()];
                let kind = TroubleKind::Passphrase;
                *wrong = Some(Trouble { kind, messages, hints: Vec::new() });
            }
            (Overlay::Passphrase { ruling, field, .. }, overlay::Message::Confirm) => {
                let (ruling, passphrase) = (ruling.clone(), Passphrase::new(field.text()));
                self.overlay = None;
                return vec![Effect::Decide(ruling, Some(passphrase))];
            }
            (
                Overlay::Help | Overlay::Settings(_) | Overlay::Notices(_) | Overlay::Failed(_),
                overlay::Message::Confirm | overlay::Message::Other,
            )
            | (
                Overlay::Moment { .. } | Overlay::Sure(..) | Overlay::Leave(_) | Overlay::Passphrase { .. },
                overlay::Message::Other,
            )
            | (_, overlay::Message::Preferences(_)) => {}
        }
        Vec::new()
    }

    /// What came of something that was begun.
    pub fn hear(&mut self, news: News) -> Vec<Effect> {
        match news {
            News::Reading(people) => {
                self.reading = Reading::UnderWay(people);
                Vec::new()
            }
            News::Read(overview) => self.take_overview(overview),
            News::NotRead(trouble) => {
                if self.overview.is_some() {
                    self.reading = Reading::Stale;
                    self.moment = self.shown;
                } else {
                    self.reading = Reading::Done;
                    // Nothing will be there that it could be done on, and `r` is a key again.
                    self.early.clear();
                }
                self.failed(trouble);
                Vec::new()
            }
            News::Changed => {
                if self.reading == Reading::Done {
                    self.reading = Reading::Stale;
                }
                Vec::new()
            }
            News::Replaced(notices) => {
                self.lay_over(Overlay::Notices(notices));
                // What they show may not be there any more.
                self.pages.clear();
                self.reading = Reading::UnderWay(0);
                Vec::new()
            }
            News::Decided(ruling) => self.decided(&ruling),
            News::NotDecided(ruling, trouble) => {
                self.deciding = None;
                // Whoever wanted to leave stays to hear of it.
                self.leaving = Leaving::No;
                match trouble.kind {
                    TroubleKind::Passphrase => {
                        self.ask_for_passphrase(ruling, Some(trouble));
                        Vec::new()
                    }
                    TroubleKind::Other => {
                        self.failed(trouble);
                        // Somebody else may have been sooner: then it waits no more.
                        self.refresh_page()
                    }
                }
            }
        }
    }

    fn take_overview(&mut self, overview: Box<Overview>) -> Vec<Effect> {
        let before = self.overview.take();
        self.reading = Reading::Done;
        self.shown = self.moment;
        self.people.refresh(before.as_deref().map(|before| &before.listing), &overview.listing);
        self.charts.refresh(&overview);
        self.review.refresh(before.as_deref(), &overview);
        self.overview = Some(overview);
        self.refresh_page()
    }

    fn decided(&mut self, ruling: &Ruling) -> Vec<Effect> {
        self.deciding = None;
        self.drafts.retain(|draft| draft.record != ruling.record);
        if let Some(overview) = &mut self.overview {
            overview.waiting.shown.retain(|record| record.digest != ruling.record);
        }
        // Back to what waits beside it.
        if matches!(self.pages.last(), Some(Page::Record(page)) if page.file().digest == ruling.record) {
            self.pages.pop();
        }
        let word = ruling.decision.word();
        self.say(&format!("{word} {}; it is in the log", ruling.record.short()));
        if self.leaving == Leaving::WhenEntered {
            self.leaving = Leaving::No;
            return self.leave();
        }
        let mut effects = self.refresh_page();
        effects.push(Effect::Read(self.moment));
        effects
    }

    /// Notes that the registry is being read as it was known at `at`; as it is known now when none is named.
    pub fn reads(&mut self, at: Option<Timestamp>) {
        self.moment = at;
        self.reading = Reading::UnderWay(0);
    }

    /// There is no such moment; it is asked for again, with what was typed.
    pub fn no_such_moment(&mut self, typed: &str, trouble: Trouble) {
        let field = TextField::with_text(LONGEST_MOMENT, typed);
        self.lay_over(Overlay::Moment { field, wrong: Some(trouble) });
    }

    /// Shows a person, or what is known of them by now.
    pub fn show_person(&mut self, file: PersonFile) {
        let aside = self.aside_of(&file);
        match self.pages.last_mut() {
            Some(Page::Person(page)) if page.file().dossier.number == file.dossier.number => {
                page.replace(file, aside);
            }
            Some(_) | None => self.pages.push(Page::Person(Box::new(person::State::new(file, aside)))),
        }
    }

    /// Nothing is known of this person at the moment that is shown.
    pub fn show_nobody(&mut self, number: &PersonNumber) {
        // What was known at another moment would stand under this one.
        if matches!(self.pages.last(), Some(Page::Person(page)) if page.file().dossier.number == *number) {
            self.pages.pop();
        }
        self.say(&format!("nothing was known of {number} then"));
    }

    fn aside_of(&self, file: &PersonFile) -> Vec<AsideNote> {
        let at = self.at();
        let notes = self.overview.iter().flat_map(|overview| &overview.aside.shown);
        // On a day in the past, what came later was not there.
        let notes = notes.filter(|note| self.moment.is_none() || note.at <= at);
        let theirs = notes.filter(|note| note.claimed.as_deref() == Some(file.dossier.number.as_str()));
        theirs.cloned().collect()
    }

    /// Shows a record, or what is known of it by now.
    pub fn show_record(&mut self, file: RecordFile) {
        match self.pages.last_mut() {
            Some(Page::Record(page)) if page.file().digest == file.digest => page.replace(file),
            Some(_) | None => self.pages.push(Page::Record(Box::new(record::State::new(file)))),
        }
    }

    /// Shows a file that was put aside.
    pub fn show_aside(&mut self, file: AsideFile) {
        match self.pages.last_mut() {
            Some(Page::Aside(page)) if page.file().note.file == file.note.file => page.replace(file),
            Some(_) | None => self.pages.push(Page::Aside(Box::new(aside::State::new(file)))),
        }
    }

    /// A decision is being entered.
    pub fn decides(&mut self, ruling: &Ruling) {
        self.deciding = Some(ruling.clone());
    }

    /// Deciding needs a passphrase, for the first time or again.
    pub fn ask_for_passphrase(&mut self, ruling: Ruling, wrong: Option<Trouble>) {
        self.lay_over(Overlay::Passphrase { ruling, field: TextField::secret(LONGEST_PASSPHRASE), wrong });
    }

    /// Something could not be done.
    pub fn failed(&mut self, trouble: Trouble) {
        self.lay_over(Overlay::Failed(trouble));
    }

    /// Says something above the keys until the next message.
    pub fn say(&mut self, words: &str) {
        self.notice = Some(Printable::new(words));
    }

    pub(super) fn lay_over(&mut self, overlay: Overlay) {
        // Some of it comes by itself, in the middle of a word.
        self.keep_draft();
        self.scroll = 0;
        self.overlay = Some(overlay);
    }

    /// How far the overlay can be scrolled.
    pub(super) fn last_scroll(&self) -> usize {
        let Some(overlay) = &self.overlay else { return 0 };
        overlay.last_scroll(self.look, &self.help(), self.areas().body)
    }
}

impl Grounds {
    /// What is to be entered, once everything was said; else goes to what is missing.
    fn go_on(&mut self) -> Option<Ruling> {
        self.missing = None;
        if self.focus == Asked::Reason && !self.reason.is_blank() && self.by.is_blank() {
            self.focus = Asked::By;
            return None;
        }
        let missing = [(Asked::Reason, &self.reason, "say why"), (Asked::By, &self.by, "say who decides")];
        if let Some((asked, _, words)) = missing.into_iter().find(|(_, field, _)| field.is_blank()) {
            self.focus = asked;
            self.missing = Some(words);
            return None;
        }
        Some(self.draft())
    }
}

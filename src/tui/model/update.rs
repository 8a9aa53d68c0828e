//! What messages do to the face.

use super::{Model, Notice, Stage};
use crate::printable::Printable;
use crate::training::{LONGEST_PASSPHRASE, NOBODY_LEARNS, Purpose, Text, Training, Trouble, TroubleKind};
use crate::tui::effect::{Effect, Passphrase};
use crate::tui::keymap::{Key, Keymap};
use crate::tui::message::{Destination, FoundPlace, Message, Told};
use crate::tui::overlay::{self, After, Overlay, PromptHelp, Typed};
use crate::tui::preferences::keys_in_words;
use crate::tui::screens::reader::Entry;
use crate::tui::screens::{Screen, bookmarks, course, person, search};
use crate::tui::widgets::kept::Kept;
use crate::tui::widgets::text_field::TextField;

impl Model {
    /// Does what `message` says.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        if message != Message::Tick {
            self.notice.clear();
        }
        match message {
            Message::Help => {
                self.lay_over(Overlay::Help);
                Vec::new()
            }
            Message::Settings => {
                self.show_settings();
                Vec::new()
            }
            Message::Say(words) => {
                self.say(&words);
                Vec::new()
            }
            Message::Place { words, path } => {
                self.lay_over(Overlay::Place { words, path });
                Vec::new()
            }
            Message::Tell(told) => {
                self.say_keys(told);
                Vec::new()
            }
            Message::Beneath(message) => {
                self.close_overlay();
                self.update(*message)
            }
            Message::Terms { title, text } => {
                self.lay_over(Overlay::Terms { title, text, lines: Kept::default() });
                Vec::new()
            }
            Message::AskToOpen(address) => {
                self.lay_over(Overlay::AskToOpen(address));
                Vec::new()
            }
            Message::AskToBeginAgain => {
                self.ask_to_begin_again();
                Vec::new()
            }
            Message::AskToGiveUp(typed) => {
                self.lay_over(Overlay::GiveUp(typed));
                Vec::new()
            }
            Message::Suspend => {
                let mut effects = if self.is_stuck() { Vec::new() } else { self.leave() };
                effects.push(Effect::Suspend);
                effects
            }
            Message::Touch => {
                self.end_number();
                if let Some((screens, mut context)) = self.learning_context() {
                    screens.screen.touched(&mut context);
                }
                Vec::new()
            }
            Message::Hush => Vec::new(),
            Message::Quit => self.quit(),
            Message::Preview(message) => self.update_preview(message),
            Message::Overlay(message) => self.update_overlay(message),
            Message::Welcome(message) => {
                let body = self.areas().body.as_size();
                let bidi = self.settings.theme.bidi();
                match &mut self.stage {
                    Stage::Welcome(state) => state.update(message, body, bidi),
                    Stage::Learning(_) | Stage::Waiting => Vec::new(),
                }
            }
            Message::Go(destination) => self.go(destination),
            Message::Back => self.back(),
            Message::LookUp(link) => self.look_up(&link),
            Message::LookUpSources { text, places } => self.look_up_at(text, Entry::Sources(&places)),
            Message::Bookmarks => self.show_bookmarks(),
            Message::Find => self.find_in_course(),
            Message::Correct => self.show_person(),
            Message::WriteNote { text, place, known } => self.write_note(text, place, known.as_deref()),
            Message::Show { text, place } => self.show_place(text, place),
            Message::OpenFound(place) => self.open_found(&place),
            Message::Tick => match self.learning_context() {
                Some((screens, mut context)) => screens.screen.tick(&mut context),
                None => Vec::new(),
            },
            message @ (Message::Course(_)
            | Message::Lesson(_)
            | Message::Check(_)
            | Message::Assessment(_)
            | Message::Policy(_)
            | Message::Sign(_)
            | Message::Person(_)
            | Message::BookmarkList(_)
            | Message::Search(_)
            | Message::Certificate(_)) => match self.learning_context() {
                Some((screens, mut context)) => screens.screen.update(message, &mut context),
                None => Vec::new(),
            },
        }
    }

    fn quit(&mut self) -> Vec<Effect> {
        let mut effects = match &self.overlay {
            // Once more, and then, or when that fails, the panel knows how to leave without.
            Some(Overlay::NotSaved(_)) => {
                self.overlay = None;
                vec![Effect::Retry]
            }
            // What another copy excludes can never be saved.
            Some(Overlay::Conflict(_)) => return vec![Effect::Quit],
            Some(_) | None => Vec::new(),
        };
        effects.extend(self.leave());
        effects.push(Effect::Quit);
        effects
    }

    /// Whether something is not saved and the learner is asked what to do.
    fn is_stuck(&self) -> bool {
        matches!(self.overlay, Some(Overlay::NotSaved(_) | Overlay::Conflict(_)))
    }

    /// What the screen wants saved before the learner goes away.
    pub fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.keep_settings();
        if let Some((screens, mut context)) = self.learning_context() {
            effects.extend(screens.screen.leave(&mut context));
        }
        effects
    }

    fn go(&mut self, destination: Destination) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let is_again = matches!(screens.screen, Screen::Course(_)) && course::is_done(destination, &context);
        *screens.looked_at_again = is_again.then_some(destination);
        let mut effects = screens.screen.leave(&mut context);
        let (screen, more) = Screen::open(destination, &mut context);
        effects.extend(more);
        *screens.screen = screen;
        screens.below.clear();
        effects
    }

    fn back(&mut self) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let Some(mut screen) = screens.below.pop() else { return self.back_to_course() };
        let effects = screens.screen.leave(&mut context);
        screen.enter(&mut context);
        *screens.screen = screen;
        effects
    }

    fn back_to_course(&mut self) -> Vec<Effect> {
        let part = self.screen().map(Screen::destination);
        let again = self.learning_context().and_then(|(screens, _)| *screens.looked_at_again);
        let effects = self.go(Destination::Course);
        if let (Some(part), Some((screens, context))) = (part, self.learning_context())
            && let Screen::Course(course) = screens.screen
        {
            course.come_back_from(part, again == Some(part), &context);
        }
        effects
    }

    /// Lays the form with what the learner said about themselves over the screen.
    fn show_person(&mut self) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        if context.training.purpose() == Purpose::Preview {
            self.say(NOBODY_LEARNS);
            return Vec::new();
        }
        let effects = screens.screen.leave(&mut context);
        screens.lay_over(Screen::Person(person::State::open(&context)));
        effects
    }

    fn look_up(&mut self, link: &crate::quiz::question::LessonLink) -> Vec<Effect> {
        let Some((_, context)) = self.learning_context() else { return Vec::new() };
        let entry = link.heading.as_deref().map_or(Entry::Place(0), Entry::Heading);
        let text = context.training.text_in(&link.lesson);
        let opened = text.and_then(|text| Screen::look_up(text, entry, &context));
        self.lay_upon(opened)
    }

    /// Opens a text where words were found in it.
    fn open_found(&mut self, place: &FoundPlace) -> Vec<Effect> {
        self.look_up_at(place.text, Entry::Found { words: &place.words, offset: place.offset })
    }

    fn look_up_at(&mut self, text: Text, entry: Entry<'_>) -> Vec<Effect> {
        let Some((_, context)) = self.learning_context() else { return Vec::new() };
        let opened = Screen::look_up(text, entry, &context);
        self.lay_upon(opened)
    }

    /// Lays the search in the whole course over the screen.
    fn find_in_course(&mut self) -> Vec<Effect> {
        let search =
            self.learning_context().map(|(_, context)| Screen::Search(search::State::open(&context)));
        self.lay_upon(search)
    }

    /// Shows a screen from which the learner comes back to the present one.
    fn lay_upon(&mut self, opened: Option<Screen>) -> Vec<Effect> {
        let Some(shown) = opened else {
            self.say("this version of the course has no such lesson");
            return Vec::new();
        };
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let effects = screens.screen.leave(&mut context);
        screens.lay_over(shown);
        effects
    }

    /// Says a few words above the keys, whatever lies over the screen.
    pub fn note(&mut self, words: &str) {
        self.notice = vec![Notice { words: Printable::new(words), key: None }];
    }

    /// Says something above the keys, or on a panel where the line is too short: half a path leads nowhere.
    pub(super) fn say(&mut self, words: &str) {
        if self.fits_line(words) || self.overlay.is_some() {
            self.note(words);
        } else {
            self.lay_over(Overlay::Notices(vec![words.to_owned()]));
        }
    }

    fn fits_line(&self, words: &str) -> bool {
        Printable::new(words).width() + 2 <= usize::from(self.size.width)
    }

    /// Says what keys do now, above those that always do.
    fn say_keys(&mut self, told: &[Told]) {
        let keymap = &self.settings.keymap;
        let first_key = if self.is_typing() { Keymap::first_key_while_typing } else { Keymap::first_key };
        let notice = |told: &Told| match told {
            Told::Words(words) => Notice { words: Printable::new(words), key: None },
            Told::Key { action, key, words } => {
                let own = || key.first().copied();
                let key = action.map_or_else(own, |action| first_key(keymap, action, key));
                let name = key.map_or_else(String::new, Key::name);
                Notice { words: Printable::new(&format!("{name}{words}")), key }
            }
        };
        let told: Vec<Notice> = told.iter().map(notice).collect();
        let words: String = told.iter().map(|notice| notice.words.as_str()).collect();
        // With keys of somebody's own choice it may be longer than the line.
        if self.fits_line(&words) { self.notice = told } else { self.say(&words) }
    }

    fn ask_to_begin_again(&mut self) {
        let Some(training) = self.training() else { return };
        let after = match (training.can_begin_again(self.now), training.completion()) {
            (false, _) => {
                self.say("the course can be taken again once it is completed");
                return;
            }
            (true, Some(_)) => After::Completion,
            (true, None) if training.outgrew_its_record() => After::OutgrownRecord,
            (true, None) => After::LostVersion,
        };
        self.lay_over(Overlay::BeginAgain(after));
    }

    /// Who looks at something else, or clicks, does not go on with a number that they had begun to type.
    fn end_number(&mut self) {
        if let Some((screens, _)) = self.learning_context() {
            screens.screen.end_number();
        }
    }

    pub(super) fn lay_over(&mut self, overlay: Overlay) {
        self.end_number();
        self.scroll = match &overlay {
            // Where something is typed, that is what is to be seen.
            Overlay::Passphrase { .. } => usize::MAX,
            Overlay::Help
            | Overlay::Settings(_)
            | Overlay::Notices(_)
            | Overlay::Place { .. }
            | Overlay::Faults(_)
            | Overlay::NotSaved(_)
            | Overlay::Conflict(_)
            | Overlay::Failed(_)
            | Overlay::NotOpened { .. }
            | Overlay::AskToOpen(_)
            | Overlay::Terms { .. }
            | Overlay::BeginAgain(_)
            | Overlay::Further { .. }
            | Overlay::GiveUp(_) => 0,
        };
        self.overlay = Some(overlay);
    }

    fn close_overlay(&mut self) {
        self.overlay = None;
        self.show_waiting_faults();
        self.ask_about_further();
    }

    /// How far the overlay can be scrolled.
    pub(super) fn last_scroll(&self) -> usize {
        let Some(overlay) = &self.overlay else { return 0 };
        overlay.last_scroll(&self.settings, &self.help(), self.areas().body)
    }

    fn update_overlay(&mut self, message: overlay::Message) -> Vec<Effect> {
        let last = self.last_scroll();
        let Some(overlay) = &mut self.overlay else { return Vec::new() };
        match (overlay, message) {
            (_, overlay::Message::Scroll(lines)) => {
                self.scroll = self.scroll.min(last).saturating_add_signed(lines).min(last);
                Vec::new()
            }
            (Overlay::Further { .. }, overlay::Message::Close) => self.go_on(),
            (_, overlay::Message::Confirm) => self.confirm_overlay(),
            (Overlay::Passphrase { field, .. }, overlay::Message::Edit(edit)) => {
                field.edit(&edit, self.settings.theme.bidi());
                self.scroll = usize::MAX;
                Vec::new()
            }
            (Overlay::Passphrase { help: help @ PromptHelp::Long, .. }, overlay::Message::Close) => {
                *help = PromptHelp::Short;
                self.scroll = usize::MAX;
                Vec::new()
            }
            (Overlay::Passphrase { help, .. }, overlay::Message::Help) => {
                // It is read from its beginning, and typed below its end.
                (*help, self.scroll) = (PromptHelp::Long, 0);
                Vec::new()
            }
            (Overlay::AskToOpen(_), overlay::Message::Copy) if self.scroll < last => self.not_read_yet(),
            (overlay, overlay::Message::Copy) => {
                let copied = overlay.copied();
                if copied.is_some() {
                    self.overlay = None;
                }
                copied.map(Effect::Copy).into_iter().collect()
            }
            (Overlay::Settings(_), overlay::Message::Preferences(message)) => self.change_settings(message),
            (Overlay::Settings(_), overlay::Message::Help) => {
                let words = Printable::new(&keys_in_words(overlay::SETTINGS));
                self.notice = vec![Notice { words, key: None }];
                Vec::new()
            }
            (Overlay::Settings(_), overlay::Message::Close) => self.close_settings(),
            (_, overlay::Message::Settings) => {
                self.show_settings();
                Vec::new()
            }
            (_, overlay::Message::Retry) => {
                self.overlay = None;
                vec![Effect::Retry]
            }
            (_, overlay::Message::Reload) => vec![Effect::Reload],
            (_, overlay::Message::Abandon) => vec![Effect::Quit],
            (Overlay::Failed(_), overlay::Message::Close) => {
                self.overlay = None;
                vec![Effect::Skip]
            }
            (_, overlay::Message::Close) => {
                self.close_overlay();
                Vec::new()
            }
            (_, overlay::Message::Edit(_) | overlay::Message::Preferences(_) | overlay::Message::Help) => {
                Vec::new()
            }
        }
    }

    /// Nobody says yes to what they could not read.
    fn not_read_yet(&mut self) -> Vec<Effect> {
        self.note("read it to its end first: ↓");
        Vec::new()
    }

    /// What the overlay asks is answered with yes.
    fn confirm_overlay(&mut self) -> Vec<Effect> {
        let last = self.last_scroll();
        match &mut self.overlay {
            Some(
                Overlay::AskToOpen(_) | Overlay::BeginAgain(_) | Overlay::Further { .. } | Overlay::GiveUp(_),
            ) if self.scroll < last => self.not_read_yet(),
            Some(Overlay::BeginAgain(_)) => {
                self.overlay = None;
                let now = self.now;
                let changes = self.training_mut().map(|training| training.begin_again(now));
                vec![
                    Effect::Save(changes.unwrap_or_default()),
                    Effect::Send(Box::new(Message::Go(Destination::Course))),
                ]
            }
            Some(Overlay::Further { is_sure, .. }) if !*is_sure => {
                *is_sure = true;
                self.scroll = usize::MAX;
                Vec::new()
            }
            Some(Overlay::Further { .. }) => self.begin_further(),
            Some(Overlay::GiveUp(typed)) => {
                let typed = *typed;
                self.close_overlay();
                match typed {
                    Typed::FirstStart => vec![Effect::Quit],
                    Typed::Correction => self.back(),
                    Typed::Note => self.update(Message::BookmarkList(bookmarks::Message::StopWriting)),
                }
            }
            Some(Overlay::Passphrase { field, wrong, .. }) if field.text().is_empty() => {
                let (kind, message) = (TroubleKind::Passphrase, "type the passphrase".to_owned());
                *wrong = Some(Trouble { kind, message, hint: None });
                self.scroll = usize::MAX;
                Vec::new()
            }
            Some(Overlay::Passphrase { field, .. }) => {
                let passphrase = Passphrase::new(field.text());
                self.overlay = None;
                vec![Effect::Sign(Some(passphrase))]
            }
            Some(Overlay::AskToOpen(address)) => {
                let target = address.target().map(|target| Effect::Open(target.to_owned()));
                self.overlay = None;
                target.into_iter().collect()
            }
            Some(
                Overlay::Help
                | Overlay::Settings(_)
                | Overlay::Notices(_)
                | Overlay::Place { .. }
                | Overlay::Faults(_)
                | Overlay::Terms { .. }
                | Overlay::NotSaved(_)
                | Overlay::Conflict(_)
                | Overlay::Failed(_)
                | Overlay::NotOpened { .. },
            )
            | None => Vec::new(),
        }
    }

    /// The record of `run` stands in its file.
    pub fn delivered(&mut self, run: u32) {
        if self.training().and_then(Training::completion).is_some_and(|completion| completion.run == run) {
            self.delivered = Some(run);
            if let Stage::Learning(learning) = &mut self.stage {
                learning.screen.delivered();
            }
        }
    }

    /// What is to be kept could not be kept.
    pub fn not_saved(&mut self, trouble: Trouble) {
        self.lay_over(match trouble.kind {
            TroubleKind::Conflict => Overlay::Conflict(trouble),
            TroubleKind::Passphrase | TroubleKind::Other => Overlay::NotSaved(trouble),
        });
    }

    /// What another copy saved could not be read.
    pub fn not_reloaded(&mut self, trouble: Trouble) {
        self.lay_over(Overlay::Conflict(trouble));
    }

    /// Something else could not be done.
    pub fn failed(&mut self, trouble: Trouble) {
        self.lay_over(Overlay::Failed(trouble));
    }

    /// An address could not be opened.
    pub fn not_opened(&mut self, address: String, trouble: Trouble) {
        self.lay_over(Overlay::NotOpened { trouble, address });
    }

    /// Signing needs a passphrase, for the first time or again.
    pub fn ask_for_passphrase(&mut self, wrong: Option<Trouble>) {
        self.lay_over(Overlay::Passphrase {
            field: TextField::secret(LONGEST_PASSPHRASE),
            wrong,
            help: PromptHelp::Short,
        });
    }
}

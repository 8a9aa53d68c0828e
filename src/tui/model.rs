//! The face as a value: what it shows, what messages do to it, how it is drawn.

use crossterm::event::{Event, KeyCode, MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::progress::{Completion, Person};
use crate::training::{Training, Trouble, TroubleKind};
use crate::tui::Start;
use crate::tui::effect::{Effect, Passphrase};
use crate::tui::keymap::{self, Binding, Key};
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::{self, After, Overlay, PromptHelp};
use crate::tui::pane::{Context, Hits, Pane, View};
use crate::tui::screens::{Heading, Screen, lesson, welcome};
use crate::tui::settings::Settings;
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::TextField;

/// The narrowest and lowest screen that everything works on.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

/// From this height on the title and the hints have a line of air.
const AIRY: u16 = 16;

/// The longest passphrase, in characters.
const PASSPHRASE: usize = 1024;

/// The face of one learner.
#[derive(Debug)]
pub struct Model {
    stage: Stage,
    overlay: Option<Overlay>,
    /// The first row of the overlay that is seen.
    scroll: usize,
    /// The run whose record is known to stand in a file.
    delivered: Option<u32>,
    /// Said in the last line until the next message.
    notice: Option<Printable>,
    size: Size,
    now: Timestamp,
    settings: Settings,
}

/// Before and after somebody has said who they are.
#[derive(Debug)]
enum Stage {
    /// The first start.
    Welcome(Box<welcome::State>),
    /// In the course.
    Learning(Box<Learning>),
}

#[derive(Debug)]
struct Learning {
    training: Training,
    screen: Screen,
    /// The screens that something was looked up from, the latest last.
    below: Vec<Screen>,
}

/// What can be done on every screen.
static EVERYWHERE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('?'), Key::F(1)], Message::Help, "these keys").hint("help"),
    Binding::new(&[Key::Ctrl('c')], Message::Quit, "leave the program; everything is saved"),
    Binding::new(&[Key::Ctrl('z')], Message::Suspend, "back to the shell for a while; fg returns"),
];

impl Model {
    /// A face that begins with `start`, and what is to be done first.
    #[must_use]
    pub fn open(start: Start, settings: Settings, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut model = Self::welcome(settings, &start.course.title, start.expected.as_ref(), now);
        let effects = match start.training {
            Some(training) => model.begin(training),
            None => Vec::new(),
        };
        if !start.notices.is_empty() {
            model.lay_over(Overlay::Notices(start.notices));
        }
        (model, effects)
    }

    fn welcome(settings: Settings, course: &str, expected: Option<&Person>, now: Timestamp) -> Self {
        Self {
            stage: Stage::Welcome(Box::new(welcome::State::new(&settings, course, expected))),
            overlay: None,
            scroll: 0,
            delivered: None,
            notice: None,
            size: SMALLEST,
            now,
            settings,
        }
    }

    /// Begins, or goes on with, `training` on the course screen.
    pub fn begin(&mut self, mut training: Training) -> Vec<Effect> {
        let changes = training.begin(self.now);
        let size = self.areas().body.as_size();
        let mut context = Context { training: &mut training, now: self.now, size, settings: &self.settings };
        let (screen, mut effects) = Screen::open(Destination::Course, &mut context);
        if !changes.is_empty() {
            effects.insert(0, Effect::Save(changes));
        }
        self.stage = Stage::Learning(Box::new(Learning { training, screen, below: Vec::new() }));
        effects
    }

    /// Goes on with `training` as another running copy left it.
    pub fn reloaded(&mut self, training: Training) -> Vec<Effect> {
        self.overlay = None;
        self.begin(training)
    }

    /// What the learner has done; `None` before they said who they are.
    #[must_use]
    pub fn training(&self) -> Option<&Training> {
        match &self.stage {
            Stage::Welcome(_) => None,
            Stage::Learning(learning) => Some(&learning.training),
        }
    }

    /// The same, to be changed by what the run loop did.
    pub fn training_mut(&mut self) -> Option<&mut Training> {
        match &mut self.stage {
            Stage::Welcome(_) => None,
            Stage::Learning(learning) => Some(&mut learning.training),
        }
    }

    /// What is worth saying on the normal screen when the face has ended.
    #[must_use]
    pub fn last_lines(&self) -> Vec<String> {
        let Some(training) = self.training() else { return Vec::new() };
        let delivered = |completion: &&Completion| self.delivered == Some(completion.run);
        let Some(completion) = training.completion().filter(delivered) else { return Vec::new() };
        let path = self.settings.places.records.join(&completion.file_name);
        vec![
            format!("completion record: {}", path.display()),
            format!("where it goes: {}", training.deliver_to()),
        ]
    }

    /// The screen that the learner is on; `None` before they said who they are.
    #[must_use]
    pub fn screen(&self) -> Option<&Screen> {
        match &self.stage {
            Stage::Welcome(_) => None,
            Stage::Learning(learning) => Some(&learning.screen),
        }
    }

    /// What lies over the screen.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// It is `now`.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The terminal has this size.
    pub fn resize(&mut self, size: Size) {
        if size == self.size {
            return;
        }
        self.size = size;
        if let Some((screens, mut context)) = self.learning_context() {
            screens.screen.resize(&mut context);
        }
    }

    /// When something happens by itself.
    #[must_use]
    pub fn wake(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Welcome(_) => None,
            Stage::Learning(learning) => learning.screen.wake(&self.view_of(learning)),
        }
    }

    /// The message for `event`. `hits` is where things are on the screen as it was drawn last.
    #[must_use]
    pub fn message_for(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        let everywhere = || keymap::message_for(EVERYWHERE, event);
        if !self.is_large_enough() {
            // Nobody sees what they would do.
            return everywhere()
                .filter(|message| matches!(message, Message::Quit | Message::Suspend))
                .or_else(|| {
                    let quit = [Binding::new(&[Key::Char('q'), Key::Esc], Message::Quit, "")];
                    keymap::message_for(&quit, event)
                });
        }
        if let Event::Mouse(mouse) = event
            && mouse.kind == MouseEventKind::Down(MouseButton::Left)
        {
            let at = Position { x: mouse.column, y: mouse.row };
            return self.message_at(at, hits);
        }
        if let Some(overlay) = &self.overlay {
            let global = |message: &Message| matches!(message, Message::Quit | Message::Suspend);
            return overlay.message_for(event).map(Message::Overlay).or_else(|| everywhere().filter(global));
        }
        match &self.stage {
            Stage::Welcome(state) => keymap::message_for(state.keys(), event).map(Message::Welcome),
            Stage::Learning(learning) => learning.screen.message_for(event),
        }
        .or_else(everywhere)
    }

    fn message_at(&self, at: Position, hits: &Hits<Message>) -> Option<Message> {
        let hit = hits.iter().rev().find(|(area, _)| area.contains(at)).map(|(_, message)| message.clone());
        let inner = || match &self.stage {
            Stage::Learning(learning) if self.overlay.is_none() => {
                learning.screen.message_at(self.areas().body, at)
            }
            Stage::Welcome(_) | Stage::Learning(_) => None,
        };
        hit.or_else(inner)
    }

    /// Does what `message` says.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        if message != Message::Tick {
            self.notice = None;
        }
        match message {
            Message::Help => {
                self.lay_over(Overlay::Help);
                Vec::new()
            }
            Message::Say(words) => {
                self.say(&words);
                Vec::new()
            }
            Message::AskToOpen(address) => {
                self.lay_over(Overlay::AskToOpen { address });
                Vec::new()
            }
            Message::AskToBeginAgain => {
                self.ask_to_begin_again();
                Vec::new()
            }
            Message::Suspend => {
                let mut effects = if self.is_stuck() { Vec::new() } else { self.leave() };
                effects.push(Effect::Suspend);
                effects
            }
            Message::Quit => self.quit(),
            Message::Overlay(message) => self.update_overlay(message),
            Message::Welcome(message) => {
                let body = self.areas().body.as_size();
                match &mut self.stage {
                    Stage::Welcome(state) => state.update(message, body),
                    Stage::Learning(_) => Vec::new(),
                }
            }
            Message::Go(destination) => self.go(destination),
            Message::Back => self.back(),
            Message::LookUp(link) => self.look_up(&link),
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
        match self.learning_context() {
            Some((screens, mut context)) => screens.screen.leave(&mut context),
            None => Vec::new(),
        }
    }

    fn go(&mut self, destination: Destination) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let mut effects = screens.screen.leave(&mut context);
        let (screen, more) = Screen::open(destination, &mut context);
        effects.extend(more);
        *screens.screen = screen;
        screens.below.clear();
        effects
    }

    fn back(&mut self) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let Some(mut screen) = screens.below.pop() else { return self.go(Destination::Course) };
        let effects = screens.screen.leave(&mut context);
        screen.enter(&mut context);
        *screens.screen = screen;
        effects
    }

    fn look_up(&mut self, link: &crate::quiz::question::LessonLink) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let modules = &context.training.course().modules;
        let module = modules.iter().position(|module| module.lesson.path == link.lesson);
        let heading = link.heading.as_deref();
        let opened = module.and_then(|module| lesson::State::look_up(module, heading, &mut context));
        let Some((lesson, more)) = opened else {
            self.say("this version of the course has no such lesson");
            return Vec::new();
        };
        let mut effects = screens.screen.leave(&mut context);
        effects.extend(more);
        let screen = std::mem::replace(screens.screen, Screen::Lesson(lesson));
        screens.below.push(screen);
        effects
    }

    /// Says something in the last line, or on a panel where the line is too short: half a path leads nowhere.
    fn say(&mut self, words: &str) {
        let notice = Printable::new(words);
        let fits = notice.width() + 2 <= usize::from(self.size.width);
        if fits || self.overlay.is_some() {
            self.notice = Some(notice);
        } else {
            self.lay_over(Overlay::Notices(vec![words.to_owned()]));
        }
    }

    fn ask_to_begin_again(&mut self) {
        let Some(training) = self.training() else { return };
        let after = match (training.can_begin_again(self.now), training.completion()) {
            (false, _) => {
                self.say("the course can be taken again once it is completed");
                return;
            }
            (true, Some(_)) => After::Completion,
            (true, None) => After::LostVersion,
        };
        self.lay_over(Overlay::BeginAgain(after));
    }

    fn lay_over(&mut self, overlay: Overlay) {
        self.scroll = match &overlay {
            // Where something is typed, that is what is to be seen.
            Overlay::Passphrase { .. } => usize::MAX,
            Overlay::Help
            | Overlay::Notices(_)
            | Overlay::NotSaved(_)
            | Overlay::Conflict(_)
            | Overlay::Failed(_)
            | Overlay::NotOpened(_)
            | Overlay::AskToOpen { .. }
            | Overlay::BeginAgain(_) => 0,
        };
        self.overlay = Some(overlay);
    }

    /// How far the overlay can be scrolled.
    fn last_scroll(&self) -> usize {
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
            (Overlay::AskToOpen { .. } | Overlay::BeginAgain(_), overlay::Message::Confirm)
                if self.scroll < last =>
            {
                // Nobody says yes to what they could not read.
                self.notice = Some("read it to its end first: ↓".into());
                Vec::new()
            }
            (Overlay::BeginAgain(_), overlay::Message::Confirm) => {
                self.overlay = None;
                let now = self.now;
                let changes = self.training_mut().map(|training| training.begin_again(now));
                vec![
                    Effect::Save(changes.unwrap_or_default()),
                    Effect::Send(Box::new(Message::Go(Destination::Course))),
                ]
            }
            (Overlay::Passphrase { field, .. }, overlay::Message::Edit(edit)) => {
                field.edit(&edit);
                Vec::new()
            }
            (Overlay::Passphrase { help, .. }, overlay::Message::Help) => {
                *help = match help {
                    PromptHelp::Short => PromptHelp::Long,
                    PromptHelp::Long => PromptHelp::Short,
                };
                self.scroll = usize::MAX;
                Vec::new()
            }
            (Overlay::Passphrase { field, wrong, .. }, overlay::Message::Confirm)
                if field.text().is_empty() =>
            {
                let (kind, message) = (TroubleKind::Passphrase, "type the passphrase".to_owned());
                *wrong = Some(Trouble { kind, message, hint: None });
                self.scroll = usize::MAX;
                Vec::new()
            }
            (Overlay::Passphrase { field, .. }, overlay::Message::Confirm) => {
                let passphrase = Passphrase::new(field.text());
                self.overlay = None;
                vec![Effect::Sign(Some(passphrase))]
            }
            (Overlay::AskToOpen { address }, overlay::Message::Confirm) => {
                let address = std::mem::take(address);
                self.overlay = None;
                vec![Effect::Open(address)]
            }
            (Overlay::AskToOpen { address }, overlay::Message::Copy) => {
                let address = std::mem::take(address);
                self.overlay = None;
                vec![Effect::Copy(address)]
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
                self.overlay = None;
                Vec::new()
            }
            (
                _,
                overlay::Message::Edit(_)
                | overlay::Message::Confirm
                | overlay::Message::Copy
                | overlay::Message::Help,
            ) => Vec::new(),
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

    /// Something else could not be done.
    pub fn failed(&mut self, trouble: Trouble) {
        self.lay_over(Overlay::Failed(trouble));
    }

    /// An address could not be opened.
    pub fn not_opened(&mut self, trouble: Trouble) {
        self.lay_over(Overlay::NotOpened(trouble));
    }

    /// Signing needs a passphrase, for the first time or again.
    pub fn ask_for_passphrase(&mut self, wrong: Option<Trouble>) {
        self.lay_over(Overlay::Passphrase {
            field: TextField::secret(PASSPHRASE),
            wrong,
            help: PromptHelp::Short,
        });
    }

    /// Draws everything and says what can be clicked where.
    pub fn view(&self, frame: &mut Frame<'_>) -> Hits<Message> {
        let screen = frame.area();
        let (hits, cursor) = self.draw(frame.buffer_mut(), screen);
        if let Some(cursor) = cursor.filter(|cursor| screen.contains(*cursor)) {
            frame.set_cursor_position(cursor);
        }
        hits
    }

    fn draw(&self, buffer: &mut Buffer, screen: Rect) -> (Hits<Message>, Option<Position>) {
        if !self.is_large_enough() {
            self.draw_too_small(buffer, screen);
            return (Vec::new(), None);
        }
        let areas = self.areas();
        let (heading, mut hits, mut cursor) = match &self.stage {
            Stage::Welcome(state) => {
                let mut pane = Pane::new(buffer, areas.body);
                state.view(&self.settings, &mut pane);
                let (hits, cursor) = pane.finish();
                let hits =
                    hits.into_iter().map(|(area, message)| (area, Message::Welcome(message))).collect();
                (state.heading(), hits, cursor)
            }
            Stage::Learning(learning) => {
                let view = self.view_of(learning);
                let (hits, cursor) = learning.screen.view(&view, buffer, areas.body);
                (learning.screen.heading(&view), hits, cursor)
            }
        };
        self.draw_heading(&heading, &mut Pane::<Message>::new(buffer, areas.heading));
        if let Some(overlay) = &self.overlay {
            hits.clear();
            cursor = overlay.view(&self.settings, &self.help(), self.scroll, buffer, areas.body);
        }
        let mut footer = Pane::new(buffer, areas.footer);
        self.draw_footer(&mut footer);
        hits.extend(footer.finish().0);
        (hits, cursor)
    }

    fn draw_heading(&self, heading: &Heading, pane: &mut Pane<'_, Message>) {
        let theme = self.settings.theme;
        let width = usize::from(pane.area().width).saturating_sub(2);
        let status = text::cut(&heading.status, width);
        let title = text::cut(&heading.title, width.saturating_sub(status.width() + 2));
        pane.line(1, 0, &Line::from(text::shown(&title, theme.title())));
        let column = u16::try_from(1 + width.saturating_sub(status.width())).unwrap_or(u16::MAX);
        pane.line(column, 0, &Line::from(text::shown(&status, theme.accent())));
        let rule = "─".repeat(usize::from(pane.area().width));
        pane.line(0, 1, &Line::from(text::said(&rule, theme.muted())));
    }

    fn draw_footer(&self, pane: &mut Pane<'_, Message>) {
        let theme = self.settings.theme;
        if let Some(notice) = &self.notice {
            let notice = text::cut(notice, usize::from(pane.area().width).saturating_sub(2));
            pane.line(1, 0, &Line::from(text::shown(&notice, theme.caution())));
            return;
        }
        let mut hints = self.hints();
        // When the room is short the last ones go first, but never the way out and the way to the help.
        let width_of =
            |(key, hint, _): &(String, &str, Option<Message>)| Printable::new(key).width() + hint.len() + 3;
        let room = usize::from(pane.area().width).saturating_sub(1);
        while hints.len() > 1 && hints.iter().map(width_of).sum::<usize>() > room {
            let spare =
                (1..hints.len() - 1).rev().find(|hint| !matches!(hints[*hint].0.as_str(), "Esc" | "q"));
            hints.remove(spare.unwrap_or(hints.len() - 2));
        }
        let mut column = 1;
        for hint in hints {
            let width = u16::try_from(width_of(&hint)).unwrap_or(u16::MAX);
            let (key, words, message) = hint;
            let line = vec![
                text::said(&key, theme.key()),
                text::own(" ", theme.text()),
                text::own(words, theme.muted()),
            ];
            pane.line(column, 0, &Line::from(line));
            if let Some(message) = message {
                pane.hit(column..column.saturating_add(width.saturating_sub(2)), 0, message);
            }
            column = column.saturating_add(width);
        }
    }

    fn draw_too_small(&self, buffer: &mut Buffer, screen: Rect) {
        let words = format!(
            "needs at least {}×{}, now {}×{}; nothing is lost",
            SMALLEST.width, SMALLEST.height, screen.width, screen.height
        );
        let lines: Vec<_> = text::wrapped(&words, screen.width)
            .iter()
            .map(|part| Line::from(text::shown(part, self.settings.theme.caution())))
            .collect();
        Pane::<Message>::new(buffer, screen).lines(0, 0, &lines);
    }

    /// Keys and what they do in a word, for the last line; the way to the help stands last.
    fn hints(&self) -> Vec<(String, &'static str, Option<Message>)> {
        fn of<M: Clone>(
            table: &[Binding<M>],
            wrap: fn(M) -> Message,
        ) -> Vec<(String, &'static str, Option<Message>)> {
            let hints = table.iter().filter_map(Binding::footer);
            hints.map(|(key, hint, message)| (key, hint, message.map(wrap))).collect()
        }
        if let Some(overlay) = &self.overlay {
            let mut hints = of(overlay.keys(), Message::Overlay);
            if self.last_scroll() > 0 {
                hints.extend(of(overlay::SCROLL, Message::Overlay));
            }
            return hints;
        }
        let mut hints = match &self.stage {
            Stage::Welcome(state) => of(state.keys(), Message::Welcome),
            Stage::Learning(learning) => learning.screen.hints(),
        };
        let typing = self.is_typing();
        let everywhere = EVERYWHERE.iter().filter_map(Binding::footer);
        // Where `?` is a character to be typed, F1 is the key.
        hints.extend(
            everywhere
                .map(|(key, hint, message)| (if typing { "F1".to_owned() } else { key }, hint, message)),
        );
        hints
    }

    /// Whether `?` goes into a text instead of opening the help.
    fn is_typing(&self) -> bool {
        let question_mark = Event::Key(KeyCode::Char('?').into());
        let message = match &self.stage {
            Stage::Welcome(state) => keymap::message_for(state.keys(), &question_mark).map(Message::Welcome),
            Stage::Learning(learning) => learning.screen.message_for(&question_mark),
        };
        message.is_some()
    }

    /// Every key of the screen and what it does.
    #[must_use]
    pub fn help(&self) -> Vec<(String, &'static str)> {
        let mut help: Vec<_> = match &self.stage {
            Stage::Welcome(state) => {
                state.keys().iter().map(|binding| (binding.names(), binding.help())).collect()
            }
            Stage::Learning(learning) => learning.screen.help(),
        };
        // What is typed is no key.
        let typing = self.is_typing();
        let free =
            |event: &Event| !(typing && matches!(event, Event::Key(key) if key.code == KeyCode::Char('?')));
        let everywhere = EVERYWHERE.iter();
        help.extend(everywhere.filter_map(|binding| Some((binding.names_of(free)?, binding.help()))));
        help
    }

    fn is_large_enough(&self) -> bool {
        self.size.width >= SMALLEST.width && self.size.height >= SMALLEST.height
    }

    fn areas(&self) -> Areas {
        Areas::of(self.size)
    }

    fn view_of<'a>(&'a self, learning: &'a Learning) -> View<'a> {
        View { training: &learning.training, now: self.now, settings: &self.settings }
    }

    /// The screens, and what their updates work with.
    fn learning_context(&mut self) -> Option<(Screens<'_>, Context<'_>)> {
        let size = self.areas().body.as_size();
        match &mut self.stage {
            Stage::Welcome(_) => None,
            Stage::Learning(learning) => {
                let Learning { training, screen, below } = &mut **learning;
                let context = Context { training, now: self.now, size, settings: &self.settings };
                Some((Screens { screen, below }, context))
            }
        }
    }
}

struct Screens<'a> {
    screen: &'a mut Screen,
    below: &'a mut Vec<Screen>,
}

/// The parts of the screen.
#[derive(Debug, Clone, Copy)]
struct Areas {
    heading: Rect,
    body: Rect,
    footer: Rect,
}

impl Areas {
    fn of(size: Size) -> Self {
        let (top, bottom) = if size.height >= AIRY { (2, 2) } else { (1, 1) };
        let body = size.height.saturating_sub(top + bottom);
        Self {
            heading: Rect { x: 0, y: 0, width: size.width, height: top.min(size.height) },
            body: Rect { x: 0, y: top.min(size.height), width: size.width, height: body },
            footer: Rect {
                x: 0,
                y: size.height.saturating_sub(1),
                width: size.width,
                height: size.height.min(1),
            },
        }
    }
}

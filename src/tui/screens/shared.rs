//! What the screens on which something is answered have in common.

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;

use crate::course::Course;
use crate::markup;
use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::quiz::mark::Mark;
use crate::quiz::question::{LessonLink, Question};
use crate::quiz::response::Certainty;
use crate::quiz::{AskCertainty, Quiz};
use crate::training::{CheckState, Step, Text};
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::everywhere::key_of_settings;
use crate::tui::keymap::{Key, Keymap};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::open_text::{LEAVE, LEAVE_KEYS};
use crate::tui::settings::Settings;
use crate::tui::widgets::answer::{AnswerPad, CertaintyLine, Drag, PadMessage, Source};
use crate::tui::widgets::greeting::Greeting;
use crate::tui::widgets::sheet::{self, Sheet, Spot, column};

/// How else the course can be taken: whoever cannot read the screen comfortably is told on the first one.
pub(super) fn other_ways(settings: &Settings) -> String {
    let key = key_of_settings(&settings.keymap);
    let key = key.map_or_else(String::new, |key| format!(" {}.", way_to_settings(&key)));
    format!("Line by line, for screen readers: {}.{key}", settings.line_by_line)
}

fn way_to_settings(key: &str) -> String {
    format!("Settings: {key}")
}

fn way_to_course(key: &str) -> String {
    format!("{key}: the course")
}

fn way_to_answers(key: &str) -> String {
    format!("{key}: your answers so far")
}

/// Looks at what was answered in a check, by its name in `config.ron`.
pub(super) const LOOK_BACK: &str = "review";

/// The keys that do, where nobody wants others.
pub(super) const LOOK_BACK_KEYS: &[Key] = &[Key::Char('v'), Key::Ctrl('r')];

/// The keys that show what was answered in a check: the one that people know first, and the one that is none of a text.
pub(super) fn keys_to_look_back(keymap: &Keymap) -> Vec<Key> {
    let while_typing = keymap.first_key_while_typing(LOOK_BACK, LOOK_BACK_KEYS);
    [keymap.first_key(LOOK_BACK, LOOK_BACK_KEYS), while_typing].into_iter().flatten().collect()
}

/// The words by which sentences name keys, with what comes in for these.
pub(in crate::tui) fn ways_named(keymap: &Keymap) -> Vec<(String, Event)> {
    let settings = key_of_settings(keymap).map(|key| (way_to_settings(&key), key));
    let course = keymap.first_key(LEAVE, LEAVE_KEYS).map(Key::name);
    let course = course.map(|key| (way_to_course(&key), key));
    let answers = keys_to_look_back(keymap).into_iter().map(Key::name);
    let answers = answers.map(|key| (way_to_answers(&key), key));
    let event = |(words, key): (String, String)| Some((words, Key::events_of(&key)?.pop()?));
    settings.into_iter().chain(course).chain(answers).filter_map(event).collect()
}

/// The same in one line of this width, in fewer words where it has to be; `None` where that is too narrow.
pub(super) fn other_ways_in_a_line(settings: &Settings, width: u16) -> Option<Printable> {
    let short = format!("Line by line: {}", settings.line_by_line);
    let lines = [other_ways(settings), short].map(|words| Printable::new(&words));
    lines.into_iter().find(|line| line.width() <= width.into())
}

/// In how many rows it is said what a question begins with.
pub(super) const BEGINNING: usize = 2;

/// A line of the list of what was answered: the question at `index`, from 0, with its mark where it was answered; choosing it says
/// `message`.
pub(super) fn answer_line<M: Clone>(
    sheet: &mut Sheet<M>,
    index: usize,
    question: &Question,
    mark: Option<Mark>,
    message: M,
) {
    let theme = sheet.theme();
    let (outcome, style) = match mark {
        None => ("✗ not answered: ", theme.bad()),
        Some(Mark { earned, possible }) if earned == possible => ("✓ right: ", theme.good()),
        Some(Mark { earned: 0, .. }) => ("✗ not right: ", theme.bad()),
        Some(_) => ("~ partly right: ", theme.caution()),
    };
    let words = Phrase::new().own(outcome).value(markup::plain(&question.prompt).to_string());
    sheet.link_in(BEGINNING, &format!("{}. ", index + 1), words, style, message);
}

/// Where somebody comes back to who left `sheet` by what says `message`, or has come to that meanwhile: at the last thing that says it.
pub(super) fn back_at<M: Clone + PartialEq>(sheet: &Sheet<M>, message: &M, height: u16) -> Spot {
    sheet.last_of(message).map_or_else(Spot::default, |entry| sheet.at(entry, height))
}

/// Where somebody is on a sheet whose area was the first of these and is the second one now; `sheet` lays it out for a width.
pub(super) fn spot_in<M: Clone>(sheet: impl Fn(u16) -> Sheet<M>, [before, now]: [Rect; 2]) -> Spot {
    sheet(before.width).spot_on(before.height, &sheet(now.width), now.height)
}

/// Until when the course is to be done, and how that stands, where it was assigned.
pub(super) fn due(view: &View<'_>) -> Option<(String, Style)> {
    let due = view.training.assigned()?.due;
    let (day, theme) = (view.settings.until(due), view.settings.theme);
    Some(match (view.training.next_step() == Step::Certificate, view.now > due) {
        (true, _) => (format!("assigned, due {day}: done"), theme.good()),
        (false, true) => (format!("overdue: was due {day}"), theme.bad()),
        (false, false) => (format!("due {day}"), theme.caution()),
    })
}

/// What is said to who comes back to the program and is where they left off: the keys that lead from there to the course and to what they
/// answered, if there are such, and how else the course can be taken.
pub(super) fn greeting(leave: Option<Key>, look_back: Option<Key>, context: &Context<'_>) -> Greeting {
    let muted = context.settings.theme.muted();
    let way = leave.map_or_else(String::new, |key| format!(", {}", way_to_course(&key.name())));
    let due = due(&context.view()).map(|(words, style)| (style, words));
    let answers = look_back.map(|key| (muted, way_to_answers(&key.name())));
    let words = due.into_iter().chain(answers).chain([(muted, other_ways(context.settings))]);
    Greeting::new((muted, format!("you go on here{way}")), words.collect())
}

/// A screen that shows a pad to answer a question on, and else a sheet.
pub(super) trait PadOrSheet {
    /// What happens on it.
    type Message: Clone;

    /// What a message of the pad is for the screen.
    const PAD: fn(PadMessage) -> Self::Message;

    /// What a move on the sheet is for the screen.
    const STEP: fn(sheet::Step) -> Self::Message;

    /// The pad that is shown now.
    fn pad(&self) -> Option<&AnswerPad>;

    /// The same, to be changed.
    fn pad_mut(&mut self) -> Option<&mut AnswerPad>;

    /// The sheet that is shown now, for a column of this width.
    fn sheet(&self, view: &View<'_>, width: u16) -> Option<Sheet<Self::Message>>;

    /// Where on the sheet the learner is.
    fn spot_mut(&mut self) -> Option<&mut Spot>;

    /// Whether the question on the pad links to a lesson.
    fn links_to_lesson(&self) -> bool {
        self.pad().is_some_and(|pad| pad.question().lesson.is_some())
    }

    /// The keys of what is shown, for the help.
    fn shown_keys(&self) -> Vec<(&'static str, &'static str)> {
        self.pad().map_or_else(|| sheet::KEYS.to_vec(), AnswerPad::keys)
    }

    /// What `event` means on what is shown.
    fn shown_message_for(&self, event: &Event) -> Option<Self::Message> {
        match self.pad() {
            Some(pad) => pad.message_for_event(event).map(Self::PAD),
            None => sheet::step_for(event).map(Self::STEP),
        }
    }

    /// What a click at `at` on what is shown means.
    fn shown_message_at(&self, body: Rect, at: Position) -> Option<Self::Message> {
        self.pad()?.message_at(column(body), at).map(Self::PAD)
    }

    /// What it means that the mouse is dragged to `at`.
    fn shown_message_for_drag(&self, body: Rect, at: Position, drag: Drag) -> Option<Self::Message> {
        self.pad()?.message_for_drag(column(body), at, drag).map(Self::PAD)
    }

    /// Whether there is more below what is seen of it on a body of this size, which Space shows.
    fn shows_more(&self, view: &View<'_>, body: Size) -> bool {
        let area = whole(body);
        match self.pad() {
            Some(pad) => pad.can_read_on(),
            None => self.sheet(view, area.width).is_some_and(|sheet| sheet.has_more(area.height)),
        }
    }

    /// What Enter does on what is shown on a body of this size, in a word, where that is not what the screen says.
    fn shown_enter(&self, view: &View<'_>, body: Size) -> Option<&'static str> {
        let area = whole(body);
        match self.pad() {
            Some(pad) => pad.enter(),
            None => self.sheet(view, area.width)?.enter(area.height),
        }
    }

    /// Moves on the sheet.
    fn step(&mut self, step: sheet::Step, context: &Context<'_>) {
        let area = whole(context.size);
        let after = self.sheet(&context.view(), area.width).map(|sheet| sheet.after(step, area.height));
        if let (Some(spot), Some(after)) = (self.spot_mut(), after) {
            *spot = after;
        }
    }

    /// Gives the focus to the thing to choose with the index `entry`.
    fn mark(&mut self, entry: usize, context: &Context<'_>) {
        let area = whole(context.size);
        let marked = self.sheet(&context.view(), area.width).map(|sheet| sheet.at(entry, area.height));
        if let (Some(spot), Some(marked)) = (self.spot_mut(), marked) {
            *spot = marked;
        }
    }

    /// What the thing with the focus on the sheet says; while it is out of sight, goes nearer to it instead.
    fn choose(&mut self, context: &Context<'_>) -> Option<Self::Message> {
        let area = whole(context.size);
        let sheet = self.sheet(&context.view(), area.width)?;
        match (sheet.nearer_to_focus(area.height), self.spot_mut()) {
            (Some(nearer), Some(spot)) => {
                *spot = nearer;
                None
            }
            (Some(_) | None, _) => sheet.chosen(),
        }
    }

    /// Draws it.
    fn draw(&self, view: &View<'_>, pane: &mut Pane<'_, Self::Message>) {
        let area = column(pane.area());
        if let Some(pad) = self.pad() {
            pad.view(area, pane.buffer(), view.settings.theme);
            pane.cursor_at(pad.cursor(area));
        } else if let Some(sheet) = self.sheet(view, area.width) {
            sheet.draw(pane, area);
        }
    }

    /// It is drawn now: what can be seen of a question is in sight.
    fn note_shown(&mut self) {
        if let Some(pad) = self.pad_mut() {
            pad.note_shown();
        }
    }

    /// Goes on to what nobody has seen yet of the question on the pad, if there is anything: what stands below the end of
    /// the screen is seen before an answer is handed in. Whether there was.
    fn see_rest(&mut self) -> bool {
        let pad = self.pad_mut().filter(|pad| pad.has_unseen());
        pad.map(|pad| pad.update(&PadMessage::SeeRest)).is_some()
    }

    /// The body of the screen has another size than `from`, or the learner other wishes.
    fn fit(&mut self, from: Size, context: &Context<'_>) {
        let (view, [before, area]) = (context.view(), [from, context.size].map(whole));
        let sheets = self.sheet(&view, before.width).zip(self.sheet(&view, area.width));
        if let (Some(spot), Some((sheet, anew))) = (self.spot_mut(), sheets.filter(|_| from != context.size))
        {
            *spot = sheet.spot_on(before.height, &anew, area.height);
        }
        if let Some(pad) = self.pad_mut() {
            pad.order_by(context.settings.theme.bidi());
            pad.resize(pad_size(context.size));
        }
    }
}

/// What the key for a correction does.
pub(super) const CORRECT: &str = "correct your name, employee number or e-mail";

/// A pad as it stands on the screen: with the source that its question has in `course`, and of the size of what is free.
pub(super) fn fitted(pad: AnswerPad, course: &Course, context: &Context<'_>) -> AnswerPad {
    let source = source_words(pad.question(), course);
    let mut pad = pad.with_source(source).ordered_by(context.settings.theme.bidi());
    pad.resize(pad_size(context.size));
    pad
}

/// How large a pad is in a body of this size.
pub(in crate::tui) fn pad_size(body: Size) -> Size {
    whole(body).as_size()
}

/// Whether `quiz` asks how sure somebody is, with what they `said`.
pub(super) fn certainty_line(quiz: &Quiz, said: Option<Certainty>) -> CertaintyLine {
    match quiz.certainty {
        AskCertainty::Yes => CertaintyLine::Asked(said),
        AskCertainty::No => CertaintyLine::NotAsked,
    }
}

/// The column of text on a body of this size, wherever that is on the screen.
pub(super) fn whole(body: Size) -> Rect {
    column(Rect::from((Position::ORIGIN, body)))
}

/// The source of what is right in a question of `course`, and the lesson that lists it at its end, if its lesson does.
pub(super) fn source_words(question: &Question, course: &Course) -> Option<Source> {
    let source = question.source.as_ref()?;
    Some(match course.listed_sources(question) {
        Some(sources) => Source::Listed(sources.words()),
        None => Source::Named(source.clone()),
    })
}

/// Opens the lesson that lists the source of `question` where it does, and says which it is: a list begins on the screen with others.
pub(super) fn look_up_source(question: Option<&Question>, course: &Course) -> Vec<Effect> {
    match question.and_then(|question| course.listed_sources(question)) {
        Some(sources) => {
            let which = saying(sources.which());
            let (text, places) = (Text::Lesson(sources.module), sources.places);
            vec![sending(FaceMessage::LookUpSources { text, places }), which]
        }
        None => vec![saying("no lesson of this version lists this source")],
    }
}

/// Opens the lesson that `question` links to.
pub(super) fn look_up(question: Option<&Question>) -> Effect {
    let link: Option<LessonLink> = question.and_then(|question| question.lesson.clone());
    match link {
        Some(link) => sending(FaceMessage::LookUp(link)),
        None => saying("this question links no lesson"),
    }
}

/// The way to what comes next.
pub(in crate::tui) fn going_on(next: Step) -> FaceMessage {
    FaceMessage::Go(Destination::from(next))
}

/// What was reached in a check and what is needed, where counting the right answers does not show it.
pub(in crate::tui) fn reached(state: CheckState, view: &View<'_>) -> Option<String> {
    let needed = view.training.course().check_pass_percent.get();
    let percent = state.percent_to_tell(needed)?;
    Some(format!("{percent} %, {needed} % needed"))
}

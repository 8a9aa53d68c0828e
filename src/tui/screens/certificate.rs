//! The certificate screen: what was achieved, where the record is, what to do with it.

use crossterm::event::Event;
use ratatui::layout::Size;

use crate::phrase::counted;
use crate::printable::Printable;
use crate::progress::Completion;
use crate::quiz::mark::{self, percent};
use crate::shell::quoted;
use crate::training::{
    ANYBODY_CAN_CHECK, Certificate, IT_SAYS_FOR_ITSELF, LEVELS, NOTHING_IS_WRITTEN, Purpose, THE_FILE_COUNTS,
    WITH_OTHER_TOOLS,
};
use crate::tui::copied::Copied;
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{spot_in, whole};
use crate::tui::screens::{Heading, ScreenState, Table};
use crate::tui::widgets::sheet::{self, Sheet, Spot, Step, column};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    page: Page,
    spot: Spot,
    file: File,
}

/// The record's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    /// Nobody has looked.
    Unknown,
    /// It is there.
    Written,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// Who, what, how well, when, and where the file is.
    Certificate,
    /// How anybody checks it, and where on the certificate the learner was.
    Verifying { from: Spot },
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Copies the path of the record.
    CopyPath,
    /// Copies the command that checks it.
    CopyCommand,
    /// Writes the printable certificate.
    Export,
    /// Writes the record's file again, if it is not there any more.
    Deliver,
    /// Writes the file of the record of an earlier run, if it is not there any more, and copies its path.
    Earlier(u32),
    /// Asks whether to take the course again.
    Again,
    /// Shows how to verify the record, or the certificate again.
    Turn,
    /// Moves.
    Step(Step),
    /// Chooses.
    Choose,
    /// Leaves.
    Leave,
}

impl Message {
    /// Whether nothing is done by it before there is a record of the present run.
    fn is_about_the_record(&self) -> bool {
        match self {
            Self::CopyPath | Self::CopyCommand | Self::Export | Self::Deliver | Self::Turn => true,
            Self::Earlier(_) | Self::Again | Self::Step(_) | Self::Choose | Self::Leave => false,
        }
    }
}

/// The action that copies what is asked for most on either page, and its keys.
const COPY: &str = "copy";
const COPY_KEYS: &[Key] = &[Key::Char('c')];

static CERTIFICATE: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(COPY_KEYS, Message::CopyPath, "copy the path of the record").action(COPY).hint("copy"),
    Binding::new(&[Key::Char('o')], Message::Export, "write a certificate to print, and say where")
        .action("export")
        .hint("certificate"),
    Binding::new(&[Key::Char('v')], Message::Turn, "how anybody checks the record")
        .action("verify")
        .hint("verify"),
    Binding::new(&[Key::Char('w')], Message::Deliver, "write the record's file again, if it is gone")
        .action("write_again"),
    Binding::new(&[Key::Char('R')], Message::Again, "take the course again; you are asked first")
        .action("take_again"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back to the course")
        .action("leave")
        .hint("back"),
];

static VERIFYING: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(COPY_KEYS, Message::CopyCommand, "copy the command").action(COPY).hint("copy"),
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('v')], Message::Turn, "back to the certificate")
        .action("leave")
        .hint("back"),
];

impl State {
    /// Opens it, with the record's file written; `None` before any record of this course was signed.
    pub fn open(context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        context.training.progress().completions.first()?;
        // The program may have ended between keeping the record and writing its file.
        let deliver = context.training.completion().map(|completion| Effect::Deliver(completion.run));
        let state = Self { page: Page::Certificate, spot: Spot::default(), file: File::Unknown };
        Some((state, deliver.into_iter().collect()))
    }

    /// The record's file is there.
    pub fn delivered(&mut self) {
        self.file = File::Written;
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        let mut sheet = Sheet::new(width, self.spot, view.settings.theme);
        match (view.training.certificate(), self.page) {
            (None, _) => {
                sheet.words("There is no record in this run yet.", view.settings.theme.caution());
                write_earlier(&mut sheet, view);
            }
            (Some(certificate), Page::Certificate) => {
                self.write_certificate(&mut sheet, &certificate, view);
                write_earlier(&mut sheet, view);
            }
            (Some(certificate), Page::Verifying { .. }) => write_verifying(&mut sheet, &certificate, view),
        }
        sheet
    }
}

/// Where a record's file is.
fn path(view: &View<'_>, completion: &Completion) -> String {
    view.settings.places.records.join(&completion.file_name).display().to_string()
}

fn write_earlier(sheet: &mut Sheet<Message>, view: &View<'_>) {
    let theme = view.settings.theme;
    if view.training.earlier_completions().next().is_none() {
        return;
    }
    sheet.blank();
    sheet.words("Earlier records of this course; choosing one copies its path:", theme.strong());
    for completion in view.training.earlier_completions() {
        let words = format!("{}  {}", view.settings.day(completion.at), path(view, completion));
        sheet.link(&words, theme.text(), Message::Earlier(completion.run));
    }
}

impl State {
    fn write_certificate(&self, sheet: &mut Sheet<Message>, certificate: &Certificate<'_>, view: &View<'_>) {
        const NAMES: usize = 14;
        let theme = view.settings.theme;
        let claims = &certificate.claims;
        sheet.words(&format!("✓ {} has completed", claims.person.name), theme.good().patch(theme.strong()));
        let course = format!("{}, version {}", claims.course.title, claims.course.version);
        sheet.words(&course, theme.strong());
        sheet.blank();
        let result = &claims.result;
        let attempts = claims.attempts.len();
        let score = format!(
            "{} % ({}), {} % needed, {}",
            percent(result.earned, result.possible),
            mark::score(result.earned, result.possible),
            result.pass_percent,
            counted(attempts, "attempt", "attempts")
        );
        let valid = certificate.valid_until.map(|until| view.settings.day(until).to_string());
        sheet.field("employee no.", &claims.person.number, NAMES);
        sheet.field("score", &score, NAMES);
        sheet.field("signed", view.settings.day_and_time(certificate.completion.at).as_str(), NAMES);
        sheet.field(
            "valid until",
            &valid.unwrap_or_else(|| "unknown: this version of the course is not here".to_owned()),
            NAMES,
        );
        if let Some(agreed) = &claims.acknowledgement {
            sheet.field("agreed to", &format!("“{}”", agreed.statement), NAMES);
        }
        let record = path(view, certificate.completion);
        match view.settings.keymap.first_key(COPY, COPY_KEYS) {
            Some(key) => sheet.field_copied_by("record", key, &record, NAMES),
            None => sheet.field_to_copy("record", &record, NAMES),
        }
        if self.file == File::Unknown {
            sheet.field("", "✗ this file is not written yet: w tries again", NAMES);
        }
        sheet.field_to_copy("fingerprint", &certificate.completion.digest.to_string(), NAMES);
        sheet.blank();
        sheet.words("What to do now:", theme.strong());
        sheet.words(&view.training.deliver_to(), theme.text());
        sheet.words(THE_FILE_COUNTS, theme.muted());
        sheet.blank();
        sheet.button("Copy the path of the record", Message::CopyPath);
        sheet.button("Write a certificate to print", Message::Export);
        sheet.button("How anybody checks this", Message::Turn);
    }
}

fn write_verifying(sheet: &mut Sheet<Message>, certificate: &Certificate<'_>, view: &View<'_>) {
    let theme = view.settings.theme;
    sheet.words(ANYBODY_CAN_CHECK, theme.strong());
    sheet.blank();
    sheet.command(VERIFY, &quoted(path(view, certificate.completion)));
    sheet.blank();
    sheet.words(IT_SAYS_FOR_ITSELF, theme.text());
    for (level, what) in LEVELS {
        sheet.hanging(&format!("• {level:11}"), what, theme.text());
    }
    sheet.blank();
    sheet.words(WITH_OTHER_TOOLS, theme.text());
    sheet.blank();
    sheet.field_to_copy("signer", &certificate.claims.id, 14);
    sheet.field_to_copy("fingerprint", &certificate.completion.digest.to_string(), 14);
    sheet.blank();
    sheet.button("Copy the command", Message::CopyCommand);
    sheet.button("Back to the certificate", Message::Turn);
}

/// The verb for anybody.
const VERIFY: &str = "countersign verify";

/// What checks a record.
fn command(view: &View<'_>, completion: &Completion) -> String {
    format!("{VERIFY} {}", quoted(path(view, completion)))
}

/// Copies what names a record's file, which is there by then.
fn copy(
    view: &View<'_>,
    completion: Option<&Completion>,
    kind: fn(String) -> Copied,
    named: fn(&View<'_>, &Completion) -> String,
) -> Vec<Effect> {
    let Some(completion) = completion else { return Vec::new() };
    vec![Effect::Deliver(completion.run), Effect::Copy(kind(named(view, completion)))]
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(match self.page {
            Page::Certificate => CERTIFICATE,
            Page::Verifying { .. } => VERIFYING,
        })
    }

    fn inner_keys(&self) -> Vec<(&'static str, &'static str)> {
        sheet::KEYS.to_vec()
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        sheet::step_for(event).map(Message::Step)
    }

    fn inner_enter(&self, view: &View<'_>, body: Size) -> Option<&'static str> {
        let area = whole(body);
        self.sheet(view, area.width).enter(area.height)
    }

    fn is_idle(&self, message: &Message, view: &View<'_>, _body: Size) -> bool {
        message.is_about_the_record() && view.training.completion().is_none()
    }

    fn has_more(&self, view: &View<'_>, body: Size) -> bool {
        let area = whole(body);
        self.sheet(view, area.width).has_more(area.height)
    }

    fn heading(&self, view: &View<'_>) -> Heading {
        let (title, status) = match self.page {
            Page::Certificate if view.training.completion().is_none() => ("Certificate", "not yet"),
            Page::Certificate => ("Certificate", "complete"),
            Page::Verifying { .. } => ("How anybody checks this", ""),
        };
        Heading { title: Printable::new(title), status: Printable::new(status), ..Heading::default() }
    }

    fn resize(&mut self, from: Size, context: &mut Context<'_>) {
        let view = context.view();
        self.spot = spot_in(|width| self.sheet(&view, width), [from, context.size].map(whole));
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            _ if message.is_about_the_record() && context.training.completion().is_none() => {
                return vec![saying("there is no record in this run yet")];
            }
            Message::CopyPath => {
                return copy(&context.view(), context.training.completion(), Copied::Path, path);
            }
            Message::CopyCommand => {
                return copy(&context.view(), context.training.completion(), Copied::Command, command);
            }
            Message::Earlier(run) => {
                let completion =
                    context.training.earlier_completions().find(|completion| completion.run == run);
                return copy(&context.view(), completion, Copied::Path, path);
            }
            Message::Export | Message::Deliver if context.training.purpose() == Purpose::Preview => {
                return vec![saying(NOTHING_IS_WRITTEN)];
            }
            Message::Export => return vec![Effect::Export],
            Message::Deliver => {
                let Some(completion) = context.training.completion() else { return Vec::new() };
                let path = path(&context.view(), completion);
                let place = sending(FaceMessage::Place { words: "the record is in", path });
                return vec![Effect::Deliver(completion.run), place];
            }
            Message::Again => return vec![sending(FaceMessage::AskToBeginAgain)],
            Message::Turn => {
                (self.page, self.spot) = match self.page {
                    Page::Certificate => (Page::Verifying { from: self.spot }, Spot::default()),
                    Page::Verifying { from } => (Page::Certificate, from),
                };
            }
            Message::Step(step) => {
                let area = whole(context.size);
                self.spot = self.sheet(&context.view(), area.width).after(step, area.height);
            }
            Message::Choose => {
                let area = whole(context.size);
                let sheet = self.sheet(&context.view(), area.width);
                match sheet.nearer_to_focus(area.height) {
                    Some(nearer) => self.spot = nearer,
                    None => {
                        return sheet.chosen().map_or_else(Vec::new, |message| self.update(message, context));
                    }
                }
            }
            Message::Leave => return vec![sending(FaceMessage::Back)],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = column(pane.area());
        self.sheet(view, area.width).draw(pane, area);
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("on the certificate").pad().table(CERTIFICATE),
        KeyContext::new("on how to verify").pad().table(VERIFYING),
    ]
}

#[cfg(test)]
mod tests;

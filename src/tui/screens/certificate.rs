//! The certificate screen: what was achieved, where the record is, what to do with it.

use crossterm::event::Event;

use crate::printable::Printable;
use crate::training::Certificate;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Key};
use crate::tui::message::Message as Face;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{points, sending, whole};
use crate::tui::screens::{Heading, ScreenState};
use crate::tui::widgets::sheet::{self, Sheet, Spot, Step, column};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    page: Page,
    spot: Spot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// Who, what, how well, when, and where the file is.
    Certificate,
    /// How anybody checks it.
    Verifying,
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Copies the path of the record.
    CopyPath,
    /// Writes the printable certificate.
    Export,
    /// Writes the record's file again, if it is not there any more.
    Deliver,
    /// Shows how to verify the record, or the certificate again.
    Turn,
    /// Moves.
    Step(Step),
    /// Chooses.
    Choose,
    /// Leaves.
    Leave,
}

static CERTIFICATE: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Char(' ')], Message::Choose, "choose").hint("choose"),
    Binding::new(&[Key::Char('c')], Message::CopyPath, "copy the path of the record").hint("copy path"),
    Binding::new(&[Key::Char('o')], Message::Export, "write a certificate to print, and say where")
        .hint("certificate"),
    Binding::new(&[Key::Char('v')], Message::Turn, "how anybody checks the record").hint("verify"),
    Binding::new(&[Key::Char('w')], Message::Deliver, "write the record's file again, if it is gone"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back to the course").hint("back"),
];

static VERIFYING: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Char(' ')], Message::Choose, "choose").hint("choose"),
    Binding::new(&[Key::Char('c')], Message::CopyPath, "copy the path of the record").hint("copy path"),
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('v')], Message::Turn, "back to the certificate")
        .hint("back"),
];

impl State {
    /// Opens it; `None` before a record was signed.
    pub fn open(context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        context.training.certificate()?;
        Some((Self { page: Page::Certificate, spot: Spot::default() }, Vec::new()))
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        let mut sheet = Sheet::new(width, self.spot, view.settings.theme);
        match (view.training.certificate(), self.page) {
            (None, _) => sheet.words("There is no record in this run yet.", view.settings.theme.caution()),
            (Some(certificate), Page::Certificate) => write_certificate(&mut sheet, &certificate, view),
            (Some(certificate), Page::Verifying) => write_verifying(&mut sheet, &certificate, view),
        }
        sheet
    }
}

/// Where the record's file is.
fn path(view: &View<'_>, certificate: &Certificate<'_>) -> String {
    view.settings.places.records.join(&certificate.completion.file_name).display().to_string()
}

fn write_certificate(sheet: &mut Sheet<Message>, certificate: &Certificate<'_>, view: &View<'_>) {
    const NAMES: usize = 14;
    let theme = view.settings.theme;
    let claims = &certificate.claims;
    sheet.words(&format!("✓ {} has completed", claims.person.name), theme.good().patch(theme.strong()));
    sheet.words(&claims.course.title, theme.strong());
    sheet.blank();
    let result = &claims.result;
    let percent = (result.earned * 100).checked_div(result.possible).unwrap_or(0);
    let score = format!(
        "{percent} % ({} of {} points), {} % needed",
        points(result.earned),
        points(result.possible),
        result.pass_percent
    );
    let valid = certificate.valid_until.map(|until| view.settings.day(until).to_string());
    sheet.field("employee no.", &claims.person.number, NAMES);
    sheet.field("version", &claims.course.version, NAMES);
    sheet.field("score", &score, NAMES);
    sheet.field("signed", view.settings.day_and_time(certificate.completion.at).as_str(), NAMES);
    sheet.field(
        "valid until",
        &valid.unwrap_or_else(|| "unknown: this version of the course is not here".to_owned()),
        NAMES,
    );
    sheet.field("record", &path(view, certificate), NAMES);
    sheet.field("fingerprint", &certificate.completion.digest.to_string(), NAMES);
    sheet.blank();
    sheet.words("What to do now:", theme.strong());
    sheet.words(view.training.deliver_to(), theme.text());
    sheet.words("The record file is what counts. Keep a copy; any change to it is noticed.", theme.muted());
    sheet.blank();
    sheet.button("Copy the path of the record", Message::CopyPath);
    sheet.button("Write a certificate to print", Message::Export);
    sheet.button("How anybody checks this", Message::Turn);
}

fn write_verifying(sheet: &mut Sheet<Message>, certificate: &Certificate<'_>, view: &View<'_>) {
    let theme = view.settings.theme;
    let file = path(view, certificate);
    sheet.words("Anybody can check the record, without asking us and without a network:", theme.strong());
    sheet.blank();
    sheet.hanging("  ", &format!("countersign verify \"{file}\""), theme.code());
    sheet.blank();
    sheet.words("It says for itself what holds and what could not be checked:", theme.text());
    let mut level = |name: &str, what: &str| sheet.hanging(&format!("• {name:10}"), what, theme.text());
    level("signature", "nothing was changed since it was signed");
    level("content", "which lessons and questions it is about, byte for byte");
    level("grading", "every answer is marked again, and the score comes out the same");
    level("identity", "whose key signed it, as far as the organisation knows that key");
    level("time", "when it was signed, as far as somebody else has seen it");
    sheet.blank();
    sheet.words("The record is a W3C verifiable credential. The folder docs/verify of the program shows how to check it with Python, openssl or npm alone.", theme.text());
    sheet.blank();
    sheet.field("signer", &certificate.claims.id, 14);
    sheet.field("fingerprint", &certificate.completion.digest.to_string(), 14);
    sheet.blank();
    sheet.button("Copy the path of the record", Message::CopyPath);
    sheet.button("Back to the certificate", Message::Turn);
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> &'static [Binding<Message>] {
        match self.page {
            Page::Certificate => CERTIFICATE,
            Page::Verifying => VERIFYING,
        }
    }

    fn inner_keys(&self) -> Vec<(&'static str, &'static str)> {
        sheet::KEYS.to_vec()
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        sheet::step_for(event).map(Message::Step)
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        let (title, status) = match self.page {
            Page::Certificate => ("Certificate", "complete"),
            Page::Verifying => ("How anybody checks this", ""),
        };
        Heading { title: Printable::new(title), status: Printable::new(status) }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::CopyPath => {
                let view = context.view();
                let path = view.training.certificate().map(|certificate| path(&view, &certificate));
                return path.map(Effect::Copy).into_iter().collect();
            }
            Message::Export => return vec![Effect::Export],
            Message::Deliver => return vec![Effect::Deliver],
            Message::Turn => {
                self.page = match self.page {
                    Page::Certificate => Page::Verifying,
                    Page::Verifying => Page::Certificate,
                };
                self.spot = Spot::default();
            }
            Message::Step(step) => {
                let area = whole(context.size);
                self.spot = self.sheet(&context.view(), area.width).after(step, area.height);
            }
            Message::Choose => {
                let area = whole(context.size);
                let chosen = self.sheet(&context.view(), area.width).chosen();
                return chosen.map_or_else(Vec::new, |message| self.update(message, context));
            }
            Message::Leave => return vec![sending(Face::Back)],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = column(pane.area());
        self.sheet(view, area.width).draw(pane, area);
    }
}

#[cfg(test)]
mod tests;

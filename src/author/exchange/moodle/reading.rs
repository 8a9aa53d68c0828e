//! One question of a bank while it is read: its texts, and what is lost of it.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::author::exchange::Note;
use crate::author::exchange::html::{self, Address, shortened};
use crate::author::exchange::moodle::attached::{ATTACHED, Attached, name_in};
use crate::author::exchange::moodle::facts::Facts;
use crate::author::exchange::moodle::fraction::Fraction;
use crate::author::exchange::moodle::pictures::Pictures;
use crate::author::exchange::moodle::tree::Element;
use crate::author::exchange::shelf::option_ids;
use crate::id::OptionId;
use crate::quiz::question::{Choice, Item};

/// The most losses that are listed of one question.
const MOST_LOSSES: usize = 500;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Html,
    /// HTML whose line breaks count.
    Auto,
    Plain,
    Markdown,
}

/// A question while it is read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// What our own exports say about it.
    pub facts: Facts,
    /// The format of texts that name none.
    pub format: Format,
    pub losses: Vec<Note>,
    pub reasons: Vec<Note>,
    pub pictures: &'a mut Pictures,
}

impl Reading<'_> {
    /// Notes something that does not come over.
    pub(super) fn lose(&mut self, line: usize, message: impl Into<String>) {
        self.lose_with_hint(line, message, None);
    }

    /// Notes something that does not come over, and what to do about it.
    pub(super) fn lose_with_hint(&mut self, line: usize, message: impl Into<String>, hint: Option<&str>) {
        let note = Note { line, message: message.into(), hint: hint.map(str::to_owned) };
        if self.losses.len() < MOST_LOSSES && !self.losses.contains(&note) {
            self.losses.push(note);
            if self.losses.len() == MOST_LOSSES {
                self.losses.push(Note::with_hint(
                    line,
                    "more is lost than can be listed",
                    "simplify the question in Moodle",
                ));
            }
        }
    }

    /// Notes why the question cannot come over; gives nothing.
    pub(super) fn refuse<T>(&mut self, line: usize, message: impl Into<String>, hint: &str) -> Option<T> {
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        self.reasons.push(Note { line, message: message.into(), hint });
        None
    }

    /// What an answer earns; the attribute, or the share that older Moodles wrote as an element.
    pub(super) fn fraction(&mut self, answer: &Element) -> Option<Fraction> {
        let fraction = match (answer.child("fraction"), answer.attribute("fraction")) {
            (Some(share), _) => Fraction::parse_share(share.content()),
            (None, Some(percent)) => Fraction::parse(percent),
            (None, None) => Some(Fraction::ZERO),
        };
        if fraction.is_none() {
            let message = format!("what {} earns is no number", shortened(answer.content()));
            return self.refuse(answer.line, message, "give it in percent");
        }
        fraction
    }

    /// How the text of an element is written.
    pub(super) fn format_of(&mut self, element: &Element) -> Format {
        match element.attribute("format") {
            None => self.format,
            Some("html") => Format::Html,
            Some("moodle_auto_format") => Format::Auto,
            Some("plain_text") => Format::Plain,
            Some("markdown") => Format::Markdown,
            Some(other) => {
                let message = format!("the text format {}: the text is taken as HTML", shortened(other));
                self.lose(element.line, message);
                Format::Html
            }
        }
    }

    /// The text of an element as Markdown; its pictures become files of the course.
    pub(super) fn rich(&mut self, element: &Element) -> String {
        let format = self.format_of(element);
        let mut attached = Attached::to(element);
        let markdown = self.markdown(element.line, element.content(), format, &mut attached);
        self.lose_unshown(&attached);
        markdown
    }

    /// A text, or a part of one, as Markdown. What is attached and not shown is for the caller to note, behind the last part.
    pub(super) fn markdown(
        &mut self,
        line: usize,
        text: &str,
        format: Format,
        attached: &mut Attached<'_>,
    ) -> String {
        let pictures = RefCell::new(&mut *self.pictures);
        let webs = RefCell::new(Vec::new());
        let mut show = |address: &str| attached.show(address, &mut pictures.borrow_mut());
        let converted = match format {
            Format::Plain => html::Converted { markdown: html::literal(text), losses: Vec::new() },
            Format::Markdown => attached_in_markdown(text, &mut show),
            Format::Html | Format::Auto => {
                let broken =
                    if format == Format::Auto { text.replace('\n', "<br>\n") } else { text.to_owned() };
                let mut resolve = |address: Address<'_>| match address {
                    Address::Picture(address) if address.starts_with(ATTACHED) => {
                        show(&address[ATTACHED.len()..])
                    }
                    Address::Picture(address) if address.starts_with("data:") => {
                        let data = address.split_once(";base64,").map(|(_, data)| data);
                        let data = data.ok_or("a picture in its text: it is not base64")?;
                        pictures.borrow_mut().add("picture", data)
                    }
                    Address::Picture(address) if html::is_web(address) => {
                        let loss = format!("the picture {}: it stays on the web", shortened(address));
                        html::note_loss(&mut webs.borrow_mut(), loss);
                        Ok(address.to_owned())
                    }
                    Address::Picture(address) => {
                        Err(format!("the picture {}: it leads nowhere from here", shortened(address)))
                    }
                    Address::Link(address) if address.starts_with(ATTACHED) => {
                        let name = name_in(&address[ATTACHED.len()..]);
                        Err(format!("a link to the attached file {}: no course has it", shortened(&name)))
                    }
                    Address::Link(address) => html::link(address),
                };
                match html::markdown_with(&broken, &mut resolve) {
                    Ok(converted) => converted,
                    Err(reason) => {
                        self.refuse::<()>(line, reason, "simplify the text in Moodle");
                        html::Converted::default()
                    }
                }
            }
        };
        let holds_tags = text.match_indices('<').any(|(at, _)| {
            text[at + 1..].starts_with(|c: char| c == '/' || c == '!' || c.is_ascii_alphabetic())
        });
        if format == Format::Markdown && holds_tags && !self.facts.own {
            self.lose(line, "HTML within Markdown: learners see it as it is written");
        }
        for loss in converted.losses {
            self.lose(line, format!("lost: {loss}"));
        }
        for loss in webs.into_inner() {
            self.lose(line, loss);
        }
        converted.markdown
    }

    /// Notes the files of a text that no part of it shows.
    pub(super) fn lose_unshown(&mut self, attached: &Attached<'_>) {
        for (line, path) in attached.unshown() {
            self.lose(line, format!("the attached file {} is lost: no text shows it", shortened(path)));
        }
    }

    /// A text that must not be empty, as Markdown.
    pub(super) fn required(&mut self, element: &Element, what: &str) -> Option<String> {
        let text = self.rich(element);
        if text.trim().is_empty() && self.reasons.is_empty() {
            return self.refuse(element.line, format!("{what} is empty"), "write one in Moodle");
        }
        Some(text)
    }

    /// The Markdown of a part that may be absent or empty.
    pub(super) fn optional(&mut self, element: Option<&Element>) -> Option<String> {
        let text = self.rich(element?);
        (!text.trim().is_empty()).then_some(text)
    }

    /// Notes the feedback of an answer that has no place of its own.
    pub(super) fn lose_feedback(&mut self, answer: &Element) {
        if let Some(feedback) = self.optional(answer.child("feedback")) {
            let message =
                format!("the feedback for {} is lost: {}", shortened(answer.content()), shortened(&feedback));
            self.lose_with_hint(answer.line, message, Some("say it in `why`"));
        }
    }

    /// Names options, items or pairs: as our own export says, or after their texts.
    pub(super) fn ids(&self, fact: &str, texts: &[&str]) -> Option<Vec<OptionId>> {
        option_ids(texts, Some(&self.facts.ids(fact)))
    }

    /// Refuses texts between which nobody could tell.
    pub(super) fn distinct<'t>(
        &mut self,
        what: &str,
        texts: impl IntoIterator<Item = (usize, &'t str)>,
    ) -> Option<()> {
        let mut seen = HashSet::new();
        for (line, text) in texts {
            if !seen.insert(text.trim()) {
                let message = format!("two {what} read {}", shortened(text));
                return self.refuse(line, message, "make them differ, or take one out");
            }
        }
        Some(())
    }

    /// Notes children that no reader here knows.
    pub(super) fn unknown(&mut self, element: &Element, known: &[&str]) {
        for child in element.children.iter().filter(|child| !known.contains(&child.name.as_str())) {
            let message = format!("what is said in <{}> is lost", child.name);
            if self.losses.iter().all(|note| note.message != message) {
                self.lose(child.line, message);
            }
        }
    }
}

/// Makes choices of texts with their feedback.
pub(super) fn choices(ids: Vec<OptionId>, parts: Vec<(String, bool, Option<String>)>) -> Vec<Choice> {
    let choices = ids.into_iter().zip(parts);
    choices.map(|(id, (text, right, feedback))| Choice { id, text, right, feedback }).collect()
}

/// Makes items of texts.
pub(super) fn items(ids: Vec<OptionId>, texts: Vec<String>) -> Vec<Item> {
    ids.into_iter().zip(texts).map(|(id, text)| Item { id, text }).collect()
}

/// Replaces the addresses of attached files in Markdown.
fn attached_in_markdown(
    text: &str,
    show: &mut impl FnMut(&str) -> Result<String, String>,
) -> html::Converted {
    let mut converted = html::Converted::default();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(ATTACHED) {
        converted.markdown.push_str(before);
        let end = after.find([')', ' ', '"', '\'', '<', '>', '\n']).unwrap_or(after.len());
        match show(&after[..end]) {
            Ok(address) => converted.markdown.push_str(&address),
            Err(loss) => {
                converted.markdown.extend([ATTACHED, &after[..end]]);
                html::note_loss(&mut converted.losses, loss);
            }
        }
        rest = &after[end..];
    }
    converted.markdown.push_str(rest);
    converted
}

//! Asking: what can be typed is said, and a line is heard that makes sense.

use super::command::{self, Command, NoteWords, Parsed};
use super::console::Heard;
use super::preview::Taken;
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Place, Stop, answer, elsewhere, glossary, here, notes, words};

/// Said before a question.
const TOO_EARLY: &str = "What was typed before this question does not count.";

impl Session<'_, '_> {
    /// Says what can be typed, waits for a line, and does what can be done anywhere.
    pub(super) fn ask(&mut self, prompt: &str, expected: Expected, help: Help) -> Result<Said, Stop> {
        self.ask_anew(&|_| prompt.to_owned(), expected, help)
    }

    /// The same where what can be typed becomes something else with time.
    pub(super) fn ask_anew(
        &mut self,
        prompt: &dyn Fn(&Self) -> String,
        expected: Expected,
        help: Help,
    ) -> Result<Said, Stop> {
        loop {
            let said = self.ask_here(prompt, expected, help)?;
            let Said::Command(command) = said else { return Ok(said) };
            if let Some(said) = self.obey(command, help)? {
                return Ok(said);
            }
        }
    }

    /// As [`Self::ask`], but `read` without a number is left to the place.
    pub(super) fn ask_beside_lesson(
        &mut self,
        prompt: &str,
        expected: Expected,
        help: Help,
    ) -> Result<Said, Stop> {
        loop {
            let said = self.ask_here(&|_| prompt.to_owned(), expected, help)?;
            let Said::Command(command) = said else { return Ok(said) };
            if command == Command::Read(None) {
                return Ok(Said::Command(command));
            }
            if let Some(said) = self.obey(command, help)? {
                return Ok(said);
            }
        }
    }

    /// Says what can be typed and waits for a line that makes sense.
    fn ask_here(
        &mut self,
        prompt: &dyn Fn(&Self) -> String,
        expected: Expected,
        help: Help,
    ) -> Result<Said, Stop> {
        // What was typed instead of saying whether the line before is the answer.
        let mut next = None;
        loop {
            let prompt = prompt(self);
            let heard = if let Some(line) = next.take().or_else(|| self.unheard.take()) {
                Heard::Line(line)
            } else {
                self.pause()?;
                // Before the question itself, so that nothing is lost of what answers it at once.
                if expected == Expected::Decision && self.world.drop_typed_ahead() {
                    self.say(TOO_EARLY)?;
                }
                self.say(&prompt)?;
                self.console.hear()?
            };
            let line = match heard {
                Heard::Line(line) => line,
                Heard::Unusable(why) => {
                    self.say(why)?;
                    continue;
                }
                Heard::End => {
                    self.count_time()?;
                    return Err(Stop::End);
                }
            };
            self.count_time()?;
            let heard_aside = std::mem::take(&mut self.heard_aside);
            if self.take_for_preview(&line)? == Taken::Yes {
                continue;
            }
            if line.is_empty() {
                return Ok(Said::Enter);
            }
            self.typed.clone_from(&line);
            if answer::is_by_identifiers(&line) {
                return Ok(Said::Answer(line));
            }
            let is_free = expected == Expected::FreeText && !line.starts_with('/');
            let command = match command::parse(&line) {
                Parsed::Command(command) if !is_free || is_steering(&command, &line) => command,
                Parsed::Slashed(command) => command,
                parsed if is_free => match self.is_the_answer(&line, &parsed)? {
                    Meant::Answer => return Ok(Said::Answer(line)),
                    Meant::Nothing => {
                        self.say_not_taken(&line, "")?;
                        continue;
                    }
                    Meant::Instead(instead) => {
                        self.say_not_taken(&line, &instead)?;
                        self.heard_aside = heard_aside;
                        next = Some(instead);
                        continue;
                    }
                },
                Parsed::Command(command) => command,
                Parsed::Asked(asked) => {
                    glossary::answer(self, &asked)?;
                    self.heard_aside = true;
                    continue;
                }
                Parsed::Notes(NoteWords::Write(label)) if notes::is_in_the_text(self, &label) => {
                    Command::OpenNote(command::words_behind(&line).to_owned())
                }
                Parsed::Notes(words) => {
                    notes::obey(self, &words)?;
                    self.heard_aside |= words == NoteWords::List;
                    continue;
                }
                Parsed::Malformed(expected) => {
                    self.say(elsewhere::hint(self, &line).unwrap_or(expected))?;
                    continue;
                }
                Parsed::Other => return Ok(Said::Answer(line)),
            };
            // Whoever asks to come back from what they heard beside it has not been away, unless they were just told of another way back.
            let is_told = prompt.contains("return");
            if command == Command::Return && heard_aside && !is_told && self.here != Place::Contents {
                here::say_still(self, help)?;
                continue;
            }
            return Ok(Said::Command(command));
        }
    }

    /// Asks whether a line is the answer where free text is expected and it begins like a command: in a knowledge check an
    /// answer is handed in at once.
    fn is_the_answer(&mut self, line: &str, parsed: &Parsed) -> Result<Meant, Stop> {
        let (command, which) = match parsed {
            Parsed::Other => match command::first_word(line) {
                Some(word) => (format!("That begins with {word}, which is a command."), word),
                None => return Ok(Meant::Answer),
            },
            Parsed::Command(_)
            | Parsed::Slashed(_)
            | Parsed::Notes(_)
            | Parsed::Asked(_)
            | Parsed::Malformed(_) => (format!("{} is a command, too.", words::said_back(line)), line),
        };
        let which = words::said_back(which);
        self.say(&format!(
            "{command} Type yes if it is your answer, or press Enter if it is not. To give the command, type /{which}"
        ))?;
        self.hear_meant()
    }

    /// Says of a line that was asked about that another one came in its place: nobody should take it for handed in. Who types
    /// the same behind a sign that says what it is knows.
    pub(super) fn say_not_taken(&mut self, line: &str, instead: &str) -> Result<(), Stop> {
        if instead.strip_prefix(['/', '=']).is_some_and(|same| same.eq_ignore_ascii_case(line)) {
            return Ok(());
        }
        self.say(&format!("“{}” was not taken as your answer.", words::said_back(line)))
    }

    /// What is answered to the question what a line was.
    pub(super) fn hear_meant(&mut self) -> Result<Meant, Stop> {
        loop {
            match self.console.hear()? {
                Heard::Line(said) if matches!(said.to_lowercase().as_str(), "yes" | "y") => {
                    return Ok(Meant::Answer);
                }
                Heard::Line(said) if matches!(said.to_lowercase().as_str(), "" | "no" | "n") => {
                    return Ok(Meant::Nothing);
                }
                Heard::Line(said) => return Ok(Meant::Instead(said)),
                Heard::Unusable(why) => self.say(why)?,
                Heard::End => {
                    self.count_time()?;
                    return Err(Stop::End);
                }
            }
        }
    }
}

/// What a line was that can be understood in two ways.
pub(super) enum Meant {
    /// The answer, all of it.
    Answer,
    /// Not the answer.
    Nothing,
    /// Another line was typed in its place.
    Instead(String),
}

/// Commands that steer the conversation and are hardly ever an answer, said in our own words.
fn is_steering(command: &Command, line: &str) -> bool {
    matches!(
        command,
        Command::Next
            | Command::Back
            | Command::Help
            | Command::HelpAll
            | Command::Quit
            | Command::Contents
            | Command::Repeat
            | Command::List
            | Command::Go(_)
            | Command::Gap(_)
            | Command::Flag
            | Command::Clear
            | Command::StepBack
            | Command::Submit
            | Command::SubmitAgain
            | Command::Ids(_)
            | Command::Width(_)
            | Command::Lines(_)
            | Command::Read(Some(_))
            | Command::Found(_)
            | Command::Check(Some(_))
    ) && command::meant(&line.to_lowercase()).is_none()
}

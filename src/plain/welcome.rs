//! Who is learning: asked at the very first start with where things will be kept and the device key, and corrected later.

use super::command::{self, Command, Parsed};
use super::console::{Console, Heard};
use super::session::Session;
use super::{PlainError, Stop};
use crate::course::Course;
use crate::progress::Person;
use crate::training::{
    CANNOT_BE_RECOVERED, Echo, NOBODY_LEARNS, Purpose, SHORTEST_PASSPHRASE, TooShort, Training, Trouble,
    World, passphrase,
};

/// Longer names and numbers are typing accidents.
const MAX_FIELD: usize = 200;

/// Asks who is learning and has the device key made. Nothing is written before the learner says that all is right.
pub(super) fn introduce(
    console: &mut Console<'_>,
    world: &mut dyn World,
    course: &Course,
    expected: Option<&Person>,
) -> Result<Training, Stop> {
    let mut unsaved = None;
    let introduced = ask_and_save(console, world, course, expected, &mut unsaved);
    or_not_saved(introduced, unsaved)
}

/// `outcome`; but whoever leaves, or whose script ends, after something was not saved must not be told that all is well.
fn or_not_saved<T>(outcome: Result<T, Stop>, unsaved: Option<Trouble>) -> Result<T, Stop> {
    match (outcome, unsaved) {
        (Err(Stop::Quit | Stop::End), Some(trouble)) => Err(Stop::Fail(PlainError::NotSaved(trouble))),
        (outcome, _) => outcome,
    }
}

fn ask_and_save(
    console: &mut Console<'_>,
    world: &mut dyn World,
    course: &Course,
    expected: Option<&Person>,
    unsaved: &mut Option<Trouble>,
) -> Result<Training, Stop> {
    let places = world.places();
    console.say(&format!("Welcome to countersign. The course is: {}.", course.title))?;
    console.say(
        "You read lessons, answer questions, and leave with a signed completion record. There is no time limit; \
         how long you read and answered stands in the record. Every answer is saved at once, and you can leave at any \
         moment with quit.",
    )?;
    console.pause()?;
    console.say(&format!("Your progress will be kept in: {}", places.progress.display()))?;
    console.say(&format!("Your signing key will be kept in: {}", places.key.display()))?;
    console.say(&format!("Your completion record will be written to: {}", places.records.display()))?;
    console.say("Nothing is sent anywhere.")?;
    console.say("Type help to hear more about a question.")?;
    loop {
        let person = ask_person(console, expected)?;
        let chosen = ask_passphrase(console, world)?;
        console.pause()?;
        say_person(console, &person)?;
        console.say(if chosen.is_some() {
            "Your key will be protected by the passphrase."
        } else {
            "Your key will have no passphrase."
        })?;
        if is_to_be_changed(console)? {
            continue;
        }
        loop {
            match world.introduce(&person, chosen.as_deref()) {
                Ok(training) => {
                    console.pause()?;
                    console.say("Saved: who you are. Your signing key is made.")?;
                    return Ok(training);
                }
                Err(trouble) => {
                    *unsaved = Some(trouble.clone());
                    if !try_again(console, &trouble)? {
                        break;
                    }
                }
            }
        }
    }
}

/// Asks anew who is learning and has that kept. What is signed already stays as it is.
pub(super) fn correct(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    if session.training.purpose() == Purpose::Preview {
        return session.say(&format!("There is nothing to correct: {NOBODY_LEARNS}."));
    }
    let mut unsaved = None;
    let corrected = ask_and_correct(session, &mut unsaved);
    or_not_saved(corrected, unsaved)
}

fn ask_and_correct(session: &mut Session<'_, '_>, unsaved: &mut Option<Trouble>) -> Result<(), Stop> {
    let before = session.training.learner().person.clone();
    let answered = session.training.assigned().cloned();
    session.pause()?;
    session.say(
        "Records that you sign from now on say who you are in these words. What is signed already stays as it is.",
    )?;
    while let Some(person) = ask_anew(session, &before)? {
        loop {
            let Err(trouble) = session.world.correct(&person, answered.as_ref()) else {
                session.training.correct(person);
                return session.say("Saved: who you are.");
            };
            *unsaved = Some(trouble.clone());
            if !try_again(session.console, &trouble)? {
                break;
            }
        }
    }
    session.say("Nothing was changed.")
}

/// Who the learner is instead of `before`; `None` when that is to stay.
fn ask_anew(session: &mut Session<'_, '_>, before: &Person) -> Result<Option<Person>, Stop> {
    loop {
        let person = ask_person(session.console, Some(before))?;
        session.pause()?;
        say_person(session.console, &person)?;
        session
            .say("Press Enter to keep this. Type change to enter it again, or back to leave it as it was.")?;
        match line(session.console)? {
            Typed::Answer(typed) if typed.is_empty() => return Ok(Some(person)),
            Typed::Answer(typed) if typed.eq_ignore_ascii_case("back") => return Ok(None),
            Typed::Answer(_) | Typed::Help => {}
        }
    }
}

fn say_person(console: &mut Console<'_>, person: &Person) -> Result<(), Stop> {
    console.say(&format!("Name: {}.", person.name))?;
    console.say(&format!("Employee number: {}.", person.number))?;
    console.say(&format!("E-mail: {}.", person.email.as_deref().unwrap_or("none")))
}

fn ask_person(console: &mut Console<'_>, expected: Option<&Person>) -> Result<Person, Stop> {
    let known = |text: &str| !text.is_empty();
    let name = expected.map(|person| person.name.as_str()).filter(|name| known(name));
    let name = ask(console, "Your name, as it should stand in the record", NAME_HELP, name, |name| {
        if name.is_empty() { Some("A name is needed for the record.") } else { None }
    })?;
    let number = expected.map(|person| person.number.as_str()).filter(|number| known(number));
    let number = ask(console, "Your employee number", NUMBER_HELP, number, |number| {
        if number.is_empty() {
            Some("An employee number is needed, so that your record can be told apart.")
        } else {
            None
        }
    })?;
    let email = expected.and_then(|person| person.email.as_deref()).unwrap_or_default();
    // Enter gives what is known, so there has to be a word for none.
    let (prompt, fault) = if email.is_empty() {
        ("Your e-mail address", NO_EMAIL)
    } else {
        ("Your e-mail address, or the word none", NO_EMAIL_INSTEAD)
    };
    let is_none = |email: &str| email.is_empty() || email.eq_ignore_ascii_case("none");
    let email = ask(console, prompt, EMAIL_HELP, Some(email), |email| {
        let sides = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        let fine = is_none(email) || (sides && !email.contains(' '));
        if fine { None } else { Some(fault) }
    })?;
    Ok(Person { name, number, email: (!is_none(&email)).then_some(email) })
}

/// Whether what was entered is to be entered again.
fn is_to_be_changed(console: &mut Console<'_>) -> Result<bool, Stop> {
    loop {
        console.say("Press Enter if this is right. Type change to enter it again.")?;
        match line(console)? {
            Typed::Answer(typed) => return Ok(!typed.is_empty()),
            Typed::Help => console.say(
                "Once you press Enter, your signing key is made, and the name stands in every record that you sign. \
                 Until then nothing is kept: type change to enter it again, or quit to leave.",
            )?,
        }
        console.pause()?;
    }
}

const NAME_HELP: &str = "Your name stands in your completion record, so that whoever gets it knows whose it is. Type it and \
                         press Enter.";
const NUMBER_HELP: &str =
    "Your employee number tells you from others of your name. Whoever assigned this course knows it.";
const NO_EMAIL: &str = "That is no e-mail address. Type one such as ada@example.org, or Enter for none.";
/// The same where Enter gives the one that is known.
const NO_EMAIL_INSTEAD: &str =
    "That is no e-mail address. Type one such as ada@example.org, or the word none.";
const EMAIL_HELP: &str = "An e-mail address helps to find you in the list of your employer. It is not needed, and nothing is sent to it.";

/// How a command differs from an answer, for whoever is called like one.
const LITERALLY: &str = "quit: leave; what you type here is not kept then. If what you want to answer is the word help or quit, type an equals \
                         sign in front of it, such as: =Help";

/// Asks until nothing is wrong with the answer. Enter gives what is `expected`.
fn ask(
    console: &mut Console<'_>,
    prompt: &str,
    help: &str,
    expected: Option<&str>,
    fault: impl Fn(&str) -> Option<&'static str>,
) -> Result<String, Stop> {
    loop {
        console.pause()?;
        console.say(&match expected {
            None => format!("{prompt}:"),
            Some("") => format!("{prompt}, or Enter for none:"),
            Some(expected) => format!("{prompt}, or Enter for {expected}:"),
        })?;
        let typed = match line(console)? {
            Typed::Answer(typed) => typed,
            Typed::Help => {
                console.say(help)?;
                console.say(LITERALLY)?;
                continue;
            }
        };
        let answer = if typed.is_empty() { expected.unwrap_or_default().to_owned() } else { typed };
        if answer.chars().count() > MAX_FIELD {
            console.say("That is too long. At most 200 characters are kept.")?;
        } else if let Some(fault) = fault(&answer) {
            console.say(fault)?;
        } else {
            return Ok(answer);
        }
    }
}

/// Asks for the passphrase of a new key, twice; `None` for none.
fn ask_passphrase(console: &mut Console<'_>, world: &mut dyn World) -> Result<Option<String>, Stop> {
    console.pause()?;
    console.say(&format!(
        "You can protect your signing key with a passphrase, which is asked for when you sign. It is not needed: \
         without one, only your account on this computer protects the key. {CANNOT_BE_RECOVERED}"
    ))?;
    let prompt = format!("A passphrase of at least {SHORTEST_PASSPHRASE} characters, or Enter for none.");
    loop {
        let first = hidden(console, world, &prompt)?.unwrap_or_default();
        match passphrase(&first) {
            Ok(None) => return Ok(None),
            Ok(Some(_)) => {}
            Err(TooShort) => {
                console.say(&format!(
                    "That is too short: it has at least {SHORTEST_PASSPHRASE} characters. Press Enter for none."
                ))?;
                continue;
            }
        }
        if hidden(console, world, "The same passphrase once more.")?.as_ref() == Some(&first) {
            return Ok(Some(first));
        }
        console.say("The two were not the same. Type it again.")?;
    }
}

/// Asks for something that nobody should read over a shoulder, and says whether that can be helped. `None` for Enter.
pub(super) fn hidden(
    console: &mut Console<'_>,
    world: &mut dyn World,
    prompt: &str,
) -> Result<Option<String>, Stop> {
    loop {
        let shown = world.echo(Echo::Hidden);
        console.say(&format!(
            "{prompt} {}",
            match shown {
                Echo::Hidden => "What you type is not shown.",
                Echo::Shown => "What you type can be seen on the screen and stays there.",
            }
        ))?;
        let heard = console.hear();
        world.echo(Echo::Shown);
        match heard? {
            Heard::Line(line) => return Ok((!line.is_empty()).then_some(line)),
            Heard::Unusable(why) => console.say(why)?,
            Heard::End => return Err(Stop::End),
        }
    }
}

/// What was typed.
enum Typed {
    /// An answer, without the equals sign before one that might be taken for a command.
    Answer(String),
    /// A wish to hear more.
    Help,
}

/// A line, with `quit` and the end of the input taken care of.
fn line(console: &mut Console<'_>) -> Result<Typed, Stop> {
    loop {
        match console.hear()? {
            Heard::Line(line) => match command::parse(&line) {
                Parsed::Command(Command::Quit) | Parsed::Slashed(Command::Quit) => return Err(Stop::Quit),
                Parsed::Command(Command::Help) | Parsed::Slashed(Command::Help) => return Ok(Typed::Help),
                Parsed::Slashed(_) => {
                    console.say("That command is for later. Answer this first, or type quit to leave.")?;
                }
                Parsed::Command(_)
                | Parsed::Notes(_)
                | Parsed::Asked(_)
                | Parsed::Malformed(_)
                | Parsed::Other => {
                    let answer = line.strip_prefix('=').map(|answer| answer.trim().to_owned());
                    return Ok(Typed::Answer(answer.unwrap_or(line)));
                }
            },
            Heard::Unusable(why) => console.say(why)?,
            Heard::End => return Err(Stop::End),
        }
    }
}

/// Says what went wrong; whether to try the same again rather than to enter everything anew.
fn try_again(console: &mut Console<'_>, trouble: &Trouble) -> Result<bool, Stop> {
    console.pause()?;
    console.say(&format!("Not saved: {}.", trouble.message))?;
    if let Some(hint) = &trouble.hint {
        console.say(&format!("What to do: {hint}."))?;
    }
    console.say("Press Enter to try again. Type change to enter everything again, or quit to leave.")?;
    match console.hear()? {
        Heard::Line(line) if line.is_empty() => Ok(true),
        Heard::Line(line) if matches!(line.to_lowercase().as_str(), "quit" | "/quit" | "exit" | "q") => {
            Err(PlainError::NotSaved(trouble.clone()).into())
        }
        Heard::Line(_) | Heard::Unusable(_) => Ok(false),
        Heard::End => Err(PlainError::NotSaved(trouble.clone()).into()),
    }
}

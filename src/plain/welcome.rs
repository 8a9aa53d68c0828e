//! Who is learning: asked at the very first start with where things will be kept and the device key.

mod correct;

use std::borrow::Cow;

use zeroize::Zeroizing;

use super::command::{self, Command, Parsed};
use super::console::{Console, Heard};
use super::help::HEAR_AGAIN;
use super::typed::{Typed, Width};
use super::{PlainError, Stop, words};
use crate::course::Course;
use crate::progress::Person;
use crate::training::person::{self, Unfit};
use crate::training::{
    CANNOT_BE_RECOVERED, Echo, Protection, SHORTEST_PASSPHRASE, Training, Trouble, World, passphrase,
};
pub(super) use correct::correct;

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
    let title = words::sentence(&course.title);
    console.say(&format!("Welcome to countersign. The course is: {title}"))?;
    console.say(
        "You read lessons, answer questions, and leave with a signed completion record. There is no time limit; \
         how long you read and answered stands in the record. Every answer is saved at once, and you can leave at any \
         moment with quit.",
    )?;
    console.pause()?;
    for (what, path) in [
        ("Your progress will be kept in:", &places.progress),
        ("Your signing key will be kept in:", &places.key),
        ("Your completion record will be written to:", &places.records),
    ] {
        console.say_whole(what, &path.display().to_string())?;
    }
    console.say("Nothing is sent anywhere.")?;
    console.say("Type help to hear more about a question.")?;
    let mut known = expected.cloned();
    let mut kept: Option<Zeroizing<String>> = None;
    loop {
        let asked = ask_person(console, &mut known, Away::Out, |console| {
            ask_passphrase(console, world, kept.as_ref())
        })?;
        let Some((person, chosen)) = asked else {
            console.say("There is nothing before this question. Type quit to leave.")?;
            continue;
        };
        let chosen = Some(chosen).filter(|passphrase| !passphrase.is_empty());
        let secret = chosen.as_deref().map(String::as_str);
        let protection = Protection::by(secret);
        let say = |console: &mut Console<'_>| {
            say_person(console, &person)?;
            console.say(protection.ahead())
        };
        console.pause()?;
        say(console)?;
        known = Some(person.clone());
        kept.clone_from(&chosen);
        if is_to_be_changed(console, say)? {
            continue;
        }
        loop {
            if chosen.is_some() {
                console.say("Your signing key is being made. With a passphrase that takes a moment.")?;
            }
            match world.introduce(&person, secret) {
                Ok(training) => {
                    console.pause()?;
                    console.say("Saved: who you are. Your signing key is made.")?;
                    console.say(protection.made())?;
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

fn say_person(console: &mut Console<'_>, person: &Person) -> Result<(), Stop> {
    console.say(&words::sentence(&format!("Name: {}", person.name)))?;
    console.say(&words::sentence(&format!("Employee number: {}", person.number)))?;
    console.say(&format!("E-mail: {}.", person.email.as_deref().unwrap_or("none")))
}

/// Asks one thing after the other, and at last what `ask_last` asks; `None` when the learner goes back from the first one, and what
/// is `known` by then stays so.
fn ask_person<T>(
    console: &mut Console<'_>,
    known: &mut Option<Person>,
    away: Away,
    mut ask_last: impl FnMut(&mut Console<'_>) -> Result<Option<T>, Stop>,
) -> Result<Option<(Person, T)>, Stop> {
    loop {
        let Some(name) = ask_name(console, known.as_ref(), away)? else { return Ok(None) };
        let (number, email) = known.take().map(|person| (person.number, person.email)).unwrap_or_default();
        let mut person = Person { email, name, number };
        while let Some(number) = ask_number(console, &person)? {
            person.number = number;
            while let Some(email) = ask_email(console, person.email.as_deref())? {
                person.email = Some(email).filter(|email| !email.is_empty());
                if let Some(last) = ask_last(console)? {
                    return Ok(Some((person, last)));
                }
            }
        }
        *known = Some(person);
    }
}

fn ask_name(console: &mut Console<'_>, known: Option<&Person>, away: Away) -> Result<Option<String>, Stop> {
    let known = known.map(|person| person.name.as_str()).filter(|name| !name.is_empty());
    let prompt = "Your name, as it should stand in the record";
    ask(console, prompt, NAME_HELP, known, away, |typed| fits(person::name(typed)))
}

fn ask_number(console: &mut Console<'_>, person: &Person) -> Result<Option<String>, Stop> {
    let known = Some(person.number.as_str()).filter(|number| !number.is_empty());
    ask(console, "Your employee number", NUMBER_HELP, known, Away::Before, |typed| {
        fits(person::number(typed))
    })
}

fn fits(typed: Result<Cow<'_, str>, Unfit>) -> Result<String, String> {
    typed.map(Cow::into_owned).map_err(|unfit| said(&unfit))
}

/// An address that is empty is none.
fn ask_email(console: &mut Console<'_>, known: Option<&str>) -> Result<Option<String>, Stop> {
    // Enter gives what is known, so there has to be a word for none.
    let (prompt, fault) = match known {
        None => ("Your e-mail address", NO_EMAIL),
        Some(_) => ("Your e-mail address, or the word none", NO_EMAIL_INSTEAD),
    };
    ask(console, prompt, EMAIL_HELP, Some(known.unwrap_or_default()), Away::Before, |typed| {
        let typed = if typed.eq_ignore_ascii_case("none") { "" } else { typed };
        match person::email(typed) {
            Ok(email) => Ok(email.unwrap_or_default().into_owned()),
            Err(Unfit::NoAddress) => Err(fault.to_owned()),
            Err(unfit) => Err(said(&unfit)),
        }
    })
}

/// As a sentence.
fn said(unfit: &Unfit) -> String {
    words::sentence(&words::capital(&unfit.to_string()))
}

/// What is to become of what was entered.
enum Decision {
    /// It is right; or the same once more.
    Go,
    /// It is entered again.
    Change,
    /// Back to where the learner came from.
    Back,
}

/// Says what can be typed and waits for it. Whatever else is typed undoes nothing that was entered; `place` says where that is, and `say`
/// once more what is decided about.
fn decide(
    console: &mut Console<'_>,
    place: &str,
    choices: &str,
    help: &str,
    say: impl Fn(&mut Console<'_>) -> Result<(), Stop>,
) -> Result<Decision, Stop> {
    loop {
        console.say(choices)?;
        let Some(typed) = line(console)? else { continue };
        let (typed, decision) = match typed {
            Typed::Help => {
                console.say(help)?;
                console.say(HEAR_AGAIN)?;
                console.pause()?;
                continue;
            }
            Typed::Command(typed) if means(&typed, &Command::Where) => {
                console.say(place)?;
                continue;
            }
            Typed::Command(typed) if means(&typed, &Command::Repeat) || means(&typed, &Command::Again) => {
                console.pause()?;
                say(console)?;
                continue;
            }
            Typed::Back => return Ok(Decision::Back),
            Typed::Width(width) => {
                say_width(console, width)?;
                continue;
            }
            Typed::Command(typed) if typed.eq_ignore_ascii_case("next") => return Ok(Decision::Go),
            Typed::Command(typed) => (typed, None),
            Typed::Answer(typed) => {
                let decision = match typed.to_lowercase().as_str() {
                    "" | "y" | "yes" | "ok" => Some(Decision::Go),
                    "change" | "n" | "no" => Some(Decision::Change),
                    _ => None,
                };
                (typed, decision)
            }
        };
        if let Some(decision) = decision {
            return Ok(decision);
        }
        let typed = words::said_back(&typed);
        console
            .say(&format!("“{typed}” is none of what can be typed here. What you entered still stands."))?;
    }
}

fn means(typed: &str, meant: &Command) -> bool {
    matches!(command::parse(typed), Parsed::Command(command) | Parsed::Slashed(command) if command == *meant)
}

/// Whether what was entered, which `say` says, is to be entered again.
fn is_to_be_changed(
    console: &mut Console<'_>,
    say: impl Fn(&mut Console<'_>) -> Result<(), Stop>,
) -> Result<bool, Stop> {
    let choices = "Press Enter if this is right. Type change to enter it again.";
    let decision = decide(console, BEGIN_PLACE, choices, BEGIN_HELP, say)?;
    Ok(match decision {
        Decision::Go => false,
        Decision::Change | Decision::Back => true,
    })
}

const BEGIN_PLACE: &str = "You are asked whether what you entered is right. The course begins once it is.";
const BEGIN_HELP: &str = "Once you press Enter, your signing key is made, and the name stands in every record that you sign. Until then \
                          nothing is kept: type change to enter it again, or quit to leave.";
const NAME_HELP: &str = "Your name stands in your completion record, so that whoever gets it knows whose it is. Type it and \
                         press Enter.";
const NUMBER_HELP: &str =
    "Your employee number tells you from others of your name. Whoever assigned this course knows it.";
const NO_EMAIL: &str = "That is no e-mail address. Type one such as ada@example.org, or Enter for none.";
/// The same where Enter gives the one that is known.
const NO_EMAIL_INSTEAD: &str =
    "That is no e-mail address. Type one such as ada@example.org, or the word none.";
const EMAIL_HELP: &str = "An e-mail address helps to find you in the list of your employer. It is not needed, and nothing is sent to it.";

/// Where somebody comes to who does not answer a question.
#[derive(Clone, Copy)]
enum Away {
    /// Out of the program.
    Out,
    /// To where a correction began; nothing is changed.
    Unchanged,
    /// To the question before.
    Before,
}

impl Away {
    /// For whoever typed something else.
    fn words(self) -> &'static str {
        match self {
            Self::Out => "To leave, type quit.",
            Self::Unchanged => "To change nothing, type back.",
            Self::Before => "For the question before this one, type back. To leave the program, type quit.",
        }
    }

    /// For whoever asked for help.
    fn help(self) -> Option<&'static str> {
        match self {
            Self::Out => None,
            Self::Unchanged => Some("back: change nothing."),
            Self::Before => Some("back: the question before this one."),
        }
    }
}

/// How a command differs from an answer, for whoever is called like one.
const LITERALLY: &str = "quit: leave; what you type here is not kept then. If what you want to answer is a \
                         command, type an equals sign in front of it, such as: =Help";

/// The same where an equals sign may be the beginning of what is meant.
const LITERALLY_UNSEEN: &str = "quit: leave; what you type here is not kept then. If your passphrase is a command \
                                and nothing more, such as quit, type an equals sign in front of it. In front of anything else the equals \
                                sign is a part of the passphrase.";

/// Asks until the answer fits; `None` when the learner goes back. Enter gives what is `expected`.
fn ask(
    console: &mut Console<'_>,
    prompt: &str,
    help: &str,
    expected: Option<&str>,
    away: Away,
    fits: impl Fn(&str) -> Result<String, String>,
) -> Result<Option<String>, Stop> {
    loop {
        console.pause()?;
        console.say(&match expected {
            None => format!("{prompt}:"),
            Some("") => format!("{prompt}, or Enter for none:"),
            Some(expected) => format!("{prompt}, or Enter for {expected}:"),
        })?;
        let Some(typed) = line(console)? else { continue };
        let typed = match typed {
            Typed::Answer(typed) => typed,
            Typed::Back => return Ok(None),
            Typed::Help => {
                console.say(help)?;
                away.help().map_or(Ok(()), |words| console.say(words))?;
                console.say(LITERALLY)?;
                continue;
            }
            Typed::Width(width) => {
                say_width(console, width)?;
                continue;
            }
            Typed::Command(typed) => {
                let typed = words::said_back(&typed);
                console.say(&format!(
                    "{typed} is taken for a command, and does nothing here. To answer with it, type ={typed}. {}",
                    away.words()
                ))?;
                continue;
            }
        };
        match fits(if typed.is_empty() { expected.unwrap_or_default() } else { &typed }) {
            Ok(answer) => return Ok(Some(answer)),
            Err(fault) => console.say(&fault)?,
        }
    }
}

/// Asks for the passphrase of a new key, twice; an empty one is none, unless one was typed before. `None` when the learner goes back.
fn ask_passphrase(
    console: &mut Console<'_>,
    world: &mut dyn World,
    before: Option<&Zeroizing<String>>,
) -> Result<Option<Zeroizing<String>>, Stop> {
    console.pause()?;
    console.say(&format!(
        "You can protect your signing key with a passphrase, which is asked for when you sign. It is not needed: \
         without one, only your account on this computer protects the key. {CANNOT_BE_RECOVERED}"
    ))?;
    // Too short for a passphrase, so it can be a word for none.
    let enter = if before.is_some() {
        "Enter for the one that you typed, or the word none"
    } else {
        "Enter for none"
    };
    let prompt = format!("A passphrase of at least {SHORTEST_PASSPHRASE} characters, or {enter}.");
    loop {
        let Some(first) = hidden(console, world, &prompt, NEW_PASSPHRASE_HELP)? else { return Ok(None) };
        if before.is_some() && first.eq_ignore_ascii_case("none") {
            return Ok(Some(Zeroizing::default()));
        }
        match passphrase(&first) {
            Ok(None) => return Ok(Some(before.cloned().unwrap_or_default())),
            Ok(Some(_)) => {}
            Err(unfit) => {
                console.say(&format!("Not taken: {unfit}."))?;
                continue;
            }
        }
        match hidden(console, world, "The same passphrase once more.", AGAIN_HELP)? {
            Some(again) if again == first => return Ok(Some(first)),
            Some(_) => console.say("The two were not the same. Type it again.")?,
            None => {}
        }
    }
}

const NEW_PASSPHRASE_HELP: &str = "Whoever uses your account on this computer cannot sign in your name without the passphrase. Type one and press \
                               Enter; Enter alone does what the question says. back: the question before this one.";
const AGAIN_HELP: &str = "Typed twice, it is the one that you meant. back: type another one.";

/// Asks for something that nobody should read over a shoulder, and says whether that can be helped; blanks are part of it, but
/// blanks alone are as good as nothing. `None` when the learner goes back.
pub(super) fn hidden(
    console: &mut Console<'_>,
    world: &mut dyn World,
    prompt: &str,
    help: &str,
) -> Result<Option<Zeroizing<String>>, Stop> {
    loop {
        console.pause()?;
        let shown = world.echo(Echo::Hidden);
        console.say(&format!(
            "{prompt} {}",
            match shown {
                Echo::Hidden => "What you type is not shown.",
                Echo::Shown => "What you type is not hidden.",
            }
        ))?;
        let heard = console.hear_as_typed();
        world.echo(Echo::Shown);
        let line = match heard? {
            Heard::Line(line) => line,
            Heard::Unusable(why) => {
                console.say(why)?;
                continue;
            }
            Heard::End => return Err(Stop::End),
        };
        match Typed::secretly(line)? {
            Typed::Answer(secret) => return Ok(Some(secret)),
            Typed::Back => return Ok(None),
            Typed::Help => {
                console.say(help)?;
                console.say(LITERALLY_UNSEEN)?;
            }
            Typed::Width(width) => say_width(console, width)?,
            // It may be a passphrase, so it is not repeated.
            Typed::Command(_) => console.say(
                "That is taken for a command, and does nothing here. If it is your passphrase, type it with an equals sign in \
                 front. To go back, type back. To leave the program, type quit.",
            )?,
        }
    }
}

/// A line, with `quit` and the end of the input taken care of; `None` when it cannot be taken, which was said.
fn line(console: &mut Console<'_>) -> Result<Option<Typed>, Stop> {
    match console.hear()? {
        Heard::Line(line) => Typed::openly(&line).map(Some),
        Heard::Unusable(why) => console.say(why).map(|()| None),
        Heard::End => Err(Stop::End),
    }
}

/// Sets the width, and says what it is now.
fn say_width(console: &mut Console<'_>, width: Width) -> Result<(), Stop> {
    match width {
        Width::ForNow(width) => console.say_width(width).map(drop),
        Width::ForGood(width) => {
            console.set_most(width);
            console.say(&format!("Lines have at most {width} columns from now on."))?;
            console.say("It is not kept for the next time yet: type that once more when the course is open.")
        }
    }
}

/// Says what went wrong; whether to try the same again rather than to enter everything anew.
fn try_again(console: &mut Console<'_>, trouble: &Trouble) -> Result<bool, Stop> {
    let say = |console: &mut Console<'_>| console.say_trouble("Not saved", trouble);
    console.pause()?;
    say(console)?;
    let choices = "Press Enter to try again. Type change to enter everything again, or quit to leave.";
    match decide(console, TRY_PLACE, choices, TRY_HELP, say) {
        Ok(Decision::Go) => Ok(true),
        Ok(Decision::Change | Decision::Back) => Ok(false),
        Err(Stop::Quit | Stop::End) => Err(PlainError::NotSaved(trouble.clone()).into()),
        Err(stop) => Err(stop),
    }
}

const TRY_PLACE: &str = "You are asked what to do about what could not be saved.";
const TRY_HELP: &str =
    "Nothing is kept yet. Enter tries the same once more, which helps as soon as its cause is gone.";

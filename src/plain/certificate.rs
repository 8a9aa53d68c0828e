//! Signing the completion record, and the certificate.

use std::path::{Path, PathBuf};

use super::command::Command;
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Arrival, Place, Stop, Visit, welcome, words};
use crate::phrase::counted;
use crate::progress::Completion;
use crate::quiz::mark::{percent, score};
use crate::record::claims::{AppClaim, CompletionClaims, Face};
use crate::record::read_completion;
use crate::report::certificate::{self, Page};
use crate::shell::quoted;
use crate::training::{
    ANSWERED_AFTER_SIGNING, ANYBODY_CAN_CHECK, DECLARATION, IN_THE_RECORD, IT_SAYS_FOR_ITSELF, LEVELS,
    NOTHING_IS_WRITTEN, OUTGROWN, Places, Purpose, Step, THE_FILE_COUNTS, Text, TroubleKind,
    WITH_OTHER_TOOLS, begin_anew,
};

/// Says what will be signed, and signs it when the learner says so.
pub(super) fn sign(session: &mut Session<'_, '_>) -> Result<Place, Stop> {
    if session.training.next_step() == Step::Certificate {
        session.say("Your completion record is signed already.")?;
        return Ok(Place::Certificate);
    }
    let mut whole = true;
    loop {
        let Some(claims) = session.training.claims(Face::Linear, AppClaim::of_this_program()) else {
            session.say_nothing_to_sign()?;
            return Ok(Place::Contents);
        };
        if session.training.outgrew_its_record() {
            return outgrown(session);
        }
        if std::mem::take(&mut whole) {
            session.pause()?;
            session.say("Everything is done. What is left is your signature.")?;
            say_claims(session, &claims)?;
            say_agreed(session, &claims)?;
            say_tried_again(session)?;
            let folder = session.world.places().records.display().to_string();
            session.console.say_whole("Your completion record will be written to:", &folder)?;
            session.say(IN_THE_RECORD)?;
            session.say(&format!("By signing you say: {DECLARATION}"))?;
        }
        let prompt = "Type sign to sign your completion record, correct to change your name, employee number or e-mail, or \
                      contents to go back.";
        match session.ask(prompt, Expected::Decision, Help::Sign)? {
            // Enter goes on everywhere else, and from the contents to here: it must not lead round in a circle.
            Said::Enter | Said::Command(Command::Next) => session.say("Enter alone signs nothing.")?,
            Said::Command(Command::Back | Command::Return) => return Err(session.go_back()?),
            Said::Command(Command::Sign) => {
                if let Some(place) = sign_now(session, &claims)? {
                    return Ok(place);
                }
            }
            Said::Changed | Said::Repeat => whole = true,
            Said::Answer(_) => {
                session
                    .say("That does not sign. Only the word sign does, so that nobody signs by accident.")?;
            }
            Said::Command(_) => session.not_here()?,
        }
    }
}

/// Says which checks are being tried again, and that it is now that answers count for the record.
fn say_tried_again(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let told = session.training.tried_again().map(|(module, left)| words::tried_again(module, left));
    let told: Vec<String> = told.collect();
    told.iter().try_for_each(|told| session.say(told))?;
    if told.is_empty() { Ok(()) } else { session.say(ANSWERED_AFTER_SIGNING) }
}

/// Says that the record cannot be signed, and what is left to do.
fn outgrown(session: &mut Session<'_, '_>) -> Result<Place, Stop> {
    loop {
        session.pause()?;
        session.say(OUTGROWN)?;
        match session.ask(
            "Type again to take the course again, or contents to go back.",
            Expected::Choice,
            Help::Outgrown,
        )? {
            Said::Command(Command::Again) => {
                if let Some(place) = again(session)? {
                    return Ok(place);
                }
            }
            Said::Command(Command::Back | Command::Return) => return Err(session.go_back()?),
            Said::Command(Command::Next) => return Ok(Place::Contents),
            Said::Enter | Said::Changed | Said::Repeat => {}
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

/// Signs and saves; `None` when the learner gave up on the passphrase or the signing.
fn sign_now(session: &mut Session<'_, '_>, claims: &CompletionClaims) -> Result<Option<Place>, Stop> {
    loop {
        let passphrase = if session.world.key_is_protected() {
            let prompt = "The passphrase of your signing key, or Enter not to sign now. Type help if you have forgotten it.";
            let help = passphrase_help(&session.world.places());
            match welcome::hidden(session.console, session.world, prompt, &help)? {
                Some(passphrase) if !passphrase.trim().is_empty() => Some(passphrase),
                Some(_) | None => {
                    session.say("Not signed.")?;
                    return Ok(None);
                }
            }
        } else {
            None
        };
        // Whoever hears nothing for a second or two types once more.
        if passphrase.is_some() {
            session.say("The passphrase is being checked. That takes a moment.")?;
        }
        match session.world.sign(claims, passphrase.as_deref().map(String::as_str)) {
            Ok(signed) => {
                let changes =
                    session.training.complete(signed.bytes, signed.digest, signed.file_name, signed.at);
                session.save(&changes)?;
                session.say("Saved: your completion record is signed.")?;
                return Ok(Some(Place::Certificate));
            }
            Err(trouble) => {
                session.console.say_trouble("Not signed", &trouble)?;
                match trouble.kind {
                    TroubleKind::Passphrase => {}
                    TroubleKind::Conflict | TroubleKind::Other => return Ok(None),
                }
            }
        }
    }
}

fn passphrase_help(places: &Places) -> String {
    format!(
        "It is the passphrase that you chose when your signing key was made. Type it and press Enter to sign. Nobody can \
         recover it. If you have forgotten it, {}.",
        begin_anew(&places.key, &places.progress)
    )
}

fn say_claims(session: &mut Session<'_, '_>, claims: &CompletionClaims) -> Result<(), Stop> {
    let result = &claims.result;
    let percent = percent(result.earned, result.possible);
    let email = claims.person.email.as_deref().unwrap_or("none");
    let person = &claims.person;
    let name = words::sentence(&format!("Name: {}", person.name));
    let number = words::sentence(&format!("Employee number: {}", person.number));
    session.say(&format!("{name} {number} E-mail: {email}."))?;
    session.say(&words::course(&claims.course.title, &claims.course.version))?;
    session.say(&format!(
        "Result: passed with {percent} percent, {}, in {}.",
        score(result.earned, result.possible),
        counted(claims.attempts.len(), "attempt", "attempts")
    ))
}

fn say_agreed(session: &mut Session<'_, '_>, claims: &CompletionClaims) -> Result<(), Stop> {
    match &claims.acknowledgement {
        Some(agreed) => session.say(&format!("Agreed to: {}", words::sentence(&agreed.statement))),
        None => Ok(()),
    }
}

/// Says the certificate, and writes the record's file unless it is there already.
pub(super) fn show(session: &mut Session<'_, '_>, arrival: Arrival) -> Result<Place, Stop> {
    if session.training.certificate().is_none() {
        session.say("There is no certificate of this run yet.")?;
        return Ok(Place::Contents);
    }
    match arrival {
        Arrival::Anew => say(session)?,
        Arrival::Back => session.say("You are back at the certificate. Press Enter to hear it again.")?,
    }
    loop {
        let prompt = "Type export for a certificate to print, verify to hear how anybody checks the record, contents for the course, \
                      again to take it again, or quit to leave.";
        match session.ask(prompt, Expected::Choice, Help::Certificate)? {
            Said::Enter | Said::Changed | Said::Repeat => say(session)?,
            Said::Command(Command::Export) => export(session)?,
            Said::Command(Command::Verify) => say_checking(session)?,
            Said::Command(Command::Again) => {
                if let Some(place) = again(session)? {
                    return Ok(place);
                }
            }
            Said::Command(Command::Back | Command::Return) => return Err(session.go_back()?),
            Said::Command(Command::Next) => return Ok(Place::Contents),
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

fn say(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let delivered = deliver(session);
    let Some(certificate) = session.training.certificate() else { return Ok(()) };
    let claims = certificate.claims.clone();
    let (completion, valid_until) = (certificate.completion.clone(), certificate.valid_until);
    session.pause()?;
    session.say("Certificate of completion.")?;
    say_claims(session, &claims)?;
    session.say(&format!("Completed: {}.", completion.at.day_and_time(session.zone)))?;
    if let Some(until) = valid_until {
        session.say(&format!("Valid until: {}.", session.zone.day(until)))?;
    }
    say_agreed(session, &claims)?;
    if let Ok(path) = &delivered {
        session.console.say_whole("Your record is this file:", &path.display().to_string())?;
        session.say(THE_FILE_COUNTS)?;
    }
    session.console.say_whole("Its fingerprint is:", &completion.digest.to_string())?;
    match delivered {
        Ok(file) => {
            let deliver_to = words::sentence(&session.training.deliver_to());
            session.say(&format!("Where the record file goes: {deliver_to}"))?;
            session.console.say_whole("Anyone can check it with:", &check_of(&file))?;
        }
        // There is nothing to send or to check yet.
        Err(trouble) => {
            session
                .say(&format!("The record is safe, but its file was not written: {}.", trouble.message))?;
            match trouble.hint {
                Some(hint) => session.say(&format!("What to do: {hint}. Then press Enter to try again."))?,
                None => session.say("Press Enter to try again.")?,
            }
        }
    }
    say_earlier(session)
}

/// Says of which days the records of earlier runs are, and where they lie.
pub(super) fn say_earlier(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let records = session.world.places().records;
    let kept = session.training.earlier_completions();
    let kept: Vec<_> = kept.map(|kept| (kept.at, records.join(&kept.file_name))).collect();
    kept.into_iter().try_for_each(|(at, file)| {
        let words = format!("Your record of {} is kept, in this file:", session.zone.day(at));
        session.console.say_whole(&words, &file.display().to_string())
    })
}

/// The same where they are asked for: the files are there then, and it is said what can be done with the last of them.
pub(super) fn show_earlier(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let kept: Vec<Completion> = session.training.earlier_completions().cloned().collect();
    for completion in &kept {
        let day = session.zone.day(completion.at);
        match session.world.deliver(completion) {
            Ok(file) => {
                let words = format!("Your record of {day} is kept, in this file:");
                session.console.say_whole(&words, &file.display().to_string())?;
            }
            Err(trouble) => {
                let failure = format!("Your record of {day} is safe, but its file was not written");
                session.console.say_trouble(&failure, &trouble)?;
            }
        }
    }
    let which = if kept.len() > 1 { "the last of them" } else { "it" };
    session.say(&format!(
        "For a certificate of {which} to print, type export. To hear how anybody checks it, type verify."
    ))
}

/// The record of this run, or where there is none yet the last that was signed before, with what it says.
fn last_signed(session: &Session<'_, '_>) -> Option<(Completion, CompletionClaims)> {
    let of_this_run = session.training.completion();
    let completion = of_this_run.or_else(|| session.training.earlier_completions().next_back())?;
    Some((completion.clone(), read_completion(&completion.record).ok()?.claims))
}

/// What is done with a signed record.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Export,
    Verify,
}

/// Does it with the record that was signed last before this run, and says which that is; `false` where there is none.
pub(super) fn do_with_earlier(session: &mut Session<'_, '_>, deed: Deed) -> Result<bool, Stop> {
    let Some((completion, _)) = last_signed(session) else { return Ok(false) };
    let day = session.zone.day(completion.at);
    session.say(&format!(
        "There is no certificate of this run yet. What follows is about your record of {day}."
    ))?;
    match deed {
        Deed::Export => export(session)?,
        Deed::Verify => match session.world.deliver(&completion) {
            Ok(_) => say_checking(session)?,
            // A command for a file that is not there would help nobody.
            Err(trouble) => {
                session.console.say_trouble("The record is safe, but its file was not written", &trouble)?;
            }
        },
    }
    Ok(true)
}

/// Says how anybody checks the record.
fn say_checking(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let Some((completion, claims)) = last_signed(session) else { return Ok(()) };
    let (signer, file) = (claims.id, session.world.places().records.join(completion.file_name));
    session.pause()?;
    session.console.say_whole(ANYBODY_CAN_CHECK, &check_of(&file))?;
    session.say(IT_SAYS_FOR_ITSELF)?;
    for (level, what) in LEVELS {
        session.say(&format!("- {}: {what}.", words::capital(level)))?;
    }
    session.say(WITH_OTHER_TOOLS)?;
    session.console.say_whole("Its signer is:", &signer)
}

/// The command that checks a record.
fn check_of(file: &Path) -> String {
    format!("countersign verify {}", quoted(file))
}

fn deliver(session: &mut Session<'_, '_>) -> Result<PathBuf, crate::training::Trouble> {
    let completion = session.training.completion().cloned();
    match completion {
        Some(completion) => session.world.deliver(&completion),
        None => Ok(PathBuf::new()),
    }
}

fn export(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    if session.training.purpose() == Purpose::Preview {
        return session.say(&words::sentence(&words::capital(NOTHING_IS_WRITTEN)));
    }
    let Some((completion, claims)) = last_signed(session) else { return Ok(()) };
    let found = session.training.certificate_of(&completion, &claims);
    let file_name = &completion.file_name;
    let html = certificate::html(&Page {
        claims: found.claims,
        signed_at: found.completion.at,
        valid_until: found.valid_until,
        digest: found.completion.digest,
        file_name,
        deliver_to: &session.training.deliver_to(),
    });
    match session.world.export(&certificate::page_name(file_name), &html) {
        Ok(path) => session
            .console
            .say_whole("Saved: the certificate to print is this file:", &path.display().to_string()),
        Err(trouble) => {
            session.say(&format!("Not written: {}.", trouble.message))?;
            match trouble.hint {
                Some(hint) => session.say(&format!("What to do: {hint}. Then type export again.")),
                None => Ok(()),
            }
        }
    }
}

/// Asks once more, then begins the course anew.
pub(super) fn again(session: &mut Session<'_, '_>) -> Result<Option<Place>, Stop> {
    let prompt = "Type again once more to begin, or press Enter to stay.";
    loop {
        session.say(if session.training.completion().is_some() {
            "Taking the course again begins a new run. Your record and your attempts are kept."
        } else {
            "Taking the course again begins a new run. Your attempts are kept."
        })?;
        match session.ask(prompt, Expected::Decision, Help::Again)? {
            Said::Command(Command::Again) => {
                let changes = session.training.begin_again(session.world.now());
                session.save(&changes)?;
                session.say("Saved: a new run through the course has begun.")?;
                return Ok(Some(Place::Reading(Visit::to(Text::Lesson(0)))));
            }
            Said::Changed | Said::Repeat => session.pause()?,
            Said::Enter => {
                session.say("Nothing has changed.")?;
                return Ok(None);
            }
            Said::Command(_) | Said::Answer(_) => {
                session.say("Nothing has changed: only the word again begins a new run.")?;
                return Ok(None);
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    /// Bytes that are no text were told as question marks, and the command found no file.
    #[test]
    fn the_command_names_a_file_in_a_folder_whose_name_is_no_text() {
        let command = check_of(Path::new(OsStr::from_bytes(b"/home/ad\xe4/a.json")));
        assert!(command.starts_with("countersign verify ") && command.contains(r"\344"), "{command}");
        assert_eq!(check_of(Path::new("a.json")), "countersign verify a.json");
    }
}

//! All that can be said of a record, or of a file that was put aside: the same for the terminal and for the dashboard.

use super::super::super::error::Failure;
use super::super::desk::Desk;
use super::super::open::of_store;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::Index;
use crate::progress::Person;
use crate::record::Completion;
use crate::record::verdict::{Reading, Verdict};
use crate::registry::change::{Decided, PutAside};
use crate::registry::claimant::Claimant;
use crate::registry::office::{AsideFile, AsideNote, Claimed, LevelFile, RecordFile, SignedBy};
use crate::registry::terms::{Level, Levels};
use crate::registry::{Dossier, PersonNumber};
use crate::store::StoreError;
use crate::store::registry::RegistryStore;

/// A record with its five levels at receipt and with what is known at `now`. `assigners` are HR's did:keys.
pub(in crate::cli::hr) fn record_file(
    store: &dyn RegistryStore,
    assigners: Vec<String>,
    digest: &Digest,
    now: Timestamp,
) -> Result<RecordFile, Failure> {
    let told = |error| of_store(&error);
    let bytes = store.record(digest).map_err(told)?.ok_or_else(|| {
        Failure::new(format!("no record {digest} is in the registry"))
            .hint("to see what waits: countersign hr review list")
            .in_face("press r: it is read again, with what still waits")
    })?;
    let desk = Desk::load(store, now, assigners).map_err(told)?;
    let reading = Reading::of(&bytes);
    let Some(claims) = reading.claims() else {
        return Err(Failure::new(format!("the record {digest} cannot be read as it was collected"))
            .hint("countersign hr log verify says whether it was changed"));
    };
    // Nothing is stored whose number is none.
    let (dossier, decisions) = match PersonNumber::new(&claims.person.number) {
        Ok(person) => {
            (store.dossier(&person, now).map_err(told)?, store.decisions(&person, now).map_err(told)?)
        }
        Err(_) => (None, Vec::new()),
    };
    let decided = decisions.into_iter().rev().find(|decided| decided.record == *digest);
    let claimant = Claimant::of(&claims.person, dossier.as_ref().and_then(|dossier| dossier.roster.as_ref()));
    let claimant = claimant.with_alike(alike(store, &claims.person, dossier.as_ref(), now)?);
    let claimed = claimed(&reading, claimant);
    let records = dossier.map(|dossier| dossier.records).unwrap_or_default();
    let state = records.into_iter().find(|record| record.digest == *digest);
    // What was known then is not what is known now: a course was added, a key was accepted.
    let known = desk.known(store, claims, now).map_err(told)?;
    let received_at = state.as_ref().map_or(now, |state| state.received_at);
    let verifier = known.verifier(claims, received_at);
    let verdict = reading.judge(&verifier);
    let entry = match state.as_ref().and_then(|state| Index::new(state.index)) {
        Some(index) => store.log_entry(index).map_err(told)?,
        None => None,
    };
    Ok(RecordFile {
        digest: *digest,
        claims: claimed,
        decided,
        levels: levels(verdict, state.as_ref().map(|state| state.levels)),
        state,
        entry: entry.map(|entry| String::from_utf8_lossy(&entry).into_owned()),
    })
}

/// How many people are told of whom a record may be.
const ALIKE_SHOWN: usize = 3;

/// Of whom a record may be that names nobody on the roster. Everybody is looked at, so it is for one record, not for lists.
fn alike(
    store: &dyn RegistryStore,
    claimed: &Person,
    dossier: Option<&Dossier>,
    now: Timestamp,
) -> Result<Vec<(PersonNumber, String)>, Failure> {
    let mut alike = Vec::new();
    if dossier.is_some_and(|dossier| dossier.roster.is_some()) {
        return Ok(alike);
    }
    let visited = store.dossiers(now, &mut |dossier| {
        if let Some(roster) = dossier.roster
            && alike.len() < ALIKE_SHOWN
            && Claimant::resembles(claimed, &dossier.number, &roster.profile.name)
        {
            alike.push((dossier.number, roster.profile.name));
        }
        Ok(())
    });
    visited.map(|()| alike).map_err(|error| of_store(&error))
}

/// Whom a file names that was read, beside whom the roster has at `now`; nothing where it cannot be read.
pub(in crate::cli::hr) fn claimant_in(
    store: &dyn RegistryStore,
    reading: &Reading,
    now: Timestamp,
) -> Result<Option<Claimant>, StoreError> {
    let Some(claims) = reading.claims() else { return Ok(None) };
    let dossier = match PersonNumber::new(&claims.person.number) {
        Ok(person) => store.dossier(&person, now)?,
        Err(_) => None,
    };
    Ok(Some(Claimant::of(&claims.person, dossier.as_ref().and_then(|dossier| dossier.roster.as_ref()))))
}

/// What was decided last about a record that is here.
pub(super) fn decided(
    store: &dyn RegistryStore,
    digest: &Digest,
    now: Timestamp,
) -> Result<Option<Decided>, Failure> {
    let told = |error| of_store(&error);
    let Some(bytes) = store.record(digest).map_err(told)? else { return Ok(None) };
    let reading = Reading::of(&bytes);
    let person = reading.claims().and_then(|claims| PersonNumber::new(&claims.person.number).ok());
    let Some(person) = person else { return Ok(None) };
    let decisions = store.decisions(&person, now).map_err(told)?;
    Ok(decisions.into_iter().rev().find(|decided| decided.record == *digest))
}

/// A file that was put aside, with its five levels with what is known at `now`.
pub(in crate::cli::hr) fn aside_file(
    store: &dyn RegistryStore,
    assigners: Vec<String>,
    file: &PutAside,
    now: Timestamp,
) -> Result<AsideFile, Failure> {
    let told = |error| of_store(&error);
    let reading = Reading::of(&file.bytes);
    let verifier = match reading.claims() {
        Some(claims) => {
            let desk = Desk::load(store, now, assigners).map_err(told)?;
            desk.known(store, claims, now).map_err(told)?.verifier(claims, file.at)
        }
        None => crate::record::verdict::Verifier::default(),
    };
    let bytes = file.bytes.len() as u64;
    let note = aside_note(file, &reading);
    let claimant = claimant_in(store, &reading, now).map_err(told)?;
    let claims = match (claimant, reading.claims()) {
        (Some(claimant), Some(claims)) => {
            let person = PersonNumber::new(&claims.person.number).ok();
            let dossier =
                person.map(|person| store.dossier(&person, now)).transpose().map_err(told)?.flatten();
            let alike = alike(store, &claims.person, dossier.as_ref(), now)?;
            claimed(&reading, claimant.with_alike(alike))
        }
        (Some(_), None) | (None, _) => None,
    };
    Ok(AsideFile { note, claims, bytes, levels: levels(reading.judge(&verifier), Some(file.levels)) })
}

/// What is known of a file that was put aside without judging it.
pub(in crate::cli::hr) fn aside_note(file: &PutAside, reading: &Reading) -> AsideNote {
    AsideNote {
        file: file.file,
        name: file.name.clone(),
        at: file.at,
        claimed: reading.claims().map(|claims| claims.person.number.clone()),
        called: reading.claims().map(|claims| claims.person.name.clone()),
        levels: file.levels,
        reasons: file.reasons.clone(),
    }
}

fn claimed(reading: &Reading, claimant: Claimant) -> Option<Claimed> {
    let claims = reading.claims()?;
    let signed = |record: &Completion| SignedBy { at: record.created, issuer: record.issuer.clone() };
    Some(Claimed {
        claimant,
        number: claims.person.number.clone(),
        title: claims.course.title.clone(),
        version: claims.course.version.clone(),
        passed: claims.result.passed,
        earned: claims.result.earned,
        possible: claims.result.possible,
        pass_percent: claims.result.pass_percent,
        signed: reading.record().map(signed),
    })
}

fn levels(verdict: Verdict, at_receipt: Option<Levels>) -> [LevelFile; 5] {
    let Verdict { signature, content, grading, identity, time, record: _ } = verdict;
    let level =
        |level: Level, now| LevelFile { level, now, at_receipt: at_receipt.map(|levels| levels.at(level)) };
    [
        level(Level::Signature, signature),
        level(Level::Content, content),
        level(Level::Grading, grading),
        level(Level::Identity, identity),
        level(Level::Time, time),
    ]
}

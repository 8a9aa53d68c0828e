//! Another registry is put in the place of one that a dashboard shows.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use chrono::FixedOffset;

use super::{RealOffice, Told};
use crate::cli::hr::registry::Home;
use crate::clock::{Calendar, Clock as _, SystemClock};
use crate::digest::Digest;
use crate::files::{self, Privacy, tempdir};
use crate::record::key::SecretKey;
use crate::registry::change::{Decision, Opened, PersonChange, RosterImport};
use crate::registry::office::{News, Office as _, Overview, Ruling};
use crate::registry::person::{Presence, Profile};
use crate::registry::{Change, PersonNumber};
use crate::shell::Commands;
use crate::store::registry::RegistryStore as _;
use crate::store::registry::sqlite::SqliteRegistry;

fn number(text: &str) -> PersonNumber {
    PersonNumber::new(text).unwrap()
}

/// A registry of these people in a new folder. Nobody has it open any more.
fn registry(folder: &Path, numbers: &[&str]) -> Home {
    let home = Home::new(folder);
    fs::create_dir_all(folder).unwrap();
    let key = SecretKey::from_seed(&[1; 32]);
    files::write_new(&home.key(), &key.encode(None).unwrap(), Privacy::Private).unwrap();
    let origin = "countersign.example/registry/test".parse().unwrap();
    let opened = Opened { at: SystemClock.now(), key: key.public(), origin };
    let person = |text: &&str| PersonChange {
        number: number(text),
        profile: Profile::named("Ada Byron"),
        presence: Presence::Active,
    };
    let people = numbers.iter().map(person).collect();
    let roster = RosterImport { at: SystemClock.now(), file: Digest::of(b"roster"), people };
    SqliteRegistry::create(&home.database())
        .unwrap()
        .save(&[Change::Opened(opened), Change::Roster(roster)])
        .unwrap();
    home
}

/// Everything that is told until everything was read.
fn heard(office: &mut RealOffice) -> (Vec<News>, Box<Overview>) {
    let begun = Instant::now();
    let mut before = Vec::new();
    loop {
        match office.news() {
            Some(News::Read(overview)) => return (before, overview),
            Some(other) => before.push(other),
            None => thread::sleep(Duration::from_millis(5)),
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{before:?}");
    }
}

/// An office that has read one registry, and another one that is put in its place.
fn exchanged(folder: &Path) -> RealOffice {
    let home = registry(&folder.join("one"), &["0001"]);
    let other = registry(&folder.join("other"), &["0002", "0003"]);
    let utc = Calendar::from(FixedOffset::east_opt(0).unwrap());
    let (mut office, _) = RealOffice::open(&home, utc, 30, Commands::default()).unwrap();
    office.read(None);
    assert_eq!(heard(&mut office).1.listing.len(), 1);
    fs::rename(other.database(), home.database()).unwrap();
    office
}

/// It read on without an end: the log of the file that was open was never as long as that of the file that was read.
#[cfg(unix)]
#[test]
fn another_file_is_noticed_said_once_and_read_once() {
    let folder = tempdir().unwrap();
    let mut office = exchanged(folder.path());
    office.teller.tell(Told::Touched);
    let (before, overview) = heard(&mut office);
    let said = before.iter().filter_map(|news| match news {
        News::Replaced(words) => Some(words[0].as_str()),
        News::Reading(_)
        | News::Read(_)
        | News::NotRead(_)
        | News::Changed
        | News::Decided(_)
        | News::NotDecided(..) => None,
    });
    let said: Vec<&str> = said.collect();
    assert!(matches!(said[..], [words] if words.contains("registry.db is another file")), "{before:?}");
    assert_eq!(overview.listing.len(), 2);
    // Longer than the watch waits before it tells.
    thread::sleep(Duration::from_millis(900));
    office.teller.tell(Told::Touched);
    assert!(office.news().is_none());
    assert!(office.person(&number("0001"), SystemClock.now()).unwrap().is_none());
}

/// The pages were those of the old file.
#[cfg(unix)]
#[test]
fn what_is_looked_up_is_of_the_file_that_is_there() {
    let folder = tempdir().unwrap();
    let mut office = exchanged(folder.path());
    let now = SystemClock.now();
    assert!(office.person(&number("0003"), now).unwrap().is_some());
    assert!(office.person(&number("0001"), now).unwrap().is_none());
    // Whoever looked has told, also where the operating system tells nothing.
    assert_eq!(heard(&mut office).1.listing.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_registry_that_is_gone_is_told_and_its_successor_noticed() {
    let folder = tempdir().unwrap();
    let mut office = exchanged(folder.path());
    let database = folder.path().join("one/registry.db");
    let aside = folder.path().join("aside.db");
    fs::rename(&database, &aside).unwrap();
    office.teller.tell(Told::Touched);
    assert!(matches!(office.news(), Some(News::Changed)));
    assert!(office.person(&number("0003"), SystemClock.now()).is_err());
    fs::rename(&aside, &database).unwrap();
    office.teller.tell(Told::Touched);
    assert_eq!(heard(&mut office).1.listing.len(), 2);
}

/// An auditor's copy could be read by every verb, and the dashboard refused it.
#[test]
fn without_hrs_key_everything_is_shown_and_nothing_is_decided() {
    let folder = tempdir().unwrap();
    let home = registry(folder.path(), &["0001", "0002"]);
    let utc = Calendar::from(FixedOffset::east_opt(0).unwrap());
    let assigners = RealOffice::open(&home, utc, 30, Commands::default()).unwrap().0.assigners();
    fs::remove_file(home.key()).unwrap();
    let (mut office, said) = RealOffice::open(&home, utc, 30, Commands::default()).unwrap();
    assert!(said[0].contains("hr.key cannot be read, so nothing can be added here"), "{said:?}");
    assert_eq!(office.assigners(), assigners, "the log says whose it is");
    office.read(None);
    assert_eq!(heard(&mut office).1.listing.len(), 2);
    assert!(office.person(&number("0002"), SystemClock.now()).unwrap().is_some());

    assert!(!office.key_is_protected(), "nobody is asked for a passphrase that would not help");
    let (record, by, reason) = (Digest::of(b"a record"), "J. Doe".to_owned(), "theirs".to_owned());
    office.decide(Ruling { record, decision: Decision::Accepted, by, reason }, None);
    office.settle();
    let refused = std::iter::from_fn(|| office.news()).find_map(|news| match news {
        News::NotDecided(_, trouble) => Some(trouble),
        News::Reading(_)
        | News::Read(_)
        | News::NotRead(_)
        | News::Changed
        | News::Replaced(_)
        | News::Decided(_) => None,
    });
    let refused = refused.expect("it cannot be signed");
    assert!(refused.messages[0].contains("hr.key is missing or cannot be read"), "{refused:?}");
}

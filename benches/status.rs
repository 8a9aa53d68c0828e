//! Statuses and summaries of a large registry.
//!
//! `cargo bench --bench status` prints the times over 20,000 records, and those of the list that a dashboard shows over 100,000
//! rows; `cargo bench --bench status -- write DIR PEOPLE`
//! writes a registry of any size (two records a person) into a folder, for the program itself
//! (`/usr/bin/time -v countersign hr report --registry DIR --as-of 2026-11-20`), and `-- small DIR` one in which everything
//! happens once. `-- roster DIR` prints what `countersign hr roster list` takes in one that was written.

#![expect(clippy::print_stderr, reason = "for the person who runs it")]

#[path = "../tests/support/head.rs"]
mod head;
#[path = "../tests/support/standing.rs"]
mod standing;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, Offset as _, Utc};
use countersign::clock::Calendar;
use countersign::digest::Digest;
use countersign::printable::Printable;
use countersign::registry::change::{PersonChange, RosterImport};
use countersign::registry::listing::search::{Scope, Search, Wanted};
use countersign::registry::listing::{Builder, Column, Direction, Listing, Order};
use countersign::registry::person::Presence;
use countersign::registry::row::{Filter, Whose};
use countersign::registry::status::Reckoning;
use countersign::registry::summary::completions::Period;
use countersign::registry::summary::{Question, Span, Summary, Tally};
use countersign::registry::{Change, Dossier, PersonNumber, Profile};
use countersign::store::registry::RegistryStore;
use countersign::store::registry::sqlite::SqliteRegistry;
use criterion::{Criterion, Throughput};
use standing::{Desk, Sent};

const PEOPLE: u32 = 10_000;
/// How many rows the list has at least.
const ROWS: u64 = 100_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "write", folder, people, ..] => {
            let begun = Instant::now();
            large(Path::new(folder), people.parse().expect("a number of people"));
            eprintln!("wrote {people} people in {:.1?}", begun.elapsed());
        }
        [_, "small", folder, ..] => standing::small(Path::new(folder)),
        [_, "roster", folder, ..] => roster(Path::new(folder)),
        _ => measure(),
    }
}

/// A registry of so many people, two records of each on average over two years, in `folder`. Look at it on 2026-11-20.
/// Gives how many of them are gone.
fn large(folder: &Path, people: u32) -> u64 {
    const FIRST: [&str; 8] = ["Ada", "Grace", "王", "Noa", "مريم", "Zoë", "Łukasz", "Ὑπατία"];
    const LAST: [&str; 7] =
        ["Byron", "Hopper", "小明", "Lee", "العلوي", "Quist", "van der Meer-Hohenstaufen"];
    const DEPARTMENTS: [&str; 9] = [
        "Sales",
        "Care",
        "Engineering",
        "Legal",
        "Stores",
        "Finance",
        "Field",
        "Office of the board",
        "研究",
    ];
    const ROLES: [&str; 5] = ["clerk", "nurse", "engineer", "manager", "contractor"];
    let mut desk = Desk::new(folder, "app-data", "App data at work");
    desk.course("phishing", "Fake messages");
    let courses = [standing::course_id("app-data"), standing::course_id("phishing")];
    let number = |person: u32| format!("{person:07}");
    let pick = |person: u32, salt: u32| person.wrapping_mul(2_654_435_761).wrapping_add(salt * 40_503) >> 8;
    let roster = (0..people).map(|person| PersonChange {
        number: PersonNumber::new(&number(person)).expect("a number"),
        profile: Profile {
            department: Some(DEPARTMENTS[pick(person, 3) as usize % DEPARTMENTS.len()].to_owned()),
            role: Some(ROLES[pick(person, 4) as usize % ROLES.len()].to_owned()),
            hired: (pick(person, 5) % 8 == 0)
                .then(|| NaiveDate::from_ymd_opt(2026, 1 + pick(person, 6) % 10, 1).expect("a day")),
            ..Profile::named(&format!(
                "{} {}",
                FIRST[pick(person, 1) as usize % FIRST.len()],
                LAST[pick(person, 2) as usize % LAST.len()]
            ))
        },
        presence: match pick(person, 7) % 40 {
            0 => Presence::Away,
            1 | 2 => Presence::Gone,
            _ => Presence::Active,
        },
    });
    let roster: Vec<_> = roster.collect();
    let gone = roster.iter().filter(|person| person.presence == Presence::Gone).count() as u64;
    let roster = RosterImport { at: standing::day(-350), file: Digest::of(b"roster"), people: roster };
    desk.add(Change::Roster(roster));
    for (year, begin) in [(0, -300), (1, 65)] {
        for person in 0..people {
            let course = &courses[usize::from(pick(person, 8 + year) % 4 == 0)];
            desk.assigned(&number(person), course, begin, begin + 40 + i64::from(pick(person, 9) % 200));
        }
        for person in 0..people {
            let course = &courses[usize::from(pick(person, 8 + year) % 4 == 0)];
            let at = begin + 1 + i64::from(person) * 250 / i64::from(people);
            let sent = match pick(person, 11 + year) % 20 {
                0 => continue,
                1 => Sent::Failed,
                2 => Sent::ToReview,
                _ => Sent::Passed,
            };
            desk.sent(&number(person), course, at, sent);
        }
    }
    desk.finish();
    gone
}

/// The roster as the program lists it.
fn roster(folder: &Path) {
    for format in [&[][..], &["--csv"], &["--json"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command
            .args(["hr", "roster", "list", "--as-of", "2026-11-20", "--registry"])
            .arg(folder)
            .args(format);
        let begun = Instant::now();
        let listed = command.stdin(Stdio::null()).output().expect("it starts");
        let elapsed = begun.elapsed();
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        let lines = String::from_utf8_lossy(&listed.stdout).lines().count();
        eprintln!("hr roster list {}: {elapsed:.2?}, {lines} lines", format.concat());
    }
}

fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let registry = folder.path().join("registry");
    let gone = large(&registry, PEOPLE);
    let store = SqliteRegistry::open(&registry.join("registry.db")).expect("a registry");
    let mut people = Vec::new();
    let at = standing::day(323);
    store
        .dossiers(at, &mut |dossier| {
            people.push(dossier);
            Ok(())
        })
        .expect("everybody");
    let records: usize = people.iter().map(|dossier| dossier.records.len()).sum();
    let versions = store.courses(at).expect("courses");
    let validity_days = versions.iter().map(|version| (version.digest, version.validity_days)).collect();
    assert_eq!(
        summary(&validity_days, |tally| people.iter().for_each(|one| tally.add(one))).population.gone,
        gone
    );

    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(5)).configure_from_args();
    let mut group = criterion.benchmark_group("status");
    group.throughput(Throughput::Elements(records as u64));
    group.bench_function("reading everybody", |bencher| {
        bencher.iter(|| {
            let mut number = 0;
            let visited = store.dossiers(at, &mut |dossier| {
                number += black_box(dossier).records.len();
                Ok(())
            });
            visited.expect("everybody");
            number
        });
    });
    group.bench_function("the summary of everybody, without reading", |bencher| {
        bencher.iter(|| summary(&validity_days, |tally| people.iter().for_each(|one| tally.add(one))));
    });
    group.bench_function("the summary of everybody", |bencher| {
        bencher.iter(|| {
            summary(&validity_days, |tally| {
                let visited = store.dossiers(at, &mut |dossier| {
                    tally.add(&dossier);
                    Ok(())
                });
                visited.expect("everybody");
            })
        });
    });
    group.finish();
    listing(&mut criterion, &people, &validity_days);
    criterion.final_summary();
}

/// The list of everybody that a dashboard shows.
fn listing(criterion: &mut Criterion, people: &[Dossier], validity_days: &BTreeMap<Digest, u32>) {
    // Everybody again and again, under other numbers, until there are enough rows.
    let rounds = ROWS.div_ceil(listed(people, validity_days).len() as u64);
    let everybody = (0..rounds).flat_map(|round| {
        people.iter().map(move |dossier| {
            let number = PersonNumber::new(&format!("{round:03}{}", dossier.number)).expect("a number");
            Dossier { number, ..dossier.clone() }
        })
    });
    let people: &[Dossier] = &everybody.collect::<Vec<_>>();
    let listing = listed(people, validity_days);
    let rows = listing.len() as u64;
    assert!(rows >= ROWS, "{rows} rows");
    let mut group = criterion.benchmark_group("listing");
    group.throughput(Throughput::Elements(rows));
    group.bench_function("built, and sorted by every column", |bencher| {
        bencher.iter(|| listed(people, validity_days).len());
    });
    for (what, words) in [("everything", ""), ("a word", "byron"), ("words", "overdue sales ada")] {
        for (column, name) in [(Column::Number, "number"), (Column::State, "state")] {
            let order = Order { column, direction: Direction::Down };
            group.bench_function(format!("a search for {what}, by {name}"), |bencher| {
                bencher.iter(|| {
                    let (words, scope) = (words.to_owned(), Scope::default());
                    let wanted = Wanted { words, whose: Whose::Everybody, scope, order };
                    let mut search = Search::begin(&listing, wanted);
                    search.advance(&listing, usize::MAX);
                    search.counts().total()
                });
            });
        }
    }
    group.bench_function("what a key in the filter waits for, by state", |bencher| {
        let order = Order { column: Column::State, direction: Direction::Down };
        bencher.iter(|| {
            let (words, scope) = ("overdue sales ada".to_owned(), Scope::default());
            let wanted = Wanted { words, whose: Whose::Everybody, scope, order };
            let mut search = Search::begin(&listing, wanted);
            // So many rows at once; the others while no key waits.
            search.advance(&listing, 1 << 13);
            search.counts().total()
        });
    });
    group.bench_function("standings", |bencher| bencher.iter(|| listing.standings(None).all.total()));
    group.finish();
}

fn listed(people: &[Dossier], validity_days: &BTreeMap<Digest, u32>) -> Listing {
    let policies = BTreeMap::new();
    let at = standing::day(323);
    let reckoning = Reckoning { at, validity_days, rules: &[], policies: &policies, expiring_days: 30 };
    let cells = |text: &str| Printable::new(text).width();
    let mut builder = Builder::new(reckoning, Calendar::from(Utc.fix()), cells);
    for dossier in people {
        builder.add(dossier);
    }
    builder.finish()
}

fn summary(validity_days: &BTreeMap<Digest, u32>, count: impl FnOnce(&mut Tally<'_>)) -> Summary {
    let policies = BTreeMap::new();
    let reckoning = Reckoning {
        at: standing::day(323),
        validity_days,
        rules: &[],
        policies: &policies,
        expiring_days: 30,
    };
    let filter = Filter::default();
    let span = Span { from: standing::day(-40).date(), to: standing::day(323).date() };
    let calendar = Calendar::from(Utc.fix());
    let period = Period::Month;
    let question = Question { reckoning, filter: &filter, span, calendar, period, longest: 300 };
    let mut tally = Tally::new(question);
    count(&mut tally);
    tally.finish()
}

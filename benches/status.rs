//! Statuses and summaries of a large registry.
//!
//! `cargo bench --bench status` prints the times over 20,000 records; `cargo bench --bench status -- write DIR PEOPLE`
//! writes a registry of any size (two records a person) into a folder, for the program itself
//! (`/usr/bin/time -v countersign hr report --registry DIR --as-of 2026-11-20`), and `-- small DIR` one in which everything
//! happens once.

#![expect(clippy::print_stderr, reason = "for the person who runs it")]

#[path = "../tests/support/organisation.rs"]
mod organisation;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use countersign::digest::Digest;
use countersign::registry::row::Filter;
use countersign::registry::status::Reckoning;
use countersign::registry::summary::completions::Period;
use countersign::registry::summary::{Question, Span, Summary, Tally};
use countersign::store::registry::RegistryStore;
use countersign::store::registry::sqlite::SqliteRegistry;
use criterion::{Criterion, Throughput};

const PEOPLE: u32 = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "write", folder, people, ..] => {
            let begun = Instant::now();
            organisation::large(Path::new(folder), people.parse().expect("a number of people"));
            eprintln!("wrote {people} people in {:.1?}", begun.elapsed());
        }
        [_, "small", folder, ..] => organisation::small(Path::new(folder)),
        _ => measure(),
    }
}

fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let registry = folder.path().join("registry");
    organisation::large(&registry, PEOPLE);
    let store = SqliteRegistry::open(&registry.join("registry.db")).expect("a registry");
    let mut people = Vec::new();
    let at = organisation::day(323);
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
        512
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
    criterion.final_summary();
}

fn summary(validity_days: &BTreeMap<Digest, u32>, count: impl FnOnce(&mut Tally<'_>)) -> Summary {
    let policies = BTreeMap::new();
    let reckoning = Reckoning {
        at: organisation::day(323),
        validity_days,
        rules: &[],
        policies: &policies,
        expiring_days: 30,
    };
    let filter = Filter::default();
    let span = Span { from: organisation::day(-40), to: organisation::day(324) };
    let question = Question { reckoning, filter: &filter, span, period: Period::Month, longest: 300 };
    let mut tally = Tally::new(question);
    count(&mut tally);
    tally.finish()
}

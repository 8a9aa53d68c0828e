//! Verifying one record, beside the least that any verifier must do: parse, hash and check one Ed25519 signature.
//!
//! `cargo bench --bench verify` prints the times and, last, the ratios that the design asks for.

#![expect(clippy::print_stderr, reason = "the ratios are for the person who runs it")]

use std::hint::black_box;
use std::time::Duration;

use countersign::record::read_completion;
use countersign::record::verdict::verdict;
use criterion::{Criterion, Throughput};
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use sha2::{Digest as _, Sha256};
use timing::{median, timed};

#[path = "../tests/support/forge.rs"]
mod forge;
#[path = "../tests/support/learner.rs"]
mod learner;
#[path = "support/timing.rs"]
mod timing;
#[path = "../tests/support/vectors.rs"]
#[expect(dead_code, reason = "the table is for the tests")]
mod vectors;

fn main() {
    let world = vectors::World::new();
    let verifier = world.verifier();
    // Two attempts with an assignment: what a file that HR gets looks like.
    let document = vectors::World::signed(&world.claims(true, &[4, 9]));
    let bytes = vectors::pretty(&document);
    assert!(read_completion(&bytes).is_ok() && !verdict(&bytes, &verifier).failed());

    let key: [u8; 32] =
        *countersign::record::key::SecretKey::from_seed(&vectors::LEARNER).public().as_bytes();
    let signature = Signature::from_slice(&forge::signature(&document)).expect("64 bytes");
    let message = forge::message(&document);
    let floor = || {
        let document: serde_json::Value = serde_json::from_slice(black_box(&bytes)).expect("JSON");
        let digest = Sha256::digest(&bytes);
        // A verifier gets keys as bytes, another one with every record.
        let key = VerifyingKey::from_bytes(black_box(&key)).expect("a key");
        key.verify(black_box(&message), &signature).expect("a good signature");
        (document, digest)
    };
    let read = || read_completion(black_box(&bytes)).expect("a good record");
    let judged = || verdict(black_box(&bytes), &verifier);

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("verify");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("floor: parse, hash, Ed25519", |bencher| bencher.iter(floor));
    group.bench_function("signature: read_completion", |bencher| bencher.iter(read));
    group.bench_function("all five findings: verdict", |bencher| bencher.iter(judged));
    group.finish();
    criterion.final_summary();

    // In turns and by the median, so that a busy machine slows all of them alike.
    let (mut floors, mut reads, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..400 {
        floors.push(timed(floor));
        reads.push(timed(read));
        verdicts.push(timed(judged));
    }
    let floor = median(floors);
    let ratio = |times: Vec<Duration>| median(times).as_secs_f64() / floor.as_secs_f64();
    eprintln!("{} bytes, floor {floor:?}", bytes.len());
    eprintln!(
        "signature {:.2} times the floor, all five findings {:.2} times",
        ratio(reads),
        ratio(verdicts)
    );
}

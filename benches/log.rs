//! The log at a million entries: appending in batches, proofs, and what they weigh.
//!
//! `cargo bench --bench log` prints the times and, last, the sizes and the ratio to hashing alone.

#![expect(clippy::print_stderr, reason = "the ratios are for the person who runs it")]

use std::hint::black_box;
use std::time::Duration;

use countersign::log::{Checkpoint, Hash, Index, MemoryTiles, Receipt, Size, Tree, VerifierKey};
use countersign::record::key::SecretKey;
use criterion::{Criterion, Throughput};
use sha2::{Digest as _, Sha256};
use timing::{median, timed};

#[path = "support/timing.rs"]
mod timing;

const LEAVES: u64 = 1_000_000;
const BATCH: u64 = 1_000;

fn main() {
    let leaves: Vec<Hash> = (0..LEAVES).map(|number| Hash::of_leaf(&number.to_be_bytes())).collect();
    let tree = appended(&leaves);
    let root = tree.root().expect("memory");
    let mut number = 0_u64;
    // Every proof for another entry, all over the log.
    let mut next = || {
        number = (number + 611_953) % LEAVES;
        number
    };
    let size = |entries| Size::new(entries).expect("a size");
    let index = |at| Index::new(at).expect("an index");

    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(10)).configure_from_args();
    let mut group = criterion.benchmark_group("log");
    group.throughput(Throughput::Elements(LEAVES));
    group.bench_function("append 1,000,000 in batches of 1,000", |bencher| {
        bencher.iter(|| appended(black_box(&leaves)));
    });
    group.bench_function("audit 1,000,000", |bencher| {
        bencher.iter(|| tree.audit(leaves.iter().copied()).expect("the same"));
    });
    group.finish();
    let mut group = criterion.benchmark_group("log of 1,000,000");
    group.bench_function("inclusion proof", |bencher| {
        bencher.iter(|| tree.inclusion(index(next()), size(LEAVES)).expect("a proof"));
    });
    group.bench_function("consistency proof", |bencher| {
        bencher.iter(|| tree.consistency(size(next()), size(LEAVES)).expect("a proof"));
    });
    let proof = tree.inclusion(index(611_953), size(LEAVES)).expect("a proof");
    group.bench_function("inclusion proof checked", |bencher| {
        bencher.iter(|| assert!(black_box(&proof).holds(leaves[611_953], root)));
    });
    let key = SecretKey::from_seed(&[2; 32]);
    let log = VerifierKey::new("bench.example/log".parse().expect("a name"), key.public());
    let entry = br#"{"at":"2026-11-23T08:00:00Z","entry":"joined","person":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#;
    let mut with_entry = tree.clone();
    with_entry.append([Hash::of_leaf(entry)]).expect("memory");
    let head = Checkpoint {
        origin: log.origin().clone(),
        size: with_entry.size(),
        root: with_entry.root().expect("memory"),
    };
    let proof = with_entry.inclusion(index(LEAVES), with_entry.size()).expect("a proof");
    let receipt = Receipt::new(entry.to_vec(), proof, head.sign(&key)).expect("good").to_string();
    group.bench_function("receipt read and checked", |bencher| {
        bencher.iter(|| Receipt::read(black_box(receipt.as_bytes()), &log).expect("good"));
    });
    group.finish();
    criterion.final_summary();

    let (mut floors, mut appends) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        floors.push(timed(|| hashed(&leaves)));
        appends.push(timed(|| appended(&leaves)));
    }
    let (floor, append) = (median(floors), median(appends));
    eprintln!("{} bytes of tiles for {LEAVES} leaves", tree.tiles().bytes());
    eprintln!(
        "append {append:?}, {:.2} times the 999,999 hashes that any tree needs ({floor:?})",
        append.as_secs_f64() / floor.as_secs_f64()
    );
}

fn appended(leaves: &[Hash]) -> Tree<MemoryTiles> {
    let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
    for batch in leaves.chunks(usize::try_from(BATCH).expect("small")) {
        tree.append(batch.iter().copied()).expect("memory");
    }
    tree
}

/// As many hashes of 65 bytes as a tree has nodes above its leaves.
fn hashed(leaves: &[Hash]) -> [u8; 32] {
    let mut last = [0; 32];
    for leaf in &leaves[1..] {
        let mut hash = Sha256::new();
        hash.update([1]);
        hash.update(last);
        hash.update(leaf.as_bytes());
        last = hash.finalize().into();
    }
    last
}

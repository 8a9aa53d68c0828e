//! How every file of these test vectors comes about.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use countersign::log::{
    Checkpoint, Entry, Event, Extension, Hash, InclusionProof, Index, MemoryTiles, Note, Receipt, Size, Tree,
};
use countersign::record::key::SecretKey;

use super::{ORIGIN, Story, log, secret, size, tree_of};

/// A file and what is to be said of it.
pub(crate) struct Vector {
    /// `valid/…` or `invalid/…`.
    pub(crate) name: String,
    /// `checkpoint`, `receipt`, `extension`, or `entries` under the checkpoint that is named like them.
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// What the fault must say; none for a good file.
    pub(crate) because: Option<&'static str>,
}

/// Every vector.
pub(crate) fn all(story: &Story) -> Vec<Vector> {
    let mut table = Table { story, tree: story.tree(), vectors: Vec::new() };
    table.checkpoints();
    table.bad_checkpoints();
    table.receipts();
    table.bad_receipts();
    table.signed_but_no_entries();
    table.extensions();
    table.bad_entries();
    table.vectors
}

struct Table<'a> {
    story: &'a Story,
    tree: Tree<MemoryTiles>,
    vectors: Vec<Vector>,
}

/// What speaks for nobody who checks these files.
const WITNESS: &str = "\u{2014} witness.example/w1 AAAAAAAA";

impl Table<'_> {
    fn good(&mut self, name: &str, kind: &'static str, bytes: String) {
        self.vectors.push(Vector {
            name: format!("valid/{name}"),
            kind,
            bytes: bytes.into_bytes(),
            because: None,
        });
    }

    fn bad(&mut self, name: &str, kind: &'static str, because: &'static str, bytes: String) {
        assert!(!because.is_empty());
        self.vectors.push(Vector {
            name: format!("invalid/{name}"),
            kind,
            bytes: bytes.into_bytes(),
            because: Some(because),
        });
    }

    fn signed(&self, entries: usize) -> Note {
        head(&self.tree, entries).sign(&secret())
    }

    /// Signed with a key that is not the log's.
    fn forged(&self) -> Note {
        head(&self.tree, 19).sign(&SecretKey::from_seed(&[3; 32]))
    }

    /// The three lines of the present checkpoint.
    fn text(&self) -> String {
        self.signed(19).to_string().split_inclusive('\n').take(3).collect()
    }

    fn checkpoints(&mut self) {
        for entries in [0, 9, 19] {
            let bytes = self.signed(entries).to_string();
            self.good(&format!("checkpoint-{entries}"), "checkpoint", bytes);
        }
        let text = self.text();
        let signature = self.signed(19).to_string().lines().last().expect("a line").to_owned();
        let witnessed = format!("{text}\n{WITNESS}\n{signature}\n");
        self.good("checkpoint-with-a-witness", "checkpoint", witnessed);
        self.good("checkpoint-with-an-extension-line", "checkpoint", note(&format!("{text}extension\n")));
    }

    fn bad_checkpoints(&mut self) {
        let (text, good) = (self.text(), self.signed(19).to_string());
        let mut bad = |name, because, bytes| self.bad(name, "checkpoint", because, bytes);
        bad("leading-zero", "line 2", note(&text.replace("\n19\n", "\n019\n")));
        bad("size-with-sign", "line 2", note(&text.replace("\n19\n", "\n+19\n")));
        bad("size-too-large", "line 2", note(&text.replace("\n19\n", "\n9223372036854775808\n")));
        bad("root-without-padding", "line 3", note(&text.replace("=\n", "\n")));
        bad("root-with-stray-bits", "line 3", note(&with_stray_bits(&text)));
        bad("empty-log-with-a-root", "without entries", note(&text.replace("\n19\n", "\n0\n")));
        bad("carriage-returns", "control character", good.replace('\n', "\r\n"));
        bad("no-final-line-feed", "line feed", good.trim_end().to_owned());
        bad("no-signature", "empty line", text.clone());
        bad("only-a-witness", "not signed with the key", format!("{text}\n{WITNESS}\n"));
        bad("another-size", "the signature is not", good.replace("\n19\n", "\n18\n"));
        bad("another-log", "another log", note(&text.replace("0001\n", "0002\n")));
        bad("key-of-another-name", "not signed with the key", good.replace("0001", "0002"));
        bad("s-beyond-the-order", "the signature is not", malleable(&text, &good));
        bad("hyphen-for-a-dash", "is not a signature", good.replace('\u{2014}', "-"));
        let forged = self.forged().to_string();
        self.bad("another-key", "checkpoint", "not signed with the key", forged);
    }

    fn path(&self, at: usize, entries: usize) -> InclusionProof {
        self.tree.inclusion(Index::new(at as u64).expect("an index"), size(entries)).expect("a proof")
    }

    fn receipt(&self, at: usize, entries: usize) -> String {
        let entry = self.story.entries[at].bytes();
        Receipt::new(entry, self.path(at, entries), self.signed(entries)).expect("good").to_string()
    }

    fn receipts(&mut self) {
        for (at, entries) in [(0, 1), (8, 9), (8, 19), (12, 19), (18, 19)] {
            let bytes = self.receipt(at, entries);
            self.good(&format!("receipt-{at}-of-{entries}.tlog-proof"), "receipt", bytes);
        }
    }

    fn bad_receipts(&mut self) {
        let (head, earlier, forged) =
            (self.signed(19).to_string(), self.signed(9).to_string(), self.forged().to_string());
        let (entry, other) = (self.story.entries[8].bytes(), self.story.entries[10].bytes());
        let (path, good) = (self.path(8, 19).path, self.receipt(8, 19));
        let node = [self.story.entries[8].leaf(), path[0]].map(|hash| *hash.as_bytes()).concat();
        let mut bad = |name: &str, because, bytes| {
            self.bad(&format!("{name}.tlog-proof"), "receipt", because, bytes);
        };
        let not_in = "not in the log";
        bad("another-index", not_in, proof(&entry, "9", &path, &head));
        bad("index-beyond", not_in, proof(&entry, "19", &path, &head));
        bad("another-entry", not_in, proof(&other, "8", &path, &head));
        bad("path-cut", not_in, proof(&entry, "8", &path[..path.len() - 1], &head));
        bad("path-too-long", not_in, proof(&entry, "8", &[&path[..], &path[..1]].concat(), &head));
        let upside_down: Vec<Hash> = path.iter().rev().copied().collect();
        bad("path-upside-down", not_in, proof(&entry, "8", &upside_down, &head));
        bad("another-checkpoint", not_in, proof(&entry, "8", &path, &earlier));
        bad("better-marks", not_in, proof(better(&entry).as_bytes(), "8", &path, &head));
        bad("node-for-an-entry", not_in, proof(&node, "4", &path[1..], &head));
        bad("signed-by-a-stranger", "not signed", proof(&entry, "8", &path, &forged));
        bad("index-with-a-zero", "line 3", proof(&entry, "08", &path, &head));
        bad("too-many-hashes", "more than", proof(&entry, "8", &path.repeat(20), &head));
        bad("another-version", "line 1", good.replace("@v1", "@v2"));
        let extra = good.lines().nth(1).expect("a line");
        bad("without-the-entry", "line 2", good.replace(&format!("{extra}\n"), ""));
    }

    /// What the log itself signed, and is still no entry.
    fn signed_but_no_entries(&mut self) {
        let entry = better(&self.story.entries[8].bytes());
        let waiver = String::from_utf8(self.story.entries[12].bytes()).expect("JSON");
        for (name, entry, because) in [
            (
                "entry-with-a-member-more",
                entry.replace("\"earned\"", "\"earmark\":1,\"earned\""),
                "not a member",
            ),
            ("entry-with-a-member-twice", entry.replace("\"earned\"", "\"earned\":1,\"earned\""), "twice"),
            (
                "entry-of-an-unknown-kind",
                entry.replace("\"collected\"", "\"completed\""),
                "none of what can stand here",
            ),
            ("entry-laid-out", entry.replace(',', ", "), "canonical"),
            ("waiver-as-completion", waiver.replace("\"waived\"", "\"collected\""), "is missing"),
        ] {
            let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
            tree.append([Hash::of_leaf(entry.as_bytes())]).expect("memory takes everything");
            let head = head(&tree, 1).sign(&secret()).to_string();
            let bytes = proof(entry.as_bytes(), "0", &[], &head);
            self.bad(&format!("{name}.tlog-proof"), "receipt", because, bytes);
        }
    }

    fn extension(&self, older: usize, newer: usize, head: Note) -> String {
        let proof = self.tree.consistency(size(older), size(newer)).expect("a proof");
        Extension::new(proof, head).expect("they belong together").to_string()
    }

    fn extensions(&mut self) {
        let good = self.extension(9, 19, self.signed(19));
        self.good("extension-9-19", "extension", good.clone());
        self.good("extension-9-9", "extension", self.extension(9, 9, self.signed(9)));
        let elsewhere = self.extension(8, 19, self.signed(19));
        let stranger = self.extension(9, 19, self.forged());
        let rolled_back = format!("old 9\n\n{}", self.signed(8));
        let other = self.story.forked();
        let path = other.consistency(size(9), size(19)).expect("a proof");
        let forked = Extension::new(path, head(&other, 19).sign(&secret())).expect("they belong together");
        let hash = good.lines().nth(1).expect("a hash");
        let mut bad = |name, because, bytes| self.bad(name, "extension", because, bytes);
        bad("forked", "does not continue", forked.to_string());
        bad("rolled-back", "does not continue", rolled_back);
        bad("extension-cut", "does not continue", good.replacen(&format!("{hash}\n"), "", 1));
        bad("extension-too-long", "does not continue", good.replacen(hash, &format!("{hash}\n{hash}"), 1));
        bad("from-another-size", "another size", elsewhere);
        bad("old-with-a-zero", "line 1", good.replacen("old 9", "old 09", 1));
        bad("extension-by-a-stranger", "not signed", stranger);
    }
}

impl Table<'_> {
    /// Entries that are under the head that the log signed, each in its one spelling, and do not follow on each other.
    fn bad_entries(&mut self) {
        type Edit = fn(&mut Vec<Entry>);
        let edits: [(&str, &str, Edit); 4] = [
            ("miscounted", "are not 1", |entries| recount(&mut entries[5].event, 1, 0, 1)),
            ("quietly-fewer", "are not 1", |entries| recount(&mut entries[15].event, 0, 0, 1)),
            ("unopened", "begins with opened", |entries| drop(entries.remove(0))),
            ("opened-twice", "begins with opened", |entries| {
                let again = Entry { at: entries[18].at, event: entries[0].event.clone() };
                entries.push(again);
            }),
        ];
        for (name, because, edit) in edits {
            let mut entries = self.story.entries.clone();
            edit(&mut entries);
            let head = head(&tree_of(&entries), entries.len()).sign(&secret()).to_string();
            self.good(&format!("checkpoint-entries-{name}"), "checkpoint", head);
            let lines = entries.iter().map(|entry| String::from_utf8(entry.bytes()).expect("JSON") + "\n");
            self.bad(&format!("entries-{name}.jsonl"), "entries", because, lines.collect());
        }
    }
}

fn head(tree: &Tree<MemoryTiles>, entries: usize) -> Checkpoint {
    let root = tree.root_at(size(entries)).expect("a root");
    Checkpoint { origin: log().origin().clone(), size: size(entries), root }
}

/// A text signed as the log signs, whatever it says.
fn note(text: &str) -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
    let signature = ed25519_dalek::Signer::sign(&key, text.as_bytes()).to_bytes();
    format!("{text}\n\u{2014} {ORIGIN} {}\n", BASE64.encode([&log().id(), &signature[..]].concat()))
}

/// The file of a receipt, put together by hand.
fn proof(entry: &[u8], index: &str, path: &[Hash], note: &str) -> String {
    let mut file = format!("c2sp.org/tlog-proof@v1\nextra {}\nindex {index}\n", BASE64.encode(entry));
    for hash in path {
        file.push_str(&hash.to_string());
        file.push('\n');
    }
    file + "\n" + note
}

/// A roster that says other numbers.
fn recount(event: &mut Event, joins: u64, leaves: u64, stand: u64) {
    let Event::Roster { joined, left, total, .. } = event else { panic!("no roster: {event:?}") };
    (*joined, *left, *total) = (joins, leaves, stand);
}

/// The collected record with better marks than it earned.
fn better(entry: &[u8]) -> String {
    String::from_utf8(entry.to_vec()).expect("JSON").replace("\"earned\":14000", "\"earned\":14001")
}

/// The last letter of 32 bytes has two bits that say nothing; here one of them is set.
fn with_stray_bits(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut letters = text.strip_suffix("=\n").expect("padding").to_owned();
    let last = letters.pop().expect("a letter");
    let at = LETTERS.iter().position(|letter| char::from(*letter) == last).expect("base64");
    format!("{letters}{}=\n", char::from(LETTERS[at + 1]))
}

/// The same signature with the group order added to S: some verifiers take it, and a file would have two digests.
fn malleable(text: &str, note: &str) -> String {
    const ORDER: [u8; 32] = [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let line = note.lines().last().expect("a line");
    let encoded = line.rsplit(' ').next().expect("base64");
    let mut bytes = BASE64.decode(encoded).expect("base64");
    let mut carry = 0;
    for (byte, order) in bytes[36..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    format!("{text}\n\u{2014} {ORIGIN} {}\n", BASE64.encode(bytes))
}

//! The log of a pack: its head, its entries, and the proofs that follow from them.

use std::fmt::Write as _;

use super::signature::By;
use super::{Finding, Subject};
use crate::log::entry::FORMAT;
use crate::log::{
    Checkpoint, Entry, Event, Extension, Hash, Index, LogFault, MemoryTiles, Note, Receipt, Relation, Size,
    Tree, VerifierKey, as_signed, compare,
};
use crate::registry::evidence::{Evidence, MOST_ENTRIES};
use crate::report::evidence::Files;

/// What is wrong with a key that signed nothing here.
const ANOTHER: &str = "log/key: is not the key that the log names in its first entry, which signed log/checkpoint: it or the log was exchanged, so \
                       ask HR for the line of its key; until then the log is read by the key that it names, and nothing that this key \
                       signed is taken for HR's";

/// The same of one that whoever checks has named.
const NOT_NAMED: &str = "the key that you named is not the one that the log names in its first entry: it is of another log, or the log was \
                         exchanged, so ask HR for the line again";

/// What is done where the key is not that of the log that is here.
const BY_ITSELF: &str = "the log is read by the key that its first entry names, which signed log/checkpoint";

/// What the log of a pack is found to be.
pub(super) struct Log<'a> {
    pub(super) finding: Finding,
    /// All of it, if it is what was signed.
    pub(super) sound: Option<Sound<'a>>,
}

/// A log whose entries are those under its head.
pub(super) struct Sound<'a> {
    /// The one that signed its head.
    pub(super) key: VerifierKey,
    pub(super) head: Checkpoint,
    pub(super) entries: Vec<Entry>,
    /// The same as they were logged.
    lines: Vec<&'a [u8]>,
    note: Note,
    tree: Tree<MemoryTiles>,
}

impl<'a> Log<'a> {
    pub(super) fn of(files: &'a Files, by: &By<'_>) -> Self {
        let unreadable = |wrong| Self { finding: Finding::of(Subject::Log, wrong, Vec::new), sound: None };
        let unread = |words: String| unreadable(vec![words]);
        let Some(checkpoint) = files.get("log/checkpoint") else {
            let words =
                "log/checkpoint is missing: whether these are the entries that were signed cannot be told";
            return unreadable(by.key().err().into_iter().chain([words]).map(str::to_owned).collect());
        };
        let Signed { key, head, note, mut wrong } = match Signed::of(files, checkpoint, by) {
            Ok(signed) => signed,
            Err(words) => return unread(words),
        };
        let Some(bytes) = files.get("log/entries.jsonl") else {
            if head.size.get() <= MOST_ENTRIES {
                return unread(format!(
                    "log/entries.jsonl is missing, with the {} entries of the log",
                    head.size
                ));
            }
            let words = "the entries are not in the pack, because they are too many: its tables cannot be made again, and which \
                         versions of the course were approved is HR's word";
            return Self { finding: Finding::unknown(Subject::Log, vec![words.to_owned()]), sound: None };
        };
        let (mut entries, mut lines) = (Vec::new(), Vec::new());
        for (index, line) in listed(bytes).enumerate() {
            match Entry::parse(line) {
                Ok(entry) => entries.push(entry),
                Err(fault) => return unread(format!("log/entries.jsonl:{}: {fault}", index + 1)),
            }
            lines.push(line);
        }
        let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
        let leaves = lines.iter().map(|line| Hash::of_leaf(line));
        let appended = tree.append(leaves).is_ok_and(|size| size == head.size);
        wrong.extend(signed_otherwise("log/checkpoint", &note));
        let is_under_head = appended && tree.root().ok() == Some(head.root);
        if is_under_head {
            wrong.extend(earlier_heads(files, &key, &tree));
        } else {
            wrong.push("log/entries.jsonl: these are not the entries under log/checkpoint".to_owned());
        }
        wrong.extend(not_begun_once(&entries, &key));
        wrong.extend(miscounted(&entries));
        wrong.extend(dated_back(&entries));
        let mut well = format!("{} entries under the root {}", head.size, head.root);
        let _ = write!(well, " of {}", key.origin());
        // What was signed is reckoned with all the same: which of two dates is false nobody can tell.
        let note = note.signed_alone_by(&key);
        let sound = is_under_head.then_some(Sound { key, head, entries, lines, note, tree });
        Self { finding: Finding::of(Subject::Log, wrong, || vec![well]), sound }
    }
}

/// The head of the log, and the key that signed it.
struct Signed {
    key: VerifierKey,
    head: Checkpoint,
    note: Note,
    /// What is wrong with the key that should have signed it, when it is not that key.
    wrong: Vec<String>,
}

impl Signed {
    /// A log says in its first entry by which key its heads are signed. So what is wrong with `log/key`, or with the key that was
    /// named, is told, and hides nothing that is wrong with the tables.
    fn of(files: &Files, checkpoint: &[u8], by: &By<'_>) -> Result<Self, String> {
        let another = if by.named.is_some() { NOT_NAMED } else { ANOTHER };
        let (words, otherwise) = match by.key().map(|key| (key, opened(checkpoint, key))) {
            Ok((key, Ok((head, note)))) => {
                return Ok(Self { key: key.clone(), head, note, wrong: Vec::new() });
            }
            Ok((_, Err(fault))) => (another, format!("log/checkpoint: {fault}")),
            Err(words) => (words, words.to_owned()),
        };
        let by_itself = named_first(files).and_then(|key| Some((opened(checkpoint, &key).ok()?, key)));
        let ((head, note), key) = by_itself.ok_or(otherwise)?;
        let words = if words == ANOTHER { words.to_owned() } else { behind(words) };
        Ok(Self { key, head, note, wrong: vec![words] })
    }
}

/// What is done, behind what is wrong, which may end with a question.
fn behind(words: &str) -> String {
    if words.ends_with('?') { format!("{words} ({BY_ITSELF})") } else { format!("{words}; {BY_ITSELF}") }
}

/// The key of the log that its first entry names.
fn named_first(files: &Files) -> Option<VerifierKey> {
    match Entry::parse(listed(files.get("log/entries.jsonl")?).next()?).ok()?.event {
        Event::Opened { key, origin, .. } => Some(VerifierKey::new(origin, key)),
        _ => None,
    }
}

/// The lines of the entries. Lines that end otherwise are told with the files, and are the same entries.
fn listed(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let listed = (!bytes.is_empty()).then(|| bytes.strip_suffix(b"\n").unwrap_or(bytes));
    let lines = listed.into_iter().flat_map(|bytes| bytes.split(|byte| *byte == b'\n'));
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// What is wrong with the earlier heads that are here.
fn earlier_heads(files: &Files, key: &VerifierKey, tree: &Tree<MemoryTiles>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, bytes) in files.range("log/earlier/".to_owned().."log/earlier0".to_owned()) {
        let Some(size) = path.strip_suffix(".checkpoint") else { continue };
        let (older, note) = match opened(bytes, key) {
            Ok(read) => read,
            Err(fault) => {
                wrong.push(format!("{path}: {fault}"));
                continue;
            }
        };
        wrong.extend(signed_otherwise(path, &note));
        if size.strip_prefix("log/earlier/") != Some(older.size.get().to_string().as_str()) {
            wrong.push(format!("{path}: it is the head of {} entries", older.size));
        } else if !matches!(compare(tree, &older), Ok(Relation::Same | Relation::Extended(_))) {
            wrong.push(format!("{path}: the log does not go on from it"));
        }
    }
    wrong
}

/// HR's log keeps its heads with its own signature alone.
fn signed_otherwise(path: &str, note: &Note) -> Option<String> {
    (!note.is_signed_once()).then(|| format!("{path}: it has other signatures than the one of HR's log"))
}

/// The first entry says the name and the key of the log, and no other entry does.
fn not_begun_once(entries: &[Entry], key: &VerifierKey) -> Vec<String> {
    let is_ours = |entry: &Entry| match &entry.event {
        Event::Opened { format, key: signer, origin } => {
            *format == FORMAT && *signer == key.key() && origin == key.origin()
        }
        _ => false,
    };
    let is_opened = |entry: &Entry| matches!(entry.event, Event::Opened { .. });
    let misplaced = (0..).zip(entries).filter_map(|(index, entry)| {
        if is_opened(entry) != (index == 0) {
            Some((index, "a log begins with opened, and only begins with it"))
        } else if index == 0 && !is_ours(entry) {
            Some((index, "says another format, name or key than the log has"))
        } else {
            None
        }
    });
    misplaced.map(|(index, words)| format!("log/entries.jsonl: entry {index}: {words}")).collect()
}

/// The entries whose number of people on the roster does not follow from the one before.
fn miscounted(entries: &[Entry]) -> Vec<String> {
    let (mut before, mut wrong) = (0, Vec::new());
    for (index, entry) in entries.iter().enumerate() {
        let (joined, left, total) = match &entry.event {
            Event::Roster { joined, left, total, .. } => (*joined, *left, *total),
            Event::Erased { left, total, .. } => (0, *left, *total),
            _ => continue,
        };
        let counted = u64::checked_add(before, joined).and_then(|all| all.checked_sub(left));
        let several = matches!(&entry.event, Event::Erased { .. }) && left > 1;
        if counted != Some(total) || several {
            wrong.push(format!(
                "log/entries.jsonl: entry {index}: {before} on the roster, {joined} joined and {left} left are not {total}"
            ));
        }
        before = total;
    }
    wrong
}

/// The entries whose dates go back. A log that this program writes has none, whatever its clock says.
fn dated_back(entries: &[Entry]) -> Vec<String> {
    let pairs = (1..).zip(entries.windows(2));
    let back = pairs.filter_map(|(index, pair)| match pair {
        [before, entry] if entry.at < before.at => Some(format!(
            "log/entries.jsonl: entry {index} is dated {}, before the entry in front of it, {}: one of the two has a false date",
            entry.at, before.at
        )),
        _ => None,
    });
    back.collect()
}

/// A head of this log, with who signed it.
fn opened(bytes: &[u8], key: &VerifierKey) -> Result<(Checkpoint, Note), LogFault> {
    // How its lines end is told with the files.
    let note = Note::parse(&as_signed(bytes.to_vec()))?;
    Ok((Checkpoint::open(&note, key)?, note))
}

impl Sound<'_> {
    /// The receipts of a pack, and the extensions of its earlier heads, as they follow from the entries.
    pub(super) fn proofs(&self, evidence: &Evidence) -> Files {
        let mut proofs = Files::new();
        let mut add = |path: String, proof: Option<String>| {
            proofs.extend(proof.map(|proof| (path, proof.into_bytes())));
        };
        for chosen in &evidence.chosen {
            for exhibit in &chosen.records {
                add(format!("receipts/{}", exhibit.receipt), self.receipt(exhibit.state.index));
            }
            for exception in &chosen.waivers {
                add(format!("waivers/{}", exception.receipt), self.receipt(exception.state.index));
            }
        }
        if let Some(index) = evidence.log.population {
            add("log/roster.tlog-proof".to_owned(), self.receipt(index));
        }
        for size in &evidence.log.earlier {
            add(format!("log/earlier/{size}.extension"), self.extension(*size));
        }
        proofs
    }

    fn receipt(&self, index: u64) -> Option<String> {
        let entry = self.lines.get(usize::try_from(index).ok()?)?;
        let proof = self.tree.inclusion(Index::new(index)?, self.head.size).ok()?;
        Receipt::new(entry.to_vec(), proof, self.note.clone()).ok().map(|receipt| receipt.to_string())
    }

    fn extension(&self, older: u64) -> Option<String> {
        let proof = self.tree.consistency(Size::new(older)?, self.head.size).ok()?;
        Extension::new(proof, self.note.clone()).ok().map(|extension| extension.to_string())
    }
}

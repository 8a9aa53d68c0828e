//! What an archive can do to whoever unpacks it, however it is laid out.
//!
//! What is read as a pack is laid out in one way. Other programs are not so strict: they find the directory wherever its end
//! stands, with something before and behind it, and so does this. Nothing is unpacked but the targets of links. Section numbers
//! are those of PKWARE's APPNOTE 6.3.10.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

use super::layout::{Central, DEFLATED, END, END_SIZE, Entry, LOCAL, LOCAL_SIZE, STORED, long, short};
use super::{HARMLESS, MAX_RATIO, MAX_UNPACKED, NameKind, PackError, check_names};

/// Whether an archive can harm whoever unpacks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// It can: it leads out of its folder, fills a disk, or is two archives for two programs.
    Hostile(PackError),
    /// Nothing in its directory is made to.
    Nothing,
    /// There is no whole directory: it was cut, or is no zip archive.
    NoDirectory,
    /// Its directory is larger than anybody looks at.
    TooLong,
}

/// How far from the end of an archive the end of its directory is looked for, in bytes; others look through 64 KiB.
const WINDOW: u64 = 1 << 20;
/// How much is read of directories, in bytes: one archive may have several.
const MOST_READ: u64 = 64 << 20;
/// The longest target of a link that is looked at, in bytes (`PATH_MAX`).
const LONGEST_TARGET: u64 = 4096;
/// The end of the directory of a larger archive (4.3.14).
const LARGER_END: &[u8] = b"PK\x06\x06";
const LARGER_END_SIZE: usize = 56;
/// In Unix modes, what kind of file it is.
const KIND: u32 = 0o170_000;
const FILE: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
const LINK: u32 = 0o120_000;

/// Looks through every directory that an archive has.
///
/// # Errors
/// When it cannot be read.
pub fn harm(archive: &mut (impl Read + Seek)) -> io::Result<Harm> {
    let length = archive.seek(SeekFrom::End(0))?;
    let begin = length.saturating_sub(WINDOW);
    let window = read_at(archive, begin, length - begin)?;
    // Where half of an archive has arrived, an archive in it may be whole, and says nothing of the one that it is in.
    let begins_with_entry = read_at(archive, 0, LOCAL.len() as u64)? == LOCAL;
    let (mut left, mut found) = (MOST_READ, Harm::NoDirectory);
    let ends = (0..window.len()).rev().filter(|at| window[*at..].starts_with(END));
    for place in ends.filter_map(|at| Place::of(&window[..], at, begin)) {
        for start in place.starts() {
            let Some(rest) = left.checked_sub(place.size) else { return Ok(Harm::TooLong) };
            left = rest;
            let directory = read_at(archive, start, place.size)?;
            match listed(archive, &directory, start.saturating_sub(place.said))? {
                Ok(Some(first)) if first == 0 || !begins_with_entry => found = Harm::Nothing,
                Ok(_) => {}
                Err(error) => return Ok(Harm::Hostile(error)),
            }
        }
    }
    Ok(found)
}

/// Where a directory stands by its end.
struct Place {
    /// Where the end begins.
    end: u64,
    /// How many bytes the directory has.
    size: u64,
    /// Where it begins, as its end says: without whatever stands before the archive.
    said: u64,
}

impl Place {
    /// What the end at this place of the window says (4.3.16).
    fn of(window: &[u8], at: usize, begin: u64) -> Option<Self> {
        let end = window.get(at..at + END_SIZE)?;
        let (size, said) = (long(end, 12), long(end, 16));
        if short(end, 10) != u16::MAX && size != u32::MAX && said != u32::MAX {
            return Some(Self { end: begin + at as u64, size: size.into(), said: said.into() });
        }
        let larger = (0..at).rev().find(|at| window[*at..].starts_with(LARGER_END))?;
        let end = window.get(larger..larger + LARGER_END_SIZE)?;
        Some(Self { end: begin + larger as u64, size: eight(end, 40), said: eight(end, 48) })
    }

    /// Where the directory can begin: some programs go by its size, others by what is said.
    fn starts(&self) -> impl Iterator<Item = u64> + use<> {
        let by_size = self.end.checked_sub(self.size);
        let is_within = self.said.checked_add(self.size).is_some_and(|end| end <= self.end);
        by_size.into_iter().chain((is_within && by_size != Some(self.said)).then_some(self.said))
    }
}

/// Where the first entry of a directory stands, if it is whole; or what its entries can do. `before` is how many bytes stand
/// before the archive.
fn listed(
    archive: &mut (impl Read + Seek),
    mut directory: &[u8],
    before: u64,
) -> io::Result<Result<Option<u64>, PackError>> {
    let (mut entries, mut packed, mut is_whole, mut first) = (Vec::new(), 0_u64, true, u64::MAX);
    while let Some(central) = Central::read(directory) {
        let entry = with_larger_sizes(&central);
        packed = packed.saturating_add(entry.packed);
        let at = before.saturating_add(central.offset.into());
        first = first.min(at);
        match where_it_stands(archive, &central, &entry, at)? {
            Ok(is_there) => is_whole &= is_there,
            Err(error) => return Ok(Err(error)),
        }
        entries.push(entry);
        directory = &directory[central.length()..];
    }
    let length = archive.seek(SeekFrom::End(0))?;
    let is_sound = check_names(&entries).and_then(|()| check_room(&entries, packed, length));
    Ok(is_sound.map(|()| Some(first).filter(|_| is_whole && directory.is_empty())))
}

/// What a directory says of an entry; what does not fit into it stands in an extra field (4.5.3).
fn with_larger_sizes(central: &Central<'_>) -> Entry {
    let mut entry = central.entry();
    let mut extra = central.extra;
    while let Some(length) = extra.get(..4).map(|head| usize::from(short(head, 2))) {
        let Some(field) = extra.get(4..4 + length) else { break };
        if short(extra, 0) == 1 {
            let mut sizes = field.chunks_exact(8).map(|size| eight(size, 0));
            for (said, size) in [(central.size, &mut entry.size), (central.packed, &mut entry.packed)] {
                if said == u32::MAX {
                    *size = sizes.next().unwrap_or(*size);
                }
            }
        }
        extra = &extra[4 + length..];
    }
    entry
}

/// Whether an entry is where its directory says, and nothing that harms: with another name there, or no file, it does.
fn where_it_stands(
    archive: &mut (impl Read + Seek),
    central: &Central<'_>,
    entry: &Entry,
    at: u64,
) -> io::Result<Result<bool, PackError>> {
    if central.offset == u32::MAX {
        // It stands behind 4 GiB of others: its name in the directory is what is looked at.
        return Ok(Ok(true));
    }
    let local = read_at(archive, at, LOCAL_SIZE as u64)?;
    if local.len() < LOCAL_SIZE || !local.starts_with(LOCAL) {
        return Ok(Ok(false));
    }
    let [name, extra] = [26, 28].map(|place| u64::from(short(&local, place)));
    if read_at(archive, at + LOCAL_SIZE as u64, name)? != central.name {
        return Ok(Err(PackError::Contradiction(entry.name.clone())));
    }
    let is_harmless = match central.attributes >> 16 & KIND {
        0 | FILE | FOLDER => true,
        LINK => {
            let content = at + LOCAL_SIZE as u64 + name + extra;
            stays_within(entry, &target(archive, central, content, entry.packed)?)
        }
        _ => false,
    };
    Ok(if is_harmless { Ok(true) } else { Err(PackError::NotAFile(entry.name.clone())) })
}

/// Where a link leads; nothing where that cannot be read.
fn target(
    archive: &mut (impl Read + Seek),
    central: &Central<'_>,
    at: u64,
    packed: u64,
) -> io::Result<Vec<u8>> {
    let packed = read_at(archive, at, packed.min(LONGEST_TARGET))?;
    let mut target = Vec::new();
    match central.facts.method {
        _ if central.facts.flags & 1 != 0 => {}
        STORED => target = packed,
        // What cannot be unpacked leads nowhere that could be told.
        DEFLATED
            if DeflateDecoder::new(&packed[..]).take(LONGEST_TARGET).read_to_end(&mut target).is_err() =>
        {
            target.clear();
        }
        _ => {}
    }
    Ok(target)
}

/// Whether a link stays in the folder that the archive is unpacked into. Behind a name `..` may lead anywhere, since that may be
/// a link as well.
fn stays_within(link: &Entry, target: &[u8]) -> bool {
    let Ok(target) = std::str::from_utf8(target) else { return false };
    let folders = link.name.rsplit('/').skip(1).filter(|part| !matches!(*part, "" | "."));
    let up = target.split('/').take_while(|part| *part == "..").count();
    let down = target.splitn(up + 1, '/').nth(up).unwrap_or_default();
    let is_hostile = NameKind::of(down) == NameKind::Hostile;
    !target.is_empty() && up <= folders.count() && !is_hostile && !link.is_folder()
}

/// That no entries fill a disk, and none are used twice.
fn check_room(entries: &[Entry], packed: u64, length: u64) -> Result<(), PackError> {
    let bombs =
        || entries.iter().filter(|entry| entry.size > HARMLESS && entry.size / MAX_RATIO > entry.packed);
    let unpacked = bombs().fold(0_u64, |sum, bomb| sum.saturating_add(bomb.size));
    if let Some(bomb) = bombs().next().filter(|_| unpacked > MAX_UNPACKED) {
        return Err(PackError::Bomb(bomb.name.clone()));
    }
    if packed > length {
        return Err(PackError::Overlapping);
    }
    Ok(())
}

/// So many bytes, or as many as there are.
fn read_at(archive: &mut (impl Read + Seek), at: u64, number: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.seek(SeekFrom::Start(at))?;
    archive.take(number).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn eight(bytes: &[u8], at: usize) -> u64 {
    u64::from(long(bytes, at)) | u64::from(long(bytes, at + 4)) << 32
}

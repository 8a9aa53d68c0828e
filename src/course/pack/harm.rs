//! What an archive can do to whoever unpacks it, however it is laid out.
//!
//! What is read as a pack is laid out in one way. Other programs are not so strict: they find the directory wherever its end
//! stands, with something before and behind it, and so does this. Nothing is unpacked but the targets of links. Section numbers
//! are those of PKWARE's APPNOTE 6.3.10.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;
use memchr::memmem;

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
/// How often every byte of an archive may be read as a part of a directory: by both of its ends, at both of its places.
const MOST_OFTEN: u64 = 4;
/// The longest target of a link that is looked at, in bytes (`PATH_MAX`).
const LONGEST_TARGET: u64 = 4096;
/// What the marks of all ends begin with.
const MARK: &[u8] = b"PK";
/// The end of the directory of a larger archive (4.3.14).
const LARGER_END: &[u8] = b"PK\x06\x06";
const LARGER_END_SIZE: usize = 56;
/// What stands right before the end, and says where the larger end is (4.3.15).
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_SIZE: usize = 20;
/// The extra field for what does not fit into a directory (4.5.3).
const LARGER: u16 = 1;
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
    // However many ends there are, the work grows with the archive only.
    let (mut left, mut found) = (length.saturating_mul(MOST_OFTEN).min(MOST_READ), Harm::NoDirectory);
    let ends = window.len().saturating_sub(END_SIZE - END.len());
    let Some(last) = memmem::rfind(&window[..ends], END) else { return Ok(found) };
    for at in memmem::rfind_iter(&window[..last + END.len()], MARK) {
        for place in places(archive, &window, at, begin)?.into_iter().flatten() {
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
    }
    Ok(found)
}

/// What the mark at this place of the window says of directories. Some programs always go by the larger end, others only where
/// the numbers of the end are too small, and they find it by its locator or by its mark: so every one before the last end counts.
fn places(
    archive: &mut (impl Read + Seek),
    window: &[u8],
    at: usize,
    begin: u64,
) -> io::Result<[Option<Place>; 2]> {
    let (mark, here) = (&window[at..], begin + at as u64);
    if mark.starts_with(LARGER_END) {
        return Ok([Place::of_larger(mark, here), None]);
    }
    let Some(end) = mark.get(..END_SIZE).filter(|end| end.starts_with(END)) else { return Ok([None, None]) };
    let locator =
        at.checked_sub(LOCATOR_SIZE).map(|at| &window[at..]).filter(|bytes| bytes.starts_with(LOCATOR));
    // What stands in the window is found by its mark.
    let far = match locator.map(|locator| eight(locator, 8)).filter(|far| *far < begin) {
        Some(far) => Place::of_larger(&read_at(archive, far, LARGER_END_SIZE as u64)?, far),
        None => None,
    };
    Ok([Place::of(end, here), far])
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
    /// What an end says (4.3.16), unless its numbers are too small for it.
    fn of(end: &[u8], at: u64) -> Option<Self> {
        let (size, said) = (long(end, 12), long(end, 16));
        (size != u32::MAX && said != u32::MAX).then(|| Self { end: at, size: size.into(), said: said.into() })
    }

    /// What the end of a larger archive says.
    fn of_larger(bytes: &[u8], at: u64) -> Option<Self> {
        let end = bytes.get(..LARGER_END_SIZE).filter(|end| end.starts_with(LARGER_END))?;
        Some(Self { end: at, size: eight(end, 40), said: eight(end, 48) })
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
        let Some((entry, offset)) = with_larger_numbers(&central) else {
            return Ok(Err(PackError::Contradiction(central.entry().name)));
        };
        packed = packed.saturating_add(entry.packed);
        let at = before.saturating_add(offset);
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

/// What a directory says of an entry, and where it stands; what does not fit into it stands in an extra field (4.5.3). Nothing
/// where programs can take that field for different places: with too few or too many numbers, or where there are two.
fn with_larger_numbers(central: &Central<'_>) -> Option<(Entry, u64)> {
    let (mut entry, mut offset) = (central.entry(), u64::from(central.offset));
    let (mut extra, mut fields) = (central.extra, Vec::new());
    while let Some(length) = extra.get(..4).map(|head| usize::from(short(head, 2))) {
        let Some(field) = extra.get(4..4 + length) else { break };
        if short(extra, 0) == LARGER {
            fields.push(field);
        }
        extra = &extra[4 + length..];
    }
    let said =
        [(central.size, &mut entry.size), (central.packed, &mut entry.packed), (central.offset, &mut offset)];
    let missing: Vec<&mut u64> =
        said.into_iter().filter(|(said, _)| *said == u32::MAX).map(|(_, number)| number).collect();
    let length = 8 * missing.len();
    // The number of a disk may follow.
    let is_clear = matches!(fields[..], [field] if field.len() == length || field.len() == length + 4);
    if central.offset == u32::MAX && !is_clear {
        return None;
    }
    let numbers = fields.iter().flat_map(|field| field.chunks_exact(8));
    for (number, bytes) in missing.into_iter().zip(numbers) {
        *number = eight(bytes, 0);
    }
    Some((entry, offset))
}

/// Whether an entry is where its directory says, and nothing that harms: with another name there, or no file, it does.
fn where_it_stands(
    archive: &mut (impl Read + Seek),
    central: &Central<'_>,
    entry: &Entry,
    at: u64,
) -> io::Result<Result<bool, PackError>> {
    let kind = central.attributes >> 16 & KIND;
    if !matches!(kind, 0 | FILE | FOLDER | LINK) {
        return Ok(Err(PackError::NotAFile(entry.name.clone())));
    }
    let local = read_at(archive, at, LOCAL_SIZE as u64)?;
    if local.len() < LOCAL_SIZE || !local.starts_with(LOCAL) {
        return Ok(Ok(false));
    }
    let [name, extra] = [26, 28].map(|place| usize::from(short(&local, place)));
    let content = at + (LOCAL_SIZE + name + extra) as u64;
    // A name of another length is not read: it may be long, and there may be many.
    if name != central.name.len() || read_at(archive, at + LOCAL_SIZE as u64, name as u64)? != central.name {
        return Ok(Err(PackError::Contradiction(entry.name.clone())));
    }
    if kind == LINK && !stays_within(entry, &target(archive, central, content, entry.packed)?) {
        return Ok(Err(PackError::NotAFile(entry.name.clone())));
    }
    Ok(Ok(true))
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
    // No file is so long, and to go there is an error.
    if i64::try_from(at).is_err() {
        return Ok(bytes);
    }
    archive.seek(SeekFrom::Start(at))?;
    archive.take(number).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn eight(bytes: &[u8], at: usize) -> u64 {
    u64::from(long(bytes, at)) | u64::from(long(bytes, at + 4)) << 32
}

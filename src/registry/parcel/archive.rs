//! Zip archives, read entry by entry without holding one.
//!
//! The directory at the end is believed, and it must be where its end says: an archive with something before or behind it,
//! or made for more than 65,535 entries (ZIP64), is refused. So what has to be held is known before it is read. Section
//! numbers are those of PKWARE's APPNOTE 6.3.10.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use flate2::read::DeflateDecoder;

use super::{BEGINNING, Kind, MAX_MAIL, NESTED, Piece, TOO_LARGE, Take, Within, hand_on};
use crate::course::pack::{Harm, WITH_CARE, harm};
use crate::record::json::MAX_BYTES;

/// The largest directory that is held, in bytes; 65,535 names of 400 characters.
const MAX_DIRECTORY: u64 = 32 << 20;
/// What an archive may unpack to, entries that break off among it. A bomb would keep us busy for days.
const MAX_UNPACKED: u64 = 2 << 30;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

/// In Unix modes, what kind of file it is, and the kind of symbolic links.
const KIND: u32 = 0o170_000;
const LINK: u32 = 0o120_000;

pub(super) fn read<R: Read + Seek>(
    reader: &mut R,
    name: &str,
    take: Take<'_>,
) -> Result<ControlFlow<()>, String> {
    let (directory, start) = match directory(reader) {
        Ok(found) => found,
        Err(why) => return Err(refused(reader, why)),
    };
    if packed(&directory) > start {
        return Err("is damaged, or a trap: its entries overlap; ask for it again".to_owned());
    }
    let mut left = MAX_UNPACKED;
    let mut rest = directory.as_slice();
    while !rest.is_empty() {
        let Some((entry, behind)) = Entry::of(rest) else {
            return Err("is damaged: its directory breaks off; ask for it again".to_owned());
        };
        rest = behind;
        if entry.is_folder() {
            continue;
        }
        let shown = format!("{name}/{}", entry.name);
        let flow = match unpack(reader, &entry, &mut left) {
            Ok(Some(bytes)) => hand_on(&bytes, &shown, Within::Archive, take),
            Ok(None) => take(Piece::Other { name: shown }),
            Err(why) => take(Piece::Unusable { name: shown, why }),
        };
        if flow.is_break() {
            return Ok(flow);
        }
        if left == 0 {
            let why = format!("unpacks to more than 2 GiB: {WITH_CARE}; then collect that folder");
            return Err(refused(reader, why));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Why an archive is not looked into. Nobody is to be told to unpack one that can harm them.
fn refused<R: Read + Seek>(reader: &mut R, why: String) -> String {
    match harm(reader) {
        Ok(Harm::Hostile(error)) => {
            format!("{error}: do not unpack it; ask whoever sent it for the record itself")
        }
        Ok(Harm::Nothing | Harm::NoDirectory | Harm::TooLong) | Err(_) => why,
    }
}

/// The directory (4.3.12), found by its end (4.3.16), and where it begins.
fn directory<R: Read + Seek>(reader: &mut R) -> Result<(Vec<u8>, u64), String> {
    let other = || {
        format!(
            "is no zip archive that can be looked into (cut, split, very large, or with something before or behind it): ask for it \
             again, or {WITH_CARE}; then collect that folder"
        )
    };
    let length = reader.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error))?;
    let at = length.checked_sub(END_SIZE as u64).ok_or_else(other)?;
    let mut end = [0; END_SIZE];
    read_at(reader, at, &mut end).map_err(|error| unreadable(&error))?;
    let (size, start) = (u64::from(long(&end, 12)), u64::from(long(&end, 16)));
    let whole = short(&end, 4) == 0 && short(&end, 6) == 0 && short(&end, 8) == short(&end, 10);
    if !end.starts_with(END) || !whole || start + size != at || short(&end, 10) == u16::MAX {
        return Err(other());
    }
    if size > MAX_DIRECTORY {
        return Err(format!("has a directory of more than 32 MiB: {WITH_CARE}; then collect that folder"));
    }
    let mut directory = vec![0; usize::try_from(size).map_err(|_| other())?];
    read_at(reader, start, &mut directory).map_err(|error| unreadable(&error))?;
    Ok((directory, start))
}

/// How many bytes all entries take before the directory, at least. More than there are means that bytes are used twice.
fn packed(mut directory: &[u8]) -> u64 {
    let mut sum = 0_u64;
    while let Some((entry, behind)) = Entry::of(directory) {
        sum = sum.saturating_add(entry.packed + LOCAL_SIZE as u64);
        directory = behind;
    }
    sum
}

/// What the directory says of an entry.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    packed: u64,
    /// Of the Unix mode, if there is one.
    kind: u32,
    offset: u64,
}

impl Entry {
    /// The first entry, and what follows it.
    fn of(directory: &[u8]) -> Option<(Self, &[u8])> {
        let header = directory.get(..CENTRAL_SIZE).filter(|header| header.starts_with(CENTRAL))?;
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(short(header, at)));
        let behind = directory.get(CENTRAL_SIZE + name + extra + comment..)?;
        let name = directory.get(CENTRAL_SIZE..CENTRAL_SIZE + name)?;
        let entry = Self {
            // Names in other encodings are for showing only, too.
            name: String::from_utf8_lossy(name).into_owned(),
            flags: short(header, 8),
            method: short(header, 10),
            packed: long(header, 20).into(),
            kind: (long(header, 38) >> 16) & KIND,
            offset: long(header, 42).into(),
        };
        Some((entry, behind))
    }

    fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// The content of an entry if it is worth looking at; why it cannot be had.
fn unpack<R: Read + Seek>(reader: &mut R, entry: &Entry, left: &mut u64) -> Result<Option<Vec<u8>>, String> {
    if entry.flags & 1 != 0 {
        return Err("is encrypted: unpack it with its password, then collect it".to_owned());
    }
    if entry.kind == LINK {
        return Err("is a link, which is not followed".to_owned());
    }
    match Kind::of(&entry.name, &[]) {
        Kind::Archive => return Err(NESTED.to_owned()),
        Kind::Sealed(why) => return Err(why.to_owned()),
        Kind::Record | Kind::Mail | Kind::Mailbox | Kind::Companion(_) | Kind::Other => {}
    }
    let damaged = |error: &io::Error| format!("cannot be unpacked ({error}): ask for it again");
    let mut header = [0; LOCAL_SIZE];
    read_at(reader, entry.offset, &mut header).map_err(|error| damaged(&error))?;
    if !header.starts_with(LOCAL) {
        return Err("cannot be unpacked: it is not where the directory says".to_owned());
    }
    let skip = i64::from(short(&header, 26)) + i64::from(short(&header, 28));
    reader.seek(SeekFrom::Current(skip)).map_err(|error| damaged(&error))?;
    let packed = BufReader::with_capacity(16 << 10, reader.take(entry.packed));
    let bytes = match entry.method {
        0 => look(packed, entry, left),
        8 => look(DeflateDecoder::new(packed), entry, left),
        method => {
            return Err(format!(
                "is compressed by method {method}, which is not known here: unpack it first"
            ));
        }
    };
    match bytes.map_err(|error| damaged(&error))? {
        Look::All(bytes) => Ok(Some(bytes)),
        Look::Other => Ok(None),
        Look::Unread(why) => Err(why.to_owned()),
    }
}

enum Look {
    All(Vec<u8>),
    /// Its beginning is that of something else.
    Other,
    Unread(&'static str),
}

/// Takes what is read, whatever comes of it, from what may still be unpacked.
struct Charged<'a, R> {
    content: R,
    left: &'a mut u64,
}

impl<R: Read> Read for Charged<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(*self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.content.read(&mut buffer[..most])?;
        *self.left -= read as u64;
        Ok(read)
    }
}

/// Reads the beginning, and the rest if it is worth it.
fn look(content: impl Read, entry: &Entry, left: &mut u64) -> io::Result<Look> {
    let mut content = Charged { content, left };
    let mut bytes = Vec::new();
    content.by_ref().take(BEGINNING as u64).read_to_end(&mut bytes)?;
    let (limit, why) = match Kind::of(&entry.name, &bytes) {
        Kind::Record => (MAX_BYTES, TOO_LARGE),
        Kind::Mail | Kind::Mailbox => (MAX_MAIL, "is larger than 32 MiB: unpack it, then collect it"),
        Kind::Sealed(why) => return Ok(Look::Unread(why)),
        Kind::Archive => return Ok(Look::Unread(NESTED)),
        Kind::Companion(_) | Kind::Other => return Ok(Look::Other),
    };
    let more = (limit + 1).saturating_sub(bytes.len()) as u64;
    content.by_ref().take(more).read_to_end(&mut bytes)?;
    Ok(match *content.left {
        // It may have been cut off.
        0 => Look::Unread("comes behind 2 GiB of other files: unpack the archive, and collect the folder"),
        _ if bytes.len() > limit => Look::Unread(why),
        _ => Look::All(bytes),
    })
}

fn read_at<R: Read + Seek>(reader: &mut R, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    reader.seek(SeekFrom::Start(at))?;
    reader.read_exact(bytes)
}

fn unreadable(error: &io::Error) -> String {
    format!("cannot be read: {error}")
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

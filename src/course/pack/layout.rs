//! The layout of a zip archive, as strictly as two readers need it to see the same files.
//!
//! A zip archive says everything twice, before each entry and in the directory at its end, and has room for bytes that
//! neither speaks of. Readers that begin at different ends then see different files. Here both must say the same, and the
//! entries, the directory and its end must fill the file without gaps. Section numbers are those of PKWARE's APPNOTE 6.3.10.

use super::{MAX_ENTRIES, MAX_PACK, PackError, is_pack};

/// What the directory says of an entry, and its local header confirms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// As it stands in the archive, with a number for each byte that is not UTF-8; a folder ends with `/`.
    pub name: String,
    /// Whether every reader takes the bytes of the name for the same letters.
    pub is_marked: bool,
    /// Bytes in the archive.
    pub packed: u64,
    /// Bytes when unpacked.
    pub size: u64,
}

impl Entry {
    /// Folders stand in a pack for their own sake only; a course has files.
    pub(super) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Its name without what shows that it is a folder.
    pub(super) fn path(&self) -> &str {
        self.name.strip_suffix('/').unwrap_or(&self.name)
    }
}

pub(super) const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
pub(super) const END: &[u8] = b"PK\x05\x06";
pub(super) const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
pub(super) const END_SIZE: usize = 22;

/// The entries of an archive, in the order of its directory.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Entry>, PackError> {
    if bytes.len() > MAX_PACK {
        return Err(PackError::TooLarge);
    }
    if !is_pack(bytes) {
        return Err(PackError::NotAnArchive("it does not begin with an entry".to_owned()));
    }
    let (number, directory) = end(bytes)?;
    if number > MAX_ENTRIES {
        return Err(PackError::TooManyEntries);
    }
    let (contents, directory) = bytes.split_at(directory);
    let mut directory = &directory[..directory.len() - END_SIZE];
    let (mut found, mut spans) = (Vec::with_capacity(number), Vec::with_capacity(number));
    for _ in 0..number {
        let Some(central) = Central::read(directory) else {
            return Err(PackError::NotAnArchive("its directory is damaged".to_owned()));
        };
        let entry = central.check()?;
        spans.push(central.span(contents, &entry.name)?);
        found.push(entry);
        directory = &directory[central.length()..];
    }
    if !directory.is_empty() {
        return Err(PackError::NotAnArchive("its directory has more than its end says".to_owned()));
    }
    // Nothing before, between, behind, and nothing twice.
    spans.sort_unstable();
    let mut next = 0;
    let tiled = spans.into_iter().all(|span| span.0 == std::mem::replace(&mut next, span.1));
    if !tiled || next != contents.len() {
        return Err(PackError::NotAnArchive("its entries overlap or leave gaps".to_owned()));
    }
    Ok(found)
}

/// How many entries the end of the directory announces, and where the directory begins (4.3.16).
fn end(bytes: &[u8]) -> Result<(usize, usize), PackError> {
    let wrong = |reason: &str| Err(PackError::NotAnArchive(reason.to_owned()));
    let at = bytes.len().checked_sub(END_SIZE);
    let Some((at, end)) = at.map(|at| (at, &bytes[at..])).filter(|(_, end)| end.starts_with(END)) else {
        // Also when a comment or anything else follows the end.
        return wrong("its directory is missing, or something follows it");
    };
    let (number, total) = (short(end, 8), short(end, 10));
    let (size, start) = (long(end, 12), long(end, 16));
    if number == u16::MAX || total == u16::MAX || size == u32::MAX || start == u32::MAX {
        return wrong("it is made for larger archives (ZIP64)");
    }
    if short(end, 4) != 0 || short(end, 6) != 0 || number != total {
        return wrong("it is a part of an archive of several files");
    }
    let directory = usize::try_from(start)
        .ok()
        .filter(|start| usize::try_from(size).ok().and_then(|size| start.checked_add(size)) == Some(at));
    match directory {
        Some(directory) => Ok((usize::from(number), directory)),
        None => wrong("its directory is not where its end says"),
    }
}

/// An entry of the directory (4.3.12).
pub(super) struct Central<'a> {
    pub facts: Facts,
    pub packed: u32,
    pub size: u32,
    pub name: &'a [u8],
    pub extra: &'a [u8],
    comment: usize,
    pub attributes: u32,
    pub offset: u32,
}

/// What both headers say.
#[derive(PartialEq, Eq, Clone, Copy)]
pub(super) struct Facts {
    pub flags: u16,
    pub method: u16,
    checksum: u32,
}

impl<'a> Central<'a> {
    /// The first entry of what is left of a directory.
    pub(super) fn read(left: &'a [u8]) -> Option<Self> {
        let header = left.get(..CENTRAL_SIZE).filter(|header| header.starts_with(CENTRAL))?;
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(short(header, at)));
        let rest = left.get(CENTRAL_SIZE..)?;
        rest.get(..name + extra + comment)?;
        // A disk other than the first.
        if short(header, 34) != 0 {
            return None;
        }
        Some(Self {
            facts: Facts { flags: short(header, 8), method: short(header, 10), checksum: long(header, 16) },
            packed: long(header, 20),
            size: long(header, 24),
            name: &rest[..name],
            extra: &rest[name..name + extra],
            comment,
            attributes: long(header, 38),
            offset: long(header, 42),
        })
    }

    /// How many bytes it takes.
    pub(super) fn length(&self) -> usize {
        CENTRAL_SIZE + self.name.len() + self.extra.len() + self.comment
    }

    /// What it says, if nothing but its name is out of place.
    fn check(&self) -> Result<Entry, PackError> {
        let shown = spelled(self.name);
        let unsupported = |feature| Err(PackError::Unsupported { name: shown.clone(), feature });
        let Facts { flags, method, .. } = self.facts;
        // Encrypted, strongly encrypted, and with a hidden directory (4.4.4).
        if flags & (1 | 1 << 6 | 1 << 13) != 0 || method == 99 {
            return Err(PackError::Encrypted(shown));
        }
        if flags & (1 << 3) != 0 {
            return unsupported("a size that stands behind its content (data descriptor)");
        }
        // What is left are hints for the compressor and the encoding of the name.
        if flags & !(1 << 1 | 1 << 2 | UTF8) != 0 {
            return unsupported("a patch");
        }
        if !matches!(method, STORED | DEFLATED) {
            return unsupported("a compression other than deflate");
        }
        if self.packed == u32::MAX || self.size == u32::MAX || self.offset == u32::MAX {
            return unsupported("a size for larger archives (ZIP64)");
        }
        check_extra(self.extra, &shown)?;
        let is_folder = shown.ends_with('/');
        // The upper half is the mode on Unix, the lower one holds the flags of DOS; lenient readers heed the mode whatever
        // system is said to have made it.
        let kind = self.attributes >> 16 & 0o170_000;
        let expected = if is_folder { 0o040_000 } else { 0o100_000 };
        let dos_folder = self.attributes & 0x10 != 0;
        if (kind != 0 && kind != expected) || (dos_folder && !is_folder) || (is_folder && self.size != 0) {
            return Err(PackError::NotAFile(shown));
        }
        if method == STORED && self.packed != self.size {
            return Err(PackError::Contradiction(shown));
        }
        Ok(self.entry())
    }

    /// What it says.
    pub(super) fn entry(&self) -> Entry {
        let is_utf8 = self.facts.flags & UTF8 != 0 && str::from_utf8(self.name).is_ok();
        Entry {
            name: spelled(self.name),
            is_marked: self.name.is_ascii() || is_utf8,
            packed: self.packed.into(),
            size: self.size.into(),
        }
    }

    /// From where to where the entry reaches, if what stands there is what the directory says (4.3.7).
    fn span(&self, contents: &[u8], name: &str) -> Result<(usize, usize), PackError> {
        let contradiction = || PackError::Contradiction(name.to_owned());
        let start = usize::try_from(self.offset).map_err(|_| contradiction())?;
        let local = contents.get(start..).ok_or_else(contradiction)?;
        let header =
            local.get(..LOCAL_SIZE).filter(|header| header.starts_with(LOCAL)).ok_or_else(contradiction)?;
        let facts = Facts { flags: short(header, 6), method: short(header, 8), checksum: long(header, 14) };
        let sizes = (long(header, 18), long(header, 22));
        let name_end = LOCAL_SIZE + usize::from(short(header, 26));
        let extra_end = name_end + usize::from(short(header, 28));
        let same = facts == self.facts
            && sizes == (self.packed, self.size)
            && local.get(LOCAL_SIZE..name_end) == Some(self.name);
        let extra = local.get(name_end..extra_end).filter(|_| same).ok_or_else(contradiction)?;
        check_extra(extra, name)?;
        let packed = usize::try_from(self.packed).map_err(|_| contradiction())?;
        let end = extra_end.checked_add(packed).filter(|end| *end <= local.len());
        Ok((start, start + end.ok_or_else(contradiction)?))
    }
}

/// A name of which two that differ stay two, whatever letters its bytes stand for.
fn spelled(name: &[u8]) -> String {
    let chunks = name.utf8_chunks();
    chunks.fold(String::with_capacity(name.len()), |mut spelled, chunk| {
        spelled.push_str(chunk.valid());
        spelled.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
        spelled
    })
}

pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;
/// The name is UTF-8 (4.4.4, bit 11).
const UTF8: u16 = 1 << 11;

/// Extra fields may hold times and owners, but nothing that overrides what was checked (4.5, 4.6).
fn check_extra(mut extra: &[u8], name: &str) -> Result<(), PackError> {
    let unsupported = |feature| Err(PackError::Unsupported { name: name.to_owned(), feature });
    while !extra.is_empty() {
        let Some(length) = extra.get(..4).map(|head| usize::from(short(head, 2))) else {
            return unsupported("a damaged extra field");
        };
        match short(extra, 0) {
            0x0001 => return unsupported("a size for larger archives (ZIP64)"),
            0x7075 => return unsupported("a second name"),
            0x0017 | 0x9901 => return Err(PackError::Encrypted(name.to_owned())),
            _ => {}
        }
        let Some(rest) = extra.get(4 + length..) else {
            return unsupported("a damaged extra field");
        };
        extra = rest;
    }
    Ok(())
}

pub(super) fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(super) fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

//! What an archive can do to whoever unpacks it, in every layout that some program unpacks.

use std::io::{self, Read, Seek, SeekFrom};

use super::*;

fn found(bytes: &[u8]) -> Harm {
    harm(&mut Cursor::new(bytes)).expect("memory")
}

/// The same archive with an end for larger ones (ZIP64) behind its directory.
fn larger(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut end = bytes.split_off(bytes.len() - 22);
    let (size, start) = (end[12..16].to_vec(), end[16..20].to_vec());
    let at = bytes.len() as u64;
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([0; 28]);
    for number in [size, start] {
        bytes.extend(number);
        bytes.extend([0; 4]);
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(at.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    end[8..20].fill(0xff);
    bytes.extend(end);
    bytes
}

#[test]
fn a_hostile_name_is_found_wherever_the_directory_stands() {
    for (name, is_hostile) in [("../x", true), ("x", false)] {
        let plain = pack(&[("a", b"a"), (name, b"b")]);
        let inner = [plain.as_slice(), b"behind"].concat();
        let mut nested = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        nested.start_file("inner.zip", options).expect("a new entry");
        nested.write_all(&plain).expect("memory");
        let nested = nested.finish().expect("memory").into_inner();
        for bytes in [
            plain.clone(),
            [b"before", plain.as_slice()].concat(),
            inner,
            [plain.as_slice(), &pack(&[("other", b"")])].concat(),
            [pack(&[("other", b"")]).as_slice(), &plain].concat(),
            larger(plain.clone()),
            [b"before", larger(plain.clone()).as_slice()].concat(),
            nested,
        ] {
            match found(&bytes) {
                Harm::Hostile(PackError::BadName { name: said, kind: NameKind::Hostile, .. }) => {
                    assert!(is_hostile && said == name, "{said}");
                }
                harm => assert_eq!((harm, is_hostile), (Harm::Nothing, false)),
            }
        }
    }
}

#[test]
fn half_of_an_archive_has_no_directory() {
    let inner = pack(&[("a", b"a")]);
    let mut outer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for content in [inner.as_slice(), &[7; 4096]] {
        outer.start_file(format!("{}.zip", content.len()), options).expect("a new entry");
        outer.write_all(content).expect("memory");
    }
    let outer = outer.finish().expect("memory").into_inner();
    assert_eq!(found(&outer), Harm::Nothing);
    for half in [&outer[..outer.len() / 2], &outer[..outer.len() - 1], &inner[..20], b"PK\x03\x04", b""] {
        assert_eq!(found(half), Harm::NoDirectory);
    }
}

/// A name that only one of two programs sees, an entry that is unpacked again and again, and one that fills a disk.
#[test]
fn what_no_innocent_tool_writes_is_hostile() {
    let contradicting = patched(&[(30, b'X')], &[]);
    assert_eq!(found(&contradicting), Harm::Hostile(PackError::Contradiction(LESSON.to_owned())));
    let pipe = patched(&[], &[(41, 0x10)]);
    assert_eq!(found(&pipe), Harm::Hostile(PackError::NotAFile(LESSON.to_owned())));
    // Where it stands there is nothing any more: nobody can unpack it.
    assert_eq!(found(&patched(&[(0, 0)], &[])), Harm::NoDirectory);
    let zeros = vec![0; 10 << 20];
    let names: Vec<String> = (0..30).map(|number| number.to_string()).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    assert_eq!(found(&pack(&entries)), Harm::Hostile(PackError::Bomb("0".to_owned())));
    assert_eq!(found(&pack(&entries[..2])), Harm::Nothing);
    let mut overlapping = small();
    let size = u32::try_from(overlapping.len()).expect("a small pack").to_le_bytes();
    for nth in 0..2 {
        let place = header(&overlapping, b"PK\x01\x02", nth) + 20;
        overlapping[place..place + 4].copy_from_slice(&size);
    }
    assert_eq!(found(&overlapping), Harm::Hostile(PackError::Overlapping));
}

/// An archive that counts what is asked of it.
struct Counted {
    bytes: Cursor<Vec<u8>>,
    steps: usize,
    read: usize,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        (self.steps, self.read) = (self.steps + 1, self.read + read);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.steps += 1;
        self.bytes.seek(to)
    }
}

/// An end of this directory, as large archives have them and others.
fn end(size: u32, start: u32) -> Vec<u8> {
    let mut end = b"PK\x05\x06".to_vec();
    end.resize(12, 0);
    end.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    end.resize(22, 0);
    end
}

/// However many ends an archive has, not many times its bytes are read.
#[test]
fn the_work_grows_with_the_archive_only() {
    const LENGTH: usize = 1 << 20;
    let small = small();
    let start = header(&small, b"PK\x01\x02", 0);
    let size = small.len() - 22 - start;
    let [size, start] = [size, start].map(|number| u32::try_from(number).expect("a small pack"));
    let locator = [b"PK\x06\x07".as_slice(), &[0; 16]].concat();
    for (repeated, expected) in [
        // None of them says where its directory is.
        (end(u32::MAX, u32::MAX), Harm::NoDirectory),
        ([locator.as_slice(), &end(u32::MAX, u32::MAX)].concat(), Harm::NoDirectory),
        ([[b"PK\x06\x06".as_slice(), &[0; 52]].concat(), end(0, 0)].concat(), Harm::NoDirectory),
        // All of them name the same one, or nearly all of the archive.
        (end(size, start), Harm::TooLong),
        (end(size, start + 1), Harm::TooLong),
        (end(1 << 19, start), Harm::TooLong),
    ] {
        let mut bytes = small[..small.len() - 22].to_vec();
        let more = (LENGTH - bytes.len()) / repeated.len();
        bytes.extend(repeated.repeat(more));
        let mut archive = Counted { bytes: Cursor::new(bytes), steps: 0, read: 0 };
        assert_eq!(harm(&mut archive).expect("memory"), expected);
        assert!(archive.read < 8 * LENGTH && archive.steps < LENGTH, "{} {}", archive.read, archive.steps);
    }
}

/// The small pack, where the offset of its second entry stands in an extra field as this one; and with such attributes.
fn offset_apart(field: &[u8], attributes: u32) -> Vec<u8> {
    let mut bytes = small();
    let central = header(&bytes, b"PK\x01\x02", 1);
    let length = u8::try_from(field.len()).expect("a short field");
    assert_eq!(bytes[central + 30..central + 32], [0, 0], "it has no such field");
    bytes[central + 30] = length;
    bytes[central + 38..central + 42].copy_from_slice(&attributes.to_le_bytes());
    bytes[central + 42..central + 46].fill(0xff);
    let end = bytes.len() - 22;
    bytes[end + 12] += length;
    let name = central + 46 + LESSON.len();
    bytes.splice(name..name, field.iter().copied());
    bytes
}

/// The field of a larger archive with these numbers.
fn larger_field(numbers: &[usize]) -> Vec<u8> {
    let mut field = vec![1, 0, u8::try_from(8 * numbers.len()).expect("few"), 0];
    field.extend(numbers.iter().flat_map(|number| (*number as u64).to_le_bytes()));
    field
}

#[test]
fn an_entry_whose_offset_stands_apart_is_looked_at_where_it_is() {
    const FILE: u32 = 0o100_644 << 16;
    let place = header(&small(), b"PK\x03\x04", 1);
    let hostile = |error: fn(String) -> PackError| Harm::Hostile(error(LESSON.to_owned()));
    let (contradiction, not_a_file) = (hostile(PackError::Contradiction), hostile(PackError::NotAFile));
    let there = larger_field(&[place]);
    assert_eq!(found(&offset_apart(&there, FILE)), Harm::Nothing);
    let content = place + 30 + LESSON.len();
    let mut link = offset_apart(&there, 0o120_777 << 16);
    for (target, expected) in [(b"here", &Harm::Nothing), (b"/etc", &not_a_file)] {
        link[content..content + 4].copy_from_slice(target);
        assert_eq!(&found(&link), expected);
    }
    // A pipe, even where nothing stands.
    for field in [&there, &larger_field(&[1 << 40]), &larger_field(&[usize::MAX])] {
        assert_eq!(found(&offset_apart(field, 0o010_644 << 16)), not_a_file);
    }
    let mut renamed = offset_apart(&there, FILE);
    renamed[place + 30] = b'X';
    assert_eq!(found(&renamed), contradiction);
    // The name of another entry stands there.
    assert_eq!(found(&offset_apart(&larger_field(&[0]), FILE)), contradiction);
    // Nobody can unpack what is not there.
    for nowhere in [1, 1 << 40, usize::MAX] {
        assert_eq!(found(&offset_apart(&larger_field(&[nowhere]), FILE)), Harm::NoDirectory);
    }
    // Some programs take this number for the offset, and some that.
    let two = [there.clone(), larger_field(&[0])].concat();
    for unclear in [vec![], larger_field(&[]), larger_field(&[place, 0]), two] {
        assert_eq!(found(&offset_apart(&unclear, FILE)), contradiction);
    }
}

/// Some programs go by the larger end whatever stands between, however far away it is, and whatever the other end says.
#[test]
fn the_larger_end_counts_wherever_it_is() {
    let hostile = larger(pack(&[("../x", b"")]));
    let at = header(&hostile, b"PK\x06\x06", 0);
    let (before, behind) = hostile.split_at(hostile.len() - 42);
    let decoy = [b"PK\x06\x06".as_slice(), &[0; 52]].concat();
    let mut plain = behind.to_vec();
    plain[20 + 8..20 + 20].fill(0);
    for bytes in [
        [before, &decoy, behind].concat(),
        [before, &vec![0; 2 << 20], behind].concat(),
        [before, &plain].concat(),
    ] {
        assert!(matches!(found(&bytes), Harm::Hostile(PackError::BadName { .. })));
    }
    // Cut behind it.
    assert_eq!(found(&hostile[..at + 56]), Harm::NoDirectory);
}

proptest! {
    /// Whatever the bytes are, it ends, and a byte more or less hides no name.
    #[test]
    fn every_archive_is_looked_through(place in 0_usize..400, byte: u8, noise in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut bytes = larger(pack(&[("a", b"a"), ("b/c", b"b")]));
        let place = place % bytes.len();
        bytes[place] = byte;
        harm(&mut Cursor::new(&bytes)).expect("memory");
        let hostile = [noise.as_slice(), &pack(&[("../x", b"")]), &noise].concat();
        prop_assert!(matches!(found(&hostile), Harm::Hostile(_)));
    }
}

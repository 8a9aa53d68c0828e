//! What an archive can do to whoever unpacks it, in every layout that some program unpacks.

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

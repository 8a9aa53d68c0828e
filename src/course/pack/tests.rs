//! Packs that come from anywhere, written by another zip library, by our own writer and by hand.

use std::io::Write as _;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::course::{digest, embedded};
use crate::digest::Digest;

mod harm;
mod names;

/// A pack as another library writes it.
fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("a new entry");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn files(entries: &[(&str, &[u8])]) -> CourseFiles {
    entries.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())).collect()
}

/// A pack by our writer, of one lesson or two.
fn small() -> Vec<u8> {
    write(&files(&[("course.ron", b"()"), ("lessons/a.md", b"# A\n")])).expect("a sound course")
}

/// Where the n-th header with this signature begins.
fn header(bytes: &[u8], signature: &[u8], nth: usize) -> usize {
    let mut found = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(signature));
    found.nth(nth).expect("a header")
}

/// The small pack with bytes of the local and of the central header of its second entry changed.
fn patched(local: &[(usize, u8)], central: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = small();
    for (signature, changes) in [(b"PK\x03\x04", local), (b"PK\x01\x02", central)] {
        let start = header(&bytes, signature, 1);
        for (at, byte) in changes {
            bytes[start + at] = *byte;
        }
    }
    bytes
}

fn bad_name(name: &str, reason: BadPath) -> PackError {
    PackError::bad_name(name, reason)
}

const LESSON: &str = "lessons/a.md";

fn contradiction() -> Result<CourseFiles, PackError> {
    Err(PackError::Contradiction(LESSON.to_owned()))
}

fn unsupported(feature: &'static str) -> Result<CourseFiles, PackError> {
    Err(PackError::Unsupported { name: LESSON.to_owned(), feature })
}

#[test]
fn gives_back_what_another_library_packed() {
    let bytes = pack(&[("course.ron", b"()"), ("lessons/a.md", b"# A\n"), ("quizzes/\u{e4}.ron", b"")]);
    let files = read(&bytes).expect("a sound pack");
    assert_eq!(files.len(), 3);
    assert_eq!(files["lessons/a.md"], b"# A\n");
    assert!(is_pack(&bytes));
}

#[test]
fn another_library_reads_what_we_packed() {
    let bundled = embedded();
    let bytes = write(&bundled).expect("the bundled course");
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
    assert_eq!(archive.len(), bundled.len());
    for (index, (path, content)) in bundled.iter().enumerate() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut unpacked = Vec::new();
        entry.read_to_end(&mut unpacked).expect("its content, with the right checksum");
        let name = entry.name().expect("UTF-8").into_owned();
        assert_eq!((&name, &unpacked), (path, content));
        assert_eq!(entry.unix_mode(), Some(0o100_644));
    }
    assert_eq!(digest(&read(&bytes).expect("a sound pack")), digest(&bundled));
}

#[test]
fn the_bytes_of_a_pack_are_pinned() {
    // Whoever compares packs by a checksum relies on these bytes: a change here is a new format.
    assert_eq!(small().len(), 224);
    assert_eq!(
        Digest::of(&small()).hex(),
        "4b2c5567854c91b425099f49c41ea965a43a0f2efb3f87df05b071470b74291a"
    );
}

#[test]
fn what_is_no_part_of_the_course_stays_out() {
    let with = files(&[("course.ron", b"()"), ("README.md", b"x"), ("lessons/_draft.md", b"x")]);
    assert_eq!(write(&with), write(&files(&[("course.ron", b"()")])));
}

#[test]
fn refuses_to_write_what_would_not_be_read() {
    let con = files(&[("lessons/con.md", b"x")]);
    assert_eq!(write(&con), Err(bad_name("lessons/con.md", BadPath::Reserved)));
    let twins = files(&[("assets/a.png", b"x"), ("assets/A.png", b"y")]);
    assert_eq!(write(&twins), Err(PackError::SameName("assets/a.png".to_owned())));
    let large = CourseFiles::from([("assets/a.bin".to_owned(), vec![0; MAX_PACK - 100])]);
    assert_eq!(write(&large), Err(PackError::TooLarge));
    let many = (0..=MAX_ENTRIES).map(|number| (format!("assets/{number}"), Vec::new())).collect();
    assert_eq!(write(&many), Err(PackError::TooManyEntries));
    // No archive at all; a reader would say so, and the writer does.
    assert!(matches!(write(&CourseFiles::new()), Err(PackError::NotAnArchive(_))));
    // The largest pack that is written is read.
    let largest = CourseFiles::from([("assets/a.bin".to_owned(), vec![1; MAX_PACK - 22 - 76 - 24])]);
    let bytes = write(&largest).expect("exactly the limit");
    assert_eq!(bytes.len(), MAX_PACK);
    assert_eq!(read(&bytes), Ok(largest));
}

proptest! {
    #[test]
    fn what_is_packed_is_read_again(
        names in proptest::collection::btree_set("(lessons|quizzes|assets)/[a-zäé0-9-]{1,8}\\.(md|ron|png)", 0..8),
        contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 8),
    ) {
        let mut course = files(&[("course.ron", b"()")]);
        // `con.md` and `é` in two spellings are refused, and have tests of their own.
        let fine = names.into_iter().filter(|name| path::is_portable(name).is_ok());
        course.extend(fine.zip(contents));
        let bytes = write(&course).expect("plain names");
        prop_assert_eq!(&bytes, &write(&course).expect("plain names"));
        let again = read(&bytes).expect("our own pack");
        prop_assert_eq!(digest(&again), digest(&course));
        prop_assert_eq!(again, course);
    }

    #[test]
    fn no_bytes_make_it_panic(at in 0_usize..224, byte in any::<u8>(), cut in 0_usize..225) {
        let mut bytes = small();
        bytes[at] = byte;
        bytes.truncate(cut);
        let _ = read(&bytes);
    }
}

#[test]
fn refuses_names_that_leave_the_course_or_cannot_be_stored() {
    fn check(name: &str, reason: BadPath) {
        assert_eq!(read(&pack(&[(name, b"x")])), Err(bad_name(name, reason)), "{name}");
    }
    check("../course.ron", BadPath::Escapes);
    check("/etc/passwd", BadPath::Absolute);
    check("lessons/../../x", BadPath::Escapes);
    check("a\\b", BadPath::Unsafe);
    check("C:x", BadPath::Unsafe);
    check("a//b", BadPath::Escapes);
    check("./a", BadPath::Escapes);
    check("lessons/a\u{1b}[31m.md", BadPath::Unsafe);
    check("lessons/CON.md", BadPath::Reserved);
    check("lessons/nul", BadPath::Reserved);
    check("lessons/a.md.", BadPath::Reserved);
    check("lessons/a.md ", BadPath::Reserved);
}

#[test]
fn refuses_a_name_that_is_not_marked_as_utf_8() {
    // Without the mark a reader takes the bytes for CP437, or for whatever its computer speaks.
    let bytes = write(&files(&[("course.ron", b"()"), ("lessons/\u{e4}.md", b"")])).expect("a course");
    assert!(read(&bytes).is_ok());
    let mut unmarked = bytes;
    let (local, central) = (header(&unmarked, b"PK\x03\x04", 1), header(&unmarked, b"PK\x01\x02", 1));
    unmarked[local + 7] = 0;
    unmarked[central + 9] = 0;
    assert!(matches!(read(&unmarked), Err(PackError::BadName { kind: NameKind::Unreadable, .. })));
}

#[test]
fn refuses_names_that_some_computers_take_for_one() {
    fn check(one: &str, other: &str) {
        let bytes = pack(&[(one, b"shown"), (other, b"hidden")]);
        assert_eq!(read(&bytes), Err(PackError::SameName(other.to_owned())), "{one} {other}");
    }
    check("course.ron", "COURSE.ron");
    check("lessons/\u{e9}.md", "lessons/e\u{301}.md");
    check("lessons/\u{c9}.md", "lessons/e\u{301}.md");
    check("lessons/stra\u{df}e.md", "lessons/STRASSE.md");
    check("lessons/a.md", "lessons/a.md.");
    check("lessons /a.md", "lessons/A.md");
}

#[test]
fn refuses_a_file_and_a_folder_of_one_name() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("lessons", SimpleFileOptions::default()).expect("a new entry");
    writer.add_directory("lessons/", SimpleFileOptions::default()).expect("a new entry");
    let bytes = writer.finish().expect("memory").into_inner();
    assert_eq!(read(&bytes), Err(PackError::SameName("lessons/".to_owned())));
}

/// Such a pack was taken, although no folder can hold its files.
#[test]
fn refuses_a_file_that_other_files_lie_in() {
    fn check(file: &str, within: &str) {
        for entries in [[file, within], [within, file]] {
            let bytes = pack(&entries.map(|name| (name, &b"x"[..])));
            assert_eq!(read(&bytes), Err(PackError::SameName(file.to_owned())), "{entries:?}");
        }
    }
    check("lessons/a.md", "lessons/a.md/b.md");
    check("lessons/a.md", "lessons/A.MD/c/b.md");
    check("lessons", "lessons/a.md");
    let siblings = pack(&[("lessons/a.md", b"x"), ("lessons/a.md.d/b.md", b"x"), ("lessons/a/b.md", b"x")]);
    assert_eq!(read(&siblings).map(|files| files.len()), Ok(3));
}

/// Packs with names that no file system takes were read, and could not be unpacked.
#[test]
fn refuses_names_that_are_too_long_or_too_deep() {
    fn check(name: &str, expected: Option<&str>) {
        let read = read(&pack(&[(name, b"x")]));
        match (read, expected) {
            (Ok(_), None) => {}
            (Err(PackError::BadName { kind: NameKind::Unreadable, reason, .. }), Some(expected)) => {
                assert_eq!(reason, expected);
            }
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
    check(&format!("assets/{}.txt", "a".repeat(251)), None);
    check(&format!("assets/{}.txt", "a".repeat(252)), Some("a part of it is longer than 255 bytes"));
    check(&format!("assets/{}x.txt", "a/".repeat(15)), None);
    check(&format!("assets/{}x.txt", "a/".repeat(16)), Some("it lies more than 16 folders deep"));
}

#[test]
fn refuses_two_entries_of_one_name() {
    // No writer makes such a pack; two equally long names become one by patching the bytes.
    let mut bytes = pack(&[("lessons/a.md", b"shown"), ("lessons/b.md", b"hidden")]);
    for at in 0..bytes.len() - 12 {
        if bytes[at..].starts_with(b"lessons/b.md") {
            bytes[at + 8] = b'a';
        }
    }
    assert_eq!(read(&bytes), Err(PackError::SameName(LESSON.to_owned())));
}

#[test]
fn refuses_bytes_that_no_entry_speaks_of() {
    let (one, other) = (pack(&[("course.ron", b"shown")]), pack(&[("course.ron", b"hidden")]));
    assert!(read(&one).is_ok());
    for strange in [
        [one.clone(), other].concat(),
        [b"PK\x03\x04 rubbish ".to_vec(), one.clone()].concat(),
        [one.clone(), b"rubbish".to_vec()].concat(),
    ] {
        assert!(matches!(read(&strange), Err(PackError::NotAnArchive(_))));
    }
}

#[test]
fn refuses_a_gap_between_entries() {
    // The directory and its end are told of the new places, so only the gap itself is out of order.
    let mut bytes = small();
    let (second, directory) = (header(&bytes, b"PK\x03\x04", 1), header(&bytes, b"PK\x01\x02", 0));
    let last = header(&bytes, b"PK\x01\x02", 1);
    bytes[last + 42] += 1;
    let end = bytes.len() - 22;
    bytes[end + 16] = u8::try_from(directory + 1).expect("a small pack");
    bytes.insert(second, b'x');
    let expected = PackError::NotAnArchive("its entries overlap or leave gaps".to_owned());
    assert_eq!(read(&bytes), Err(expected));
}

#[test]
fn refuses_entries_that_overlap() {
    // A second entry that begins within the content of the first, as the best bombs are built.
    let inner = write(&files(&[("lessons/a.md", b"# A\n")])).expect("a course");
    let entry = &inner[..header(&inner, b"PK\x01\x02", 0)];
    let mut bytes = write(&files(&[("assets/a.bin", entry)])).expect("a course");
    let central = inner[entry.len()..inner.len() - 22].to_vec();
    let end = bytes.len() - 22;
    let mut central = central;
    central[42] = 30 + 12;
    bytes.splice(end..end, central.iter().copied());
    let end = bytes.len() - 22;
    bytes[end + 8] = 2;
    bytes[end + 10] = 2;
    bytes[end + 12] += u8::try_from(central.len()).expect("short");
    let expected = PackError::NotAnArchive("its entries overlap or leave gaps".to_owned());
    assert_eq!(read(&bytes), Err(expected));
}

#[test]
fn refuses_more_in_the_directory_than_its_end_says() {
    let mut bytes = small();
    let end = bytes.len() - 22;
    bytes[end + 8] = 1;
    bytes[end + 10] = 1;
    assert!(matches!(read(&bytes), Err(PackError::NotAnArchive(_))));
}

#[test]
fn refuses_entries_that_contradict_the_directory() {
    // Name, method, checksum, packed size, size: in the local header alone.
    for change in [(30 + 8, b'b'), (8, 8), (14, 1), (18, 1), (22, 1)] {
        assert_eq!(read(&patched(&[change], &[])), contradiction(), "{change:?}");
    }
    // The sizes of a stored entry differ, in both.
    assert_eq!(read(&patched(&[(22, 9)], &[(24, 9)])), contradiction());
    // The directory leads into nowhere.
    assert_eq!(read(&patched(&[], &[(42, 200)])), contradiction());
}

#[test]
fn refuses_a_wrong_checksum() {
    let broken = patched(&[(14, 1)], &[(16, 1)]);
    assert!(matches!(read(&broken), Err(PackError::Damaged { .. })));
}

#[test]
fn refuses_an_announced_size_that_is_not_true() {
    let mut bytes = pack(&[("course.ron", b"()"), (LESSON, b"# A\n# A\n# A\n# A\n# A\n")]);
    let (local, central) = (header(&bytes, b"PK\x03\x04", 1), header(&bytes, b"PK\x01\x02", 1));
    for size in [19, 21] {
        bytes[local + 22] = size;
        bytes[central + 24] = size;
        assert!(read(&bytes).is_err(), "{size}");
    }
}

#[test]
fn refuses_sizes_behind_the_content() {
    let flag = patched(&[(6, 8)], &[(8, 8)]);
    assert_eq!(read(&flag), unsupported("a size that stands behind its content (data descriptor)"));
}

#[test]
fn refuses_larger_archives() {
    let entry = patched(&[(18, 0xff)], &[(20, 0xff), (21, 0xff), (22, 0xff), (23, 0xff)]);
    assert_eq!(read(&entry), unsupported("a size for larger archives (ZIP64)"));
    let mut bytes = small();
    let end = bytes.len() - 22;
    bytes[end + 8..end + 12].fill(0xff);
    assert!(matches!(read(&bytes), Err(PackError::NotAnArchive(reason)) if reason.contains("ZIP64")));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(LESSON, SimpleFileOptions::default().large_file(true)).expect("a new entry");
    writer.write_all(b"# A\n").expect("memory");
    assert!(read(&writer.finish().expect("memory").into_inner()).is_err());
}

/// The only entry of a pack with an extra field behind its local header.
fn with_local_extra(extra: &[u8]) -> Vec<u8> {
    let mut bytes = write(&files(&[(LESSON, b"# A\n")])).expect("a course");
    let length = u8::try_from(extra.len()).expect("short");
    bytes[28] = length;
    bytes.splice(30 + LESSON.len()..30 + LESSON.len(), extra.iter().copied());
    let end = bytes.len() - 22;
    bytes[end + 16] += length;
    bytes
}

#[test]
fn refuses_extra_fields_that_override_what_was_checked() {
    // A time (Info-ZIP) is only a time.
    assert!(read(&with_local_extra(b"UT\x05\0\x03\0\0\0\0")).is_ok());
    let unsupported = |feature| unsupported(feature);
    assert_eq!(read(&with_local_extra(b"\x01\0\0\0")), unsupported("a size for larger archives (ZIP64)"));
    assert_eq!(read(&with_local_extra(b"up\x01\0\x01")), unsupported("a second name"));
    assert_eq!(read(&with_local_extra(b"UT\x09\0\0")), unsupported("a damaged extra field"));
    let encrypted = Err(PackError::Encrypted(LESSON.to_owned()));
    assert_eq!(read(&with_local_extra(b"\x01\x99\0\0")), encrypted);
}

#[test]
fn refuses_encrypted_entries() {
    let encrypted = Err(PackError::Encrypted(LESSON.to_owned()));
    assert_eq!(read(&patched(&[(6, 1)], &[(8, 1)])), encrypted);
    // Only the directory says so, or only the entry.
    assert_eq!(read(&patched(&[], &[(8, 1)])), encrypted);
    assert_eq!(read(&patched(&[(6, 1)], &[])), contradiction());
    // AES (method 99).
    assert_eq!(read(&patched(&[(8, 99)], &[(10, 99)])), encrypted);
}

#[test]
fn refuses_other_compressions() {
    let bzip2 = patched(&[(8, 12)], &[(10, 12)]);
    assert_eq!(read(&bzip2), unsupported("a compression other than deflate"));
}

#[test]
fn refuses_links_and_devices() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink(LESSON, "/etc/passwd", SimpleFileOptions::default()).expect("memory");
    let bytes = writer.finish().expect("memory").into_inner();
    assert_eq!(read(&bytes), Err(PackError::NotAFile(LESSON.to_owned())));
    // A pipe; a link that is said to come from DOS; a folder under a file's name.
    for changes in [vec![(41, 0x11)], vec![(5, 0), (41, 0xa1)], vec![(38, 0x10)]] {
        assert_eq!(read(&patched(&[], &changes)), Err(PackError::NotAFile(LESSON.to_owned())), "{changes:?}");
    }
}

#[test]
fn takes_folders_for_what_they_are() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("lessons/", SimpleFileOptions::default()).expect("a new entry");
    writer.start_file(LESSON, SimpleFileOptions::default()).expect("a new entry");
    let bytes = writer.finish().expect("memory").into_inner();
    assert_eq!(read(&bytes), Ok(files(&[(LESSON, b"")])));
}

/// Nothing in it is a bomb, and all of it together is more than a pack may be.
#[test]
fn what_unpacks_to_too_much_is_refused_before_anything_is_unpacked() {
    let entry = |size: u64| Entry { name: "a".to_owned(), is_marked: true, packed: size / 2, size };
    assert_eq!(check_sizes(&[entry(MAX_UNPACKED / 2), entry(MAX_UNPACKED / 2)]), Ok(()));
    let more = [entry(MAX_UNPACKED / 2), entry(MAX_UNPACKED / 2 + 1)];
    assert_eq!(check_sizes(&more), Err(PackError::UnpacksTooLarge));
}

#[test]
fn a_bomb_is_defused_before_anything_is_unpacked() {
    let zeros = vec![0; 90 << 20];
    let bytes = pack(&[("a", &zeros), ("b", &zeros), ("c", &zeros)]);
    assert!(bytes.len() < 1 << 20, "a bomb is small");
    assert_eq!(read(&bytes), Err(PackError::Bomb("a".to_owned())));
    assert_eq!(read(&pack(&[("a", &zeros[..2 << 20])])), Err(PackError::Bomb("a".to_owned())));
    // A megabyte of spaces is no bomb.
    assert!(read(&pack(&[("a", &zeros[..1 << 20])])).is_ok());
}

#[test]
fn refuses_too_many_entries_and_too_many_bytes() {
    let names: Vec<_> = (0..=MAX_ENTRIES).map(|number| format!("assets/{number}")).collect();
    let entries: Vec<_> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(read(&pack(&entries)), Err(PackError::TooManyEntries));
    assert!(read(&pack(&entries[1..])).is_ok());
    let mut large = small();
    large.resize(MAX_PACK + 1, 0);
    assert_eq!(read(&large), Err(PackError::TooLarge));
}

#[test]
fn any_cut_is_an_error() {
    let bytes = pack(&[("course.ron", b"()"), (LESSON, b"# A\n")]);
    for cut in 0..bytes.len() {
        assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn a_changed_byte_is_an_error_or_does_not_matter() {
    let (bytes, whole) = (small(), read(&small()));
    for at in 0..bytes.len() {
        for change in [0xff, 0x01, 0x10] {
            let mut broken = bytes.clone();
            broken[at] ^= change;
            // Times and the system that made it do not matter.
            assert!(read(&broken).is_err() || read(&broken) == whole, "{at}");
        }
    }
}

/// One of 60,000 characters filled the screen.
#[test]
fn a_name_that_no_file_can_have_is_told_by_its_ends() {
    let told = |name: &str| PackError::Encrypted(name.to_owned()).to_string();
    assert_eq!(told(&"\u{e9}".repeat(160)), format!("{}: encrypted", "\u{e9}".repeat(160)));
    let long = format!("{}middle{}", "a".repeat(80), "\u{e9}".repeat(81));
    assert_eq!(told(&long), format!("{}…{}: encrypted", "a".repeat(80), "\u{e9}".repeat(81)));
}

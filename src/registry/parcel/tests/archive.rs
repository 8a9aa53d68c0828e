//! What is found in an archive.

use super::*;

#[test]
fn an_archive_is_looked_into() {
    let bytes = zip(&[
        stored("a.json", b"{1"),
        deflated("folder/b.completion.json", b"{2"),
        stored("folder/", b""),
        deflated("notes.txt", b"nothing"),
        deflated("renamed.txt", b"  {3"),
    ]);
    let expected = ["p/a.json = {1", "p/folder/b.completion.json = {2", "other", "p/renamed.txt =   {3"];
    assert_eq!(found(&zip_reader, &bytes), expected);
}

/// Names lead nowhere: they are words.
#[test]
fn what_stands_in_an_archive_and_is_not_taken_out() {
    let link = Entry { attributes: 0o120_777 << 16, ..stored("link.json", b"/etc/passwd") };
    let secret = Entry { flags: 1, ..stored("secret.json", b"{") };
    let odd = Entry { method: 12, ..stored("odd.json", b"{") };
    let broken = Entry { method: 8, ..stored("broken.json", b"\xff\xff\xff\xff") };
    let bytes = zip(&[
        stored("../../up.json", b"{1"),
        link,
        secret,
        odd,
        broken,
        stored("inner.zip", &zip(&[stored("a.json", b"{2")])),
        deflated("large.json", &vec![b' '; MAX_BYTES + 1]),
    ]);
    let found = found(&zip_reader, &bytes);
    assert_eq!(found[0], "p/../../up.json = {1");
    let expected = [
        "p/link.json: is a link",
        "p/secret.json: is encrypted",
        "p/odd.json: is compressed by method 12",
        "p/broken.json: cannot be unpacked",
        "p/inner.zip: is an archive within an archive",
        "p/large.json: is larger than 1 MiB",
    ];
    assert_eq!(found.len(), 1 + expected.len(), "{found:#?}");
    for (found, expected) in found[1..].iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}

/// Two megabytes that unpack to three gigabytes, though each entry breaks off before its end.
#[test]
fn a_bomb_ends() {
    let mut entry = deflated("a.json", &vec![b' '; MAX_BYTES]);
    entry.packed.truncate(entry.packed.len() - 4);
    let entries = vec![entry; 3000];
    let mut unusable = 0;
    let ended = archive(&mut Cursor::new(zip(&entries)), "p", &mut |piece| {
        unusable += usize::from(matches!(piece, Piece::Unusable { .. }));
        ControlFlow::Continue(())
    });
    let why = ended.expect_err("it ends");
    assert!(
        why.starts_with("a.json: two entries of this name") && why.contains(": do not unpack it; "),
        "{why}"
    );
    assert!((2048..2060).contains(&unusable), "{unusable}");
}

/// Three thousand entries that are all the same bytes.
#[test]
fn a_bomb_of_overlapping_entries_is_not_unpacked() {
    let one = deflated("a.json", &vec![b' '; MAX_BYTES]);
    let mut bytes = zip(&[one]);
    let end = bytes.split_off(bytes.len() - 22);
    let start = usize::try_from(u32::from_le_bytes(end[16..20].try_into().unwrap())).unwrap();
    let entry = bytes.split_off(start);
    let number = 3000_u16;
    bytes.extend(entry.repeat(usize::from(number)));
    let size = u32::try_from(entry.len() * usize::from(number)).unwrap();
    let mut end = end;
    end[8..10].copy_from_slice(&number.to_le_bytes());
    end[10..12].copy_from_slice(&number.to_le_bytes());
    end[12..16].copy_from_slice(&size.to_le_bytes());
    bytes.extend(end);
    let mut taken = 0;
    let ended = archive(&mut Cursor::new(&bytes), "p", &mut |piece| {
        taken += usize::from(matches!(piece, Piece::File { .. }));
        ControlFlow::Continue(())
    });
    assert_eq!(ended, Err("is damaged, or a trap: its entries overlap; ask for it again".to_owned()));
    assert_eq!(taken, 0);
}

#[test]
fn an_archive_that_is_none_is_refused() {
    let good = zip(&[stored("a.json", b"{1"), stored("b.json", b"{2")]);
    let refused = |bytes: &[u8], words: &str| {
        let found = found(&zip_reader, bytes);
        assert!(found.last().is_some_and(|last| last.contains(words)), "{words}: {found:?}");
    };
    refused(b"", "is no zip archive");
    refused(b"PK\x03\x04", "is no zip archive");
    refused(&good[..good.len() - 1], "is no zip archive");
    refused(&[b"MZ", good.as_slice()].concat(), "is no zip archive");
    refused(&[good.as_slice(), b"more"].concat(), "is no zip archive");
    let mut claims_more = good.clone();
    let at = good.len() - 10;
    claims_more[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    refused(&claims_more, "is no zip archive");
    let mut damaged = good.clone();
    let directory =
        usize::try_from(u32::from_le_bytes(good[good.len() - 6..good.len() - 2].try_into().unwrap()))
            .unwrap();
    damaged[directory] = b'X';
    refused(&damaged, "its directory breaks off");
    let mut nowhere = good.clone();
    nowhere[directory + 42] = 200;
    refused(&nowhere[..], "p/b.json");
}

/// Whatever bytes come, reading ends, and without a panic.
#[test]
fn any_byte_may_be_wrong() {
    let good = zip(&[stored("a.json", b"{1"), deflated("b.json", b"{22222222")]);
    for place in 0..good.len() {
        for value in [0, 1, 0x7F, 0xFF, good[place] ^ 0x20] {
            let mut bytes = good.clone();
            bytes[place] = value;
            found(&zip_reader, &bytes);
        }
    }
}

//! Names that do harm, and names that only cannot stand on every computer.

use super::*;

/// Umlauts as Windows packs them were taken for something hostile, and nobody looked at what stands behind such a name.
#[test]
fn an_innocent_name_is_told_as_that_and_hides_nothing() {
    /// The names, each with its letters outside ASCII in the old way: one byte, without the mark.
    fn check(names: [&str; 2], expected: &PackError) {
        let mut bytes = pack(&names.map(|name| (name, &b"x"[..])));
        for (signature, flags, start) in [(b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)] {
            for (nth, name) in names.iter().enumerate().filter(|(_, name)| name.contains(['^', '~'])) {
                let at = header(&bytes, signature, nth);
                bytes[at + flags + 1] = 0;
                for byte in &mut bytes[at + start..][..name.len()] {
                    *byte = match *byte {
                        b'^' => 0x9a,
                        b'~' => 0x8e,
                        other => other,
                    };
                }
            }
        }
        assert_eq!(read(&bytes).as_ref(), Err(expected), "{names:?}");
    }
    let unmarked = PackError::bad_name("%9Abung.json", "it is not marked as UTF-8");
    assert!(matches!(unmarked, PackError::BadName { kind: NameKind::Unreadable, .. }));
    check(["^bung.json", "b.json"], &unmarked);
    check(["^bung.json", "~bung.json"], &unmarked);
    check(["^bung.json", "^BUNG.json"], &PackError::SameName("%9ABUNG.json".to_owned()));
    check(["^bung.json", "../x"], &bad_name("../x", BadPath::Escapes));
    check(["a", "^/../x"], &bad_name("%9A/../x", BadPath::Escapes));
}

#[test]
fn a_name_is_hostile_when_it_leads_out_or_steers_a_terminal() {
    fn check(names: &[&str], expected: NameKind) {
        for name in names {
            assert_eq!(NameKind::of(name), expected, "{name:?}");
        }
    }
    check(
        &["/x", "..", "../x", "a/../x", "..\\x", "a\\b", "C:x", "c:/x", "a\u{1b}[2J", "a\n"],
        NameKind::Hostile,
    );
    check(
        &["Ada: a.json", "2026-11-27T08:00", "aux", "a /x", "a//b", "./a", "~$a", "a?", "..a"],
        NameKind::Unreadable,
    );
}

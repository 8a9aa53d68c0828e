//! What characters look like, as a table that a start need not go through.

use std::fmt::Write as _;

use unicode_normalization::is_nfd;

/// What characters look like that look like others or like nothing (UTS 39, section 4), sorted: each one with where its look ends in the
/// text of all looks; it begins where that of the one before ends. Characters that decompose are left out.
///
/// The library has a slice for each of them. A system that loads the program at an address of its choice goes through all of these, at
/// every start of every command.
#[expect(clippy::disallowed_methods, reason = "this is where the library is asked")]
pub(super) fn code() -> String {
    let (mut text, mut ends, mut count) = (String::new(), String::new(), 0);
    let mut buffer = [0; 4];
    // Planes 4 to 13 have no characters, and those of planes 15 and 16 are anybody's: they look like themselves.
    for letter in (char::MIN..='\u{3ffff}').chain('\u{e0000}'..='\u{effff}') {
        let letter = &*letter.encode_utf8(&mut buffer);
        if !is_nfd(letter) {
            continue;
        }
        let begin = text.len();
        text.extend(unicode_security::skeleton(letter));
        if text[begin..] == *letter {
            text.truncate(begin);
        } else {
            let _ = writeln!(ends, "    ('{}', {}),", letter.escape_unicode(), text.len());
            count += 1;
        }
    }
    let text = text.escape_unicode();
    format!("static ENDS: [(char, u16); {count}] = [\n{ends}];\nconst LOOKS: &str = \"{text}\";\n")
}

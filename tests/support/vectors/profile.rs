//! Outside the strict profile.

use super::{Table, replaced};

pub(super) fn fill(table: &mut Table<'_>) {
    const PASS: &str = "\"passPercent\": 60";
    table.text("duplicate-key", "face: stands there twice", |text| {
        replaced(&text, "\"face\":", "\"face\": \"linear\",\n    \"face\":")
    });
    table.text("duplicate-key-escaped", "face: stands there twice", |text| {
        replaced(&text, "\"face\":", "\"f\\u0061ce\": \"linear\",\n    \"face\":")
    });
    table.text("float", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": 60.0")
    });
    table.text("exponent", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": 6e1")
    });
    table.text("negative-zero", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": -0")
    });
    table.text("big-integer", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": 9007199254740992")
    });
    table.text("not-a-number", "no value begins like this", |text| {
        replaced(&text, PASS, "\"passPercent\": NaN")
    });
    table.text("non-ascii-key", "other than ASCII characters", |text| {
        replaced(&text, "\"face\":", "\"fäce\": 1,\n    \"face\":")
    });
    table.text("byte-order-mark", "begins with a byte order mark", |text| {
        [b"\xEF\xBB\xBF", text.as_bytes()].concat()
    });
    table.text("invalid-utf-8", "is not UTF-8", |text| {
        let mut bytes = text.into_bytes();
        let at = bytes.windows(3).position(|window| window == b"Ada").expect("the name");
        bytes[at] = 0xFF;
        bytes
    });
    table.text("utf-16", "is not UTF-8", |text| {
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    });
    table.text("lone-surrogate", "person.name", |text| replaced(&text, "Ada Byron", "\\ud800"));
    table.text("raw-control-character", "person.name", |text| replaced(&text, "Ada Byron", "Ada\tByron"));
    table.text("too-deep", "64 levels", |text| {
        replaced(
            &text,
            "\"face\":",
            &format!("\"deep\": {}{},\n    \"face\":", "[".repeat(63), "]".repeat(63)),
        )
    });
    table.text("trailing-comma", "nothing follows a comma", |text| replaced(&text, "\n}\n", ",\n}\n"));
    table.text("comment", "no value begins like this", |text| format!("// a record\n{text}").into_bytes());
    table.text("two-documents", "something follows behind the end", |text| {
        format!("{text}{text}").into_bytes()
    });
    table.text("truncated", "ends in the middle", |text| text.as_bytes()[..text.len() - 40].to_vec());
    table.text("empty", "is empty", |_| Vec::new());
    table.text("not-an-object", "is not a JSON object", |_| b"[]\n".to_vec());
}

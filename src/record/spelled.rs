//! What the reader of JSON says of signs and types, in words for whoever has the file and not the source.

/// A message of `serde_json` about what is no JSON, or about a value that is JSON and not what must stand there; and of what reads
/// dates and identifiers in it.
///
/// Whatever is no such message stays as it is.
pub(crate) fn spelled(message: &str) -> String {
    if let Some(words) = unlike_json(message).or_else(|| unlike_text(message)) {
        return words.to_owned();
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("the member {name} is missing");
    }
    if let Some(name) = message.strip_prefix("duplicate field ") {
        return format!("the member {name} stands there twice");
    }
    let Some((found, expected)) = message.rsplit_once(", expected ") else { return message.to_owned() };
    let choice = expected.strip_prefix("one of ").unwrap_or(expected);
    if let Some(name) = found.strip_prefix("unknown variant ") {
        return format!("{name} is none of what can stand here: {choice}");
    }
    if let Some(name) = found.strip_prefix("unknown field ") {
        return format!("{name} is none of its members: {choice}");
    }
    if let Some(length) = found.strip_prefix("invalid length ") {
        return format!("is a list of {length}, and must be {}", wanted(expected));
    }
    let value = ["invalid type: ", "invalid value: "].iter().find_map(|kind| found.strip_prefix(kind));
    match value {
        Some(value) => format!("is {}, and must be {}", said(value), wanted(expected)),
        None => message.to_owned(),
    }
}

/// By which sign it is no JSON.
fn unlike_json(message: &str) -> Option<&'static str> {
    Some(match message {
        "expected `:`" => "a colon is missing between a name and its value",
        "expected `,` or `]`" => "a comma, or the ] that ends the list, is missing",
        "expected `,` or `}`" => "a comma, or the } that ends the object, is missing",
        "expected ident" => "what begins like true, false or null is none of them",
        "expected value" => "no value begins like this",
        "expected `\"`" => "a quotation mark is missing",
        "key must be a string" => "a name must stand here, in quotation marks",
        "trailing comma" => "nothing follows a comma",
        "trailing characters" => "something follows behind the end",
        "invalid number" => "a number is not written like this",
        "number out of range" => "a number is too large",
        "invalid escape" => "a backslash stands before a sign that it cannot stand before",
        "invalid unicode code point"
        | "lone leading surrogate in hex escape"
        | "unexpected end of hex escape" => "a backslash and u, with the number of no character",
        "control character (\\u0000-\\u001F) found while parsing a string" => {
            "a text goes on over the end of a line, or has another control character in it"
        }
        "recursion limit exceeded" => "is nested too deep",
        "EOF while parsing a list"
        | "EOF while parsing an object"
        | "EOF while parsing a string"
        | "EOF while parsing a value" => "ends in the middle; the rest of it is missing",
        _ => return None,
    })
}

/// Why a text is no date (`chrono`), or no identifier (`uuid`).
fn unlike_text(message: &str) -> Option<&'static str> {
    const OF_DATES: [&str; 5] = [
        "input contains invalid characters",
        "input is out of range",
        "no possible date and time matching input",
        "premature end of input",
        "trailing input",
    ];
    const OF_IDENTIFIERS: [&str; 6] = [
        "UUID parsing failed: ",
        "invalid character: ",
        "invalid group count: ",
        "invalid group length in group ",
        "invalid length: expected length 32 ",
        "invalid length: found ",
    ];
    if OF_DATES.contains(&message) {
        return Some("is no date such as 2026-11-20");
    }
    let is_identifier = OF_IDENTIFIERS.iter().any(|begin| message.starts_with(begin));
    is_identifier.then_some("is no identifier such as 0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0001")
}

/// What stands there.
fn said(value: &str) -> String {
    let (kind, rest) = value.split_once(' ').unwrap_or((value, ""));
    match (kind, rest) {
        ("string", text) => format!("the text {text}"),
        ("integer", number) => format!("the number {}", number.trim_matches('`')),
        ("floating", _) => "a number with a fraction".to_owned(),
        ("boolean", truth) => truth.trim_matches('`').to_owned(),
        ("map", "") => "an object".to_owned(),
        ("sequence", "") => "a list".to_owned(),
        ("unit" | "null", _) => "null".to_owned(),
        _ => value.to_owned(),
    }
}

/// What must stand there.
fn wanted(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number that is not negative",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "unit" => "null",
        "a formatted date string" => "a date such as 2026-11-20",
        "a formatted UUID string" => "an identifier such as 0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0001",
        _ if ["struct ", "internally tagged enum ", "struct variant "]
            .iter()
            .any(|kind| expected.starts_with(kind)) =>
        {
            "an object"
        }
        _ if expected.starts_with("tuple ") || expected.starts_with("an array ") => "a list",
        _ if expected.starts_with("enum ") || expected.starts_with("string or map") => "one of certain words",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what cannot be read is of interest")]
    struct Thing {
        number: u32,
        word: Word,
        list: Option<Vec<String>>,
        map: Option<BTreeMap<String, bool>>,
        date: Option<chrono::NaiveDate>,
        id: Option<uuid::Uuid>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Word {
        Yes,
        No,
        Perhaps,
    }

    /// Names of types in the source reached auditors.
    #[test]
    fn no_word_of_the_source_is_told() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
            let error = Thing::deserialize(&value).expect_err(text);
            assert_eq!(spelled(&error.to_string()), expected, "{error}");
        }
        let number = "a whole number that is not negative";
        check("[]", "is a list of 0, and must be an object");
        check("7", "is the number 7, and must be an object");
        check(r#""seven""#, r#"is the text "seven", and must be an object"#);
        check(r#"{"word":"yes"}"#, "the member `number` is missing");
        check(r#"{"number":-1,"word":"yes"}"#, &format!("is the number -1, and must be {number}"));
        check(r#"{"number":"1","word":"yes"}"#, &format!(r#"is the text "1", and must be {number}"#));
        check(
            r#"{"number":1.5,"word":"yes"}"#,
            &format!("is a number with a fraction, and must be {number}"),
        );
        check(r#"{"number":true,"word":"yes"}"#, &format!("is true, and must be {number}"));
        check(r#"{"number":null,"word":"yes"}"#, &format!("is null, and must be {number}"));
        check(r#"{"number":1,"word":"nay"}"#, "`nay` is none of what can stand here: `yes`, `no`, `perhaps`");
        check(r#"{"number":1,"word":[]}"#, "is a list, and must be one of certain words");
        check(r#"{"number":1,"word":"yes","list":{}}"#, "is an object, and must be a list");
        check(r#"{"number":1,"word":"yes","list":[1]}"#, "is the number 1, and must be a text");
        check(r#"{"number":1,"word":"yes","map":[]}"#, "is a list, and must be an object");
        check(r#"{"number":1,"word":"yes","map":{"a":0}}"#, "is the number 0, and must be true or false");
        check(
            r#"{"more":1}"#,
            "`more` is none of its members: `number`, `word`, `list`, `map`, `date`, `id`",
        );
        check(
            r#"{"number":1,"word":"yes","date":7}"#,
            "is the number 7, and must be a date such as 2026-11-20",
        );
        for date in ["20", "2026-11-xx", "2026-13-01", "2026-11-201", "", "today"] {
            check(
                &format!(r#"{{"number":1,"word":"yes","date":"{date}"}}"#),
                "is no date such as 2026-11-20",
            );
        }
        let form = "0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0001";
        check(
            r#"{"number":1,"word":"yes","id":7}"#,
            &format!("is the number 7, and must be an identifier such as {form}"),
        );
        for id in [
            "",
            "7",
            "0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f000x",
            "0a5c1d5e-6f0a-4d6b-9c572f6a2d1f0001",
            "0a5c1d5e-6f0a4d6b-9c57-2f6a-2d1f0001",
        ] {
            check(
                &format!(r#"{{"number":1,"word":"yes","id":"{id}"}}"#),
                &format!("is no identifier such as {form}"),
            );
        }
    }

    /// And so did the reader's own words for signs.
    #[test]
    fn no_word_of_the_reader_is_told() {
        for text in [
            "{\"a\" 1}",
            "[1 2]",
            "{\"a\":1 \"b\":2}",
            "nul",
            "nulx",
            "x",
            "{a:1}",
            "{1:1}",
            "[1,]",
            "{\"a\":1,}",
            "1 2",
            "01",
            "1e999",
            r#""\x""#,
            r#""\ud800""#,
            r#""\ud800x""#,
            r#""\ud800\u0041""#,
            r#""\u00"#,
            r#""\udc00""#,
            "\"a\nb\"",
            "[",
            "{",
            "\"a",
            "{\"a\"",
            "",
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).expect_err(text).to_string();
            let (message, _) = error.rsplit_once(" at line ").expect("a place");
            assert!(unlike_json(message).is_some(), "{text}: {message}");
        }
        let deep = "[".repeat(200);
        let error = serde_json::from_str::<serde_json::Value>(&deep).expect_err("deep").to_string();
        assert!(unlike_json(error.rsplit_once(" at line ").expect("a place").0).is_some(), "{error}");
    }
}

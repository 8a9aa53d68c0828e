//! What the reader of JSON says of types, in words for whoever has the file and not the source.

/// A message of `serde_json` about a value that is JSON and not what must stand there.
///
/// Whatever is no such message stays as it is.
pub(crate) fn spelled(message: &str) -> String {
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("the member {name} is missing");
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
        check(r#"{"more":1}"#, "`more` is none of its members: `number`, `word`, `list`, `map`");
    }
}

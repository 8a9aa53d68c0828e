use proptest::prelude::*;

use super::*;

#[test]
fn what_parsers_disagree_about_is_refused_with_its_place() {
    fn check(text: impl AsRef<[u8]>, expected: &str) {
        let text = text.as_ref();
        let found = match parse(text) {
            Ok(value) => value.to_string(),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(text));
    }
    let integers =
        "only integers from -9007199254740991 to 9007199254740991 are allowed, without point or exponent";
    check(r#"{"b":1,"a":[true,null,"x"]}"#, r#"{"a":[true,null,"x"],"b":1}"#);
    check(r#"{"a":1,"a":1}"#, "1:10: a: stands there twice");
    // The same name, once written with an escape.
    check(r#"{"a":1,"\u0061":2}"#, "1:15: a: stands there twice");
    check("{\n  \"a\": [1, {\"b\": 1.0}]\n}", &format!("2:20: a[1].b: {integers}"));
    check("1e3", &format!("1:3: {integers}"));
    check("-0", &format!("1:2: {integers}"));
    check("9007199254740991", "9007199254740991");
    check("-9007199254740991", "-9007199254740991");
    check("9007199254740992", &format!("1:16: {integers}"));
    check("-9007199254740992", &format!("1:17: {integers}"));
    check("18446744073709551616", &format!("1:20: {integers}"));
    check("1e999", "1:5: a number is too large");
    check("01", "1:2: a number is not written like this");
    check("NaN", "1:1: no value begins like this");
    check(r#"{"é":1}"#, "1:4: é: has a name with other than ASCII characters");
    check(r#"{"a":"é", "b": x}"#, "1:16: b: no value begins like this");
    check(b"\xEF\xBB\xBF{}", "1:1: begins with a byte order mark");
    check(b"{\"a\":\n \"\xFF\"}", "2:3: is not UTF-8");
    check(br#"{"a":"\ud800"}"#, "1:13: a: a backslash and u, with the number of no character");
    check("{} {}", "1:4: something follows behind the end");
    check("{\"a\":1,}", "1:8: nothing follows a comma");
    check("// {}", "1:1: no value begins like this");
    check("", "1:1: is empty");
    check("{\"a\": {\"b\": 1", "1:13: a: ends in the middle; the rest of it is missing");
    check("\"a\nb\"", "2:1: a text goes on over the end of a line, or has another control character in it");
}

#[test]
fn deep_and_large_files_are_refused() {
    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(parse(nested(MAX_DEPTH).as_bytes()).is_ok());
    let fault = parse(nested(MAX_DEPTH + 1).as_bytes()).expect_err("one level too many");
    assert!(fault.message.contains("64 levels"), "{fault}");
    // A stack would not survive this, were the depth not counted.
    let fault = parse(nested(MAX_BYTES / 2).as_bytes()).expect_err("far too deep");
    assert!(fault.message.contains("64 levels"), "{fault}");

    let text = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    assert!(parse(text(MAX_BYTES).as_bytes()).is_ok());
    let fault = parse(text(MAX_BYTES + 1).as_bytes()).expect_err("one byte too many");
    assert_eq!(fault.to_string(), "1:1: is larger than 1 MiB");
}

#[test]
fn a_fault_never_repeats_a_giant_name() {
    let key = "k".repeat(100_000);
    let fault = parse(format!("{{\"{key}\":1,\"{key}\":1}}").as_bytes()).expect_err("twice");
    assert!(fault.to_string().len() < 200);
    // Nor where it stands when that is deep.
    let key = "k".repeat(10_000);
    let deep = format!("{}1.5{}", format!("{{\"{key}\":").repeat(60), "}".repeat(60));
    let fault = parse(deep.as_bytes()).expect_err("no integer");
    assert!(fault.path.len() < 800 && fault.path.contains(".…."), "{}", fault.path);
}

#[test]
fn the_map_sorts_by_name() {
    // With serde_json's `preserve_order`, which any dependency could switch on, signatures would break silently.
    let value = parse(br#"{"b":0,"a":0,"B":0,"":0}"#).expect("a good document");
    assert_eq!(canonical(&value), br#"{"":0,"B":0,"a":0,"b":0}"#);
}

#[test]
fn numbers_are_not_kept_as_text() {
    // serde_json's `arbitrary_precision` would let 1.0 through as a number that prints as it was written.
    assert_eq!(serde_json::from_str::<Value>("1.50").expect("JSON").to_string(), "1.5");
}

/// Documents inside the profile.
fn documents() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\u{0}-\u{7f}\u{2028}\u{e000}-\u{10ffff}]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[\u{0}-\u{7f}]{0,6}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn the_canonical_form_is_that_of_an_independent_canonicaliser(document in documents()) {
        let oracle = serde_json_canonicalizer::to_vec(&document).expect("a JSON value");
        prop_assert_eq!(canonical(&document), oracle);
    }

    #[test]
    fn layout_and_line_ends_do_not_change_what_is_read(document in documents()) {
        let pretty = serde_json::to_string_pretty(&document).expect("a JSON value");
        // A line feed within a text is always written \n, so these are line ends alone.
        let crlf = pretty.replace('\n', "\r\n");
        prop_assert_eq!(&parse(pretty.as_bytes()).expect("inside the profile"), &document);
        prop_assert_eq!(&parse(crlf.as_bytes()).expect("inside the profile"), &document);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn no_text_that_looks_like_json_makes_it_panic(text in r#"[\[\]{}:,"0-9eE.\-+ a\\u\n]{0,40}"#) {
        let _ = parse(text.as_bytes());
    }
}

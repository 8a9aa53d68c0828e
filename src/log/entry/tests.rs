use super::super::strategies::entries;
use super::*;

#[test]
fn every_entry_is_read_back_and_has_one_spelling() {
    for entry in entries() {
        let bytes = entry.bytes();
        assert_eq!(Entry::parse(&bytes), Ok(entry));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.len() < 2_000, "{text}");
        let spaced = text.replacen(',', ", ", 1);
        assert!(Entry::parse(spaced.as_bytes()).unwrap_err().to_string().contains("canonical"), "{spaced}");
        assert!(Entry::parse(format!("{text}\n").as_bytes()).is_err());
    }
}

#[test]
fn canonical_is_what_another_canonicaliser_writes() {
    for entry in entries() {
        assert_eq!(serde_json_canonicalizer::to_vec(&entry).unwrap(), entry.bytes());
    }
}

#[test]
fn the_spelling_of_a_collected_record() {
    let text = entries()
        .iter()
        .map(|entry| String::from_utf8(entry.bytes()).unwrap())
        .find(|text| text.contains("\"collected\"") && text.contains("\"assignment\""))
        .unwrap();
    let hashless = serde_json::from_str::<Value>(&text)
        .unwrap()
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| match value {
            Value::String(text) if text.starts_with("sha256:") => format!("{name}=#"),
            other => format!("{name}={other}"),
        })
        .collect::<Vec<_>>();
    assert_eq!(
        hashless,
        [
            "assignment=#",
            r#"at="2026-11-23T08:00:00Z""#,
            r#"completed="2026-11-22T10:50:00Z""#,
            "content=#",
            r#"course="tiktok-and-app-data""#,
            "details=#",
            r#"disposition="accepted""#,
            "earned=9500",
            r#"entry="collected""#,
            r#"levels={"content":"pass","grading":"pass","identity":"unknown","signature":"pass","time":"fail"}"#,
            "person=#",
            "pins=true",
            "possible=10000",
            "record=#",
            r#"result="passed""#,
        ]
    );
}

#[test]
fn no_member_twice_unknown_missing_or_of_another_form() {
    let all = entries();
    let collected = all.iter().find(|entry| matches!(entry.event, Event::Collected(_))).unwrap();
    let text = String::from_utf8(collected.bytes()).unwrap();
    let check = |from: &str, to: &str, because: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let fault = Entry::parse(changed.as_bytes()).expect_err(&changed).to_string();
        assert!(fault.contains(because), "{changed}: {fault}");
    };
    check(r#""earned":"#, r#""earned":1,"earned":"#, "twice");
    check(r#""entry":"collected""#, r#""entry":"collected","entry":"waived""#, "twice");
    check(r#""earned":"#, r#""earmark":1,"earned":"#, "earmark is not a member");
    check(r#""earned":"#, r#""approver":null,"earned":"#, "approver is not a member");
    check(r#""earned":9500,"#, "", "the member `earned` is missing");
    check(r#""earned":9500"#, r#""earned":-1"#, "a member is the number -1");
    check(r#""earned":9500"#, r#""earned":9500.0"#, "only integers");
    check(r#""earned":9500"#, r#""earned":9007199254740992"#, "only integers");
    check(r#""earned":9500"#, r#""earned":"9500""#, "a member is the text");
    check(r#""entry":"collected""#, r#""entry":"collect""#, "is none of what can stand here");
    check(r#""entry":"collected","#, "", "the member `entry` is missing");
    check(r#""accepted""#, r#""accepted?""#, "is none of what can stand here");
    check(r#""time":"fail""#, r#""time":"fail","word":1"#, "is none of its members");
    check(r#""time":"fail""#, r#""time":"passed""#, "is none of what can stand here");
    check(
        r#"{"content":"pass","grading":"pass","identity":"unknown","signature":"pass","time":"fail"}"#,
        r#"["pass","pass","unknown","pass","fail"]"#,
        "levels is not written",
    );
    check("sha256:", "SHA256:", "64 lower-case");
    check("08:00:00Z", "08:00:00+00:00", "whole seconds");
    check("tiktok", "TikTok", "a-z");
    assert!(Entry::parse(b"[]").is_err());
    assert!(Entry::parse(b"").is_err());
    assert_eq!(Entry::parse(&vec![b' '; MAX_BYTES + 1]), Err(LogFault::TooLarge { limit: MAX_BYTES }));
}

#[test]
fn a_waiver_cannot_be_read_as_a_completion() {
    for entry in entries() {
        if let Event::Waived { .. } = entry.event {
            let text = String::from_utf8(entry.bytes()).unwrap().replace("\"waived\"", "\"collected\"");
            assert!(Entry::parse(text.as_bytes()).is_err(), "{text}");
        }
    }
}

#[test]
fn a_long_text_is_not_repeated_at_length() {
    let text = format!(r#"{{"at":"2026-11-23T08:00:00Z","entry":"{}"}}"#, "x".repeat(60_000));
    assert!(Entry::parse(text.as_bytes()).unwrap_err().to_string().len() < 300);
    let name = "y".repeat(60_000);
    let text = format!(r#"{{"at":"2026-11-23T08:00:00Z","entry":"joined","{name}":1}}"#);
    assert!(Entry::parse(text.as_bytes()).unwrap_err().to_string().len() < 300);
}

use proptest::prelude::*;

use super::*;

const MIXED: &str = "this host mixes Latin and Cyrillic letters in one name, as hosts do that imitate others";
const NUMBER: &str = "this host is a number and has no name, so nobody can see whose it is";

fn doubts(written: &str) -> Vec<String> {
    Address::read(written).doubts().iter().map(ToString::to_string).collect()
}

#[test]
fn only_web_and_mail_addresses_are_opened() {
    let check = |written: &str, expected: Result<&str, Refusal>| {
        assert_eq!(Address::read(written).target(), expected, "{written}");
    };
    for written in [
        "http://a.example",
        "https://a.example/x?y#z",
        "HTTPS://a.example",
        "mailto:a@example.com",
        "http://[::1]/",
        "https://example.org/?a=1&b=%20#x",
    ] {
        check(written, Ok(written));
    }
    for written in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ssh://a",
        "/bin/sh",
        "",
        "https",
        " https://a.example",
    ] {
        check(written, Err(Refusal::Scheme));
    }
    for written in [
        "https://example.com/a b",
        "https://example.com/\"&calc",
        "https://example.com/`id`",
        "https://example.com/a|b",
        "https://example.com/\\\\share",
        "https://example.com/\u{202e}",
        "https://exam\u{200b}ple.com/",
        "https://a\u{1b}",
        "https://a\u{1b}]52;c;aGk=\x07",
        "https://example.com/a\nb",
    ] {
        check(written, Err(Refusal::Characters));
    }
    check("https://", Err(Refusal::Meaningless));
    check("https://xn--a/", Err(Refusal::Meaningless));
    check("https://256.1.1.1/", Err(Refusal::Meaningless));
    check("https://münchen.example/ä", Ok("https://xn--mnchen-3ya.example/%C3%A4"));
    check(&format!("https://a.example/{}", "a".repeat(LONGEST)), Err(Refusal::Length));
    check(&format!("https://a.example/{}", "ä".repeat(LONGEST / 3)), Err(Refusal::Length));
}

#[test]
fn hosts_that_imitate_others_are_told_from_those_of_other_languages() {
    let check = |written: &str, expected: &[&str]| assert_eq!(doubts(written), expected, "{written}");
    // Cyrillic а.
    let looks = "this host looks like example.com and is another one";
    check("https://exаmple.com/", &[MIXED, looks, "this host is looked up as xn--exmple-4nf.com"]);
    check(
        "https://xn--exmple-4nf.com/",
        &[
            "this host is written in a code for letters beyond a to z; it reads exаmple.com",
            MIXED,
            "this host looks like example.com and is another one",
        ],
    );
    // Every letter is Cyrillic.
    check(
        "https://аррӏе.com",
        &[
            "this host looks like apple.com and is another one",
            "this host is looked up as xn--80ak6aa92e.com",
        ],
    );
    check(
        "https://login.аррӏе.com/x",
        &[
            "this host looks like login.apple.com and is another one",
            "this host is looked up as login.xn--80ak6aa92e.com",
        ],
    );
    check(
        "https://google.com.gοogle.example",
        &[
            "this host mixes Latin and Greek letters in one name, as hosts do that imitate others",
            "this host looks like google.com.google.example and is another one",
            "this host is looked up as google.com.xn--gogle-rce.example",
        ],
    );
    check("mailto:it@exаmple.com", &[MIXED, looks, "this host is looked up as xn--exmple-4nf.com"]);
    check("mailto:it@example.com", &[]);
    for honest in [
        "https://example.com",
        "https://münchen.example",
        "https://hjælp.example",
        "https://łódź.example",
        "https://пример.example",
        "https://хор.рф",
        "https://例え.example",
        "https://toyotaトヨタ車.example",
        "https://kpop한국.example",
        "https://παράδειγμα.example",
        "https://مثال.example",
        "https://i❤.example",
    ] {
        check(honest, &[]);
    }
    check(
        "https://xn--mnchen-3ya.example",
        &["this host is written in a code for letters beyond a to z; it reads münchen.example"],
    );
}

#[test]
fn both_forms_of_a_host_are_said() {
    let check = |written: &str, expected: &str| {
        let address = Address::read(written);
        assert_eq!(address.host().map(ToString::to_string).as_deref(), Some(expected), "{written}");
    };
    check("https://Example.COM./x", "example.com");
    check("https://münchen.example", "münchen.example (looked up as xn--mnchen-3ya.example)");
    check("https://xn--mnchen-3ya.example", "münchen.example (looked up as xn--mnchen-3ya.example)");
    check("https://ｅｘａｍｐｌｅ.com", "example.com");
    check("http://[2001:db8::1]:80/", "[2001:db8::1]");
    check("mailto:a@example.com?subject=b@c", "example.com");
}

/// It was said in the panel before the address is opened alone, and not where it is copied from.
#[test]
fn a_host_that_is_not_read_as_it_is_written_is_told() {
    let check = |written: &str, expected: &[&str]| assert_eq!(doubts(written), expected, "{written}");
    let example = ["this host is looked up as example.com"];
    check("https://example.org%2eexample.com/", &["this host is looked up as example.org.example.com"]);
    check("https://ｅｘａｍｐｌｅ.com", &example);
    check("https://example。com", &example);
    check("https://ｅｘａｍｐｌｅ.com:443/x", &example);
    check("https://%65xample.com", &example);
    check("https://Example.COM./", &[]);
    check(
        "https://ada@example.com",
        &["what stands before the @ (ada) is not the host; this leads to example.com"],
    );
    check("https://MÜNCHEN.example", &[]);
}

/// Only what stands before the `?` was looked at once.
#[test]
fn everybody_a_mail_goes_to_is_told() {
    let check = |written: &str, host: Option<&str>, expected: &[&str]| {
        let address = Address::read(written);
        assert_eq!(address.host().map(Host::ascii), host, "{written}");
        assert_eq!(doubts(written), expected, "{written}");
        assert_eq!(address.target(), Ok(written));
    };
    let here = Some("example.org");
    let also = "this mail goes to evil.example as well";
    check("mailto:a@example.org", here, &[]);
    check("mailto:a@example.org,b@example.org?cc=c@EXAMPLE.org", here, &[]);
    for written in [
        "mailto:a@example.org,b@evil.example",
        "mailto:a@example.org;b@evil.example",
        "mailto:a@example.org%2Cb@evil.example",
        "mailto:a@example.org?cc=b@evil.example",
        "mailto:a@example.org?subject=x&BCC=b%40evil.example",
        "mailto:a@example.org?b%63c=b@evil.example",
        "mailto:?to=a@example.org,b@evil.example",
    ] {
        check(written, here, &[also]);
    }
    let coded = [
        "this host is written in a code for letters beyond a to z; it reads аpple.com",
        "this host mixes Cyrillic and Latin letters in one name, as hosts do that imitate others",
        "this host looks like apple.com and is another one",
    ];
    check("mailto:?to=b@xn--pple-43d.com", Some("xn--pple-43d.com"), &coded);
    let also = ["this mail goes to аpple.com (looked up as xn--pple-43d.com) as well"];
    check("mailto:a@example.org?cc=b@xn--pple-43d.com", here, &[&coded[..], &also].concat());
    check("mailto:?subject=who%20gets%20it", None, &[]);
    check("mailto:a@example.org?subject=b@evil.example&body=one%0D%0Abcc:b@evil.example", here, &[]);
}

#[test]
fn mails_whose_hosts_cannot_be_told_are_not_opened() {
    let check = |written: &str, expected: Refusal| {
        assert_eq!(Address::read(written).target(), Err(expected), "{written}");
    };
    check("mailto:root", Refusal::Recipient);
    check("mailto:a@example.org?cc=root", Refusal::Recipient);
    check("mailto:a@[192.0.2.1]", Refusal::Recipient);
    check("mailto:a@192.0.2.1", Refusal::Recipient);
    check("mailto:a@", Refusal::Recipient);
    check("mailto:a@evil.example%20b@example.org", Refusal::Recipient);
    check("mailto:a@example.org%3Fcc%3Db@evil.example", Refusal::Recipient);
    check("mailto:a@example.org)", Refusal::Recipient);
    check("mailto:a@example.org?attach=/etc/passwd", Refusal::Field);
    check("mailto:a@example.org?%20bcc=b@evil.example", Refusal::Field);
    check("mailto:a@example.org?reply-to=b@evil.example", Refusal::Field);
    check("mailto:a@example.org?subject=x%0Abcc:b@evil.example", Refusal::Characters);
    check("mailto:a@example.org%0d%0abcc:b@evil.example", Refusal::Recipient);
    let many = |count: usize| vec!["a@example.org"; count].join(",");
    assert!(Address::read(&format!("mailto:{}", many(RECIPIENTS))).target().is_ok());
    check(&format!("mailto:{}", many(RECIPIENTS + 1)), Refusal::Recipients);
    check(&format!("mailto:{}?cc=b@example.org", many(RECIPIENTS)), Refusal::Recipients);
    assert_eq!(Refusal::Recipients.to_string(), "a mail to more than 16 recipients is not opened");
}

#[test]
fn what_passes_for_the_host_and_is_not() {
    let check = |written: &str, expected: &[&str]| assert_eq!(doubts(written), expected, "{written}");
    check(
        "https://bank.example@evil.example/",
        &["what stands before the @ (bank.example) is not the host; this leads to evil.example"],
    );
    check(
        "https://bank.example:443@evil.example:8443/",
        &[
            "what stands before the @ (bank.example:443) is not the host; this leads to evil.example",
            "this leads to port 8443, which is unusual for a web page",
        ],
    );
    check("https://evil.example/@bank.example", &[]);
    check("https://evil.example/?a@bank.example", &[]);
    check("https://192.0.2.1/", &[NUMBER]);
    check("https://[2001:db8::1]/", &[NUMBER]);
    for written in ["3221225985", "0xc0000201", "0300.0.2.1", "192.0.513"] {
        let words = format!(
            "this host, {written}, is the number 192.0.2.1 and has no name, so nobody can see whose it is"
        );
        check(&format!("https://{written}/"), &[&words]);
    }
    check("http://example.com/", &["this is http without s: it can be read and changed on the way"]);
    check("http:/example.com", &["this is http without s: it can be read and changed on the way"]);
    check("https://example.com:443/", &[]);
    for own in
        ["http://localhost:8080/x", "http://127.0.0.1:3000", "http://[::1]:3000/", "http://a.localhost/"]
    {
        check(own, &[]);
    }
    check("http://localhost.example/", &["this is http without s: it can be read and changed on the way"]);
}

#[test]
fn words_that_name_somebody_else() {
    let check = |text: &str, written: &str, expected: Option<&str>| {
        let address = Address::of_link(text, written);
        let found: Vec<String> = address.doubts().iter().map(ToString::to_string).collect();
        assert_eq!(found.first().map(String::as_str), expected, "[{text}]({written})");
    };
    let other = Some("the words of the link say bank.com, but it leads to evil.example");
    check("https://bank.com/login", "https://evil.example/", other);
    check("www.bank.com", "https://evil.example/", other);
    check("Bank.com", "https://evil.example/", other);
    check("https://bank.com/login", "https://www.bank.com/else", None);
    check("www.bank.com", "https://login.bank.com/", None);
    check("login.bank.com", "https://bank.com/", None);
    check(
        "notbank.com",
        "https://bank.com/",
        Some("the words of the link say notbank.com, but it leads to bank.com"),
    );
    check("the bank", "https://evil.example/", None);
    check("about bank.com", "https://evil.example/", None);
    // Within other words too, where nobody would take it for anything else.
    check("Go to https://bank.com now", "https://evil.example/", other);
    check("the page (www.bank.com), then", "https://evil.example/", other);
    check("“HTTPS://Bank.com/login”: sign in", "https://evil.example/", other);
    check("first https://evil.example/, then https://bank.com", "https://evil.example/", other);
    check("Go to https://bank.com now", "https://login.bank.com/", None);
    check("www. is old", "https://evil.example/", None);
    check("node.js", "https://nodejs.org/", None);
    check("report.pdf", "https://evil.example/", None);
    check("", "https://evil.example/", None);
    check("it@bank.com", "mailto:it@bank.com", None);
    check("IT@bank.com", "mailto:it@bank.com?subject=x", None);
    check(
        "it@bank.com",
        "mailto:it@evil.example",
        Some("the words of the link say it@bank.com, but it leads to it@evil.example"),
    );
    check(
        "it@bank.com",
        "mailto:?to=it@evil.example",
        Some("the words of the link say it@bank.com, but it leads to it@evil.example"),
    );
    check("it@bank.com", "mailto:?to=it%40bank.com", None);
}

#[test]
fn doubts_are_sentences_too() {
    let sentence = Doubt::Port(81).sentence();
    assert_eq!(sentence, "This leads to port 81, which is unusual for a web page.");
}

proptest! {
    #[test]
    fn whatever_is_opened_is_plain(written in "(https?|mailto|file|)(:|://|:/)?\\PC{0,20}(@|\\.|xn--)?.{0,12}") {
        let address = Address::of_link("x.com", &written);
        if let Ok(target) = address.target() {
            prop_assert!(target.bytes().all(is_plain), "{target}");
            prop_assert!(Url::parse(target).is_ok());
        }
        for doubt in address.doubts() {
            prop_assert!(!doubt.to_string().is_empty());
        }
    }

    #[test]
    fn what_is_opened_leads_to_the_host_that_was_said(
        host in "[a-zäöа-яα-ω一二]{1,8}", tail in "(/[a-zä]{0,5}){0,2}",
    ) {
        let address = Address::read(&format!("https://{host}.example{tail}"));
        if let Ok(target) = address.target() {
            let parsed = Url::parse(target).expect("an address");
            prop_assert_eq!(parsed.host_str(), address.host().map(Host::ascii));
        }
    }
}

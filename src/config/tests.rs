use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const ACTIONS: [&str; 3] = ["page_down", "leave", "help"];

fn reading(text: &str) -> (Config, Vec<String>) {
    let Read { config, faults } = read("config.ron", text.as_bytes(), &ACTIONS);
    (config, faults.iter().map(sentence).collect())
}

#[test]
fn what_stands_in_the_file_holds_and_the_rest_is_as_without_it() {
    let (config, faults) = reading(
        "// Mine.\n(\n    theme: \"dark\", // easy on the eyes\n    text_width: 72,\n    face: linear,\n    \
         name: \"Ada Lovelace\",\n    keys: (page_down: [\"x\", \"Ctrl-n\"]),\n)\n",
    );
    assert_eq!(faults, [""; 0]);
    let key = |text: &str, column| WrittenKey { text: text.to_owned(), at: Position { line: 7, column } };
    assert_eq!(
        config,
        Config {
            theme: ThemeName::Dark,
            text_width: 72,
            face: Face::Linear,
            name: Some("Ada Lovelace".to_owned()),
            keys: vec![KeyWish {
                action: "page_down",
                at: Position { line: 7, column: 23 },
                keys: vec![key("x", 24), key("Ctrl-n", 29)],
            }],
            ..Config::default()
        }
    );
    for nothing in ["", "\n \n", "\u{feff}", "()"] {
        assert_eq!(reading(nothing), (Config::default(), Vec::new()), "{nothing:?}");
    }
}

#[test]
fn what_is_wrong_is_said_at_its_place_and_the_rest_holds() {
    let check = |text: &str, expected: &[&str]| {
        let (config, faults) = reading(text);
        assert_eq!(faults, expected, "{text}");
        assert_eq!(config.mouse, Mouse::Off, "{text}");
        assert_eq!(config.theme, ThemeName::Terminal, "{text}");
    };
    check(
        "(thme: \"terminal\", mouse: \"off\")",
        &["config.ron:1:2: unknown field `thme`; did you mean `theme`?"],
    );
    check(
        "(theme: \"drak\", mouse: \"off\")",
        &["config.ron:1:9: `drak` is no value of `theme`; did you mean `dark`?"],
    );
    check(
        "(\n  theme: \"purple\",\n  mouse: \"off\")",
        &[
            "config.ron:2:10: `purple` is no value of `theme`; one of \"terminal\", \"light\", \"dark\", \"high-contrast\", \"colour-blind\"",
        ],
    );
    check(
        "(theme: 7, mouse: \"off\")",
        &["config.ron:1:9: expected a text in double quotes, found the number `7`"],
    );
    check(
        "(text_width: 19, mouse: \"off\", margin: \"2\", line_width: 99999999999)",
        &[
            "config.ron:1:14: expected a whole number from 20 to 400, found the number `19`",
            "config.ron:1:40: expected a whole number from 0 to 40, found a text; write it without quotation marks: 2",
            "config.ron:1:57: expected a whole number from 10 to 1000, found the number `99999999999`",
        ],
    );
    check("(text_width: 80 mouse: \"off\")", &["config.ron:1:16: a comma is missing here"]);
    check("(mouse: \"on\", mouse: \"off\")", &["config.ron:1:15: field `mouse` stands here twice"]);
    check(
        "(name: \"A\\nB\", mouse: \"off\")",
        &["config.ron:1:8: expected a text of one line with at most 200 characters"],
    );
    check(
        "(keys: (page_dwn: [\"x\"]), mouse: \"off\")",
        &["config.ron:1:9: unknown field `page_dwn`; did you mean `page_down`?"],
    );
    check(
        "(keys: (quit: [\"x\"]), mouse: \"off\")",
        &["config.ron:1:9: unknown field `quit`; did you mean `leave`?"],
    );
    check(
        "(lines: 30, widht: 60, mouse: \"off\")",
        &[
            "config.ron:1:2: unknown field `lines`; did you mean `page_lines`?",
            "config.ron:1:13: unknown field `widht`; did you mean `text_width` or `line_width`?",
        ],
    );
    check(
        "(keys: (leave: \"x\"), mouse: \"off\")",
        &["config.ron:1:16: expected a list in [ ], found a text; write it in brackets: [\"x\"]"],
    );
    let keys = vec!["\"x\""; 17].join(",");
    check(
        &format!("(keys: (leave: [{keys}]), mouse: \"off\")"),
        &["config.ron:1:16: expected at most 16 keys, and there are 17"],
    );
    check("(mouse: \"off\", theme: \"dark", &["config.ron:1:23: this text never ends, expected `\"`"]);
}

#[test]
fn a_file_that_cannot_be_read_at_all_is_one_fault() {
    let check = |bytes: &[u8], expected: &str| {
        let Read { config, faults } = read("config.ron", bytes, &ACTIONS);
        assert_eq!(config, Config::default());
        assert_eq!(faults.iter().map(sentence).collect::<Vec<_>>(), [expected]);
    };
    check(
        &vec![b' '; MAX_BYTES + 1],
        "config.ron: 65537 bytes are too many, 65536 is the limit; take out what is no setting",
    );
    check(b"(theme: \"\xff\")", "config.ron:1:10: byte 0xff is not UTF-8; save the file as UTF-8");
    check(b"[1]", "config.ron:1:1: expected `(field: value, \u{2026})`, found a list");
}

fn changed(text: &str, settings: &[(Setting, &str)]) -> String {
    let mut config = Config::default();
    for (setting, value) in settings {
        assert!(setting.set(&mut config, value), "{value} is a value");
    }
    let settings: Vec<Setting> = settings.iter().map(|(setting, _)| *setting).collect();
    match edited("config.ron", text.as_bytes(), &config, &settings) {
        Ok(bytes) => String::from_utf8(bytes).expect("UTF-8 stays UTF-8"),
        Err(fault) => format!("error: {fault}"),
    }
}

#[test]
fn a_change_touches_nothing_else() {
    let check = |before: &str, after: &str| {
        assert_eq!(changed(before, &[(Setting::Theme, "dark")]), after, "{before:?}");
    };
    check("", "(\n    theme: \"dark\",\n)\n");
    check("// mine\n", "// mine\n(\n    theme: \"dark\",\n)\n");
    check("// mine", "// mine\n(\n    theme: \"dark\",\n)\n");
    check("()", "(theme: \"dark\")");
    check("(theme: \"light\")", "(theme: \"dark\")");
    check("(theme: light /* why */, mouse: \"on\")", "(theme: \"dark\" /* why */, mouse: \"on\")");
    check("(mouse: \"on\")", "(mouse: \"on\", theme: \"dark\")");
    check("(mouse: \"on\",)", "(mouse: \"on\", theme: \"dark\")");
    check(
        "(\n  mouse: \"on\" // mine, all mine\n)\n",
        "(\n  mouse: \"on\", // mine, all mine\n  theme: \"dark\",\n)\n",
    );
    check(
        "(\n\tmouse: \"on\", /* a /* b */ c */\n)",
        "(\n\tmouse: \"on\", /* a /* b */ c */\n\ttheme: \"dark\",\n)",
    );
    check("(\n)\n// end", "(\n    theme: \"dark\",\n)\n// end");
    check(
        "\u{feff}(\r\n  mouse: \"on\"\r\n)\r\n",
        "\u{feff}(\r\n  mouse: \"on\",\r\n  theme: \"dark\",\r\n)\r\n",
    );
    check("\u{feff}// Ä\r\n(theme: \"light\")\r\n", "\u{feff}// Ä\r\n(theme: \"dark\")\r\n");
    check("(unknown: [1, 2], theme: \"light\")", "(unknown: [1, 2], theme: \"dark\")");
    // Nobody's file is made worse than it is.
    check("(theme: \"light\" mouse: \"on\")", "error: config.ron:1:16: a comma is missing here");
    check("(theme: \"light", "error: config.ron:1:9: this text never ends, expected `\"`");
    check("/* never", "error: config.ron:1:1: this comment never ends, expected `*/`");
    check("[]", "error: config.ron: expected `(field: value, …)`");
}

#[test]
fn every_value_of_every_setting_can_be_set_and_stepped_to() {
    for setting in Setting::ALL {
        let mut config = Config::default();
        let mut seen = vec![setting.value(&config)];
        for _ in 0..1100 {
            setting.step(&mut config, Way::On);
            seen.push(setting.value(&config));
            assert!(!setting.said(&config).is_empty());
        }
        match setting.kind() {
            Kind::OneOf(words) => assert!(words.iter().all(|word| seen.iter().any(|one| one == word))),
            Kind::Number { least, most, .. } => {
                assert_eq!(setting.value(&config), most.to_string());
                for _ in 0..1100 {
                    setting.step(&mut config, Way::Back);
                }
                assert_eq!(setting.value(&config), least.to_string());
                assert!(!setting.set(&mut config, &(u32::from(most) + 1).to_string()));
            }
        }
        assert!(!setting.set(&mut config, "nonsense"));
    }
}

#[test]
fn every_setting_stands_in_the_reference_with_what_holds_without_it() {
    let fields = reference::CONFIG.fields;
    for setting in Setting::ALL {
        let field = fields.iter().find(|field| field.name == setting.name()).expect("a field of its own");
        let expected = setting.ron(&Config::default());
        assert_eq!(field.presence, crate::course::reference::Presence::Default(expected.leak()));
        match setting.kind() {
            Kind::OneOf(words) => {
                let all: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                assert_eq!(field.value, all.join(", "));
            }
            Kind::Number { least, most, .. } => {
                assert_eq!(field.value, "number");
                assert!(field.meaning.contains(&format!("{least} to {most}")), "{}", field.meaning);
            }
        }
    }
    assert_eq!(fields.len(), Setting::ALL.len() + 3);
}

fn any_setting() -> impl Strategy<Value = Setting> {
    prop::sample::select(Setting::ALL.to_vec())
}

/// Files as people write them, with more or less in them.
fn files() -> impl Strategy<Value = String> {
    let entry = prop_oneof![
        Just("theme: \"light\""),
        Just("text_width: 60"),
        Just("mouse: off"),
        Just("name: \"Ada, (Lovelace)\""),
        Just("keys: (leave: [\"x\", \",\"])"),
        Just("zoom_in: [1, 2]"),
    ];
    let gap = prop_oneof![
        Just(" "),
        Just("\n"),
        Just("\r\n    "),
        Just(" // a, (b)\n"),
        Just(" /* c, /* d */ ) */ "),
    ];
    let entries = prop::collection::vec((gap.clone(), entry, gap.clone()), 0..5);
    (gap.clone(), entries, any::<bool>(), gap.clone(), gap).prop_map(
        |(before, entries, comma, end, behind)| {
            let count = entries.len();
            let mut text = format!("{before}(");
            for (index, (before, entry, after)) in entries.into_iter().enumerate() {
                let comma = if index + 1 < count || comma { "," } else { "" };
                let _ = write!(text, "{before}{entry}{after}{comma}");
            }
            text + end + ")" + behind
        },
    )
}

proptest! {
    #[test]
    fn whatever_a_person_wrote_is_still_there_after_a_change(
        text in files(),
        settings in prop::collection::vec(any_setting(), 1..4),
        steps in 0_usize..7,
    ) {
        let (before, faults) = reading(&text);
        let mut wanted = before.clone();
        for setting in &settings {
            (0..steps).for_each(|_| setting.step(&mut wanted, Way::On));
        }
        let bytes = edited("config.ron", text.as_bytes(), &wanted, &settings);
        let bytes = bytes.map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        let after = String::from_utf8(bytes).expect("UTF-8 stays UTF-8");
        let (read, faults_after) = reading(&after);
        let plain = |config: &Config| Config { keys: Vec::new(), ..config.clone() };
        prop_assert_eq!(plain(&read), plain(&wanted), "{}", after);
        prop_assert_eq!(faults.len(), faults_after.len(), "{}", after);
        for comment in ["// a, (b)", "/* c, /* d */ ) */", "zoom_in: [1, 2]", "leave: [\"x\", \",\"]"] {
            prop_assert_eq!(text.matches(comment).count(), after.matches(comment).count(), "{}", after);
        }
        // Doing it twice is doing it once.
        let again = edited("config.ron", after.as_bytes(), &wanted, &settings);
        prop_assert_eq!(again.expect("read a moment ago"), after.as_bytes());
    }

    #[test]
    fn no_file_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[()\\[\\]{}:,\"a-z/* \n]{0,80}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            let Read { config, .. } = read("config.ron", bytes, &ACTIONS);
            drop(edited("config.ron", bytes, &config, &Setting::ALL));
        }
    }
}

/// `docs/settings.md`.
fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    std::fs::read_to_string(path).expect("the page")
}

#[test]
fn the_page_has_every_field_and_no_other() {
    use crate::course::reference::Presence;

    let head = "| field | value | without it | meaning |\n|---|---|---|---|\n";
    let mut expected = head.to_owned();
    for field in reference::CONFIG.fields {
        let without = match field.presence {
            Presence::Required => "a fault".to_owned(),
            Presence::Optional => "nothing".to_owned(),
            Presence::Default(value) => format!("`{value}`"),
        };
        let _ = writeln!(expected, "| `{}` | {} | {without} | {} |", field.name, field.value, field.meaning);
    }
    let page = page();
    let rest = page.split_once(head).expect("the table of fields").1;
    let rows: String = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).collect();
    assert_eq!(format!("{head}{rows}"), expected, "\n{expected}");
}

use super::outgoing::Outgoing;
use super::plan::{Caution, Coverage, Kind, Plan, Planner};
use super::*;
use crate::clock::Timestamp;
use crate::registry::dossier::{Dossier, RosterState};
use crate::registry::person::Presence;
use crate::registry::row::Membership;

fn read(text: &str) -> Roster {
    Roster::read(text, &Manner::default()).expect("a roster")
}

fn number(text: &str) -> PersonNumber {
    PersonNumber::new(text).expect("a number")
}

fn known(who: &str, row: &str, presence: Presence) -> Dossier {
    let read = read(&format!("number,name,email,department,status,hired,leaves\n{who},{row}"));
    let profile = read.people[who].profile.clone();
    Dossier {
        number: number(who),
        roster: Some(RosterState {
            profile,
            said: presence,
            presence,
            day: Timestamp::EPOCH.date(),
            first_seen: Timestamp::EPOCH,
        }),
        assignments: Vec::new(),
        records: Vec::new(),
        waivers: Vec::new(),
        keys: Vec::new(),
    }
}

fn plan(text: &str, known: Vec<Dossier>, coverage: Coverage) -> Plan {
    let mut roster = read(text);
    let words = Words::default();
    let mut planner = Planner::new(&mut roster, &words, coverage, "2026-11-26".parse().expect("a day"));
    for dossier in known {
        planner.meet(dossier);
    }
    planner.finish()
}

#[test]
fn cells_and_lines_in_every_usual_form() {
    fn check(text: &str, expected: &[(&str, usize, &str)]) {
        let roster = read(text);
        let found: Vec<_> = roster
            .people
            .iter()
            .map(|(number, row)| (number.as_str(), row.line, row.profile.name.as_str()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
        assert_eq!(roster.rejects, [], "{text:?}");
    }
    check("number,name\n007,Ada\n", &[("007", 2, "Ada")]);
    check("number;name\n007;\"Byron; Ada\"\n", &[("007", 2, "Byron; Ada")]);
    check("number\tname\n007\t  Ada  \n", &[("007", 2, "Ada")]);
    check("sep=;\r\nnumber;name\r\n\r\n007;Byron, Ada\r\n", &[("007", 4, "Byron, Ada")]);
    check("sep=|\nnumber|name\n007|\"Byron|Ada\"\n", &[("007", 3, "Byron|Ada")]);
    check("\n\nname,number,,\nAda \"\"B,7,,\n\nBob,8,,\n", &[("7", 4, "Ada \"\"B"), ("8", 6, "Bob")]);
    check(
        "ID,Vorname,Nachname\n1,Ada,Byron\n2,,Lee\n3,Mary,\n",
        &[("1", 2, "Ada Byron"), ("2", 3, "Lee"), ("3", 4, "Mary")],
    );
    check(
        "Personalnr;Vorname;Name\n1;Ada;Byron\n2;Ada;Ada Byron\n",
        &[("1", 2, "Ada Byron"), ("2", 3, "Ada Byron")],
    );
    check("工号,名,姓\n七,三,张\n8,Mei,张\n", &[("8", 3, "Mei 张"), ("七", 2, "张三")]);
    check(
        "number,first name,last name\n1,민준,김\n2,花子,田中\n",
        &[("1", 2, "김민준"), ("2", 3, "田中花子")],
    );
    check("工号,姓名\n七,张三\n8,Ω \u{202e}Ω\n", &[("8", 3, "Ω \u{202e}Ω"), ("七", 2, "张三")]);
    check("number;name\n1;Ada;\n2;Bob;\n", &[("1", 2, "Ada"), ("2", 3, "Bob")]);
    check("number,name,note\n1,Ada,\"two\nlines\"\n2,Bob,x\n", &[("1", 2, "Ada"), ("2", 4, "Bob")]);
}

#[test]
fn every_row_is_a_person_or_is_listed_with_what_to_do() {
    fn check(row: &str, expected: &str) {
        let roster = read(&format!("number,name,email,hired,leaves,status\n1,Ada,,,,\n{row}\n"));
        let [reject] = roster.rejects.as_slice() else { panic!("{row}: {:?}", roster.rejects) };
        assert_eq!((reject.line, reject.reasons.join("; ")), (3, expected.to_owned()), "{row}");
        assert_eq!(roster.people.len(), 1);
    }
    check(",Bob,,,,", "the employee number is missing");
    check("2,,,,,", "the name is missing");
    check(
        "2,Byron, Ada,,,,",
        "it has 7 cells where the header has 6: is a sign between cells or a quotation mark missing, or one too many?; Ada is not one e-mail address: leave exactly one, or none",
    );
    check(
        "2,Bob",
        "it has 2 cells where the header has 6: is a sign between cells or a quotation mark missing, or one too many?",
    );
    check("2,Bob,bob,,,", "bob is not one e-mail address: leave exactly one, or none");
    check(
        "2,Bob,,03/04/2026,,",
        "the hire date 03/04/2026 can be read with the day or the month first: say --dates day-first or --dates month-first",
    );
    check("2,Bob,,,soon,", "the leave date soon is no date: write it as 2026-12-31");
    check("2,Bob,,2026-02-01,2026-01-01,", "the last day, 2026-01-01, is before the first, 2026-02-01");
    check(
        "2,Bob,,,,Karenz",
        "the status Karenz is not known: say what it means with --status \"Karenz=at work\", \"=on leave\" or \"=left\"",
    );
    check(
        "2,Bob,,,,To come",
        "by the status To come they have not begun, and no first day says when they do: write it into the column hired, or leave the row out until it is known",
    );
    check("2,Bob,,soon,,to come", "the hire date soon is no date: write it as 2026-12-31");
    check(
        "1.2E+05,Bob,,,,",
        "1.2E+05 is an employee number that a spreadsheet has rounded: format the column as text and export again",
    );
    check(
        "2,\"Bob\"x,,,,",
        "a cell goes on behind the quotation mark that closes it: put the whole cell in quotation marks (a mark within a text is written twice: \"\")",
    );
    check(
        "2,\"Bob\nBob\",,,,",
        "the name has a line break or another control character in it: write it in one line",
    );
    check(
        &format!("2,\"Bob{},,,,", "x\n".repeat(1_000)),
        "it has 2 cells where the header has 6: is a sign between cells or a quotation mark missing, or one too many?; the name has more than 1000 characters: is a quotation mark before it not closed?",
    );
}

#[test]
fn of_rows_that_contradict_each_other_none_is_taken() {
    let roster = read("number,name\n1,Ada\n2,Bob\n1,Ada\n2,Rob\n2,Bob\n3,Eve\n3,\n01,Ann\n");
    assert_eq!(roster.people.keys().map(PersonNumber::as_str).collect::<Vec<_>>(), ["01", "1"]);
    assert_eq!(roster.repeated, 1);
    let lines: Vec<_> =
        roster.rejects.iter().map(|reject| (reject.line, reject.reasons.join("; "))).collect();
    let differs =
        |number, line| format!("{number} stands in line {line} too, and differs there: leave only one");
    assert_eq!(
        lines,
        [
            (3, differs("2", 5)),
            (5, differs("2", 3)),
            (6, differs("2", 3)),
            (7, differs("3", 8)),
            (8, format!("the name is missing; {}", differs("3", 7))),
        ]
    );
    assert_eq!(roster.rejects[1].cells, ["2", "Rob"]);
}

#[test]
fn one_clear_date_settles_the_order_of_all() {
    let roster = read("number,name,hired\n1,Ada,03/04/2026\n2,Bob,31/12/2025\n");
    assert_eq!(roster.people["1"].profile.hired.map(|day| day.to_string()), Some("2026-04-03".to_owned()));
    assert_eq!(roster.dates, Some(DateOrder::DayFirst));
    let both = read("number,name,hired\n1,Ada,03/04/2026\n2,Bob,31/12/2025\n3,Eve,12/31/2025\n");
    assert_eq!(both.people.keys().map(PersonNumber::as_str).collect::<Vec<_>>(), ["2", "3"]);
    assert!(both.rejects[0].reasons[0].contains("dates of both kinds"), "{:?}", both.rejects);
}

/// Exports of SAP and others have 9999-12-31 where nobody knows of an end; every such row was refused.
#[test]
fn a_last_day_in_the_year_9999_is_none() {
    for never in ["9999-12-31", "31.12.9999", "12/31/9999", "99991231"] {
        let roster = read(&format!("number,name,leaves\n1,Ada,{never}\n"));
        assert_eq!(roster.people["1"].profile.leaves, None, "{never}");
    }
    let hired = read("number,name,hired\n1,Ada,9999-12-31\n");
    assert_eq!(hired.rejects[0].reasons, ["the hire date 9999-12-31 is no date: write it as 2026-12-31"]);
}

#[test]
fn a_plan_says_who_joins_changes_leaves_and_returns() {
    let known = || {
        vec![
            known("1", "Ada,ada@example.org,Sales,,,", Presence::Active),
            known("2", "Bob,,Sales,,,", Presence::Active),
            known("3", "Eve,,,,,", Presence::Gone),
            known("4", "Dan,,,,,", Presence::Active),
            known("5", "Fay,,,on leave,,", Presence::Away),
            known("6", "Gil,,,,,", Presence::Active),
        ]
    };
    let file = "number,name,department,leaves\n1,Ada,Sales,\n2,Bob,Legal,\n3,Eve,,\n4,Dan,,2026-11-25\n5,Fay,,\n7,Hal,,\n";
    let partial = plan(file, known(), Coverage::Partial);
    let kinds: Vec<_> = partial.steps.iter().map(|step| (step.change.number.as_str(), step.kind)).collect();
    assert_eq!(kinds, [("2", Kind::Changes), ("3", Kind::Returns), ("4", Kind::Leaves), ("7", Kind::Joins)]);
    assert_eq!(
        partial.unchanged, 3,
        "1 keeps the address that the file has no column for, 5 the leave, 6 everything"
    );
    let difference = &partial.steps[0].differences[0];
    assert_eq!(
        (difference.field, difference.before.as_deref(), difference.after.as_deref()),
        ("department", Some("Sales"), Some("Legal"))
    );
    let complete = plan(file, known(), Coverage::Complete);
    let missing = complete.steps.iter().find(|step| step.change.number.as_str() == "6").expect("6 has left");
    assert_eq!((missing.kind, missing.line, missing.change.presence), (Kind::Leaves, None, Presence::Gone));
    assert_eq!(missing.change.profile.name, "Gil", "what was known stays");
    assert_eq!(partial.cautions, []);
    let two = Outgoing { left: 2, of: 5, ..Outgoing::default() };
    assert_eq!(complete.cautions, [Caution::ManyGo(two)], "4 by the last day, 6 by absence");
}

/// A roster without its last fifth was taken over by a scheduled job.
#[test]
fn a_third_is_many_and_so_is_a_tenth_of_a_large_office() {
    #[track_caller]
    fn check(stay: usize, leave: usize, many: bool) {
        let everybody = (0..stay + leave).map(|n| known(&n.to_string(), "Ada,,,,,", Presence::Active));
        let rows = (0..stay).map(|n| format!("{n},Ada")).collect::<Vec<_>>().join("\n");
        let plan = plan(&format!("number,name\n{rows}"), everybody.collect(), Coverage::Complete);
        let expected = many.then_some(Caution::ManyGo(Outgoing {
            left: leave,
            of: stay + leave,
            ..Outgoing::default()
        }));
        assert_eq!(plan.cautions, Vec::from_iter(expected), "{leave} of {}", stay + leave);
    }
    check(3, 1, false);
    check(2, 1, true);
    check(9, 4, false);
    check(46, 5, false);
    check(45, 5, true);
    check(900, 99, false);
    check(900, 100, true);
}

/// Whoever left by the status or by the last day was not counted, and a whole staff on leave or to come was taken over.
#[test]
fn nobody_goes_unseen_in_whatever_way_a_file_says_so() {
    #[track_caller]
    fn check(before: [&str; 4], rows: [&str; 4], expected: Option<Outgoing>) {
        let numbered = |n: usize| (n + 1).to_string();
        let everybody = before.iter().enumerate().filter(|(_, row)| !row.is_empty());
        let everybody = everybody.map(|(n, row)| known(&numbered(n), row, Presence::Active)).collect();
        let rows = rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
        let rows: Vec<_> = rows.map(|(n, row)| format!("{},{row}", numbered(n))).collect();
        let text = format!("number,name,email,department,status,hired,leaves\n{}", rows.join("\n"));
        let plan = plan(&text, everybody, Coverage::Partial);
        let cautions = expected.map(Caution::ManyGo);
        assert_eq!(plan.cautions, Vec::from_iter(cautions), "{rows:?}");
    }
    const AT_WORK: &str = "Ada,,,active,,";
    let go = |left, leaving, away, to_come, of| Some(Outgoing { left, leaving, away, to_come, of });
    let (here, none) = ([AT_WORK; 4], [""; 4]);
    // The status and the last day say it like absence does.
    check(here, ["Ada,,,left,,", "Ada,,,active,,2026-11-25", AT_WORK, AT_WORK], go(2, 0, 0, 0, 4));
    check(here, ["Ada,,,left,,", AT_WORK, AT_WORK, AT_WORK], None);
    // A last day within a week is as good as over, one after it is not.
    check(here, ["Ada,,,active,,2026-11-27"; 4], go(0, 4, 0, 0, 4));
    check(here, ["Ada,,,active,,2026-12-02"; 4], go(0, 4, 0, 0, 4));
    check(here, ["Ada,,,active,,2026-12-03"; 4], None);
    check(here, ["Ada,,,on leave,,"; 4], go(0, 0, 4, 0, 4));
    check(here, ["Ada,,,active,2099-01-01,"; 4], go(0, 0, 0, 4, 4));
    check(here, ["Ada,,,active,2026-12-03,"; 4], None);
    check(
        here,
        ["Ada,,,left,,", "Ada,,,on leave,,", "Ada,,,active,2099-01-01,", "Ada,,,active,,2026-11-26"],
        go(1, 1, 1, 1, 4),
    );
    // What was known before is not told again.
    check(["Ada,,,active,,2026-11-27"; 4], ["Ada,,,active,,2026-11-27"; 4], None);
    check(["Ada,,,active,2099-01-01,"; 4], ["Ada,,,active,2099-01-02,"; 4], None);
    // Of whoever is new most have to be so, and most of all.
    check(none, ["Ada,,,active,2099-01-01,"; 4], go(0, 0, 0, 4, 4));
    check(none, ["Ada,,,left,,", "Ada,,,left,,", "Ada,,,on leave,,", AT_WORK], go(2, 0, 1, 0, 4));
    check(none, ["Ada,,,left,,", "Ada,,,left,,", AT_WORK, AT_WORK], None);
    check([AT_WORK, AT_WORK, "", ""], ["", "", "Ada,,,active,2099-01-01,", "Ada,,,active,2099-01-01,"], None);
}

/// On leave already, they were told once more with each roster.
#[test]
fn whoever_is_on_leave_goes_once() {
    let rows = "1,Ada,on leave\n2,Bob,on leave\n";
    let away = |row: &str, who| known(who, row, Presence::Away);
    let everybody = vec![away("Ada,,,on leave,,", "1"), away("Bob,,,on leave,,", "2")];
    let plan = plan(&format!("number,name,status\n{rows}"), everybody, Coverage::Complete);
    assert_eq!((plan.cautions, plan.outgoing.of), (Vec::new(), 2));
}

#[test]
fn whoever_could_be_in_a_bad_row_has_not_left() {
    let everybody =
        || vec![known("1", "Ada,,,,,", Presence::Active), known("2", "Bob,,,,,", Presence::Active)];
    let named = plan("number,name\n1,Ada\n2,\n", everybody(), Coverage::Complete);
    assert_eq!((named.steps.len(), named.unchanged), (0, 2));
    let unnamed = plan("number,name\n1,Ada\n,Bob\n", everybody(), Coverage::Complete);
    assert_eq!((unnamed.steps.len(), unnamed.unchanged), (0, 2));
    assert_eq!(unnamed.cautions, [Caution::NobodyLeaves { unread: 1 }]);
    // With a quotation mark that is not closed everybody below was counted as having left.
    let swallowed = plan("number,name\n1,\"Ada\n2,Bob\n", everybody(), Coverage::Complete);
    assert_eq!((swallowed.steps.len(), swallowed.unchanged), (0, 2));
    assert_eq!(swallowed.cautions, [Caution::NobodyLeaves { unread: 1 }]);
    let half = plan("number,name\n1,Ada\n", everybody(), Coverage::Complete);
    assert_eq!(half.cautions, [Caution::ManyGo(Outgoing { left: 1, of: 2, ..Outgoing::default() })]);
}

#[test]
fn zeros_that_a_spreadsheet_dropped_are_noticed() {
    let plan = plan(
        "number,name\n7,Ada\n8,Bob\n",
        vec![known("007", "Ada,,,,,", Presence::Active)],
        Coverage::Partial,
    );
    assert_eq!(plan.cautions, [Caution::Zeros { new: number("7"), known: number("007") }]);
    assert_eq!(plan.count(Kind::Joins), 2);
}

/// Of several in the file that look alike only the last one was held against the registry.
#[test]
fn each_number_of_the_file_is_compared_with_each_of_the_registry() {
    fn check(file: &[&str], before: &[&str], expected: &[(&str, &str)]) {
        let known = before.iter().map(|who| known(who, "Ada,,,,,", Presence::Active)).collect();
        let plan = plan(&format!("number,name\n{},Ada\n", file.join(",Ada\n")), known, Coverage::Partial);
        let zeros = |(new, known): &(&str, &str)| Caution::Zeros { new: number(new), known: number(known) };
        assert_eq!(plan.cautions, expected.iter().map(zeros).collect::<Vec<_>>(), "{file:?} {before:?}");
    }
    check(&["007", "7"], &["7"], &[("007", "7")]);
    check(&["7", "007"], &["007"], &[("7", "007")]);
    check(&["07", "7"], &["007"], &[("07", "007"), ("7", "007")]);
    check(&["7"], &["007", "07"], &[("7", "007"), ("7", "07")]);
    check(&["007", "7"], &["007", "7"], &[]);
}

/// The first file of all, where spreadsheets have dropped half of the zeros, was taken over without a word.
#[test]
fn numbers_of_the_file_that_look_alike_are_noticed() {
    #[track_caller]
    fn check(file: &[&str], before: &[&str], expected: &[(&str, &str)]) {
        let known = before.iter().map(|who| known(who, "Ada,,,,,", Presence::Active)).collect();
        let plan = plan(&format!("number,name\n{},Ada\n", file.join(",Ada\n")), known, Coverage::Partial);
        let twins = |(one, other): &(&str, &str)| Caution::Twins { one: number(one), other: number(other) };
        assert_eq!(plan.cautions, expected.iter().map(twins).collect::<Vec<_>>(), "{file:?}");
        assert_eq!(plan.count(Kind::Joins), file.len() - before.len());
    }
    check(&["1", "2", "01"], &[], &[("01", "1")]);
    check(&["A2", "a2", "3", "3\u{200b}"], &[], &[("3", "3\u{200b}"), ("A2", "a2")]);
    check(&["4", "\u{ff14}", "04"], &[], &[("04", "4"), ("04", "\u{ff14}")]);
    check(&["x-1", "x\u{2011}1", "AB1", "\u{410}B1"], &[], &[("AB1", "\u{410}B1"), ("x-1", "x\u{2011}1")]);
    check(&["O1", "01", "'9", "9"], &[], &[("'9", "9"), ("01", "O1")]);
    check(&["1", "10", "100", "11"], &[], &[]);
    check(&["1", "01"], &["1", "01"], &[]);
}

/// `AB1` beside `ab1` was taken for somebody else without a word.
#[test]
fn numbers_that_look_alike_are_noticed() {
    fn check(new: &str, before: &str, expected: &[Caution]) {
        let known = vec![known(before, "Ada,,,,,", Presence::Active)];
        let plan = plan(&format!("number,name\n{new},Ada\n"), known, Coverage::Partial);
        assert_eq!(plan.cautions, expected, "{new} {before}");
    }
    let alike = |new, known| [Caution::Alike { new: number(new), known: number(known) }];
    check("AB1", "ab1", &alike("AB1", "ab1"));
    check("\u{ff21}B1", "AB1", &alike("\u{ff21}B1", "AB1"));
    check("e\u{301}7", "\u{e9}7", &alike("e\u{301}7", "\u{e9}7"));
    check("7\u{200b}", "7", &alike("7\u{200b}", "7"));
    check("A 1", "A1", &alike("A 1", "A1"));
    // What Word makes of a hyphen, and other dashes; a Cyrillic letter; a letter for a digit.
    check("x\u{2011}1", "x-1", &alike("x\u{2011}1", "x-1"));
    check("x\u{2013}1", "x-1", &alike("x\u{2013}1", "x-1"));
    check("\u{410}B1", "AB1", &alike("\u{410}B1", "AB1"));
    check("O12", "12", &alike("O12", "12"));
    // What spreadsheets and programs make of a number.
    check("'007", "7", &alike("'007", "7"));
    check("\u{2019}7", "7", &alike("\u{2019}7", "7"));
    check("8.0", "8", &alike("8.0", "8"));
    for (new, before) in
        [("8.1", "8"), ("x-1", "x1"), ("8.0.1", "8"), ("AB-1", "AB-2"), ("12", "21"), ("\u{42f}1", "R1")]
    {
        check(new, before, &[]);
    }
    for unseen in ["\u{34f}", "\u{3164}", "\u{180e}", "\u{fe0f}", "\u{e0041}"] {
        let new = format!("7{unseen}");
        let expected = [Caution::Alike { new: number(&new), known: number("7") }];
        check(&new, "7", &expected);
    }
    check("A01", "A1", &[]);
    check("AB2", "AB1", &[]);
}

/// A cell of a column that is not kept may have several lines; rows in it are lost.
#[test]
fn rows_that_a_quotation_mark_has_swallowed_are_told() {
    let told = |text: &str| -> Vec<(usize, String)> {
        let rejects = read(text).rejects.into_iter();
        rejects.map(|reject| (reject.line, reject.reasons.join("; "))).collect()
    };
    let swallowed = "a cell goes on over lines that look like rows, which nobody is read from: close the quotation mark, or \
                     write the cell in one line";
    let expected = [(2, swallowed.to_owned())];
    assert_eq!(told("number,name,note\n1,Ada,\"late\n2,Bob,\n3,Eve,\n"), expected);
    assert_eq!(told("number,name,note\n1,Ada,\"late\n2,Bob,\"fine\"\n"), expected);
    assert_eq!(told("number,name,note\n1,Ada,\"late,\noften\"\n2,Bob,\n"), []);
}

#[test]
fn taking_over_the_same_file_again_changes_nothing() {
    let file = "number,name,email,department,status,hired,leaves\n1,Ada,a@x.org,Sales,on leave,2020-01-01,\n2,Bob,,,left,,\n";
    let first = plan(file, Vec::new(), Coverage::Complete);
    assert_eq!(first.count(Kind::Joins), 2);
    let dossiers = first.steps.into_iter().map(|step| Dossier {
        number: step.change.number,
        roster: Some(RosterState {
            profile: step.change.profile,
            said: step.change.presence,
            presence: step.change.presence,
            day: Timestamp::EPOCH.date(),
            first_seen: Timestamp::EPOCH,
        }),
        assignments: Vec::new(),
        records: Vec::new(),
        waivers: Vec::new(),
        keys: Vec::new(),
    });
    let second = plan(file, dossiers.collect(), Coverage::Complete);
    assert_eq!((second.steps.len(), second.unchanged), (0, 2));
}

/// The last day was known before it came; the roster that comes after it says that they left, once.
#[test]
fn a_last_day_that_passed_is_told_by_the_next_roster() {
    let row = "Ada,a@x.org,Sales,active,2020-01-01,2026-11-20";
    let file = format!("number,name,email,department,status,hired,leaves\n1,{row}\n");
    let before = plan(&file, vec![known("1", row, Presence::Active)], Coverage::Partial);
    assert_eq!((before.count(Kind::Leaves), before.unchanged), (1, 0));
    let step = &before.steps[0];
    assert_eq!((step.change.presence, step.differences.len()), (Presence::Gone, 1));
    let after = plan(&file, vec![known("1", row, Presence::Gone)], Coverage::Partial);
    assert_eq!((after.steps.len(), after.unchanged), (0, 1));
}

/// A first day that is to come makes nobody come later: they stand on the roster, and are not counted yet.
#[test]
fn a_first_day_to_come_needs_no_other_roster() {
    let file = "number,name,status,hired\n1,Ada,active,2026-12-01\n";
    let joins = plan(file, Vec::new(), Coverage::Partial);
    let step = &joins.steps[0];
    assert_eq!((step.change.presence, step.today), (Presence::Active, Membership::ToCome));
    let profile = &step.change.profile;
    assert_eq!(step.change.presence.on("2026-12-01".parse().expect("a day"), profile), Presence::Active);
}

mod properties {
    use super::super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever stands in a file: no panic, and every row that holds something is a person, a repetition or listed.
        #[test]
        fn no_row_is_lost(rows in prop::collection::vec("[0-2]?[,;\"]{0,3}[A-Cé\u{202e}]{0,2}[,\n]?[0-9/@]{0,10}", 0..20)) {
            let text = format!("number,name,hired\n{}", rows.join("\n"));
            let roster = Roster::read(&text, &Manner::default()).expect("the header is sound");
            let mut reader = ReaderBuilder::new().has_headers(true).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
            let there = reader.records().filter_map(Result::ok).filter(|row| !row.iter().all(str::is_empty)).count();
            prop_assert_eq!(roster.people.len() + roster.repeated + roster.rejects.len(), there);
        }

        #[test]
        fn any_text_is_a_roster_or_an_error(text in "\\PC{0,200}") {
            let _ = Roster::read(&text, &Manner::default());
        }
    }
}

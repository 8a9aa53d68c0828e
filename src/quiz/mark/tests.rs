//! Rule 1, by examples and by what must always hold.

use proptest::prelude::*;

use super::order::longest_ascent;
use super::*;
use crate::quiz::key::{feedback, key, part_is_right, tidy};
use crate::quiz::question::{OrderScoring, Points};
use crate::quiz::samples;

fn said(text: &str) -> Response {
    Response::Text(text.to_owned())
}

fn listed(ids: &str) -> Response {
    Response::List(ids.split_whitespace().map(str::to_owned).collect())
}

fn mapped(pairs: &str) -> Response {
    let pairs = pairs.split_whitespace().filter_map(|pair| pair.split_once('='));
    Response::Map(pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).collect())
}

#[test]
fn what_answers_earn() {
    fn check(question: &Question, response: &Response, earned: u32) {
        let mark = mark(question, Some(response));
        assert_eq!(mark, Mark { earned, possible: 1000 }, "{} {response:?}", question.id);
        assert_eq!(is_right(question, response), earned == 1000);
    }
    check(&samples::single(), &said("two"), 1000);
    check(&samples::single(), &said("one"), 0);
    check(&samples::single(), &said("four"), 0);
    check(&samples::single(), &listed("two"), 0);

    check(&samples::multiple(), &listed("a b c"), 1000);
    check(&samples::multiple(), &listed("a b"), 667);
    check(&samples::multiple(), &listed("a"), 333);
    check(&samples::multiple(), &listed("a b c x"), 500);
    check(&samples::multiple(), &listed("a b x"), 167);
    check(&samples::multiple(), &listed("a x"), 0);
    check(&samples::multiple(), &listed("a b c x y"), 0);
    check(&samples::multiple(), &listed("x"), 0);
    check(&samples::multiple(), &listed(""), 0);
    check(&samples::multiple(), &listed("a a a"), 333);

    check(&samples::true_false(), &said("false"), 1000);
    check(&samples::true_false(), &said("true"), 0);
    check(&samples::true_false(), &said("False"), 0);

    check(&samples::matching(), &mapped("a=a b=b c=c"), 1000);
    check(&samples::matching(), &mapped("a=a b=c c=x"), 333);
    check(&samples::matching(), &mapped("a=a b=b"), 667);
    check(&samples::matching(), &mapped("z=z x=x"), 0);
    check(&samples::matching(), &mapped(""), 0);

    check(&samples::order(), &listed("a b c d e"), 1000);
    check(&samples::order(), &listed("e d c b a"), 0);
    check(&samples::order(), &listed("b a c d e"), 750);
    check(&samples::order(), &listed("e a b c d"), 750);
    check(&samples::order(), &listed("d e a b c"), 500);
    check(&samples::order(), &listed("a b c d"), 0);
    check(&samples::order(), &listed("a b c d d"), 0);
    check(&samples::order(), &listed("a b c d e e"), 0);
    check(&samples::order(), &listed("a b c d x"), 0);

    check(&samples::every_kind()[5], &said("535"), 1000);
    check(&samples::every_kind()[5], &said("535.1"), 0);
    check(&samples::every_kind()[5], &said("5,30"), 0);
    check(&samples::every_kind()[6], &said(" ART.  7"), 1000);

    check(&samples::cloze(), &mapped("law=seven word=Secrecy year=2017.0"), 667);
    check(&samples::cloze(), &mapped("law=seven word=Secrets year=2017.0"), 1000);
    check(&samples::cloze(), &mapped("law=nine"), 0);

    check(&samples::scenario(), &listed("report change"), 1000);
    check(&samples::scenario(), &listed("report"), 500);
    check(&samples::scenario(), &listed("wait tell change"), 667);
    check(&samples::scenario(), &listed("wait hide"), 0);
    check(&samples::scenario(), &listed("report report change"), 500);
    check(&samples::scenario(), &listed("change"), 0);
    check(&samples::scenario(), &listed("report change change"), 1000);
}

#[test]
fn all_or_nothing_orders_have_no_middle() {
    let mut question = samples::order();
    if let Kind::Order { scoring, .. } = &mut question.kind {
        *scoring = OrderScoring::AllOrNothing;
    }
    assert_eq!(mark(&question, Some(&listed("a b c d e"))).earned, 1000);
    assert_eq!(mark(&question, Some(&listed("b a c d e"))).earned, 0);
}

#[test]
fn the_one_rounding_is_half_up() {
    fn check(part: usize, whole: usize, possible: u32, expected: u32) {
        assert_eq!(Share::new(part, whole).of(possible), expected, "{part}/{whole} of {possible}");
    }
    check(1, 3, 1000, 333);
    check(2, 3, 1000, 667);
    check(1, 16, 1000, 63); // 62.5
    check(3, 16, 1000, 188); // 187.5
    check(1, 3, 3000, 1000); // of the points at once, not a third three times
    check(1, 7, 1_000_000, 142_857);
    check(5, 3, 1000, 1000);
    check(0, 0, 1000, 0);
}

#[test]
fn passing_is_reaching_the_percentage() {
    fn check(earned: u64, possible: u64, percent: u32, expected: bool) {
        assert_eq!(passed(earned, possible, percent), expected, "{earned}/{possible} at {percent}");
    }
    check(8000, 10_000, 80, true);
    check(7999, 10_000, 80, false);
    check(2667, 3333, 80, true);
    check(0, 10_000, 0, true);
    check(10_000, 10_000, 100, true);
    check(9999, 10_000, 100, false);
    check(u64::MAX, u64::MAX, 100, true);
}

#[test]
fn shapes_and_what_is_open() {
    fn check(question: &Question, response: &Response, fits: bool, complete: bool) {
        assert_eq!(is_well_formed(question, response), fits, "{} {response:?} fits", question.id);
        assert_eq!(is_complete(question, response), complete, "{} {response:?} complete", question.id);
    }
    check(&samples::single(), &said("two"), true, true);
    check(&samples::single(), &said(""), false, false);
    check(&samples::single(), &listed("two"), false, false);
    check(&samples::multiple(), &listed("a b"), true, true);
    check(&samples::multiple(), &listed(""), true, false);
    check(&samples::multiple(), &listed("b a"), false, false);
    check(&samples::multiple(), &listed("a a"), false, false);
    check(&samples::multiple(), &listed("a z"), false, false);
    check(&samples::true_false(), &said("true"), true, true);
    check(&samples::true_false(), &said("yes"), false, false);
    check(&samples::matching(), &mapped("a=x b=b"), true, false);
    check(&samples::matching(), &mapped("a=x b=b c=b"), true, true);
    check(&samples::matching(), &mapped("x=a"), false, false);
    check(&samples::order(), &listed("a b"), true, false);
    check(&samples::order(), &listed("a b c d e"), true, true);
    check(&samples::order(), &listed("a a"), false, false);
    check(&samples::every_kind()[5], &said("530"), true, true);
    check(&samples::every_kind()[5], &said("many"), true, false);
    check(&samples::every_kind()[6], &said("  "), true, false);
    check(&samples::cloze(), &mapped("law=nine"), true, false);
    check(&samples::cloze(), &mapped("law=ten"), false, false);
    check(&samples::cloze(), &mapped("law=nine word=x year=2017"), true, true);
    check(&samples::cloze(), &mapped("law=nine word=x year=y"), true, false);
    check(&samples::cloze(), &mapped("law=nine word= year=y"), true, false);
    check(&samples::scenario(), &listed("report"), true, false);
    check(&samples::scenario(), &listed("wait hide"), true, true);
    check(&samples::scenario(), &listed("hide"), false, false);
    check(&samples::scenario(), &listed("wait hide change"), false, false);
}

#[test]
fn the_key_is_right_for_every_kind() {
    for question in samples::every_kind() {
        let key = key(&question);
        assert!(is_right(&question, &key), "{} {key:?}", question.id);
        assert!(is_complete(&question, &key), "{} {key:?}", question.id);
        assert_eq!(tidy(&question, key.clone()), key);
        assert!(feedback(&question, &key).is_empty(), "{}", question.id);
        assert_eq!(mark(&question, None), Mark { earned: 0, possible: 1000 });
    }
}

#[test]
fn each_part_has_its_verdict() {
    fn check(question: &Question, response: &Response, part: &str, expected: Option<bool>) {
        assert_eq!(part_is_right(question, response, part), expected, "{} {part}", question.id);
    }
    check(&samples::single(), &said("one"), "one", Some(false));
    check(&samples::single(), &said("one"), "two", None);
    check(&samples::multiple(), &listed("a x"), "a", Some(true));
    check(&samples::multiple(), &listed("a x"), "b", Some(false));
    check(&samples::multiple(), &listed("a x"), "x", Some(false));
    check(&samples::multiple(), &listed("a x"), "y", Some(true));
    check(&samples::true_false(), &said("false"), "false", Some(true));
    check(&samples::true_false(), &said("false"), "true", None);
    check(&samples::matching(), &mapped("a=a b=x"), "b", Some(false));
    check(&samples::matching(), &mapped("a=a b=x"), "c", None);
    check(&samples::order(), &listed("b a c d e"), "c", Some(true));
    check(&samples::order(), &listed("b a c d e"), "a", Some(false));
    check(&samples::cloze(), &mapped("year=2017"), "year", Some(true));
    check(&samples::cloze(), &mapped("year=2017"), "law", None);
    check(&samples::scenario(), &listed("wait tell"), "call", Some(false));
    check(&samples::scenario(), &listed("wait tell"), "late", Some(true));
    check(&samples::scenario(), &listed("wait tell"), "after", None);
    assert_eq!(feedback(&samples::scenario(), &listed("wait hide")), ["wait is wrong", "hide is wrong"]);
    assert_eq!(feedback(&samples::cloze(), &mapped("law=nine")), ["nine is wrong"]);
    assert_eq!(feedback(&samples::multiple(), &listed("a y")), ["y is wrong"]);
}

/// Texts that are often identifiers of the samples, so that responses are sometimes nearly right.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-exy]",
        2 => prop::sample::select(vec!["one", "two", "true", "false", "530", "report", "change", "law", "seven", "word"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn any_response() -> impl Strategy<Value = Response> {
    prop_oneof![
        word().prop_map(Response::Text),
        prop::collection::vec(word(), 0..8).prop_map(Response::List),
        prop::collection::btree_map(word(), word(), 0..6).prop_map(Response::Map),
    ]
}

#[test]
fn thousandths_as_people_write_them() {
    assert_eq!(points(0), "0");
    assert_eq!(points(1000), "1");
    assert_eq!(points(500), "0.5");
    assert_eq!(points(2333), "2.333");
    assert_eq!(points(50), "0.05");
    assert_eq!(points(10_000), "10");
}

#[test]
fn scores_as_people_say_them() {
    assert_eq!(exact_score(333, 1000), "0.333 of 1 point");
    assert_eq!(score(333, 1000), "0.33 of 1 point");
    assert_eq!(score(667, 1000), "0.67 of 1 point");
    assert_eq!(score(13_335, 20_000), "13.34 of 20 points");
    // A part is not told as nothing and not as all.
    assert_eq!(score(1, 1000), "0.01 of 1 point");
    assert_eq!(score(999, 1000), "0.99 of 1 point");
    assert_eq!(score(0, 1000), "0 of 1 point");
    assert_eq!(score(1000, 2000), "1 of 2 points");
    assert_eq!(score(14_000, 14_000), "14 of 14 points");
}

proptest! {
    #[test]
    fn no_response_panics_or_earns_too_much(response in any_response(), points in 1_u32..=1000) {
        for mut question in samples::every_kind() {
            question.points = Points::new(points).expect("in range");
            let mark = mark(&question, Some(&response));
            prop_assert!(mark.earned <= mark.possible);
            prop_assert_eq!(mark.possible, points * 1000);
            prop_assert!(!is_complete(&question, &response) || is_well_formed(&question, &response));
            let _ = (tidy(&question, response.clone()), feedback(&question, &response), part_is_right(&question, &response, "a"));
        }
    }

    #[test]
    fn ticking_everything_earns_nothing(rights in 1_usize..12, wrongs in 1_usize..12, points in 1_u32..=1000) {
        let options: Vec<Choice> =
            (0..rights + wrongs).map(|i| samples::choice(&format!("o{i}"), i < rights)).collect();
        let all = Response::List(options.iter().map(|option| option.id.to_string()).collect());
        let mut question = samples::question("all", Kind::Multiple { options });
        question.points = Points::new(points).expect("in range");
        prop_assert_eq!(mark(&question, Some(&all)).earned, 0);
    }

    /// Options may be shown, and stand in the file, in any order: the key goes with them.
    #[test]
    fn moving_options_never_changes_a_mark(
        response in any_response(),
        moved in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        fn by<T: Clone>(parts: &[T], moved: &[usize]) -> Vec<T> {
            moved.iter().filter_map(|i| parts.get(*i).cloned()).collect()
        }
        for question in samples::every_kind() {
            let mut other = question.clone();
            match &mut other.kind {
                Kind::Single { options } | Kind::Multiple { options } => *options = by(options, &moved),
                Kind::Match { pairs, extra } => {
                    *pairs = by(pairs, &moved);
                    *extra = by(extra, &moved);
                },
                Kind::Cloze { gaps, .. } => for gap in gaps {
                    if let GapKind::Choice(options) = &mut gap.kind {
                        *options = by(options, &moved);
                    }
                },
                Kind::Scenario { steps } => for step in steps {
                    step.options = by(&step.options, &moved);
                },
                // Their order is the key, or there is none.
                Kind::Order { .. } | Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_) => {},
            }
            prop_assert_eq!(mark(&question, Some(&response)), mark(&other, Some(&response)));
            prop_assert_eq!(key(&question), key(&other));
        }
    }

    /// The quick ascent against the textbook table.
    #[test]
    fn the_longest_ascent_is_the_longest_common_subsequence(
        given in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut table = [[0_usize; 10]; 10];
        for (i, place) in given.iter().enumerate() {
            for key in 0..9 {
                table[i + 1][key + 1] =
                    if *place == key { table[i][key] + 1 } else { table[i][key + 1].max(table[i + 1][key]) };
            }
        }
        let ascent = longest_ascent(&given);
        prop_assert_eq!(ascent.len(), table[9][9]);
        prop_assert!(ascent.is_sorted() && ascent.iter().map(|index| given[*index]).is_sorted(), "{ascent:?}");
    }
}

/// Two decisions of three and one pair of four earned, and learners were told that they earn nothing.
#[test]
fn what_is_partly_answered_is_neither_open_nor_answered() {
    let check = |question: &Question, response: Option<Response>, expected: Answered| {
        assert_eq!(answered(question, response.as_ref()), expected, "{response:?}");
    };
    check(&samples::matching(), None, Answered::Not);
    check(&samples::matching(), Some(mapped("")), Answered::Not);
    check(&samples::matching(), Some(mapped("a=a")), Answered::Partly);
    check(&samples::matching(), Some(mapped("a=a b=b c=x")), Answered::Wholly);
    check(&samples::scenario(), Some(listed("")), Answered::Not);
    check(&samples::scenario(), Some(listed("report")), Answered::Partly);
    check(&samples::scenario(), Some(listed("report change")), Answered::Wholly);
    check(&samples::cloze(), Some(mapped("year= ")), Answered::Not);
    check(&samples::multiple(), Some(listed("x")), Answered::Wholly);
    check(&samples::every_kind()[6], Some(said(" ")), Answered::Not);
    check(&samples::every_kind()[6], Some(said("?")), Answered::Wholly);
    // It earns nothing.
    check(&samples::order(), Some(listed("a b c d")), Answered::Not);
    for question in samples::every_kind() {
        let empty = [None, Some(said("")), Some(listed("")), Some(mapped(""))];
        for response in
            empty.iter().filter(|response| answered(&question, response.as_ref()) == Answered::Not)
        {
            assert_eq!(mark(&question, response.as_ref()).earned, 0, "{}", question.id);
        }
    }
}

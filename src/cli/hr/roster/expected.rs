//! What somebody has to look at before a roster is taken over, unless it was expected.

use clap::Args;

use super::super::audience::person;
use super::super::said::counted;
use crate::cli::error::Failure;
use crate::registry::PersonNumber;
use crate::registry::roster::outgoing::Outgoing;
use crate::registry::roster::plan::{Caution, Plan};
use crate::shell;

/// The most options that are spelled out: whoever has more numbers that look alike has another file than they think.
const SPELLED: usize = 3;

/// What an officer expects of a table before it is read.
#[derive(Debug, Args)]
pub(super) struct ExpectedArguments {
    /// At most so many people are not at work any more: they have left, leave within a week, are on leave, or are to come; with
    /// more, somebody has to look
    #[arg(long, value_name = "NUMBER")]
    leavers: Option<usize>,
    /// Somebody new has this number indeed, although it looks like that of somebody else; may be repeated
    #[arg(long, value_name = "PERSON")]
    new: Vec<String>,
}

/// What is expected.
pub(super) struct Expected {
    leavers: Option<usize>,
    new: Vec<PersonNumber>,
}

/// Something that has to be looked at first.
pub(super) struct Look {
    /// What it is.
    pub(super) words: String,
    /// By which option it can be said to be right.
    option: String,
}

impl ExpectedArguments {
    pub(super) fn read(&self) -> Result<Expected, Failure> {
        let new = self.new.iter().map(|typed| person(typed)).collect::<Result<_, _>>()?;
        Ok(Expected { leavers: self.leavers, new })
    }
}

impl Expected {
    /// What of a plan nobody said that they expect.
    pub(super) fn look_first(&self, plan: &Plan) -> Vec<Look> {
        let go = plan.outgoing;
        let many = self.leavers.filter(|most| go.total() > *most).map(|most| Look {
            words: format!(
                "{} {}, and --leavers expects {most} at most: is the file whole and right?",
                counted(go.total(), "person", "people"),
                would_go(go)
            ),
            option: leavers(go),
        });
        many.into_iter().chain(plan.cautions.iter().filter_map(|caution| self.look(caution))).collect()
    }

    fn look(&self, caution: &Caution) -> Option<Look> {
        let (words, option) = match caution {
            Caution::Zeros { new, .. } | Caution::Alike { new, .. } | Caution::Twins { other: new, .. }
                if self.new.contains(new) =>
            {
                return None;
            }
            Caution::Zeros { new, known } => (
                format!(
                    "{new} would be somebody new beside {known}: if a spreadsheet dropped the zeros, format the column as \
                     text and export again"
                ),
                shell::option("--new", new.as_str()),
            ),
            Caution::Alike { new, known } => (
                format!(
                    "{new} would be somebody new beside {known}, which looks alike: numbers are compared letter by letter, \
                     so write it as the registry has it if it is the same person"
                ),
                shell::option("--new", new.as_str()),
            ),
            Caution::Twins { one, other } => (
                format!(
                    "{one} and {other} would be two people who are new, and their numbers look alike: if they are one, leave one of \
                     the rows; if a spreadsheet dropped zeros or a cell has a sign that nobody sees or that looks like another, mend the file and import it again"
                ),
                shell::option("--new", other.as_str()),
            ),
            // Whoever says how many may go has said it better.
            Caution::ManyGo(_) if self.leavers.is_some() => return None,
            Caution::ManyGo(go) => (
                format!("{} of {} people {}: is the file whole and right?", go.total(), go.of, would_go(*go)),
                leavers(*go),
            ),
            // Nobody does, so there is nothing to be afraid of; the rows are listed.
            Caution::NobodyLeaves { .. } => return None,
        };
        Some(Look { words, option })
    }
}

/// What would become of people: `would have left`, `would not be at work: 44 left, 2 on leave`.
fn would_go(go: Outgoing) -> String {
    if go.left == go.total() {
        return "would have left".to_owned();
    }
    let ways = [
        (go.left, "left"),
        (go.leaving, "leave within a week"),
        (go.away, "on leave"),
        (go.to_come, "to come"),
    ];
    let told = ways.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> = told.map(|(number, way)| format!("{number} {way}")).collect();
    format!("would not be at work: {}", told.join(", "))
}

fn leavers(go: Outgoing) -> String {
    format!("--leavers {}", go.total())
}

/// What a plan leaves out of caution.
pub(super) fn left_out(plan: &Plan) -> Option<String> {
    plan.cautions.iter().find_map(|caution| match caution {
        Caution::NobodyLeaves { unread } => Some(format!(
            "nobody is taken to have left: in {} anybody may stand, because no number can be read or a quotation mark is \
             not closed; mend them first",
            counted(*unread, "row", "rows")
        )),
        Caution::Zeros { .. } | Caution::Alike { .. } | Caution::Twins { .. } | Caution::ManyGo(_) => None,
    })
}

/// What to do when all of it is right.
pub(super) fn if_right(looks: &[Look]) -> String {
    let ask = "run it without --yes at a terminal, and answer when you are asked";
    if looks.len() > SPELLED {
        return format!("if the file is right all the same: {ask}");
    }
    let options: Vec<&str> = looks.iter().map(|look| look.option.as_str()).collect();
    format!("if the file is right all the same: {ask}; or say that you expect it: {}", options.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> PersonNumber {
        PersonNumber::new(text).expect("a number")
    }

    fn plan(cautions: Vec<Caution>) -> Plan {
        Plan { steps: Vec::new(), unchanged: 0, outgoing: Outgoing::default(), cautions }
    }

    #[test]
    fn what_is_expected_need_not_be_looked_at() {
        #[track_caller]
        fn check(caution: Caution, leavers: Option<usize>, new: &[&str], looks: usize) {
            let expected = Expected { leavers, new: new.iter().map(|text| number(text)).collect() };
            assert_eq!(expected.look_first(&plan(vec![caution])).len(), looks);
        }
        let zeros = || Caution::Zeros { new: number("7"), known: number("007") };
        check(zeros(), None, &[], 1);
        check(zeros(), Some(100), &["8"], 1);
        check(zeros(), None, &["7"], 0);
        let twins = || Caution::Twins { one: number("01"), other: number("1") };
        check(twins(), Some(100), &[], 1);
        check(twins(), None, &["01"], 1);
        check(twins(), None, &["1"], 0);
        let many = || Caution::ManyGo(Outgoing { left: 46, of: 47, ..Outgoing::default() });
        check(many(), None, &["7"], 1);
        // How many do go is known to the plan; here nobody does.
        check(many(), Some(0), &[], 0);
        check(Caution::NobodyLeaves { unread: 1 }, None, &[], 0);
    }

    #[test]
    fn who_would_go_is_told_by_the_ways() {
        let check = |left, leaving, away, to_come, expected: &str| {
            let go = Outgoing { left, leaving, away, to_come, of: 9 };
            assert_eq!(would_go(go), expected);
            let plan = Plan { outgoing: go, ..plan(vec![Caution::ManyGo(go)]) };
            let words = |leavers| -> Vec<String> {
                let expected = Expected { leavers, new: Vec::new() };
                expected.look_first(&plan).into_iter().map(|look| look.words).collect()
            };
            assert_eq!(
                words(None),
                [format!("{} of 9 people {expected}: is the file whole and right?", go.total())]
            );
            assert_eq!(words(Some(go.total())), [""; 0]);
            assert!(
                words(Some(2))[0].ends_with("and --leavers expects 2 at most: is the file whole and right?")
            );
        };
        check(3, 0, 0, 0, "would have left");
        check(0, 3, 0, 0, "would not be at work: 3 leave within a week");
        check(1, 2, 3, 4, "would not be at work: 1 left, 2 leave within a week, 3 on leave, 4 to come");
    }

    #[test]
    fn options_are_spelled_out_where_they_are_few() {
        let seven = |_| Caution::Zeros { new: number("7"), known: number("007") };
        let looks = |many: usize| {
            Expected { leavers: None, new: Vec::new() }.look_first(&plan((0..many).map(seven).collect()))
        };
        assert!(if_right(&looks(1)).ends_with("say that you expect it: --new 7"));
        assert!(!if_right(&looks(SPELLED + 1)).contains("--new"));
        let alike = Caution::Alike { new: number("A 1"), known: number("A1") };
        let looks = Expected { leavers: None, new: Vec::new() }.look_first(&plan(vec![alike]));
        let expected = shell::option("--new", "A 1");
        assert!(if_right(&looks).ends_with(&format!("say that you expect it: {expected}")));
    }
}

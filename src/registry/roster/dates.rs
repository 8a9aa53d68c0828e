//! Dates as rosters write them.
//!
//! Year first is clear, and so are dots, which are written with the day first wherever they are used. In 03/04/2026 or
//! 03-04-2026 the file as a whole has to say it, by another date that can only be read in one order; or a person does.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The order of day and month where the year stands last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 31/12/2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    /// Day and month could be either way round.
    Ambiguous,
    /// Some dates of the file can only be read with the day first, others only with the month first.
    Contradicted,
    /// Other dates of the file can only be read in an order that is not the one of earlier files.
    Changed,
    /// It is not written in a way that is known, or there is no such day.
    NoDate,
}

impl DateFault {
    /// What is wrong, and what to do.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Ambiguous => {
                "can be read with the day or the month first: say --dates day-first or --dates month-first"
            }
            Self::Contradicted => {
                "can be read with the day or the month first, and the file has dates of both kinds: say --dates day-first \
                 or --dates month-first"
            }
            Self::Changed => {
                "can be read with the day or the month first, and other dates of this file say one thing, the files before it \
                 the other: say --dates day-first or --dates month-first"
            }
            Self::NoDate => "is no date: write it as 2026-12-31",
        }
    }
}

/// What the dates of a file say of their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The order that those have which can only be read in one.
    pub(super) order: Option<DateOrder>,
    /// There are such of both orders.
    pub(super) contradicted: bool,
    /// There is a date that can be read in both.
    pub(super) depends: bool,
}

/// What these dates say of the order that all of them are in.
pub(super) fn order_of<'a>(texts: impl Iterator<Item = Cow<'a, str>>) -> Found {
    let mut found = Found::default();
    for text in texts {
        let Some(Parts::YearLast { first, second, .. }) = parts(&text) else { continue };
        let order = match (first, second) {
            (13..=31, 1..=12) => DateOrder::DayFirst,
            (1..=12, 13..=31) => DateOrder::MonthFirst,
            (1..=12, 1..=12) => {
                found.depends |= first != second;
                continue;
            }
            _ => continue,
        };
        found.contradicted |= found.order.is_some_and(|other| other != order);
        found.order = Some(order);
    }
    if found.contradicted {
        found.order = None;
    }
    found
}

/// The order that dates are in which can be read in both: what was `said` of this file goes before what its other dates say, and
/// what is `remembered` of earlier files must not contradict those.
pub(super) fn settled(
    said: Option<DateOrder>,
    found: Found,
    remembered: Option<DateOrder>,
) -> Result<DateOrder, DateFault> {
    if let Some(order) = said {
        return Ok(order);
    }
    match (found.order, remembered) {
        _ if found.contradicted => Err(DateFault::Contradicted),
        (Some(order), Some(earlier)) if order != earlier => Err(DateFault::Changed),
        (Some(order), _) | (None, Some(order)) => Ok(order),
        (None, None) => Err(DateFault::Ambiguous),
    }
}

/// The day that is meant.
pub(super) fn date(text: &str, order: Result<DateOrder, DateFault>) -> Result<NaiveDate, DateFault> {
    let day_of = |year, month, day| {
        let plausible = (1900..=2199).contains(&year);
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| plausible).ok_or(DateFault::NoDate)
    };
    match parts(text).ok_or(DateFault::NoDate)? {
        Parts::Clear { year, month, day } => day_of(year, month, day),
        Parts::YearLast { first, second, year } => match (first, second) {
            (13.., _) => day_of(year, second, first),
            (_, 13..) => day_of(year, first, second),
            _ if first == second => day_of(year, first, second),
            _ => match order? {
                DateOrder::DayFirst => day_of(year, second, first),
                DateOrder::MonthFirst => day_of(year, first, second),
            },
        },
    }
}

/// Whether it is a day in the year 9999, with which personnel systems say that there is no end.
pub(super) fn is_never(text: &str) -> bool {
    match parts(text) {
        Some(Parts::Clear { year, .. } | Parts::YearLast { year, .. }) => year == 9999,
        None => false,
    }
}

/// A date taken apart.
enum Parts {
    Clear { year: i32, month: u32, day: u32 },
    YearLast { first: u32, second: u32, year: i32 },
}

fn parts(text: &str) -> Option<Parts> {
    let text = without_midnight(text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // ISO 8601, basic format.
        let (year, month, day) = (text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
        return Some(Parts::Clear { year, month, day });
    }
    let sign = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "-/.".contains(*c))?;
    let mut numbers = text.split(sign).map(str::trim);
    let (a, b, c) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let all_digits =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if numbers.next().is_some() || ![a, b, c].into_iter().all(all_digits) {
        return None;
    }
    let short = |part: &str| part.len() <= 2;
    match (a.len(), sign) {
        (4, _) if short(b) && short(c) => {
            Some(Parts::Clear { year: a.parse().ok()?, month: b.parse().ok()?, day: c.parse().ok()? })
        }
        (1 | 2, '.') if short(b) && c.len() == 4 => {
            Some(Parts::Clear { year: c.parse().ok()?, month: b.parse().ok()?, day: a.parse().ok()? })
        }
        (1 | 2, _) if short(b) && c.len() == 4 => {
            Some(Parts::YearLast { first: a.parse().ok()?, second: b.parse().ok()?, year: c.parse().ok()? })
        }
        _ => None,
    }
}

/// Databases give a day as its first moment.
fn without_midnight(text: &str) -> &str {
    let Some((day, time)) = text.split_once(['T', ' ']) else { return text };
    let time = time.trim().trim_end_matches('Z');
    let midnight = !time.is_empty() && time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    if midnight { day } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Option<DateOrder>) -> Result<String, DateFault> {
        date(text, settled(order, Found::default(), None)).map(|date| date.to_string())
    }

    #[test]
    fn a_date_is_read_in_one_way_or_not_at_all() {
        fn check(text: &str, order: Option<DateOrder>, expected: Result<&str, DateFault>) {
            assert_eq!(read(text, order), expected.map(str::to_owned), "{text}");
        }
        use DateFault::{Ambiguous, NoDate};
        use DateOrder::{DayFirst, MonthFirst};
        check("2026-03-04", None, Ok("2026-03-04"));
        check("2026/3/4", None, Ok("2026-03-04"));
        check("20260304", None, Ok("2026-03-04"));
        check("2026-03-04T00:00:00.000Z", None, Ok("2026-03-04"));
        check("2026-03-04 00:00:00", None, Ok("2026-03-04"));
        check("2026-03-04 10:00:00", None, Err(NoDate));
        check("04.03.2026", None, Ok("2026-03-04"));
        check("4.3.2026", Some(MonthFirst), Ok("2026-03-04"));
        check("13.13.2026", None, Err(NoDate));
        check("31/12/2026", None, Ok("2026-12-31"));
        check("12/31/2026", None, Ok("2026-12-31"));
        check("05/05/2026", None, Ok("2026-05-05"));
        check("03/04/2026", None, Err(Ambiguous));
        check("03-04-2026", None, Err(Ambiguous));
        check("03/04/2026", Some(DayFirst), Ok("2026-04-03"));
        check("03/04/2026", Some(MonthFirst), Ok("2026-03-04"));
        check("2026-02-30", None, Err(NoDate));
        check("31/12/26", None, Err(NoDate));
        check("46112", None, Err(NoDate));
        check("0001-01-01", None, Err(NoDate));
        check("2026-03-04-05", None, Err(NoDate));
        check("tomorrow", None, Err(NoDate));
        check("२०२६-०३-०४", None, Err(NoDate));
        check("", None, Err(NoDate));
    }

    #[test]
    fn what_earlier_files_had_never_beats_what_this_one_says() {
        use DateFault::{Ambiguous, Changed, Contradicted};
        use DateOrder::{DayFirst, MonthFirst};
        fn check(
            said: Option<DateOrder>,
            texts: &[&str],
            remembered: Option<DateOrder>,
            expected: Result<DateOrder, DateFault>,
        ) {
            let found = order_of(texts.iter().map(|text| Cow::Borrowed(*text)));
            assert_eq!(settled(said, found, remembered), expected, "{said:?} {texts:?} {remembered:?}");
        }
        check(None, &[], None, Err(Ambiguous));
        check(None, &[], Some(MonthFirst), Ok(MonthFirst));
        check(None, &["31/12/2026"], None, Ok(DayFirst));
        check(None, &["31/12/2026"], Some(DayFirst), Ok(DayFirst));
        check(None, &["31/12/2026"], Some(MonthFirst), Err(Changed));
        check(None, &["31/12/2026", "12/31/2026"], Some(MonthFirst), Err(Contradicted));
        check(Some(DayFirst), &["12/31/2026"], Some(MonthFirst), Ok(DayFirst));
    }

    #[test]
    fn the_file_as_a_whole_says_the_order() {
        fn check(texts: &[&str], order: Option<DateOrder>, contradicted: bool, depends: bool) {
            assert_eq!(
                order_of(texts.iter().map(|text| Cow::Borrowed(*text))),
                Found { order, contradicted, depends },
                "{texts:?}"
            );
        }
        check(&["03/04/2026", "31/12/2026"], Some(DateOrder::DayFirst), false, true);
        check(&["12/31/2026"], Some(DateOrder::MonthFirst), false, false);
        check(&["03/04/2026", "31/12/2026", "12/31/2026"], None, true, true);
        check(&["03/04/2026", "05/05/2026"], None, false, true);
        check(&["2026-12-31", "03.04.2026", "99/99/2026", ""], None, false, false);
    }
}

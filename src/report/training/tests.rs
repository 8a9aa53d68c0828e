use chrono::FixedOffset;

use super::*;
use crate::registry::change::RuleSet;
use crate::registry::dossier::WaiverState;
use crate::registry::samples::{self, day};
use crate::registry::status::Reckoning;
use crate::registry::summary::completions::Period;
use crate::registry::summary::{Question, Span, Tally};
use crate::registry::{Dossier, Profile};

fn an_hour_ahead() -> Calendar {
    Calendar::from(FixedOffset::east_opt(3600).expect("a zone"))
}

fn course() -> CourseId {
    samples::course("apps")
}

/// Somebody overdue whose every text is hostile.
fn hostile(number: u32) -> Dossier {
    let nasty = |what: &str| format!("<img src=x onerror={what}>\"'&\u{202e}\u{1b}[2J");
    let profile = Profile {
        department: Some(nasty("department")),
        manager: Some(nasty("manager")),
        role: Some("</td></table><script>alert(1)</script>".to_owned()),
        ..Profile::named(&nasty("name"))
    };
    let mut dossier = samples::person(&format!("{number:04}<b>"), profile);
    dossier.assignments.push(samples::assignment(course(), 1, 31));
    dossier
}

fn excepted(number: u32) -> Dossier {
    let mut dossier = hostile(number);
    dossier.waivers.push(WaiverState {
        approver: "<i>Grace</i>".to_owned(),
        reason: "--><script>".to_owned(),
        ..samples::waiver(course(), 2, 100)
    });
    dossier
}

fn page(people: &[Dossier]) -> String {
    let validity_days = BTreeMap::new();
    let policies = BTreeMap::new();
    let rules: [RuleSet; 0] = [];
    let reckoning = Reckoning {
        at: day(40),
        validity_days: &validity_days,
        rules: &rules,
        policies: &policies,
        expiring_days: 30,
    };
    let filter = Filter::default();
    let span = Span { from: day(0).date(), to: day(41).date() };
    let calendar = an_hour_ahead();
    let period = Period::Week;
    let mut tally = Tally::new(Question { reckoning, filter: &filter, span, calendar, period, longest: 3 });
    for dossier in people {
        tally.add(dossier);
    }
    let summary = tally.finish();
    let titles = BTreeMap::from([(course(), "<u>Apps</u> & data".to_owned())]);
    html(&Page {
        summary: &summary,
        titles: &titles,
        filter: &filter,
        expiring_days: 30,
        put_aside: 7,
        source: Source {
            registry: "countersign/registry/<1>",
            log_size: 1234,
            log_root: "root",
            soundness: "every row is what the log says",
            made_at: day(41),
            made_by: Some("<a href=x>HR</a>"),
            version: "9.9.9",
        },
        calendar,
    })
}

#[test]
fn nothing_from_a_file_becomes_markup() {
    let page = page(&[hostile(1), hostile(2), excepted(3)]);
    let outside_of_the_script = page.replace(SCRIPT, "");
    for never in
        ["<img", "<b>", "<i>", "<u>", "<a ", "onerror=name>", "\u{202e}", "\u{1b}", "<script>alert", "--><"]
    {
        assert!(!page.contains(never), "{never:?}");
    }
    assert_eq!(outside_of_the_script.matches("<script").count(), 1);
    assert!(page.contains("&lt;img src=x onerror=name&gt;&quot;&#39;&amp;&lt;U+202E&gt;&lt;U+001B&gt;[2J"));
    assert!(page.contains("&lt;a href=x&gt;HR&lt;/a&gt;"));
}

#[test]
fn a_list_as_it_stands_in_the_page() {
    let page = page(&[hostile(1)]);
    let begin = page.find("<caption id=\"list-overdue\"").expect("a list");
    let end = begin + page[begin..].find("</table>").expect("an end");
    insta::assert_snapshot!(page[begin..end].replace("</td>", "</td>\n"), @r#"
    <caption id="list-overdue">Overdue</caption>
    <thead><tr><th scope="col">Name</th><th scope="col">Number</th><th scope="col">Department</th><th scope="col">Course</th><th scope="col">Manager</th><th scope="col">Due</th><th scope="col" class="number">Days</th></tr></thead>
    <tbody>
    <tr><th scope="row"><bdi>&lt;img src=x onerror=name&gt;&quot;&#39;&amp;&lt;U+202E&gt;&lt;U+001B&gt;[2J</bdi></th><td class="text"><bdi>0001&lt;b&gt;</bdi></td>
    <td class="text"><bdi>&lt;img src=x onerror=department&gt;&quot;&#39;&amp;&lt;U+202E&gt;&lt;U+001B&gt;[2J</bdi></td>
    <td class="text">&lt;u&gt;Apps&lt;/u&gt; &amp; data</td>
    <td class="text"><bdi>&lt;img src=x onerror=manager&gt;&quot;&#39;&amp;&lt;U+202E&gt;&lt;U+001B&gt;[2J</bdi></td>
    <td class="day">2026-02-01</td>
    <td class="number" data-value="9">9</td>
    </tr>
    </tbody>
    "#);
}

#[test]
fn the_page_stands_by_itself() {
    let page = page(&[hostile(1), excepted(2)]);
    let own = page.replace("img src=x", "").replace("a href=x", "");
    for never in ["http:", "https:", "src=", "@import", "href=", "style=\"", "javascript:", "url(h", "url(d"]
    {
        assert!(!own.contains(never), "{never}");
    }
    // What the policy allows is exactly what stands in the page.
    let between = |begin: &str, end: &str| {
        let from = page.find(begin).expect("a beginning") + begin.len();
        &page[from..from + page[from..].find(end).expect("an end")]
    };
    assert!(page.contains(&format!("style-src '{}'", hash(between("<style>", "</style>")))));
    assert!(page.contains(&format!("script-src '{}'", hash(between("<script>", "</script>")))));
}

#[test]
fn headings_are_in_order_and_ids_are_their_own() {
    let page = page(&[hostile(1), excepted(2)]);
    let mut last = 0;
    for at in page.match_indices("<h").map(|(at, _)| at) {
        let Some(level) = page[at + 2..].chars().next().and_then(|digit| digit.to_digit(10)) else {
            continue;
        };
        assert!(level <= last + 1, "a heading of level {level} behind one of {last}");
        last = level;
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "{ids:?}");
    for named in page.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(named.split(' ').all(|id| ids.contains(&id)), "{named}");
    }
    assert!(ids.iter().all(|id| !id.contains(' ')), "{ids:?}");
}

#[test]
fn it_says_what_it_is_of_and_what_is_left_out() {
    let page = page(&[hostile(1), hostile(2), hostile(3), hostile(4), excepted(5)]);
    for stated in [
        "2026-02-10 01:00 UTC+01:00",
        "1,234 entries",
        "with countersign 9.9.9",
        "<h3>Overdue: 4</h3>",
        "The first 3 are shown, 1 more are not.",
        "hr status --status overdue --csv",
        "&lt;i&gt;Grace&lt;/i&gt;",
        "2026-04-11",
        "does not show who sat at the",
    ] {
        assert!(page.contains(stated), "{stated}");
    }
}

#[test]
fn an_empty_registry_has_a_page_too() {
    let page = page(&[]);
    assert!(page.contains("No course concerns anybody yet."));
    assert!(page.ends_with("</html>\n"));
}

/// A name of 900 letters, which breaks nowhere, pushed every other column out of sight.
#[test]
fn whatever_came_from_people_is_broken_within_its_column() {
    for cell in ["tbody th", ".text"] {
        let (_, rule) = STYLE.split_once(&format!("{cell} {{")).expect("a rule");
        let (rule, _) = rule.split_once('}').expect("its end");
        assert!(rule.contains("overflow-wrap: anywhere") && rule.contains("min-width"), "{cell}: {rule}");
    }
    let name = "a".repeat(900);
    let mut long =
        samples::person("0001", Profile { department: Some(name.clone()), ..Profile::named(&name) });
    long.assignments.push(samples::assignment(course(), 1, 31));
    let page = page(&[long]);
    let named = format!("<bdi>{name}");
    assert!(page.contains(&named));
    for (place, _) in page.match_indices(&named) {
        let cell = &page[page[..place].rfind('<').expect("a tag")..place];
        assert!(["<th scope=\"row\">", "<td class=\"text\">"].contains(&cell), "{cell}");
    }
}

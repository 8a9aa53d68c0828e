//! Links within a course: whether somebody who follows them gets anywhere.

use std::collections::BTreeMap;

use crate::course::lessons::Outlined;
use crate::course::rule::Rule;
use crate::course::source::{did_you_mean, file_meant, nearest_path, quote};
use crate::course::{Course, CourseFiles, Term};
use crate::percent;
use crate::quiz::question::LessonLink;

/// What can be linked to.
pub(super) struct Targets<'a> {
    pub files: &'a CourseFiles,
    /// By path; a lesson that could not be read is `None` and has a fault of its own.
    pub lessons: &'a BTreeMap<String, Option<Outlined>>,
}

/// Where a link leads.
pub(super) enum Followed<'a> {
    /// Out of the course.
    Out,
    /// To this file of the course.
    To(String),
    /// Nowhere.
    Nowhere(Dead<'a>),
}

/// Why a link leads nowhere.
pub(super) struct Dead<'a> {
    pub rule: Rule,
    pub message: String,
    /// What to do about it; looked for when it is asked.
    pub hint: Box<dyn FnOnce() -> Option<String> + 'a>,
}

impl<'a> Dead<'a> {
    fn new(message: String, hint: impl FnOnce() -> Option<String> + 'a) -> Self {
        Self { rule: Rule::DeadLink, message, hint: Box::new(hint) }
    }
}

impl Targets<'_> {
    /// Follows the link of a question, which must lead to a lesson that learners can open.
    pub(super) fn of_question<'l>(&'l self, link: &'l LessonLink) -> Result<(), Dead<'l>> {
        let Some(lesson) = self.lessons.get(&link.lesson) else {
            let hint = || {
                if self.files.contains_key(&link.lesson) {
                    Some("the file is there, but no module of course.ron uses it".to_owned())
                } else {
                    let lessons = || self.lessons.keys().map(String::as_str);
                    let hint = file_meant(&link.lesson, lessons())?;
                    let heading =
                        nearest_path(&link.lesson, lessons()).and_then(|near| self.no_heading(near, link));
                    Some(match heading {
                        Some(heading) => format!("{hint} {heading}"),
                        None => hint,
                    })
                }
            };
            return Err(Dead::new(format!("no lesson is called {}", quote(&link.lesson)), hint));
        };
        match (lesson, &link.heading) {
            (Some(lesson), Some(heading)) => to_heading(lesson, heading.clone()),
            (_, None) | (None, _) => Ok(()),
        }
    }

    /// What is wrong with the heading of `link` if it means `lesson`, so that nobody needs a second run to see it.
    fn no_heading(&self, lesson: &str, link: &LessonLink) -> Option<String> {
        let dead = to_heading(self.lessons.get(lesson)?.as_ref()?, link.heading.clone()?).err()?;
        let hint = (dead.hint)().map(|hint| format!(": {hint}")).unwrap_or_default();
        Some(dead.message + &hint)
    }

    /// Follows a link or a picture of the file `from`; `lesson` is what that file is, if it is a lesson. What leads out of the course
    /// (`https:`, `mailto:`) is not followed.
    pub(super) fn follow<'l>(
        &'l self,
        from: &str,
        lesson: Option<&'l Outlined>,
        address: &str,
    ) -> Followed<'l> {
        if leads_out(address) {
            return Followed::Out;
        }
        let (file, heading) = match address.split_once('#') {
            Some((file, heading)) => (file, Some(percent_decoded(heading))),
            None => (address, None),
        };
        if file.is_empty() {
            let dead = lesson.zip(heading).map(|(lesson, heading)| to_heading(lesson, heading));
            return match dead {
                Some(Err(dead)) => Followed::Nowhere(dead),
                Some(Ok(())) | None => Followed::To(from.to_owned()),
            };
        }
        let message = || format!("there is no file {}", quote(file));
        let Some(path) = resolved(from, &percent_decoded(file)) else {
            let hint = || {
                Some("links within a course begin at the folder of the file that they stand in".to_owned())
            };
            return Followed::Nowhere(Dead { rule: Rule::PathEscape, ..Dead::new(message(), hint) });
        };
        match (self.lessons.get(&path), heading) {
            (Some(Some(lesson)), Some(heading)) => match to_heading(lesson, heading) {
                Ok(()) => Followed::To(path),
                Err(dead) => Followed::Nowhere(dead),
            },
            (Some(_), _) => Followed::To(path),
            (None, _) if self.files.contains_key(&path) => Followed::To(path),
            (None, _) if file.starts_with("www.") => {
                let hint = || Some("addresses on the web begin with https://".to_owned());
                Followed::Nowhere(Dead::new(message(), hint))
            }
            (None, _) if path.contains('\\') => {
                let slashed = percent_decoded(file).replace('\\', "/");
                let is_there = resolved(from, &slashed).is_some_and(|path| self.files.contains_key(&path));
                let hint = move || {
                    let hint = "write `/` between the names of folders";
                    Some(if is_there { format!("{hint}: {slashed}") } else { hint.to_owned() })
                };
                Followed::Nowhere(Dead::new(message(), hint))
            }
            (None, _) => Followed::Nowhere(Dead::new(message(), move || {
                file_meant(&path, self.files.keys().map(String::as_str))
            })),
        }
    }
}

/// The lesson or policy of `course` that a link of its file `from` leads to; nothing where it leads anywhere else, such as
/// to a page on the web. It reads addresses as the check of the course does: what passed there opens here.
#[must_use]
pub fn linked_text(course: &Course, from: &str, address: &str) -> Option<LessonLink> {
    if has_scheme(address) {
        return None;
    }
    let (file, heading) = match address.split_once('#') {
        Some((file, heading)) => (file, Some(percent_decoded(heading))),
        None => (address, None),
    };
    let lesson = if file.is_empty() { from.to_owned() } else { resolved(from, &percent_decoded(file))? };
    let lessons = course.modules.iter().map(|module| &module.lesson);
    let mut texts = lessons.chain(course.policy.iter().map(|policy| &policy.lesson));
    texts.any(|text| text.path == lesson).then_some(LessonLink { lesson, heading })
}

/// The terms of the glossary that a link of the file `from` is about: the one whose heading it names, or one that stands above
/// that heading, and all of them where it names none and the glossary is nothing to be opened itself. Nothing where the link
/// is about anything else, and in the glossary, which has its terms at hand.
#[must_use]
pub fn linked_terms<'a>(course: &'a Course, from: &str, address: &str) -> Option<Vec<&'a Term>> {
    let glossary = course.glossary.as_ref()?;
    let path = &glossary.lesson.path;
    if has_scheme(address) || from == path {
        return None;
    }
    let (file, heading) = match address.split_once('#') {
        Some((file, heading)) => (file, percent_decoded(heading)),
        None => (address, String::new()),
    };
    if file.is_empty() || resolved(from, &percent_decoded(file))? != *path {
        return None;
    }
    let heading = glossary.lesson.document.heading(&heading);
    let term = heading.and_then(|heading| glossary.term_at(heading.offset));
    match term {
        Some(term) => Some(vec![term]),
        None if linked_text(course, from, address).is_some() => None,
        None => Some(glossary.terms.iter().collect()),
    }
}

/// The file among `files` that a picture of the file `from` means; nothing where there is none, or the address leads out of
/// the course. It reads addresses as the check of the course does.
#[must_use]
pub fn linked_file<'a>(files: &'a CourseFiles, from: &str, address: &str) -> Option<(&'a str, &'a [u8])> {
    if has_scheme(address) {
        return None;
    }
    let file = address.split_once('#').map_or(address, |(file, _)| file);
    let path = resolved(from, &percent_decoded(file))?;
    files.get_key_value(&path).map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
}

fn to_heading(lesson: &Outlined, heading: String) -> Result<(), Dead<'_>> {
    if lesson.lesson.document.heading(&heading).is_some() {
        return Ok(());
    }
    let message = format!("{} has no heading {}", quote(&lesson.lesson.path), quote(&format!("#{heading}")));
    Err(Dead::new(message, move || {
        let anchors = || lesson.lesson.document.headings().iter().map(|heading| heading.anchor.as_str());
        did_you_mean(&heading, anchors()).or_else(|| Some(format!("its headings: {}", listed(anchors()))))
    }))
}

/// The first of the anchors, as links write them.
fn listed<'a>(anchors: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let mut anchors = anchors.peekable();
    let first: Vec<String> = anchors.by_ref().take(MOST).map(|anchor| quote(&format!("#{anchor}"))).collect();
    let more = if anchors.peek().is_some() { ", …" } else { "" };
    first.join(", ") + more
}

/// Whether an address in a text leads out of the course, by its scheme or its host, to the web or to anything else.
#[must_use]
pub fn leads_out(address: &str) -> bool {
    has_scheme(address) || address.starts_with("//")
}

/// Whether an address begins with a scheme (RFC 3986, section 3.1).
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// The path within the course that a relative address means (RFC 3986, section 5.2); nothing if it leaves the course.
fn resolved(from: &str, address: &str) -> Option<String> {
    let mut names: Vec<&str> = from.split('/').collect();
    names.pop();
    for name in address.split('/') {
        match name {
            "" => return None,
            "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// Percent signs resolved (`my%20lesson.md`), as far as they make UTF-8.
#[must_use]
pub fn percent_decoded(address: &str) -> String {
    String::from_utf8(percent::decoded(address)).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_stay_in_the_course() {
        fn check(address: &str, expected: Option<&str>) {
            assert_eq!(
                resolved("lessons/deep/01.md", &percent_decoded(address)).as_deref(),
                expected,
                "{address}"
            );
        }
        check("02.md", Some("lessons/deep/02.md"));
        check("./02.md", Some("lessons/deep/02.md"));
        check("../03.md", Some("lessons/03.md"));
        check("../../assets/a%20b.png", Some("assets/a b.png"));
        check("../../../x.md", None);
        check("/etc/passwd", None);
        check("%2e%2e/03.md", Some("lessons/03.md"));
        check("100%.md", Some("lessons/deep/100%.md"));
        check("100%+2.md", Some("lessons/deep/100%+2.md"));
        check("%ff.md", Some("lessons/deep/%ff.md"));
    }

    #[test]
    fn addresses_out_of_the_course() {
        fn check(address: &str, expected: bool) {
            assert_eq!(leads_out(address), expected, "{address}");
        }
        check("https://example.org/a:b", true);
        check("//example.org/a", true);
        check("/a", false);
        check("mailto:a@example.org", true);
        check("x-y+z.1:", true);
        check("02.md", false);
        check("02.md#a:b", false);
        check(":x", false);
        check("1x:y", false);
    }

    #[test]
    fn pictures_are_files_of_the_course() {
        let files =
            CourseFiles::from([("assets/a b.png".to_owned(), vec![1]), ("b.svg".to_owned(), vec![2])]);
        let check = |address: &str, expected: Option<(&str, &[u8])>| {
            assert_eq!(linked_file(&files, "lessons/01.md", address), expected, "{address}");
        };
        check("../assets/a%20b.png", Some(("assets/a b.png", &[1])));
        check("../b.svg#part", Some(("b.svg", &[2])));
        for nowhere in [
            "b.svg",
            "../../b.svg",
            "/b.svg",
            "https://example.org/b.svg",
            "file:../b.svg",
            "data:image/png,x",
            "",
        ] {
            check(nowhere, None);
        }
    }

    #[test]
    fn links_lead_to_the_texts_of_the_course() {
        let course = crate::course::parse(crate::course::embedded()).expect("no faults");
        let check = |address: &str, expected: Option<(&str, Option<&str>)>| {
            let link = linked_text(&course, "lessons/01-why-this-course.md", address);
            let found = link.as_ref().map(|link| (link.lesson.as_str(), link.heading.as_deref()));
            assert_eq!(found, expected, "{address}");
        };
        check("05-company-data.md", Some(("lessons/05-company-data.md", None)));
        check("./05-company-data.md#top", Some(("lessons/05-company-data.md", Some("top"))));
        check("05-company-data.md#a:b", Some(("lessons/05-company-data.md", Some("a:b"))));
        check("../lessons/acceptable-use.md#a%20b", Some(("lessons/acceptable-use.md", Some("a b"))));
        check("#who-reads-it", Some(("lessons/01-why-this-course.md", Some("who-reads-it"))));
        check("", Some(("lessons/01-why-this-course.md", None)));
        for elsewhere in [
            "3.md",
            "../../lessons/05-company-data.md",
            "/lessons/05-company-data.md",
            "//a.example/05-company-data.md",
            "https://a.example/05-company-data.md",
            "javascript:05-company-data.md",
        ] {
            check(elsewhere, None);
        }
    }

    /// The bundled course with another glossary and this first lesson.
    fn with_glossary(lesson: &str) -> CourseFiles {
        let mut files = crate::course::embedded();
        let glossary = "# Words\n\n## Metadata\n\nAbout data.\n\n### In law\n\nMore.\n\n## Own device, BYOD\n\nA phone.\n";
        files.insert("lessons/glossary.md".to_owned(), glossary.as_bytes().to_vec());
        let mut text = files["lessons/01-why-this-course.md"].clone();
        text.extend(lesson.as_bytes());
        files.insert("lessons/01-why-this-course.md".to_owned(), text);
        files
    }

    #[test]
    fn links_to_the_glossary_are_about_its_terms() {
        let course = crate::course::parse(with_glossary("")).expect("no faults");
        let check = |from: &str, address: &str, expected: Option<&[&str]>| {
            let terms = linked_terms(&course, from, address);
            let found =
                terms.map(|terms| terms.iter().map(|term| term.forms[0].as_str()).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{address}");
        };
        let lesson = "lessons/01-why-this-course.md";
        check(lesson, "glossary.md#metadata", Some(&["Metadata"]));
        check(lesson, "../lessons/glossary.md#in-law", Some(&["Metadata"]));
        check(lesson, "glossary.md#own-device-byod", Some(&["Own device"]));
        check(lesson, "glossary.md", Some(&["Metadata", "Own device"]));
        check(lesson, "glossary.md#words", Some(&["Metadata", "Own device"]));
        for elsewhere in
            ["05-company-data.md", "#metadata", "https://example.org/glossary.md", "../../glossary.md"]
        {
            check(lesson, elsewhere, None);
        }
        check("lessons/glossary.md", "glossary.md#metadata", None);
    }

    #[test]
    fn a_link_to_a_term_is_live_and_to_no_term_is_not() {
        let faults = |lesson: &str| -> Vec<(Rule, Option<String>)> {
            let review = crate::course::review(&with_glossary(lesson));
            let about = review.faults.into_iter().filter(|fault| fault.message.contains("glossary"));
            about.map(|fault| (fault.rule, fault.hint)).collect()
        };
        assert_eq!(faults("\nSee [it](glossary.md#metadata) and [all](glossary.md).\n"), []);
        let hint = Some("did you mean `metadata`?".to_owned());
        assert_eq!(faults("\nSee [it](glossary.md#metadat).\n"), [(Rule::DeadLink, hint)]);
    }
}

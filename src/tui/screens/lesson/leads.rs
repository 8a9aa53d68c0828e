//! Where the links of a lesson lead within the course.

use crate::course::{Course, percent_decoded};
use crate::quiz::question::LessonLink;

/// The lesson or policy of `course` that `address` means in the file `from`; `None` when it means anything else, such as
/// a page on the web. Relative addresses as in RFC 3986, section 5.2, and never out of the course.
pub(super) fn within(course: &Course, from: &str, address: &str) -> Option<LessonLink> {
    if address.contains(':') {
        return None;
    }
    let (file, heading) = match address.split_once('#') {
        Some((file, heading)) => (file, Some(percent_decoded(heading))),
        None => (address, None),
    };
    let lesson = if file.is_empty() { from.to_owned() } else { beside(from, &percent_decoded(file))? };
    let lessons = course.modules.iter().map(|module| &module.lesson);
    let mut texts = lessons.chain(course.policy.iter().map(|policy| &policy.lesson));
    texts.any(|text| text.path == lesson).then_some(LessonLink { lesson, heading })
}

/// The path of what is called `name` from the file `from`.
fn beside(from: &str, name: &str) -> Option<String> {
    let mut names: Vec<&str> = from.split('/').collect();
    names.pop();
    for name in name.split('/') {
        match name {
            "" => return None,
            "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::small_course;

    fn check(address: &str, expected: Option<(&str, Option<&str>)>) {
        let link = within(&small_course(), "lessons/1.md", address);
        let found = link.as_ref().map(|link| (link.lesson.as_str(), link.heading.as_deref()));
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn relative_addresses_lead_to_the_texts_of_the_course() {
        check("2.md", Some(("lessons/2.md", None)));
        check("./2.md#top", Some(("lessons/2.md", Some("top"))));
        check("../lessons/policy.md#a%20b", Some(("lessons/policy.md", Some("a b"))));
        check("#who-reads-it", Some(("lessons/1.md", Some("who-reads-it"))));
        for elsewhere in
            ["3.md", "../../lessons/2.md", "/lessons/2.md", "https://a.example/2.md", "javascript:2.md", ""]
        {
            let expected = elsewhere.is_empty().then_some(("lessons/1.md", None));
            check(elsewhere, expected);
        }
    }
}

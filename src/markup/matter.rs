//! Front matter: data for other programs at the beginning of a Markdown file.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// Front matter is looked for in so many bytes.
const LONGEST: usize = 64 * 1024;

/// The front matter that a text begins with, in YAML between lines of `---` or in TOML between lines of `+++`. Between two
/// lines of dashes may also stand a heading: without a `:` or a `=` it is not taken for anything else.
#[must_use]
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    if !text.starts_with("---") && !text.starts_with("+++") {
        return None;
    }
    let beginning = &text[..text.floor_char_boundary(LONGEST)];
    let options =
        Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    match Parser::new_ext(beginning, options).into_offset_iter().next()? {
        (Event::Start(Tag::MetadataBlock(_)), place) => {
            text[place.clone()].contains([':', '=']).then_some(place)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_told_from_lines_and_headings() {
        let check = |text: &str, expected: Option<&str>| {
            let found = front_matter(text).map(|place| text[place].trim_end());
            assert_eq!(found, expected, "{text:?}");
        };
        check("---\ntitle: A\n---\n\n# A\n", Some("---\ntitle: A\n---"));
        check("---\ntitle: A\n...\n# A\n", Some("---\ntitle: A\n..."));
        check("+++\ntitle = \"A\"\n+++\n# A\n", Some("+++\ntitle = \"A\"\n+++"));
        check("---\n\n# A\n\n---\n", None);
        check("---\nA title\n---\n", None);
        check("# A\n\n---\na: b\n---\n", None);
        check("--- \na: b", None);
        check("+++", None);
        check(&format!("---\n{}", "ü: 1\n".repeat(LONGEST)), None);
    }
}

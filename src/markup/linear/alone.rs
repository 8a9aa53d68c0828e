//! What a link is called where it is heard without the sentence in which it stands.

use unicode_segmentation::UnicodeSegmentation as _;

use super::Link;
use crate::markup::plain_text::one_line;
use crate::printable::Printable;

/// About so many characters are said of what stands before a link.
const LONGEST_BEFORE: usize = 60;

/// The end of what is said before a link. It is all that is ever looked at: a paragraph may have thousands of links.
#[derive(Debug, Default)]
pub(super) struct Before {
    end: String,
    /// Whether there is more of it.
    is_cut: bool,
}

impl Before {
    /// What is said before a link behind this text.
    pub(super) fn of(text: &str) -> Self {
        let begin = text.char_indices().rev().nth(LONGEST_BEFORE - 1).map_or(0, |(at, _)| at);
        Self { end: text[begin..].to_owned(), is_cut: begin > 0 }
    }

    /// The words of the link. In “its policies for the US, and Europe” two links are called “US” and “Europe”: one of a single word,
    /// unless that is its address, is named with what is said before it in its sentence, its own word first.
    pub(super) fn name(&self, link: &Link) -> Printable {
        let name = link.text.as_str();
        let is_address = name == link.address || Some(name) == without_scheme(&link.address);
        if is_address || name.split_whitespace().count() != 1 {
            return link.text.clone();
        }
        let said = format!("{}{name}", self.end);
        let sentence = said.split_sentence_bounds().last().unwrap_or_default();
        let before = sentence.strip_suffix(name).unwrap_or_default();
        if !before.contains(char::is_alphanumeric) {
            return link.text.clone();
        }
        let is_cut = self.is_cut && sentence.len() == said.len();
        if !is_cut {
            return one_line(&format!("{name}, in “{sentence}”"));
        }
        // It may begin with half a word, or with a comma.
        let whole: String = before.split_word_bounds().skip(1).collect();
        let words = whole.trim_start_matches(|c: char| !c.is_alphanumeric());
        one_line(&format!("{name}, in “… {words}{name}”"))
    }
}

/// What is left of an address that people write without the rest: `example.org`, or that of a mailbox.
fn without_scheme(address: &str) -> Option<&str> {
    address.split_once(':').map(|(_, rest)| rest.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{Before, LONGEST_BEFORE, Printable};
    use crate::markup::linear;

    fn check(markdown: &str, expected: &[&str]) {
        let linear = linear(markdown);
        let names: Vec<&str> = linear.names.iter().map(Printable::as_str).collect();
        assert_eq!(names, expected, "{markdown}");
    }

    #[test]
    fn a_link_of_one_word_is_named_with_what_is_said_before_it() {
        let note = "A claim.[^F1]\n\n[^F1]: Policies for the [US](https://a.org), 15 July, and [Europe](https://b.org)\n";
        let second = "Europe, in “Policies for the US (link 1), 15 July, and Europe”";
        check(note, &["US, in “Policies for the US”", second]);
        check("[Reuters](https://a.org), 2024\n", &["Reuters"]);
        check("Read [the whole text](https://a.org).\n", &["the whole text"]);
        check("[a](https://a.org) and [a](https://b.org)", &["a", "a, in “a (link 1) and a”"]);
        check(
            "Read this (link below) and\n“[it](https://a.org)”",
            &["it, in “Read this (link below) and “it”"],
        );
        let claims = "So[^F1][^F2] says the [US](https://a.org)\n\n[^F1]: x\n[^F2]: y\n";
        check(claims, &["US, in “So (notes F1, F2) says the US”"]);
    }

    #[test]
    fn only_its_sentence_is_said_and_the_end_of_a_long_one() {
        check("It is so. [Reuters](https://a.org), 2024\n", &["Reuters"]);
        check(
            "It is so! See [it](https://a.org), e.g. by [me](https://b.org)\n",
            &["it, in “See it”", "me, in “See it (link 1), e.g. by me”"],
        );
        check("请看。见[全文](https://a.org)\n", &["全文, in “见全文”"]);
        let long = format!("{}or [here](https://a.org).\n", "one more ".repeat(20));
        check(&long, &[&format!("here, in “… {}or here”", "one more ".repeat(6))]);
        check(
            &format!("{}[这](https://a.org)\n", "一".repeat(90)),
            &[&format!("这, in “… {}这”", "一".repeat(59))],
        );
    }

    /// Its address was heard three times.
    #[test]
    fn an_address_is_named_alone() {
        check("See https://a.org and <https://b.org/c>.\n", &["https://a.org", "https://b.org/c"]);
        check("Or <me@a.org>, or [b.org](https://b.org).\n", &["me@a.org", "b.org"]);
    }

    /// The sign of an item was quoted, and that of a link was looked for in the text: code that spells it was taken for it.
    #[test]
    fn what_is_said_before_it_is_that_of_its_own_passage() {
        check("- [Reuters](https://a.org)\n- See [it](https://b.org)\n", &["Reuters", "it, in “See it”"]);
        check(
            "```\nNo US (link 1)\n```\n\nNot US (link 1), the [US](https://a.org)\n",
            &["US, in “Not US (link 1), the US”"],
        );
        check("| a | b |\n|---|---|\n| x | See [it](https://a.org) |\n", &["it, in “See it”"]);
        check("one two  \nthree [it](https://a.org)\n", &["it, in “three it”"]);
    }

    /// For each link the whole text was searched, and a long one took minutes.
    #[test]
    fn of_a_long_paragraph_no_more_is_looked_at_than_is_said() {
        let before = Before::of(&"one more ".repeat(20_000));
        assert_eq!((before.end.chars().count(), before.is_cut), (LONGEST_BEFORE, true));
        assert_eq!(linear(&"see [it](b) ".repeat(20_000)).names.len(), 20_000);
    }
}

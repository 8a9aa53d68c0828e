//! What a link is called where it is heard without the sentence in which it stands.

use crate::markup::{Linear, Link};

/// So many columns are said of what stands before a link.
const LONGEST_BEFORE: usize = 60;

/// The words of the link with this number. In “its policies for the US, and Europe” two links are called “US” and “Europe”: one
/// of a single word is named with what stands before it in its sentence, its own word first.
pub(super) fn name(linear: &Linear, number: usize, link: &Link) -> String {
    let name = link.text.as_str();
    if name.split_whitespace().nth(1).is_some() {
        return name.to_owned();
    }
    let signed = format!("{name} (link {number})");
    let mut texts = linear.passages.iter().map(|passage| passage.text.as_str());
    let before = texts.find_map(|text| text.find(&signed).map(|at| &text[..at]));
    match before.map(in_sentence) {
        Some(before) if !before.is_empty() => format!("{name}, in “{before}{name}”"),
        Some(_) | None => name.to_owned(),
    }
}

/// The end of a text that stands before a link: what belongs to the same sentence, without the signs of other links and of notes, the last
/// words of it where it is long.
fn in_sentence(before: &str) -> String {
    let before = match before.strip_prefix("Note ").and_then(|note| note.split_once(": ")) {
        Some((label, said)) if !label.contains(char::is_whitespace) => said,
        Some(_) | None => before,
    };
    let begin = [". ", "? ", "! ", ": ", "; "].iter().filter_map(|end| Some(before.rfind(end)? + end.len()));
    let sentence = without_signs(&before[begin.max().unwrap_or(0)..]);
    let mut said = String::new();
    for word in sentence.split_inclusive(' ').rev() {
        if said.chars().count() + word.chars().count() > LONGEST_BEFORE {
            return format!("… {said}");
        }
        said.insert_str(0, word);
    }
    said
}

fn without_signs(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some(at) = [" (link ", " (note "].iter().filter_map(|sign| rest.find(sign)).min() {
        let Some(length) = rest[at..].find(')') else { break };
        said.push_str(&rest[..at]);
        rest = &rest[at + length + 1..];
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::linear;

    #[test]
    fn a_link_of_one_word_is_named_with_what_stands_before_it() {
        let check = |markdown: &str, expected: &[&str]| {
            let linear = linear(markdown);
            let names: Vec<String> =
                (1..).zip(&linear.links).map(|(number, link)| name(&linear, number, link)).collect();
            assert_eq!(names, expected, "{markdown}");
        };
        let note = "A claim.[^F1]\n\n[^F1]: Policies for the [US](https://a.org), 15 July, and [Europe](https://b.org)\n";
        check(
            note,
            &["US, in “Policies for the US”", "Europe, in “Policies for the US, 15 July, and Europe”"],
        );
        check("[Reuters](https://a.org), 2024\n", &["Reuters"]);
        check("It is so. [Reuters](https://a.org), 2024\n", &["Reuters"]);
        check("Read [the whole text](https://a.org).\n", &["the whole text"]);
        check("[a](https://a.org) and [a](https://b.org)", &["a", "a, in “a and a”"]);
        let long = format!("{}or [here](https://a.org).\n", "one more ".repeat(20));
        let name = format!("here, in “… {}or here”", "one more ".repeat(6));
        check(&long, &[&name]);
    }
}

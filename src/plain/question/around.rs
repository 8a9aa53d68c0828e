//! What stands around a gap, for whoever comes to it after the text was said.

use unicode_segmentation::UnicodeSegmentation as _;

use super::given::places;
use super::with_gaps;
use crate::markup::linear_with_addresses;
use crate::plain::Stop;
use crate::plain::session::Session;
use crate::quiz::question::{Kind, Question};
use crate::quiz::response::Response;

/// Says the sentence in which the gap at the index `asked` stands, and what is in it already.
pub(in crate::plain) fn say_around(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    response: Option<&Response>,
    asked: Option<usize>,
) -> Result<(), Stop> {
    let (Kind::Cloze { text, gaps }, Some(index)) = (&question.kind, asked) else { return Ok(()) };
    let number = index + 1;
    if let Some(sentence) = sentence_with(&with_gaps(text, gaps), &format!("(gap {number})")) {
        session.say(&format!("Around gap {number}: {sentence}"))?;
    }
    let given = response.and_then(|response| places(question, order, response).into_iter().nth(index));
    match given.and_then(|given| given.words) {
        Some(words) => session.say(&format!("In gap {number} now: {words}")),
        None => Ok(()),
    }
}

/// The sentence of a Markdown text in which `words` stand.
fn sentence_with(markdown: &str, words: &str) -> Option<String> {
    let passages = linear_with_addresses(markdown).passages;
    let passage = passages.iter().map(|passage| passage.text.as_str()).find(|text| text.contains(words))?;
    let sentence = passage.split_sentence_bounds().find(|sentence| sentence.contains(words));
    Some(sentence.unwrap_or(passage).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_found_and_a_passage_where_none_is() {
        let text = "A report goes to (gap 1). It takes *about* (gap 2) seconds.\n\n- Then (gap 3)";
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(sentence_with(text, words).as_deref(), expected);
        };
        check("(gap 1)", Some("A report goes to (gap 1)."));
        check("(gap 2)", Some("It takes about (gap 2) seconds."));
        check("(gap 3)", Some("- Then (gap 3)"));
        check("(gap 4)", None);
    }
}

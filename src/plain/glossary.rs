//! What the words of the course mean, said anywhere.

use super::command::Asked;
use super::question::say_markdown;
use super::session::Session;
use super::{Stop, words};
use crate::course::Glossary;
use crate::phrase::counted;

/// Answers it.
pub(super) fn answer(session: &mut Session<'_, '_>, asked: &Asked) -> Result<(), Stop> {
    let course = session.course();
    let Some(glossary) = &course.glossary else { return session.say("This course has no glossary.") };
    match asked {
        Asked::List => {
            let count = counted(glossary.terms.len(), "term", "terms");
            session.say(&format!("The glossary has {count}."))?;
            for term in &glossary.terms {
                session.say(&words::sentence(&term.forms.join(", ")))?;
            }
            session.say("Type define and one of them to hear what it means.")
        }
        Asked::Define(word) => match glossary.term(word) {
            Some(term) => say_terms(session, &[glossary.told(term)]),
            None => session.say(&unknown(glossary, word)),
        },
    }
}

/// That there is no such term, and which ones have that word in them.
fn unknown(glossary: &Glossary, word: &str) -> String {
    const MOST: usize = 5;
    let near = glossary.terms_with(word);
    let named: Vec<String> =
        near.iter().take(MOST).filter_map(|term| Some(format!("“{}”", term.forms.first()?))).collect();
    let word = words::said_back(word);
    if named.is_empty() {
        return format!("The glossary has no “{word}”. Type glossary to hear what it has.");
    }
    format!("The glossary has no “{word}”. It has {}. Type define and one of them.", named.join(", "))
}

/// Says terms with what they mean, each as Markdown.
pub(super) fn say_terms(session: &mut Session<'_, '_>, terms: &[String]) -> Result<(), Stop> {
    for (index, term) in terms.iter().enumerate() {
        if index > 0 {
            session.pause()?;
        }
        say_markdown(session, term)?;
    }
    Ok(())
}

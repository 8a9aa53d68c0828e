//! What the words of the course mean, said anywhere.

use super::command::Asked;
use super::pages::PageSaid;
use super::question::say_markdown_as;
use super::session::Session;
use super::{Stop, words};
use crate::course::Glossary;
use crate::markup::{linear, plain};
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
                session.say(&words::sentence(&told_apart(&term.forms).join(", ")))?;
            }
            session.say("Type define and one of them to hear what it means.")
        }
        Asked::OnPage => {
            let Some(page) = session.page_said() else {
                return session.say("Type define and a term. Type glossary to hear all terms.");
            };
            let words = words_of(session, page).unwrap_or_default();
            let terms: Vec<&str> = glossary
                .terms_in(&words)
                .iter()
                .filter_map(|term| Some(term.forms.first()?.as_str()))
                .collect();
            session.say(&match terms.as_slice() {
                [] => "No term of the glossary is on this page. Type glossary to hear all terms.".to_owned(),
                terms => format!(
                    "Terms on this page: {}. Type define and one of them to hear what it means.",
                    terms.join(", ")
                ),
            })
        }
        Asked::Define(word) => match glossary.term(word) {
            Some(term) => say_terms(session, &[glossary.told(term)]),
            None => session.say(&unknown(glossary, word)),
        },
    }
}

/// The names of a term without those that sound like one before: with a hyphen or as two words, one or several of it.
fn told_apart(forms: &[String]) -> Vec<&str> {
    let sound = |form: &str| {
        let form = form.to_lowercase().replace('-', " ");
        form.strip_suffix('s').unwrap_or(&form).to_owned()
    };
    let mut heard: Vec<(String, &str)> = Vec::new();
    for form in forms {
        let sound = sound(form);
        if heard.iter().all(|(other, _)| *other != sound) {
            heard.push((sound, form));
        }
    }
    heard.into_iter().map(|(_, form)| form).collect()
}

/// The words of a page.
fn words_of(session: &Session<'_, '_>, page: PageSaid) -> Option<String> {
    let text = session.training.text(page.text)?.text();
    let source = text.get(page.begin..page.end.min(text.len()))?;
    Some(linear(source).passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n"))
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

/// Says terms with what they mean; each is Markdown, its name the heading.
pub(super) fn say_terms(session: &mut Session<'_, '_>, terms: &[String]) -> Result<(), Stop> {
    for (index, term) in terms.iter().enumerate() {
        if index > 0 {
            session.pause()?;
        }
        let (heading, meaning) = term.split_once('\n').unwrap_or((term, ""));
        let name = plain(heading.trim_start_matches('#').trim());
        match meaning.trim() {
            "" => session.say(&words::sentence(name.as_str()))?,
            meaning => say_markdown_as(session, &format!("{name}: "), meaning)?,
        }
    }
    Ok(())
}

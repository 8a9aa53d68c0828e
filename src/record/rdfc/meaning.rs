//! Whether a signature over the meaning of a document covers all of it.
//!
//! Readers of JSON-LD pass over whatever their contexts give no meaning: unknown members, members that mean something only
//! in another kind of object, types without a name, addresses that are not whole. None of that becomes a statement, so it
//! could be changed under the signature.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{CONTEXTS, RdfcFault};

/// Refuses what would become no statement.
pub(super) fn require(document: &Value) -> Result<(), RdfcFault> {
    let Value::Object(members) = document else { return Err(RdfcFault::Form) };
    let scope = Scope::of(members.get("@context").ok_or(RdfcFault::Form)?)?;
    // Not by recursion: how deep a document nests is for whoever wrote it to say.
    let mut left = Vec::new();
    let own = members.iter().filter(|(name, _)| *name != "@context");
    push(own, &types(members)?, &scope, &mut left)?;
    while let Some((name, value, sort)) = left.pop() {
        match value {
            Value::Array(values) => left.extend(values.iter().map(|value| (name, value, sort))),
            // A context within the document is a member like others here, and means nothing.
            Value::Object(members) => push(members.iter(), &types(members)?, &scope, &mut left)?,
            Value::String(text) if !sort.takes(text, &scope) => return Err(RdfcFault::Unknown(text.clone())),
            Value::Null => return Err(RdfcFault::Unknown(format!("{name}: null"))),
            Value::String(_) | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    Ok(())
}

/// What is still to be looked at: a value, the member that it stands in, and what strings are there.
type Left<'a> = Vec<(&'a str, &'a Value, &'a Sort)>;

/// Takes the members of an object of these types.
fn push<'a>(
    members: impl Iterator<Item = (&'a String, &'a Value)>,
    types: &[&str],
    scope: &Scope,
    left: &mut Left<'a>,
) -> Result<(), RdfcFault> {
    for (name, value) in members {
        let sort = scope.sort(name, types).ok_or_else(|| RdfcFault::Unknown(name.clone()))?;
        left.push((name, value, sort));
    }
    Ok(())
}

/// The types that an object says it is of.
fn types(members: &Map<String, Value>) -> Result<Vec<&str>, RdfcFault> {
    match members.get("type") {
        None => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one]),
        Some(Value::Array(many)) => {
            many.iter().map(|one| one.as_str().ok_or(RdfcFault::Form)).collect::<Result<_, _>>()
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => Err(RdfcFault::Form),
    }
}

/// What a string is in the place of a term.
#[derive(Debug)]
enum Sort {
    /// A text, whatever it says.
    Text,
    /// An address.
    Address,
    /// One of the types that the contexts name.
    Type,
    /// One of these words.
    Word(Vec<String>),
}

impl Sort {
    /// Of the definition of a term.
    fn of(definition: &Value) -> Self {
        let word = definition.as_str().or_else(|| definition.get("@type").and_then(Value::as_str));
        match word {
            Some("@id") => Self::Address,
            Some("@type") => Self::Type,
            Some("@vocab") => {
                let words = definition.get("@context").and_then(Value::as_object);
                Self::Word(words.into_iter().flat_map(Map::keys).cloned().collect())
            }
            Some(_) | None => Self::Text,
        }
    }

    /// Whether a string here becomes part of a statement.
    fn takes(&self, text: &str, scope: &Scope) -> bool {
        match self {
            Self::Text => true,
            Self::Address => is_whole_address(text),
            Self::Type => scope.0.iter().any(|context| context.types.contains_key(text)),
            Self::Word(words) => words.iter().any(|word| word == text),
        }
    }
}

/// Whether it has a scheme (RFC 3986, section 3.1) and no character that no address has: others are relative to nothing, and
/// passed over.
fn is_whole_address(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let mut scheme = scheme.chars();
    scheme.next().is_some_and(|first| first.is_ascii_alphabetic())
        && scheme.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !text
            .chars()
            .any(|c| c <= ' ' || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`'))
}

/// The terms of one context.
#[derive(Debug)]
struct Context {
    address: &'static str,
    /// What means something everywhere.
    everywhere: BTreeMap<String, Sort>,
    /// By type, what means something in objects of it alone (JSON-LD 1.1, section 4.1.9: not in what lies within them).
    types: BTreeMap<String, BTreeMap<String, Sort>>,
}

static KNOWN: LazyLock<Vec<Context>> = LazyLock::new(|| {
    let context = |&(address, text): &(&'static str, &str)| {
        let whole: Value = serde_json::from_str(text).expect("the contexts in the program are JSON");
        Context::new(address, &whole["@context"])
    };
    CONTEXTS.iter().map(context).collect()
});

impl Context {
    fn new(address: &'static str, terms: &Value) -> Self {
        let (mut everywhere, mut types) = (BTreeMap::new(), BTreeMap::new());
        for (name, definition) in terms.as_object().into_iter().flatten() {
            // Both vocabularies begin the names of types with a capital letter, and no others.
            if name.starts_with(|first: char| first.is_ascii_uppercase()) {
                let own = definition.get("@context").and_then(Value::as_object);
                let own = own.into_iter().flatten().map(|(name, term)| (name.clone(), Sort::of(term)));
                types.insert(name.clone(), own.collect());
            } else {
                everywhere.insert(name.clone(), Sort::of(definition));
            }
        }
        Self { address, everywhere, types }
    }
}

/// The contexts of a document.
struct Scope(Vec<&'static Context>);

impl Scope {
    /// Of what a document names: addresses that we know, and nothing else.
    fn of(named: &Value) -> Result<Self, RdfcFault> {
        let named = match named {
            Value::Array(many) => many.as_slice(),
            one => std::slice::from_ref(one),
        };
        let context = |named: &Value| {
            let address = named.as_str().ok_or(RdfcFault::Form)?;
            let known = KNOWN.iter().find(|context| context.address == address);
            known.ok_or_else(|| RdfcFault::JsonLd(format!("the context {address} is not known")))
        };
        named.iter().map(context).collect::<Result<_, _>>().map(Self)
    }

    /// What strings are in this member of an object of these types; nothing when it means nothing there.
    fn sort(&self, name: &str, types: &[&str]) -> Option<&'static Sort> {
        let own = types.iter().flat_map(|of| self.0.iter().filter_map(|context| context.types.get(*of)));
        let everywhere = self.0.iter().map(|context| &context.everywhere);
        own.chain(everywhere).find_map(|terms| terms.get(name))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{BADGES, CREDENTIALS};
    use super::*;

    #[test]
    fn what_would_become_no_statement_is_refused() {
        let document = json!({
            "@context": [CREDENTIALS, BADGES],
            "id": "urn:uuid:1",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "validUntil": "2027-01-01T00:00:00Z",
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
                "type": "Achievement", "version": "1", "criteria": {"narrative": "Passed."},
            }},
        });
        assert_eq!(require(&document), Ok(()));
        let check = |path: &str, value: Value, refused: &str| {
            let mut document = document.clone();
            let (parent, name) = path.rsplit_once('/').expect("a path");
            let members = document.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
            members.insert(name.to_owned(), value);
            assert_eq!(require(&document), Err(RdfcFault::Unknown(refused.to_owned())), "{path}");
        };
        // It means something, but not there.
        check("/credentialSubject/validUntil", json!("2099-01-01T00:00:00Z"), "validUntil");
        check("/credentialSubject/achievement/criteria/version", json!("2"), "version");
        check("/achievement", json!("urn:uuid:2"), "achievement");
        check("/assertionMethod", json!("x"), "assertionMethod");
        // It would be given another meaning.
        check("/credentialSubject/@context", json!({"name": null}), "@context");
        check("/credentialSubject/@type", json!("Achievement"), "@type");
        check("/type", json!(["VerifiableCredential", "Certificate"]), "Certificate");
        check("/credentialSubject/type", json!(["AchievementSubject", "name"]), "name");
        // It would be passed over.
        check("/name", json!(null), "name: null");
        check("/name", json!(["a", [null]]), "name: null");
        check("/id", json!("badge"), "badge");
        check("/evidence", json!(["urn:a b"]), "urn:a b");
        check("/issuer", json!("_:somebody"), "_:somebody");
    }

    #[test]
    fn contexts_are_ours_and_at_the_top() {
        let check = |document: Value, expected: RdfcFault| assert_eq!(require(&document), Err(expected));
        check(json!([]), RdfcFault::Form);
        check(json!({"name": "x"}), RdfcFault::Form);
        check(json!({"@context": {"name": "urn:x"}}), RdfcFault::Form);
        check(json!({"@context": [CREDENTIALS, {"x": "urn:x"}], "x": 1}), RdfcFault::Form);
        // Its context is not named.
        check(json!({"@context": CREDENTIALS, "narrative": "x"}), RdfcFault::Unknown("narrative".to_owned()));
        check(json!({"@context": CREDENTIALS, "type": 1}), RdfcFault::Form);
    }

    #[test]
    fn a_purpose_is_a_word_of_its_own() {
        let proof = |purpose: &str| json!({"@context": CREDENTIALS, "type": "DataIntegrityProof", "proofPurpose": purpose});
        assert_eq!(require(&proof("assertionMethod")), Ok(()));
        assert_eq!(require(&proof("everything")), Err(RdfcFault::Unknown("everything".to_owned())));
    }
}

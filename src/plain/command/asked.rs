//! Questions about the words of the course.

use zeroize::Zeroizing;

/// What is asked about words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plain) enum Asked {
    /// Which terms there are.
    List,
    /// Which of them stand on the page that was said.
    OnPage,
    /// What this one means.
    Define(String),
}

/// Reads a line as a question about words; `Err` says what is expected.
pub(super) fn parse(line: &str) -> Option<Result<Asked, &'static str>> {
    let line = line.trim();
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    // The line may be a passphrase.
    match (Zeroizing::new(name.to_lowercase()).as_str(), rest.trim()) {
        ("glossary", "") => Some(Ok(Asked::List)),
        ("define", "") => Some(Ok(Asked::OnPage)),
        ("define", word) => Some(Ok(Asked::Define(word.to_owned()))),
        _ => None,
    }
}

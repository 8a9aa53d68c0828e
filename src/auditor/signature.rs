//! HR's signature under the list of files, and the key that it is checked by.

use super::text;
use super::{Finding, Subject};
use crate::log::{VerifierKey, as_signed};
use crate::record::ssh;
use crate::registry::evidence::NAMESPACE;
use crate::report::evidence::Files;

/// The list of files and the signature under it, as far as they are here.
pub(super) struct Signature {
    /// `SHA256SUMS`.
    pub(super) list: Option<Vec<u8>>,
    /// `SHA256SUMS.sig`.
    signature: Option<Vec<u8>>,
}

/// By which key a pack is checked.
pub(super) struct By<'a> {
    /// The key of the log as whoever checks has it by another way.
    pub(super) named: Option<&'a VerifierKey>,
    /// The one in `log/key`, or what is wrong with that.
    pub(super) own: Result<&'a VerifierKey, &'a str>,
}

impl<'a> By<'a> {
    /// The key, or why there is none. Whoever names one does not ask the pack whose it is.
    pub(super) fn key(&self) -> Result<&'a VerifierKey, &'a str> {
        self.named.map_or(self.own, Ok)
    }
}

/// The key in `log/key`, or what is wrong with that.
pub(super) fn key_of_log(files: &Files) -> Result<VerifierKey, String> {
    if !files.contains_key("log/key") {
        return Err("log/key is missing: whose log this is cannot be told".to_owned());
    }
    let key = text(files, "log/key").trim_end_matches(['\r', '\n']).parse();
    key.map_err(|error| format!("log/key: is no key of a log: {error}"))
}

impl Signature {
    /// Takes both out of the files, for they are not among those that are listed.
    pub(super) fn take(files: &mut Files) -> Self {
        Self { list: files.remove("SHA256SUMS"), signature: files.remove("SHA256SUMS.sig") }
    }

    /// Whether there is one.
    pub(super) fn is_here(&self) -> bool {
        self.signature.is_some()
    }

    /// What is found of it, beside the files of the pack. `other` is the key that the log names where `log/key` has another, which is
    /// told of the log.
    pub(super) fn finding(self, files: &Files, by: &By<'_>, other: Option<&VerifierKey>) -> Finding {
        let Ok(key) = by.key() else {
            let words = "whose SHA256SUMS.sig is cannot be told without log/key: name the key that HR gave you with --log-key";
            return Finding::of(Subject::Signature, vec![words.to_owned()], Vec::new);
        };
        if let Some(other) = other.filter(|other| self.is_by(other) && !self.is_by(key)) {
            let did = other.key().did();
            let words = format!(
                "signed with the key {did}, which the log names and log/key does not: make sure by another way that it is HR's"
            );
            return match unlike_signers(files, other, "that the log names") {
                Some(wrong) => Finding::of(Subject::Signature, vec![wrong, words], Vec::new),
                None => Finding::unknown(Subject::Signature, vec![words]),
            };
        }
        let whose = if by.named.is_some() { "that you named" } else { "in log/key" };
        let mut wrong: Vec<String> = unlike_signers(files, key, whose).into_iter().collect();
        wrong.extend(self.unsigned(key));
        let which = match (by.named, by.own) {
            (None, _) => ": make sure by another way that it is HR's",
            (Some(named), Ok(own)) if named == own => "; log/key is the one that you named",
            (Some(_), Ok(_)) => {
                wrong.push("log/key is not the key of the log that you named".to_owned());
                ""
            }
            (Some(_), Err(words)) => {
                // That it is missing is told with the other files.
                wrong.extend(files.contains_key("log/key").then(|| words.to_owned()));
                ", which is the one that you named"
            }
        };
        let did = key.key().did();
        Finding::of(Subject::Signature, wrong, || vec![format!("signed with the key {did}{which}")])
    }

    /// Why the list is not signed with this key. How the lines of either end is told with the files.
    fn unsigned(&self, key: &VerifierKey) -> Option<String> {
        if self.list.is_none() {
            return Some("SHA256SUMS is missing, which is what HR signs".to_owned());
        }
        if self.signature.is_none() {
            return Some("SHA256SUMS.sig is missing, so nobody has signed SHA256SUMS".to_owned());
        }
        let did = key.key().did();
        (!self.is_by(key))
            .then(|| format!("SHA256SUMS.sig is not a signature of the key {did} on SHA256SUMS"))
    }

    fn is_by(&self, key: &VerifierKey) -> bool {
        let (Some(list), Some(signature)) = (&self.list, &self.signature) else { return false };
        let (list, signature) = (as_signed(list.clone()), as_signed(signature.clone()));
        ssh::is_signed_by(&list, &String::from_utf8_lossy(&signature), NAMESPACE, &key.key())
    }
}

/// In what `allowed_signers` is not the line of this key. With it the signature is checked by those who have stock tools alone.
fn unlike_signers(files: &Files, key: &VerifierKey, whose: &str) -> Option<String> {
    let Some(signers) = files.get("allowed_signers") else {
        return Some("allowed_signers is missing, by which stock tools check the signature".to_owned());
    };
    let is_it = as_signed(signers.clone()) == ssh::allowed_signer("hr", NAMESPACE, &key.key()).into_bytes();
    (!is_it).then(|| format!("allowed_signers does not name the key {whose}, and it alone"))
}

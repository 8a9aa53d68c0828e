//! Signatures over files that stock `ssh-keygen -Y verify` checks (OpenSSH, PROTOCOL.sshsig).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::did::PublicKey;
use super::key::SecretKey;
use crate::digest::{Digest, sha512};

const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const KEY_TYPE: &[u8] = b"ssh-ed25519";

/// By what a file is hashed before it is signed. The format knows these two; `ssh-keygen` takes the second unless it is told
/// otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HashKind {
    Sha256,
    Sha512,
}

impl HashKind {
    const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    fn name(self) -> &'static [u8] {
        match self {
            Self::Sha256 => b"sha256",
            Self::Sha512 => b"sha512",
        }
    }

    fn of(self, content: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Digest::of(content).as_bytes().to_vec(),
            Self::Sha512 => sha512(content).to_vec(),
        }
    }
}

/// How wide the lines of an armoured signature are; `ssh-keygen` writes the same.
const ARMOUR_COLUMNS: usize = 70;
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----\n";
const END: &str = "\n-----END SSH SIGNATURE-----\n";

/// An armoured signature of a file, for `ssh-keygen -Y verify -n NAMESPACE`. The namespace keeps a signature from being
/// shown for another purpose than it was made for.
#[must_use]
pub fn sign_file(content: &[u8], namespace: &str, key: &SecretKey) -> String {
    let hash = HashKind::Sha256;
    let signature = key.sign(&signed(content, namespace, hash));
    armoured(&BASE64.encode(blob(namespace, hash, &key.public(), &signature)))
}

/// Whether this is a signature of the key on the file for the namespace, in the form that [`sign_file`] gives it or the one of
/// stock `ssh-keygen -Y sign`, which hashes otherwise.
#[must_use]
pub fn is_signed_by(content: &[u8], signature: &str, namespace: &str, key: &PublicKey) -> bool {
    let inner = signature.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    let Some(Ok(bytes)) = inner.map(|text| BASE64.decode(text.replace('\n', ""))) else { return false };
    let Some(last) = bytes.last_chunk::<64>() else { return false };
    HashKind::ALL.into_iter().any(|hash| {
        bytes == blob(namespace, hash, key, last) && key.verifies(&signed(content, namespace, hash), last)
    })
}

/// What is signed of a file.
fn signed(content: &[u8], namespace: &str, hash: HashKind) -> Vec<u8> {
    let mut signed = MAGIC.to_vec();
    field(&mut signed, namespace.as_bytes());
    field(&mut signed, b"");
    field(&mut signed, hash.name());
    field(&mut signed, &hash.of(content));
    signed
}

/// What stands within the armour.
fn blob(namespace: &str, hash: HashKind, key: &PublicKey, signature: &[u8; 64]) -> Vec<u8> {
    let mut typed = Vec::new();
    field(&mut typed, KEY_TYPE);
    field(&mut typed, signature);

    let mut blob = MAGIC.to_vec();
    blob.extend(VERSION.to_be_bytes());
    field(&mut blob, &public_blob(key));
    field(&mut blob, namespace.as_bytes());
    field(&mut blob, b"");
    field(&mut blob, hash.name());
    field(&mut blob, &typed);
    blob
}

/// The line of an `allowed_signers` file by which `ssh-keygen` trusts this key as `principal`, for one namespace only.
/// A principal has no spaces and no quotation marks.
#[must_use]
pub fn allowed_signer(principal: &str, namespace: &str, key: &PublicKey) -> String {
    format!("{principal} namespaces=\"{namespace}\" ssh-ed25519 {}\n", BASE64.encode(public_blob(key)))
}

/// A public key on the wire (RFC 8709, section 4).
fn public_blob(key: &PublicKey) -> Vec<u8> {
    let mut blob = Vec::new();
    field(&mut blob, KEY_TYPE);
    field(&mut blob, key.as_bytes());
    blob
}

/// A string on the wire: its length in four bytes, then its bytes (RFC 4251, section 5).
fn field(to: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("keys, digests and namespaces are short");
    to.extend(length.to_be_bytes());
    to.extend(bytes);
}

fn armoured(text: &str) -> String {
    let mut armoured = String::from(BEGIN);
    for (index, c) in text.chars().enumerate() {
        if index > 0 && index % ARMOUR_COLUMNS == 0 {
            armoured.push('\n');
        }
        armoured.push(c);
    }
    armoured.push_str(END);
    armoured
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_seed(&[7; 32])
    }

    #[test]
    fn a_signature_is_armoured_as_openssh_armours_it() {
        let armoured = sign_file(b"files\n", "evidence-pack@countersign", &key());
        let mut lines = armoured.lines();
        assert_eq!(lines.next(), Some("-----BEGIN SSH SIGNATURE-----"));
        assert_eq!(lines.next_back(), Some("-----END SSH SIGNATURE-----"));
        let lines: Vec<&str> = lines.collect();
        let (last, full) = lines.split_last().expect("some lines");
        assert!(full.iter().all(|line| line.len() == 70));
        assert!((1..=70).contains(&last.len()));
        let blob = BASE64.decode(lines.concat()).expect("base64");
        assert!(blob.starts_with(b"SSHSIG\0\0\0\x01\0\0\0\x33\0\0\0\x0bssh-ed25519\0\0\0\x20"));
    }

    #[test]
    fn another_file_or_namespace_has_another_signature() {
        let signature = sign_file(b"files\n", "a@countersign", &key());
        assert_ne!(signature, sign_file(b"files", "a@countersign", &key()));
        assert_ne!(signature, sign_file(b"files\n", "b@countersign", &key()));
    }

    #[test]
    fn a_signature_is_for_its_file_namespace_and_key() {
        let signature = sign_file(b"files\n", "a@countersign", &key());
        let check = |content: &[u8], signature: &str, namespace, seed, expected| {
            let key = SecretKey::from_seed(&[seed; 32]).public();
            assert_eq!(
                is_signed_by(content, signature, namespace, &key),
                expected,
                "{namespace} {seed} {signature}"
            );
        };
        check(b"files\n", &signature, "a@countersign", 7, true);
        check(b"files", &signature, "a@countersign", 7, false);
        check(b"files\n", &signature, "b@countersign", 7, false);
        check(b"files\n", &signature, "a@countersign", 8, false);
        check(b"files\n", signature.trim_end(), "a@countersign", 7, false);
        check(b"files\n", "", "a@countersign", 7, false);
    }

    /// Made by `ssh-keygen -Y sign` of OpenSSH as it comes, with SHA-512, by the key of these tests.
    #[test]
    fn what_stock_ssh_keygen_signs_is_taken() {
        let signature = concat!(
            "-----BEGIN SSH SIGNATURE-----\n",
            "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg6kpsY+KcUgq+9VB7Ey7F+ZVHdq\n",
            "6+vnuSQh7qaRRG0iwAAAAZZXZpZGVuY2UtcGFja0Bjb3VudGVyc2lnbgAAAAAAAAAGc2hh\n",
            "NTEyAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEB3aeOgazK9sCg6kVKqeBGZ3yZpL/pHD0UjRL\n",
            "gF2jfiXI4uesCgihUkjLELiMP8Fwyfo538LLvjCCLB2W0/mSoH\n",
            "-----END SSH SIGNATURE-----\n",
        );
        let key = key().public();
        assert!(is_signed_by(b"files\n", signature, "evidence-pack@countersign", &key));
        assert!(!is_signed_by(b"files", signature, "evidence-pack@countersign", &key));
    }

    #[test]
    fn a_signer_is_allowed_for_one_namespace() {
        let line = allowed_signer("hr", "evidence-pack@countersign", &key().public());
        assert!(
            line.starts_with("hr namespaces=\"evidence-pack@countersign\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5")
        );
    }
}

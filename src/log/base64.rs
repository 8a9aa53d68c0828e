//! Base64, in the one spelling that the text formats have.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Base64 in its one spelling: with padding, without stray bits (RFC 4648, section 3.5).
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Bytes in it.
pub(super) fn written(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

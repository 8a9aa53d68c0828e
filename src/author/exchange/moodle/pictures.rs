//! Pictures that are embedded in a bank, as files of the course.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::author::exchange::html::shortened;
use crate::author::names::slug;

/// The largest picture that is taken, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The most bytes that all pictures of a bank may have, each counted as often as a text shows it, so that showing one large
/// picture in thousands of options does not take hours. A bank holds less than 12 MiB of them.
const MAX_SHOWN: usize = 128 * 1024 * 1024;

/// As many pictures as a course may have files.
const MAX_PICTURES: usize = 2_000;

/// The pictures so far: path within the course to content.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many bytes of [`MAX_SHOWN`] are used up.
    shown: usize,
}

impl Pictures {
    /// Takes a picture in; gives its address, which begins at the course folder: it holds wherever the quiz is put.
    ///
    /// # Errors
    /// Says what is lost.
    pub(super) fn add(&mut self, name: &str, base64: &str) -> Result<String, String> {
        let lost = |why: &str| format!("the picture {}: {why}", shortened(name));
        if base64.len() / 4 * 3 > MAX_BYTES {
            return Err(lost("it is larger than 4 MiB"));
        }
        self.shown = self.shown.saturating_add(base64.len() / 4 * 3);
        if self.shown > MAX_SHOWN {
            return Err(lost("the pictures of the bank are shown too often, more than 128 MiB of them"));
        }
        if self.files.len() >= MAX_PICTURES {
            return Err(lost("a course has no room for more than 2000"));
        }
        let packed: String = base64.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let bytes = STANDARD.decode(packed).map_err(|_| lost("its base64 is damaged"))?;
        let Some(extension) = extension(&bytes) else {
            return Err(lost("it is neither PNG, JPEG, GIF nor WebP"));
        };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = slug(stem, 40).unwrap_or_else(|| "picture".to_owned());
        let mut path = format!("assets/imported/{stem}.{extension}");
        let mut number = 2;
        while self.files.get(&path).is_some_and(|there| *there != bytes) {
            path = format!("assets/imported/{stem}-{number}.{extension}");
            number += 1;
        }
        self.files.insert(path.clone(), bytes);
        Ok(path)
    }
}

/// What the first bytes say that the picture is, whatever its name says.
fn extension(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_get_safe_names_of_their_own() {
        let mut pictures = Pictures::default();
        let png = STANDARD.encode(b"\x89PNG\r\n\x1a\n1");
        let other = STANDARD.encode(b"\x89PNG\r\n\x1a\n2");
        assert_eq!(
            pictures.add("../../etc/Über uns.PNG", &png).as_deref(),
            Ok("assets/imported/etc-uber-uns.png")
        );
        assert_eq!(pictures.add("etc über uns.gif", &png).as_deref(), Ok("assets/imported/etc-uber-uns.png"));
        assert_eq!(
            pictures.add("etc-uber-uns.png", &other).as_deref(),
            Ok("assets/imported/etc-uber-uns-2.png")
        );
        assert_eq!(pictures.add("…", &png).as_deref(), Ok("assets/imported/picture.png"));
        assert!(pictures.add("x.png", "****").is_err());
        assert!(pictures.add("x.svg", &STANDARD.encode("<svg onload=…>")).is_err());
        assert!(pictures.add("x.png", &"A".repeat(6 * 1024 * 1024)).is_err());
        assert_eq!(pictures.files.len(), 3);
        let large = STANDARD.encode([b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; MAX_BYTES / 2]].concat());
        let shown = (0..1_000).take_while(|_| pictures.add("large.png", &large).is_ok()).count();
        assert_eq!(shown, 63, "128 MiB, less the small ones, in pictures of a little more than 2 MiB");
    }
}

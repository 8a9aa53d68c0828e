//! Assets: whether they are what their names say, and nothing that could act by itself.

mod drawing;

use self::drawing::Wrong;
use crate::course::Fault;
use crate::course::rule::Rule;
use crate::course::source::quote;
use crate::picture::{self, Format, LONGEST_SIDE, Unshown};

/// The most bytes of one asset. A picture of a screen has a tenth of it; a course that holds films has another way to
/// bring them, and a pack has 64 MiB in all.
const MAX_BYTES: usize = 10 << 20;

/// What an asset may be, and how a file of that kind begins. Pictures that browsers, viewers and office programs show, and
/// documents to print or fill in. Nothing that runs (scripts, programs, office files with macros) and no archives, in
/// which anything can hide. SVG may hold scripts; such drawings are refused.
static KINDS: [(&str, Content); 10] = [
    ("png", Content::Begins(&[b"\x89PNG\r\n\x1a\n"])),
    ("jpg", Content::Begins(&[b"\xff\xd8\xff"])),
    ("jpeg", Content::Begins(&[b"\xff\xd8\xff"])),
    ("gif", Content::Begins(&[b"GIF87a", b"GIF89a"])),
    ("webp", Content::Riff(b"WEBP")),
    ("svg", Content::Drawing),
    ("pdf", Content::Begins(&[b"%PDF-"])),
    ("txt", Content::Words),
    ("md", Content::Words),
    ("csv", Content::Words),
];

#[derive(Debug, Clone, Copy)]
enum Content {
    /// One of these byte strings stands at the beginning.
    Begins(&'static [&'static [u8]]),
    /// A container that sounds and films come in too, with what is in it behind its length.
    Riff(&'static [u8]),
    /// UTF-8.
    Words,
    /// UTF-8 that draws and does not act.
    Drawing,
}

/// What is wrong with an asset.
pub(super) fn check(path: &str, bytes: &[u8]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut wrong = |rule, message: String, hint: &str| {
        faults.push(Fault { hint: Some(hint.to_owned()), ..Fault::of_file(rule, path, message) });
    };
    if bytes.len() > MAX_BYTES {
        let message = format!("{} bytes are too many for an asset, {MAX_BYTES} is the limit", bytes.len());
        wrong(Rule::AssetTooLarge, message, "make it smaller, or link to it");
    }
    let extension = extension(path);
    let kind = kind(extension.as_deref());
    let known = || format!("assets are {}", KINDS.map(|(kind, _)| kind).join(", "));
    match (kind, extension) {
        (None, Some(extension)) => {
            wrong(Rule::AssetType, format!("a file of type {} is no asset", quote(&extension)), &known());
        }
        (None, None) => wrong(Rule::AssetType, "a file without a type is no asset".to_owned(), &known()),
        (Some((kind, content)), _) => {
            if let Some((message, hint)) = other_than(kind, *content, bytes) {
                wrong(Rule::AssetType, message, hint);
            }
        }
    }
    faults
}

/// Why a picture that hangs in a lesson is described in words alone, on every terminal. No pixel of a file of pixels is unpacked; a
/// drawing is held to the limits of who draws it.
pub(super) fn never_drawn(path: &str, bytes: &[u8]) -> Option<Fault> {
    let why = match picture::measured(bytes) {
        Ok((Format::Svg, _)) => picture::drawing::read(bytes).err(),
        Ok((Format::Png | Format::Jpeg | Format::Gif, _)) => None,
        Err(why) => Some(why),
    }?;
    let hint = match why {
        Unshown::TooManyBytes | Unshown::TooManyPixels | Unshown::TooLong => format!(
            "make it smaller: at most {} MiB, {} million pixels, and {LONGEST_SIDE} pixels on a side",
            picture::MOST_BYTES >> 20,
            picture::MOST_PIXELS / 1_000_000,
        ),
        Unshown::Unknown => "save it as png, jpg, gif or svg".to_owned(),
        Unshown::CutOff => "take the whole file, or save it again".to_owned(),
        Unshown::Missing | Unshown::Broken | Unshown::NoFont => {
            "save it again, a drawing more simply; its first tag gives width and height, or a viewBox"
                .to_owned()
        }
    };
    let message = format!("no learner sees this picture, only its description: {why}");
    Some(Fault { hint: Some(hint), ..Fault::of_file(Rule::NeverDrawn, path, message) })
}

/// Whether a file can be an asset by its name.
pub(super) fn can_be(path: &str) -> bool {
    kind(extension(path).as_deref()).is_some()
}

fn extension(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

fn kind(extension: Option<&str>) -> Option<&'static (&'static str, Content)> {
    KINDS.iter().find(|(kind, _)| extension == Some(*kind))
}

/// What makes a file something else than its name says, and what to do about it.
fn other_than(kind: &str, content: Content, bytes: &[u8]) -> Option<(String, &'static str)> {
    const PLAIN: &str = "save it as a plain drawing, or as png";
    let another = || {
        let hint = "save it again, or give it the name of what it is";
        Some((format!("this is no {kind} file, whatever its name says"), hint))
    };
    let text = || {
        str::from_utf8(bytes).map_err(|_| ("this is no text in UTF-8".to_owned(), "save the file as UTF-8"))
    };
    match content {
        Content::Begins(beginnings) if beginnings.iter().any(|beginning| bytes.starts_with(beginning)) => {
            None
        }
        Content::Riff(what) if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(what) => None,
        Content::Begins(_) | Content::Riff(_) => another(),
        Content::Words => text().err(),
        Content::Drawing => match text().map(drawing::check) {
            Err(no_text) => Some(no_text),
            Ok(Ok(())) => None,
            Ok(Err(Wrong::OtherXml)) => another(),
            Ok(Err(Wrong::Acts(sign))) => {
                Some((format!("this drawing holds {}, so it could act by itself", quote(sign)), PLAIN))
            }
            Ok(Err(Wrong::Unreadable)) => {
                let message = "this drawing cannot be read as XML, so nobody can tell what it does";
                Some((message.to_owned(), PLAIN))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One with 81 million pixels was shown to nobody, and its author was not told.
    #[test]
    fn a_picture_that_is_never_drawn_is_told_with_what_to_do() {
        #[track_caller]
        fn says(bytes: &[u8], expected: Option<(&str, &str)>) {
            let fault = never_drawn("assets/a.png", bytes);
            let said = fault.as_ref().map(|fault| {
                (
                    fault.message.rsplit(": ").next().unwrap_or_default(),
                    fault.hint.as_deref().unwrap_or_default(),
                )
            });
            assert_eq!(said, expected);
        }
        const SMALLER: &str = "make it smaller: at most 8 MiB, 40 million pixels, and 16384 pixels on a side";
        const AGAIN: &str =
            "save it again, a drawing more simply; its first tag gives width and height, or a viewBox";
        let png = |width: u32, height: u32| {
            let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
            let rest = b"\x08\0\0\0\0crc.\0\0\0\0IDATcrc.\0\0\0\0IENDcrc.";
            [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width[..], &height, rest].concat()
        };
        says(&png(8000, 5000), None);
        says(b"<svg viewBox='0 0 2 1'/>", None);
        says(&png(8000, 5001), Some(("the picture has more than 40 million pixels", SMALLER)));
        says(&png(16_385, 1), Some(("a side of the picture has more than 16384 pixels", SMALLER)));
        let heavy = [png(2, 1), vec![0; picture::MOST_BYTES]].concat();
        says(&heavy, Some(("the file has more than 8 MiB", SMALLER)));
        says(
            b"RIFF\x10\0\0\0WEBPVP8 ",
            Some(("the file is no PNG, JPEG, GIF or SVG picture", "save it as png, jpg, gif or svg")),
        );
        says(
            &png(9, 9)[..50],
            Some(("the file ends before the picture does", "take the whole file, or save it again")),
        );
        says(&png(0, 1), Some(("the file is damaged or too involved", AGAIN)));
        says(b"<svg width='5'/>", Some(("the file is damaged or too involved", AGAIN)));
        // What is well within its size, and no learner saw.
        let nested = |depth: usize| {
            format!("<svg viewBox='0 0 2 1'>{}{}</svg>", "<g>".repeat(depth), "</g>".repeat(depth))
        };
        says(nested(20).as_bytes(), None);
        says(nested(3000).as_bytes(), Some(("the file is damaged or too involved", AGAIN)));
        let used = |level: u32| {
            format!("<g id='a{level}'>{}</g>", format!("<use href='#a{}'/>", level + 1).repeat(10))
        };
        let many = format!(
            "<svg viewBox='0 0 2 1'>{}<path id='a8' d='M0 0'/></svg>",
            (0..8).map(used).collect::<String>()
        );
        says(many.as_bytes(), Some(("the file is damaged or too involved", AGAIN)));
    }

    #[test]
    fn what_an_asset_may_be() {
        #[track_caller]
        fn says(path: &str, bytes: &[u8], expected: &[&str]) {
            let faults = check(path, bytes);
            assert_eq!(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>(), expected);
        }
        says("assets/a.PNG", b"\x89PNG\r\n\x1a\n...", &[]);
        says("assets/a.jpeg", b"\xff\xd8\xff\xe0", &[]);
        says("assets/a.txt", "Grüße".as_bytes(), &[]);
        says("assets/a.svg", b"<svg><path d=\"M0 0\"/><g one=\"1\"/></svg>", &[]);
        says("assets/a.png", b"MZ", &["this is no png file, whatever its name says"]);
        says("assets/a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", &[]);
        says("assets/a.webp", b"RIFF\x10\0\0\0WAVEfmt ", &["this is no webp file, whatever its name says"]);
        says("assets/a.webp", b"RIFF", &["this is no webp file, whatever its name says"]);
        says("assets/a.svg", b"<html/>", &["this is no svg file, whatever its name says"]);
        says(
            "assets/a.svg",
            b"<svg>",
            &["this drawing cannot be read as XML, so nobody can tell what it does"],
        );
        says("assets/a.exe", b"MZ", &["a file of type `exe` is no asset"]);
        says("assets/Makefile", b"", &["a file without a type is no asset"]);
        says("assets/a.csv", b"\xff", &["this is no text in UTF-8"]);
        says(
            "assets/a.svg",
            b"<svg><SCRIPT>x</SCRIPT></svg>",
            &["this drawing holds `<script`, so it could act by itself"],
        );
        says(
            "assets/a.svg",
            b"<svg onload=\"x\"/>",
            &["this drawing holds `on…=`, so it could act by itself"],
        );
        says(
            "assets/b.bin",
            &vec![0; (10 << 20) + 1],
            &[
                "10485761 bytes are too many for an asset, 10485760 is the limit",
                "a file of type `bin` is no asset",
            ],
        );
    }
}

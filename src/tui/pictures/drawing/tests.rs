use std::fmt::Write as _;

use super::*;

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20\" height=\"10\">{inside}</svg>"
    )
}

fn drawn(inside: &str) -> Result<RgbaImage, Unshown> {
    read(svg(inside).as_bytes(), &Fonts::default())?.at(Pixels { width: 20, height: 10 })
}

#[track_caller]
fn refused(inside: &str) {
    let text = svg(inside);
    let refused = read(text.as_bytes(), &Fonts::default()).map(|_| ());
    assert_eq!(refused, Err(Unshown::Broken), "{}", &text[..text.len().min(300)]);
}

#[test]
fn lines_and_areas_stand_on_white() {
    let picture = drawn("<rect width='10' height='10' fill='#00f'/>").expect("a drawing");
    assert_eq!((picture.get_pixel(2, 5).0, picture.get_pixel(15, 5).0), ([0, 0, 255, 255], [255; 4]));
    let larger =
        read(svg("<rect width='10' height='10'/>").as_bytes(), &Fonts::default()).expect("a drawing");
    let larger = larger.at(Pixels { width: 200, height: 100 }).expect("a picture");
    assert_eq!((larger.get_pixel(95, 50).0, larger.get_pixel(105, 50).0), ([0, 0, 0, 255], [255; 4]));
}

#[test]
fn nothing_from_outside_is_drawn() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/_diagrams/app-test.svg");
    assert!(std::path::Path::new(path).is_file());
    let black = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIyMCIgaGVpZ2h0PSIxMCI+PHJlY3Qgd2lkdGg9IjIwIiBoZWlnaHQ9IjEwIi8+PC9zdmc+";
    for address in [path, &format!("file://{path}"), black, "https://example.org/a.png"] {
        for name in ["href", "xlink:href"] {
            let picture = drawn(&format!("<image width='20' height='10' {name}='{address}'/>"));
            let picture = picture.expect("a drawing with nothing in it");
            assert!(picture.pixels().all(|pixel| pixel.0 == [255; 4]), "{address}");
        }
    }
}

#[test]
fn entities_are_refused() {
    let text = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><svg width='1' height='1'><text>&b;</text></svg>";
    assert_eq!(read(text.as_bytes(), &Fonts::default()).map(|_| ()), Err(Unshown::Broken));
    let text = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg width='1' height='1'><text>&x;</text></svg>";
    assert_eq!(read(text.as_bytes(), &Fonts::default()).map(|_| ()), Err(Unshown::Broken));
}

#[test]
fn depth_and_number_have_limits() {
    let nested = |depth: usize| format!("{}<rect/>{}", "<g>".repeat(depth), "</g>".repeat(depth));
    assert!(drawn(&nested(DEEPEST - 2)).is_ok());
    refused(&nested(DEEPEST));
    refused(&nested(100_000));
    refused(&"<path d='M0 0h1'/>".repeat(MOST_ELEMENTS + 1));
    refused(&"a<!---->".repeat(MOST_NODES as usize));
}

#[test]
fn parts_that_use_parts_are_counted_as_often_as_they_are_drawn() {
    let uses = |depth: usize, each: usize| {
        let mut text = String::from("<defs><rect id='p0' width='1' height='1'/>");
        for level in 1..=depth {
            let uses = format!("<use href='#p{}'/>", level - 1).repeat(each);
            let _ = write!(text, "<g id='p{level}'>{uses}</g>");
        }
        text + &format!("</defs><use xlink:href='#p{depth}'/>")
    };
    assert!(drawn(&uses(3, 3)).is_ok());
    refused(&uses(6, 10));
    refused(&uses(60, 2));
    refused("<g id='a'><use href='#a'/></g>");
    refused("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>");
    let pattern = |target: &str| {
        format!(
            "<pattern id='p' width='1' height='1'><rect fill='url(#{target})'/></pattern><rect fill='url(#p)'/>"
        )
    };
    assert!(drawn(&pattern("q")).is_ok());
    refused(&pattern("p"));
    // By a style, too, which any element may have.
    refused("<style>.a{fill:url(#p)}</style><pattern id='p'><rect class='a'/></pattern><rect class='a'/>");
    let gradient = "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop class='a'/></linearGradient>";
    assert!(drawn(&format!("{gradient}{}", "<rect class='a'/>".repeat(1_000))).is_ok());
}

#[test]
fn effects_are_those_of_a_shadow() {
    let filter = |effect: &str| {
        format!("<filter id='f'><{effect}/></filter><rect width='9' height='9' filter='url(#f)'/>")
    };
    assert!(drawn(&filter("feGaussianBlur stdDeviation='2'")).is_ok());
    refused(&filter("feTurbulence numOctaves='99999'"));
    refused(&filter("feMorphology radius='9999'"));
    refused(&filter("feImage href='/etc/passwd'"));
    refused(&format!("{}{}", filter("feOffset"), "<rect filter='url(#f)'/>".repeat(300)));
}

#[test]
fn no_drawing_breaks_the_reader() {
    for text in [
        "",
        "<",
        "<svg",
        "<svg/>",
        "<svg width='1' height='1'",
        "\u{0}",
        "<svg width='0' height='0'/>",
        "<html/>",
    ] {
        let _ = read(text.as_bytes(), &Fonts::default())
            .map(|drawing| drawing.at(Pixels { width: 3, height: 3 }));
    }
    assert_eq!(read(b"\xff", &Fonts::default()).map(|_| ()), Err(Unshown::Broken));
}

use std::fmt::Write as _;

use super::*;
use crate::picture::drawing::{DEEPEST, MOST_ELEMENTS, MOST_NODES};

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
    refused("<style>.a{mask:url(#p)}</style><mask id='p'><rect class='a'/></mask><rect class='a'/>");
    refused("<style>.a{fill:url(#p)}</style><g id='p'/><rect class='a'/>");
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
    refused(&format!(
        "<filter id='f'>{}</filter><rect width='20' height='9' filter='url(#f)'/>",
        "<feOffset/>".repeat(17)
    ));
    let shadow =
        "<filter id='f' x='-9' y='-9' width='30' height='30'><feGaussianBlur stdDeviation='3'/></filter>";
    let each = "<rect width='20' height='10' filter='url(#f)'/>";
    assert!(drawn(&format!("{shadow}{}", each.repeat(9))).is_ok());
    refused(&format!("{shadow}{}", each.repeat(90)));
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

/// Each of these kept a core busy for minutes, or took all the memory there is.
#[test]
fn no_drawing_comes_to_more_than_what_stands_in_it() {
    let shape = "<path d='M0 0h9v9z'/>";
    let marker = |mark: &str| {
        format!(
            "<marker id='m'>{}</marker><path {mark} d='M0 0{}'/>",
            shape.repeat(100),
            "l1 1".repeat(9_000)
        )
    };
    refused(&marker("marker-mid='url(#m)'"));
    refused(&marker("style='fill:red;marker-mid:url(#m)'"));
    refused(&marker("style='marker:url(#m)'"));
    refused(&marker("style='m/**/arker:url(#m)'"));
    refused(&format!("<style>path{{marker-mid:url(#m)}}</style>{}", marker("")));
    refused(&format!("<g marker-end='url(#m)'>{}</g>", marker("")));
    assert!(drawn("<marker id='m'><path d='M0 0h1v1z'/></marker><path marker-end='url(#m)' d='M1 1h9' stroke='red'/>").is_ok());
    // By selectors that name no class, twice at each level.
    let mut doubling = String::new();
    for level in 0..20 {
        let _ = write!(doubling, "<style>#a{level},#b{level}{{mask:url(#p{})}}</style>", level + 1);
        let _ = write!(doubling, "<mask id='p{level}'><rect id='a{level}'/><rect id='b{level}'/></mask>");
    }
    refused(&doubling);
    // Two parts of one name.
    let bomb = format!("<mask id='p'><rect/></mask><mask id='p'>{}</mask>", shape.repeat(2_000));
    refused(&format!("{bomb}{}", "<rect mask='url(#p)'/>".repeat(100)));
    let quoted = format!("<mask id='p)'>{}</mask>", shape.repeat(2_000));
    refused(&format!("{quoted}{}", "<rect mask=\"url('#p)')\"/>".repeat(100)));
    // Rules that every element is compared with, and one that looks at all that is around an element.
    refused(&format!("<style>{}</style>{}", ".a{x:1}".repeat(5_000), "<g class='b'/>".repeat(9_000)));
    refused(&format!(
        "<style>{} rect{{fill:red}}</style>{}",
        "g ".repeat(30),
        "<g>".repeat(50) + &"</g>".repeat(50)
    ));
    // Arcs with radii that need a million curves each.
    refused("<circle r='1e30'/>");
    refused("<path d='M0 0a1e300 1e300 0 1 1 5 5'/>");
    refused("<path d='M0 0A99999999 9 0 1 1 5 5'/>");
    refused("<rect width='9' height='9' rx='1e38'/>");
    refused(&format!(
        "<path {}/>",
        (0..300).fold(String::new(), |all, number| all + &format!(" a{number}=''"))
    ));
    refused(
        "<pattern id='p' width='9999' height='9999'><rect width='1' height='1'/></pattern><rect fill='url(#p)'/>",
    );
    refused(&format!("<text>{}</text>", "<tspan>words</tspan>".repeat(500)));
    refused("<text><textPath href='#a'>words</textPath></text>");
}

#[test]
fn what_is_made_of_a_drawing_is_reckoned_before_it_is_drawn() {
    let whole = "width='20' height='10'";
    let refused_as =
        |inside: &str, what: &str| assert_eq!(drawn(inside).err(), Some(Unshown::Broken), "{what}");
    let crossing = |count: usize| {
        let mut path = "<path d='M0 0".to_owned();
        for number in 0..count {
            let _ = write!(path, "L{} {}", number % 20, number % 7);
        }
        path + "'/>"
    };
    assert!(drawn(&crossing(9_000)).is_ok());
    refused_as(&crossing(30_000), "edges that cross each other");
    let dashed = |length: &str| format!("<path stroke='red' stroke-dasharray='{length}' d='M0 5h20'/>");
    assert!(drawn(&dashed("1 2")).is_ok());
    refused_as(&dashed(".00001"), "millions of dashes");
    refused_as(
        &format!("<g style='stroke-dasharray:.001'>{}</g>", "<path stroke='red' d='M0 5h20'/>".repeat(50)),
        "dashes from above",
    );
    let nested = |depth: usize, how: &str| {
        format!(
            "{}<rect {whole}/>{}",
            format!("<g {how}><rect {whole}/>").repeat(depth),
            "</g>".repeat(depth)
        )
    };
    assert!(drawn(&nested(10, "opacity='.9'")).is_ok());
    let large = format!("<rect x='-99' y='-99' width='300' height='300'/>{}", nested(20, "opacity='.9'"));
    assert!(drawn(&large).is_ok());
    let all_large =
        nested(20, "style='opacity:.9'").replace(whole, "x='-99' y='-99' width='300' height='300'");
    refused_as(&all_large, "layers in layers");
    refused_as(
        &format!("<style>g{{opacity:.9}}</style>{}", all_large.replace("opacity", "color")),
        "the same by a rule",
    );
    refused_as(&format!("<rect {whole}/>").repeat(2_000), "painted over and over");
    assert!(drawn(&"<rect width='2' height='2'/>".repeat(2_000)).is_ok());
}

#[test]
fn a_drawing_that_needs_much_memory_is_made_smaller_and_enlarged() {
    let layer = "<g opacity='.5'><rect x='-99' y='-99' width='300' height='300' fill='#00f'/>";
    let text = svg(&(layer.repeat(2) + "</g></g>"));
    let drawing = read(text.as_bytes(), &Fonts::default()).expect("a drawing");
    assert!(drawing.layers > 40.0, "{drawing:?}");
    let picture = drawing.at(Pixels { width: 2_400, height: 1_200 }).expect("a picture");
    assert_eq!((picture.width(), picture.height()), (2_400, 1_200));
    assert_eq!(picture.get_pixel(1_200, 600), picture.get_pixel(3, 1_100));
}

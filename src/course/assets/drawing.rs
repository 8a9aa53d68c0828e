//! Whether an SVG drawing could act by itself when a browser opens it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What is wrong with a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It holds this, which runs or loads what does.
    Acts(&'static str),
    /// It is XML and no drawing.
    OtherXml,
    /// A reader of XML does not get to its end, and what others make of it is anybody's guess.
    Unreadable,
}

/// Elements that run something or hold a whole page, whatever stands before the colon: which prefix means which namespace is
/// decided by whoever writes the file. `handler` and `listener` are of SVG Tiny 1.2 and XML Events.
const ACTING: [(&str, &str); 5] = [
    ("script", "<script"),
    ("foreignobject", "<foreignObject"),
    ("iframe", "<iframe"),
    ("handler", "<handler"),
    ("listener", "<listener"),
];

/// Namespaces whose elements act in a drawing: pages (forms, objects, redirections), transformations. Many drawing programs name
/// that of events without using it.
const NAMESPACES: [(&str, &str); 2] = [
    ("http://www.w3.org/1999/xhtml", "xmlns=…xhtml"),
    ("http://www.w3.org/1999/xsl/transform", "xmlns=…Transform"),
];

/// Schemes of addresses that are programs.
const SCHEMES: [&str; 3] = ["javascript:", "vbscript:", "data:text/html"];

/// Reads all of a drawing as browsers do: as XML, with names and values as they are once references were resolved.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    let mut reader = Reader::from_str(text);
    let mut open = 0_usize;
    let mut root = None;
    loop {
        let outside = open == 0;
        match reader.read_event().map_err(|_| Wrong::Unreadable)? {
            // A second root, or words beside it: no browser shows that.
            Event::Start(_) | Event::Empty(_) if outside && root.is_some() => return Err(Wrong::Unreadable),
            Event::Text(text) if outside && !text.trim_start_matches('\u{feff}').trim().is_empty() => {
                return Err(Wrong::Unreadable);
            }
            Event::CData(_) | Event::GeneralRef(_) if outside => return Err(Wrong::Unreadable),
            Event::Start(start) => {
                root.get_or_insert(is_drawing(&start));
                open += 1;
                check_element(&start)?;
            }
            Event::Empty(start) => {
                root.get_or_insert(is_drawing(&start));
                check_element(&start)?;
            }
            Event::End(_) => open = open.saturating_sub(1),
            // A style sheet can be a program that writes the page. Other instructions are notes of drawing programs.
            Event::PI(instruction) if instruction.target() == "xml-stylesheet" => {
                return Err(Wrong::Acts("<?xml-stylesheet"));
            }
            // What is declared within could be anything by another name.
            Event::DocType(declared) if declared.contains('[') => return Err(Wrong::Acts("<!DOCTYPE …[")),
            // In another encoding, other words stand here.
            Event::Decl(declared) => match declared.encoding() {
                None => {}
                Some(Ok(encoding)) if ["utf-8", "us-ascii"].contains(&&*encoding.to_ascii_lowercase()) => {}
                Some(Ok(_) | Err(_)) => return Err(Wrong::Unreadable),
            },
            Event::Eof => break,
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::GeneralRef(_)
            | Event::DocType(_) => {}
        }
    }
    match root {
        _ if open > 0 => Err(Wrong::Unreadable),
        Some(true) => Ok(()),
        Some(false) | None => Err(Wrong::OtherXml),
    }
}

fn is_drawing(start: &BytesStart<'_>) -> bool {
    start.local_name().as_ref() == "svg"
}

fn check_element(start: &BytesStart<'_>) -> Result<(), Wrong> {
    let name = start.local_name();
    if let Some((_, sign)) = ACTING.iter().find(|(acting, _)| name.as_ref().eq_ignore_ascii_case(acting)) {
        return Err(Wrong::Acts(sign));
    }
    // Whether one stands there twice is of no interest, and to find out takes time by the square.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Wrong::Unreadable)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Wrong::Unreadable)?;
        let name = attribute.key.as_ref();
        // Browsers read schemes through white space and control characters.
        let shown: String = value.chars().filter(|c| *c > ' ').map(|c| c.to_ascii_lowercase()).collect();
        if is_handler(attribute.key.local_name().as_ref()) {
            return Err(Wrong::Acts("on…="));
        }
        if let Some(scheme) = SCHEMES.iter().find(|scheme| shown.contains(**scheme)) {
            return Err(Wrong::Acts(scheme));
        }
        let declares = name == "xmlns" || name.starts_with("xmlns:");
        if let Some((_, sign)) = NAMESPACES.iter().find(|(namespace, _)| declares && shown == *namespace) {
            return Err(Wrong::Acts(sign));
        }
        // An animation can set what the drawing does not say.
        if name.eq_ignore_ascii_case("attributeName") && is_handler(local(&value)) {
            return Err(Wrong::Acts("attributeName=\"on…\""));
        }
    }
    Ok(())
}

/// Whether an attribute of this name is run: `onload`, `onclick`. No other attribute of a drawing begins like that.
fn is_handler(name: &str) -> bool {
    name.len() > 4
        && name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"))
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn local(name: &str) -> &str {
    let name = name.trim();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(drawing: &str, expected: Result<(), Wrong>) {
        assert_eq!(check(drawing), expected, "{drawing}");
    }

    #[test]
    fn drawings_draw() {
        for fine in [
            "<svg/>",
            "<svg><path d=\"M0 0\"/><g one=\"1\"/></svg>",
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- a <script> --><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><s:a xlink:href=\"https://example.org\"/></s:svg>",
            "<svg><text>onload = javascript: &lt;script&gt;</text><style><![CDATA[ a > b {} ]]></style></svg>",
            "<svg><image href=\"data:image/png;base64,AAAA\"/></svg>",
            "<svg><animate attributeName=\"opacity\" values=\"0;1\"/></svg>",
            "<svg xmlns:ev=\"http://www.w3.org/2001/xml-events\"/>",
            "<?xpacket begin=\"\"?>\n<svg><?plantuml 1.2?></svg>\n<!-- made by a program -->\n",
        ] {
            says(fine, Ok(()));
        }
    }

    /// The first three passed when drawings were searched as text.
    #[test]
    fn what_could_act_is_found_however_it_is_written() {
        for (drawing, sign) in [
            ("<svg onload =\"alert(1)\"/>", "on…="),
            ("<svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>alert(1)</s:script></svg>", "<script"),
            ("<svg><a href=\"java&#115;cript:alert(1)\"/></svg>", "javascript:"),
            ("<svg><a href=\" j&#9;avascript:alert(1)\"/></svg>", "javascript:"),
            ("<svg><a href='JavaScript:alert(1)'/></svg>", "javascript:"),
            ("<svg><set attributeName=\"href\" to=\"javascript:alert(1)\"/></svg>", "javascript:"),
            ("<svg><set attributeName=\"onclick\" to=\"alert(1)\"/></svg>", "attributeName=\"on…\""),
            ("<svg><a href=\"data:text/html,x\"/></svg>", "data:text/html"),
            ("<svg><SCRIPT>x</SCRIPT></svg>", "<script"),
            ("<svg><script/></svg>", "<script"),
            ("<svg><g\nonclick='x'/></svg>", "on…="),
            ("<svg><foreignObject><b/></foreignObject></svg>", "<foreignObject"),
            ("<svg><h:meta xmlns:h=\"http://www.w3.org/1999/xhtml\"/></svg>", "xmlns=…xhtml"),
            ("<svg><h:meta xmlns:h=\"http://www.w3.org/1999/&#x78;html\"/></svg>", "xmlns=…xhtml"),
            ("<?xml-stylesheet type=\"text/xsl\" href=\"#x\"?><svg/>", "<?xml-stylesheet"),
            ("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>", "<!DOCTYPE …["),
        ] {
            says(drawing, Err(Wrong::Acts(sign)));
        }
    }

    #[test]
    fn what_is_read_otherwise_elsewhere_is_none() {
        says("<html/>", Err(Wrong::OtherXml));
        says("", Err(Wrong::OtherXml));
        for broken in [
            "<svg>",
            "<svg></g>",
            "<svg onload=alert(1)/>",
            "<svg a=\"&own;\"/>",
            "<svg><![CDATA[</svg>",
            "<svg/><svg/>",
            "just words",
            "words <svg/>",
            "<svg></svg> words",
            "<svg/>&amp;",
            "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><svg/>",
        ] {
            says(broken, Err(Wrong::Unreadable));
        }
    }

    /// To compare each with each would take hours.
    #[test]
    fn a_drawing_of_nothing_but_attributes_is_read_soon() {
        let attributes = (0..200_000).map(|i| format!(" a{i}=\"\"")).collect::<Vec<_>>().concat();
        says(&format!("<svg{attributes}/>"), Ok(()));
        says(&"<svg>".repeat(200_000), Err(Wrong::Unreadable));
    }
}

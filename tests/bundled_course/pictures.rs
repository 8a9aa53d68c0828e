//! Every picture is drawn in the repository, says in words what it shows, and is the drawing that stands there.

use std::collections::BTreeSet;
use std::fs;

use countersign::digest::Digest;

use crate::none;
use crate::shipped::{course, files, repository};

/// As many as the course needs: who can reach data, the work profile, the in-app browser, the timeline, permissions, and
/// whom to tell.
const FEWEST: usize = 6;

fn drawn() -> BTreeSet<String> {
    let folder = fs::read_dir(repository().join("assets/_diagrams")).expect("a folder of drawings");
    let names = folder.filter_map(|entry| entry.expect("an entry").file_name().into_string().ok());
    names.filter_map(|name| name.strip_suffix(".svg").map(str::to_owned)).collect()
}

/// What a drawing says of itself, its entities and line ends undone.
fn described(svg: &str) -> Option<String> {
    let (_, rest) = svg.split_once("<desc")?;
    let (text, _) = rest.split_once('>')?.1.split_once("</desc>")?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.replace("&#39;", "'").replace("&apos;", "'").replace("&amp;", "&");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn the_words_of_a_picture_are_those_of_its_drawing() {
    let mut wrong = Vec::new();
    let mut shown = BTreeSet::new();
    for module in &course().modules {
        let path = &module.lesson.path;
        for picture in &module.lesson.document.survey().pictures {
            let name = picture.address.strip_prefix("../assets/").and_then(|name| name.strip_suffix(".png"));
            let Some(name) = name else {
                wrong.push(format!("{path}: {} is no drawing of ours", picture.address));
                continue;
            };
            shown.insert(name.to_owned());
            let svg = repository().join(format!("assets/_diagrams/{name}.svg"));
            let said = fs::read_to_string(svg).ok().as_deref().and_then(described).unwrap_or_default();
            if said.is_empty() || said != picture.description.as_str() {
                wrong.push(format!(
                    "{path}: {name}\n  lesson:  {}\n  drawing: {said}",
                    picture.description.as_str()
                ));
            }
        }
    }
    wrong.extend(drawn().difference(&shown).map(|name| format!("no lesson shows {name}")));
    if shown.len() < FEWEST {
        wrong.push(format!("{} pictures", shown.len()));
    }
    none(&wrong);
}

/// Whoever changes a drawing and forgets to render it is told here.
#[test]
fn pictures_are_rendered_from_the_drawings_that_stand_here() {
    let list = fs::read_to_string(repository().join("assets/_diagrams/rendered.sha256")).expect("a list");
    let mut wrong = Vec::new();
    let mut listed = BTreeSet::new();
    for line in list.lines() {
        let (digest, path) = line.split_once("  ").expect("as sha256sum writes it");
        let bytes = fs::read(repository().join(path)).unwrap_or_default();
        if Digest::of(&bytes).to_string().trim_start_matches("sha256:") != digest {
            wrong.push(format!("{path} changed: assets/_diagrams/render"));
        }
        listed.insert(path.to_owned());
    }
    let expected = drawn()
        .into_iter()
        .flat_map(|name| [format!("assets/_diagrams/{name}.svg"), format!("assets/{name}.png")]);
    wrong.extend(expected.filter(|path| !listed.contains(path)).map(|path| format!("{path} is not listed")));
    let pictures = files().into_keys().filter(|path| path.starts_with("assets/"));
    wrong.extend(pictures.filter(|path| !listed.contains(path)).map(|path| format!("{path} has no drawing")));
    none(&wrong);
}

#[test]
fn descriptions_are_read_from_drawings() {
    let svg = "<svg><title>T</title>\n<desc id=\"d\">One &amp; two\n   &lt;three&gt;.</desc></svg>";
    assert_eq!(described(svg).as_deref(), Some("One & two <three>."));
    assert_eq!(described("<svg/>"), None);
}

//! The files that are attached to a text.

use std::collections::HashMap;

use crate::author::exchange::html::shortened;
use crate::author::exchange::moodle::pictures::Pictures;
use crate::author::exchange::moodle::tree::Element;
use crate::course::percent_decoded;

/// What the addresses of attached files begin with.
pub(super) const ATTACHED: &str = "@@PLUGINFILE@@";

/// The files of a text, and which of them were shown.
#[derive(Debug)]
pub(super) struct Attached<'e> {
    files: Vec<AttachedFile<'e>>,
    /// A text may name as many files as there are in it, so they are found by their paths.
    places: HashMap<&'e str, usize>,
}

#[derive(Debug)]
struct AttachedFile<'e> {
    element: &'e Element,
    is_shown: bool,
}

impl<'e> Attached<'e> {
    /// The files of this text. Of two with one name the first counts.
    pub(super) fn to(text: &'e Element) -> Self {
        let files: Vec<_> =
            text.all("file").map(|element| AttachedFile { element, is_shown: false }).collect();
        let mut places = HashMap::new();
        for (place, file) in files.iter().enumerate() {
            places.entry(path_of(file.element)).or_insert(place);
        }
        Self { files, places }
    }

    /// Takes the picture in that an address behind [`ATTACHED`] names; gives its address in the course.
    ///
    /// # Errors
    /// Says what is lost.
    pub(super) fn show(&mut self, address: &str, pictures: &mut Pictures) -> Result<String, String> {
        let name = name_in(address.split(['?', '#']).next().unwrap_or_default());
        let place = self.places.get(name.as_str());
        let Some(file) = place.and_then(|place| self.files.get_mut(*place)) else {
            return Err(format!("the file {}: the bank does not hold it", shortened(&name)));
        };
        file.is_shown = true;
        if file.element.attribute("encoding").is_some_and(|encoding| encoding != "base64") {
            return Err(format!("the file {}: its encoding is not base64", shortened(&name)));
        }
        pictures.add(&name, &file.element.text)
    }

    /// The line and the path of each file that was not shown.
    pub(super) fn unshown(&self) -> impl Iterator<Item = (usize, &'e str)> {
        let unshown = self.files.iter().filter(|file| !file.is_shown);
        unshown.map(|file| (file.element.line, path_of(file.element)))
    }
}

/// The name of an attached file as an address behind [`ATTACHED`] says it.
pub(super) fn name_in(address: &str) -> String {
    percent_decoded(address).trim_start_matches('/').to_owned()
}

/// Where a file of a text lies among those of the text.
fn path_of(file: &Element) -> &str {
    file.attribute("name").unwrap_or_default().trim_start_matches('/')
}

//! What a face is told about its learner's surroundings.

use crate::clock::{Calendar, Timestamp};
use crate::config::Config;
use crate::printable::Printable;
use crate::training::Places;
use crate::tui::Options;
use crate::tui::hyperlinks::Hyperlinks;
use crate::tui::keymap::Keymap;
use crate::tui::pictures::{Gallery, Studio};
use crate::tui::theme::{Device, Theme};

/// What a face is told about its learner's surroundings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the learner wants.
    pub config: Config,
    /// What is known of the terminal.
    pub device: Device,
    /// Which keys are others: what `config` says.
    pub keymap: Keymap,
    /// How things look: what `config` says on such a terminal.
    pub theme: Theme,
    /// The days and clocks where the learner is.
    pub zone: Calendar,
    /// Where things are or will be kept.
    pub places: Places,
    /// Where links are made known to the terminal; `None` where it takes none.
    pub links: Option<Hyperlinks>,
    /// Who draws pictures; `None` where they are described in words.
    pub pictures: Option<Gallery>,
    /// Where pictures are drawn when somebody wishes them otherwise.
    pub(in crate::tui) studio: Option<Studio>,
    /// The command that opens the same line by line.
    pub line_by_line: String,
}

impl Settings {
    /// What a face is told that is wanted like this, in these places, before pictures are drawn.
    #[must_use]
    pub fn new(options: &Options, places: Places, links: Option<Hyperlinks>) -> Self {
        let Options { config, keymap, device, zone, links: _, surroundings: _, line_by_line } = options;
        Self {
            config: config.clone(),
            device: *device,
            keymap: keymap.clone(),
            theme: Theme::of(config, *device),
            zone: *zone,
            places,
            links,
            pictures: None,
            studio: None,
            line_by_line: line_by_line.clone(),
        }
    }

    /// From now on it is as `config` says.
    pub fn change(&mut self, config: &Config) {
        self.config.clone_from(config);
        self.look_for_gallery();
        self.theme = Theme::of(config, self.device);
    }

    /// From now on pictures are drawn here, as the learner wants them.
    pub fn open_studio(&mut self, studio: Studio) {
        self.studio = Some(studio);
        self.look_for_gallery();
    }

    /// Pictures are drawn as the learner wants them on a terminal that may have said its name meanwhile. Says whether that is
    /// another way than before.
    pub fn look_for_gallery(&mut self) -> bool {
        let Some(studio) = &self.studio else { return false };
        let before = self.pictures.take();
        self.pictures = studio.gallery(self.config.pictures, before.clone());
        !Gallery::same(before.as_ref(), self.pictures.as_ref())
    }

    /// The time of day where the learner is, with the zone: `14:05 UTC+02:00`, or `14:05 UTC`.
    #[must_use]
    pub fn time_of_day(&self, moment: Timestamp) -> Printable {
        Printable::new(&self.zone.time_of_day(moment))
    }

    /// The day where the learner is, such as `2026-11-22`.
    #[must_use]
    pub fn day(&self, moment: Timestamp) -> Printable {
        Printable::new(&self.zone.day(moment).to_string())
    }

    /// Day and time where the learner is, with the zone: `2026-11-22 14:05 UTC+02:00`, or `… UTC`.
    #[must_use]
    pub fn day_and_time(&self, moment: Timestamp) -> Printable {
        Printable::new(&moment.day_and_time(self.zone))
    }

    /// The day until whose end something is due, and until when that is where the learner is.
    #[must_use]
    pub fn until(&self, moment: Timestamp) -> Printable {
        Printable::new(&self.zone.until(moment))
    }
}

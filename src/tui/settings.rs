//! What a face is told about its learner's surroundings.

use chrono::{DateTime, FixedOffset};

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::training::Places;
use crate::tui::hyperlinks::Hyperlinks;
use crate::tui::pictures::Gallery;
use crate::tui::theme::Theme;

/// What a face is told about its learner's surroundings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How things look.
    pub theme: Theme,
    /// The learner's time zone.
    pub zone: FixedOffset,
    /// Where things are or will be kept.
    pub places: Places,
    /// Where links are made known to the terminal; `None` where it takes none.
    pub links: Option<Hyperlinks>,
    /// Who draws pictures; `None` where they are described in words.
    pub pictures: Option<Gallery>,
}

impl Settings {
    /// The time of day where the learner is, with the zone: `14:05 UTC+02:00`, or `14:05 UTC`.
    #[must_use]
    pub fn time_of_day(&self, moment: Timestamp) -> Printable {
        let utc = self.zone.local_minus_utc() == 0;
        self.written(moment, if utc { "%H:%M UTC" } else { "%H:%M UTC%:z" })
    }

    /// The day where the learner is, such as `2026-11-22`.
    #[must_use]
    pub fn day(&self, moment: Timestamp) -> Printable {
        self.written(moment, "%Y-%m-%d")
    }

    /// Day and time where the learner is, with the zone: `2026-11-22 14:05 UTC+02:00`, or `… UTC`.
    #[must_use]
    pub fn day_and_time(&self, moment: Timestamp) -> Printable {
        Printable::new(&moment.day_and_time(self.zone))
    }

    fn written(&self, moment: Timestamp, format: &str) -> Printable {
        let moment = DateTime::from_timestamp(moment.unix(), 0).unwrap_or(DateTime::UNIX_EPOCH);
        Printable::new(&moment.with_timezone(&self.zone).format(format).to_string())
    }
}

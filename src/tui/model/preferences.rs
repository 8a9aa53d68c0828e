//! The settings over a screen: what is changed is seen at once on everything around them.

use ratatui::layout::Rect;

use super::Model;
use crate::config::Setting;
use crate::tui::effect::{Effect, saying};
use crate::tui::message::Message;
use crate::tui::modes::Modes;
use crate::tui::overlay::{self, Overlay};
use crate::tui::pane::Hits;
use crate::tui::preferences::{self, LEARNER, NOTHING_TO_UNDO, Preferences};
use crate::tui::widgets::panel;

impl Model {
    pub(super) fn show_settings(&mut self) {
        let settings = &self.settings;
        self.lay_over(Overlay::Settings(Preferences::new(LEARNER, &settings.config, settings.device.depth)));
    }

    /// Changes a setting, and everything that depends on it.
    pub(super) fn change_settings(&mut self, message: preferences::Message) -> Vec<Effect> {
        let (before, body) = (self.modes(), self.areas().body);
        let Some(Overlay::Settings(preferences)) = &mut self.overlay else { return Vec::new() };
        if preferences.is_idle(message) {
            return vec![saying(NOTHING_TO_UNDO)];
        }
        preferences.update(message);
        let said = preferences.said_after(message);
        let rows = preferences.rows_in_focus(panel::text_width(body));
        let height = usize::from(panel::text_height(body));
        self.scroll = self.scroll.max(rows.end.saturating_sub(height)).min(rows.start);
        self.settings.change(preferences.config());
        if let Some((screens, mut context)) = self.learning_context() {
            screens.screen.resize(context.size, &mut context);
        }
        let modes = self.modes();
        let set_modes = (modes != before).then_some(Effect::SetModes(modes));
        set_modes.into_iter().chain(said.map(saying)).collect()
    }

    fn modes(&self) -> Modes {
        match &self.overlay {
            Some(Overlay::Settings(preferences)) => preferences.modes(self.settings.device),
            Some(_) | None => Modes::of(&self.settings.config, self.settings.device),
        }
    }

    /// Keeps what was changed, and closes the settings.
    pub(super) fn close_settings(&mut self) -> Vec<Effect> {
        let before = self.modes();
        let mut effects = self.keep_settings();
        self.overlay = None;
        let modes = self.modes();
        effects.extend((modes != before).then_some(Effect::SetModes(modes)));
        effects
    }

    /// What is to be kept of the settings, if they are open.
    pub(super) fn keep_settings(&mut self) -> Vec<Effect> {
        let Some(Overlay::Settings(preferences)) = &mut self.overlay else { return Vec::new() };
        let changed: Vec<Setting> = preferences.take_changed();
        if changed.is_empty() { Vec::new() } else { vec![Effect::KeepSettings(changed)] }
    }

    /// What can be clicked on `preferences`.
    pub(super) fn settings_hits(&self, preferences: &Preferences, body: Rect) -> Hits<Message> {
        let message = |message| Message::Overlay(overlay::Message::Preferences(message));
        preferences.hits(body, self.scroll).map(|(place, click)| (place, message(click))).collect()
    }

    /// It is to look like this, whatever the settings say.
    #[cfg(test)]
    pub(in crate::tui) fn set_theme(&mut self, theme: crate::tui::theme::Theme) {
        self.settings.theme = theme;
    }

    /// The terminal takes links, known by these.
    #[cfg(test)]
    pub(in crate::tui) fn set_links(&mut self, links: crate::tui::hyperlinks::Hyperlinks) {
        self.settings.links = Some(links);
    }

    /// What the learner wants.
    #[must_use]
    pub fn config(&self) -> &crate::config::Config {
        &self.settings.config
    }

    /// Said when they are kept.
    #[must_use]
    pub fn settings_kept(&self) -> String {
        preferences::kept(&self.settings.config, &self.settings.keymap)
    }
}

#[cfg(test)]
mod tests;

//! The settings over a screen of the dashboard.

use super::Model;
use crate::config::Config;
use crate::tui::hr::effect::Effect;
use crate::tui::hr::overlay::Overlay;
use crate::tui::keymap::Keymap;
use crate::tui::modes::Modes;
use crate::tui::preferences::{self, NOTHING_TO_UNDO, OFFICER, Preferences};
use crate::tui::theme::{Device, Theme};
use crate::tui::widgets::panel;

impl Model {
    /// The dashboard as somebody wants it, on such a terminal. `keymap` is what can be had of the keys in `config`.
    #[must_use]
    pub fn wanted(self, config: Config, keymap: Keymap, device: Device) -> Self {
        let mut model = Self { device, keymap, ..self };
        model.take_settings(config);
        model
    }

    /// What the officer wants.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Said when they are kept.
    #[must_use]
    pub fn settings_kept(&self) -> String {
        preferences::kept(&self.config, &self.keymap)
    }

    pub(super) fn show_settings(&mut self) {
        self.lay_over(Overlay::Settings(Preferences::new(OFFICER, &self.config, self.device.depth)));
    }

    /// Changes a setting, and everything that depends on it.
    pub(super) fn change_settings(&mut self, message: preferences::Message) -> Vec<Effect> {
        let (before, body) = (self.modes(), self.body());
        let Some(Overlay::Settings(preferences)) = &mut self.overlay else { return Vec::new() };
        if preferences.is_idle(message) {
            self.say(NOTHING_TO_UNDO);
            return Vec::new();
        }
        preferences.update(message);
        let said = preferences.said_after(message);
        let rows = preferences.rows_in_focus(panel::text_width(body));
        let height = usize::from(panel::text_height(body));
        self.scroll = self.scroll.max(rows.end.saturating_sub(height)).min(rows.start);
        let config = preferences.config().clone();
        self.take_settings(config);
        if let Some(words) = said {
            self.say(&words);
        }
        let modes = self.modes();
        if modes == before { Vec::new() } else { vec![Effect::SetModes(modes)] }
    }

    fn modes(&self) -> Modes {
        match &self.overlay {
            Some(Overlay::Settings(preferences)) => preferences.modes(self.device),
            Some(_) | None => Modes::of(&self.config, self.device),
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
        let changed = preferences.take_changed();
        if changed.is_empty() { Vec::new() } else { vec![Effect::KeepSettings(changed)] }
    }

    fn take_settings(&mut self, config: Config) {
        self.look.theme = Theme::of(&config, self.device);
        self.config = config;
    }
}

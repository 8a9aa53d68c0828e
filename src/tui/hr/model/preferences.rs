//! The settings over a screen of the dashboard.

use super::Model;
use crate::config::Config;
use crate::tui::hr::effect::Effect;
use crate::tui::hr::overlay::Overlay;
use crate::tui::keymap;
use crate::tui::preferences::{self, OFFICER, Preferences};
use crate::tui::theme::{Depth, Theme};
use crate::tui::widgets::panel;

impl Model {
    /// The dashboard as somebody wants it, on a terminal with so many colours.
    #[must_use]
    pub fn wanted(self, config: Config, depth: Depth) -> Self {
        let keymap = keymap::check("", &config.keys).keymap;
        let mut model = Self { depth, keymap, ..self };
        model.take_settings(config);
        model
    }

    /// What the officer wants.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn show_settings(&mut self) {
        self.lay_over(Overlay::Settings(Preferences::new(OFFICER, &self.config, self.depth)));
    }

    /// Changes a setting, and everything that depends on it.
    pub(super) fn change_settings(&mut self, message: preferences::Message) -> Vec<Effect> {
        let body = self.body();
        let Some(Overlay::Settings(preferences)) = &mut self.overlay else { return Vec::new() };
        preferences.update(message);
        let rows = preferences.rows_in_focus(panel::text_width(body));
        let height = usize::from(panel::text_height(body));
        self.scroll = self.scroll.max(rows.end.saturating_sub(height)).min(rows.start);
        let mouse = self.config.mouse;
        let config = preferences.config().clone();
        self.take_settings(config);
        let now = self.config.mouse;
        if now == mouse { Vec::new() } else { vec![Effect::UseMouse(now)] }
    }

    /// What is to be kept of the settings, if they are open.
    pub(super) fn keep_settings(&mut self) -> Vec<Effect> {
        let Some(Overlay::Settings(preferences)) = &mut self.overlay else { return Vec::new() };
        let changed = preferences.take_changed();
        if changed.is_empty() { Vec::new() } else { vec![Effect::KeepSettings(changed)] }
    }

    fn take_settings(&mut self, config: Config) {
        self.look.theme = Theme::of(&config, self.depth);
        self.config = config;
    }
}

//! The tables of keys of both faces together, for whoever looks for two meanings of one key.

use super::keymap::{Context, Keymap};
use super::{everywhere, hr, screens};

/// Every screen of both faces with its keys, those of learners first.
#[must_use]
pub fn contexts() -> Vec<Context> {
    let dashboard = hr::contexts().into_iter().map(Context::in_dashboard);
    screens::contexts().into_iter().map(everywhere::everywhere).chain(dashboard).collect()
}

/// Every action that can have other keys, in the order of the alphabet.
#[must_use]
pub fn actions() -> Vec<&'static str> {
    let mut actions: Vec<_> = contexts().iter().flat_map(Context::actions).collect();
    actions.extend(Keymap::moves());
    actions.sort_unstable();
    actions.dedup();
    actions
}

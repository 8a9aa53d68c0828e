//! What several screens draw with.

pub mod panel;
pub mod reader;
pub mod text;
pub mod text_field;

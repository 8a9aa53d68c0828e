//! What several screens draw with.

pub mod answer;
pub mod footer;
pub mod greeting;
pub mod help;
pub mod kept;
pub mod more;
pub mod number;
pub mod panel;
pub mod phrases;
pub mod rows;
pub mod sheet;
pub mod text;
pub mod text_field;

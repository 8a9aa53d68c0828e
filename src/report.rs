//! What is handed to people outside the terminal: pages that stand by themselves.

pub mod certificate;

//! countersign: security-awareness training in the terminal, with completion evidence that anyone can check.
//!
//! This file is the map of the rooms; `ARCHITECTURE.md` says who may import whom and why.

pub mod address;
pub mod auditor;
pub mod author;
pub mod bar;
pub mod cli;
pub mod clock;
pub mod config;
pub mod course;
pub mod digest;
pub mod encoding;
#[cfg(unix)]
pub mod endings;
pub mod files;
pub mod fold;
pub mod id;
pub mod log;
pub mod markup;
pub mod packed;
pub mod percent;
pub mod phrase;
pub mod picture;
pub mod plain;
pub mod printable;
pub mod progress;
pub mod quiz;
pub mod record;
pub mod registry;
pub mod report;
pub mod separated;
pub mod shell;
pub mod store;
pub mod training;
pub mod tui;

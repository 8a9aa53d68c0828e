//! The signed file: what it says, how it is signed, and what can be said of it afterwards.

pub mod claims;

//! The plain room.

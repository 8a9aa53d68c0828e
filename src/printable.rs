//! The printable room.

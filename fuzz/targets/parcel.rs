//! Any bytes as an archive, a mail or a mailbox: an end, no panic, and no piece that is larger than a record may be.

#![no_main]

use std::io::Cursor;
use std::ops::ControlFlow;

use countersign::record::json::MAX_BYTES;
use countersign::registry::parcel::{Piece, archive, mail, mailbox};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut take = |piece| {
        if let Piece::File { bytes, .. } = piece {
            assert!(bytes.len() <= MAX_BYTES);
        }
        ControlFlow::Continue(())
    };
    let _ = archive(&mut Cursor::new(bytes), "p", &mut take);
    let _ = mail(bytes, "p", &mut take);
    let _ = mailbox(&mut Cursor::new(bytes), "p", &mut take);
});

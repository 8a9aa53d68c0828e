//! How anybody checks a completion record, in sentences, the same in every face.

/// Said before the command that does it.
pub const ANYBODY_CAN_CHECK: &str = "Anybody can check the record, without asking us and without a network:";

/// Said before [`LEVELS`].
pub const IT_SAYS_FOR_ITSELF: &str = "It says for itself what holds and what could not be checked:";

/// The levels of a verdict, and what each says.
pub const LEVELS: [(&str, &str); 5] = [
    ("signature", "whether anything was changed since it was signed"),
    ("content", "which lessons and questions it is about, byte for byte"),
    ("grading", "every answer is marked again: whether the score comes out the same"),
    ("identity", "whether it answers an assignment signed by HR for that person"),
    ("time", "whether it is from after the assignment and before receipt"),
];

/// How to do without this program.
pub const WITH_OTHER_TOOLS: &str = "The record is a W3C verifiable credential. The folder docs/verify of the program shows how to \
                                    check it with Python, openssl or npm alone.";

//! How anybody checks a completion record, in sentences, the same in every face.

/// Said before the command that does it.
pub const ANYBODY_CAN_CHECK: &str = "Anybody can check the record, without asking us and without a network:";

/// Said before [`LEVELS`].
pub const IT_SAYS_FOR_ITSELF: &str = "It says for itself what holds and what could not be checked:";

/// The levels of a verdict, and what each says.
pub const LEVELS: [(&str, &str); 5] = [
    ("signature", "whether anything was changed since it was signed"),
    ("content", "which lessons and questions it is about, byte for byte"),
    ("grading", "whether the score comes out the same when every answer is marked again"),
    ("identity", "whether it answers an assignment signed by HR for that person"),
    ("time", "whether it is from after the assignment and before receipt"),
];

/// How to do without this program; nobody who has it alone has its source.
pub const WITH_OTHER_TOOLS: &str = "To an auditor, hand the record file: it is a W3C verifiable credential, which other tools check as \
                                    well. The source of this program shows how with Python, openssl or npm alone, in its folder \
                                    docs/verify.";

//! Which part of an evidence pack answers which control.

/// A control, what it asks of training, and where in the pack the answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    /// Its name in its standard.
    pub name: &'static str,
    /// What it asks, in our words.
    pub asks: &'static str,
    /// Where to look.
    pub place: &'static str,
}

/// The controls that training records are asked for by most. The pack says where to look; whether that is enough is for
/// the auditor to say.
pub const CONTROLS: [Control; 9] = [
    Control {
        name: "NIST SP 800-53 Rev. 5 AT-2, AT-3",
        asks: "literacy and role-based training is given, before access and then regularly",
        place: "population.csv: status, due and completed of everybody; courses: what was taught",
    },
    Control {
        name: "NIST SP 800-53 Rev. 5 AT-4",
        asks: "training is documented and monitored, and records are kept",
        place: "records, receipts; population.csv",
    },
    Control {
        name: "NIST SP 800-171 Rev. 3 03.02 (CMMC AT)",
        asks: "people know the risks of what they do, those with special roles too",
        place: "population.csv: role; courses: topics",
    },
    Control {
        name: "ISO/IEC 27001:2022 A.6.3, 7.2",
        asks: "awareness, and documented evidence of competence",
        place: "records: every answer of every attempt, so that competence can be judged again",
    },
    Control {
        name: "PCI DSS 4.0.1 12.6.2, 12.6.3",
        asks: "content is reviewed every year; people are trained when they come and every year, and acknowledge the policy",
        place: "courses: reviewed and review_by in course.ron; population.csv: hired, completed, valid until; acknowledgements.csv",
    },
    Control {
        name: "HIPAA 45 CFR 164.308(a)(5), 164.316(b)",
        asks: "an awareness programme, documented for six years",
        place: "population.csv; records; log",
    },
    Control {
        name: "SOC 2 CC1.4, CC2.2",
        asks: "a population, its exceptions, and a sample",
        place: "population.csv, waivers.csv, sample.txt",
    },
    Control {
        name: "GDPR Art. 5(1)(c), 17",
        asks: "no more personal data than needed; erasure",
        place: "records of the sample only; what was erased stays in the log as a digest",
    },
    Control {
        name: "21 CFR 11.10, 11.50, 11.70",
        asks: "who signed, when, and what the signature means, bound to the record",
        place: "records: proof and acknowledgement; receipts; log",
    },
];

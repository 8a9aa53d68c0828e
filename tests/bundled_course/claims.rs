//! What the sources do not bear out may stand here only where it is denied, and nobody is judged by where they come from.

use countersign::markup::linear;

use crate::none;
use crate::shipped::{Spoken, Voice, course, questions, spoken};

/// A claim that many have met and that does not hold as it stands, by the words that make it.
struct Claim {
    name: &'static str,
    words: &'static [&'static str],
}

/// What must not be repeated as it stands, in small letters.
const CLAIMS: [Claim; 24] = [
    Claim { name: "spyware", words: &["spyware", "spy software"] },
    Claim { name: "a Trojan horse", words: &["trojan"] },
    Claim { name: "iris scans", words: &["iris scan", "iris recognition", "scans your iris"] },
    Claim { name: "fingerprints are collected", words: &["fingerprints"] },
    Claim {
        name: "data becomes state intelligence",
        words: &[
            "becomes state intelligence",
            "become state intelligence",
            "is state intelligence",
            "into state intelligence",
        ],
    },
    Claim {
        name: "automatically goes to the state",
        words: &["automatically becomes", "must hand all", "must hand over all"],
    },
    Claim { name: "a right to request removal", words: &["every right to"] },
    Claim {
        name: "private and company phones are alike",
        words: &["similar risk", "similar level of risk", "same risk", "same level of risk"],
    },
    Claim { name: "others are not far behind", words: &["far behind"] },
    Claim {
        name: "all servers are in one country",
        words: &[
            "servers are all",
            "all servers are",
            "all tiktok servers",
            "all of its servers",
            "servers are in china",
            "all user data is stored",
        ],
    },
    Claim { name: "scraping", words: &["scrape", "scraping"] },
    Claim {
        name: "TikTok as such is under the law",
        words: &["tiktok is subject to", "tiktok itself is subject to"],
    },
    Claim {
        name: "built to be addictive",
        words: &["more addictive", "designed to addict", "designed to harm"],
    },
    Claim {
        name: "a study without a name",
        words: &["uk study", "british study", "a recent study", "studies show"],
    },
    Claim { name: "a disguise", words: &["thinly disguised", "data harvesting", "harvesting app"] },
    Claim { name: "not exposed willingly", words: &["willingly expose"] },
    Claim { name: "unneeded data", words: &["unneeded"] },
    Claim {
        name: "all that is typed",
        words: &["everything you type", "every key you press", "all your keystrokes"],
    },
    Claim {
        name: "spying for a government",
        words: &["journalists for the chinese", "spied for the chinese"],
    },
    Claim { name: "owned by a government", words: &["government owns", "owned by the chinese government"] },
    Claim { name: "banned in the US", words: &["banned in the us", "banned in the united states"] },
    Claim { name: "shut down in Canada", words: &["shut tiktok down", "canada shut"] },
    Claim {
        name: "proved to be safe",
        words: &["proved that tiktok is safe", "proves that tiktok is safe", "proved tiktok safe"],
    },
    Claim { name: "theirs alone", words: &["only chinese apps", "only chinese companies"] },
];

/// How people are spoken of when they, and not companies, laws and states, are made the risk.
const FRAMINGS: [Claim; 5] = [
    Claim {
        name: "people by origin",
        words: &[
            "chinese colleague",
            "chinese employee",
            "chinese people",
            "chinese worker",
            "chinese staff",
            "chinese student",
            "chinese-looking",
            "chinese citizens",
            "chinese origin",
            "chinese descent",
            "asian",
        ],
    },
    Claim {
        name: "a people as one",
        words: &[
            "the chinese are",
            "the chinese want",
            "the chinese have",
            "the chinese will",
            "the chinese do",
            "the chinese.",
        ],
    },
    Claim {
        name: "spies",
        words: &["chinese spies", "chinese spy", "chinese hackers", "fifth column", "sleeper"],
    },
    Claim { name: "slogans", words: &["red china", "communist", "chicom", "oriental", "dragon", "yellow"] },
    Claim { name: "loyalty", words: &["loyal", "divided allegiance"] },
];

/// Words with which a sentence takes back what it repeats.
const DENIALS: [&str; 27] = [
    "cannot",
    "contests",
    "denied",
    "denies",
    "deny",
    "disagree",
    "disagrees",
    "disputed",
    "discrimination",
    "doubtful",
    "false",
    "neither",
    "never",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "outdated",
    "refutes",
    "rejected",
    "rejects",
    "unsupported",
    "untrue",
    "without",
    "wrong",
];
/// Phrases that do the same, and phrases with such a word that do not.
const DENIAL_PHRASES: [&str; 1] = ["too far"];
const NO_DENIALS: [&str; 6] =
    ["no doubt", "not only", "no wonder", "not surprising", "without a doubt", "no question"];
/// Who says so is somebody else.
const HEARSAY: [&str; 7] =
    ["have heard", "may hear", "have read", "many have met", "some say", "people say", "was claimed"];
/// How many sentences later the denial may stand.
const LATER: usize = 2;

/// A sentence, and who says it.
struct Sentence {
    voice: Voice,
    text: String,
}

/// What is said, and what is said to it elsewhere.
struct Said {
    sentences: Vec<Sentence>,
    answers: Vec<Sentence>,
}

/// The claims that are made, each with its sentence.
fn made(said: &Said, claims: &[Claim]) -> Vec<String> {
    let mut made = Vec::new();
    for (place, sentence) in said.sentences.iter().enumerate() {
        let text = sentence.text.to_lowercase();
        for claim in claims {
            let place_of = claim.words.iter().find_map(|words| position(&text, words));
            let Some(at) = place_of else { continue };
            // What somebody offers is answered by all that we say about it, what we repeat by the next sentences.
            let within = match sentence.voice {
                Voice::Ours => LATER,
                Voice::Theirs | Voice::Chosen => usize::MAX,
            };
            let next = said.sentences[place + 1..].iter().chain(&said.answers).take(within);
            let following = next.filter(|next| next.voice == Voice::Ours).any(|next| denies(&next.text));
            let repeated = sentence.voice != Voice::Ours || is_quoted(&text, at) || is_hearsay(&text);
            let answered = repeated && following;
            if !denies(&text) && !answered {
                made.push(format!("{}: {}", claim.name, sentence.text));
            }
        }
    }
    made
}

/// Where these words begin in a text, at the beginning of a word.
fn position(text: &str, words: &str) -> Option<usize> {
    let mut places = text.match_indices(words).map(|(at, _)| at);
    places.find(|&at| !text[..at].ends_with(char::is_alphanumeric))
}

fn denies(text: &str) -> bool {
    let mut text = text.to_lowercase().replace("n't", " not");
    if DENIAL_PHRASES.iter().any(|phrase| text.contains(phrase)) {
        return true;
    }
    for phrase in NO_DENIALS {
        text = text.replace(phrase, "");
    }
    text.split(|c: char| !c.is_alphanumeric()).any(|word| DENIALS.contains(&word))
}

/// Whether an odd number of quotation marks stands before the place, or the sentence asks.
fn is_quoted(text: &str, at: usize) -> bool {
    let open = text[..at].matches(['"', '“', '”', '‘']).count() % 2 == 1;
    open || text.trim_end_matches(['"', '”', '’', ')']).ends_with('?')
}

fn is_hearsay(text: &str) -> bool {
    HEARSAY.iter().any(|phrase| text.contains(phrase))
}

/// The sentences of a Markdown text as they are heard: every cell of a table with the name of its column.
fn sentences(markdown: &str, voice: Voice) -> Vec<Sentence> {
    let passages = linear(markdown).passages;
    passages
        .iter()
        .flat_map(|passage| split(passage.text.as_str()))
        .map(|text| Sentence { voice, text })
        .collect()
}

fn split(text: &str) -> Vec<String> {
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let closing = rest.len() - rest.trim_start_matches(['"', '”', '’', ')', '*']).len();
        let ends = matches!(c, '.' | '!' | '?' | '…') && rest[closing..].starts_with(' ');
        if ends {
            let end = at + c.len_utf8() + closing;
            found.push(text[start..end].trim().to_owned());
            start = end;
        }
    }
    found.push(text[start..].trim().to_owned());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// What the course says by itself.
fn ours(markdown: &str) -> Said {
    Said { sentences: sentences(markdown, Voice::Ours), answers: Vec::new() }
}

/// Every text that learners read, with its name.
fn texts() -> Vec<(String, Said)> {
    let policy = course().policy.iter().map(|policy| &policy.lesson);
    let lessons = course().modules.iter().map(|module| &module.lesson).chain(policy);
    let mut texts: Vec<_> = lessons.map(|lesson| (lesson.path.clone(), ours(lesson.text()))).collect();
    for asked in questions() {
        for Spoken { voice, text, answers } in spoken(asked.question) {
            let answers = answers.into_iter().flat_map(|answer| sentences(answer, Voice::Ours)).collect();
            texts.push((asked.name(), Said { sentences: sentences(&text, voice), answers }));
        }
    }
    texts
}

fn complaints(claims: &[Claim]) -> Vec<String> {
    let made = texts().into_iter().flat_map(|(name, said)| {
        made(&said, claims).into_iter().map(move |claim| format!("{name}: {claim}"))
    });
    let mut made: Vec<String> = made.collect();
    made.dedup();
    made
}

#[test]
fn nothing_is_claimed_that_the_sources_do_not_bear_out() {
    none(&complaints(&CLAIMS));
}

#[test]
fn nobody_is_judged_by_where_they_come_from() {
    none(&complaints(&FRAMINGS));
}

#[test]
fn a_claim_is_found_wherever_it_is_made() {
    let bad = [
        "TikTok is spyware.",
        "TikTok is no doubt spyware.",
        "TikTok is not only spyware but hungry as well.",
        "Experts call the app a Trojan horse.",
        "The app collects faces, iris scans, voices and more.",
        "It also stores your fingerprints.",
        "Any data collected becomes state intelligence.",
        "All data automatically becomes Chinese property.",
        "Companies have every right to request that you remove an app.",
        "Both devices offer a similar risk level.",
        "Canada was first, and the others may be far behind.",
        "The servers are all located in China.",
        "It works by scraping passwords. That is why you must act.",
        "Some say that it scrapes files. Be careful.",
        "TikTok is subject to the law of 2017.",
        "Abroad, users get a more addictive app.",
        "A recent UK study shows the damage.",
        "It is a data harvesting application.",
        "They did it thinly disguised.",
        "They did this and would willingly expose you.",
        "It takes unneeded metadata.",
        "TikTok records everything you type.",
        "ByteDance spied on journalists for the Chinese government.",
        "The Chinese government owns part of TikTok.",
        "TikTok is banned in the US.",
        "Canada shut TikTok down.",
        "Citizen Lab proved that TikTok is safe.",
        "Only Chinese apps do this.",
        "| App | What it is |\n|---|---|\n| TikTok | spyware |",
        "- one\n- it is spyware",
        "Is it spyware? Yes, it is. We have seen it. That is not nice.",
        "> It is spyware.",
    ];
    for text in bad {
        assert!(!made(&ours(text), &CLAIMS).is_empty(), "{text}");
    }
    let good = [
        "No court calls TikTok spyware.",
        "You may have heard that it scrapes passwords. No evidence of that was found.",
        "Does it \"record everything you type\"? That has not been shown.",
        "> \"TikTok is spyware!\"\n\nNothing that we found proves it.",
        "| Shown | Not shown |\n|---|---|\n| misuse | \"TikTok is spyware.\" |",
        "Say \"TikTok's parent\", because it isn't TikTok itself that is under the law.",
        "The app is unscraped.",
    ];
    for text in good {
        assert_eq!(made(&ours(text), &CLAIMS), [""; 0], "{text}");
    }
    for bad in [
        "Be careful with Chinese colleagues.",
        "The Chinese want your data.",
        "Chinese hackers are behind it.",
        "Ask whether staff are loyal.",
        "Every Chinese employee is a sleeper.",
    ] {
        assert!(!made(&ours(bad), &FRAMINGS).is_empty(), "{bad}");
    }
    for good in [
        "The Chinese government denies it.",
        "It tells nothing about people of Chinese origin.",
        "Say \"ByteDance\", not \"the Chinese\".",
        "The Chinese verb is a demand.",
    ] {
        assert_eq!(made(&ours(good), &FRAMINGS), [""; 0], "{good}");
    }
}

#[test]
fn the_right_answer_may_be_what_the_question_denies() {
    let right = |prompt: &str| {
        let sentences = sentences("A post calls it spyware", Voice::Chosen);
        made(&Said { sentences, answers: ours(prompt).sentences }, &CLAIMS).len()
    };
    assert_eq!(right("Which of these is *not shown*?"), 0);
    assert_eq!(right("Which of these is shown?"), 1);
}

#[test]
fn what_somebody_offers_or_asks_needs_an_answer() {
    let theirs = |text: &str, why: &str| {
        let sentences = sentences(text, Voice::Theirs);
        made(&Said { sentences, answers: ours(why).sentences }, &CLAIMS).len()
    };
    assert_eq!(theirs("It found spyware", "Nothing that we found proves this."), 0);
    assert_eq!(theirs("It found spyware", "Well seen."), 1);
}

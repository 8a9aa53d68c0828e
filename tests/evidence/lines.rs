//! The lines of a pack end as its commands expect: where they end otherwise, both programs say so, and nothing else.

use super::tables::{Packs, told};
use super::text;

/// One program passed what the other refused, and both passed what the guide's own command says is another file.
#[test]
fn lines_end_with_a_line_feed_and_nothing_else() {
    let Some(packs) = Packs::made_with(&["--sample", "3", "--seed", "s"]) else { return };
    let cut = |whole: &str| whole.strip_suffix('\n').expect("a line feed").to_owned();
    let carriage = |whole: &str| whole.replace('\n', "\r\n");
    let check = |path: &str, forge: &dyn Fn(&str) -> String| {
        let folder = packs.forged(|files| {
            let forged = forge(&text(&files[path]));
            files.insert(path.to_owned(), forged.into_bytes());
        });
        let words = format!("{path}: the ends of its lines are not what they must be");
        for (said, code) in told(&folder) {
            assert!(code == Some(1) && said.contains(&words), "{words}\n{said}");
            assert!(!said.contains("could not be made again") && !said.contains(" differences"), "{said}");
        }
    };
    for path in [
        "README.txt",
        "courses/digests.txt",
        "index.html",
        "log/entries.jsonl",
        "log/key",
        "log/opened.jsonl",
        "log/people.txt",
        "numbers.txt",
        "pack.json",
        "roster.txt",
        "sample.txt",
    ] {
        check(path, &cut);
        check(path, &carriage);
    }
    check("log/key", &|whole| format!("{whole}\n"));
}

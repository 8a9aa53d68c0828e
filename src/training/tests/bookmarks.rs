//! Bookmarks and notes: where they are found, what outlives what, and that no record knows of them.

use super::*;
use crate::progress::Bookmark;
use crate::training::{LONGEST_NOTE, MOST_BOOKMARKS};

/// The course with another first lesson.
fn with_lesson(text: &str) -> Arc<Course> {
    let mut files = files("2");
    files.insert("lessons/1.md".to_owned(), text.as_bytes().to_vec());
    Arc::new(course::parse(files).expect("a course without faults"))
}

fn notes(training: &Training) -> Vec<String> {
    training.bookmarks().into_iter().map(|marked| marked.bookmark.note).collect()
}

fn only(training: &Training) -> Bookmark {
    let all = training.bookmarks();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].bookmark.clone()
}

#[test]
fn no_record_says_anything_of_notes() {
    let claims = |takes_notes: bool| {
        let mut training = begun(&course("1"));
        let note = |training: &mut Training, minute| {
            if takes_notes {
                assert_eq!(training.bookmark(Text::Lesson(0), 7, "Ask Eve.", at(minute)).len(), 1);
            }
        };
        note(&mut training, 1);
        read_and_check(&mut training, 1);
        let _ = training.start_attempt(at(3));
        note(&mut training, 4);
        answer_all(&mut training, true, 5);
        let _ = training.read_whole(Text::Policy, 30, at(6));
        let _ = training.acknowledge(at(7));
        note(&mut training, 1000);
        assert_eq!(training.bookmarks().len(), if takes_notes { 3 } else { 0 });
        let claims = training.claims(Face::FullScreen, app()).expect("everything is there");
        (claims, training.progress().latest())
    };
    assert_eq!(claims(true), claims(false));
}

#[test]
fn a_place_is_listed_with_what_it_is_about_in_the_order_of_the_course() {
    let mut training = begun(&course("1"));
    let text = "# One\n\n## Part\n\nText.\n";
    for (text, place, note) in [
        (Text::Policy, 0, "last"),
        (Text::Lesson(1), 0, "third"),
        (Text::Lesson(0), text.find("Text").expect("there"), "second"),
        (Text::Lesson(0), 0, ""),
    ] {
        assert_eq!(training.bookmark(text, place, note, at(1)).len(), 1);
    }
    assert_eq!(notes(&training), ["", "second", "third", "last"]);
    let second = &training.bookmarks()[1];
    assert_eq!((second.text, second.place), (Some(Text::Lesson(0)), Some(16)));
    assert_eq!(
        (second.title.as_str(), second.section.as_str(), second.excerpt.as_str()),
        ("One", "Part", "Text.")
    );
    let here: Vec<usize> =
        training.bookmarks_of(Text::Lesson(0)).into_iter().map(|(place, _)| place).collect();
    assert_eq!(here, [0, 16]);
}

/// The list and the page said it twice: “Why this course › Home is no answer” and “Home is no answer”.
#[test]
fn a_heading_is_not_quoted_below_itself() {
    let mut training = begun(&course("1"));
    let text = "# One\n\n## Part\n\nText.\n";
    for words in ["# One", "## Part", "Text"] {
        let _ = training.bookmark(Text::Lesson(0), text.find(words).expect("there"), "", at(1));
    }
    let quoted: Vec<Option<String>> =
        training.bookmarks().iter().map(|marked| marked.quoted().map(str::to_owned)).collect();
    assert_eq!(quoted, [None, None, Some("Text.".to_owned())]);
}

#[test]
fn bookmarks_outlive_runs() {
    let mut training = begun(&course("1"));
    let _ = training.bookmark(Text::Lesson(0), 0, "Kept.", at(1));
    read_and_check(&mut training, 1);
    let _ = training.start_attempt(at(2));
    answer_all(&mut training, true, 3);
    let _ = training.read_whole(Text::Policy, 30, at(4));
    let _ = training.acknowledge(at(4));
    let _ = training.complete(Vec::new(), Digest::of(b"record"), "name".to_owned(), at(5));
    assert_eq!(training.begin_again(at(6)).len(), 1);
    assert!(training.progress().lessons.is_empty());
    assert_eq!(notes(&training), ["Kept."]);
}

#[test]
fn a_place_is_found_again_in_another_version_without_the_old_one() {
    let mut training = begun(&course("1"));
    let place = "# One\n\n## Part\n\n".len();
    let _ = training.bookmark(Text::Lesson(0), place, "Here.", at(1));
    let moved = "# One\n\nMuch that is new.\n\n## Part\n\nNew too.\n\nText.\n";
    let newer =
        |text| Training::new(with_lesson(text), Vec::new(), learner(), None, training.progress().clone());
    let found = |training: &Training| {
        let marked = training.bookmarks().remove(0);
        (marked.text, marked.place, marked.section)
    };
    assert_eq!(found(&newer(moved)), (Some(Text::Lesson(0)), moved.find("Text."), "Part".to_owned()));
    let rewritten = "# One\n\n## Part\n\nOther words.\n";
    assert_eq!(found(&newer(rewritten)), (Some(Text::Lesson(0)), Some(7), "Part".to_owned()));
    // Nothing of it is there, and yet the note is.
    let gone = "# Other\n\nOther words.\n\n## Parts\n";
    let files = {
        let mut files = files("2");
        files.insert("lessons/1.md".to_owned(), gone.as_bytes().to_vec());
        let bank = BANK.replace("#part", "#parts");
        files.insert("quizzes/bank.ron".to_owned(), bank.into_bytes());
        files
    };
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let training = Training::new(course, Vec::new(), learner(), None, training.progress().clone());
    assert_eq!(found(&training), (Some(Text::Lesson(0)), None, "Part".to_owned()));
    assert!(training.bookmarks_of(Text::Lesson(0)).is_empty());
    assert_eq!(notes(&training), ["Here."]);
}

/// Lists and notes that were written to a file showed the signs of footnotes, bars and stars.
#[test]
fn a_place_is_quoted_as_it_is_shown_also_where_its_words_are_gone() {
    let text = "# One\n\n## Part\n\nIt *takes*\nmuch.[^F1]\n\n| App | What |\n|---|---|\n| A | *all*[^F1] |\n\n[^F1]: Them.\n";
    let progress = begun(&course("1")).progress().clone();
    let of = |text: &str, progress: &Progress| {
        Training::new(with_lesson(text), Vec::new(), learner(), None, progress.clone())
    };
    let quoted = |training: &Training| -> Vec<String> {
        training.bookmarks().into_iter().map(|marked| marked.excerpt).collect()
    };
    let mut training = of(text, &progress);
    for place in ["It *takes*", "| A |"] {
        let place = text.find(place).expect("a place of the text");
        assert_eq!(training.bookmark(Text::Lesson(0), place, "", at(1)).len(), 1);
    }
    assert_eq!(quoted(&training), ["It takes much.", "A; all"]);
    // Found again, and gone: then there is no more of it than the line that was kept.
    let newer = text.replace("## Part", "New.\n\n## Part").replace("| A | *all*", "| B | *all*");
    assert_eq!(quoted(&of(&newer, training.progress())), ["A; all", "It takes much."]);
    let gone = of("# One\n\n## Part\n\nOther words.\n", training.progress());
    assert_eq!(quoted(&gone), ["It takes", "A; all"]);
}

#[test]
fn writing_anew_puts_another_bookmark_in_its_place() {
    let mut training = begun(&course("1"));
    let _ = training.bookmark(Text::Lesson(0), 0, "  first\n ", at(1));
    let first = only(&training);
    assert_eq!(first.note, "first");
    assert!(training.rewrite_note(&first, "first ").is_empty(), "nothing else was written");
    let changes = training.rewrite_note(&first, "second");
    let second = only(&training);
    assert_eq!(second, Bookmark { note: "second".to_owned(), ..first.clone() });
    assert_eq!(changes, [Change::BookmarkRemoved(first.clone()), Change::Bookmarked(second.clone())]);
    // Another copy that had the first one open loses nothing of either.
    let _ = training.rewrite_note(&first, "third");
    assert_eq!(notes(&training), ["second", "third"]);
    assert_eq!(training.remove_bookmark(&second).len(), 1);
    assert!(training.remove_bookmark(&second).is_empty(), "it is gone");
    let _ = training.put_bookmark_back(second);
    assert_eq!(notes(&training), ["second", "third"]);
}

/// One that was changed went behind the others, and whoever named the second took the third away.
#[test]
fn a_note_that_is_changed_stays_where_it_stands() {
    let mut training = begun(&course("1"));
    for (note, minute) in [("b", 1), ("a", 1), ("c", 1), ("d", 2)] {
        let _ = training.bookmark(Text::Lesson(0), 0, note, at(minute));
    }
    let listed = |training: &Training| -> Vec<String> {
        training.bookmarks().into_iter().map(|marked| marked.bookmark.note).collect()
    };
    assert_eq!(listed(&training), ["b", "a", "c", "d"]);
    let first = training.bookmarks().swap_remove(0).bookmark;
    let _ = training.rewrite_note(&first, "x");
    assert_eq!(listed(&training), ["x", "a", "c", "d"]);
    let third = training.bookmarks().swap_remove(2).bookmark;
    let _ = training.remove_bookmark(&third);
    let _ = training.put_bookmark_back(third);
    assert_eq!(listed(&training), ["x", "a", "c", "d"]);
    let here = training.bookmarks_of(Text::Lesson(0));
    assert!(here.iter().map(|(_, bookmark)| &bookmark.note).eq(&["x", "a", "c", "d"]), "{here:?}");
}

/// What was marked may come back in a later version.
#[test]
fn a_note_that_is_written_anew_remembers_words_that_are_gone() {
    let mut training = begun(&course("1"));
    let place = "# One\n\n## Part\n\n".len();
    let _ = training.bookmark(Text::Lesson(0), place, "Here.", at(1));
    let first = only(&training);
    let gone = with_lesson("# One\n\n## Part\n\nOther words.\n");
    let mut training = Training::new(gone, Vec::new(), learner(), None, training.progress().clone());
    assert_eq!(training.bookmarks()[0].place, Some(7), "the heading is left");
    let _ = training.rewrite_note(&first, "There.");
    assert_eq!(only(&training), Bookmark { note: "There.".to_owned(), ..first });
    // What is there is remembered as it is now.
    let moved = with_lesson("# One\n\nNew.\n\n## Part\n\nText.\n");
    let mut training =
        Training::new(Arc::clone(&moved), Vec::new(), learner(), None, training.progress().clone());
    let second = only(&training);
    let _ = training.rewrite_note(&second, "Here again.");
    assert_eq!(only(&training).digest, moved.modules[0].lesson.digest);
}

/// Asked about at every key that has to do with bookmarks.
#[test]
fn bookmarks_of_another_version_are_found_again_every_time() {
    let text = |words: &str| format!("# One\n\n## Part\n\n{words}{}", "Text that fills.\n\n".repeat(30_000));
    let mut training = begun(&with_lesson(&text("")));
    for minute in 0..40 {
        let _ = training.bookmark(Text::Lesson(0), 400_000, "", at(minute));
    }
    let newer = with_lesson(&text("New.\n\n"));
    let training = Training::new(newer, Vec::new(), learner(), None, training.progress().clone());
    let found = training.bookmarks_of(Text::Lesson(0));
    assert_eq!(found.len(), 40);
    for _ in 0..10 {
        assert_eq!(training.clone().bookmarks_of(Text::Lesson(0)), found);
    }
}

#[test]
fn neither_notes_nor_their_number_grow_without_end() {
    let mut training = begun(&course("1"));
    let _ = training.bookmark(Text::Lesson(0), usize::MAX, &"ä".repeat(LONGEST_NOTE + 9), at(0));
    assert_eq!(only(&training).note.chars().count(), LONGEST_NOTE);
    for minute in 1..i64::try_from(MOST_BOOKMARKS).expect("small") {
        assert_eq!(training.bookmark(Text::Lesson(0), 0, "", at(minute)).len(), 1);
    }
    assert!(training.bookmark(Text::Lesson(0), 0, "", at(9999)).is_empty());
    assert!(training.bookmark(Text::Lesson(9), 0, "", at(9999)).is_empty(), "no such lesson");
}

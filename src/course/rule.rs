//! The rules that a course is held to, by stable names.

/// What a broken rule means for those who use the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The course cannot be used: something that it needs is missing, contradicts itself or cannot be understood.
    Broken,
    /// The course works and must not be given out like this.
    ///
    /// Not a reason for [`super::parse()`] to refuse it: courses that were given out before a rule was known stand in
    /// records, and these must still verify and be taken to their end. Nothing here is unsafe to show, because what
    /// is shown is defused.
    Unfit,
    /// The course is fine; its author should know.
    Advice,
}

/// Makes the rules, their list and what is said about them out of one table, so that none can be left out.
macro_rules! rules {
    ($($rule:ident $weight:ident $code:literal $description:literal;)*) => {
        /// What can be wrong with a course.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $description] $rule,)*
        }

        impl Rule {
            /// Every rule there is.
            pub const ALL: &'static [Self] = &[$(Self::$rule,)*];

            /// The stable name, in kebab case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$rule => $code,)* }
            }

            /// One sentence on what the rule asks for or why it exists.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$rule => $description,)* }
            }

            /// What it means that the rule is broken.
            #[must_use]
            pub const fn weight(self) -> Weight {
                match self { $(Self::$rule => Weight::$weight,)* }
            }
        }
    };
}

rules! {
    MissingFile Broken "missing-file" "A file that the course needs is not there.";
    UnreadableFile Broken "unreadable-file" "Everything in the folders of a course is a file that can be read.";
    TooLarge Broken "too-large" "A file or the course is larger than anything honest would be.";
    TooMany Broken "too-many" "There is more of something than a course can have.";
    NotUtf8 Broken "not-utf8" "Lessons, quizzes and course.ron are UTF-8.";
    BadPath Broken "bad-path" "Every computer can store the file under its name, and the file stands in the right folder.";
    PathEscape Broken "path-escape" "Nothing in a course leads out of its folder.";
    NameClash Broken "name-clash" "File names differ in more than capitals, or some computers could keep only one of the two.";
    UsedTwice Broken "used-twice" "A lesson or quiz has one place in the course.";
    Syntax Broken "syntax" "RON has a syntax; every bracket and quotation mark is closed.";
    WrongType Broken "wrong-type" "A field holds the kind of value that it is made for.";
    BadValue Broken "bad-value" "Numbers, dates and languages are ones that make sense.";
    UnknownField Broken "unknown-field" "A field that nobody knows is a field that somebody misspelt.";
    MissingField Broken "missing-field" "What every course, quiz or question needs is there.";
    RepeatedField Broken "repeated-field" "A field stands in its group once.";
    EmptyText Broken "empty-text" "A text says something.";
    BadId Broken "bad-id" "Identifiers are 1 to 64 of a-z, 0-9 and hyphens.";
    ReservedId Broken "reserved-id" "Pairs and gaps are not called what completion records use for something else.";
    DuplicateId Broken "duplicate-id" "An identifier means one thing.";
    DuplicateText Broken "duplicate-text" "Nobody can choose between two options that read the same.";
    UnknownKind Broken "unknown-kind" "A question is of one of the nine kinds.";
    UnknownTopic Broken "unknown-topic" "Questions are about topics that course.ron lists.";
    TooFew Broken "too-few" "A list has as many entries as it takes to be a list of its kind.";
    BadKey Broken "bad-key" "The right number of options is right, and not every answer is.";
    BadGap Broken "bad-gap" "A cloze text and its gaps fit each other.";
    DeadStep Broken "dead-step" "The way on from an option leads to a step of the story.";
    LostStep Broken "lost-step" "Every step of a story can be reached from the first.";
    EndlessStory Broken "endless-story" "Every way through a story comes to its end.";
    BadDraw Broken "bad-draw" "A draw has room for every mandatory question and every topic, and the bank has enough questions.";
    BadLesson Broken "bad-lesson" "A lesson has a heading, which is its title.";
    DeadLink Broken "dead-link" "Links within the course lead to a file and a heading that are there.";
    DeadReference Unfit "dead-reference" "Pictures, and links in the texts of questions, lead to a file and a heading that are there.";
    HiddenCharacter Unfit "hidden-character" "Nothing in a file is invisible or changes the order in which it is read.";
    FrontMatter Unfit "front-matter" "A lesson begins with its title: data for other programs would be shown to learners.";
    AssetType Unfit "asset-type" "Assets are of a kind that people can open and that cannot act by itself, and hold what their name says.";
    AssetTooLarge Unfit "asset-too-large" "An asset has at most 10 MiB.";
    LongLine Unfit "long-line" "What learners are told to do with their completion file is one line of at most 200 characters.";
    BadGlossary Unfit "bad-glossary" "A glossary defines every term that it has, once.";
    Unanswerable Unfit "unanswerable" "Every question can be answered fully right, or no pass mark is safe.";
    PassMark Advice "pass-mark" "A pass mark of 0 is passed by those who answer nothing.";
    UnusedFile Advice "unused-file" "Every file has a place in the course.";
    NeverDrawn Advice "never-drawn" "A picture in a lesson can be drawn: it is a whole PNG, JPEG, GIF or SVG file, and neither too large nor too involved.";
    RawHtml Advice "raw-html" "HTML means nothing in a lesson: learners would see its signs, and its comments too.";
    LineBreak Advice "line-break" "A title stands on one line.";
    OddLanguage Advice "odd-language" "A language tag begins with a code of two or three letters.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_stable_words() {
        let codes: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(rule.code().chars().all(kebab), "{}", rule.code());
            assert!(rule.description().ends_with('.'), "{}", rule.code());
        }
    }
}

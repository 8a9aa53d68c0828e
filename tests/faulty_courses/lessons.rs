//! Faults of lessons and assets.

use super::check;

#[test]
fn empty_lesson() {
    insta::assert_snapshot!(check("empty-lesson"), @r#"
    error[bad-lesson]: this lesson is empty
     --> lessons/phones.md:1:1
      |
    1 |
      | ^
      |
      = help: a lesson is Markdown with at least a heading
    "#);
}

#[test]
fn lesson_without_title() {
    insta::assert_snapshot!(check("lesson-without-title"), @r#"
    error[bad-lesson]: this lesson has no heading
     --> lessons/phones.md:1:1
      |
    1 | Report a lost phone at once.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: the first heading is the title, such as: # What apps collect
    "#);
}

/// It became the title, and nobody was told.
#[test]
fn front_matter() {
    insta::assert_snapshot!(check("front-matter"), @r"
    error[front-matter]: this lesson begins with front matter, which learners read as text
     --> lessons/phones.md:1:1
      |
    1 | ---
      | ^^^
      |
      = help: delete it, down to the line that ends it; the title is the heading behind `#`
    ");
}

#[test]
fn html_in_a_lesson() {
    insta::assert_snapshot!(check("html-in-a-lesson"), @r#"
    warning[raw-html]: learners see this comment as it stands here
     --> lessons/phones.md:7:1
      |
    7 | <!-- TODO: ask the desk
      | ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: delete it; quizzes and course.ron take notes behind //

    warning[raw-html]: learners see this HTML as it stands here
      --> lessons/phones.md:10:7
       |
    10 | It is <b>urgent</b>.<br>Really.
       |       ^^^
       |
       = help: write it in Markdown, or in `` if it is to be seen

    warning[raw-html]: learners see this HTML as it stands here
      --> lessons/phones.md:10:16
       |
    10 | It is <b>urgent</b>.<br>Really.
       |                ^^^^
       |
       = help: write it in Markdown, or in `` if it is to be seen
    "#);
}

#[test]
fn dead_link() {
    insta::assert_snapshot!(check("dead-link"), @r#"
    error[dead-link]: there is no file `mails.md`
     --> lessons/phones.md:5:5
      |
    5 | See [mail](mails.md).
      |     ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lessons/mail.md`?
    "#);
}

#[test]
fn dead_link_to_a_heading() {
    insta::assert_snapshot!(check("dead-link-to-a-heading"), @r#"
    error[dead-link]: `lessons/phones.md` has no heading `#lost-phone`
     --> lessons/phones.md:5:5
      |
    5 | See [above](#lost-phone).
      |     ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lost-phones`?
    "#);
}

#[test]
fn link_that_escapes() {
    insta::assert_snapshot!(check("link-that-escapes"), @r#"
    error[path-escape]: there is no file `../../README.md`
     --> lessons/phones.md:5:5
      |
    5 | See [this](../../README.md).
      |     ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: links within a course begin at the folder of the file that they stand in
    "#);
}

#[test]
fn link_without_https() {
    insta::assert_snapshot!(check("link-without-https"), @r#"
    error[dead-link]: there is no file `www.example.org`
     --> lessons/phones.md:5:5
      |
    5 | See [this](www.example.org).
      |     ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: addresses on the web begin with https://
    "#);
}

#[test]
fn dead_picture() {
    insta::assert_snapshot!(check("dead-picture"), @r#"
    error[dead-reference]: there is no file `../assets/phone.png`
     --> lessons/phones.md:5:1
      |
    5 | ![A phone](../assets/phone.png)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn bidi_override() {
    insta::assert_snapshot!(check("bidi-override"), @r#"
    error[hidden-character]: here stands U+202E (right-to-left override)
     --> lessons/phones.md:5:6
      |
    5 | Open <U+202E>gpj.exe in the attachment.
      |      ^^^^^^^^
      |
      = help: delete it: it can make a line read as something else than it says, and learners would see its number
    "#);
}

#[test]
fn zero_width_space() {
    insta::assert_snapshot!(check("zero-width-space"), @r#"
    error[hidden-character]: here stands U+200B (zero width space)
     --> lessons/phones.md:5:4
      |
    5 | Pay<U+200B>pal is not PayPal.
      |    ^^^^^^^^
      |
      = help: delete it, or write what should be seen there
    "#);
}

#[test]
fn escape_sequence() {
    insta::assert_snapshot!(check("escape-sequence"), @r#"
    error[hidden-character]: here stands U+001B (escape)
     --> lessons/phones.md:5:3
      |
    5 | A <U+001B>[2J clears the screen.
      |   ^^^^^^^^
      |
      = help: delete it, or write what should be seen there
    "#);
}

#[test]
fn hidden_behind_tabs_and_wide_letters() {
    insta::assert_snapshot!(check("hidden-behind-tabs-and-wide-letters"), @r#"
    error[hidden-character]: here stands U+2066 (left-to-right isolate)
     --> lessons/phones.md:5:12
      |
    5 | 你好,    👩<U+200D><U+1F4BB> and<U+2066> more.
      |                                 ^^^^^^^^
      |
      = help: delete it: it can make a line read as something else than it says, and learners would see its number
    "#);
}

#[test]
fn not_utf_8() {
    insta::assert_snapshot!(check("not-utf-8"), @r#"
    error[not-utf8]: byte 0xfc is not UTF-8
     --> lessons/phones.md:5:3
      |
    5 | Gr��e
      |   ^
      |
      = help: save the file as UTF-8
    "#);
}

#[test]
fn program_as_asset() {
    insta::assert_snapshot!(check("program-as-asset"), @r#"
    error[asset-type]: a file of type `exe` is no asset
    --> assets/setup.exe
     = help: assets are png, jpg, jpeg, gif, webp, svg, pdf, txt, md, csv
    "#);
}

#[test]
fn picture_that_is_none() {
    insta::assert_snapshot!(check("picture-that-is-none"), @r#"
    error[asset-type]: this is no png file, whatever its name says
    --> assets/address.png
     = help: save it again, or give it the name of what it is

    warning[unused-file]: no lesson and no question shows or links to this file
    --> assets/address.png
     = help: use it or delete it
    "#);
}

#[test]
fn picture_of_too_many_pixels() {
    insta::assert_snapshot!(check("picture-of-too-many-pixels"), @r#"
    warning[never-drawn]: no learner sees this picture, only its description: the picture has more than 40 million pixels
    --> assets/map.png
     = help: make it smaller: at most 8 MiB, 40 million pixels, and 16384 pixels on a side
    "#);
}

#[test]
fn drawing_with_a_script() {
    insta::assert_snapshot!(check("drawing-with-a-script"), @r#"
    error[asset-type]: this drawing holds `<script`, so it could act by itself
    --> assets/address.svg
     = help: save it as a plain drawing, or as png
    "#);
}

#[test]
fn unused_asset() {
    insta::assert_snapshot!(check("unused-asset"), @r#"
    warning[unused-file]: no lesson and no question shows or links to this file
    --> assets/notes.txt
     = help: use it or delete it
    "#);
}

#[test]
fn unused_lesson() {
    insta::assert_snapshot!(check("unused-lesson"), @r#"
    warning[unused-file]: no module of course.ron uses this file
    --> lessons/extra.md
     = help: use it, delete it, or put `_` in front of its name while it is a draft
    "#);
}

#[test]
fn unused_quiz() {
    insta::assert_snapshot!(check("unused-quiz"), @r#"
    warning[unused-file]: no module of course.ron uses this file
    --> quizzes/extra.ron
     = help: use it, delete it, or put `_` in front of its name while it is a draft
    "#);
}

#[test]
fn very_long_line() {
    insta::assert_snapshot!(check("very-long-line"), @r#"
    error[dead-link]: there is no file `gone.md`
     --> lessons/phones.md:5:1001
      |
    5 | … word word word word word [there](gone.md) word word word word word word word word word word w…
      |                            ^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn glossary_with_gaps() {
    insta::assert_snapshot!(check("glossary-with-gaps"), @r#"
    error[bad-glossary]: nothing says what `Phishing` means
     --> lessons/glossary.md:7:1
      |
    7 | ## Phishing
      | ^^^^^^^^^^^
      |
      = help: write it below the heading, or take the heading out

    error[bad-glossary]: `metadata` is defined twice
     --> lessons/glossary.md:9:1
      |
    3 | ## Metadata
      | ----------- here for the first time
    ...
    9 | ## Header, metadata
      | ^^^^^^^^^^^^^^^^^^^
    "#);
}

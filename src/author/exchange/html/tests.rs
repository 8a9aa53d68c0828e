use proptest::prelude::*;

use super::*;

fn check(html: &str, expected: &str, losses: &[&str]) {
    let converted = markdown(html).expect("small enough");
    assert_eq!(converted.markdown, expected, "{html}");
    assert_eq!(converted.losses, losses, "{html}");
}

/// Every loss was compared with all others: 100,000 of them took minutes.
#[test]
fn there_is_an_end_to_what_is_listed() {
    let html = (0..100_000).map(|i| format!("<a href='nowhere/{i}'>a</a> ")).collect::<Vec<_>>().concat();
    let converted = markdown(&html).expect("small enough");
    assert_eq!(converted.losses.len(), MOST_LOSSES + 1);
    assert_eq!(converted.losses.last().map(String::as_str), Some("more than can be listed"));
}

#[test]
fn what_questions_are_made_of() {
    check("<p>Who <strong>answers</strong> for <em>this</em>?</p>", "Who **answers** for *this*?", &[]);
    check("<p>one</p><p>two<br>three<br></p>", "one\n\ntwo\\\nthree", &[]);
    check("<p>one<p>two", "one\n\ntwo", &[]);
    check("one<br />\n  two", "one\\\ntwo", &[]);
    check("<b><p>one</p></b>", "**one**", &[]);
    let around = "emphasis around a list, a table or code";
    check("<i>two<ul><li>three</ul></i>", "*two*\n\n- three", &[around]);
    check("<b><pre></b>!", "```\n!\n```", &[around]);
    check("<b>a</b><strong>b</strong>", "**ab**", &[]);
    check("<ul><li>a<li>b<ol start=3><li>c</ol></ul>", "- a\n- b\n  3. c", &[]);
    check("<h3>Law</h3><blockquote>quoted</blockquote><hr>", "### Law\n\n> quoted\n\n- - -", &[]);
    check("run <code>a &lt; *b*</code>", "run `a < *b*`", &[]);
    check("<pre>fn f() {\n  1\\\n}</pre>", "```\nfn f() {\n  1\\\n}\n```", &[]);
    check("<pre>```\nx</pre>", "````\n```\nx\n````", &[]);
    check("H<sub>2</sub>O, x<sup>2</sup>, <s>no</s>", "H~2~O, x^2^, ~~no~~", &[]);
    check("a&nbsp;b &amp; c &copy; &#42;", "a b & c © \\*", &[]);
    check("<q>yes</q> <span>no</span>", "“yes” no", &[]);
    check("<a href='https://example.org/a b'>a</a>", "[a](https://example.org/a%20b)", &[]);
    check("<img src=https://example.org/x.png alt='a ] b'>", "![a \\] b](https://example.org/x.png)", &[]);
    check("<!-- note --><!DOCTYPE html><body>x", "x", &[]);
    check("", "", &[]);
    check("<p>&nbsp;</p>", "", &[]);
}

#[test]
fn tables_are_narrow_and_whole() {
    check(
        "<table><caption>c</caption><thead><tr><th>A</th><th>B</th></tr></thead>\n<tbody><tr><td>1|2</td><td>x<br>y</td></tr>\
         <tr><td><ul><li>p<li>q</ul></td></tr></tbody></table>after",
        "c\n\n| A | B |\n| --- | --- |\n| 1\\|2 | x y |\n| - p - q |\n\nafter",
        &[],
    );
    check("<table><tr><td>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |", &[]);
    check(
        "<table><tr><td colspan=2>a <table><tr><td>b</table></table>",
        "| a b |\n| --- |",
        &["cells that span several columns or rows", "a table within a table: its text stays"],
    );
}

#[test]
fn what_cannot_be_kept_is_said() {
    check("a<script>if (a < b) '</b>'</script>b", "ab", &["a script"]);
    check("<style>p { }</style>a", "a", &["a style sheet"]);
    check("<form>Name: <input name=x><select><option>1</select></form>", "Name:", &["a form control"]);
    check("<iframe src=//x>old</iframe>a", "a", &["an embedded page or object"]);
    check("<video><source src=x>no video</video>a", "a", &["a recording (audio or video)"]);
    check("<svg><text>x</text></svg>a", "a", &["a drawing (SVG or canvas)"]);
    check("<p style='color:red'>a <u>b</u></p>", "a b", &["colours, sizes and styles of the text"]);
    check("<p hidden>a</p>", "a", &["that a text is hidden: here it is seen"]);
    check(
        "<p style='Display: none'>a</p>",
        "a",
        &["colours, sizes and styles of the text", "that a text is hidden: here it is seen"],
    );
    for hidden in ["display:\nnone", "color: red; visibility : hidden", "DISPLAY:\tnone !important"] {
        check(
            &format!("<p style='{hidden}'>a</p>"),
            "a",
            &["colours, sizes and styles of the text", "that a text is hidden: here it is seen"],
        );
    }
    let seen = "<p style='backface-visibility: hidden'>a</p>";
    check(seen, "a", &["colours, sizes and styles of the text"]);
    check(r"\(x^2\)", r"\\(x\^2\\)", &["a formula: it is shown as its source"]);
    check(
        "<a href='javascript:alert(1)'>a</a>",
        "a",
        &["a link to “javascript:alert(1)”: it leads nowhere from here"],
    );
    check(
        "<a href='/mod/quiz/view.php?id=3'>a</a>",
        "a",
        &["a link to “/mod/quiz/view.php?id=3”: it leads nowhere from here"],
    );
    check("<img src='x.png' alt='the *key*'>", "the \\*key\\*", &["a picture: its file is not at hand"]);
    check("<abbr title='Bring your own device'>BYOD</abbr>", "BYOD", &["the long form of an abbreviation"]);
}

/// Code has no links, pictures or emphasis in Markdown, and `x<sup>2</sup>` is not `x2`: they went without a word.
#[test]
fn what_cannot_stand_in_code_is_said() {
    let form = "emphasis, raised signs, lists and the like within code: their text stays";
    check(
        "<code><a href='https://nist.gov/x'>AC-2</a></code>",
        "`AC-2`",
        &["a link to “https://nist.gov/x” within code: its text stays"],
    );
    check("<code><a name=x>AC-2</a></code>", "`AC-2`", &[]);
    check(
        "<pre><img src='https://example.org/p.png' alt='the <log>'></pre>",
        "```\nthe <log>\n```",
        &["the picture “https://example.org/p.png” within code: its description stays"],
    );
    for html in
        ["<code>x<sup>2</sup></code>", "<pre>x<b>2</b></pre>", "<kbd>x<ul>2</ul></kbd>", "<pre>x<hr>2</pre>"]
    {
        assert_eq!(markdown(html).expect("small enough").losses, [form], "{html}");
    }
    check("<pre><code>a<br>b<span class=k>c</span></code></pre>", "```\na\nbc\n```", &[]);
    check("<pre><div>a</div><div>b</div>c</pre>", "```\na\nb\nc\n```", &[]);
}

/// A text that says "which of b and c" needs them. The numbers of Markdown go upwards from the first.
#[test]
fn what_lists_are_counted_in_is_said() {
    let loss = &["the numbering of a list: here it counts 1, 2, 3 from its first number"];
    check("<ol type=a><li>x</ol>", "1. x", loss);
    check("<ol><li type=I>x</ol>", "1. x", loss);
    check("<ol reversed><li>x</ol>", "1. x", loss);
    check("<ol start=-3><li>x</ol>", "1. x", loss);
    check("<ol><li>x<li value=7>y</ol>", "1. x\n2. y", loss);
    check("<ol type=1 start=' 3 '><li>x</ol>", "3. x", &[]);
    check("<ol><li><ul type=disc><li value=2>x</ul></ol>", "1. - x", &[]);
}

#[test]
fn what_looks_like_markdown_stays_text() {
    fn check(text: &str, expected: &str) {
        let html = text.replace('&', "&amp;").replace('<', "&lt;");
        assert_eq!(markdown(&html).expect("small").markdown, expected, "{text}");
        assert_eq!(literal(text), expected, "{text}");
        assert_eq!(crate::markup::plain(expected).as_str(), text);
    }
    check("*no* _no_ `no` [no](x)", "\\*no\\* \\_no\\_ \\`no\\` \\[no\\](x)");
    check("snake_case and C# 1.5", "snake_case and C# 1.5");
    check("# no", "\\# no");
    check("- no", "\\- no");
    check("1. no", "1\\. no");
    check("12) no", "12\\) no");
    check("> no", "\\> no");
    check("=== no", "\\=== no");
    check("--- - no", "\\--- - no");
    check("~~no~~ a^b^", "\\~\\~no\\~\\~ a\\^b\\^");
    check("&copy; and R&D", "\\&copy; and R&D");
    check("<b>no</b> a < b", "\\<b>no\\</b> a \\< b");
    check("{{gap}} a|b", "\\{\\{gap}} a\\|b");
    check("![no] !", "!\\[no\\] !");
    check(": no", "\\: no");
    check("C:\\Users", "C:\\\\Users");
}

#[test]
fn hostile_html_ends() {
    // So much that work by the square of it would take many minutes for each.
    let (deep, long) = (50_000, 30_000);
    let many: String = (0..long).flat_map(|n| ["<b id=".to_owned(), n.to_string(), ">".to_owned()]).collect();
    let attributes: String = (0..long).flat_map(|n| [" a".to_owned(), n.to_string()]).collect();
    let wide = format!("<table>{}<tr><td>{}</table>", "<tr><td>x".repeat(10_000), "y".repeat(50_000));
    for html in [
        "<div>".repeat(deep) + "x" + &"</div>".repeat(deep),
        "<table><tr><td>".repeat(deep) + "x",
        "<ul><li>".repeat(deep) + "x",
        "<blockquote>".repeat(deep) + "x",
        "<b>".repeat(long) + &"<p>x".repeat(long),
        many.clone() + "</p>" + &"<p>x".repeat(long),
        "<b>x</b>y".repeat(long),
        "<b>x</b>".repeat(long),
        "<svg>".repeat(long),
        "<a href=x>".repeat(long),
        "<".repeat(long),
        "`".repeat(long),
        "&".repeat(long),
        "<code>".to_owned() + &"` ``".repeat(long),
        "&#x26;".repeat(long),
        "<br>".repeat(long),
        "<ol start=999999999><li>x".repeat(long),
        "#".repeat(long),
        "1".repeat(long) + ".",
        wide,
    ] {
        let converted = markdown(&html).expect("small enough");
        assert!(converted.markdown.len() < 20 * html.len() + 100, "{html:.40}");
    }
    for html in [
        format!("<a{attributes}>"),
        format!("<a x='<b'{attributes}"),
        "<a x='".repeat(deep),
        "<a".repeat(deep),
    ] {
        assert!(markdown(&html).is_err(), "{html:.40}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_shown_as_it_is(text in "[ -~äß–]{0,40}") {
        let html = text.replace('&', "&amp;").replace('<', "&lt;");
        let shown = |markdown: &str| crate::markup::plain(markdown).as_str().to_owned();
        let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(shown(&literal(&text)), expected.clone(), "{}", literal(&text));
        let converted = markdown(&html).expect("small").markdown;
        prop_assert_eq!(shown(&converted), expected, "{}", converted);
    }

    #[test]
    fn any_html_becomes_something(html in "(<[/]?(b|i|p|ul|li|table|tr|td|code|pre|a|svg|br|script)( href=x)?>|[ -~]|\u{fdd0}|\u{fdee}|\n){0,60}") {
        let converted = markdown(&html).expect("small");
        let ours = |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}');
        prop_assert!(!converted.markdown.contains(ours), "{}", converted.markdown);
    }
}

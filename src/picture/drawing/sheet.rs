//! The style sheets in a drawing: which rules may stand there, and how much work they are for an element.
//!
//! Rules are compared with every element, one that looks for what stands around an element many times over, and what a rule says
//! is copied for each of its selectors. So selectors look at the element itself, and both are counted. The grammar is narrower
//! than CSS, so that nobody can read a rule out of it that is not seen here.

use super::{addressed, declarations};

/// The most selectors, each as often as its rule has declarations.
const MOST_WEIGHT: usize = 20_000;

/// The style sheets of a drawing.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    weight: usize,
    named: Vec<String>,
}

impl Sheets {
    /// How much work the rules are for an element; at least one.
    pub(super) fn weight(&self) -> usize {
        self.weight.max(1)
    }

    /// What is named in them. Nobody knows which elements get it, so it has to be as cheap as a colour.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(String::as_str)
    }

    /// Takes one more; `false` if it may not be.
    pub(super) fn take(&mut self, sheet: &str) -> bool {
        let Some(sheet) = without_comments(sheet) else { return false };
        self.named.extend(addressed(&sheet).map(str::to_owned));
        let mut rules: Vec<&str> = sheet.split('}').collect();
        // Nothing may stand behind the last rule.
        rules.pop().is_some_and(|end| end.trim().is_empty()) && rules.into_iter().all(|rule| self.rule(rule))
    }

    fn rule(&mut self, rule: &str) -> bool {
        let Some((selectors, declared)) = rule.split_once('{') else { return false };
        // A quote that goes on would hide the end of a rule.
        let is_whole = ['"', '\''].iter().all(|quote| declared.matches(*quote).count().is_multiple_of(2));
        let Some(declared) = declarations(declared).filter(|_| is_whole) else { return false };
        let mut count = 1_usize;
        for (property, value) in declared {
            count += 1;
            let has_parts = matches!(property, "clip-path" | "mask" | "filter") && value != "none";
            if has_parts || property.starts_with("marker") {
                return false;
            }
        }
        let mut parts = 0_usize;
        for selector in selectors.split(',') {
            let selector = selector.trim();
            let is_simple = |c: char| c.is_alphanumeric() || matches!(c, '.' | '#' | '*' | '-' | '_');
            if selector.is_empty() || !selector.chars().all(is_simple) {
                return false;
            }
            parts += 1 + selector.matches(['.', '#']).count();
        }
        self.weight = self.weight.saturating_add(parts.saturating_mul(count));
        self.weight <= MOST_WEIGHT
    }
}

/// A sheet without its comments; nothing where a quote could make something else of one.
fn without_comments(sheet: &str) -> Option<String> {
    if sheet.contains("/*") && sheet.contains(['"', '\'']) {
        return None;
    }
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = comment.split_once("*/")?.1;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_look_at_an_element_itself() {
        let check =
            |sheet: &str, expected: bool| assert_eq!(Sheets::default().take(sheet), expected, "{sheet:?}");
        check("", true);
        check(
            "text { font-family: \"DejaVu Sans\", serif; fill: #15202b }\n .title { font-size: 42px }",
            true,
        );
        check(".a, rect.b,#c , * { fill: url(#g); opacity: .5 } /* colours */ .d{}", true);
        for refused in [
            "g text { fill: red }",
            "g > text { fill: red }",
            "a+b{fill:red}",
            "[x]{fill:red}",
            "a:first-child{fill:red}",
            "@import 'a.css';",
            "@font-face { font-family: a }",
            ".a{fill:red",
            ".a{fill:red}b",
            ".a{marker-mid:url(#m)}",
            ".a{*marker:none}",
            ".a{clip-path:url(#m)}",
            ".a{fi\\6c l:red}",
            ".a{b{fill:red}}",
            ".a{x:'}.b c{fill:red'}",
            ".a{x:'/*'} .b c{fill:red} .d{x:'*/'}",
            "/* .a{fill:red}",
            ",{fill:red}",
        ] {
            check(refused, false);
        }
    }

    #[test]
    fn what_rules_say_is_counted_for_each_of_their_selectors() {
        let mut sheets = Sheets::default();
        assert!(sheets.take(".a.b,c{x:1;y:2}") && sheets.take("d{z:3}"));
        assert_eq!(sheets.weight(), 4 * 3 + 2);
        let many = |count: usize| format!("{}b{{{}}}", "a,".repeat(count), "x:1;".repeat(count));
        assert!(Sheets::default().take(&many(100)));
        assert!(!Sheets::default().take(&many(1_000)));
    }
}

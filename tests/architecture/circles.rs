//! Within a room, too, no module leads back to itself.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use crate::reader::{Module, Named, children, paths, sources, without_tests};

/// Modules that lead to each other, by the module that they are parts of. One widget in several files, or messages that hold messages, may
/// do so; a new knot is rather to be untied, and one that is untied is to be taken out here.
const KNOTS: &[(&str, &[&str])] = &[
    ("cli::hr::assign", &["plan", "rules"]),
    ("cli::hr::collect", &["ahead", "source", "watch"]),
    ("cli::hr::dashboard", &["office", "reader", "watch"]),
    ("markup", &["document", "links", "notes"]),
    ("store::database", &["access", "open"]),
    ("store::registry::sqlite", &["erase", "write"]),
    ("tui", &["effect", "everywhere", "message", "screens"]),
    ("tui::screens::reader", &["find", "tools"]),
    ("tui::widgets::answer", &["rows", "sight", "window"]),
];

type Arrows = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_module_leads_back_to_itself() {
    let found: Vec<String> = arrows()
        .iter()
        .flat_map(|(parent, arrows)| knots(arrows).into_iter().map(|knot| said(&parent.join("::"), &knot)))
        .collect();
    let expected: Vec<String> = KNOTS
        .iter()
        .map(|(parent, knot)| said(parent, &knot.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected, "these are knots now:\n{}", found.join("\n"));
}

fn said(parent: &str, knot: &BTreeSet<String>) -> String {
    format!("{parent}: {}", knot.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// Which module of a parent uses which other one, itself or by what is below it.
fn arrows() -> BTreeMap<Module, Arrows> {
    let files: Vec<_> =
        sources().into_iter().map(|source| (source.module, without_tests(&source.tokens))).collect();
    let for_tests: BTreeSet<Module> = files
        .iter()
        .flat_map(|(module, (_, tests))| {
            tests.iter().map(|name| [&module[..], slice::from_ref(name)].concat())
        })
        .collect();
    let is_for_tests =
        |module: &Module| (1..=module.len()).any(|length| for_tests.contains(&module[..length]));
    let modules: BTreeSet<Module> =
        files.iter().map(|(module, _)| module.clone()).filter(|module| !is_for_tests(module)).collect();
    let children = children(&modules);
    let none = BTreeSet::new();
    let named: Vec<(&Module, Vec<Named>)> = files
        .iter()
        .filter(|(module, _)| modules.contains(module))
        .map(|(module, (tokens, _))| (module, paths(module, tokens, children.get(module).unwrap_or(&none))))
        .collect();
    let handed_on: BTreeMap<(&[String], &str), &[String]> = named
        .iter()
        .flat_map(|(module, named)| named.iter().map(|named| (&module[..], named)))
        .filter_map(|(module, named)| Some(((module, named.handed_on_as.as_deref()?), &named.path[..])))
        .collect();
    let mut arrows: BTreeMap<Module, Arrows> = BTreeMap::new();
    for (module, named) in &named {
        for used in named.iter().filter(|named| named.handed_on_as.is_none()) {
            let Some(other) = home(&used.path, &modules, &handed_on) else { continue };
            let shared = module.iter().zip(&other).take_while(|(mine, its)| mine == its).count();
            // The rooms have a map of their own.
            if let (1.., Some(mine), Some(its)) = (shared, module.get(shared), other.get(shared)) {
                let arrows = arrows.entry(module[..shared].to_vec()).or_default();
                arrows.entry(mine.clone()).or_default().insert(its.clone());
            }
        }
    }
    arrows
}

/// The module in which what `path` names is written, however often it was handed on.
fn home(
    path: &[String],
    modules: &BTreeSet<Module>,
    handed_on: &BTreeMap<(&[String], &str), &[String]>,
) -> Option<Module> {
    const MOST: usize = 8;
    let mut path = path.to_vec();
    for _ in 0..MOST {
        let length = (1..=path.len()).rev().find(|length| modules.contains(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let further = rest.first().and_then(|name| handed_on.get(&(module, name.as_str())));
        let Some(further) = further else { return Some(module.to_vec()) };
        path = [further, &rest[1..]].concat();
    }
    None
}

/// The groups of names of which each leads to each.
fn knots(arrows: &Arrows) -> BTreeSet<BTreeSet<String>> {
    let reached: BTreeMap<&String, _> = arrows.keys().map(|name| (name, reached(arrows, name))).collect();
    let leads = |from: &String, to: &String| reached.get(from).is_some_and(|reached| reached.contains(to));
    let knot = |name: &String| -> BTreeSet<String> {
        arrows.keys().filter(|other| leads(name, other) && leads(other, name)).cloned().collect()
    };
    arrows.keys().map(knot).filter(|knot| knot.len() > 1).collect()
}

/// Where arrows lead from a name, however many.
fn reached<'a>(arrows: &'a Arrows, from: &'a String) -> BTreeSet<&'a String> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(name) = next.pop() {
        next.extend(arrows.get(name).into_iter().flatten().filter(|other| reached.insert(*other)));
    }
    reached
}

#[test]
fn a_knot_is_what_leads_to_each_other() {
    let arrows = [
        ("a", &["b", "d"][..]),
        ("b", &["c"]),
        ("c", &["a"]),
        ("d", &["e"]),
        ("e", &["f"]),
        ("f", &["e", "g"]),
    ];
    let arrows: Arrows = arrows
        .into_iter()
        .map(|(from, to)| (from.to_owned(), to.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    let found: Vec<String> = knots(&arrows).iter().map(|knot| said("x", knot)).collect();
    assert_eq!(found, ["x: a b c", "x: e f"]);
}

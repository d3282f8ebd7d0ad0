//! The import tree as files: one for programs, one for people.

use serde::Serialize;

use super::forest::Forest;
use super::parts::Parts;
use crate::display;

#[derive(Serialize)]
struct Tree<'a> {
    schema: &'static str,
    unit: &'static str,
    entry: Option<&'a str>,
    complete: bool,
    modules: Vec<Module<'a>>,
}

/// A module. The list is flat, importers first, because a nested one would pass the depth that JSON readers allow.
#[derive(Serialize)]
struct Module<'a> {
    module: &'a str,
    part: &'static str,
    #[serde(rename = "self")]
    own: i64,
    cumulative: i64,
    depth: usize,
    parent: Option<usize>,
}

/// The whole tree for programs: every module with its index's parent (`null` at the top), times in microseconds.
pub(super) fn json(forest: &Forest, parts: &Parts, entry: Option<&str>) -> Vec<u8> {
    let mut modules: Vec<Module<'_>> = Vec::new();
    for (part, tops) in parts.named() {
        // The importer of a module is the last one listed that is a level higher.
        let mut path: Vec<usize> = Vec::new();
        for (node, level) in forest.walk(tops) {
            let timing = forest.timing(node);
            path.truncate(level);
            let parent = path.last().copied();
            path.push(modules.len());
            modules.push(Module {
                module: &timing.module,
                part,
                own: timing.own,
                cumulative: timing.cumulative,
                depth: level,
                parent,
            });
        }
    }
    let tree = Tree {
        schema: "perfctl.import-tree/1",
        unit: "microseconds",
        entry,
        complete: parts.unfinished.is_empty(),
        modules,
    };
    let mut bytes = serde_json::to_vec(&tree).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The whole tree for people, in the order of import.
pub(super) fn text(forest: &Forest, parts: &Parts) -> Vec<u8> {
    let mut page = String::from("cumulative ms     self ms  module\n");
    for (part, tops) in parts.named() {
        if tops.is_empty() {
            continue;
        }
        let total = forest.cumulative(tops) / 1e3;
        page.push_str(&format!("\n{total:>13.3}              = {part}\n"));
        for (node, level) in forest.walk(tops) {
            let timing = forest.timing(node);
            let (cumulative, own) = (timing.cumulative as f64 / 1e3, timing.own as f64 / 1e3);
            let module = display::cut(&timing.module, 200);
            // Not a format width: those end at 65 535.
            let indent = "  ".repeat(level);
            page.push_str(&format!(
                "{cumulative:>13.3} {own:>11.3}  {indent}{module}\n"
            ));
        }
    }
    page.into_bytes()
}

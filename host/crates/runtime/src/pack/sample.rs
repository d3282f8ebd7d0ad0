//! Packs for tests.

use std::collections::BTreeMap;

use perfctl_core::rule::Layer;

use super::{PackFiles, Program};

/// A pack of scripts in the folder `packs/ID`, whose rules find nothing.
pub(super) fn pack(id: &str, layer: Layer, rules: &[&str]) -> PackFiles {
    let head = format!(
        "schema = \"perfctl.pack/1\"\nid = \"{id}\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n"
    );
    let mut files = BTreeMap::from([("pack.toml".to_owned(), head)]);
    for rule in rules {
        let head = format!(
            "schema = \"perfctl.rule/1\"\nid = \"{rule}\"\ntitle = \"t\"\ncategory = \"test\"\nseverity = \"low\"\nlanguages = [\"python\"]\neffort = \"S\"\n\
             match = [{{ name = \"call\", kind = \"call\", called = [\"f\"] }}]\n\
             help = {{ what = \"w\", why = \"w\", source = \"s\", fix = \"f\", false_alarms = \"f\" }}\n"
        );
        files.insert(format!("{rule}/rule.toml"), head);
        files.insert(
            format!("{rule}/rule.lua"),
            "return { check = function() end }".to_owned(),
        );
    }
    PackFiles {
        folder: id.to_owned(),
        layer,
        shown: format!("packs/{id}"),
        files,
        program: Program::Scripts,
        is_sealed: false,
    }
}

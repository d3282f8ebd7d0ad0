//! Folders among packs that hold packs and are none themselves.

use super::PackFiles;

/// That the folder of `pack` holds packs which nobody reads there, and how one is used; `None` where it has anything of its own that a pack
/// consists of. Who keeps examples there means nothing wrong.
pub(super) fn remark(pack: &PackFiles) -> Option<String> {
    let inner = pack.files.keys().filter_map(|path| {
        let folder = path.strip_suffix("/pack.toml")?;
        (!folder.contains('/')).then_some(folder)
    });
    let inner: Vec<&str> = inner.collect();
    let is_of_a_pack = |path: &String| match path.split_once('/') {
        Some(("facts", _)) => true,
        Some((_, rest)) => rest == "rule.toml",
        None => false,
    };
    let is_none = !inner.is_empty() && !pack.files.keys().any(is_of_a_pack);
    is_none.then(|| {
        format!(
            "{} is no pack and holds some, which are not read there ({}): to use one, put its folder beside it",
            pack.shown,
            inner.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use perfctl_core::rule::Layer;

    use crate::pack::sample::pack;
    use crate::pack::{PackFiles, Packs};

    /// A folder `packs/examples` that holds these packs, with `own` files beside them.
    fn examples(inner: &[&str], own: &[&str]) -> PackFiles {
        let mut outer = pack("examples", Layer::Organisation("/o".into()), &[]);
        outer.files.clear();
        for name in inner {
            let layer = Layer::Organisation("/o".into());
            for (path, text) in pack(name, layer, &["IN-1"]).files {
                outer.files.insert(format!("{name}/{path}"), text);
            }
        }
        let own = own.iter().map(|path| ((*path).to_owned(), String::new()));
        outer.files.extend(own);
        outer
    }

    #[test]
    fn a_folder_of_packs_among_packs_is_told_and_breaks_nothing() {
        let packs = Packs::load(&[examples(&["acme", "shop"], &["README.md"])]);
        assert_eq!(
            packs.remarks,
            [
                "packs/examples is no pack and holds some, which are not read there (acme, shop): to use one, put its folder beside it"
            ]
        );
        assert!(packs.problems.is_empty() && packs.rules.is_empty());
    }

    #[test]
    fn what_looks_like_a_pack_without_its_head_is_a_problem() {
        for files in [
            examples(&["acme"], &["OWN-1/rule.toml"]),
            examples(&["acme"], &["facts/x.toml"]),
            examples(&[], &["README.md"]),
        ] {
            let packs = Packs::load(&[files]);
            assert!(packs.remarks.is_empty(), "{:?}", packs.remarks);
            assert_eq!(packs.problems.len(), 1, "{:?}", packs.problems);
        }
    }
}

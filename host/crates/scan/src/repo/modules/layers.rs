//! Modules of layers, which functions of a platform share: `shared/layers/orders/python/orders.py` is imported as `orders`.

use super::{Modules, is_standard, without_extension};
use crate::repo::FileId;

impl Modules {
    /// A module of a layer that functions of a platform share: its directory, or the `python` in it, is on their search path.
    pub(super) fn in_layer(&self, module: &str, from: &str, is_library: bool) -> Option<FileId> {
        let first = module.split('.').next().unwrap_or(module);
        if is_library || is_standard(first) {
            return None;
        }
        let wanted = module.replace('.', "/");
        let is_of_layer = |path: &str| {
            let stem = path.strip_suffix(".py").unwrap_or(path);
            let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
            above(stem, &wanted).is_some_and(|root| is_layer(root, "/python"))
        };
        let found = self.dotted.get(module).map_or(&[][..], Vec::as_slice);
        let found: Vec<FileId> = found
            .iter()
            .copied()
            .filter(|id| {
                self.path(*id)
                    .is_some_and(|path| path != from && is_of_layer(path))
            })
            .collect();
        self.closest(&found, from)
    }

    /// A JavaScript module by its path below the directory where AWS Lambda puts the files of layers.
    pub(super) fn below_opt(&self, path: &str, from: &str) -> Option<FileId> {
        let bare = path.strip_prefix("nodejs/").unwrap_or(path);
        let wanted = without_extension(bare).unwrap_or(bare);
        let found = self.slashed.get(bare);
        let found = found.or_else(|| self.slashed.get(wanted))?;
        let is_of_layer = |path: &str| {
            let stem = without_extension(path).unwrap_or(path);
            let root = above(stem, bare).or_else(|| above(stem, wanted));
            let root = root.or_else(|| above(stem.strip_suffix("/index")?, bare));
            root.is_some_and(|root| is_layer(root, "/nodejs"))
        };
        let found: Vec<FileId> = found
            .iter()
            .copied()
            .filter(|id| self.path(*id).is_some_and(is_of_layer))
            .collect();
        self.closest(&found, from)
    }
}

/// The directory from which a path without its extension is `wanted`.
fn above<'p>(stem: &'p str, wanted: &str) -> Option<&'p str> {
    stem.strip_suffix(wanted)?.strip_suffix('/')
}

/// Whether a directory holds the files of a layer: it, or the one around it, is called so. A name that says more than that may say
/// something else (`data_access_layer`), unless there is the directory below that a layer has for its language.
fn is_layer(root: &str, language: &str) -> bool {
    let (root, has_language) = match root.strip_suffix(language) {
        Some(root) => (root, true),
        None => (root, false),
    };
    let mut names = root.rsplit('/').take(2);
    names.any(|name| is_word(name) || has_language && words(name).any(is_word))
}

/// Whether a word says that something is a layer.
fn is_word(word: &str) -> bool {
    word.eq_ignore_ascii_case("layer") || word.eq_ignore_ascii_case("layers")
}

/// The words of a name: `orders-layer`, `orders_layer`, `OrdersLayer`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let bytes = name.as_bytes();
    let is_cut = |at: &usize| {
        bytes[*at].is_ascii_uppercase()
            && at
                .checked_sub(1)
                .is_some_and(|before| bytes[before].is_ascii_lowercase())
    };
    let mut cuts: Vec<usize> = (0..name.len()).filter(is_cut).collect();
    cuts.push(name.len());
    let mut from = 0;
    let pieces = cuts
        .into_iter()
        .map(move |to| &name[std::mem::replace(&mut from, to)..to]);
    pieces.flat_map(|piece| piece.split(['-', '_', '.']))
}

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
        let is_layer = |path: &str| {
            let stem = path.strip_suffix(".py").unwrap_or(path);
            let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
            let root = stem.strip_suffix(wanted.as_str());
            let root = root.and_then(|root| root.strip_suffix('/'));
            let root = root.map(|root| root.strip_suffix("/python").unwrap_or(root));
            root.is_some_and(|root| {
                let mut names = root.rsplit('/').take(2);
                names.any(|name| name.to_ascii_lowercase().contains("layer"))
            })
        };
        let found = self.dotted.get(module).map_or(&[][..], Vec::as_slice);
        let found: Vec<FileId> = found
            .iter()
            .copied()
            .filter(|id| {
                self.path(*id)
                    .is_some_and(|path| path != from && is_layer(path))
            })
            .collect();
        self.closest(&found, from)
    }

    /// A JavaScript module by its path below the directory where AWS Lambda puts the files of layers.
    pub(super) fn below_opt(&self, path: &str, from: &str) -> Option<FileId> {
        let bare = path.strip_prefix("nodejs/").unwrap_or(path);
        let mut names = [path, bare].into_iter();
        let found = names.find_map(|name| {
            let found = self.slashed.get(name);
            found.or_else(|| self.slashed.get(without_extension(name)?))
        })?;
        self.closest(found, from)
    }
}

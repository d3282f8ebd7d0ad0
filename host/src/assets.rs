//! Rules, recipes and templates of all layers: embedded ones first, then the user's, the organisation's, the trusted
//! repository's. Each later file wins over an earlier one of the same name.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use perfctl_core::rule::Layer;
use perfctl_report::Templates;
use perfctl_runtime::pack::{PackFiles, Packs};

use crate::error::CommandError;
use crate::settings::Loaded;

static PLUGINS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../plugins");
static RECIPES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../recipes");
static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../templates");

/// A recipe's text with where it came from.
#[derive(Clone, Debug)]
pub(crate) struct RecipeText {
    /// Its name.
    pub(crate) name: String,
    /// Its layer.
    pub(crate) layer: Layer,
    /// Its path, or `built-in:recipes/x.toml`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// Directories of the layers, lowest first.
fn layers(loaded: &Loaded) -> Vec<(Layer, std::path::PathBuf)> {
    let user = loaded
        .user
        .iter()
        .map(|dir| (Layer::User(dir.clone()), dir.clone()));
    let organisation = loaded
        .organisations
        .iter()
        .map(|dir| (Layer::Organisation(dir.clone()), dir.clone()));
    let repository = loaded
        .repository
        .iter()
        .map(|dir| (Layer::Repository(dir.clone()), dir.clone()));
    user.chain(organisation).chain(repository).collect()
}

/// Text files below `dir`, by path with forward slashes; folders called `cases` are left out.
fn texts(
    dir: &Path,
    prefix: &str,
    into: &mut BTreeMap<String, String>,
) -> Result<(), CommandError> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(CommandError::usage(format!(
                "cannot read {}: {error}",
                dir.display()
            )));
        }
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if path.is_dir() {
            if name != "cases" {
                texts(&path, &format!("{prefix}{name}/"), into)?;
            }
        } else if ["toml", "lua", "hbs", "css", "js", "md"]
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")))
        {
            let text = std::fs::read_to_string(&path).map_err(|error| {
                CommandError::usage(format!("cannot read {}: {error}", path.display()))
            })?;
            into.insert(format!("{prefix}{name}"), text);
        }
    }
    Ok(())
}

fn embedded(dir: &Dir<'static>, strip: &Path, into: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        let path = file.path().strip_prefix(strip).unwrap_or(file.path());
        if let (Some(path), Some(text)) = (path.to_str(), file.contents_utf8()) {
            into.insert(path.to_owned(), text.to_owned());
        }
    }
    for inner in dir.dirs() {
        if inner.path().file_name().is_none_or(|name| name != "cases") {
            embedded(inner, strip, into);
        }
    }
}

/// The packs of one directory of packs.
pub(crate) fn packs_in(dir: &Path, layer: &Layer) -> Result<Vec<PackFiles>, CommandError> {
    let mut packs = Vec::new();
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Ok(packs);
    };
    let mut folders: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        packs.push(pack_at(&folder, layer.clone())?);
    }
    Ok(packs)
}

/// The pack in the folder `path`.
pub(crate) fn pack_at(path: &Path, layer: Layer) -> Result<PackFiles, CommandError> {
    let mut files = BTreeMap::new();
    texts(path, "", &mut files)?;
    let folder = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(PackFiles {
        folder,
        layer,
        shown: path.display().to_string(),
        files,
    })
}

/// The packs that the binary brings.
pub(crate) fn built_in_packs() -> Vec<PackFiles> {
    PLUGINS
        .dirs()
        .map(|dir| {
            let mut files = BTreeMap::new();
            embedded(dir, dir.path(), &mut files);
            let folder = dir.path().to_string_lossy().into_owned();
            PackFiles {
                shown: format!("built-in:plugins/{folder}"),
                folder,
                layer: Layer::BuiltIn,
                files,
            }
        })
        .collect()
}

/// The packs of all layers, read.
pub(crate) fn packs(loaded: &Loaded) -> Result<Packs, CommandError> {
    let mut all = built_in_packs();
    for (layer, dir) in layers(loaded) {
        all.extend(packs_in(&dir.join("plugins"), &layer)?);
    }
    Ok(Packs::load(&all))
}

/// The recipes of all layers by name, as texts.
pub(crate) fn recipes(loaded: &Loaded) -> Result<BTreeMap<String, RecipeText>, CommandError> {
    let mut all = BTreeMap::new();
    let mut add = |layer: &Layer, place: &str, files: BTreeMap<String, String>| {
        for (path, text) in files {
            let Some(name) = path
                .strip_suffix(".toml")
                .filter(|name| !name.contains('/'))
            else {
                continue;
            };
            let recipe = RecipeText {
                name: name.to_owned(),
                layer: layer.clone(),
                path: format!("{place}/{path}"),
                text,
            };
            all.insert(name.to_owned(), recipe);
        }
    };
    let mut files = BTreeMap::new();
    embedded(&RECIPES, Path::new(""), &mut files);
    add(&Layer::BuiltIn, "built-in:recipes", files);
    for (layer, dir) in layers(loaded) {
        let dir = dir.join("recipes");
        let mut files = BTreeMap::new();
        texts(&dir, "", &mut files)?;
        add(&layer, &dir.display().to_string(), files);
    }
    Ok(all)
}

/// The templates of all layers.
pub(crate) fn templates(loaded: &Loaded) -> Result<Templates, CommandError> {
    let mut files = BTreeMap::new();
    embedded(&TEMPLATES, Path::new(""), &mut files);
    for (_, dir) in layers(loaded) {
        texts(&dir.join("templates"), "", &mut files)?;
    }
    Ok(Templates::new(files))
}

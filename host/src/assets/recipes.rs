//! Recipes of all layers: their texts, and the scripts that lie beside them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use perfctl_core::recipe::Recipe;
use perfctl_core::rule::Layer;
use perfctl_wire::diagnose::Faults;
use perfctl_wire::recipe::{self, Vocabulary, Written};

use super::{RECIPES, layers};
use crate::error::CommandError;
use crate::settings::Loaded;

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
    text: String,
    /// The folder it lies in; `None` for one that the program brings.
    folder: Option<PathBuf>,
    /// The recipe of the same name in an earlier layer.
    replaced: Option<Box<RecipeText>>,
}

impl RecipeText {
    /// The recipe in the file `path`.
    pub(crate) fn at(path: &Path, layer: Layer) -> Result<Self, CommandError> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(path).map_err(|error| {
            CommandError::usage(format!("cannot read {}: {error}", path.display()))
        })?;
        let parent = path.parent().filter(|parent| *parent != Path::new(""));
        Ok(Self {
            name: stem.into_owned(),
            layer,
            path: path.display().to_string(),
            text,
            folder: Some(parent.unwrap_or(Path::new(".")).to_owned()),
            replaced: None,
        })
    }

    /// The file as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Reads it; `all` are the recipes that it may extend.
    pub(crate) fn read(
        &self,
        vocabulary: &Vocabulary,
        all: &BTreeMap<String, RecipeText>,
    ) -> Result<Recipe, Faults> {
        self.read_from(vocabulary, all, &[])
    }

    /// As [`Self::read`], on the way from the recipes `around`, which extend it.
    fn read_from(
        &self,
        vocabulary: &Vocabulary,
        all: &BTreeMap<String, RecipeText>,
        around: &[&str],
    ) -> Result<Recipe, Faults> {
        let beside = |path: &str| match &self.folder {
            Some(folder) => file_in(folder, path),
            None => embedded(path)
                .map(str::to_owned)
                .ok_or_else(|| format!("there is no built-in:recipes/{path}")),
        };
        let written = Written {
            name: &self.name,
            layer: &self.layer,
            path: &self.path,
            text: &self.text,
            beside: &beside,
            base: &|name| {
                let base = self.base(name, all).ok_or_else(|| {
                    let known: Vec<&str> = all.keys().map(String::as_str).collect();
                    format!(
                        "there is no such recipe to extend; there are {}",
                        known.join(", ")
                    )
                })?;
                let around = [around, &[self.path.as_str()]].concat();
                if around.contains(&base.path.as_str()) {
                    return Err(format!("{} extends it in turn", base.path));
                }
                let read = base.read_from(vocabulary, all, &around);
                read.map_err(|faults| faults.to_string())
            },
        };
        recipe::read(written, vocabulary)
    }

    /// The recipe that this one means by `name`: one that replaces another of its own name may extend that. Those of an audited
    /// repository are for its own only.
    fn base<'t>(
        &'t self,
        name: &str,
        all: &'t BTreeMap<String, RecipeText>,
    ) -> Option<&'t RecipeText> {
        let is_repository = |recipe: &RecipeText| matches!(recipe.layer, Layer::Repository(_));
        let mut next = match self.name == name {
            true => self.replaced.as_deref(),
            false => all.get(name),
        };
        // A file that lies in no layer replaces nothing.
        if self.name == name && next.is_none() {
            next = all.get(name).filter(|other| other.path != self.path);
        }
        while let Some(one) = next {
            if !is_repository(one) || is_repository(self) {
                break;
            }
            next = one.replaced.as_deref();
        }
        next
    }
}

fn embedded(path: &str) -> Option<&'static str> {
    let at = RECIPES
        .binary_search_by_key(&path, |(path, _)| *path)
        .ok()?;
    Some(RECIPES[at].1)
}

/// The text of the file at `path` in `folder`. A link out of the folder is refused: what lies there was never trusted.
fn file_in(folder: &Path, path: &str) -> Result<String, String> {
    let file = folder.join(path);
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", file.display());
    let base = folder.canonicalize().map_err(failed)?;
    if !file.canonicalize().map_err(failed)?.starts_with(base) {
        return Err(format!("{} leads out of its folder", file.display()));
    }
    std::fs::read_to_string(&file).map_err(failed)
}

/// The recipes that the program brings, by name.
pub(crate) fn built_in() -> BTreeMap<String, RecipeText> {
    let mut all = BTreeMap::new();
    for (path, text) in RECIPES {
        if let Some(name) = name_of(path) {
            let recipe = RecipeText {
                name: name.to_owned(),
                layer: Layer::BuiltIn,
                path: format!("built-in:recipes/{path}"),
                text: (*text).to_owned(),
                folder: None,
                replaced: None,
            };
            all.insert(name.to_owned(), recipe);
        }
    }
    all
}

/// The recipes of all layers by name.
pub(crate) fn all(loaded: &Loaded) -> Result<BTreeMap<String, RecipeText>, CommandError> {
    let mut all = built_in();
    for (layer, dir) in layers(loaded) {
        let dir = dir.join("recipes");
        let entries = match std::fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                let message = format!("cannot read {}: {error}", dir.display());
                return Err(CommandError::usage(message));
            }
        };
        for entry in entries.flatten() {
            if name_of(&entry.file_name().to_string_lossy()).is_some() && entry.path().is_file() {
                let mut recipe = RecipeText::at(&entry.path(), layer.clone())?;
                recipe.replaced = all.remove(&recipe.name).map(Box::new);
                all.insert(recipe.name.clone(), recipe);
            }
        }
    }
    Ok(all)
}

/// The name of the recipe in a file, by its path from the folder of recipes; `None` for scripts and what lies deeper.
fn name_of(path: &str) -> Option<&str> {
    path.strip_suffix(".toml")
        .filter(|name| !name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_from_the_folder_of_its_recipe_and_nowhere_else() {
        let dir = tempfile::tempdir().expect("works here");
        let folder = dir.path().join("recipes");
        std::fs::create_dir_all(folder.join("sizes")).expect("works here");
        std::fs::write(folder.join("sizes/count.py"), "print(1)").expect("works here");
        std::fs::write(dir.path().join("secret.py"), "secret").expect("works here");
        std::os::unix::fs::symlink("../secret.py", folder.join("link.py")).expect("works here");
        assert_eq!(
            file_in(&folder, "sizes/count.py"),
            Ok("print(1)".to_owned())
        );
        let refused = file_in(&folder, "link.py").expect_err("a link out");
        assert!(
            refused.ends_with("link.py leads out of its folder"),
            "{refused}"
        );
        assert!(file_in(&folder, "sizes/other.py").is_err());
    }

    #[test]
    fn a_recipe_extends_the_one_it_replaces_and_never_itself_or_a_repositorys() {
        let text = |layer: Layer, extends: &str, replaced: Option<RecipeText>| RecipeText {
            name: "nightly".to_owned(),
            path: format!("{}/nightly.toml", layer.word()),
            layer,
            text: format!(
                "schema = \"perfctl.recipe/1\"\ntitle = \"t\"\n{extends}[[step]]\nkind = \"rules\"\n"
            ),
            folder: None,
            replaced: replaced.map(Box::new),
        };
        let extends = "extends = \"nightly\"\n";
        let user = text(Layer::User("/u".into()), "", None);
        let own = text(Layer::Repository("/r".into()), extends, Some(user.clone()));
        let all = BTreeMap::from([("nightly".to_owned(), own.clone())]);
        let read = |recipe: &RecipeText| {
            let read = recipe.read(&Vocabulary::default(), &all);
            read.map_err(|faults| faults.to_string())
        };
        assert!(read(&own).is_ok());
        // From outside, only what no repository brought.
        let mut other = text(Layer::User("/u".into()), extends, None);
        other.name = "weekly".to_owned();
        let base = other.base("nightly", &all).expect("the user's");
        assert_eq!(base.path, user.path);
        let other_way = |name: &str, extends: &str| {
            let extends = format!("extends = \"{extends}\"\n");
            let mut one = text(Layer::User("/u".into()), &extends, None);
            one.name = name.to_owned();
            one.path = format!("{name}.toml");
            one
        };
        let all = BTreeMap::from([
            ("here".to_owned(), other_way("here", "there")),
            ("there".to_owned(), other_way("there", "here")),
        ]);
        let said = all["here"].read(&Vocabulary::default(), &all);
        let said = said.expect_err("a circle").to_string();
        assert!(said.contains("here.toml extends it in turn"), "{said}");
    }

    #[test]
    fn scripts_that_the_program_brings_are_found_by_path() {
        let scripts = RECIPES.iter().filter(|(path, _)| path.contains('/'));
        let mut count = 0;
        for (path, text) in scripts {
            assert_eq!(embedded(path), Some(*text));
            count += 1;
        }
        assert!(count > 0);
        assert_eq!(embedded("quick-wins/none.py"), None);
    }
}

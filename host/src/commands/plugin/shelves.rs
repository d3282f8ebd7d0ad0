//! Which directories a command about installed plugins looks at.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use perfctl_wire::lock::Locked;
use perfctl_wire::settings::{Layer, Level};

use crate::assets;
use crate::cli::GlobalArgs;
use crate::error::CommandError;
use crate::plugins::Shelf;
use crate::session::repository_root;
use crate::settings::{self, Loaded, Repository, user_dir};
use crate::ui::Ui;

/// Where plugins are.
#[derive(Args, Debug)]
pub(super) struct Where {
    /// The directory whose perfctl.lock and `plugins/` are meant; your own settings' directory unless said, and where a plugin is
    /// looked for, those of your organisation and of a trusted repository as well
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// The settings, and the directories of plugins that they name.
pub(super) struct Shelves {
    pub(super) loaded: Loaded,
    pub(super) all: Vec<Shelf>,
}

impl Where {
    /// The settings in force where the user stands.
    pub(super) fn settings(global: &GlobalArgs) -> Result<Loaded, CommandError> {
        let root = repository_root(Path::new("."));
        let repository = Repository::in_place(&root);
        settings::load(Some(repository), Layer::empty(Level::CommandLine), global)
    }

    /// The one directory into which something is put.
    pub(super) fn target(&self) -> Result<Shelf, CommandError> {
        let own = || {
            user_dir().ok_or_else(|| {
                CommandError::usage("there is no directory for your settings: HOME is not set")
                    .hint("name one with `--dir DIR`")
            })
        };
        let dir = match &self.dir {
            Some(dir) => dir.clone(),
            None => own()?,
        };
        Shelf::open(&dir)
    }

    /// Every directory in which plugins are looked for.
    pub(super) fn all(&self, global: &GlobalArgs) -> Result<Shelves, CommandError> {
        let loaded = Self::settings(global)?;
        let dirs = match &self.dir {
            Some(dir) if !dir.is_dir() => {
                return Err(CommandError::usage(format!(
                    "there is no directory {}",
                    dir.display()
                )));
            }
            Some(dir) => vec![dir.clone()],
            None => {
                let layers = assets::layers(&loaded).into_iter();
                layers.map(|(_, dir)| dir).collect()
            }
        };
        let all = dirs.iter().map(|dir| Shelf::open(dir));
        Ok(Shelves {
            all: all.collect::<Result<_, _>>()?,
            loaded,
        })
    }
}

impl Shelves {
    /// The plugins of these ids with the shelf of each, by its position; all of them where no id is given.
    pub(super) fn chosen(&self, ids: &[String]) -> Result<Vec<(usize, Locked)>, CommandError> {
        let everything = self.all.iter().enumerate().flat_map(|(at, shelf)| {
            let locked = shelf.locked().iter();
            locked.map(move |plugin| (at, plugin.clone()))
        });
        let everything: Vec<(usize, Locked)> = everything.collect();
        if ids.is_empty() {
            return Ok(everything);
        }
        let mut chosen = Vec::new();
        for id in ids {
            let found: Vec<_> = everything
                .iter()
                .filter(|(_, plugin)| plugin.id == *id)
                .collect();
            match found.as_slice() {
                [one] => chosen.push((*one).clone()),
                [] => return Err(self.unknown(id, &everything)),
                several => {
                    let dirs = several.iter().map(|(at, _)| self.all[*at].dir.display());
                    let dirs: Vec<String> = dirs.map(|dir| dir.to_string()).collect();
                    return Err(CommandError::usage(format!(
                        "`{id}` is in {}: say which with `--dir`",
                        dirs.join(" and in ")
                    )));
                }
            }
        }
        Ok(chosen)
    }

    /// The directories, as sentences list them.
    pub(super) fn shown(&self) -> String {
        let dirs = self.all.iter().map(|shelf| shelf.dir.display().to_string());
        dirs.collect::<Vec<_>>().join(" or ")
    }

    /// Says which folders of packs are used beside a lock, which names none of them.
    pub(super) fn tell_of_folders(&self, ui: &Ui) {
        for shelf in self.all.iter().filter(|shelf| shelf.lock.is_some()) {
            let folders = shelf.folders();
            if !folders.is_empty() {
                ui.say(&format!(
                    "note: what lies in folders of {} is used as well, and {} does not name it: {}",
                    shelf.folder().display(),
                    perfctl_wire::lock::FILE,
                    folders.join(", ")
                ));
            }
        }
    }

    fn unknown(&self, id: &str, known: &[(usize, Locked)]) -> CommandError {
        let ids = known.iter().map(|(_, plugin)| plugin.id.as_str());
        let near = perfctl_wire::table::nearest(id, ids);
        let looked = self.all.iter().map(|shelf| shelf.lock_path());
        let looked: Vec<String> = looked.map(|path| path.display().to_string()).collect();
        let error = CommandError::usage(format!("no plugin `{id}` in {}", looked.join(", ")));
        match near {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`perfctl plugin list` shows what there is"),
        }
    }
}

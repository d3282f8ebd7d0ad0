//! Plugins as files: components and packs of scripts that lie beside folders of packs, or in them, with what the user's settings grant
//! them and the lock beside them says of them.

mod asked;
mod changes;
mod content;
mod heads;
mod links;
mod lost;
mod obtain;
mod package;
mod shelf;
mod stale;
mod taken;
mod trusted;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_runtime::pack::{Brought, PackFiles, Program};
use perfctl_wasm::cache::Cache;
use perfctl_wasm::compiler::{Compile, InChild};
use perfctl_wasm::component::{Component, Rights};
use perfctl_wasm::contract::World;
use perfctl_wasm::engine::Engine;
use perfctl_wire::lock::{FILE as LOCK, Locked};
use perfctl_wire::plugin::Manifest;
use perfctl_wire::rule::{Capability, Kind, read_pack};
use perfctl_wire::settings::Settings;

pub(crate) use self::asked::Asked;
pub(crate) use self::changes::{between, introduction, misstated};
pub(crate) use self::content::read;
pub(crate) use self::heads::Before;
use self::lost::{brought_by, brought_in, is_in_force, lost};
pub(crate) use self::obtain::{Obtain, SaidBy, Wanted};
pub(crate) use self::package::{Package, Who, can_judge, manifest};
pub(crate) use self::shelf::{Placed, Shelf, State, beside as signature_beside, signature_of};
pub(crate) use self::stale::{warn_of_differing, warn_of_newer};
pub(crate) use self::taken::{refuse_taken, refuse_taken_in};
pub(crate) use self::trusted::{Pinned, Signed, Trusted};

use crate::assets;
use crate::error::CommandError;
use crate::files::sha256;
use crate::interrupt::OnceWaiting;
use crate::settings::{cache_dir, state_dir, user_file};

/// The world of the contract for what a plugin is.
pub(crate) fn world(kind: Kind) -> World {
    match kind {
        Kind::Rules => World::RulePack,
        Kind::Collectors => World::Collector,
        Kind::Reporters => World::Reporter,
    }
}

/// The component in a folder of a pack, where `perfctl plugin build` puts it.
pub(crate) const COMPONENT: &str = "plugin.wasm";

/// The ending of components that carry their pack along.
const WASM_ENDING: &str = "wasm";

/// The ending of packs of scripts in one file.
const PACK_ENDING: &str = "pack.json";

/// Reads plugins, and makes what runs them when there is one.
pub(crate) struct Plugins {
    granted: Granted,
    trusted: Trusted,
    needs_lock: bool,
    cache: OnceCell<Option<Arc<Cache>>>,
    host: OnceCell<Result<Host, String>>,
}

/// Who may read every file of a repository.
enum Granted {
    All,
    /// Packs, by their ids.
    To(BTreeSet<String>),
}

impl Granted {
    fn holds(&self, id: &str) -> bool {
        match self {
            Self::All => true,
            Self::To(packs) => packs.contains(id),
        }
    }
}

#[derive(Clone)]
struct Host {
    engine: Arc<Engine>,
    compiler: Arc<dyn Compile>,
    cache: Option<Arc<Cache>>,
}

/// The argument that turns this program into the compiler of plugins.
pub(crate) const COMPILER: &str = "__compile-plugin";

/// This program once more, as a process that may take only so much.
fn compiler() -> Result<InChild, String> {
    let program = std::env::current_exe();
    let program = program.map_err(|error| format!("cannot find perfctl's own program: {error}"))?;
    let arguments = vec![COMPILER.into()];
    Ok(InChild::new(program, arguments, Arc::new(OnceWaiting)))
}

impl Plugins {
    /// Plugins with the rights that `settings` give.
    ///
    /// # Errors
    /// When a key of the settings is none.
    pub(crate) fn new(settings: &Settings) -> Result<Self, CommandError> {
        let granted = settings
            .grants_files
            .iter()
            .map(|grant| grant.value.clone());
        Ok(Self {
            granted: Granted::To(granted.collect()),
            trusted: Trusted::of(settings)?,
            needs_lock: settings.require_lock.unwrap_or_default(),
            cache: OnceCell::new(),
            host: OnceCell::new(),
        })
    }

    /// Plugins of their own author's, who tries them on cases of his own: what they ask for is granted.
    pub(crate) fn of_the_author() -> Self {
        Self {
            granted: Granted::All,
            trusted: Trusted::nobody(),
            needs_lock: false,
            cache: OnceCell::new(),
            host: OnceCell::new(),
        }
    }

    fn host(&self) -> Result<Host, String> {
        let made = self.host.get_or_init(|| {
            let engine = Engine::new()
                .map_err(|error| format!("plugins cannot run on this machine: {error:#}"))?;
            Ok(Host {
                engine: Arc::new(engine),
                compiler: Arc::new(compiler()?),
                cache: self.cache().cloned(),
            })
        });
        made.clone()
    }

    fn cache(&self) -> Option<&Arc<Cache>> {
        self.cache.get_or_init(open_cache).as_ref()
    }

    /// The digest of a plugin's file as its lock names it.
    fn sha256(&self, bytes: &[u8]) -> String {
        match self.cache() {
            Some(cache) => cache.sha256(bytes),
            None => sha256(bytes),
        }
    }

    /// What judges for the pack called `id`, whose head is `head`: the component `bytes` of the file `shown`.
    pub(crate) fn component(
        &self,
        shown: &Path,
        bytes: Arc<[u8]>,
        id: &str,
        head: &str,
        layer: &Layer,
    ) -> Result<Component, String> {
        let host = self.host()?;
        // What is wrong with the head is said where the pack is read.
        let asked = read_pack("pack.toml", head, id).map(|pack| pack.capabilities);
        let asks = asked.unwrap_or_default().contains(&Capability::Files);
        Ok(Component {
            shown: shown.display().to_string(),
            bytes,
            files: match (asks, self.granted.holds(id)) {
                (false, _) => Rights::NotAsked,
                // Grants name plugins by their ids, and a repository can call its own as it likes.
                (true, _) if self.is_foreign(layer) => Rights::Never,
                (true, false) => Rights::NotGranted(format!(
                    "add `[grants] files = [\"{id}\"]` to {}",
                    user_file()
                )),
                (true, true) => Rights::Granted,
            },
            engine: host.engine,
            compiler: host.compiler,
            cache: host.cache,
        })
    }

    /// Whether plugins of this layer are an audited repository's, and not those of who runs perfctl.
    fn is_foreign(&self, layer: &Layer) -> bool {
        matches!(layer, Layer::Repository(_)) && !matches!(self.granted, Granted::All)
    }

    /// The pack in a folder, whose texts are `files`.
    pub(crate) fn pack_in(
        &self,
        folder: &Path,
        id: String,
        files: BTreeMap<String, String>,
        layer: Layer,
    ) -> PackFiles {
        let component = folder.join(COMPONENT);
        let read = component.is_file().then(|| read(&component));
        let may_run = match &read {
            Some(bytes) => bytes
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|bytes| self.may_run_unlocked(&component, &id, bytes))
                .map_err(|why| (component.as_path(), why)),
            None if is_in_force(&files) => self
                .trusted
                .may_run_folder(folder)
                .map_err(|why| (folder, why)),
            None => Ok(()),
        };
        if let Err((path, why)) = may_run {
            // Its facts would decide what others find, so nothing of it is read.
            return lost(path, why, brought_in(&files, &id), layer);
        }
        if let Some(Ok(bytes)) = &read {
            warn_of_differing(folder, bytes, &files);
        }
        let head = files.get("pack.toml").map_or("", String::as_str);
        let program = match read {
            Some(Ok(bytes)) => match self.component(&component, bytes, &id, head, &layer) {
                Ok(component) => Program::Component(Arc::new(component)),
                Err(why) => Program::Unusable {
                    why: format!("{}: {why}", component.display()),
                    known: Brought::default(),
                },
            },
            _ if is_unbuilt(folder, &files) => Program::Unusable {
                why: unbuilt(folder),
                known: Brought::default(),
            },
            _ => Program::Scripts,
        };
        PackFiles {
            folder: id,
            layer,
            shown: folder.display().to_string(),
            files,
            program,
            is_sealed: false,
        }
    }

    /// The packs of a layer's directory: the plugins that its lock names, with these bytes and no others; its folders, which take the place of none
    /// of them; where it has no lock, the plugins that lie there.
    pub(crate) fn packs_of(
        &self,
        shelf: &Shelf,
        layer: &Layer,
    ) -> Result<Vec<PackFiles>, CommandError> {
        let locked = shelf.locked().iter();
        let mut packs: Vec<PackFiles> = locked
            .map(|plugin| self.locked_pack(shelf, plugin, layer.clone()))
            .collect();
        packs.extend(assets::packs_in(&shelf.folder(), layer, self)?);
        // A component in a pack's folder is read with the folder.
        let strays = shelf.strays().into_iter();
        for path in strays.filter(|path| path.parent() == Some(&shelf.folder())) {
            packs.push(match &shelf.lock {
                Some(_) => lost(
                    &path,
                    not_locked(shelf, &path),
                    Brought::default(),
                    layer.clone(),
                ),
                None => self.stray_pack(shelf, &path, layer.clone()),
            });
        }
        Ok(packs)
    }

    fn locked_pack(&self, shelf: &Shelf, plugin: &Locked, layer: Layer) -> PackFiles {
        let path = shelf.place_of(plugin);
        let read = self.whole(shelf, plugin).and_then(|bytes| {
            let signature = signature_of(&path);
            let may_run = self
                .trusted
                .may_run(&plugin.id, &bytes, signature.as_deref());
            may_run.map_err(|why| match (&signature, &plugin.signed_by) {
                // It was signed when it was added, and the signature is lost.
                (None, Some(_)) => {
                    format!(
                        "{why}; `{}` fetches a signature that is lost",
                        add_command(shelf, "")
                    )
                }
                _ => why,
            })?;
            let manifest = manifest(&bytes)?;
            match manifest.id == plugin.id {
                true => self.pack(&path, bytes, manifest, &layer),
                false => Err(format!(
                    "it is called `{}`, and {} calls it `{}`",
                    manifest.id,
                    shelf.lock_path().display(),
                    plugin.id
                )),
            }
        });
        // Its place is taken, whatever it lacks.
        read.unwrap_or_else(|why| PackFiles {
            folder: plugin.id.clone(),
            ..lost(&path, why, brought_by(plugin), layer)
        })
    }

    /// The bytes of a plugin that are those of its lock.
    fn whole(&self, shelf: &Shelf, plugin: &Locked) -> Result<Arc<[u8]>, String> {
        let (lock, line) = (shelf.lock_path(), plugin.line);
        let lock = lock.display();
        let again = add_command(shelf, "");
        match shelf.state_by(plugin, |bytes| self.sha256(bytes)) {
            State::Whole(bytes) => Ok(bytes),
            State::Missing => Err(format!(
                "it is not there; {lock}:{line} names it with sha256 {}: `{again}` fetches what is missing from {}",
                plugin.sha256, plugin.source
            )),
            State::Changed(digest) => Err(format!(
                "its sha256 is {digest}, and {lock}:{line} says {}: `{again}` fetches that from {}, `{}` takes another \
                 one",
                plugin.sha256,
                plugin.source,
                add_command(shelf, " FILE")
            )),
            State::Unreadable(why) => Err(why),
        }
    }

    fn stray_pack(&self, shelf: &Shelf, path: &Path, layer: Layer) -> PackFiles {
        let read = shelf.read(path).and_then(|bytes| {
            let manifest = manifest(&bytes)?;
            self.may_run_unlocked(path, &manifest.id, &bytes)?;
            self.pack(path, bytes, manifest, &layer)
        });
        read.unwrap_or_else(|why| lost(path, why, Brought::default(), layer))
    }

    /// Refuses what no lock names where the user wants that, or what is not signed.
    fn may_run_unlocked(&self, path: &Path, id: &str, bytes: &[u8]) -> Result<(), String> {
        if self.needs_lock {
            return Err(format!(
                "no {LOCK} names it, and `[plugins] require_lock` asks for that: `perfctl plugin add {}` does",
                path.display()
            ));
        }
        let signature = signature_of(path);
        self.trusted.may_run(id, bytes, signature.as_deref())
    }

    /// The pack that a plugin's file carries along.
    fn pack(
        &self,
        path: &Path,
        bytes: Arc<[u8]>,
        manifest: Manifest,
        layer: &Layer,
    ) -> Result<PackFiles, String> {
        let Manifest { id, files } = manifest;
        let head = files.get("pack.toml").map_or("", String::as_str);
        let program = match package::is_wasm(&bytes) {
            true => Program::Component(Arc::new(self.component(path, bytes, &id, head, layer)?)),
            false => Program::Scripts,
        };
        Ok(PackFiles {
            folder: id,
            layer: layer.clone(),
            shown: path.display().to_string(),
            files,
            program,
            is_sealed: true,
        })
    }
}

fn not_locked(shelf: &Shelf, path: &Path) -> String {
    format!(
        "{} does not name it: `{}` adds it",
        shelf.lock_path().display(),
        add_command(shelf, &format!(" {}", path.display()))
    )
}

/// The command that adds to a shelf.
pub(crate) fn add_command(shelf: &Shelf, source: &str) -> String {
    format!("perfctl plugin add{source}{}", dir_option(shelf))
}

/// What names a shelf in a command; nothing for the user's own.
pub(crate) fn dir_option(shelf: &Shelf) -> String {
    let is_own = crate::settings::user_dir().is_some_and(|own| own == shelf.dir);
    match is_own {
        true => String::new(),
        false => format!(" --dir {}", shelf.dir.display()),
    }
}

/// Where compiled components are kept; `None` where that is not safe or not possible, and plugins are compiled in each run.
fn open_cache() -> Option<Arc<Cache>> {
    let (cache, state) = (cache_dir()?, state_dir()?);
    match Cache::open(&cache.join("plugins"), &state.join("plugins.key")) {
        Ok(cache) => Some(Arc::new(cache)),
        Err(error) => {
            tracing::warn!("{error}; plugins are compiled in each run");
            None
        }
    }
}

/// Whether a path is that of a plugin in one file.
pub(crate) fn is_plugin(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    has_ending_of_plugin(&name) && path.is_file()
}

/// Whether a file of this name may run as a plugin, under its own name or the one that it has while its lock is changed.
pub(crate) fn is_called_plugin(name: &str) -> bool {
    has_ending_of_plugin(name) || shelf::unaside(name).is_some_and(has_ending_of_plugin)
}

fn has_ending_of_plugin(name: &str) -> bool {
    [WASM_ENDING, PACK_ENDING].iter().any(|ending| {
        name.strip_suffix(ending)
            .is_some_and(|stem| stem.ends_with('.'))
    })
}

/// A folder of scripts as what goes into one file: heads, scripts and facts, without cases and prose.
pub(crate) fn bundle(dir: &Path) -> Result<Manifest, CommandError> {
    let mut files = BTreeMap::new();
    for path in assets::script_paths(dir, true)? {
        let read = std::fs::read_to_string(&path);
        let text = read.map_err(|error| {
            CommandError::usage(format!("cannot read {}: {error}", path.display()))
        })?;
        let inside = path.strip_prefix(dir).unwrap_or(&path);
        let parts = inside.iter().map(|part| part.to_string_lossy());
        files.insert(parts.collect::<Vec<_>>().join("/"), text);
    }
    let head = files.get("pack.toml").map_or("", String::as_str);
    let folder = dir.file_name().unwrap_or_default().to_string_lossy();
    Ok(Manifest {
        id: written_id(head).unwrap_or(folder.into_owned()),
        files,
    })
}

/// How the one file of a pack of scripts is called.
pub(crate) fn package_name(id: &str) -> String {
    package::file_name(id, false)
}

/// Whether the pack in `dir` has a source that is compiled before anything of it runs.
pub(crate) fn is_compiled(dir: &Path) -> bool {
    let head = std::fs::read_to_string(dir.join("pack.toml")).unwrap_or_default();
    let own = written_id(&head).unwrap_or_default().replace('-', "_");
    let modules = ["rules", "collectors", "reporters", own.as_str()];
    let mut python = modules.iter().map(|name| format!("{name}.py"));
    ["Cargo.toml", "package.json"]
        .iter()
        .any(|name| dir.join(name).is_file())
        || python.any(|name| dir.join(name).is_file())
}

/// Whether a folder holds the source of a component with rules, and none of their scripts: nothing there can judge before it is built.
fn is_unbuilt(folder: &Path, files: &BTreeMap<String, String>) -> bool {
    let has = |ending: &str| files.keys().any(|path| path.ends_with(ending));
    has("/rule.toml") && !has("/rule.lua") && is_compiled(folder)
}

/// What is said of a pack that is not built.
pub(crate) fn unbuilt(folder: &Path) -> String {
    let folder = folder.display();
    format!("{folder} is not built yet: `perfctl plugin build {folder}` makes its {COMPONENT}")
}

/// The id that the head of a pack gives it: the folder of its source may be called otherwise.
pub(crate) fn written_id(head: &str) -> Option<String> {
    let head: toml::Table = head.parse().ok()?;
    head.get("id")?.as_str().map(str::to_owned)
}

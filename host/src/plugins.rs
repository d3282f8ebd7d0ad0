//! Plugins as files: components that lie beside folders of packs, or in them, with what the user's settings grant them.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_runtime::pack::{PackFiles, Program};
use perfctl_wasm::cache::Cache;
use perfctl_wasm::compiler::{Compile, InChild};
use perfctl_wasm::component::{Component, MOST_BYTES, Rights};
use perfctl_wasm::contract::World;
use perfctl_wasm::engine::Engine;
use perfctl_wasm::section;
use perfctl_wire::plugin::Manifest;
use perfctl_wire::rule::{Capability, Kind, read_pack};
use perfctl_wire::settings::Settings;

use crate::settings::{cache_dir, state_dir};

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
const ENDING: &str = "wasm";

/// Reads plugins, and makes what runs them when there is one.
pub(crate) struct Plugins {
    granted: Granted,
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
    Ok(InChild {
        program,
        arguments: vec![COMPILER.into()],
    })
}

/// A component with the texts that it carries along.
pub(crate) struct Carried {
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) manifest: Manifest,
}

impl Plugins {
    /// Plugins with the rights that `settings` give.
    pub(crate) fn new(settings: &Settings) -> Self {
        let granted = settings
            .grants_files
            .iter()
            .map(|grant| grant.value.clone());
        Self {
            granted: Granted::To(granted.collect()),
            host: OnceCell::new(),
        }
    }

    /// Plugins of their own author's, who tries them on cases of his own: what they ask for is granted.
    pub(crate) fn of_the_author() -> Self {
        Self {
            granted: Granted::All,
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
                cache: cache(),
            })
        });
        made.clone()
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
                (true, false) => Rights::NotGranted(format!("[grants] files = [\"{id}\"]")),
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

    /// What judges for the rules of the pack in a folder, whose texts are `files`.
    pub(crate) fn program_in(
        &self,
        folder: &Path,
        id: &str,
        files: &std::collections::BTreeMap<String, String>,
        layer: &Layer,
    ) -> Program {
        let path = folder.join(COMPONENT);
        if !path.is_file() {
            return Program::Scripts;
        }
        let head = files.get("pack.toml").map_or("", String::as_str);
        let component = read(&path).and_then(|bytes| self.component(&path, bytes, id, head, layer));
        match component {
            Ok(component) => Program::Component(Arc::new(component)),
            Err(why) => Program::Unusable(format!("{}: {why}", path.display())),
        }
    }

    /// The pack that a component's file carries along.
    pub(crate) fn pack_of(&self, path: &Path, layer: Layer) -> PackFiles {
        let shown = path.display().to_string();
        let read = carried(path).and_then(|carried| {
            let Manifest { id, files } = carried.manifest;
            let head = files.get("pack.toml").map_or("", String::as_str);
            let component = self.component(path, carried.bytes, &id, head, &layer)?;
            Ok((id, files, component))
        });
        match read {
            Ok((folder, files, component)) => PackFiles {
                folder,
                layer,
                shown,
                files,
                program: Program::Component(Arc::new(component)),
            },
            Err(why) => PackFiles {
                folder: String::new(),
                layer,
                program: Program::Unusable(why),
                shown,
                files: std::collections::BTreeMap::new(),
            },
        }
    }
}

/// Where compiled components are kept; `None` where that is not safe or not possible, and plugins are compiled in each run.
fn cache() -> Option<Arc<Cache>> {
    let (cache, state) = (cache_dir()?, state_dir()?);
    match Cache::open(&cache.join("plugins"), &state.join("plugins.key")) {
        Ok(cache) => Some(Arc::new(cache)),
        Err(error) => {
            tracing::warn!("{error}; plugins are compiled in each run");
            None
        }
    }
}

/// Components in a directory of packs, in the order of their names.
pub(crate) fn components_in(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut all: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING) && path.is_file())
        .collect();
    all.sort();
    all
}

/// The bytes of a component's file.
///
/// # Errors
/// When it cannot be read, or is too large to be one.
pub(crate) fn read(path: &Path) -> Result<Arc<[u8]>, String> {
    let meta = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if meta.len() > MOST_BYTES as u64 {
        return Err(format!(
            "the file has {} MiB, more than the limit of {} MiB",
            meta.len() >> 20,
            MOST_BYTES >> 20
        ));
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    Ok(bytes.into())
}

/// A component's file with the texts that it carries along.
///
/// # Errors
/// When it is no plugin.
pub(crate) fn carried(path: &Path) -> Result<Carried, String> {
    let bytes = read(path)?;
    let manifest = section::read(&bytes).map_err(|error| error.to_string())?;
    let manifest = Manifest::read(manifest)?;
    Ok(Carried { bytes, manifest })
}

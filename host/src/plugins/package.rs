//! A plugin's file, whole and checked: what it holds, asks for, and was built for. Nothing of it is run unless it is asked whether it could judge.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::{Layer, Rule};
use perfctl_fetch::Delivery;
use perfctl_fetch::artifact;
use perfctl_runtime::pack::{LoadedRule, PackFiles, Program};
use perfctl_runtime::runner::{UNTRIED, try_to_load};
use perfctl_wasm::contract::Surface;
use perfctl_wasm::section;
use perfctl_wire::lock::{Locked, option_of};
use perfctl_wire::plugin::Manifest;
use perfctl_wire::rule::{Kind, Pack, read_pack};
use tempfile::TempDir;

use super::asked::Asked;
use super::{PACK_ENDING, Plugins, WASM_ENDING, world};
use crate::assets;
use crate::error::CommandError;
use crate::extensions::Extensions;
use crate::files::sha256;
use crate::interrupt::{Interrupt, was_asked};

/// A plugin's file.
pub(crate) struct Package {
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) sha256: String,
    pub(crate) signature: Option<String>,
    pub(crate) revision: Option<String>,
    pub(crate) pack: Pack,
    /// What the component imports and exports; a pack of scripts has none.
    pub(crate) surface: Option<Surface>,
    pub(crate) rules: BTreeMap<RuleId, Rule>,
    /// What judges for them.
    judges: Vec<LoadedRule>,
}

/// Whether the bytes are a component, or a module that was meant to be one, and no pack of scripts.
pub(crate) fn is_wasm(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\0asm")
}

/// What a plugin's file carries along.
///
/// # Errors
/// When it is no plugin, in words that continue a sentence.
pub(crate) fn manifest(bytes: &[u8]) -> Result<Manifest, String> {
    if is_wasm(bytes) {
        let manifest = section::read(bytes).map_err(|error| error.to_string())?;
        return Manifest::read(manifest);
    }
    if bytes.first() == Some(&b'{') {
        return Manifest::read(bytes);
    }
    Err("it is no plugin: neither a component of WASM nor a pack of scripts as `perfctl plugin build` makes it".to_owned())
}

impl Package {
    /// Reads what came, which messages call `shown`. A component is compiled, and what comes of that is kept for its first run.
    pub(crate) fn read(delivery: Delivery, shown: &str) -> Result<Self, CommandError> {
        let wrong = |why: String| CommandError::usage(format!("{shown}: {why}"));
        let bytes: Arc<[u8]> = delivery.bytes.into();
        let Manifest { id, files } = manifest(&bytes).map_err(wrong)?;
        let head = files.get("pack.toml");
        let head = head.ok_or_else(|| wrong("its manifest has no pack.toml".to_owned()))?;
        let pack = read_pack(&format!("{shown}: pack.toml"), head, &id)?;
        let layer = Layer::Repository(shown.into());
        let (surface, program) = if is_wasm(&bytes) {
            let plugins = Plugins::of_the_author();
            let component = plugins
                .component(Path::new(shown), bytes.clone(), &id, head, &layer)
                .map_err(wrong)?;
            let surface = component.surface().map_err(|error| match was_asked() {
                true => CommandError::interrupted("no plugin was changed"),
                false => CommandError::usage(error),
            })?;
            let may = match pack.kind() {
                Kind::Rules => component.may_link(&surface),
                kind => component.may_be(world(kind), &surface),
            };
            may.map_err(CommandError::usage)?;
            (Some(surface), Program::Component(Arc::new(component)))
        } else {
            (None, Program::Scripts)
        };
        let own = PackFiles {
            folder: id.clone(),
            layer,
            shown: shown.to_owned(),
            files,
            program,
            is_sealed: true,
        };
        let extensions = Extensions::of(std::slice::from_ref(&own));
        let packs = assets::beside_built_in(own);
        let problems = packs.problems.iter().chain(&extensions.problems);
        let problems = problems.map(|one| format!("{}: {}", one.subject, one.message));
        let broken = packs.broken.values().map(|why| why.full.clone());
        if let Some(fault) = problems.chain(broken).next() {
            return Err(CommandError::usage(fault));
        }
        let own = packs.rules.into_values();
        let judges: Vec<LoadedRule> = own.filter(|loaded| loaded.rule.pack == id).collect();
        let rules = judges.iter().map(|loaded| loaded.rule.clone());
        Ok(Self {
            rules: rules.map(|rule| (rule.id.clone(), rule)).collect(),
            judges,
            sha256: sha256(&bytes),
            bytes,
            signature: delivery.signature,
            revision: delivery.revision,
            pack,
            surface,
        })
    }

    /// Refuses a plugin whose rules could judge nothing: a script that cannot be loaded, a component that has other rules than its pack.
    pub(crate) fn can_judge(&self, who: Who) -> Result<(), CommandError> {
        can_judge(self.judges.iter(), who)
    }

    /// The name of its file in a directory of plugins.
    pub(crate) fn file_name(&self) -> String {
        file_name(&self.pack.id, self.surface.is_some())
    }

    /// What registries are told of it.
    pub(crate) fn kind(&self) -> artifact::Kind {
        match &self.surface {
            Some(surface) => artifact::Kind::Component {
                imports: surface.imports.clone(),
                exports: surface.exports.clone(),
            },
            None => artifact::Kind::Pack,
        }
    }

    /// What the lock says of it.
    pub(crate) fn locked(&self, source: &str, signed_by: Option<String>) -> Locked {
        let mut capabilities = self.pack.capabilities.clone();
        capabilities.sort();
        capabilities.dedup();
        Locked {
            id: self.pack.id.clone(),
            version: self.pack.version.clone(),
            source: source.to_owned(),
            revision: self.revision.clone(),
            sha256: self.sha256.clone(),
            contract: self.surface.as_ref().map(|surface| surface.version.clone()),
            signed_by,
            capabilities,
            rules: self.rules.keys().cloned().collect(),
            collectors: sorted(self.pack.collectors.iter().map(|head| &head.name)),
            // What has no collectors has nothing to say of them.
            options: (!self.pack.collectors.is_empty()).then(|| self.options()),
            formats: sorted(self.pack.reporters.iter().map(|head| &head.name)),
            line: 0,
        }
    }
}

impl Package {
    /// The options of its collectors, as a lock names them.
    pub(super) fn options(&self) -> Vec<String> {
        let collectors = self.pack.collectors.iter();
        let options = collectors.flat_map(|head| {
            let names = head.options.iter();
            names.map(|(name, _)| option_of(&head.name, name, &Asked::of(head, name).written()))
        });
        let mut options: Vec<String> = options.collect();
        options.sort();
        options
    }
}

/// Who is told that rules cannot be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Whoever builds a pack, and can mend it.
    Author,
    /// Whoever uses it.
    User,
}

/// Loads what judges for the rules of a pack, as a run would.
pub(crate) fn can_judge<'r>(
    rules: impl Iterator<Item = &'r LoadedRule>,
    who: Who,
) -> Result<(), CommandError> {
    let rules: Vec<&LoadedRule> = rules.collect();
    let empty = TempDir::new().map_err(CommandError::failure)?;
    let tried = try_to_load(&rules, empty.path(), &Interrupt);
    tried.map_err(|error| {
        let hint = match (error.message.starts_with(UNTRIED), who) {
            (true, _) => "all rules of a plugin have half a minute to load: scripts do less at their top, or rules go into packs of their own",
            (false, Who::Author) => "no run could load it: mend that, and build it again",
            (false, Who::User) => "no run could load it: whoever writes the plugin mends that, and `perfctl plugin build` of its folder shows that it is mended",
        };
        match was_asked() {
            true => CommandError::interrupted("not everything was tried"),
            false => CommandError::usage(error).hint(hint),
        }
    })
}

fn sorted<'n>(names: impl Iterator<Item = &'n String>) -> Vec<String> {
    let mut names: Vec<String> = names.cloned().collect();
    names.sort();
    names
}

/// How the file of the plugin `id` is called.
pub(crate) fn file_name(id: &str, is_component: bool) -> String {
    let ending = if is_component {
        WASM_ENDING
    } else {
        PACK_ENDING
    };
    format!("{id}.{ending}")
}

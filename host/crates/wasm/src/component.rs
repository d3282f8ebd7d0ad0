//! A plugin's component: from the bytes of its file to something that can be instantiated.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use perfctl_runtime::lua::vm::ScriptError;
use perfctl_runtime::plugin::{self, Declared, Heard, Worker};
use wasmtime::component::{HasSelf, InstancePre, Linker};

use crate::bindings::RulePackPre;
use crate::bindings::perfctl::plugin as imports;
use crate::cache::{Cache, Key};
use crate::call::fault;
use crate::code::Code;
use crate::compiler::Compile;
use crate::contract::{self, Surface, World};
use crate::engine::Engine;
use crate::extension::Extension;
use crate::host::State;
use crate::instance::Instance;

/// The largest file of a plugin, in bytes. Python's interpreter alone has 18 MB.
pub const MOST_BYTES: usize = 32 << 20;

/// Components smaller than this compile in a fraction of a second, in bytes.
const QUICK: usize = 1 << 20;

/// Whether a plugin has a right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Its manifest does not ask.
    NotAsked,
    /// Its manifest asks, and the user's settings do not grant it; what to do so that they would.
    NotGranted(String),
    /// Its manifest asks, and the user's settings grant it.
    Granted,
    /// Its manifest asks, and nobody can grant it where the plugin comes from.
    Never,
}

impl Rights {
    /// Refuses a plugin that needs the right to look at files and does not have it.
    fn check(&self) -> Result<(), String> {
        let wants = "it looks at files beside those that its matchers match";
        match self {
            Self::Granted => Ok(()),
            Self::Never => Err(format!(
                "{wants}, which a plugin of the audited repository may not: grants name plugins by their ids, and an id can be taken"
            )),
            Self::NotAsked => Err(format!(
                "{wants}, and its manifest does not ask for that: its author has to add `capabilities = [\"{}\"]` to pack.toml",
                contract::FILES
            )),
            Self::NotGranted(how) => Err(format!("{wants}, which is not granted: {how} if it may")),
        }
    }
}

/// A component as it lies in its file, nothing of it compiled or believed.
#[derive(Debug)]
pub struct Component {
    /// How messages call it: the plugin's file.
    pub shown: String,
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
    /// Whether it may look at files beside those that are judged.
    pub files: Rights,
    /// What runs it.
    pub engine: Arc<Engine>,
    /// What compiles it.
    pub compiler: Arc<dyn Compile>,
    /// Where its compiled code is kept, if it is kept.
    pub cache: Option<Arc<Cache>>,
}

impl Component {
    fn fault(&self, message: String) -> ScriptError {
        fault(&self.shown, &message)
    }

    /// Its compiled code, from the cache if it is there. Compiling takes a second for each 3 MB or so.
    ///
    /// # Errors
    /// When it is too large, or no component that this engine takes.
    pub fn compile(&self) -> Result<wasmtime::component::Component, ScriptError> {
        self.load(|| ())
    }

    /// Its compiled code. `before` is called when it has to be compiled.
    fn load(&self, before: impl FnOnce()) -> Result<wasmtime::component::Component, ScriptError> {
        let size = self.bytes.len();
        if size > MOST_BYTES {
            return Err(self.fault(format!(
                "the file has {} MiB, more than the limit of {} MiB",
                size >> 20,
                MOST_BYTES >> 20
            )));
        }
        let key = |cache| (cache, Key::new(&self.bytes, &self.engine.fingerprint()));
        let kept = self.cache.as_ref().map(key);
        if let Some((cache, key)) = &kept
            && let Some(code) = cache.get(*key)
        {
            match self.engine.load(&code) {
                Ok(component) => return Ok(component),
                // It is what was put there, so the key lacks something: it is made anew.
                Err(error) => tracing::warn!("{}: kept code is not taken: {error:#}", self.shown),
            }
        }
        before();
        let begun = Instant::now();
        let compiled = self.compiler.compile(&self.engine, &self.bytes);
        let code = compiled.map_err(|message| self.fault(message))?;
        tracing::info!(took = ?begun.elapsed(), "compiled {}", self.shown);
        let sealed = Code::of(&code).map_err(wasmtime::Error::from);
        let loaded = sealed.and_then(|code| self.engine.load(&code));
        let loaded =
            loaded.map_err(|error| self.fault(format!("its code cannot be loaded: {error:#}")))?;
        // What cannot be loaded would be taken out and made anew in each run.
        if let Some((cache, key)) = kept {
            cache.put(key, &code);
        }
        Ok(loaded)
    }

    /// What it imports and exports.
    ///
    /// # Errors
    /// When it cannot be compiled, or does not keep to the contract.
    pub fn surface(&self) -> Result<Surface, ScriptError> {
        contract::surface(&self.compile()?).map_err(|message| self.fault(message))
    }

    /// Refuses a plugin that lacks a right, or holds no rules.
    ///
    /// # Errors
    /// What it lacks, and who can give it.
    pub fn may_link(&self, surface: &Surface) -> Result<(), ScriptError> {
        if surface.world != World::RulePack {
            let world = surface.world.name();
            return Err(self.fault(format!("it is a {world}, and holds no rules")));
        }
        match surface.capabilities().contains(&contract::FILES) {
            true => self.files.check().map_err(|message| self.fault(message)),
            false => Ok(()),
        }
    }

    /// Its compiled code for a run. Compiling is announced where it takes a while: a run stands still without a word otherwise.
    pub(crate) fn compiled(&self) -> Result<wasmtime::component::Component, ScriptError> {
        self.load(|| {
            if self.bytes.len() > QUICK {
                tracing::warn!(
                    "{}: compiling it, once; `perfctl plugin add` would have done it before",
                    self.shown
                );
            }
        })
    }

    /// Everything that an instance needs, checked.
    fn link(&self) -> Result<RulePackPre<State>, ScriptError> {
        let component = self.compiled()?;
        let surface = contract::surface(&component).map_err(|message| self.fault(message))?;
        self.may_link(&surface)?;
        let linked = self
            .linker()
            .and_then(|linker| linker.instantiate_pre(&component));
        linked.and_then(RulePackPre::new).map_err(|error| {
            self.fault(format!(
                "it does not fit the contract: it was built for version {}, and this perfctl speaks version {}: {error:#}",
                surface.version,
                contract::VERSION
            ))
        })
    }

    fn linker(&self) -> wasmtime::Result<Linker<State>> {
        let mut linker = Linker::new(self.engine.inner());
        let all = &mut linker;
        fn state(state: &mut State) -> &mut State {
            state
        }
        imports::types::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::declared::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::log::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::node::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::loop_::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::func::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::file::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::span::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::doc::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::dockerfile::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::docker_stage::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::instruction::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::shell_command::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::load_hop::add_to_linker::<_, HasSelf<_>>(all, state)?;
        imports::repository::add_to_linker::<_, HasSelf<_>>(all, state)?;
        // What is not there cannot be used, whatever else fails to refuse it.
        if self.files == Rights::Granted {
            imports::files::add_to_linker::<_, HasSelf<_>>(all, state)?;
        }
        Ok(linker)
    }
}

impl plugin::Component for Component {
    fn plugin(self: Arc<Self>, declared: Arc<Declared>) -> Arc<dyn plugin::Plugin> {
        Arc::new(Plugin {
            component: self,
            declared,
            linked: OnceLock::new(),
            started: OnceLock::new(),
        })
    }

    fn extension(self: Arc<Self>) -> Arc<dyn plugin::Extension> {
        Arc::new(Extension::new(self))
    }
}

/// A component with what its manifest declares. Linked when the first of its rules has something to judge.
struct Plugin {
    component: Arc<Component>,
    declared: Arc<Declared>,
    linked: OnceLock<Result<RulePackPre<State>, ScriptError>>,
    /// How its first start ended. One that fails is not tried again for each of its rules, nor on all threads at once.
    started: OnceLock<Result<(), ScriptError>>,
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Plugin")
            .field(&self.component.shown)
            .finish()
    }
}

impl plugin::Plugin for Plugin {
    fn worker(&self) -> Heard<Box<dyn Worker>> {
        let linked = self.linked.get_or_init(|| self.component.link());
        let pre = match linked {
            Ok(pre) => pre,
            Err(error) => return Heard::silent(Err(error.clone())),
        };
        let start = || {
            let (engine, shown) = (&self.component.engine, self.component.shown.clone());
            Instance::start(engine, pre, self.declared.clone(), shown)
        };
        let mut first = None;
        let started = self.started.get_or_init(|| {
            let heard = start();
            let ended = heard.answer.as_ref().map(|_| ()).map_err(Clone::clone);
            first = Some(heard);
            ended
        });
        let heard = match (first, started) {
            (Some(first), _) => first,
            (None, Err(error)) => return Heard::silent(Err(error.clone())),
            // Who waited for the first one to start starts one of his own.
            (None, Ok(())) => start(),
        };
        Heard {
            printed: heard.printed,
            answer: heard.answer.map(|instance| Box::new(instance) as _),
        }
    }
}

/// What is shared between threads must be fit for it.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Plugin>();
    is_shared::<InstancePre<State>>();
};

//! Collectors and formats of reports: each call has an instance of its own, within its limits, and nothing is kept from one to the next.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use perfctl_core::seams::{Collected, Output, View};
use perfctl_runtime::api::{Refusal, clean};
use perfctl_runtime::lua::vm::{Limits, ScriptError};
use perfctl_runtime::plugin::{self, Heard};
use perfctl_wire::rule::{CallLimits, CollectorHead, ReporterHead};
use wasmtime::Store;
use wasmtime::component::{HasSelf, InstancePre, Linker};

use crate::bindings::perfctl::plugin::log;
use crate::call::{Raises, allow, explain, fault, store};
use crate::collected;
use crate::collector_bindings::CollectorPre;
use crate::collector_bindings::exports::perfctl::plugin::collection;
use crate::component::Component;
use crate::contract::{self, Surface, World};
use crate::host::State;
use crate::reporter_bindings::ReporterPre;
use crate::reporter_bindings::exports::perfctl::plugin::rendering;

/// Bytes that the host copies at most from a collector, and from a format: whole pages with pictures.
const MOST_COLLECTED: usize = 32 << 20;
const MOST_RENDERED: usize = 64 << 20;

/// The words in which a call says no.
fn refusal(why: String) -> Refusal {
    let words: Vec<&str> = why.split_whitespace().collect();
    match words.is_empty() {
        true => Refusal::new("it refused, and did not say why"),
        false => Refusal::new(clean(&words.join(" "))),
    }
}

impl Component {
    /// Refuses a component that is none of `world`, or imports more than collectors and formats may.
    ///
    /// # Errors
    /// What it is instead, or what it imports.
    pub fn may_be(&self, world: World, surface: &Surface) -> Result<(), ScriptError> {
        self.check(world, surface)
            .map_err(|message| fault(&self.shown, &message))
    }

    fn check(&self, world: World, surface: &Surface) -> Result<(), String> {
        let (is, wanted) = (surface.world.name(), world.name());
        if surface.world != world {
            return Err(format!(
                "its component is a {is}, and its pack.toml declares a {wanted}"
            ));
        }
        let is_log = |import: &&String| import.starts_with("perfctl:plugin/log@");
        match surface.imports.iter().find(|import| !is_log(import)) {
            None => Ok(()),
            Some(other) => Err(format!(
                "it imports `{other}`: a {wanted} sees what it is handed, and may import `log` and nothing else"
            )),
        }
    }
}

/// A component of collectors or of formats, linked when it is called first.
pub(crate) struct Extension {
    component: Arc<Component>,
    collector: OnceLock<Result<CollectorPre<State>, ScriptError>>,
    reporter: OnceLock<Result<ReporterPre<State>, ScriptError>>,
}

impl std::fmt::Debug for Extension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Extension")
            .field(&self.component.shown)
            .finish()
    }
}

impl Extension {
    pub(crate) fn new(component: Arc<Component>) -> Self {
        Self {
            component,
            collector: OnceLock::new(),
            reporter: OnceLock::new(),
        }
    }

    /// Everything that an instance of `world` needs, checked.
    fn link<P>(
        &self,
        world: World,
        typed: impl FnOnce(InstancePre<State>) -> wasmtime::Result<P>,
    ) -> Result<P, ScriptError> {
        let own = &self.component;
        let compiled = own.compiled()?;
        let surface = contract::surface(&compiled);
        let surface = surface.map_err(|message| fault(&own.shown, &message))?;
        own.may_be(world, &surface)?;
        let mut linker = Linker::new(own.engine.inner());
        let linked = log::add_to_linker::<_, HasSelf<_>>(&mut linker, |state: &mut State| state)
            .and_then(|()| linker.instantiate_pre(&compiled))
            .and_then(typed);
        linked.map_err(|error| {
            fault(
                &own.shown,
                &format!("it does not fit the contract: {error:#}"),
            )
        })
    }

    /// One call in an instance of its own, which starts within the call's limits and is gone behind it.
    fn call<A>(
        &self,
        limits: CallLimits,
        copied: usize,
        act: impl FnOnce(&mut Store<State>) -> wasmtime::Result<A>,
    ) -> Heard<A> {
        let own = &self.component;
        let engine = &own.engine;
        let limits = Limits {
            memory: limits.memory,
            time: limits.time,
            ..Limits::default()
        };
        let mut store = store(engine, Arc::default(), limits.memory, copied);
        let answer = engine.ticker().tick().map_err(wasmtime::Error::from);
        let answer = answer.and_then(|_ticking| {
            store.data_mut().begin(None);
            allow(&mut store, limits.time);
            act(&mut store)
        });
        let state = store.data_mut();
        let answer = answer.and_then(|answer| match state.failure.is_some() {
            // Whoever says that he failed has failed, whatever came back.
            true => Err(Refusal::new("it failed and went on").into()),
            false => Ok(answer),
        });
        let answer =
            answer.map_err(|error| explain(&own.shown, &error, state, limits, Raises::Neither));
        Heard {
            printed: std::mem::take(&mut state.printed),
            answer,
        }
    }
}

impl plugin::Extension for Extension {
    fn collect(
        &self,
        asked: &CollectorHead,
        output: Output<'_>,
        options: &BTreeMap<String, String>,
    ) -> Heard<Collected> {
        let linked = self
            .collector
            .get_or_init(|| self.link(World::Collector, CollectorPre::new));
        let pre = match linked {
            Ok(pre) => pre,
            Err(error) => return Heard::silent(Err(error.clone())),
        };
        let given = collection::Output {
            stdout: output.stdout.to_vec(),
            stderr: output.stderr.to_vec(),
            exit_code: output.exit_code,
            timed_out: output.timed_out,
        };
        let options: Vec<(String, String)> = options.clone().into_iter().collect();
        self.call(asked.limits, MOST_COLLECTED, |store| {
            let instance = pre.instantiate(&mut *store)?;
            let collection = instance.perfctl_plugin_collection();
            let told = collection.call_collect(&mut *store, &asked.name, &given, &options)?;
            Ok(collected::checked(told.map_err(refusal)?, asked)?)
        })
    }

    fn render(&self, asked: &ReporterHead, record: &[u8], view: &View) -> Heard<Vec<u8>> {
        let linked = self
            .reporter
            .get_or_init(|| self.link(World::Reporter, ReporterPre::new));
        let pre = match linked {
            Ok(pre) => pre,
            Err(error) => return Heard::silent(Err(error.clone())),
        };
        let view = rendering::View {
            colour: view.colour,
            width: u32::try_from(view.width).unwrap_or(u32::MAX),
            suspicions: view.suspicions,
            silenced: view.silenced,
        };
        self.call(asked.limits, MOST_RENDERED, |store| {
            let instance = pre.instantiate(&mut *store)?;
            let rendering = instance.perfctl_plugin_rendering();
            let told = rendering.call_render(&mut *store, &asked.name, record, view)?;
            Ok(told.map_err(refusal)?)
        })
    }
}

/// What is shared between threads must be fit for it.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Extension>();
};

#[cfg(test)]
mod tests;

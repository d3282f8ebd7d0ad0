//! Stands between the runner and a plugin: counts instances and calls, and keeps the first call so that it can be made again.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use perfctl_core::ids::RuleId;
use perfctl_runtime::api::{Matches, Matching, Repository};
use perfctl_runtime::lua::vm::Limits;
use perfctl_runtime::plugin::{Call, Component, Declared, Extension, Heard, Plugin, Said, Worker};
use perfctl_scan::matcher::local::Match;
use perfctl_scan::view::FileView;

/// A call as the runner made it.
#[derive(Clone)]
pub(crate) struct Caught {
    rule: u32,
    id: RuleId,
    repository: Repository,
    file: Arc<FileView>,
    all: Vec<Match>,
    matchers: Vec<Matching>,
    limits: Limits,
}

impl Caught {
    /// The same call again.
    pub(crate) fn again(&self) -> Call<'_> {
        Call {
            rule: self.rule,
            id: &self.id,
            repository: &self.repository,
            matches: Some(Matches {
                file: &self.file,
                all: &self.all,
                matchers: &self.matchers,
            }),
            limits: &self.limits,
        }
    }
}

/// What was seen of a plugin.
#[derive(Default)]
pub(crate) struct Seen {
    instances: AtomicUsize,
    calls: AtomicUsize,
    first: Mutex<Option<Caught>>,
    plugin: OnceLock<Arc<dyn Plugin>>,
}

impl Seen {
    /// Instances and calls since this was asked last.
    pub(crate) fn take(&self) -> (usize, usize) {
        let take = |count: &AtomicUsize| count.swap(0, Ordering::Relaxed);
        (take(&self.instances), take(&self.calls))
    }

    /// The first call, and an instance that nobody has called yet.
    pub(crate) fn first(&self) -> Result<(Caught, Box<dyn Worker>), String> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        let caught = first.clone().ok_or("the plugin was not called")?;
        let plugin = self.plugin.get().ok_or("the plugin was not loaded")?;
        let worker = plugin.worker().answer.map_err(|error| error.to_string())?;
        Ok((caught, worker))
    }
}

/// A component that is watched.
pub(crate) struct Watched {
    pub(crate) inner: Arc<dyn Component>,
    pub(crate) seen: Arc<Seen>,
}

struct WatchedPlugin {
    inner: Arc<dyn Plugin>,
    seen: Arc<Seen>,
}

struct WatchedWorker {
    inner: Box<dyn Worker>,
    seen: Arc<Seen>,
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl fmt::Debug for WatchedPlugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl Component for Watched {
    fn plugin(self: Arc<Self>, declared: Arc<Declared>) -> Arc<dyn Plugin> {
        let inner = self.inner.clone().plugin(declared);
        let inner = self.seen.plugin.get_or_init(|| inner).clone();
        let seen = self.seen.clone();
        Arc::new(WatchedPlugin { inner, seen })
    }

    fn extension(self: Arc<Self>) -> Arc<dyn Extension> {
        self.inner.clone().extension()
    }
}

impl Plugin for WatchedPlugin {
    fn worker(&self) -> Heard<Box<dyn Worker>> {
        self.seen.instances.fetch_add(1, Ordering::Relaxed);
        let (heard, seen) = (self.inner.worker(), self.seen.clone());
        let watched = |inner| Box::new(WatchedWorker { inner, seen }) as Box<dyn Worker>;
        Heard {
            printed: heard.printed,
            answer: heard.answer.map(watched),
        }
    }
}

impl Worker for WatchedWorker {
    fn call(&mut self, call: &Call<'_>) -> Option<Box<Said>> {
        // The first of a run is enough: keeping each would be a cost of the bench's own.
        if self.seen.calls.fetch_add(1, Ordering::Relaxed) == 0
            && let Some(matches) = &call.matches
        {
            let caught = Caught {
                rule: call.rule,
                id: call.id.clone(),
                repository: call.repository.clone(),
                file: matches.file.clone(),
                all: matches.all.to_vec(),
                matchers: matches.matchers.to_vec(),
                limits: *call.limits,
            };
            let mut first = self
                .seen
                .first
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *first = Some(caught);
        }
        self.inner.call(call)
    }
}

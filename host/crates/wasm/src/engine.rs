//! The engine that compiles and runs components: which features a component may use, and how long it may run.

use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use wasmtime::component::Component;
use wasmtime::{Config, OptLevel};

use crate::code::Code;
use crate::meter::Pool;
use crate::ticker::Ticker;

/// Bytes of stack that a plugin's calls may take. Rust guests run out of their own shadow stack before it.
const MOST_STACK: usize = 512 << 10;

/// Frames of a trap's backtrace that an author sees.
const MOST_FRAMES: NonZeroUsize = NonZeroUsize::new(20).unwrap();

/// Bytes of memory that all plugins of a process have together: for each processor what two of them may have, and never less than this.
const LEAST_MEMORY: usize = 2 << 30;
const MEMORY_PER_PROCESSOR: usize = 256 << 20;

fn memory() -> usize {
    let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    processors
        .saturating_mul(MEMORY_PER_PROCESSOR)
        .max(LEAST_MEMORY)
}

/// Compiles and runs components. One serves a whole process.
pub struct Engine {
    engine: wasmtime::Engine,
    ticker: Ticker,
    ticks: Arc<AtomicU64>,
    pool: Arc<Pool>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine for this machine.
    ///
    /// # Errors
    /// When no code can be made for this machine.
    pub fn new() -> Result<Self, wasmtime::Error> {
        Self::with_memory(memory())
    }

    /// An engine whose instances have so many bytes of memory together.
    pub(crate) fn with_memory(most: usize) -> Result<Self, wasmtime::Error> {
        let engine = wasmtime::Engine::new(&config())?;
        let ticking = engine.clone();
        let ticks = Arc::new(AtomicU64::new(0));
        let counted = ticks.clone();
        Ok(Self {
            engine,
            ticker: Ticker::new(move || {
                counted.fetch_add(1, Ordering::Relaxed);
                ticking.increment_epoch();
            }),
            ticks,
            pool: Arc::new(Pool::new(most)),
        })
    }

    /// The memory that its instances have together.
    pub(crate) fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// A component's machine code.
    ///
    /// # Errors
    /// When the bytes are no component, or one that uses what is switched off.
    pub fn compile(&self, component: &[u8]) -> Result<Vec<u8>, wasmtime::Error> {
        self.engine.precompile_component(component)
    }

    /// A component from machine code.
    ///
    /// # Errors
    /// When another engine made it, or there is no memory for it.
    pub(crate) fn load(&self, code: &Code) -> Result<Component, wasmtime::Error> {
        let path = code.path();
        // Where nothing can be opened that way, it is copied.
        let copy = match path.exists() {
            true => None,
            false => Some(code.bytes()?),
        };
        #[expect(
            unsafe_code,
            reason = "the code is what `compile` made a moment ago, or what `Cache::get` has checked to be what perfctl put there, and it is sealed"
        )]
        unsafe {
            match copy {
                None => Component::deserialize_file(&self.engine, path),
                Some(bytes) => Component::deserialize(&self.engine, bytes),
            }
        }
    }

    /// All that makes machine code of one engine useless to another.
    pub(crate) fn fingerprint(&self) -> Vec<u8> {
        let mut hash = Fingerprint::default();
        self.engine.precompile_compatibility_hash().hash(&mut hash);
        hash.0.finalize().to_vec()
    }

    /// What wasmtime calls an engine.
    pub(crate) fn inner(&self) -> &wasmtime::Engine {
        &self.engine
    }

    /// How often its clock has ticked: for the host's own side of a call, which the engine does not watch.
    pub(crate) fn ticks(&self) -> &Arc<AtomicU64> {
        &self.ticks
    }

    /// What moves its clock on.
    pub(crate) fn ticker(&self) -> &Ticker {
        &self.ticker
    }
}

/// Hashes what hashes itself, the same on every run and in every version of the standard library.
#[derive(Default)]
struct Fingerprint(Sha256);

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

/// What components may use. Whatever is off is refused before any of a component's code is compiled.
fn config() -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        .epoch_interruption(true)
        .max_wasm_stack(MOST_STACK)
        .wasm_backtrace_max_frames(Some(MOST_FRAMES))
        .cranelift_opt_level(OptLevel::Speed)
        .parallel_compilation(true)
        // Nobody unwinds through a guest or asks for places in its code, and each load would go through their tables.
        .native_unwind_info(false)
        .generate_address_map(false)
        // Numbers that differ between machines would give verdicts that do.
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        // What no SDK's compiler makes is only more to attack.
        .wasm_memory64(false)
        .wasm_custom_page_sizes(false)
        .wasm_wide_arithmetic(false);
    config
}

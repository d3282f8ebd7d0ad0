//! A plugin from the cache: from the bytes of its file to an instance, with everything that is checked on the way.

use std::sync::Arc;
use std::time::Instant;

use perfctl_runtime::plugin::{Component as _, Declared};
use perfctl_wasm::cache::Cache;

use crate::guests;
use crate::lasting::{self, Lacks};
use crate::scene;
use crate::table::Table;
use crate::turns::{Side, Turns, median, timed};

/// Loads in a turn.
const BATCH: usize = 1;

/// Milliseconds that a plugin of 100 KB and one in Python may take.
const SMALL: f64 = 2.0;
const PYTHON: f64 = 60.0;

/// Times both.
pub(crate) fn run(table: &mut Table, rounds: usize) -> Result<(), String> {
    table.part("A plugin from the cache, to its first instance");
    load(
        table,
        "a plugin of 100 KB",
        guests::sized(100_000)?,
        rounds,
        SMALL,
    )?;
    match lasting::python_plugin() {
        Ok(bytes) => load(
            table,
            "a plugin in Python",
            bytes,
            rounds.div_ceil(4),
            PYTHON,
        ),
        Err(Lacks::Tool(why)) => {
            table.skipped("a plugin in Python", &why);
            Ok(())
        }
        Err(Lacks::Works(why)) => Err(why),
    }
}

fn load(
    table: &mut Table,
    name: &str,
    bytes: Vec<u8>,
    rounds: usize,
    limit: f64,
) -> Result<(), String> {
    let size = bytes.len();
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    let cache = Cache::open(&dir.path().join("kept"), &dir.path().join("key"));
    let cache = Arc::new(cache.map_err(|error| error.to_string())?);
    // The digest that a lock names, as each load asks for it.
    cache.sha256(&bytes);
    let digest: Side<'_> = Box::new(|_| timed(|| Ok(cache.sha256(&bytes))));
    let digest = Turns::of(&mut [digest], BATCH, rounds)?;
    let component = scene::component(&scene::engine()?, bytes.clone(), Some(cache.clone()));
    let begun = Instant::now();
    component.compile().map_err(|error| error.to_string())?;
    let compiling = begun.elapsed().as_secs_f64() * 1e3;
    let kept: u64 = std::fs::read_dir(dir.path().join("kept"))
        .map_err(|error| error.to_string())?
        .flatten()
        .filter_map(|entry| Some(entry.metadata().ok()?.len()))
        .sum();
    let mut clock = Vec::with_capacity(rounds);
    let declared = Arc::new(Declared::default());
    let whole: Side<'_> = Box::new(|_| {
        let plugin = component.clone().plugin(declared.clone());
        let begun = Instant::now();
        let took = timed(|| plugin.worker().answer.map_err(|error| error.to_string()))?;
        clock.push(begun.elapsed().as_secs_f64() * 1e3);
        Ok(took)
    });
    let turns = Turns::of(&mut [whole], BATCH, rounds)?;
    table.shown(&format!("{name}: its file"), size as f64 / 1e6, "MB");
    table.shown(&format!("{name}: its code"), kept as f64 / 1e6, "MB");
    table.shown(&format!("{name}: compiled, on the clock"), compiling, "ms");
    table.shown(
        &format!("{name}: from the cache, on the clock"),
        median(clock.into_iter()),
        "ms",
    );
    table.shown(
        &format!("{name}: the digest that its lock names"),
        digest.median(0) / 1e3,
        "ms",
    );
    table.at_most(
        &format!("{name}: from the cache"),
        turns.median(0) / 1e3,
        limit,
        "ms",
    );
    Ok(())
}

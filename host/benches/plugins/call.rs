//! A call of a plugin that does nothing: as the runner makes it, beside the same call in wasmtime alone. What the runner does around it,
//! finding the matches and looking at its clocks, is in the figures of `linear`.

use std::hint::black_box;
use std::sync::Arc;

use perfctl_runtime::plugin::{Call, Worker};
use perfctl_wasm::engine::Engine;

use crate::bare::{self, Bare};
use crate::guests;
use crate::scene::{self, Scene};
use crate::table::Table;
use crate::turns::{Side, Turns, timed};
use crate::watched::Caught;

/// Calls in a turn: so few that what they are made with is still near the processor, as it is in a run.
const BATCH: usize = 64;

/// Matches of the larger call.
const MANY: u32 = 100;

/// How much longer than the bare call ours may take.
const LIMIT: f64 = 1.2;

/// Calls in wasmtime alone.
pub(crate) fn bare_side(mut bare: Bare, rows: Vec<u32>) -> Side<'static> {
    Box::new(move |count| {
        timed(|| {
            for _ in 0..count {
                black_box(&bare.check(black_box(&rows))?);
            }
            Ok(())
        })
    })
}

/// Calls as the runner makes them. What the runner brings along is made before.
pub(crate) fn own_side(mut worker: Box<dyn Worker>, caught: &Caught) -> Side<'_> {
    Box::new(move |count| {
        let calls: Vec<Call<'_>> = (0..count).map(|_| caught.again()).collect();
        timed(|| {
            for call in &calls {
                let said = black_box(worker.call(call));
                if let Some(Err(error)) = said.as_deref().map(|said| &said.answer) {
                    return Err(error.to_string());
                }
            }
            Ok(())
        })
    })
}

/// Times both.
pub(crate) fn run(table: &mut Table, rounds: usize) -> Result<(), String> {
    table.part("A call of a plugin that does nothing");
    let engine = scene::engine()?;
    let few = turns(&engine, 1, rounds)?;
    let many = turns(&engine, MANY, rounds)?;
    for (side, name) in ["wasmtime alone", "perfctl"].iter().enumerate() {
        let one = few.median(side);
        table.shown(&format!("{name}: with one match"), one, "us");
        // wasmtime alone is handed rows; perfctl makes them of what the runner hands over.
        let more = (many.median(side) - one) / f64::from(MANY - 1);
        table.shown(&format!("{name}: each further match"), more, "us");
    }
    table.at_most("perfctl to wasmtime alone", few.ratio(1, 0), LIMIT, "x");
    Ok(())
}

/// Both sides with so many matches.
fn turns(engine: &Arc<Engine>, matches: u32, rounds: usize) -> Result<Turns, String> {
    let (judge, seen) = scene::watched(engine, guests::idle()?);
    let scene = Scene::of_calls(judge, 1, matches as usize)?;
    scene.judge()?;
    let (caught, worker) = seen.first()?;
    let bare = Bare::new(&guests::idle()?)?;
    let mut sides = [
        bare_side(bare, bare::rows(matches, 0)),
        own_side(worker, &caught),
    ];
    Turns::of(&mut sides, BATCH, rounds)
}

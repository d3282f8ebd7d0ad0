//! From no candidate to a hundred thousand: each costs what the others do, and without any nothing is started.

use std::sync::Arc;

use crate::guests;
use crate::lua::{self, IDLE};
use crate::scene::{self, Judge, Scene};
use crate::table::Table;
use crate::turns::Turns;
use crate::watched::Seen;

/// Candidates in a file, where there are many files.
const EACH: usize = 100;

/// How many files there are.
const FILES: [usize; 3] = [10, 100, 1000];

/// How many candidates one file has.
const ONE_FILE: [usize; 3] = [1_000, 5_000, 20_000];

/// How much more than one of few a candidate of many may cost: what grows with their number would be ten times as much.
const LIMIT: f64 = 1.5;

/// What judges, and what is seen of it.
type Made = (Judge, Arc<Seen>);

/// Times both runtimes.
pub(crate) fn run(table: &mut Table, rounds: usize) -> Result<(), String> {
    let engine = scene::engine()?;
    let idle = guests::idle()?;
    let component = || scene::watched(&engine, idle.clone());
    let script = || (Judge::Lua(IDLE), Arc::default());
    with(table, "component", &component, rounds)?;
    with(table, "Lua", &script, rounds)
}

fn with(
    table: &mut Table,
    name: &str,
    made: &dyn Fn() -> Made,
    rounds: usize,
) -> Result<(), String> {
    table.part(&format!("Candidates of a rule that does nothing, {name}"));
    // Whoever is asked about nothing costs nothing.
    let (judge, seen) = made();
    let scene = Scene::of_calls(judge, 0, 0)?;
    let (cost, _) = scene.judge()?;
    let (instances, calls) = seen.take();
    let started = cost.files as f64 + cost.time.as_secs_f64() + (instances + calls) as f64;
    table.at_most(
        "without candidates: instances, calls, time",
        started,
        0.0,
        "",
    );
    let files = FILES.map(|files| (files, EACH));
    grows(table, "in files of 100", made, &files, rounds)?;
    let one = ONE_FILE.map(|each| (1, each));
    grows(table, "in one file", made, &one, rounds)
}

/// Times scenes of more and more candidates.
fn grows(
    table: &mut Table,
    shape: &str,
    made: &dyn Fn() -> Made,
    sizes: &[(usize, usize)],
    rounds: usize,
) -> Result<(), String> {
    let mut scenes = Vec::new();
    for (files, each) in sizes {
        let (judge, seen) = made();
        let scene = Scene::of_calls(judge, *files, *each)?;
        let (cost, _) = scene.judge()?;
        let (instances, calls) = seen.take();
        let asked = (cost.files, cost.candidates);
        if asked != (*files as u64, (files * each) as u64)
            || calls != 0 && (instances, calls) != (1, *files)
        {
            return Err(format!(
                "{asked:?} files and candidates, {instances} instances, {calls} calls"
            ));
        }
        scenes.push(scene);
    }
    let mut sides: Vec<_> = scenes.iter().map(lua::side).collect();
    let turns = Turns::of(&mut sides, 1, rounds.div_ceil(4))?;
    let counts: Vec<f64> = sizes
        .iter()
        .map(|(files, each)| (files * each) as f64)
        .collect();
    for (side, count) in counts.iter().enumerate() {
        let what = format!("{shape}: each of {count}");
        table.shown(&what, turns.median(side) / count, "us");
    }
    // What is started once is the same for all of them: what counts is what more of them add.
    let adds = |side: usize| {
        (turns.median(side) - turns.median(side - 1)) / (counts[side] - counts[side - 1])
    };
    table.at_most(
        &format!("{shape}: what the last ones add to what those before did"),
        adds(2) / adds(1),
        LIMIT,
        "x",
    );
    Ok(())
}

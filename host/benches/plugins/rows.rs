//! A hundred matches of three captures each, all of them read and half of them reported: through the SDK for Rust, beside rows of
//! numbers that are read by hand in wasmtime alone.

use crate::bare::{self, Bare};
use crate::call::{bare_side, own_side};
use crate::guests;
use crate::lasting::{self, Lacks};
use crate::scene::{self, Scene};
use crate::table::Table;
use crate::turns::Turns;

/// Matches, and captures of each.
const MATCHES: u32 = 100;
const CAPTURES: u32 = 3;

/// Calls in a turn.
const BATCH: usize = 50;

/// How much longer than the rows read by hand the SDK may take.
const LIMIT: f64 = 3.0;

/// Times all of it.
pub(crate) fn run(table: &mut Table, rounds: usize) -> Result<(), String> {
    table.part("100 matches of 3 captures each, every row read, 50 findings");
    let what = "the SDK for Rust to rows read by hand in Rust";
    let guests = lasting::rust_guest("by_hand").and_then(|by_hand| {
        Ok([
            guests::flat().map_err(Lacks::Works)?,
            by_hand,
            lasting::rust_guest("guest")?,
        ])
    });
    let guests = match guests {
        Ok(guests) => guests,
        Err(Lacks::Tool(why)) => {
            table.skipped(what, &why);
            return Ok(());
        }
        Err(Lacks::Works(why)) => return Err(why),
    };
    let rows = bare::rows(MATCHES, CAPTURES);
    let (mut own, mut workers) = (Vec::new(), Vec::new());
    let mut sides = Vec::new();
    for guest in &guests {
        let mut guest = Bare::new(guest)?;
        if guest.check(&rows)?.rows.len() != 6 * MATCHES as usize / 2 {
            return Err("a guest does not find every other match".to_owned());
        }
        sides.push(bare_side(guest, rows.clone()));
    }
    let engine = scene::engine()?;
    for guest in &guests[1..] {
        let (judge, seen) = scene::watched(&engine, guest.clone());
        let scene = Scene::of_rows(judge, MATCHES as usize)?;
        let (cost, out) = scene.judge()?;
        let found = out.findings.len();
        if (cost.candidates, found) != (u64::from(MATCHES), MATCHES as usize / 2) {
            return Err(format!("{} candidates, {found} findings", cost.candidates));
        }
        let (caught, worker) = seen.first()?;
        own.push((scene, caught));
        workers.push(worker);
    }
    for ((_, caught), worker) in own.iter().zip(workers) {
        sides.push(own_side(worker, caught));
    }
    let turns = Turns::of(&mut sides, BATCH, rounds)?;
    let names = [
        "wasmtime alone, by hand in WAT",
        "wasmtime alone, by hand in Rust",
        "wasmtime alone, SDK for Rust",
        "perfctl, by hand in Rust: rows made, findings placed and quoted",
        "perfctl, SDK for Rust: rows made, findings placed and quoted",
    ];
    for (side, name) in names.iter().enumerate() {
        table.shown(name, turns.median(side), "us");
    }
    table.shown("the SDK to by hand in WAT", turns.ratio(2, 0), "x");
    table.shown(
        "the SDK to by hand in Rust, both in perfctl",
        turns.ratio(4, 3),
        "x",
    );
    table.at_most(what, turns.ratio(2, 1), LIMIT, "x");
    Ok(())
}

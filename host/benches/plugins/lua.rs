//! A candidate of a rule in Lua that does nothing with it: what handing it over costs, the survey left out.

use crate::scene::{Judge, Scene};
use crate::table::Table;
use crate::turns::{Side, Turns};

/// Files, and candidates in each.
const FILES: usize = 100;
const EACH: usize = 100;

/// Microseconds that a candidate may take.
const LIMIT: f64 = 5.0;

/// Does nothing.
pub(crate) const IDLE: &str = "return { check = function() end }\n";

/// Asks each match for its node.
const READS: &str = "return { check = function(_, matches)
  for _, match in matches do
    local node = match.node
  end
end }
";

/// A side that has the rule of a scene judge, once in each turn.
pub(crate) fn side(scene: &Scene) -> Side<'_> {
    Box::new(move |count| {
        let mut all = std::time::Duration::ZERO;
        for _ in 0..count {
            all += scene.judge()?.0.time;
        }
        Ok(all)
    })
}

/// Times both.
pub(crate) fn run(table: &mut Table, rounds: usize) -> Result<(), String> {
    table.part("A candidate of a rule in Lua");
    let idle = Scene::of_calls(Judge::Lua(IDLE), FILES, EACH)?;
    let reads = Scene::of_calls(Judge::Lua(READS), FILES, EACH)?;
    let turns = Turns::of(&mut [side(&idle), side(&reads)], 1, rounds.div_ceil(2))?;
    let each = |side: usize| turns.median(side) / (FILES * EACH) as f64;
    table.at_most("a script that does nothing", each(0), LIMIT, "us");
    table.shown("a script that asks each match for its node", each(1), "us");
    Ok(())
}

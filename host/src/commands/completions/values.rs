//! Values that completions offer: what the program brings, since a shell is told once and not on every key.

use std::collections::BTreeSet;

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, ValueHint};
use perfctl_core::scale::Severity;
use perfctl_runtime::pack::Packs;
use perfctl_wire::schema::SCHEMAS;
use perfctl_wire::settings::KEYS;

use crate::adapters::rules::{Rules, ScanOptions};
use crate::assets;
use crate::error::CommandError;

/// What there is to choose from.
struct Known {
    selectors: Vec<String>,
    rules: Vec<String>,
    recipes: Vec<String>,
    keys: Vec<String>,
    schemas: Vec<String>,
}

/// The command with the values of its arguments, where they are known. Of an argument that says nothing of files none are offered.
/// For completions only: nobody is held to these values, for there are others in settings and repositories.
pub(super) fn fill(command: Command) -> Result<Command, CommandError> {
    let packs = Packs::load(&assets::built_in_packs());
    let rules = packs.rules.keys().map(ToString::to_string).collect();
    let selectors = Rules::new(packs, ScanOptions::default()).selectors();
    let names = KEYS.iter().map(|key| key.name.trim_end_matches(".*"));
    let tables = names
        .clone()
        .filter_map(|name| Some(name.split_once('.')?.0));
    let keys: BTreeSet<&str> = names.chain(tables).collect();
    let known = Known {
        selectors: selectors.into_iter().collect(),
        rules,
        recipes: assets::recipes::built_in().into_keys().collect(),
        keys: keys.into_iter().map(str::to_owned).collect(),
        schemas: SCHEMAS.iter().map(|one| one.name.to_owned()).collect(),
    };
    Ok(filled(command, &[], &known))
}

fn filled(command: Command, words: &[&str], known: &Known) -> Command {
    let inner: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    let command = command.mut_args(|arg| with_values(arg, words, known));
    inner.iter().fold(command, |command, name| {
        let words = [words, &[name.as_str()]].concat();
        command.mut_subcommand(name, |inner| filled(inner, &words, known))
    })
}

fn with_values(arg: Arg, words: &[&str], known: &Known) -> Arg {
    let values = match (words, arg.get_id().as_str()) {
        (_, "select" | "ignore") => &known.selectors,
        (_, "fail_on") => &Severity::WORDS
            .iter()
            .map(|word| (*word).to_owned())
            .collect(),
        (["recipe", "run" | "show"], "name") | (["doctor"], "recipe") => &known.recipes,
        (["config", "explain"], "key") => &known.keys,
        (["rule", "explain"] | ["attest"], "id") | (["attest"], "remove") => &known.rules,
        (["schema"], "name") => &known.schemas,
        _ if takes_text(&arg) => return arg.value_hint(ValueHint::Other),
        _ => return arg,
    };
    // clap keeps names for as long as the program runs, which is not long from here.
    let values: Vec<&'static str> = values.iter().map(|value| &*value.clone().leak()).collect();
    arg.value_parser(PossibleValuesParser::new(values))
}

/// Whether the argument takes words that are neither known nor files.
fn takes_text(arg: &Arg) -> bool {
    let has_values = arg.get_action().takes_values();
    has_values && arg.get_possible_values().is_empty() && arg.get_value_hint() == ValueHint::Unknown
}

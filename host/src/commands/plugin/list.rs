//! `perfctl plugin list`: which plugins there are, and how they are.

use std::fmt::Write as _;

use clap::Args;
use perfctl_wire::lock::Locked;
use perfctl_wire::rule::read_pack;
use serde::Serialize;

use super::shelves::Where;
use super::taking::pinned_by;
use crate::cli::GlobalArgs;
use crate::commands::rule::{Form, json};
use crate::error::{Answer, Exit};
use crate::files::sha256;
use crate::plugins::{Shelf, State, Trusted, manifest, signature_of};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin list
  perfctl plugin list --dir .perfctl          those of a repository
  perfctl plugin list --format json";

/// Lists plugins: of your own settings, your organisation's and a trusted repository's.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    place: Where,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Form,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    plugins: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    version: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    source: Option<String>,
    revision: Option<String>,
    sha256: Option<String>,
    contract: Option<String>,
    signed_by: Option<String>,
    capabilities: Vec<&'static str>,
    rules: Vec<String>,
    path: String,
}

/// Runs the command.
pub(super) fn run(args: &ListArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let shelves = args.place.all(global)?;
    let trusted = Trusted::of(&shelves.loaded.settings)?;
    let all = &shelves.all;
    let mut plugins = Vec::new();
    for shelf in all {
        let locked = shelf.locked().iter();
        plugins.extend(locked.map(|plugin| listed(shelf, plugin, &trusted)));
        plugins.extend(shelf.strays().iter().map(|path| stray(shelf, path)));
        plugins.extend(shelf.folders().iter().map(|name| folder(shelf, name)));
    }
    match args.format {
        Form::Json => ui.result(&json(&Document {
            schema: "perfctl.plugins/1",
            plugins,
        })?)?,
        Form::Human if plugins.is_empty() => {
            ui.say(&format!(
                "no plugins in {}; `perfctl plugin add` adds one, `perfctl plugin new` starts one, `--dir DIR` shows those of another directory",
                shelves.shown()
            ));
        }
        Form::Human => ui.text(&drawn(&plugins))?,
    }
    if args.format == Form::Human {
        shelves.tell_of_folders(ui);
    }
    Ok(Exit::Clean)
}

fn listed(shelf: &Shelf, plugin: &Locked, trusted: &Trusted) -> Listed {
    let (state, reason) = match shelf.state(plugin) {
        State::Whole(bytes) => match unsigned(shelf, plugin, &bytes, trusted) {
            None => ("ok", None),
            Some(why) => ("not signed", Some(why)),
        },
        State::Missing => ("missing", None),
        State::Changed(digest) => ("changed", Some(format!("its sha256 is {digest}"))),
        State::Unreadable(why) => ("unreadable", Some(why)),
    };
    let plugin = plugin.clone();
    Listed {
        path: shelf.place_of(&plugin).display().to_string(),
        id: plugin.id,
        version: Some(plugin.version),
        state,
        reason,
        source: Some(plugin.source),
        revision: plugin.revision,
        sha256: Some(plugin.sha256),
        contract: plugin.contract,
        signed_by: plugin.signed_by,
        capabilities: plugin.capabilities.iter().map(|one| one.word()).collect(),
        rules: plugin.rules.iter().map(ToString::to_string).collect(),
    }
}

/// Why the signature of a plugin is not what it has to be, if it is not.
fn unsigned(shelf: &Shelf, plugin: &Locked, bytes: &[u8], trusted: &Trusted) -> Option<String> {
    let pinned = match pinned_by(plugin) {
        Ok(pinned) => pinned,
        Err(error) => return Some(error.message),
    };
    let signature = signature_of(&shelf.place_of(plugin));
    let checked = trusted.check(&plugin.id, bytes, signature.as_deref(), pinned.as_ref());
    checked.err()
}

/// A pack of scripts in a folder, which runs as it lies there.
fn folder(shelf: &Shelf, name: &str) -> Listed {
    let dir = shelf.folder().join(name);
    let head = shelf.read(&dir.join("pack.toml"));
    let head = head.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    // What else is wrong with it `verify` says, and every run.
    let head = head.and_then(|text| {
        let read = read_pack("pack.toml", &text, name);
        read.map_err(|faults| {
            faults
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned()
        })
    });
    let rules = std::fs::read_dir(&dir).into_iter().flatten().flatten();
    let rules = rules.filter(|entry| entry.path().join("rule.toml").is_file());
    let mut rules: Vec<String> = rules
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    rules.sort();
    let capabilities = head.iter().flat_map(|head| &head.capabilities);
    Listed {
        id: name.to_owned(),
        version: head.as_ref().ok().map(|head| head.version.clone()),
        state: if head.is_ok() { "folder" } else { "unreadable" },
        source: None,
        revision: None,
        sha256: None,
        contract: None,
        signed_by: None,
        capabilities: capabilities.map(|one| one.word()).collect(),
        reason: head.err(),
        rules,
        path: dir.display().to_string(),
    }
}

/// A plugin that no lock names.
fn stray(shelf: &Shelf, path: &std::path::Path) -> Listed {
    let bytes = shelf.read(path);
    let carried = bytes.as_ref().map_err(Clone::clone);
    let carried = carried.and_then(|bytes| manifest(bytes));
    let mut head = None;
    let mut rules = Vec::new();
    let (id, reason) = match carried {
        Ok(carried) => {
            let text = carried.files.get("pack.toml").map_or("", String::as_str);
            // What is wrong with it `verify` says, and every run.
            head = read_pack("pack.toml", text, &carried.id).ok();
            let folders = carried.files.keys();
            let folders = folders.filter_map(|path| path.strip_suffix("/rule.toml"));
            rules.extend(folders.map(str::to_owned));
            (carried.id, None)
        }
        Err(why) => {
            let name = path.file_name().unwrap_or_default();
            (name.to_string_lossy().into_owned(), Some(why))
        }
    };
    // Beside a lock it does not run; a pack that is built where it lies is no plugin that came from elsewhere.
    let is_built_here = path.parent() != Some(&shelf.folder());
    let state = match (&reason, is_built_here, &shelf.lock) {
        (Some(_), ..) => "unreadable",
        (None, true, _) => "built here",
        (None, false, Some(_)) => "not locked",
        (None, false, None) => "no lock",
    };
    Listed {
        id,
        version: head.as_ref().map(|head| head.version.clone()),
        state,
        reason,
        source: None,
        revision: None,
        sha256: bytes.ok().map(|bytes| sha256(&bytes)),
        contract: None,
        signed_by: None,
        capabilities: head
            .iter()
            .flat_map(|head| &head.capabilities)
            .map(|one| one.word())
            .collect(),
        rules,
        path: path.display().to_string(),
    }
}

fn drawn(plugins: &[Listed]) -> String {
    let width = |of: &dyn Fn(&Listed) -> usize| plugins.iter().map(of).max().unwrap_or_default();
    let ids = width(&|plugin| plugin.id.chars().count());
    let versions = width(&|plugin| plugin.version.as_deref().map_or(1, str::len));
    let states = width(&|plugin| plugin.state.len());
    let mut out = String::new();
    for plugin in plugins {
        let from = plugin.source.as_deref().unwrap_or(&plugin.path);
        let _ = writeln!(
            out,
            "{:ids$}  {:versions$}  {:states$}  {from}",
            plugin.id,
            plugin.version.as_deref().unwrap_or("-"),
            plugin.state,
        );
        if let Some(reason) = &plugin.reason {
            let _ = writeln!(out, "{:ids$}  {reason}", "");
        }
    }
    out
}

//! `perfctl plugin verify`: every plugin against its lock, its signature, the contract.

mod folders;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use perfctl_core::rule::Layer;
use perfctl_fetch::Delivery;
use perfctl_wire::lock::Locked;
use serde::Serialize;

use super::shelves::{Shelves, Where};
use super::taking::pinned_by;
use crate::assets;
use crate::cli::GlobalArgs;
use crate::commands::rule::{Form, json};
use crate::error::{Answer, CommandError, Exit};
use crate::extensions::Extensions;
use crate::interrupt::was_asked;
use crate::plugins::{
    Package, Plugins, Shelf, State, Trusted, Who, add_command, manifest, misstated,
    signature_beside, signature_of,
};
use crate::ui::{Screen, Ui};

const EXAMPLES: &str = "\
Exit code 0 when every plugin is as its lock says and can be loaded, 3 otherwise; without a lock, when it can be loaded. Nothing is fetched.

Examples:
  perfctl plugin verify                       all plugins of your settings and your organisation
  perfctl plugin verify --dir .perfctl        those of a repository, in its CI";

/// Checks plugins: the digest that the lock holds, the signature, the contract, the rules.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VerifyArgs {
    /// Plugins; all of them unless said
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    place: Where,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Form,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    plugins: Vec<Verified>,
}

#[derive(Serialize)]
struct Verified {
    id: String,
    version: String,
    path: String,
    ok: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<String>,
}

/// Runs the command.
pub(super) fn run(args: &VerifyArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let shelves = args.place.all(global)?;
    let trusted = Trusted::of(&shelves.loaded.settings)?;
    let screen = Screen::new(ui);
    let mut plugins = Vec::new();
    let beside = shelves.all.iter().map(problems_beside);
    let beside: Vec<Vec<String>> = beside.collect::<Result<_, _>>()?;
    let (unlocked, mut ids) = unlocked(&shelves, &args.ids);
    let mut folders = Vec::new();
    for shelf in &shelves.all {
        folders.extend(folders::verified(shelf, &trusted, &args.ids)?);
    }
    ids.retain(|id| folders.iter().all(|folder| folder.id != *id));
    let wanted = match ids.is_empty() && !args.ids.is_empty() {
        true => Vec::new(),
        false => shelves.chosen(&ids)?,
    };
    for (at, plugin) in wanted {
        let shelf = &shelves.all[at];
        let path = shelf.place_of(&plugin).display().to_string();
        screen.busy(&format!("checking {}", plugin.id));
        let mut faults = faults(shelf, &plugin, &trusted);
        screen.idle();
        if was_asked() {
            return Err(CommandError::interrupted("not every plugin was checked"));
        }
        if faults.is_empty() {
            // It is as it should be by itself, and may have something beside it that claims its place.
            let contested = beside[at].iter().filter(|said| said.contains(&path));
            faults.extend(contested.cloned());
        }
        plugins.push(Verified {
            path,
            id: plugin.id,
            version: plugin.version,
            ok: faults.is_empty(),
            faults,
        });
    }
    let without_lock = unlocked.len() + folders.len();
    let needs_lock = shelves.loaded.settings.require_lock.unwrap_or_default();
    for (at, path) in unlocked {
        let shelf = &shelves.all[at];
        let shown = path.display().to_string();
        screen.busy(&format!("checking {shown}"));
        let mut verified = by_itself(shelf, &path, &trusted, needs_lock);
        screen.idle();
        if was_asked() {
            return Err(CommandError::interrupted("not every plugin was checked"));
        }
        if verified.ok {
            let contested = beside[at].iter().filter(|said| said.contains(&shown));
            verified.faults.extend(contested.cloned());
            verified.ok = verified.faults.is_empty();
        }
        plugins.push(verified);
    }
    if args.ids.is_empty() {
        for shelf in shelves.all.iter().filter(|shelf| shelf.lock.is_some()) {
            // What is built in a pack's folder is that folder's.
            let strays = shelf.strays().into_iter();
            for path in strays.filter(|path| path.parent() == Some(&shelf.folder())) {
                let name = path.file_name().unwrap_or_default();
                plugins.push(Verified {
                    id: name.to_string_lossy().into_owned(),
                    version: String::new(),
                    path: path.display().to_string(),
                    ok: false,
                    faults: vec!["the lock does not name it: it does not run".to_owned()],
                });
            }
        }
    }
    plugins.extend(folders);
    let failed = plugins.iter().filter(|plugin| !plugin.ok).count();
    let count = plugins.len();
    match args.format {
        Form::Json => ui.result(&json(&Document {
            schema: "perfctl.plugin-verification/1",
            plugins,
        })?)?,
        Form::Human => ui.text(&drawn(&plugins))?,
    }
    if args.format == Form::Human {
        ui.say(&match (failed, count) {
            (0, 0) => format!("there are no plugins in {}", shelves.shown()),
            (0, some) if some == without_lock => match some {
                1 => "the plugin can be loaded; no lock says which bytes it has to have".to_owned(),
                _ => format!("all {some} plugins can be loaded; no lock says which bytes they have to have"),
            },
            (0, _) if without_lock > 0 => format!(
                "{} of {count} plugins are as their locks say; the others can be loaded, and no lock names them",
                count - without_lock
            ),
            (0, 1) => "the plugin is as its lock says".to_owned(),
            (0, _) => format!("all {count} plugins are as their locks say"),
            (1, 1) => "the plugin is not as it should be".to_owned(),
            (1, _) => format!("of {count} plugins one is not as it should be"),
            (some, _) => format!("of {count} plugins {some} are not as they should be"),
        });
        shelves.tell_of_folders(ui);
    }
    Ok(match failed {
        0 => Exit::Clean,
        _ => Exit::Failures,
    })
}

/// Plugins in directories without a lock, which run all the same, and those of `ids` that a lock names or that are none of them.
fn unlocked(shelves: &Shelves, ids: &[String]) -> (Vec<(usize, PathBuf)>, Vec<String>) {
    let mut found = Vec::new();
    let mut left = ids.to_vec();
    let is_locked = |id: &String| {
        let mut locked = shelves.all.iter().flat_map(Shelf::locked);
        locked.any(|plugin| plugin.id == *id)
    };
    for (at, shelf) in shelves.all.iter().enumerate() {
        if shelf.lock.is_some() {
            continue;
        }
        let strays = shelf.strays().into_iter();
        // What is built in a pack's folder is that folder's.
        for path in strays.filter(|path| path.parent() == Some(&shelf.folder())) {
            let id = id_of(shelf, &path);
            if ids.is_empty() || id.as_ref().is_some_and(|id| ids.contains(id)) {
                // Another directory's lock may name it as well: that one is looked at beside it.
                left.retain(|one| Some(one) != id.as_ref() || is_locked(one));
                found.push((at, path));
            }
        }
    }
    (found, left)
}

fn id_of(shelf: &Shelf, path: &Path) -> Option<String> {
    let bytes = shelf.read(path).ok()?;
    Some(manifest(&bytes).ok()?.id)
}

/// A plugin without a lock: whether it can be loaded.
fn by_itself(shelf: &Shelf, path: &Path, trusted: &Trusted, needs_lock: bool) -> Verified {
    let shown = path.display().to_string();
    let read = shelf.read(path).map_err(CommandError::usage);
    let package = read.and_then(|bytes| {
        let delivery = Delivery {
            bytes: bytes.to_vec(),
            signature: None,
            revision: None,
        };
        Package::read(delivery, &shown)
    });
    match package {
        Ok(package) => {
            let signature = signature_of(path);
            let may_run = trusted.may_run(&package.pack.id, &package.bytes, signature.as_deref());
            let mut faults: Vec<String> = may_run.err().into_iter().collect();
            // What may not run is not run to see whether it could.
            if faults.is_empty() {
                faults.extend(package.can_judge(Who::User).err().map(in_full));
            }
            if needs_lock {
                faults.push(
                    "no lock names it, and `[plugins] require_lock` asks for that: `perfctl plugin add` does"
                        .to_owned(),
                );
            }
            Verified {
                id: package.pack.id,
                version: package.pack.version,
                path: shown,
                ok: faults.is_empty(),
                faults,
            }
        }
        Err(error) => Verified {
            id: id_of(shelf, path).unwrap_or_default(),
            version: String::new(),
            path: shown,
            ok: false,
            faults: vec![in_full(error)],
        },
    }
}

/// What is wrong with the packs of a directory when they are read together, as in a run.
fn problems_beside(shelf: &Shelf) -> Result<Vec<String>, CommandError> {
    let layer = Layer::Organisation(shelf.dir.clone());
    let packs = Plugins::of_the_author().packs_of(shelf, &layer)?;
    let extensions = Extensions::of(&packs);
    let problems = assets::above_built_in(&packs).problems;
    let problems = problems.iter().chain(&extensions.problems);
    Ok(problems
        .map(|problem| format!("{}: {}", problem.subject, problem.message))
        .collect())
}

/// What is wrong with a plugin.
fn faults(shelf: &Shelf, plugin: &Locked, trusted: &Trusted) -> Vec<String> {
    let path = shelf.place_of(plugin);
    let bytes = match shelf.state(plugin) {
        State::Whole(bytes) => bytes,
        State::Missing => {
            return vec![format!(
                "the file is not there: `{}` fetches it from {}",
                add_command(shelf, ""),
                plugin.source
            )];
        }
        State::Changed(digest) => {
            return vec![format!(
                "its sha256 is {digest}, and the lock says {}: `{}` fetches that from {}, `{}` takes another one",
                plugin.sha256,
                add_command(shelf, ""),
                plugin.source,
                add_command(shelf, " FILE")
            )];
        }
        State::Unreadable(why) => return vec![why],
    };
    let signature = signature_of(&path);
    let mut faults = Vec::new();
    let pinned = pinned_by(plugin);
    match pinned {
        Ok(pinned) => {
            let text = signature.as_deref();
            let checked = trusted.check(&plugin.id, &bytes, text, pinned.as_ref());
            faults.extend(checked.err().map(|why| match (text, &pinned) {
                (None, Some(_)) => format!(
                    "{why}: `{}` fetches the signature where {} has one",
                    add_command(shelf, ""),
                    plugin.source
                ),
                (Some(_), Some(_)) => format!(
                    "{why}: remove {}, and `{}` fetches it anew",
                    signature_beside(&path).display(),
                    add_command(shelf, "")
                ),
                // What has to be signed and never was: it says itself what to do.
                _ => why,
            }));
        }
        Err(error) => faults.push(in_full(error)),
    }
    let delivery = Delivery {
        bytes: bytes.to_vec(),
        signature,
        revision: plugin.revision.clone(),
    };
    match Package::read(delivery, &path.display().to_string()) {
        Ok(package) => {
            let is = package.locked(&plugin.source, plugin.signed_by.clone());
            let said = Locked {
                // A lock from before they stood there says nothing wrong of them.
                options: plugin.options.clone().or_else(|| is.options.clone()),
                ..plugin.clone()
            };
            let wrong = misstated(&said, &is, &package).into_iter();
            faults.extend(wrong.map(|line| format!("the lock says otherwise: {line}")));
            if is.id != plugin.id {
                faults.push(format!("it is called `{}`", is.id));
            }
            // What may not run is not run to see whether it could.
            if faults.is_empty() {
                faults.extend(package.can_judge(Who::User).err().map(in_full));
            }
        }
        Err(error) => faults.push(in_full(error)),
    }
    faults
}

/// What is wrong, and what to do.
fn in_full(error: CommandError) -> String {
    let hints = error.hints.into_iter();
    std::iter::once(error.message)
        .chain(hints)
        .collect::<Vec<_>>()
        .join("; ")
}

fn drawn(plugins: &[Verified]) -> String {
    let mut out = String::new();
    for plugin in plugins {
        let word = if plugin.ok { "ok" } else { "WRONG" };
        let _ = writeln!(
            out,
            "{word:6} {} {}  {}",
            plugin.id, plugin.version, plugin.path
        );
        for fault in &plugin.faults {
            let _ = writeln!(out, "       {fault}");
        }
    }
    out
}

//! `perfctl plugin new`: a pack in another language than Lua whose cases hold at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use perfctl_core::ids::RuleId;

use super::build::python::installation;
use crate::assets;
use crate::commands::rule::pack_file;
use crate::error::{Answer, CommandError, Exit};
use crate::files::write_whole;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl plugin new acme --lang rust
  perfctl plugin new acme --lang python --rule ACME-HTTP-001
  perfctl plugin build acme; perfctl plugin test acme";

/// The messages of the scaffold's rule, which its Lua twin writes in its script.
const MESSAGES: &str = "
# What findings say, by the names that the code uses; what stands between braces each finding fills in.
[messages]
compiled-in-loop = \"{call} compiles the same pattern in every turn of the loop\"
";

/// What stands in the scaffolds for the rule's id and the pack's.
const RULE: &str = "NEW-RULE-1";
const PACK: &str = "NEW-PACK";

/// Starts a plugin: a pack with one rule that works, its cases, and the SDK it is written with.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewArgs {
    /// The pack's id, and the name of its folder
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// The language of its rules
    #[arg(long, value_enum, value_name = "LANG")]
    lang: Lang,
    /// The id of its rule; the pack's in capitals, with `-001`, unless said
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
}

/// Languages of plugins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// Rust, compiled by cargo
    Rust,
    /// Python, whose interpreter goes along
    Python,
    /// TypeScript or JavaScript, with QuickJS around it
    Js,
    /// Lua, which needs no build
    Lua,
}

impl Lang {
    /// The SDK of the language, and where a pack keeps it: everybody builds with the same.
    fn sdk(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Rust => Some(("rust", "vendor/perfctl-plugin")),
            Self::Python => Some(("python", "vendor")),
            Self::Js => Some(("js", "vendor/perfctl-plugin")),
            Self::Lua => None,
        }
    }

    /// What git leaves out of a pack.
    fn ignored(self) -> &'static str {
        match self {
            Self::Rust => "/target\n/plugin.wasm\n",
            Self::Python => "/.venv\n__pycache__/\n/plugin.wasm\n",
            Self::Js => "/node_modules\n/plugin.wasm\n",
            Self::Lua => "",
        }
    }

    /// Where its rules are judged.
    fn source(self, rule: &str) -> String {
        match self {
            Self::Rust => "src/lib.rs".to_owned(),
            Self::Python => "rules.py".to_owned(),
            Self::Js => "src/rules.ts".to_owned(),
            Self::Lua => format!("{rule}/rule.lua"),
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &NewArgs, ui: &Ui) -> Answer {
    let dir = &args.name;
    let name = name_of(dir)?;
    if dir.exists() {
        return Err(
            CommandError::usage(format!("{} exists already", dir.display()))
                .hint("choose another name, or add a rule to what is there"),
        );
    }
    let own = || format!("{}-001", name.to_ascii_uppercase().replace('_', "-"));
    let rule = args.rule.clone().unwrap_or_else(own);
    if !RuleId::is_well_formed(&rule) {
        return Err(CommandError::usage(format!("`{rule}` is no rule id"))
            .hint("words in capitals and numbers, joined by dashes: `--rule ACME-HTTP-001`"));
    }
    let mut files = files(&name, &rule, args.lang);
    files.insert("pack.toml".to_owned(), pack_file(dir)?);
    for (path, text) in &files {
        let path = dir.join(path);
        write_whole(&path, text.as_bytes()).map_err(|error| {
            CommandError::failure(format!("cannot write {}: {error}", path.display()))
        })?;
    }
    ui.text(&next(dir, &rule, args.lang, files.len()))?;
    Ok(Exit::Clean)
}

/// The id of the pack in the folder `dir`.
fn name_of(dir: &Path) -> Result<String, CommandError> {
    let name = dir.file_name().map(|name| name.to_string_lossy());
    perfctl_wire::names::word(&name.unwrap_or_default()).map_err(|refusal| {
        CommandError::usage(format!("a pack is called as its folder, but {refusal}"))
    })
}

/// The files of a new pack but its head, by path.
fn files(name: &str, rule: &str, lang: Lang) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (path, text) in assets::scaffold("python") {
        let text = text.replace(RULE, rule);
        let text = match (lang, path) {
            (Lang::Lua, _) => text,
            (_, "rule.lua") => continue,
            // Behind the help, whose table a key before it would end.
            (_, "rule.toml") => text + MESSAGES,
            _ => text,
        };
        files.insert(format!("{rule}/{path}"), text);
    }
    let Some((sdk, home)) = lang.sdk() else {
        return files;
    };
    for (path, text) in assets::sdk(sdk) {
        let text = text.replace(RULE, rule).replace(PACK, name);
        let place = match path.strip_prefix("scaffold/") {
            Some("crate.toml") => "Cargo.toml".to_owned(),
            Some(own) => own.to_owned(),
            None => format!("{home}/{path}"),
        };
        files.insert(place, text);
    }
    files.insert(".gitignore".to_owned(), lang.ignored().to_owned());
    files
}

fn next(dir: &Path, rule: &str, lang: Lang, count: usize) -> String {
    let shown = dir.display();
    let mut out = format!("wrote {count} files to {shown}\n\nNext:\n");
    let mut line = |command: String, why: &str| {
        let _ = writeln!(out, "  {command:<56} {why}");
    };
    match lang {
        Lang::Js => line(format!("npm install --prefix {shown}"), "get its tools"),
        Lang::Python => installation(dir)
            .into_iter()
            .for_each(|command| line(command, "get its tool")),
        Lang::Rust | Lang::Lua => {}
    }
    if lang != Lang::Lua {
        line(format!("perfctl plugin build {shown}"), "compile it");
    }
    line(
        format!("perfctl plugin test {shown}"),
        "its cases hold already",
    );
    line(
        format!("$EDITOR {shown}/{rule}/rule.toml"),
        "say what is looked for, why, and how to mend it",
    );
    let source = lang.source(rule);
    line(format!("$EDITOR {shown}/{source}"), "judge the matches");
    line(
        format!("$EDITOR {shown}/{rule}/cases"),
        "add code that must be found, and code that must not",
    );
    out
}

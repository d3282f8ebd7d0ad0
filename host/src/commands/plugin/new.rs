//! `perfctl plugin new`: a pack of rules, collectors or formats whose cases hold at once.

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
  perfctl plugin build acme && perfctl plugin test acme
  perfctl plugin new acme-tool --lang python --kind collector
  perfctl plugin new acme-page --lang js --kind reporter";

/// The messages of the scaffold's rule, which its Lua twin writes in its script.
const MESSAGES: &str = "
# What findings say, by the names that the code uses; what stands between braces each finding fills in.
[messages]
compiled-in-loop = \"{call} compiles the same pattern in every turn of the loop\"
";

/// What stands in the scaffolds for the rule's id and the pack's.
const RULE: &str = "NEW-RULE-1";
const PACK: &str = "NEW-PACK";

/// Starts a plugin: a pack with one rule, collector or format that works, its cases, and the SDK it is written with.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewArgs {
    /// The pack's id, and the name of its folder
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// The language that it is written in
    #[arg(long, value_enum, value_name = "LANG")]
    lang: Lang,
    /// What it brings
    #[arg(long, value_enum, value_name = "KIND", default_value = "rules")]
    kind: Kind,
    /// The id of its rule; the pack's in capitals, with `-001`, unless said
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
}

/// What a plugin brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Rules over code
    Rules,
    /// A collector, which makes metrics of a tool's output
    Collector,
    /// A format of reports
    Reporter,
}

impl Kind {
    /// The folder of what all languages share of it, and the end of the names of those of each language.
    fn folder(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Collector => "collector",
            Self::Reporter => "reporter",
        }
    }

    /// The module that its code is in.
    fn module(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Collector => "collectors",
            Self::Reporter => "reporters",
        }
    }

    /// What its title begins with.
    fn title(self) -> &'static str {
        match self {
            Self::Rules => "Performance rules of",
            Self::Collector => "Collectors of",
            Self::Reporter => "Formats of reports of",
        }
    }
}

/// Languages of plugins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// Rust, compiled by cargo
    Rust,
    /// Python, whose interpreter goes along
    Python,
    /// TypeScript or JavaScript, with QuickJS around it
    #[value(aliases = ["ts", "typescript", "javascript"])]
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

    /// Where its code begins.
    fn source(self, kind: Kind, rule: &str) -> String {
        let module = kind.module();
        match self {
            Self::Rust => "src/lib.rs".to_owned(),
            Self::Python => format!("{module}.py"),
            Self::Js => format!("src/{module}.ts"),
            Self::Lua => format!("{rule}/rule.lua"),
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &NewArgs, ui: &Ui) -> Answer {
    let dir = &args.name;
    let name = name_of(dir)?;
    if assets::is_built_in(&name) {
        return Err(CommandError::usage(format!(
            "`{name}` is the name of a pack that perfctl brings along"
        ))
        .hint(format!(
            "choose another, such as `org-{name}`: waivers and locks name packs by it"
        )));
    }
    if dir.exists() {
        return Err(
            CommandError::usage(format!("{} exists already", dir.display()))
                .hint("choose another name, or add a rule to what is there"),
        );
    }
    if args.kind != Kind::Rules && args.lang == Lang::Lua {
        return Err(CommandError::usage(format!(
            "a {} is a component, and Lua has none",
            args.kind.folder()
        ))
        .hint("write it with `--lang rust`, `--lang python` or `--lang js`"));
    }
    if args.kind != Kind::Rules && args.rule.is_some() {
        return Err(CommandError::usage(format!(
            "a {} has no rules: leave `--rule` out",
            args.kind.folder()
        )));
    }
    let head = pack_file(dir)?.replace(Kind::Rules.title(), args.kind.title());
    // What a pack of rules judges by, a pack of another kind calls by its own name.
    let (own, files) = match args.kind {
        Kind::Rules => {
            let family = name.to_ascii_uppercase().replace('_', "-");
            let own = || format!("{family}-001");
            let rule = args.rule.clone().unwrap_or_else(own);
            if !RuleId::is_well_formed(&rule) {
                return Err(CommandError::usage(format!("`{rule}` is no rule id")).hint(
                    "words in capitals and numbers, joined by dashes: `--rule ACME-HTTP-001`",
                ));
            }
            if assets::has_built_in_rule(&rule) {
                return Err(CommandError::usage(format!(
                    "`{rule}` is a rule that perfctl brings along, which no plugin may take"
                ))
                .hint(format!("choose another id: `--rule ORG-{family}-001`")));
            }
            let mut files = rule_files(&rule, args.lang);
            files.insert("pack.toml".to_owned(), head);
            (rule, files)
        }
        kind => (name.clone(), extension_files(&name, kind, &head)),
    };
    let mut files = files;
    files.extend(source_files(&name, &own, args));
    for (path, text) in &files {
        let path = dir.join(path);
        write_whole(&path, text.as_bytes()).map_err(|error| {
            CommandError::failure(format!("cannot write {}: {error}", path.display()))
        })?;
    }
    ui.text(&next(args, &own, files.len()))?;
    Ok(Exit::Clean)
}

/// The id of the pack in the folder `dir`.
fn name_of(dir: &Path) -> Result<String, CommandError> {
    let name = dir.file_name().map(|name| name.to_string_lossy());
    perfctl_wire::names::word(&name.unwrap_or_default()).map_err(|refusal| {
        CommandError::usage(format!("a pack is called as its folder, but {refusal}"))
    })
}

/// What all languages share of a pack of collectors or formats, by path: its head, which begins so, and its cases.
fn extension_files(name: &str, kind: Kind, head: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (path, text) in assets::kinds(kind.folder()) {
        let (path, mut text) = (path.replace(PACK, name), text.replace(PACK, name));
        if path == "pack.toml" {
            text = format!("{head}{text}");
        }
        files.insert(path, text);
    }
    files
}

/// The folder of a new rule with its cases, by path.
fn rule_files(rule: &str, lang: Lang) -> BTreeMap<String, String> {
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
    files
}

/// The source in its language, and what it is written with, by path. `own` is the rule's id or the pack's.
fn source_files(name: &str, own: &str, args: &NewArgs) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let Some((sdk, home)) = args.lang.sdk() else {
        return files;
    };
    let of_kind = format!("scaffold-{}/", args.kind.folder());
    let of_rules = Lang::source(args.lang, Kind::Rules, own);
    // Those of the kind stand before those of all kinds, which they take the place of.
    for (path, text) in assets::sdk(sdk) {
        let text = text.replace(RULE, own).replace(PACK, name);
        let named = |own: &str| match own {
            "crate.toml" => "Cargo.toml".to_owned(),
            other => other.to_owned(),
        };
        if let Some(own) = path.strip_prefix(&of_kind) {
            files.insert(named(own), text);
        } else if let Some(own) = path.strip_prefix("scaffold/") {
            if args.kind == Kind::Rules || own != of_rules {
                files.entry(named(own)).or_insert(text);
            }
        } else if !path.starts_with("scaffold-") {
            files.insert(format!("{home}/{path}"), text);
        }
    }
    files.insert(".gitignore".to_owned(), args.lang.ignored().to_owned());
    files
}

fn next(args: &NewArgs, own: &str, count: usize) -> String {
    let (dir, lang, kind) = (&args.name, args.lang, args.kind);
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
    if lang == Lang::Js {
        // A build checks them, too; `plugin test --watch` builds without checking.
        line(
            format!("npm run check --prefix {shown}"),
            "check its types alone, as a build does first",
        );
    }
    let (head, says, does, cases) = match kind {
        Kind::Rules => (
            format!("{own}/rule.toml"),
            "say what is looked for, why, and how to mend it",
            "judge the matches",
            "add code that must be found, and code that must not",
        ),
        Kind::Collector => (
            "pack.toml".to_owned(),
            "say what it is called, its options and its metrics",
            "read the output of your tool",
            "add outputs, and what has to be made of them",
        ),
        Kind::Reporter => (
            "pack.toml".to_owned(),
            "say what it is called, and what it is for",
            "write the document",
            "add records, and what has to be made of them",
        ),
    };
    line(format!("$EDITOR {shown}/{head}"), says);
    let source = lang.source(kind, own);
    line(format!("$EDITOR {shown}/{source}"), does);
    line(format!("$EDITOR {shown}/{own}/cases"), cases);
    if lang == Lang::Lua {
        line(
            format!("perfctl plugin build {shown}"),
            "make one file of it, for others to add",
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_in_each_language_has_its_source_its_cases_and_no_name_of_a_scaffold() {
        for lang in [Lang::Rust, Lang::Python, Lang::Js] {
            for kind in [Kind::Collector, Kind::Reporter] {
                let args = NewArgs {
                    name: "acme-tool".into(),
                    lang,
                    rule: None,
                    kind,
                };
                let mut files = extension_files("acme-tool", kind, "title = \"t\"\n");
                files.extend(source_files("acme-tool", "acme-tool", &args));
                let source = lang.source(kind, "acme-tool");
                assert!(files[&source].contains("acme-tool"), "{lang:?} {source}");
                assert!(
                    files["pack.toml"].starts_with("title"),
                    "the head comes first"
                );
                assert!(files["pack.toml"].contains(&format!("[{}.acme-tool]", kind.folder())));
                let case = |path: &&String| path.starts_with("acme-tool/cases/");
                assert!(files.keys().filter(case).count() >= 4);
                for (path, text) in &files {
                    assert!(!path.starts_with("scaffold"), "{path}");
                    assert!(!path.contains(PACK) && !text.contains(PACK), "{path}");
                }
                // What a pack of rules begins with is none of these.
                let rules = lang.source(Kind::Rules, "");
                assert!(source == rules || !files.contains_key(&rules), "{rules}");
            }
        }
    }
}

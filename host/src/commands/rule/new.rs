//! `perfctl rule new`: a rule folder that works from the first minute.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use perfctl_core::ids::RuleId;
use perfctl_runtime::pack::{Judge, LoadedRule, Packs};

use super::shown_case::from;
use crate::assets::built_in_packs;
use crate::error::{Answer, CommandError, Exit};
use crate::files::write_whole;
use crate::ui::Ui;

/// The id that stands in the scaffolds for the new one.
const PLACEHOLDER: &str = "NEW-RULE-1";

const EXAMPLES: &str = "\
Examples:
  perfctl rule new ORG-001                        in this pack, else in .perfctl/plugins/local
  perfctl rule new ORG-001 --dir plugins/org --lang go
  perfctl rule test plugins/org/ORG-001";

/// Starts a rule: a folder with help texts to fill in, a small working check, and cases in both directions.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewArgs {
    /// Its id: words in capitals and numbers, joined by dashes
    #[arg(value_name = "ID")]
    id: String,
    /// The pack's folder; made when it is not there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// What the rule looks at
    #[arg(long, value_enum, default_value = "python", value_name = "LANG")]
    lang: Lang,
}

/// Scaffolds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Calls in Python
    Python,
    /// Calls in JavaScript and TypeScript
    Javascript,
    /// Calls in Go
    Go,
    /// Stages and commands of Dockerfiles
    Dockerfile,
}

impl Lang {
    fn folder(self) -> &'static str {
        match self {
            Lang::Python => "python",
            Lang::Javascript => "javascript",
            Lang::Go => "go",
            Lang::Dockerfile => "dockerfile",
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &NewArgs, ui: &Ui) -> Answer {
    let here = std::env::current_dir().map_err(|error| {
        CommandError::usage(format!("cannot read the current directory: {error}"))
    })?;
    let pack = match &args.dir {
        Some(dir) => here.join(dir),
        None if here.join("pack.toml").is_file() => here.clone(),
        None => here.join(".perfctl/plugins/local"),
    };
    let written = write(&pack, &args.id, args.lang)?;
    let id = RuleId::from(args.id.as_str());
    let built_in = Packs::load(&built_in_packs());
    let owner = |rule: &&LoadedRule| rule.rule.id == id || rule.rule.aliases.contains(&id);
    if let Some(owner) = built_in.rules.values().find(owner) {
        ui.warn(&format!(
            "{id} is a rule of the pack `{}` ({}): wherever yours is read, it takes its place",
            owner.rule.pack, owner.rule.title
        ));
    }
    let rule = from(&here, &pack.join(&args.id));
    let mut out = String::new();
    for path in &written {
        let _ = writeln!(out, "wrote {}", from(&here, path));
    }
    let _ = writeln!(out, "\nNext:");
    for (command, why) in [
        (
            format!("perfctl rule test {rule}"),
            "its cases hold already",
        ),
        (
            format!("$EDITOR {rule}/rule.toml"),
            "say what is looked for, why, and how to mend it",
        ),
        (format!("$EDITOR {rule}/rule.lua"), "judge the matches"),
        (
            format!("$EDITOR {rule}/cases"),
            "add code that must be found, and code that must not",
        ),
    ] {
        let _ = writeln!(out, "  {command:<48} {why}");
    }
    ui.text(&out)?;
    Ok(Exit::Clean)
}

/// Writes the rule `id` into the folder `pack`, and the pack's own file when it has none. Answers with what was written.
fn write(pack: &Path, id: &str, lang: Lang) -> Result<Vec<PathBuf>, CommandError> {
    if !RuleId::is_well_formed(id) {
        let upper = id.to_ascii_uppercase().replace(['_', ' ', '.'], "-");
        let error = CommandError::usage(format!("`{id}` is no rule id"));
        return Err(match RuleId::is_well_formed(&upper) {
            true => error.hint(format!("did you mean `{upper}`?")),
            false => error.hint("an id is two or more words in capitals or numbers, joined by dashes: `ORG-NET-001`"),
        });
    }
    let rule = pack.join(id);
    if rule.exists() {
        return Err(
            CommandError::usage(format!("{} exists already", rule.display()))
                .hint("choose another id, or edit the rule that is there"),
        );
    }
    let mut files = BTreeMap::new();
    if !pack.join("pack.toml").is_file() {
        files.insert(pack.join("pack.toml"), pack_file(pack)?);
    }
    for (path, text) in crate::assets::scaffold(lang.folder()) {
        files.insert(rule.join(path), text.replace(PLACEHOLDER, id));
    }
    for (path, text) in &files {
        write_whole(path, text.as_bytes()).map_err(|error| {
            CommandError::failure(format!("cannot write {}: {error}", path.display()))
        })?;
    }
    Ok(files.into_keys().collect())
}

/// The head of a new pack, called as its folder.
pub(crate) fn pack_file(pack: &Path) -> Result<String, CommandError> {
    let absolute = std::path::absolute(pack).unwrap_or_else(|_| pack.to_owned());
    let name = absolute
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = perfctl_wire::names::word(&name).map_err(|refusal| {
        CommandError::usage(format!("a pack is called as its folder, but {refusal}"))
    })?;
    Ok(format!(
        "schema = \"perfctl.pack/1\"\nid = \"{name}\"\n# One line for lists of packs.\ntitle = \"Performance rules of {name}\"\n\
         version = \"0.1.0\"\n# The edition of the rules' API that the scripts use.\nedition = {}\n",
        perfctl_wire::rule::EDITION
    ))
}

/// What of a scaffold's texts still stands in a rule: brackets to fill in, and a title that its script no longer is about.
pub(super) fn left_to_write(rule: &LoadedRule) -> Vec<String> {
    let help = &rule.rule.help;
    let texts = [
        ("what", &help.what),
        ("why", &help.why),
        ("source", &help.source),
        ("fix", &help.fix),
        ("false_alarms", &help.false_alarms),
        ("measure", &help.measure),
    ];
    let mut left: Vec<&str> = Vec::new();
    let (mut has_title, mut has_tags) = (false, false);
    for lang in Lang::value_variants() {
        let files: BTreeMap<&str, &str> = crate::assets::scaffold(lang.folder()).collect();
        let head = files.get("rule.toml").copied().unwrap_or_default();
        for bracket in brackets(head) {
            let held = texts.iter().filter(|(_, text)| text.contains(bracket));
            left.extend(held.map(|(name, _)| *name));
        }
        let title = format!("title = \"{}\"\n", rule.rule.title);
        let is_own = !judges_by(rule, files.get("rule.lua").copied());
        has_title |= head.contains(&title) && is_own;
        // Who wrote a title of their own and left these did not see them.
        let category = format!("category = \"{}\"\n", rule.rule.category);
        has_tags |= !head.contains(&title)
            && is_own
            && head.contains(&category)
            && tags(head).is_some_and(|tags| tags == rule.rule.tags);
    }
    let mut remarks = Vec::new();
    if has_title {
        remarks.push(format!(
            "its title is still the one that `rule new` wrote: {}",
            rule.rule.title
        ));
    }
    if has_tags {
        remarks.push(format!(
            "its category and tags are still those that `rule new` wrote: {}, {}",
            rule.rule.category,
            rule.rule.tags.join(", ")
        ));
    }
    let names: Vec<String> = texts
        .iter()
        .filter(|(name, _)| left.contains(name))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if !names.is_empty() {
        remarks.push(format!(
            "[help] still holds in brackets what `rule new` left to be written: {}",
            names.join(", ")
        ));
    }
    remarks
}

/// The tags that the head of a rule gives it.
fn tags(head: &str) -> Option<Vec<String>> {
    let head: toml::Table = head.parse().ok()?;
    let tags = head.get("tags")?.as_array()?.iter();
    Some(
        tags.filter_map(|tag| Some(tag.as_str()?.to_owned()))
            .collect(),
    )
}

/// Whether a rule is judged by exactly this script.
fn judges_by(rule: &LoadedRule, script: Option<&str>) -> bool {
    matches!(&rule.judge, Judge::Script { source, .. } if Some(source.as_str()) == script)
}

/// Texts in brackets that hold several words.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('[').filter_map(|(at, _)| {
        let inside = &text[at..=at + text[at..].find(']')?];
        (inside.matches(' ').count() >= 3 && !inside.contains('"')).then_some(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::rule::Layer;
    use perfctl_core::seams::Never;
    use perfctl_runtime::cases::{self, Harness, Outcome, Scope};
    use perfctl_runtime::pack::Packs;

    /// The pack as its author's perfctl reads it: of built-in rules it takes for granted that their expressions are some.
    fn loaded(pack: &Path) -> Packs {
        let layer = Layer::User(pack.to_owned());
        Packs::load(&[crate::assets::pack_at(
            pack,
            layer,
            &crate::plugins::Plugins::of_the_author(),
        )
        .expect("readable")])
    }

    #[test]
    fn every_scaffold_passes_its_own_cases_in_both_directions() {
        for lang in Lang::value_variants() {
            let dir = tempfile::tempdir().expect("a folder");
            let pack = dir.path().join("org");
            let written = write(&pack, "ORG-SPEED-7", *lang).expect("written");
            assert!(
                written.contains(&pack.join("pack.toml"))
                    && written.contains(&pack.join("ORG-SPEED-7/rule.lua"))
            );
            let packs = loaded(&pack);
            assert!(
                packs.problems.is_empty() && packs.broken.is_empty(),
                "{:?} {:?}",
                packs.problems,
                packs.broken
            );
            let harness = Harness::new(packs, 0, std::env::temp_dir());
            let folders = cases::find(&pack.join("ORG-SPEED-7")).expect("readable");
            let results = harness.run(&RuleId::from("ORG-SPEED-7"), &folders, Scope::Rule, &Never);
            let count = |outcome| {
                results
                    .iter()
                    .map(|result| result.count(outcome))
                    .sum::<usize>()
            };
            for result in &results {
                assert!(result.is_pass(), "{lang:?}: {result:#?}");
            }
            for outcome in [
                Outcome::Reported,
                Outcome::Validated,
                Outcome::Fired,
                Outcome::Allowed,
                Outcome::Verdict,
            ] {
                assert!(count(outcome) > 0, "{lang:?} has no {outcome:?}");
            }
        }
    }

    #[test]
    fn an_expression_that_is_none_would_not_pass_in_a_scaffold() {
        let dir = tempfile::tempdir().expect("a folder");
        let pack = dir.path().join("org");
        write(&pack, "ORG-1", Lang::Python).expect("written");
        let path = pack.join("ORG-1/rule.toml");
        let text = std::fs::read_to_string(&path).expect("a file");
        let broken = text.replacen(
            "[[match]]",
            "[[match]]\nname = \"broken\"\nkind = \"regex\"\npattern = '('\n\n[[match]]",
            1,
        );
        std::fs::write(&path, broken).expect("written");
        assert!(loaded(&pack).broken.contains_key(&RuleId::from("ORG-1")));
    }

    #[test]
    fn what_a_scaffold_leaves_to_write_is_remarked_until_it_is_written() {
        let remarks = |change: &dyn Fn(&str, &str) -> String| {
            let dir = tempfile::tempdir().expect("a folder");
            let pack = dir.path().join("org");
            write(&pack, "ORG-1", Lang::Python).expect("written");
            for name in ["rule.toml", "rule.lua"] {
                let path = pack.join("ORG-1").join(name);
                let text = std::fs::read_to_string(&path).expect("a file");
                std::fs::write(&path, change(name, &text)).expect("written");
            }
            let packs = loaded(&pack);
            left_to_write(&packs.rules[&RuleId::from("ORG-1")])
        };
        let fresh = remarks(&|_, text| text.to_owned());
        assert_eq!(fresh.len(), 1, "{fresh:?}");
        assert!(fresh[0].ends_with("`what`, `why`, `source`, `fix`, `false_alarms`, `measure`"));
        let judged = remarks(&|name, text| match name {
            "rule.lua" => "return { check = function() end }".to_owned(),
            _ => brackets(text).fold(text.to_owned(), |new, one| new.replace(one, "written")),
        });
        assert_eq!(judged.len(), 1, "{judged:?}");
        assert!(judged[0].contains("its title is still"), "{judged:?}");
        let titled = remarks(&|name, text| match name {
            "rule.lua" => "return { check = function() end }".to_owned(),
            _ => brackets(text)
                .fold(text.to_owned(), |new, one| new.replace(one, "written"))
                .lines()
                .map(|line| match line.starts_with("title = ") {
                    true => "title = \"mine\"\n".to_owned(),
                    false => format!("{line}\n"),
                })
                .collect(),
        });
        assert_eq!(titled.len(), 1, "{titled:?}");
        assert!(
            titled[0].contains("its category and tags are still"),
            "{titled:?}"
        );
    }

    #[test]
    fn a_new_rule_overwrites_nothing_and_wants_a_good_name() {
        let dir = tempfile::tempdir().expect("a folder");
        let pack = dir.path().join("org");
        write(&pack, "ORG-1", Lang::Python).expect("written");
        std::fs::write(pack.join("pack.toml"), "mine").expect("a file");
        assert!(
            write(&pack, "ORG-1", Lang::Go)
                .expect_err("there is one")
                .message
                .contains("exists already")
        );
        write(&pack, "ORG-2", Lang::Go).expect("written");
        assert_eq!(
            std::fs::read_to_string(pack.join("pack.toml")).expect("a file"),
            "mine"
        );
        let error = write(&pack, "org_net.3", Lang::Go).expect_err("no id");
        assert_eq!(error.hints, ["did you mean `ORG-NET-3`?"]);
        let error =
            write(&dir.path().join("My Rules"), "ORG-1", Lang::Go).expect_err("no pack name");
        assert!(
            error.message.contains("did you mean `my-rules`?"),
            "{}",
            error.message
        );
    }
}

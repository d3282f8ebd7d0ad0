//! Functions that deploy files name: `Handler: app.create` says that the platform calls `create` in `app.py`.
//!
//! Which files say so, and under which keys, comes from facts; knows no platform by name.

use std::borrow::Cow;
use std::path::Path;

use globset::GlobSet;
use perfctl_core::scale::Reach;

use crate::deploy::{LARGEST, about, counts, directories_in, holds_any};
use crate::lower::Language;
use crate::repo::facts::{EntryKey, globs};
use crate::repo::modules::{Target, directory};
use crate::repo::{FileId, Repo};
use crate::source::{self, Overlay};
use crate::walk::Entry;

/// A function by the file that holds it and its name there, and how it runs.
pub(crate) type Called = (FileId, String, Reach);

/// How files end that may hold a function that is named without the end.
const ENDS: &[&str] = &["py", "js", "ts", "mjs", "cjs", "mts", "cts", "tsx", "jsx"];

/// The functions that the deploy files among `entries` name, each once. `entries` are sorted by path.
pub(crate) fn called(
    root: &Path,
    overlay: &Overlay,
    entries: &[Entry],
    repo: &Repo,
) -> Vec<Called> {
    let keys: Vec<(&EntryKey, GlobSet)> = repo
        .facts
        .entry_keys()
        .iter()
        .map(|key| (key, globs(&key.files)))
        .collect();
    let has_directory = |path: &str| {
        let prefix = format!("{path}/");
        let at = entries.partition_point(|entry| *entry.path < *prefix);
        path.is_empty()
            || entries
                .get(at)
                .is_some_and(|entry| entry.path.starts_with(&prefix))
    };
    let mut found: Vec<Called> = Vec::new();
    for entry in entries {
        let path = &*entry.path;
        let fits: Vec<&EntryKey> = keys
            .iter()
            .filter(|(_, files)| files.is_match(path))
            .map(|(key, _)| *key)
            .collect();
        if fits.is_empty() || !counts(entry) || entry.size > LARGEST {
            continue;
        }
        let Ok(bytes) = overlay.load(root, path, LARGEST) else {
            continue;
        };
        let text = source::decode(&bytes);
        let mut bases: Option<Vec<String>> = None;
        for key in fits {
            let Ok(reach) = key.role.parse::<Reach>() else {
                continue;
            };
            if !(key.holds.is_empty() || holds_any(&text, &key.holds)) {
                continue;
            }
            for value in values(&text, key) {
                let bases = bases.get_or_insert_with(|| {
                    let own = [directory(path), about(path), ""].map(str::to_owned);
                    let named = directories_in(&text, path, &has_directory);
                    own.into_iter().chain(named).collect()
                });
                for (file, symbol) in named_by(&value, path, bases, repo) {
                    if !found
                        .iter()
                        .any(|(of, name, _)| *of == file && *name == symbol)
                    {
                        found.push((file, symbol.to_owned(), reach));
                    }
                }
            }
        }
    }
    found
}

/// What the lines of `text` give to the keys, each with the module that a key beside it names.
fn values<'t>(text: &'t str, key: &EntryKey) -> Vec<Cow<'t, str>> {
    let lines: Vec<&str> = text.lines().collect();
    let names_modules = key.modules.iter().any(|module| text.contains(module));
    let named = lines.iter().enumerate().filter_map(|(at, line)| {
        let value = value_of(line, &key.keys)?;
        let module = match names_modules && !value.contains('.') {
            false => None,
            true => module_of(&lines, at, &key.modules),
        };
        Some(match module {
            Some(module) => Cow::Owned(format!("{module}.{value}")),
            None => Cow::Borrowed(value),
        })
    });
    named.collect()
}

/// The most lines that are looked at in each direction for the module of a function: a file made for it could have any number of both.
const MOST_BESIDE: usize = 2000;

/// The module that holds for line `at`: what a line beside it or above what it stands in says. As YAML has it, and JSON that a program
/// has laid out, lines beside each other begin in one column.
fn module_of<'t>(lines: &[&'t str], at: usize, keys: &[String]) -> Option<&'t str> {
    let column = |line: &str| line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    let is_blank = |line: &str| line.trim().is_empty();
    let own = column(lines[at]);
    let below = lines[at..]
        .iter()
        .take(MOST_BESIDE)
        .take_while(|line| is_blank(line) || column(line) >= own)
        .filter(|line| column(line) == own)
        .find_map(|line| value_of(line, keys));
    below.or_else(|| {
        let mut within = own;
        lines[..at]
            .iter()
            .rev()
            .take(MOST_BESIDE)
            .filter(|line| !is_blank(line))
            .filter(|line| {
                let is_beside = column(line) <= within;
                within = within.min(column(line));
                is_beside
            })
            .find_map(|line| value_of(line, keys))
    })
}

/// What a line gives to one of `keys`: `Handler: app.create`, `"handler" = "app.create",`.
fn value_of<'t>(line: &'t str, keys: &[String]) -> Option<&'t str> {
    let quotes = ['"', '\''];
    let line = line
        .trim_start_matches(|c: char| c.is_whitespace() || "-{".contains(c) || quotes.contains(&c));
    let rest = keys
        .iter()
        .find_map(|key| line.strip_prefix(key.as_str()))?;
    let rest = rest.trim_start_matches(quotes).trim_start();
    let rest = rest.strip_prefix([':', '='])?.trim_start();
    let rest = rest.trim_start_matches(quotes);
    let end = rest.find(|c: char| c.is_whitespace() || ",}".contains(c) || quotes.contains(&c));
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// The files with their function that `value` means (`src/orders.create`, `shop.orders.create`), seen from any of `bases`, or else as
/// Python would import it for the file at `from`.
fn named_by<'v>(
    value: &'v str,
    from: &str,
    bases: &[String],
    repo: &Repo,
) -> Vec<(FileId, &'v str)> {
    let is_plain = |c: char| c.is_alphanumeric() || "_./-$".contains(c);
    let Some((module, symbol)) = value
        .rsplit_once('.')
        .filter(|_| value.chars().all(is_plain))
    else {
        return Vec::new();
    };
    let module = module.trim_start_matches("./");
    let mut spellings = vec![module.to_owned()];
    if module.contains('.') && !module.contains("..") {
        spellings.push(module.replace('.', "/"));
    }
    let mut found = Vec::new();
    for base in bases {
        for spelling in &spellings {
            let path = if base.is_empty() {
                spelling.clone()
            } else {
                format!("{base}/{spelling}")
            };
            let mut files = ENDS.iter().map(|end| format!("{path}.{end}"));
            if let Some(file) = files.find_map(|path| repo.find(&path))
                && !found.contains(&(file, symbol))
            {
                found.push((file, symbol));
            }
        }
    }
    let is_module = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    if found.is_empty()
        && module.chars().all(is_module)
        && let Some(Target::File(file)) =
            (repo.modules).find(module, from, Language::Python, &repo.facts)
    {
        found.push((file, symbol));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    const FACTS: &str = "schema = \"perfctl.facts/1\"\n[[entry]]\nfiles = [\"**/template.yaml\", \"**/serverless.yml\", \"**/*.tf\"]\n\
         keys = [\"Handler\", \"handler\"]\nrole = \"request\"\n[[entry]]\nfiles = [\"**/openapi.yml\"]\nkeys = [\"operationId\"]\n\
         modules = [\"x-controller\"]\nrole = \"request\"\n";

    /// Reached functions, as `path:name reach`.
    fn reached(files: &[(&str, &str)]) -> Vec<String> {
        let scratch = Scratch::new(FACTS, files);
        let view = &scratch.survey.view;
        let mut all = Vec::new();
        for file in view.repo.ids() {
            let code = view.repo.file(file);
            for at in 0..code.index.functions.len() {
                let reach = view.graph.reach(view.graph.id(file, at as u32));
                if reach == Reach::Request {
                    all.push(format!(
                        "{}:{}",
                        code.path,
                        code.text(code.index.functions[at].name)
                    ));
                }
            }
        }
        all
    }

    #[test]
    fn a_function_that_a_deploy_file_names_is_reached_with_what_it_calls() {
        let files = [
            (
                "infra/template.yaml",
                "Resources:\n  A:\n    CodeUri: ../api/orders/\n    Handler: app.create  # POST\n  B:\n    \"Handler\": \"jobs.nightly.run\",\n",
            ),
            (
                "api/orders/app.py",
                "def create(e):\n    return save(e)\n\ndef save(e):\n    pass\n\ndef other(e):\n    pass\n",
            ),
            ("jobs/nightly.py", "def run(x):\n    pass\n"),
            (
                "web/serverless.yml",
                "functions:\n  hello:\n    handler: src/hello.main\n",
            ),
            (
                "web/src/hello.ts",
                "export const main = async (input) => input\n",
            ),
            (
                "main.tf",
                "resource \"aws_lambda_function\" \"a\" {\n  handler = \"lone.go\"\n}\n",
            ),
            ("lone.js", "exports.go = async (input) => input\n"),
        ];
        let mut reached = reached(&files);
        reached.sort();
        assert_eq!(
            reached,
            [
                "api/orders/app.py:create",
                "api/orders/app.py:save",
                "jobs/nightly.py:run",
                "lone.js:go",
                "web/src/hello.ts:main",
            ]
        );
    }

    #[test]
    fn a_description_of_an_interface_names_modules_of_python() {
        let spec = "paths:\n  /orders:\n    get:\n      operationId: shop.web.orders.list_all\n    post:\n      x-controller: shop.web.cart\n      \
             responses:\n        200: {}\n      operationId: add\n  /items:\n    x-controller: \"shop.web.items\"\n    get:\n      tags: [items]\n      \
             operationId: find\n    put:\n      operationId: 'find'\n      x-controller: shop.web.cart\n";
        let files = [
            ("src/shop/web/openapi.yml", spec),
            (
                "src/shop/web/orders.py",
                "def list_all():\n    pass\n\ndef add():\n    pass\n",
            ),
            (
                "src/shop/web/cart.py",
                "def add(body):\n    pass\n\ndef find():\n    pass\n",
            ),
            (
                "src/shop/web/items.py",
                "def find():\n    pass\n\ndef add():\n    pass\n",
            ),
        ];
        let mut reached = reached(&files);
        reached.sort();
        assert_eq!(
            reached,
            [
                "src/shop/web/cart.py:add",
                "src/shop/web/cart.py:find",
                "src/shop/web/items.py:find",
                "src/shop/web/orders.py:list_all",
            ]
        );
    }

    #[test]
    fn a_name_without_its_file_or_in_a_file_for_something_else_means_nothing() {
        let files = [
            (
                "template.yaml",
                "Handler: gone.create\nHandlers: app.create\nHandler: !Ref app.create\n",
            ),
            ("other.yaml", "Handler: app.create\n"),
            ("app.py", "def create(e):\n    pass\n"),
        ];
        assert_eq!(reached(&files), [] as [&str; 0]);
    }
}

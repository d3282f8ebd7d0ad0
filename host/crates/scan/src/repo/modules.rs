//! Which file or directory an import means, without configuration: by relative path, by suffix, by package name.

mod folders;
mod layers;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::FileId;
use super::aliases::Alias;
use super::facts::Facts;
use super::packages::Package;
use crate::lower::Language;

/// What an import means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A file.
    File(FileId),
    /// A directory: a namespace package or a Go package.
    Directory(Box<str>),
}

/// The files of a repository by every name under which they may be imported.
#[derive(Debug, Default)]
pub struct Modules {
    /// Python: every dotted suffix of every module.
    dotted: FxHashMap<Box<str>, Vec<FileId>>,
    /// JavaScript: every slash suffix without extension; `index` files also by their directory.
    slashed: FxHashMap<Box<str>, Vec<FileId>>,
    /// Every file by exact path.
    paths: FxHashMap<Box<str>, FileId>,
    /// Every file's path, by id.
    by_id: Vec<Box<str>>,
    /// Directories that hold code, with their files.
    directories: FxHashMap<Box<str>, Vec<FileId>>,
    /// JavaScript packages of this repository, by name.
    packages: BTreeMap<Box<str>, Package>,
    /// Go modules: module path to directory.
    go_modules: BTreeMap<Box<str>, Box<str>>,
    /// Path aliases of TypeScript's configurations, nearest and longest first.
    aliases: Vec<Alias>,
}

const JS_EXTENSIONS: &[&str] = &["ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts", "vue"];

impl Modules {
    /// Indexes `files` (path and language, in the order of their ids). `packages` and `go_modules` are by the names that
    /// `package.json` and `go.mod` files declare, the latter with the directory that holds the file.
    pub fn new<'a>(
        files: impl Iterator<Item = (&'a str, Language)>,
        packages: BTreeMap<Box<str>, Package>,
        go_modules: BTreeMap<Box<str>, Box<str>>,
    ) -> Self {
        let mut modules = Self {
            packages,
            go_modules,
            ..Self::default()
        };
        for (at, (path, language)) in files.enumerate() {
            let id = FileId(at as u32);
            modules.paths.insert(path.into(), id);
            modules.by_id.push(path.into());
            modules
                .directories
                .entry(directory(path).into())
                .or_default()
                .push(id);
            let Some((stem, _)) = path.rsplit_once('.') else {
                continue;
            };
            match language {
                Language::Python => {
                    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
                    for suffix in suffixes(stem) {
                        modules
                            .dotted
                            .entry(suffix.replace('/', ".").into())
                            .or_default()
                            .push(id);
                    }
                }
                Language::JavaScript | Language::TypeScript => {
                    for suffix in suffixes(stem) {
                        modules.slashed.entry(suffix.into()).or_default().push(id);
                    }
                    if let Some(dir) = stem.strip_suffix("/index") {
                        for suffix in suffixes(dir) {
                            modules.slashed.entry(suffix.into()).or_default().push(id);
                        }
                    }
                }
                Language::Go => {}
            }
        }
        modules
    }

    /// Files directly in `directory`.
    pub fn files_in(&self, directory: &str) -> &[FileId] {
        self.directories.get(directory).map_or(&[], Vec::as_slice)
    }

    /// Whether some directory below the root holds code at this path.
    fn has_directory(&self, path: &str) -> bool {
        self.directories.contains_key(path)
    }

    /// What `module`, as written in the file at `from`, means in this repository; `None` for a library.
    pub fn find(
        &self,
        module: &str,
        from: &str,
        language: Language,
        facts: &Facts,
    ) -> Option<Target> {
        match language {
            Language::Python if module.starts_with('.') => self.python_relative(module, from),
            Language::Python => self.python(module, from, facts),
            Language::JavaScript | Language::TypeScript => self.javascript(module, from, facts),
            Language::Go => self.go(module),
        }
    }

    /// With the path aliases that configurations declare.
    pub fn with_aliases(mut self, mut aliases: Vec<Alias>) -> Self {
        aliases.sort_by(|left, right| left.rank().cmp(&right.rank()));
        self.aliases = aliases;
        self
    }

    /// What the name `child` means below a package.
    pub fn child(&self, directory: &str, child: &str) -> Option<Target> {
        let path = join(directory, child);
        let file = [format!("{path}.py"), format!("{path}/__init__.py")]
            .iter()
            .find_map(|path| self.paths.get(path.as_str()));
        match file {
            Some(id) => Some(Target::File(*id)),
            None if self.has_directory(&path) => Some(Target::Directory(path.into())),
            None => None,
        }
    }

    /// The directory that `module`, one word, names beside the file at `from` or above it, where it holds the file that `rest`
    /// of the path begins with. A library of the same name has no such file: the name of the directory alone proves nothing.
    pub fn namespace(&self, module: &str, rest: &str, from: &str) -> Option<Box<str>> {
        let child = rest
            .split(['.', '(', '['])
            .next()
            .filter(|child| !child.is_empty())?;
        if module.contains('.') || is_standard(module) {
            return None;
        }
        let mut at = directory(from);
        loop {
            let candidate = join(at, module);
            if self.has_directory(&candidate) && self.child(&candidate, child).is_some() {
                return Some(candidate.into());
            }
            if at.is_empty() {
                return None;
            }
            at = directory(at);
        }
    }

    fn python_relative(&self, module: &str, from: &str) -> Option<Target> {
        let dots = module.len() - module.trim_start_matches('.').len();
        let mut at = directory(from);
        for _ in 1..dots {
            at = directory(at);
        }
        let rest = &module[dots..];
        if rest.is_empty() {
            return match self.paths.get(join(at, "__init__.py").as_str()) {
                Some(id) => Some(Target::File(*id)),
                None => Some(Target::Directory(at.into())),
            };
        }
        let mut base = at.to_owned();
        let mut target = None;
        for word in rest.split('.') {
            target = Some(self.child(&base, word)?);
            base = join(&base, word);
        }
        target
    }

    /// Of several files that `module` may name, those below a directory that Python would search for the file at `from`: one above it that is no
    /// package itself. All of them where there is no such file.
    fn on_search_path(&self, found: Vec<FileId>, module: &str, from: &str) -> Vec<FileId> {
        if found.len() < 2 {
            return found;
        }
        let below = format!("{}.", module.replace('.', "/"));
        let as_package = format!("{}/__init__.py", module.replace('.', "/"));
        let is_searched = |id: &FileId| {
            let path = self.path(*id)?;
            let ending = match path.ends_with(as_package.as_str()) {
                true => as_package.as_str(),
                false => &path[path.rfind(below.as_str())?..],
            };
            let root = path.strip_suffix(ending)?.trim_end_matches('/');
            let is_above = root.is_empty() || from.strip_prefix(root)?.starts_with('/');
            let is_package = self.paths.contains_key(join(root, "__init__.py").as_str());
            (is_above && !is_package).then_some(())
        };
        let searched: Vec<FileId> = found
            .iter()
            .copied()
            .filter(|id| is_searched(id).is_some())
            .collect();
        match searched.is_empty() {
            true => found,
            false => searched,
        }
    }

    /// By suffix. A single word, or a word that a known library begins with, must sit beside the importing file or at a
    /// source root, else the library wins: a file called `logging.py` does not replace the standard library.
    fn python(&self, module: &str, from: &str, facts: &Facts) -> Option<Target> {
        let first = module.split('.').next().unwrap_or(module);
        let near = |path: &str| {
            let stem = path.strip_suffix(".py").unwrap_or(path);
            let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
            let wanted = module.replace('.', "/");
            let root = stem
                .strip_suffix(wanted.as_str())
                .unwrap_or(stem)
                .trim_end_matches('/');
            // Beside a file called as a known library is, the library is meant: packages are not on the search path.
            root.is_empty()
                || root == "src"
                || !facts.knows_root(first) && from.starts_with(&format!("{root}/"))
        };
        let strict = !module.contains('.') || facts.knows_root(first) || is_standard(first);
        let found: Vec<FileId> = self
            .dotted
            .get(module)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .copied()
            .filter(|id| {
                self.path(*id)
                    .is_some_and(|path| path != from && (!strict || near(path)))
            })
            .collect();
        if let Some(id) = self.closest(&self.on_search_path(found, module, from), from) {
            if strict && is_standard(first) {
                return None;
            }
            return Some(Target::File(id));
        }
        if let Some(id) = self.in_layer(module, from, strict && facts.knows_root(first)) {
            return Some(Target::File(id));
        }
        if strict {
            return None;
        }
        // A namespace package has no file of its own.
        let path = module.replace('.', "/");
        let mut at = directory(from);
        loop {
            let candidate = join(at, &path);
            if self.has_directory(&candidate) {
                return Some(Target::Directory(candidate.into()));
            }
            if at.is_empty() {
                return None;
            }
            at = directory(at);
        }
    }

    fn javascript(&self, module: &str, from: &str, facts: &Facts) -> Option<Target> {
        // Where AWS Lambda puts the files of layers.
        if let Some(rest) = module.strip_prefix("/opt/") {
            return self.below_opt(rest, from).map(Target::File);
        }
        if module.starts_with('.') {
            let path = normalise(directory(from), module)?;
            return self.javascript_file(&path).map(Target::File);
        }
        for (name, package) in &self.packages {
            let within = match module.strip_prefix(&**name) {
                Some("") => "",
                Some(rest) if rest.starts_with('/') => &rest[1..],
                _ => continue,
            };
            let mut paths = package.paths(within).into_iter();
            if let Some(id) = paths.find_map(|path| self.javascript_file(&path)) {
                return Some(Target::File(id));
            }
        }
        let declared = self
            .aliases
            .iter()
            .flat_map(|alias| alias.paths(module, from));
        if let Some(id) = declared
            .into_iter()
            .find_map(|path| self.javascript_file(&path))
        {
            return Some(Target::File(id));
        }
        // Aliases that no configuration tells (`@/x`, `~/x`) and `baseUrl` imports: by suffix, nearest file.
        let rest = match module.split_once('/') {
            Some(("@" | "~" | "#" | "src", rest)) => rest,
            // SvelteKit's `$lib`, and `@modules/user` of a project's own; a scope of npm is no directory here.
            Some((first, _)) if first.starts_with(['@', '$', '~', '#']) && first.len() > 1 => {
                if facts.knows_root(module) {
                    return None;
                }
                &module[1..]
            }
            Some(_) => module,
            None => return None,
        };
        // With its end, which may be that of what it is compiled to.
        let found = self.slashed.get(rest);
        let found = found.or_else(|| self.slashed.get(without_extension(rest)?))?;
        self.closest(found, from).map(Target::File)
    }

    fn javascript_file(&self, path: &str) -> Option<FileId> {
        if let Some(id) = self.paths.get(path) {
            return Some(*id);
        }
        for base in [path, without_extension(path).unwrap_or(path)] {
            for extension in JS_EXTENSIONS {
                for candidate in [
                    format!("{base}.{extension}"),
                    format!("{base}/index.{extension}"),
                ] {
                    if let Some(id) = self.paths.get(candidate.as_str()) {
                        return Some(*id);
                    }
                }
            }
        }
        None
    }

    fn go(&self, module: &str) -> Option<Target> {
        for (name, dir) in &self.go_modules {
            let Some(rest) = module.strip_prefix(&**name) else {
                continue;
            };
            let path = join(dir, rest.trim_start_matches('/'));
            if (rest.is_empty() || rest.starts_with('/')) && self.has_directory(&path) {
                return Some(Target::Directory(path.into()));
            }
        }
        None
    }

    fn path(&self, id: FileId) -> Option<&str> {
        self.by_id.get(id.0 as usize).map(|path| &**path)
    }

    /// The file that shares the longest directory with `from`; `None` when two are equally near.
    fn closest(&self, found: &[FileId], from: &str) -> Option<FileId> {
        match found {
            [] => None,
            [one] => Some(*one),
            _ => {
                let mut ranked: Vec<(usize, FileId)> = found
                    .iter()
                    .filter_map(|id| Some((shared(self.path(*id)?, from), *id)))
                    .collect();
                ranked.sort_by_key(|(shared, id)| (std::cmp::Reverse(*shared), *id));
                match ranked.as_slice() {
                    [first, second, ..] if first.0 == second.0 => None,
                    [first, ..] => Some(first.1),
                    [] => None,
                }
            }
        }
    }
}

/// A path of JavaScript without its extension; `None` where it has none of these.
fn without_extension(path: &str) -> Option<&str> {
    let (bare, extension) = path.rsplit_once('.')?;
    JS_EXTENSIONS.contains(&extension).then_some(bare)
}

/// The directory of a path, empty at the root.
pub fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

pub(super) fn join(dir: &str, rest: &str) -> String {
    match (dir, rest) {
        ("", rest) => rest.to_owned(),
        (dir, "") => dir.to_owned(),
        _ => format!("{dir}/{rest}"),
    }
}

/// `a/b/c`, `b/c`, `c`.
fn suffixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once(path).chain(path.match_indices('/').map(|(at, _)| &path[at + 1..]))
}

fn shared(left: &str, right: &str) -> usize {
    left.split('/')
        .zip(right.split('/'))
        .take_while(|(left, right)| left == right)
        .count()
}

/// Follows `.` and `..`; `None` when it leaves the repository.
pub(super) fn normalise(dir: &str, path: &str) -> Option<String> {
    let mut words: Vec<&str> = dir.split('/').filter(|word| !word.is_empty()).collect();
    for word in path.split('/') {
        match word {
            "" | "." => {}
            ".." => {
                words.pop()?;
            }
            word => words.push(word),
        }
    }
    Some(words.join("/"))
}

/// Modules of Python's standard library that services import and repositories like to shadow by name.
fn is_standard(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "abc",
        "argparse",
        "ast",
        "asyncio",
        "base64",
        "calendar",
        "codecs",
        "collections",
        "concurrent",
        "configparser",
        "contextlib",
        "copy",
        "csv",
        "ctypes",
        "dataclasses",
        "datetime",
        "decimal",
        "email",
        "enum",
        "functools",
        "glob",
        "gzip",
        "hashlib",
        "heapq",
        "hmac",
        "html",
        "http",
        "importlib",
        "inspect",
        "io",
        "itertools",
        "json",
        "locale",
        "logging",
        "math",
        "multiprocessing",
        "numbers",
        "operator",
        "os",
        "pathlib",
        "pickle",
        "platform",
        "queue",
        "random",
        "re",
        "secrets",
        "select",
        "shutil",
        "signal",
        "site",
        "smtplib",
        "socket",
        "sqlite3",
        "ssl",
        "stat",
        "statistics",
        "string",
        "struct",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "token",
        "traceback",
        "types",
        "typing",
        "unittest",
        "urllib",
        "uuid",
        "warnings",
        "weakref",
        "xml",
        "zipfile",
        "zoneinfo",
    ];
    NAMES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests;

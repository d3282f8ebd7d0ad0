//! Where the repository is deployed, by what its documents and its infrastructure code say, and which directories each of them is about.
//!
//! Words that show a platform come from facts; knows no platform by name.

use std::sync::Arc;

use globset::GlobSet;
use perfctl_core::repository::Detected;

use crate::doc::Format;
use crate::matcher::PathPattern;
use crate::repo::facts::{Platform, globs};
use crate::repo::modules::directory;
use crate::source;
use crate::view::RepoView;
use crate::walk::{Content, Entry};
use perfctl_core::path_class::PathClass;

/// Largest file that is read to see what it deploys, in bytes.
pub(crate) const LARGEST: u64 = 256 << 10;

/// A place that says where something is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The platform: `lambda`, `kubernetes`.
    pub target: String,
    /// Whether nothing runs there while nobody asks, so that a request may wait for a start.
    pub scales_to_zero: bool,
    /// The file that says so.
    pub path: Arc<str>,
    /// The directory that the file is about, unless it names others: its own, without folders for infrastructure.
    base: String,
    /// Directories and files of the repository that it names.
    named: Vec<String>,
}

impl Deployment {
    /// How closely this is about `path`; `None` when it is not.
    fn nearness(&self, path: &str) -> Option<usize> {
        let depth = |at: &str| {
            if at.is_empty() {
                0
            } else {
                at.matches('/').count() + 1
            }
        };
        let named = self
            .named
            .iter()
            .filter(|at| is_within(path, at))
            .map(|at| 2 * depth(at) + 1)
            .max();
        let base = is_within(path, &self.base).then(|| 2 * depth(&self.base));
        named.max(base)
    }
}

/// Those of `all` that are most closely about the file at `path`.
pub fn nearest<'d>(all: &'d [Deployment], path: &str) -> Vec<&'d Deployment> {
    let most = all.iter().filter_map(|one| one.nearness(path)).max();
    all.iter()
        .filter(|one| most.is_some() && one.nearness(path) == most)
        .collect()
}

/// The first file per platform, sorted by platform: what a portrait shows.
pub fn shown(all: &[Deployment]) -> Vec<Detected> {
    let mut shown: Vec<Detected> = Vec::new();
    for one in all {
        if shown.iter().all(|known| known.name != one.target) {
            shown.push(Detected {
                name: one.target.clone(),
                path: one.path.to_string(),
            });
        }
    }
    shown.sort_by(|left, right| left.name.cmp(&right.name));
    shown
}

/// Everything in the repository that says where it is deployed, in the order of paths.
pub fn deployments(view: &RepoView) -> Vec<Deployment> {
    let tests: Vec<Test<'_>> = view.repo.facts.platforms().iter().map(Test::new).collect();
    let mut found = Vec::new();
    for entry in view.entries() {
        if !counts(entry)
            || entry.size > LARGEST
            || !tests.iter().any(|test| test.may_fit(view, entry))
        {
            continue;
        }
        let Ok(bytes) = view.read(&entry.path, LARGEST) else {
            continue;
        };
        let text = source::decode(&bytes);
        let mut named = None;
        for test in tests
            .iter()
            .filter(|test| test.may_fit(view, entry) && test.fits(&text))
        {
            let named = named.get_or_insert_with(|| {
                directories_in(&text, &entry.path, &|path| view.has_directory(path))
            });
            let base = match test.platform.is_code_itself {
                true => entry.path.to_string(),
                false => about(&entry.path).to_owned(),
            };
            found.push(Deployment {
                target: test.platform.target.clone(),
                scales_to_zero: test.platform.scales_to_zero
                    && !test
                        .platform
                        .unless
                        .iter()
                        .any(|word| keeps_instances(&text, word)),
                path: entry.path.clone(),
                base,
                named: if test.platform.is_code_itself {
                    Vec::new()
                } else {
                    named.clone()
                },
            });
        }
    }
    // One file may show a platform in several ways.
    found.dedup_by(|later, earlier| {
        let same = later.target == earlier.target && later.path == earlier.path;
        if same {
            earlier.scales_to_zero |= later.scales_to_zero;
        }
        same
    });
    found
}

pub(crate) fn counts(entry: &Entry) -> bool {
    !matches!(
        entry.class,
        PathClass::Vendored | PathClass::Generated | PathClass::Test
    )
}

pub(crate) fn holds_any(text: &str, words: &[String]) -> bool {
    words
        .iter()
        .any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Whether a text says `word` and gives it something other than zero: `min-instances=1`, but not `minScale: "0"`.
fn keeps_instances(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word.as_bytes()).any(|at| {
        let behind = text[at + word.len()..].trim_start_matches([' ', ':', '=', '"', '\'', '\\']);
        let number = behind.split(|c: char| !c.is_ascii_digit()).next();
        number.and_then(|digits| digits.parse::<u32>().ok()) != Some(0)
    })
}

fn is_within(path: &str, above: &str) -> bool {
    above.is_empty()
        || path
            .strip_prefix(above)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A platform, ready to be held against files.
struct Test<'f> {
    platform: &'f Platform,
    files: Option<GlobSet>,
    imports: Vec<PathPattern>,
}

impl<'f> Test<'f> {
    fn new(platform: &'f Platform) -> Self {
        Self {
            platform,
            files: (!platform.files.is_empty()).then(|| globs(&platform.files)),
            imports: platform
                .imports
                .iter()
                .map(|text| PathPattern::new(text))
                .collect(),
        }
    }

    /// Whether the file is one that may say so, before it is read.
    fn may_fit(&self, view: &RepoView, entry: &Entry) -> bool {
        if !self.imports.is_empty() {
            return matches!(entry.content, Content::Code(_)) && self.is_imported(view, entry);
        }
        match (&self.files, entry.content) {
            (Some(files), _) => files.is_match(&*entry.path),
            (None, Content::Document(Format::Toml | Format::Json)) => false,
            (None, Content::Document(_)) => true,
            (None, Content::Text) => is_script(&entry.path),
            (None, _) => false,
        }
    }

    fn is_imported(&self, view: &RepoView, entry: &Entry) -> bool {
        let Some(id) = view.repo.find(&entry.path) else {
            return false;
        };
        let code = view.repo.file(id);
        code.index.imports.iter().any(|import| {
            let module = code.text(import.module);
            self.imports.iter().any(|pattern| {
                pattern.fits(module)
                    || import
                        .names
                        .iter()
                        .any(|name| pattern.fits_name(module, code.text(*name)))
            })
        })
    }

    fn fits(&self, text: &str) -> bool {
        let platform = self.platform;
        (platform.holds.is_empty() || holds_any(text, &platform.holds))
            && platform
                .holds_all
                .iter()
                .all(|word| text.contains(word.as_str()))
    }
}

/// Files in which people write the commands that deploy.
fn is_script(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "Makefile" | "Justfile" | "justfile" | "Procfile")
        || name.ends_with(".sh")
        || name.ends_with(".mk")
}

/// Folders that hold how something is deployed and not what.
const INFRASTRUCTURE: &[&str] = &[
    ".ci",
    ".circleci",
    ".github",
    ".gitlab",
    ".helm",
    "aws",
    "azure",
    "build",
    "cdk",
    "charts",
    "ci",
    "cloud",
    "cloudformation",
    "deploy",
    "deployment",
    "deployments",
    "devops",
    "gcp",
    "helm",
    "iac",
    "infra",
    "infrastructure",
    "k8s",
    "kube",
    "kubernetes",
    "kustomize",
    "manifests",
    "ops",
    "provisioning",
    "pulumi",
    "stack",
    "stacks",
    "terraform",
    "tf",
];

/// The directory that a file at `path` is about: above the first folder for infrastructure.
pub(crate) fn about(path: &str) -> &str {
    let dir = directory(path);
    let mut start = 0;
    for part in dir.split('/') {
        if INFRASTRUCTURE
            .binary_search(&part.to_ascii_lowercase().as_str())
            .is_ok()
        {
            return dir[..start].trim_end_matches('/');
        }
        start += part.len() + 1;
    }
    dir
}

/// Words of keys whose value is a path even when it has no slash.
const PATH_KEYS: &[&str] = &[
    "uri", "dir", "path", "source", "context", "src", "root", "code", "folder", "entry", "asset",
];
/// Words of a file that are looked up as paths.
const MOST_WORDS: usize = 20_000;

/// Directories of the repository that a text names, seen from the file, from the directory it is about, or from the root.
pub(crate) fn directories_in(
    text: &str,
    path: &str,
    has_directory: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '@');
    let mut found: Vec<String> = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let mut rest = line;
        while let Some(start) = rest.find(is_part) {
            let tail = &rest[start..];
            let end = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
            let (word, after) = tail.split_at(end);
            let before = &line[..line.len() - tail.len()];
            rest = after;
            count += 1;
            if count > MOST_WORDS {
                return found;
            }
            let is_path = word.contains('/') || {
                let key = before.to_ascii_lowercase();
                key.contains([':', '=', '(']) && PATH_KEYS.iter().any(|wanted| key.contains(wanted))
            };
            if !is_path || word.starts_with("//") {
                continue;
            }
            for base in [directory(path), about(path), ""] {
                if let Some(dir) = directory_of(base, word, has_directory)
                    && !found.contains(&dir)
                {
                    found.push(dir);
                }
            }
        }
    }
    found
}

/// The directory that `word` names from `base`: itself, or the one that holds the file or function it names.
fn directory_of(base: &str, word: &str, has_directory: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in word.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let whole = parts.join("/");
    if has_directory(&whole) {
        return (!whole.is_empty() && whole != base).then_some(whole);
    }
    let above = directory(&whole);
    (word.contains('/') && !above.is_empty() && above != base && has_directory(above))
        .then(|| above.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[deployment]]
target = "lambda"
scales_to_zero = true
holds = ["AWS::Serverless::Function", "aws_lambda_function"]
[[deployment]]
target = "lambda"
scales_to_zero = true
imports = ["aws-cdk-lib/aws-lambda"]
[[deployment]]
target = "lambda"
scales_to_zero = true
imports = ["mangum"]
is_code_itself = true
[[deployment]]
target = "run"
scales_to_zero = true
holds = ["gcloud run deploy"]
unless = ["--min-instances"]
[[deployment]]
target = "kubernetes"
holds_all = ["apiVersion:", "kind: Deployment"]
[[deployment]]
target = "vercel"
scales_to_zero = true
files = ["**/vercel.json"]
"#;

    fn targets(files: &[(&str, &str)], path: &str) -> Vec<(String, bool)> {
        let scratch = Scratch::new(FACTS, files);
        let all = deployments(&scratch.survey.view);
        nearest(&all, path)
            .into_iter()
            .map(|one| (one.target.clone(), one.scales_to_zero))
            .collect()
    }

    #[test]
    fn a_file_s_deployment_is_the_one_that_names_the_nearest_directory() {
        let files = [
            (
                "template.yaml",
                "Type: AWS::Serverless::Function\nCodeUri: api/orders/\nHandler: app.handler\n",
            ),
            ("k8s/web.yaml", "apiVersion: apps/v1\nkind: Deployment\n"),
            ("api/orders/app.py", ""),
            ("web/main.py", ""),
        ];
        assert_eq!(
            targets(&files, "api/orders/app.py"),
            [("lambda".to_owned(), true)]
        );
        let both = targets(&files, "web/main.py");
        assert_eq!(
            both,
            [
                ("kubernetes".to_owned(), false),
                ("lambda".to_owned(), true)
            ]
        );
    }

    #[test]
    fn infrastructure_code_and_adapters_show_where_code_runs() {
        let files = [
            (
                "cdk/lib/api.ts",
                "import * as lambda from 'aws-cdk-lib/aws-lambda'\nconst code = '../../backend'\n",
            ),
            ("backend/main.py", ""),
            ("other/vercel.json", "{}"),
            ("other/x.py", ""),
            ("jobs/app.py", "from mangum import Mangum\n"),
            ("jobs/tool.py", ""),
        ];
        assert_eq!(
            targets(&files, "backend/main.py"),
            [("lambda".to_owned(), true)]
        );
        assert_eq!(targets(&files, "other/x.py"), [("vercel".to_owned(), true)]);
        assert_eq!(
            targets(&files, "jobs/app.py"),
            [("lambda".to_owned(), true)]
        );
    }

    #[test]
    fn instances_that_are_kept_do_not_scale_to_zero() {
        let deploy = "gcloud run deploy shop --source=svc";
        let kept = format!("{deploy} --min-instances=1");
        let none = format!("{deploy} --min-instances=0");
        for (text, zero) in [
            (deploy, true),
            (kept.as_str(), false),
            (none.as_str(), true),
        ] {
            let files = [("deploy.sh", text), ("svc/main.py", "")];
            assert_eq!(targets(&files, "svc/main.py"), [("run".to_owned(), zero)]);
        }
        assert_eq!(targets(&[("main.py", "")], "main.py"), []);
    }

    #[test]
    fn the_names_of_folders_are_sorted_for_the_search() {
        assert!(INFRASTRUCTURE.is_sorted());
        assert_eq!(about("cdk/lib/x.ts"), "");
        assert_eq!(about("services/shop/deploy/prod/x.yaml"), "services/shop");
        assert_eq!(about("services/shop/template.yaml"), "services/shop");
    }
}

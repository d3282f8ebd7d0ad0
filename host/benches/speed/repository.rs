//! The large repository that is scanned: given, or saleor at a fixed commit.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::probe::files_below;
use crate::table;

/// 4 300 Python files, and one commit of them so that figures can be repeated.
const SALEOR: (&str, &str) = (
    "https://github.com/saleor/saleor",
    "723cd4eba87dfc72822ade45dc08a3caa548428d",
);

/// A repository, and its Python files alone.
pub(crate) struct Repository {
    pub(crate) name: String,
    pub(crate) whole: PathBuf,
    /// A copy of the tree with its Python files only, so that every tool sees the same.
    pub(crate) python: PathBuf,
    pub(crate) python_files: usize,
    _copy: tempfile::TempDir,
}

fn git(dir: &Path, args: &[&str]) -> Result<(), String> {
    let status = Command::new("git")
        .arg("-C")
        .arg(dir)
        .args(args)
        .status()
        .map_err(|error| format!("git: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("git {} failed", args.join(" ")))
    }
}

/// Saleor's tree in cargo's target directory, brought there once.
fn saleor() -> Result<PathBuf, String> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("saleor-{}", &SALEOR.1[..12]));
    if dir.join(".git/complete").exists() {
        return Ok(dir);
    }
    table::say(&format!("fetching {} at {}", SALEOR.0, SALEOR.1));
    std::fs::create_dir_all(&dir).map_err(|error| error.to_string())?;
    git(&dir, &["init", "-q"])?;
    git(&dir, &["fetch", "-q", "--depth=1", SALEOR.0, SALEOR.1])?;
    git(&dir, &["checkout", "-q", "FETCH_HEAD"])?;
    std::fs::write(dir.join(".git/complete"), "").map_err(|error| error.to_string())?;
    Ok(dir)
}

/// The repository at `given`, or saleor, and a copy of its Python files.
pub(crate) fn prepare(given: Option<&Path>) -> Result<Repository, String> {
    let whole = match given {
        Some(dir) => dir
            .canonicalize()
            .map_err(|error| format!("{}: {error}", dir.display()))?,
        None => saleor().map_err(|error| {
            format!("{error}; name a large repository on this machine with `-- --repo PATH`")
        })?,
    };
    let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
    let python = copy.path().join("python");
    let (mut python_files, mut failed) = (0, None);
    files_below(&whole, &mut |path| {
        if path.extension().is_some_and(|end| end == "py") && failed.is_none() {
            let inside = path.strip_prefix(&whole).unwrap_or(&path);
            let to = python.join(inside);
            let parent = to.parent().unwrap_or(&python);
            let copied =
                std::fs::create_dir_all(parent).and_then(|()| std::fs::copy(&path, &to).map(drop));
            match copied {
                Ok(()) => python_files += 1,
                Err(error) => failed = Some(format!("{}: {error}", path.display())),
            }
        }
    });
    if let Some(message) = failed {
        return Err(message);
    }
    if python_files == 0 {
        return Err(format!("{} holds no Python files", whole.display()));
    }
    // Without a file of its own semgrep leaves out folders that are called tests, here two files of five.
    std::fs::write(python.join(".semgrepignore"), "").map_err(|error| error.to_string())?;
    let name = whole
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Repository {
        name,
        whole,
        python,
        python_files,
        _copy: copy,
    })
}

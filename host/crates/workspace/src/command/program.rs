//! Finding the file of a program, and the directories that it needs beside the system's own. It must not run anything.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::regular;
use crate::sandbox::is_system;

/// The file that `program` names: on `path` when it has no slash, otherwise from `directory`.
pub(crate) fn locate(program: &str, path: &OsStr, directory: &Path) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(directory.join(program)).filter(|file| is_executable(file));
    }
    if program.is_empty() {
        return None;
    }
    env::split_paths(path)
        .filter(|directory| directory.is_absolute())
        .map(|directory| directory.join(program))
        .find(|file| is_executable(file))
}

fn is_executable(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

/// A link of the audited repository that leads to where only the user may let a program look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Astray {
    /// The link, or the settings of an environment that name a directory.
    pub(super) link: PathBuf,
    /// Where it leads.
    pub(super) target: PathBuf,
}

/// Directories outside the system's own without which `program` cannot run: where it and the files that its symbolic links
/// lead to lie, and for an interpreter its whole installation (a virtual environment with the Python behind it, a Node
/// version, pyenv's root). Never a home directory itself.
///
/// What lies in `audited`, the checkout and where its code has written, is the audited repository's, and so is where it
/// leads: from there on only installations of interpreters are shown, where version managers keep them or the user's `PATH`
/// finds them.
///
/// # Errors
/// [`Astray`] when it leads elsewhere.
pub(super) fn program_roots(program: &Path, audited: &[PathBuf]) -> Result<Vec<PathBuf>, Astray> {
    let home = env::var_os("HOME").map(PathBuf::from);
    let mut roots = BTreeSet::new();
    let mut pending = vec![Hop {
        file: program.to_path_buf(),
        named_by: is_in(program, audited).then(|| program.to_path_buf()),
    }];
    let mut seen = BTreeSet::new();
    while let Some(hop) = pending.pop() {
        // A chain of links is short; a loop of them ends here.
        if !seen.insert(hop.file.clone()) || seen.len() > 40 {
            continue;
        }
        let is_audited = || lies_in(&hop.file, audited).then(|| hop.file.clone());
        match hop.named_by.or_else(is_audited) {
            None => pending.extend(follow_users(&hop.file, home.as_deref(), &mut roots)),
            Some(link) => pending.extend(follow_repositorys(&hop.file, link, audited, &mut roots)?),
        }
    }
    Ok(roots.into_iter().collect())
}

/// Whether `file` itself, and not only what it leads to, lies in one of `directories`.
fn lies_in(file: &Path, directories: &[PathBuf]) -> bool {
    let directory = file
        .parent()
        .and_then(|directory| fs::canonicalize(directory).ok());
    directory.is_some_and(|directory| is_in(&directory, directories))
}

fn is_in(path: &Path, directories: &[PathBuf]) -> bool {
    directories
        .iter()
        .any(|directory| path.starts_with(directory))
}

/// A file on the way from a program to what it needs.
struct Hop {
    file: PathBuf,
    /// What of the audited repository leads here; `None` when the user does.
    named_by: Option<PathBuf>,
}

/// Adds what shows a file that the user leads to, and answers where that leads.
fn follow_users(file: &Path, home: Option<&Path>, roots: &mut BTreeSet<PathBuf>) -> Vec<Hop> {
    let mut further = Vec::new();
    let Some(directory) = file.parent() else {
        return further;
    };
    let mut go = |file| {
        further.push(Hop {
            file,
            named_by: None,
        })
    };
    if let Ok(target) = fs::read_link(file) {
        go(directory.join(target));
    } else if let Ok(real) = fs::canonicalize(file) {
        // A link in a directory on the way (`current -> v1.2`) hides the true place.
        go(real);
    }
    if is_system(file) {
        return further;
    }
    let prefix = directory.parent().filter(|prefix| is_installation(prefix));
    if let Some(behind) = prefix.and_then(behind_environment) {
        go(behind.join("python3"));
    }
    let root = prefix.unwrap_or(directory);
    roots.insert(if is_too_wide(root, home) {
        file.to_path_buf()
    } else {
        root.to_path_buf()
    });
    further
}

/// The same for a file to which `link` of the audited repository leads.
fn follow_repositorys(
    file: &Path,
    link: PathBuf,
    audited: &[PathBuf],
    roots: &mut BTreeSet<PathBuf>,
) -> Result<Vec<Hop>, Astray> {
    let mut further = Vec::new();
    let (Some(directory), Some(name)) = (file.parent(), file.file_name()) else {
        return Err(Astray {
            link,
            target: file.to_path_buf(),
        });
    };
    // What is not there cannot be shown, and the program says itself that it lacks it.
    let Ok(directory) = fs::canonicalize(directory) else {
        return Ok(further);
    };
    let place = directory.join(name);
    if is_in(&place, audited) {
        if let Ok(target) = fs::read_link(&place) {
            further.push(Hop {
                file: directory.join(target),
                named_by: Some(file.to_path_buf()),
            });
        }
        if let Some(prefix) = directory.parent().filter(|prefix| is_in(prefix, audited))
            && let Some(behind) = behind_environment(prefix)
            && behind.is_dir()
        {
            let names = ["python3", "python"].map(|name| behind.join(name));
            let python = names
                .into_iter()
                .find(|file| file.is_file())
                .unwrap_or(behind);
            further.push(Hop {
                file: python,
                named_by: Some(prefix.join(SETTINGS)),
            });
        }
        return Ok(further);
    }
    let real = fs::canonicalize(&place);
    match real
        .as_ref()
        .ok()
        .and_then(|real| installation_of(real, audited))
    {
        Some(Installation::OfTheSystem) => {}
        Some(Installation::Managed(prefix)) => drop(roots.insert(prefix)),
        None if real.is_err() && !place.is_symlink() => return Ok(further),
        None => {
            return Err(Astray {
                link,
                target: file.to_path_buf(),
            });
        }
    }
    // By this name, too: without the links on the way the installation would be there and not be found.
    if !is_system(file) {
        roots.insert(file.to_path_buf());
    }
    if let Ok(target) = fs::read_link(&place) {
        further.push(Hop {
            file: directory.join(target),
            named_by: Some(link),
        });
    }
    Ok(further)
}

/// Where a file is installed to which the audited repository may lead.
enum Installation {
    /// In directories that every sandbox shows.
    OfTheSystem,
    /// In this directory, which is an interpreter's own.
    Managed(PathBuf),
}

/// Directories in which version managers keep one Python beside the other.
const MANAGED: [&str; 5] = [
    ".asdf/installs/python",
    ".pyenv/versions",
    ".rye/py",
    "mise/installs/python",
    "uv/python",
];

/// Variables with which the user moves such a directory, and where it then is.
const MOVED: [(&str, &str); 4] = [
    ("ASDF_DATA_DIR", "installs/python"),
    ("MISE_DATA_DIR", "installs/python"),
    ("PYENV_ROOT", "versions"),
    ("UV_PYTHON_INSTALL_DIR", ""),
];

/// Names of conda's own directory.
const CONDA: [&str; 5] = [
    "anaconda3",
    "mambaforge",
    "micromamba",
    "miniconda3",
    "miniforge3",
];

/// The installation that `real`, a canonical path, is the interpreter of.
fn installation_of(real: &Path, audited: &[PathBuf]) -> Option<Installation> {
    if is_system(real) {
        return Some(Installation::OfTheSystem);
    }
    let named = real.file_name()?.as_encoded_bytes().starts_with(b"python");
    let bin = real.parent().filter(|bin| named && bin.ends_with("bin"))?;
    let prefix = bin.parent()?;
    let kept_in = prefix.parent()?;
    let moved = || {
        MOVED.iter().any(|(variable, below)| {
            env::var_os(variable)
                .filter(|value| !value.is_empty())
                .and_then(|value| fs::canonicalize(Path::new(&value).join(below)).ok())
                .is_some_and(|managed| managed == kept_in)
        })
    };
    let is_conda = |path: &Path| CONDA.iter().any(|name| path.ends_with(name));
    let is_managed = MANAGED.iter().any(|managed| kept_in.ends_with(managed))
        || is_conda(prefix)
        || (kept_in.ends_with("envs") && kept_in.parent().is_some_and(is_conda))
        || moved()
        || (!prefix.ends_with(".local")
            && is_found_on(&env::var_os("PATH").unwrap_or_default(), real, audited));
    (is_managed && is_executable(real) && has_library(prefix))
        .then(|| Installation::Managed(prefix.to_path_buf()))
}

/// Whether the user's search path has the interpreter `real`, but for directories that lie in `audited`.
fn is_found_on(path: &OsStr, real: &Path, audited: &[PathBuf]) -> bool {
    let Some(name) = real.file_name() else {
        return false;
    };
    env::split_paths(path)
        .filter(|directory| directory.is_absolute())
        .map(|directory| directory.join(name))
        .any(|file| !lies_in(&file, audited) && fs::canonicalize(file).is_ok_and(|it| it == real))
}

/// Whether `prefix` is the root of an interpreter's installation, as opposed to a directory that merely has a `bin`.
fn is_installation(prefix: &Path) -> bool {
    if prefix.ends_with(".local") {
        return false;
    }
    if prefix.join(SETTINGS).is_file()
        || prefix.join("lib/node_modules").is_dir()
        || prefix.join("shims").is_dir()
    {
        return true;
    }
    has_library(prefix)
}

/// Whether `prefix` holds Python's library.
fn has_library(prefix: &Path) -> bool {
    let Ok(entries) = fs::read_dir(prefix.join("lib")) else {
        return false;
    };
    entries.flatten().any(|entry| {
        entry.file_name().as_encoded_bytes().starts_with(b"python") && entry.path().is_dir()
    })
}

/// The settings of a virtual environment.
const SETTINGS: &str = "pyvenv.cfg";

/// Bytes of the longest settings that are read; real ones have a few hundred.
const LONGEST_SETTINGS: u64 = 64 << 10;

/// The directory of the interpreter that a virtual environment was made from, which a copied (not linked) one names only in
/// its settings.
fn behind_environment(prefix: &Path) -> Option<PathBuf> {
    let settings = regular::read(&prefix.join(SETTINGS), LONGEST_SETTINGS).ok()?;
    let settings = String::from_utf8(settings).ok()?;
    let home = settings
        .lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("home"))
        .map(|(_, home)| PathBuf::from(home.trim()))?;
    home.is_absolute().then_some(home)
}

/// Whether showing `root` would show a home directory or more.
fn is_too_wide(root: &Path, home: Option<&Path>) -> bool {
    root.parent().is_none() || home.is_some_and(|home| home.starts_with(root))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn write_program(file: &Path) {
        fs::create_dir_all(file.parent().expect("a parent")).expect("directories");
        fs::write(file, "#!/bin/sh\n").expect("a file");
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("permissions");
    }

    /// The roots of a program that the audited repository has nothing to do with.
    fn users(program: &Path) -> Vec<PathBuf> {
        program_roots(program, &["/no/checkout".into()]).expect("the user may")
    }

    /// A temporary place with a checkout `repo` that has an environment, whose settings say `settings` and whose
    /// `bin/python` leads to `target`.
    fn checkout(settings: &str, target: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let guard = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(guard.path()).expect("canonical");
        let bin = place.join("repo/.venv/bin");
        fs::create_dir_all(&bin).expect("directories");
        let settings = settings.replace("PLACE", place.to_str().expect("UTF-8"));
        fs::write(place.join("repo/.venv/pyvenv.cfg"), settings).expect("settings");
        symlink(place.join(target), bin.join("python")).expect("a link");
        (guard, place, bin.join("python"))
    }

    #[test]
    fn an_environment_of_the_checkout_shows_the_managed_python_behind_it_and_its_links() {
        let home = "home = PLACE/home/.local/share/uv/python/cpython-3.12/bin\n";
        let target = "home/.local/share/uv/python/cpython-3.12/bin/python3.12";
        let (_guard, place, python) = checkout(home, target);
        let managed = place.join("home/.local/share/uv/python");
        write_program(&managed.join("cpython-3.12.1/bin/python3.12"));
        fs::create_dir_all(managed.join("cpython-3.12.1/lib/python3.12")).expect("directories");
        symlink("cpython-3.12.1", managed.join("cpython-3.12")).expect("a link");
        symlink("python3.12", managed.join("cpython-3.12/bin/python3")).expect("a link");
        assert_eq!(
            program_roots(&python, &[place.join("repo")]),
            Ok(vec![
                managed.join("cpython-3.12/bin/python3"),
                managed.join("cpython-3.12/bin/python3.12"),
                managed.join("cpython-3.12.1"),
                managed.join("cpython-3.12.1/bin/python3.12"),
            ])
        );
        // The same installation where no version manager keeps one may be anything.
        fs::rename(managed, place.join("home/user")).expect("moved");
        fs::remove_file(&python).expect("removed");
        symlink(
            place.join("home/user/cpython-3.12.1/bin/python3.12"),
            &python,
        )
        .expect("a link");
        assert!(program_roots(&python, &[place.join("repo")]).is_err());
    }

    #[test]
    fn an_interpreter_of_the_users_path_is_one_unless_the_checkout_put_it_there() {
        let (_guard, place, python) = checkout("", "home/python/bin/python3.12");
        let real = place.join("home/python/bin/python3.12");
        write_program(&real);
        let audited = [place.join("repo")];
        let on = |directory: PathBuf| is_found_on(directory.as_os_str(), &real, &audited);
        assert!(on(place.join("home/python/bin")));
        symlink(place.join("home/python/bin"), place.join("home/bin")).expect("a link");
        assert!(on(place.join("home/bin")));
        fs::rename(&python, python.with_file_name("python3.12")).expect("renamed");
        assert!(!on(place.join("repo/.venv/bin")));
        assert!(!on(place.join("home")));
    }

    #[test]
    fn settings_of_the_checkout_open_no_directory_of_the_user() {
        let (_guard, place, python) = checkout("home = PLACE/home/.secret\n", "../usr/bin/env");
        fs::remove_file(&python).expect("removed");
        symlink("/usr/bin/env", &python).expect("a link");
        let secret = place.join("home/.secret");
        fs::create_dir_all(&secret).expect("directories");
        let astray = |target: PathBuf| {
            let link = place.join("repo/.venv/pyvenv.cfg");
            Err(Astray { link, target })
        };
        let roots = || program_roots(&python, &[place.join("repo")]);
        assert_eq!(roots(), astray(secret.clone()));
        write_program(&secret.join("python3"));
        assert_eq!(roots(), astray(secret.join("python3")));
        fs::remove_dir_all(&secret).expect("removed");
        assert_eq!(roots(), Ok(Vec::new()), "nothing is there to be shown");
    }

    #[test]
    fn links_of_the_checkout_open_no_directory_of_the_user() {
        let (_guard, place, python) = checkout("", "home/user/proj/run.sh");
        let tool = place.join("home/user/proj/run.sh");
        write_program(&tool);
        fs::create_dir_all(place.join("home/user/lib/python3.12")).expect("directories");
        let repo = place.join("repo");
        let audited = [repo.clone()];
        let astray = Err(Astray {
            link: python.clone(),
            target: tool.clone(),
        });
        assert_eq!(program_roots(&python, &audited), astray);
        // Nor when the way begins at a program of the user's.
        let users = place.join("home/bin/tool");
        fs::create_dir_all(place.join("home/bin")).expect("directories");
        symlink(&python, &users).expect("a link");
        assert_eq!(program_roots(&users, &audited), astray);
        // Nor by a directory that is a link.
        fs::remove_dir_all(repo.join(".venv")).expect("removed");
        write_program(&place.join("home/user/bin/python"));
        symlink(place.join("home/user"), repo.join(".venv")).expect("a link");
        assert_eq!(
            program_roots(&python, &audited),
            Err(Astray {
                link: python.clone(),
                target: python.clone()
            })
        );
    }

    #[test]
    fn a_program_is_found_on_the_path_and_a_relative_directory_is_passed_over() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let tool = place.path().join("bin/tool");
        write_program(&tool);
        let path = env::join_paths([Path::new("relative"), tool.parent().expect("a parent")])
            .expect("a path");
        assert_eq!(locate("tool", &path, Path::new("/")), Some(tool));
        assert_eq!(locate("toolless", &path, Path::new("/")), None);
        assert_eq!(
            locate("bin/tool", &path, place.path()),
            Some(place.path().join("bin/tool"))
        );
        assert_eq!(locate("", &path, place.path()), None);
    }

    #[test]
    fn a_file_without_the_executable_bit_and_a_directory_are_no_programs() {
        let place = tempfile::tempdir().expect("a temporary directory");
        fs::write(place.path().join("tool"), "").expect("a file");
        fs::create_dir(place.path().join("other")).expect("a directory");
        assert_eq!(
            locate("tool", place.path().as_os_str(), Path::new("/")),
            None
        );
        assert_eq!(
            locate("other", place.path().as_os_str(), Path::new("/")),
            None
        );
    }

    #[test]
    fn a_virtual_environment_brings_the_installation_behind_it() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(place.path()).expect("canonical");
        let real = place.join("versions/3.12/bin/python3.12");
        write_program(&real);
        fs::create_dir_all(place.join("versions/3.12/lib/python3.12")).expect("directories");
        fs::create_dir_all(place.join("app/.venv/bin")).expect("directories");
        fs::write(place.join("app/.venv/pyvenv.cfg"), "version = 3.12\n").expect("settings");
        symlink(&real, place.join("app/.venv/bin/python")).expect("link");
        assert_eq!(
            users(&place.join("app/.venv/bin/python")),
            [place.join("app/.venv"), place.join("versions/3.12")]
        );
    }

    #[test]
    fn a_copied_environment_names_its_installation_in_its_settings() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(place.path()).expect("canonical");
        write_program(&place.join("base/bin/python3"));
        fs::create_dir_all(place.join("base/lib/python3.12")).expect("directories");
        write_program(&place.join("venv/bin/python"));
        let home = format!("home = {}\n", place.join("base/bin").display());
        fs::write(place.join("venv/pyvenv.cfg"), home).expect("settings");
        assert_eq!(
            users(&place.join("venv/bin/python")),
            [place.join("base"), place.join("venv")]
        );
    }

    #[test]
    fn a_tool_in_a_users_bin_shows_that_directory_and_not_its_neighbours() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(place.path()).expect("canonical");
        let tool = place.join(".local/bin/tool");
        write_program(&tool);
        fs::create_dir_all(place.join(".local/lib/python3.12")).expect("directories");
        assert_eq!(users(&tool), [place.join(".local/bin")]);
        assert_eq!(users(Path::new("/usr/bin/env")), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_loop_of_links_ends() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let (one, two) = (place.path().join("one"), place.path().join("two"));
        symlink(&two, &one).expect("link");
        symlink(&one, &two).expect("link");
        assert_eq!(users(&one), [place.path().to_path_buf()]);
        assert_eq!(
            program_roots(&one, &[place.path().to_path_buf()]),
            Ok(Vec::new())
        );
    }
}

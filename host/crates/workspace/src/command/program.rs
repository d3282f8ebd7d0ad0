//! Finding the file of a program, and the directories that it needs beside the system's own. It must not run anything.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

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

/// Directories outside the system's own without which `program` cannot run: where it and the files that its symbolic links
/// lead to lie, and for an interpreter its whole installation (a virtual environment with the Python behind it, a Node
/// version, pyenv's root). Never a home directory itself.
pub fn program_roots(program: &Path) -> Vec<PathBuf> {
    let home = env::var_os("HOME").map(PathBuf::from);
    let mut roots = BTreeSet::new();
    let mut pending = vec![program.to_path_buf()];
    let mut seen = BTreeSet::new();
    while let Some(file) = pending.pop() {
        // A chain of links is short; a loop of them ends here.
        if !seen.insert(file.clone()) || seen.len() > 40 {
            continue;
        }
        let Some(directory) = file.parent() else {
            continue;
        };
        if let Ok(target) = fs::read_link(&file) {
            pending.push(directory.join(target));
        }
        // A link in a directory on the way (`current -> v1.2`) hides the true place.
        if let Ok(real) = fs::canonicalize(&file) {
            pending.push(real);
        }
        if is_system(&file) {
            continue;
        }
        let prefix = directory.parent().filter(|prefix| is_installation(prefix));
        if let Some(behind) = prefix.and_then(behind_environment) {
            pending.push(behind);
        }
        let root = prefix.unwrap_or(directory);
        roots.insert(if is_too_wide(root, home.as_deref()) {
            file
        } else {
            root.to_path_buf()
        });
    }
    roots.into_iter().collect()
}

/// Whether `prefix` is the root of an interpreter's installation, as opposed to a directory that merely has a `bin`.
fn is_installation(prefix: &Path) -> bool {
    if prefix.ends_with(".local") {
        return false;
    }
    if prefix.join("pyvenv.cfg").is_file()
        || prefix.join("lib/node_modules").is_dir()
        || prefix.join("shims").is_dir()
    {
        return true;
    }
    let Ok(entries) = fs::read_dir(prefix.join("lib")) else {
        return false;
    };
    entries.flatten().any(|entry| {
        entry.file_name().as_encoded_bytes().starts_with(b"python") && entry.path().is_dir()
    })
}

/// The interpreter that a virtual environment was made from, which a copied (not linked) one names only in its settings.
fn behind_environment(prefix: &Path) -> Option<PathBuf> {
    let settings = fs::read_to_string(prefix.join("pyvenv.cfg")).ok()?;
    let line = settings
        .lines()
        .find_map(|line| line.strip_prefix("home"))?;
    let home = Path::new(line.trim_start().strip_prefix('=')?.trim());
    home.is_absolute().then(|| home.join("python3"))
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
        let roots = program_roots(&place.join("app/.venv/bin/python"));
        assert_eq!(
            roots,
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
            program_roots(&place.join("venv/bin/python")),
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
        assert_eq!(program_roots(&tool), [place.join(".local/bin")]);
        assert_eq!(program_roots(Path::new("/usr/bin/env")), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_loop_of_links_ends() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let (one, two) = (place.path().join("one"), place.path().join("two"));
        symlink(&two, &one).expect("link");
        symlink(&one, &two).expect("link");
        assert_eq!(program_roots(&one), [place.path().to_path_buf()]);
    }
}

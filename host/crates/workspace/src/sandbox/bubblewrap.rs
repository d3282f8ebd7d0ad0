//! The arguments with which `bwrap` builds a small world for one command. Pure but for looking at symbolic links; it must
//! not start anything.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::view::{View, system_paths};

/// How a path comes into the world. Of two for one path the later variant wins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mount {
    /// A symbolic link to the path it carries.
    Link(PathBuf),
    /// An empty directory in memory.
    Memory,
    /// The processes of this world.
    Processes,
    /// `null`, `urandom` and the like.
    Devices,
    /// The real path, read only.
    ReadOnly,
    /// The real path.
    Writable,
}

/// Arguments up to and with the `--` before the program.
pub(crate) fn arguments(view: &View) -> Vec<OsString> {
    let mut args: Vec<OsString> = Vec::new();
    let mut push = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    push(&[
        "--unshare-user-try",
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]);
    if !view.network {
        push(&["--unshare-net"]);
    }
    // The launcher becomes process 1 of its namespace: it inherits every orphan, and when it ends the kernel ends all.
    push(&["--die-with-parent", "--as-pid-1", "--cap-drop", "ALL"]);
    for (path, mount) in mounts(view) {
        let path = path.into_os_string();
        match mount {
            Mount::Link(target) => args.extend(["--symlink".into(), target.into_os_string(), path]),
            Mount::Memory => args.extend(["--tmpfs".into(), path]),
            Mount::Processes => args.extend(["--proc".into(), path]),
            Mount::Devices => args.extend(["--dev".into(), path]),
            Mount::ReadOnly => args.extend(["--ro-bind".into(), path.clone(), path]),
            Mount::Writable => args.extend(["--bind".into(), path.clone(), path]),
        }
    }
    // What is left of the root is a tmpfs of bwrap's own; read only, a stray write fails instead of vanishing.
    args.extend(["--remount-ro", "/", "--chdir", "/", "--"].map(OsString::from));
    args
}

/// Every mount, parents before what lies beneath them.
fn mounts(view: &View) -> Vec<(PathBuf, Mount)> {
    let mut found: BTreeMap<PathBuf, Mount> = BTreeMap::new();
    let mut add = |path: PathBuf, mount: Mount| {
        let entry = found.entry(path).or_insert_with(|| mount.clone());
        *entry = mount.max(entry.clone());
    };
    for path in system_paths() {
        match fs::read_link(&path) {
            // `/bin` is `usr/bin` on merged systems. A link elsewhere (`/etc/resolv.conf`) is shown as what it points to.
            Ok(target) if path.components().count() == 2 => add(path, Mount::Link(target)),
            _ => add(path, Mount::ReadOnly),
        }
    }
    add("/tmp".into(), Mount::Memory);
    add("/proc".into(), Mount::Processes);
    add("/dev".into(), Mount::Devices);
    let given = [
        (&view.readable, Mount::ReadOnly),
        (&view.writable, Mount::Writable),
        (&view.sockets, Mount::Writable),
    ];
    let mut links = Vec::new();
    for (paths, mount) in given {
        for path in paths {
            let (found, real) = follow(path);
            links.extend(found);
            add(real, mount.clone());
        }
    }
    for (path, target) in links {
        // A link inside a directory that is shown is there already.
        if !found
            .iter()
            .any(|(shown, mount)| path.starts_with(shown) && *mount >= Mount::ReadOnly)
        {
            found.entry(path).or_insert(Mount::Link(target));
        }
    }
    let mut list: Vec<_> = found.into_iter().collect();
    list.sort_by_key(|(path, _)| path.components().count());
    list
}

/// The symbolic links met on the way along `path`, each with its real target, and where the way ends.
fn follow(path: &Path) -> (Vec<(PathBuf, PathBuf)>, PathBuf) {
    let mut links = Vec::new();
    let mut walked = PathBuf::new();
    for component in path.components() {
        if component == Component::ParentDir {
            walked.pop();
            continue;
        }
        walked.push(component);
        if walked.is_symlink()
            && let Ok(real) = fs::canonicalize(&walked)
        {
            links.push((walked, real.clone()));
            walked = real;
        }
    }
    (links, walked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(list: &[(PathBuf, Mount)], path: &Path) -> usize {
        list.iter()
            .position(|(found, _)| found == path)
            .expect("the path is mounted")
    }

    #[test]
    fn the_repository_below_tmp_is_mounted_after_tmp_and_scratch_stays_writable() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(place.path()).expect("canonical");
        let scratch = place.join("scratch");
        fs::create_dir(&scratch).expect("scratch");
        let view = View {
            readable: vec![place.clone(), scratch.clone()],
            writable: vec![scratch.clone()],
            ..View::default()
        };
        let list = mounts(&view);
        let (root, inner) = (position(&list, &place), position(&list, &scratch));
        assert!(position(&list, Path::new("/tmp")) < root || !place.starts_with("/tmp"));
        assert!(root < inner);
        assert_eq!(list[root].1, Mount::ReadOnly);
        assert_eq!(
            list[inner].1,
            Mount::Writable,
            "writable wins over readable for one path"
        );
    }

    #[test]
    fn a_path_through_a_link_shows_the_link_and_its_target() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let place = fs::canonicalize(place.path()).expect("canonical");
        let (real, link) = (place.join("real"), place.join("link"));
        fs::create_dir_all(real.join("bin")).expect("directories");
        std::os::unix::fs::symlink(&real, &link).expect("link");
        let view = View {
            readable: vec![link.join("bin")],
            ..View::default()
        };
        let list = mounts(&view);
        assert!(list.contains(&(link, Mount::Link(real.clone()))));
        assert!(list.contains(&(real.join("bin"), Mount::ReadOnly)));
    }

    #[test]
    fn the_network_is_unshared_unless_granted() {
        let has = |network| {
            arguments(&View {
                network,
                ..View::default()
            })
            .contains(&OsString::from("--unshare-net"))
        };
        assert!(has(false));
        assert!(!has(true));
    }
}

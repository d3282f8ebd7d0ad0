//! Container engines of this machine: where a client finds its engine, and which clients are engines themselves. It must
//! not know what is done with an image.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// Clients that work on the user's own image storage, which lies all over the machine and needs rights that a sandbox takes
/// away: user namespaces, mounts, a lock beside the storage.
const DAEMONLESS: [&str; 3] = ["buildah", "podman", "skopeo"];

/// Variables by which such a client finds its storage.
const STORAGE: [&str; 9] = [
    "CONTAINERS_CONF",
    "CONTAINERS_REGISTRIES_CONF",
    "CONTAINERS_STORAGE_CONF",
    "DBUS_SESSION_BUS_ADDRESS",
    "HOME",
    "REGISTRY_AUTH_FILE",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
];

/// Why `program` cannot do its work in a sandbox; `None` when it can.
pub fn needs_the_open(program: &str) -> Option<String> {
    DAEMONLESS.contains(&program).then(|| {
        format!(
            "{program} keeps images in the user's own storage, which it cannot use from within one"
        )
    })
}

/// The environment that a client of the user's own storage needs beside the usual one, as the user has it.
pub fn storage_environment() -> BTreeMap<String, String> {
    STORAGE
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), env::var(name).ok()?)))
        .collect()
}

/// Sockets at which the engine of `program` may listen here; those that exist.
pub fn sockets(program: &str) -> Vec<PathBuf> {
    if program != "docker" {
        return Vec::new();
    }
    sockets_of_docker(&|name| env::var_os(name))
        .into_iter()
        .filter(|path| path.exists())
        .collect()
}

/// Of the places of docker's socket the one that the user names comes first: rootless and desktop installations have their
/// own.
fn sockets_of_docker(variable: &dyn Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    if let Some(named) = variable("DOCKER_HOST").and_then(|host| host.into_string().ok())
        && let Some(path) = named.strip_prefix("unix://")
    {
        return vec![PathBuf::from(path)];
    }
    let mut found = vec![
        PathBuf::from("/var/run/docker.sock"),
        PathBuf::from("/run/docker.sock"),
    ];
    let below = |name: &str, rest: &str| variable(name).map(|base| PathBuf::from(base).join(rest));
    found.extend(below("XDG_RUNTIME_DIR", "docker.sock"));
    found.extend(below("HOME", ".docker/run/docker.sock"));
    found.extend(below("HOME", ".docker/desktop/docker.sock"));
    found
}

/// The variable that leads the client to its engine, where that is not the usual place.
pub fn client_environment(program: &str) -> BTreeMap<String, String> {
    let usual = ["/var/run/docker.sock", "/run/docker.sock"].map(PathBuf::from);
    sockets(program)
        .into_iter()
        .next()
        .filter(|socket| !usual.contains(socket))
        .map(|socket| {
            (
                "DOCKER_HOST".to_owned(),
                format!("unix://{}", socket.display()),
            )
        })
        .into_iter()
        .collect()
}

/// Why `program`, which is installed, has no engine to work with, and what to do. Nothing is asked of the engine itself.
pub fn hindrance(program: &str) -> Option<String> {
    (program == "docker" && sockets(program).is_empty()).then(|| {
        match env::var("DOCKER_HOST") {
            Ok(host) if !host.is_empty() => format!(
                "docker's engine is at DOCKER_HOST={host}, and only local ones (unix://) are used: measure an archive \
                 (`docker save`) or a registry instead"
            ),
            _ => "docker is installed, but no engine listens on its socket: start it, install podman, or measure an \
                  archive (`docker save`) or a registry instead"
                .to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_that_the_user_names_is_the_only_one() {
        let named = |name: &str| {
            (name == "DOCKER_HOST").then(|| OsString::from("unix:///run/user/1/docker.sock"))
        };
        assert_eq!(
            sockets_of_docker(&named),
            [PathBuf::from("/run/user/1/docker.sock")]
        );
        let home = |name: &str| (name == "HOME").then(|| OsString::from("/home/u"));
        let found = sockets_of_docker(&home);
        assert_eq!(found[0], PathBuf::from("/var/run/docker.sock"));
        assert!(found.contains(&PathBuf::from("/home/u/.docker/desktop/docker.sock")));
    }

    #[test]
    fn engines_without_a_daemon_need_the_open_and_others_do_not() {
        assert!(needs_the_open("podman").is_some_and(|why| why.contains("podman")));
        assert_eq!(needs_the_open("docker"), None);
        assert!(sockets("podman").is_empty() && hindrance("podman").is_none());
    }
}

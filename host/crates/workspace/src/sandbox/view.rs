//! What a confined program sees of the file system and the network, as a plain value. Both mechanisms read it.

use std::path::{Path, PathBuf};

/// The paths and permissions of one command. All paths exist, are absolute and canonical where that matters to the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// Files and directories to read and execute, beside the system's own.
    pub(crate) readable: Vec<PathBuf>,
    /// Directories to write to.
    pub(crate) writable: Vec<PathBuf>,
    /// Unix sockets to connect to.
    pub(crate) sockets: Vec<PathBuf>,
    /// Whether the network may be used.
    pub(crate) network: bool,
}

/// Directories that hold programs, libraries and their data, never a user's.
const SYSTEM: [&str; 10] = [
    "/bin",
    "/gnu/store",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/nix/store",
    "/opt",
    "/sbin",
    "/usr",
];

/// What interpreters and libraries read of `/etc`; the rest of it may hold secrets.
const SETTINGS: [&str; 35] = [
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/ca-certificates.conf",
    "/etc/crypto-policies",
    "/etc/debian_version",
    "/etc/fonts",
    "/etc/gai.conf",
    "/etc/group",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/inputrc",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/locale.alias",
    "/etc/machine-info",
    "/etc/magic",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/openssl.cnf",
    "/etc/protocols",
    "/etc/python3",
    "/etc/resolv.conf",
    "/etc/services",
    "/etc/shells",
    // Not what lies beside them: private keys.
    "/etc/ssl/cert.pem",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/timezone",
];

/// What runtimes read to learn how many processors and how much memory they have.
const MACHINE: [&str; 3] = [
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/sys/fs/cgroup",
];

/// The system's own readable paths that exist here.
pub(crate) fn system_paths() -> Vec<PathBuf> {
    [SYSTEM.as_slice(), &SETTINGS, &MACHINE]
        .concat()
        .into_iter()
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .collect()
}

/// Whether `path` lies in a directory that every sandbox shows anyway.
pub(crate) fn is_system(path: &Path) -> bool {
    SYSTEM.iter().any(|root| path.starts_with(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_the_system_and_of_users_are_not_among_the_system_paths() {
        let shown = system_paths();
        for hidden in [
            "/etc/shadow",
            "/etc/ssl/private",
            "/etc/pki/tls/private",
            "/root",
            "/home",
            "/var/lib",
            "/etc/ssh/ssh_host_rsa_key",
            "/run",
            "/tmp",
        ] {
            assert!(
                !shown.iter().any(|path| Path::new(hidden).starts_with(path)),
                "{hidden} is shown"
            );
        }
        assert!(shown.contains(&PathBuf::from("/usr")));
    }

    #[test]
    fn a_program_of_the_distribution_is_the_systems_and_one_of_a_home_is_not() {
        assert!(is_system(Path::new("/usr/bin/python3")));
        assert!(!is_system(Path::new("/home/someone/.pyenv/shims/python3")));
        assert!(!is_system(Path::new("/usrlocal/bin/x")));
    }
}

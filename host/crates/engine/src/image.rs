//! What `--set image=` names: an image of the local engine, an archive on disk, or an image in a registry. Decided by the
//! form of the name alone: what lies in the audited repository must not decide what is measured. No engine and no registry
//! is asked.
//!
//! | written | read as |
//! |---|---|
//! | `docker-daemon:NAME`, `containers-storage:NAME` | engine |
//! | `docker://NAME` | registry |
//! | `docker-archive:PATH`, `oci-archive:PATH`, `oci:PATH` | archive |
//! | a path (`/...`, `./...`, `../...`, `.../`, `*.tar`, `*.tar.gz`, `*.tgz`, `*.oci`) | archive |
//! | a name with a host (`ghcr.io/org/app:1`, `localhost:5000/app`) or a digest (`python@sha256:...`) | registry |
//! | any other name (`shop:1`, `org/shop:1`, `localhost/shop:1`) | engine |
//!
//! The prefixes are those of skopeo and podman, so that what works there works here.

use std::path::{Path, PathBuf};

/// Where an image is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageSource {
    /// The local container engine.
    Engine,
    /// A file or folder.
    Archive,
    /// A registry.
    Registry,
}

impl ImageSource {
    /// All of them.
    pub const ALL: [ImageSource; 3] = [
        ImageSource::Archive,
        ImageSource::Engine,
        ImageSource::Registry,
    ];

    /// The word in the fact `image:*`.
    pub fn word(self) -> &'static str {
        match self {
            ImageSource::Engine => "engine",
            ImageSource::Archive => "archive",
            ImageSource::Registry => "registry",
        }
    }

    /// What is said of a step that is for another source.
    pub(crate) fn what(self) -> &'static str {
        match self {
            ImageSource::Engine => "an image of the local engine",
            ImageSource::Archive => "an image archive",
            ImageSource::Registry => "an image in a registry",
        }
    }
}

/// An image as the user named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageName {
    /// Where it is read from.
    pub source: ImageSource,
    /// Its name there, without a prefix; an archive's path is absolute.
    pub text: String,
    /// How that was decided, where the name alone does not say it; a sentence.
    pub note: Option<String>,
    /// Why it cannot be an image, and what would be; a sentence without its end.
    pub fault: Option<String>,
}

/// Prefixes that decide.
const PREFIXES: [(&str, ImageSource); 6] = [
    ("containers-storage:", ImageSource::Engine),
    ("docker-archive:", ImageSource::Archive),
    ("docker-daemon:", ImageSource::Engine),
    ("docker://", ImageSource::Registry),
    ("oci-archive:", ImageSource::Archive),
    ("oci:", ImageSource::Archive),
];

/// Endings of archives.
const ENDINGS: [&str; 4] = [".tar", ".tar.gz", ".tgz", ".oci"];

/// The file that makes a folder an image. Others of a layout, such as `manifest.json`, are in folders of any kind.
const MARK: &str = "oci-layout";

/// Reads a name. Relative paths start at `root`, and where nothing lies there, at the working directory.
pub fn read(given: &str, root: &Path) -> ImageName {
    let given = given.trim();
    let name = |source, text: &str| ImageName {
        source,
        text: text.to_owned(),
        note: None,
        fault: None,
    };
    for (prefix, source) in PREFIXES {
        if let Some(rest) = given.strip_prefix(prefix) {
            return match source {
                // Who says what it is need not show it.
                ImageSource::Archive => {
                    let mut named = archive(rest, root);
                    named.fault = absent(&named.text);
                    named
                }
                source => name(source, rest),
            };
        }
    }
    let is_path = given.starts_with(['/', '.'])
        || given.ends_with('/')
        || ENDINGS.iter().any(|end| given.ends_with(end));
    if is_path {
        return archive(given, root);
    }
    if has_host(given) || given.contains("@sha256:") {
        return ImageName {
            note: Some(format!(
                "`{given}` is measured in its registry, without pulling it: `image.compressed` is what a pull transfers; \
                 --set image=docker-daemon:{given} measures what the local engine has under that name"
            )),
            ..name(ImageSource::Registry, given)
        };
    }
    name(ImageSource::Engine, given)
}

fn archive(path: &str, root: &Path) -> ImageName {
    let place = place(path, root);
    let text = place.display().to_string();
    let is_layout = !place.is_dir() || place.join(MARK).is_file();
    ImageName {
        source: ImageSource::Archive,
        note: Some(format!("the image is read from {text}")),
        fault: absent(&text).or((!is_layout).then(|| {
            format!(
                "the folder {text} is no OCI layout, because no `{MARK}` is in it: name one that is, or an unpacked archive \
                 of `docker save` as docker-archive:FOLDER"
            )
        })),
        text,
    }
}

/// That nothing lies where an archive should.
fn absent(text: &str) -> Option<String> {
    (!Path::new(text).exists())
        .then(|| format!("there is no image archive {text}; `docker save -o FILE TAG` makes one"))
}

/// Where a path leads: from the repository, else from where the user stands.
fn place(path: &str, root: &Path) -> PathBuf {
    let inside = root.join(path);
    if inside.exists() {
        return inside;
    }
    match std::path::absolute(path) {
        Ok(here) if here.exists() => here,
        _ => inside,
    }
}

/// Whether a name begins with a registry's host, by docker's own rule. `localhost/` without a port is podman's for images
/// that were never in a registry.
fn has_host(name: &str) -> bool {
    name.split_once('/')
        .is_some_and(|(host, _)| host.contains(['.', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_name_says_where_the_image_is() {
        let root = tempfile::tempdir().expect("a directory");
        let digest = format!("python@sha256:{}", "ab".repeat(32));
        for (given, source) in [
            ("shop", ImageSource::Engine),
            ("shop:1", ImageSource::Engine),
            ("org/shop:1.2", ImageSource::Engine),
            ("localhost/shop:1", ImageSource::Engine),
            ("docker-daemon:ghcr.io/org/shop:1", ImageSource::Engine),
            ("containers-storage:shop", ImageSource::Engine),
            ("ghcr.io/org/shop:1", ImageSource::Registry),
            ("localhost:5000/shop", ImageSource::Registry),
            ("[::1]:5000/shop:1", ImageSource::Registry),
            ("docker://python:3.12-slim", ImageSource::Registry),
            (digest.as_str(), ImageSource::Registry),
            ("./shop", ImageSource::Archive),
            ("/tmp/shop", ImageSource::Archive),
            ("build/shop.tar.gz", ImageSource::Archive),
            ("oci:layout", ImageSource::Archive),
            ("docker-archive:shop", ImageSource::Archive),
        ] {
            assert_eq!(read(given, root.path()).source, source, "{given}");
        }
        assert_eq!(
            read("docker://python:3", root.path()).text,
            "python:3",
            "the prefix goes"
        );
        let note = read("ghcr.io/a/b:1", root.path()).note.expect("said");
        assert!(note.contains("docker-daemon:ghcr.io/a/b:1"), "{note}");
    }

    #[test]
    fn what_lies_in_the_repository_does_not_decide_what_a_name_means() {
        let root = tempfile::tempdir().expect("a directory");
        let at = |name: &str| root.path().join(name);
        for name in ["web", "layout"] {
            std::fs::create_dir_all(at(name)).expect("a directory");
            std::fs::write(at(name).join("manifest.json"), "{}").expect("a file");
        }
        std::fs::write(at("layout/oci-layout"), "{}").expect("a file");
        std::fs::write(at("shop"), "").expect("a file");
        for name in ["web", "layout", "shop"] {
            assert_eq!(read(name, root.path()).source, ImageSource::Engine);
        }
        for name in ["./layout", "layout/", "oci:layout"] {
            let layout = read(name, root.path());
            assert_eq!(layout.source, ImageSource::Archive);
            let text = at(name.trim_start_matches("oci:")).display().to_string();
            assert_eq!((&layout.text, &layout.fault), (&text, &None));
            assert!(layout.note.expect("said").contains(&text));
        }
        // A web application's manifest makes no image.
        let web = read("./web", root.path());
        assert!(web.fault.expect("none").contains("oci-layout"));
        assert_eq!(read("docker-archive:web", root.path()).fault, None);
        let gone = read("gone.tar", root.path());
        assert_eq!(gone.text, at("gone.tar").display().to_string());
        for gone in [gone, read("docker-archive:gone", root.path())] {
            let why = gone.fault.expect("nothing is there");
            assert!(why.starts_with("there is no image archive"), "{why}");
        }
    }
}

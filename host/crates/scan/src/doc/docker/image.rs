//! Image references: `registry/name:tag@digest`, where any part may hang on a variable.

use perfctl_core::place::ByteSpan;

use super::variable::Expanded;

/// A part of an image reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// It is not written.
    #[default]
    Absent,
    /// It is this.
    Known(String),
    /// A variable decides; this is how it is written. Empty when a variable elsewhere in the reference may bring it along.
    Unknown(String),
}

impl Part {
    /// The text, if it is known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Part::Known(text) => Some(text),
            Part::Absent | Part::Unknown(_) => None,
        }
    }

    fn of(text: &Expanded) -> Part {
        match text.known() {
            Some(text) => Part::Known(text.to_owned()),
            None => Part::Unknown(text.display()),
        }
    }
}

/// The image that a FROM or `--from` names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageRef {
    /// As it stands in the file.
    pub written: String,
    /// With the variables filled in that have a value.
    pub resolved: String,
    /// Where it stands.
    pub span: ByteSpan,
    /// `gcr.io`, `localhost:5000`.
    pub registry: Part,
    /// `node`, `library/node`, `distroless/nodejs20-debian12`.
    pub name: Part,
    /// `18-alpine`.
    pub tag: Part,
    /// `sha256:...`.
    pub digest: Part,
}

impl ImageRef {
    /// Takes `image` apart.
    pub(super) fn parse(written: &str, image: &Expanded, span: ByteSpan) -> Self {
        let mut reference = Self {
            written: written.to_owned(),
            resolved: image.display(),
            span,
            ..Self::default()
        };
        let (rest, digest) = match image.split_once('@') {
            Some((rest, digest)) => (rest, Part::of(&digest)),
            None => (image.clone(), Part::Absent),
        };
        let (path, tag) = match rest.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, Part::of(&tag)),
            _ => (rest, Part::Absent),
        };
        let (registry, name) = match path.split_once('/') {
            Some((host, name)) if is_host(&host) => (Part::of(&host), name),
            _ => (Part::Absent, path),
        };
        // What a variable at the end of the name holds may bring its own tag and digest.
        let open = |part: Part, is_open: bool| {
            if is_open && part == Part::Absent {
                Part::Unknown(String::new())
            } else {
                part
            }
        };
        let is_open = name.ends_open();
        reference.digest = open(
            digest,
            (is_open && tag == Part::Absent) || matches!(tag, Part::Unknown(_)),
        );
        reference.tag = open(tag, is_open && reference.digest.known().is_none());
        reference.name = Part::of(&name);
        reference.registry = registry;
        reference
    }

    /// Whether it is the empty image.
    pub fn is_scratch(&self) -> bool {
        self.name.known() == Some("scratch") && self.registry == Part::Absent
    }

    /// The last part of the name: `node` of `library/node`.
    pub fn short_name(&self) -> Option<&str> {
        self.name
            .known()
            .map(|name| name.rsplit('/').next().unwrap_or(name))
    }
}

/// Whether the part before the first slash is a registry and not the first part of a name.
fn is_host(part: &Expanded) -> bool {
    part.contains('.') || part.contains(':') || part.known().is_none_or(|text| text == "localhost")
}

#[cfg(test)]
mod tests {
    use super::super::variable::{Value, expand};
    use super::*;

    fn parts(text: &str) -> [Part; 4] {
        let image = ImageRef::parse(text, &expand(text, &|_| Value::Unset), ByteSpan::default());
        [image.registry, image.name, image.tag, image.digest]
    }

    fn known(text: &str) -> Part {
        Part::Known(text.to_owned())
    }

    fn unknown(text: &str) -> Part {
        Part::Unknown(text.to_owned())
    }

    #[test]
    fn a_reference_has_registry_name_tag_and_digest() {
        assert_eq!(
            parts("node"),
            [Part::Absent, known("node"), Part::Absent, Part::Absent]
        );
        assert_eq!(
            parts("a/node:18"),
            [Part::Absent, known("a/node"), known("18"), Part::Absent]
        );
        assert_eq!(
            parts("localhost:5000/x"),
            [
                known("localhost:5000"),
                known("x"),
                Part::Absent,
                Part::Absent
            ]
        );
        assert_eq!(
            parts("gcr.io/d/n:1@sha256:ab"),
            [
                known("gcr.io"),
                known("d/n"),
                known("1"),
                known("sha256:ab")
            ]
        );
    }

    #[test]
    fn variables_leave_their_part_unknown() {
        assert_eq!(
            parts("$BASE"),
            [Part::Absent, unknown("$BASE"), unknown(""), unknown("")]
        );
        assert_eq!(
            parts("node:${V}"),
            [Part::Absent, known("node"), unknown("${V}"), unknown("")]
        );
        assert_eq!(
            parts("${R}/node:18"),
            [unknown("${R}"), known("node"), known("18"), Part::Absent]
        );
        assert_eq!(
            parts("node:18-${D:?x:y}"),
            [
                Part::Absent,
                known("node"),
                unknown("18-${D:?x:y}"),
                unknown("")
            ]
        );
        assert_eq!(
            parts("node${S}:1"),
            [Part::Absent, unknown("node${S}"), known("1"), Part::Absent]
        );
    }
}

//! The manifest of a plugin (`schema = "perfctl.plugin/1"`): the text files of its pack, which its component carries along.

use std::collections::BTreeMap;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

/// The schema that this version reads.
pub const SCHEMA: &str = "perfctl.plugin/1";

/// The most bytes of a manifest.
pub const MOST_BYTES: usize = 8 << 20;

/// What a plugin's component carries along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The id of its pack.
    pub id: String,
    /// Its text files by their paths in the pack: `pack.toml`, each rule's `rule.toml`, facts.
    pub files: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    id: String,
    #[serde(deserialize_with = "files")]
    files: BTreeMap<String, String>,
}

/// Files by their paths, each once: of two texts for one path this program could read one and another program the other.
fn files<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Once;
    impl<'de> Visitor<'de> for Once {
        type Value = BTreeMap<String, String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object of texts")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut files = BTreeMap::new();
            while let Some((path, text)) = map.next_entry::<String, String>()? {
                if files.contains_key(&path) {
                    return Err(A::Error::custom(format!(
                        "the file `{path}` stands there twice"
                    )));
                }
                files.insert(path, text);
            }
            Ok(files)
        }
    }
    from.deserialize_map(Once)
}

/// Whether a path of a pack's file stays in the pack.
fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains('\\'))
}

impl Manifest {
    /// Reads the bytes of a manifest.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > MOST_BYTES {
            let (size, most) = (bytes.len() >> 20, MOST_BYTES >> 20);
            return Err(format!("its manifest has {size} MiB, more than {most} MiB"));
        }
        let schema = serde_json::from_slice::<serde_json::Value>(bytes)
            .map_err(|error| format!("its manifest is broken: {error}"))?;
        let schema = schema.get("schema").and_then(serde_json::Value::as_str);
        match schema {
            Some(SCHEMA) => {}
            Some(other) => {
                return Err(format!(
                    "its manifest has schema `{other}`, and this perfctl reads `{SCHEMA}`"
                ));
            }
            None => return Err("its manifest names no schema".to_owned()),
        }
        let written: Written = serde_json::from_slice(bytes)
            .map_err(|error| format!("its manifest is broken: {error}"))?;
        if let Some(path) = written.files.keys().find(|path| !stays_inside(path)) {
            return Err(format!(
                "its manifest has a file outside the pack: `{path}`"
            ));
        }
        Ok(Self {
            id: written.id,
            files: written.files,
        })
    }

    /// Its bytes; the same for the same manifest.
    pub fn write(&self) -> Vec<u8> {
        let written = Written {
            schema: SCHEMA.to_owned(),
            id: self.id.clone(),
            files: self.files.clone(),
        };
        // Maps of texts have nothing that JSON could not say.
        serde_json::to_vec(&written).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(path: &str) -> Manifest {
        Manifest {
            id: "acme".to_owned(),
            files: BTreeMap::from([(path.to_owned(), "text \u{1F980}".to_owned())]),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let one = manifest("ACME-1/rule.toml");
        assert_eq!(Manifest::read(&one.write()), Ok(one));
    }

    #[test]
    fn what_is_no_manifest_says_why() {
        for (bytes, why) in [
            (&b""[..], "broken"),
            (b"[]", "names no schema"),
            (br#"{"schema":"perfctl.plugin/9"}"#, "perfctl.plugin/9"),
            (br#"{"schema":"perfctl.plugin/1","id":"a"}"#, "files"),
            (
                br#"{"schema":"perfctl.plugin/1","id":"a","files":{"b":"1","b":"1"}}"#,
                "the file `b` stands there twice",
            ),
            (
                br#"{"schema":"perfctl.plugin/1","id":"a","files":{"a/b":"1","a\u002fb":"2"}}"#,
                "the file `a/b` stands there twice",
            ),
            (
                br#"{"schema":"perfctl.plugin/1","id":"a","id":"b","files":{}}"#,
                "duplicate field `id`",
            ),
            (
                br#"{"schema":"perfctl.plugin/1","id":"a","files":{},"files":{}}"#,
                "duplicate field `files`",
            ),
            (
                br#"{"schema":"perfctl.plugin/9","schema":"perfctl.plugin/1","id":"a","files":{}}"#,
                "duplicate field `schema`",
            ),
        ] {
            let refused = Manifest::read(bytes).expect_err("refused");
            assert!(refused.contains(why), "{refused}");
        }
        for path in ["../x", "/x", "a//b", "a/./b", "", "a\\b"] {
            assert!(Manifest::read(&manifest(path).write()).is_err(), "{path}");
        }
    }
}

//! What the collectors of container engines' outputs share: their JSON in all its shapes, their refusals, and finding an
//! image by the name that the user gave.
//!
//! docker prints one object per line, podman and buildah one pretty array; docker before 23 answers `--format json` with
//! the word `json` per line.

use perfctl_core::seams::{CollectError, Collected, Output};
use serde_json::Value;

use crate::ending;
use crate::option::{self, Options};

/// What to do when an image is not there.
pub(crate) const GIVE_OR_BUILD: &str = "give the tag of an image that the engine has, or build it first (`docker build -t TAG .`, `podman build -t TAG .`); an image in a registry is named with its host, or with `docker://` in front";

/// Objects of an output, whether lines or an array.
pub(crate) fn objects(stdout: &[u8]) -> Result<Vec<Value>, CollectError> {
    if stdout.trim_ascii_start().starts_with(b"json\n") || stdout.trim_ascii() == b"json" {
        return Err(option::error(
            "the client printed the word `json`: it is docker before 23 or an old podman; use `--format '{{json .}}'`",
        ));
    }
    let mut found = Vec::new();
    for document in serde_json::Deserializer::from_slice(stdout).into_iter::<Value>() {
        match document {
            Ok(Value::Array(items)) => found.extend(items),
            Ok(value @ Value::Object(_)) => found.push(value),
            Ok(other) => {
                return Err(option::error(format!(
                    "the engine's output holds `{other}` where an object was due: use a JSON format"
                )));
            }
            Err(why) => {
                return Err(option::error(format!(
                    "the engine's output is not JSON ({why}): use `--format json`"
                )));
            }
        }
    }
    Ok(found)
}

/// Text of the first of these keys that is there.
pub(crate) fn text<'a>(object: &'a Value, keys: &[&str]) -> &'a str {
    keys.iter()
        .find_map(|key| object.get(key)?.as_str())
        .unwrap_or_default()
}

/// Texts of a list under the first of these keys that is one.
pub(crate) fn texts(object: &Value, keys: &[&str]) -> Vec<String> {
    let list = keys.iter().find_map(|key| object.get(key)?.as_array());
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// An identifier without its algorithm, cut to 12 characters as the engines show it.
pub(crate) fn short(id: &str) -> String {
    id.strip_prefix("sha256:")
        .unwrap_or(id)
        .chars()
        .take(12)
        .collect()
}

/// A name without the registry that docker means when none is said.
pub(crate) fn familiar(name: &str) -> &str {
    let prefixes = ["docker.io/library/", "docker.io/"];
    prefixes
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

/// What came of a command that did not succeed: `None` when it did. An engine that does not run or an image that it does
/// not have is inconclusive; anything else is an error of the command.
pub(crate) fn refusal(output: &Output<'_>) -> Option<Result<Collected, CollectError>> {
    if let Some(why) = ending::cut_off(output) {
        return Some(Ok(ending::nothing(format!(
            "{why}: the engine did not answer"
        ))));
    }
    let code = output.exit_code.filter(|code| *code != 0)?;
    let stderr = String::from_utf8_lossy(output.stderr).to_lowercase();
    let words = ending::last_words(output.stderr).unwrap_or_else(|| "it said nothing".to_owned());
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| stderr.contains(phrase));
    if has(&[
        "no such image",
        "image not known",
        "no such object",
        "failed to find image",
    ]) {
        return Some(Ok(ending::nothing(format!(
            "the engine does not have the image ({words}): {GIVE_OR_BUILD}"
        ))));
    }
    if has(&[
        "cannot connect to",
        "permission denied while trying to connect",
        "is the docker daemon running",
    ]) {
        return Some(Ok(ending::nothing(format!(
            "the container engine cannot be reached ({words}): start it, or measure an archive or a registry instead"
        ))));
    }
    Some(Err(option::error(format!(
        "the engine ended with exit code {code}: {words}"
    ))))
}

/// Whether the image that has these names and this id is the wanted one. `shop` means `shop:latest`, as for the engines;
/// podman adds `localhost/` to names of its own.
pub(crate) fn is_wanted(names: &[String], id: &str, wanted: &str) -> bool {
    let tagged = wanted
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains([':', '@']));
    let full = if tagged {
        wanted.to_owned()
    } else {
        format!("{wanted}:latest")
    };
    let id = id.strip_prefix("sha256:").unwrap_or(id);
    let asked = wanted.strip_prefix("sha256:").unwrap_or(wanted);
    let by_id = asked.len() >= 6
        && asked.chars().all(|c| c.is_ascii_hexdigit())
        && (id.starts_with(asked) || asked.starts_with(id) && id.len() >= 12);
    let bare = |name: &str| familiar(name.strip_prefix("localhost/").unwrap_or(name)).to_owned();
    by_id || names.iter().any(|name| bare(name) == bare(&full))
}

/// The wanted image, where option `image` names one.
pub(crate) fn wanted(options: &Options) -> Option<&str> {
    option::text(options, "image")
}

/// Why nothing was found, with up to five names that are there.
pub(crate) fn absent(wanted: Option<&str>, there: &[String]) -> String {
    let has = match there {
        [] => "it lists no image".to_owned(),
        names if names.len() > 5 => format!(
            "it has {} and {} more",
            names[..5].join(", "),
            names.len() - 5
        ),
        names => format!("it has {}", names.join(", ")),
    };
    match wanted {
        Some(wanted) => {
            format!("the engine does not have the image `{wanted}` ({has}): {GIVE_OR_BUILD}")
        }
        None => format!("the engine's list names no image: {GIVE_OR_BUILD}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::{bytes, streams};

    #[test]
    fn lines_and_arrays_hold_the_same_objects() {
        assert_eq!(
            objects(&bytes("docker-engine/images.json.stdout.txt"))
                .expect("lines")
                .len(),
            8
        );
        assert_eq!(
            objects(&bytes("docker/podman-images.json.stdout.txt"))
                .expect("array")
                .len(),
            8
        );
        assert_eq!(objects(b"[]\n").expect("empty").len(), 0);
        assert_eq!(objects(b"").expect("nothing").len(), 0);
    }

    #[test]
    fn old_clients_and_tables_are_refused_with_what_to_use() {
        let old = objects(&bytes(
            "docker-engine/images-debian-client-format-json-word.stdout.txt",
        ))
        .expect_err("words");
        assert!(old.message.contains("{{json .}}"), "{}", old.message);
        let table = objects(&bytes("docker-engine/images.stdout.txt")).expect_err("a table");
        assert!(table.message.contains("--format json"), "{}", table.message);
        assert!(objects(b"1 2").is_err());
    }

    #[test]
    fn an_absent_engine_is_inconclusive_and_a_wrong_flag_an_error() {
        for name in [
            "docker/docker-fail-no-daemon",
            "docker/docker-fail-no-daemon-default",
        ] {
            let why = refusal(&streams(name).exit(1))
                .expect("refused")
                .expect("inconclusive")
                .inconclusive;
            assert!(
                why.is_some_and(|why| why.contains("cannot be reached")),
                "{name}"
            );
        }
        let flag = refusal(&streams("docker/docker-fail-bad-flag").exit(125)).expect("refused");
        assert!(
            flag.expect_err("an error")
                .message
                .contains("exit code 125")
        );
        assert!(refusal(&streams("docker-engine/images.json").exit(0)).is_none());
        assert!(refusal(&streams("docker-engine/images.json").killed()).is_some());
    }

    #[test]
    fn a_missing_image_is_inconclusive_with_what_to_do() {
        for (name, code) in [
            ("docker-engine/inspect-fail-missing", 1),
            ("docker/docker-inspect-fail-missing", 1),
            ("docker/podman-inspect-fail-missing", 125),
        ] {
            let why = refusal(&streams(name).exit(code))
                .expect("refused")
                .expect("inconclusive")
                .inconclusive;
            assert!(
                why.is_some_and(
                    |why| why.contains("does not have the image") && why.contains("build")
                ),
                "{name}"
            );
        }
    }

    #[test]
    fn images_are_wanted_by_name_or_id() {
        let names = ["localhost/shop:latest".to_owned(), "shop/api:1".to_owned()];
        for wanted in [
            "shop",
            "shop:latest",
            "localhost/shop",
            "shop/api:1",
            "610f01",
            "sha256:610f01ece02c0048",
        ] {
            assert!(is_wanted(&names, "610f01ece02c", wanted), "{wanted}");
        }
        assert!(is_wanted(
            &["docker.io/library/python:3.12".to_owned()],
            "",
            "python:3.12"
        ));
        for wanted in ["shop/api", "api:1", "hop", "610f0", "shop:1", ""] {
            assert!(!is_wanted(&names, "610f01ece02c", wanted), "{wanted}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(stdout in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = objects(&stdout);
        }
    }
}

//! What parameters are given, as far as the calls of the repository show it.
//!
//! A parameter without a type or default may be anything; where every call that is understood hands it the same few
//! things, it is those. Calls from tests are left out: they hand in stand-ins.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::dispatch::constructor;
use super::resolve::Value;
use super::{FileId, Repo};
use perfctl_core::seams::Stop;

use crate::model::index::{ArgKey, TextId, Values};
use crate::tree::NodeId;
use perfctl_core::path_class::PathClass;

/// The most arguments that are kept for one parameter; one with more is handed whatever there is.
const MOST: usize = 16;

/// Paths of arguments, each in the file that it was written in.
pub type Given = SmallVec<[(FileId, TextId); 2]>;

/// Arguments by parameter.
#[derive(Debug, Default)]
pub struct Flows {
    given: FxHashMap<(FileId, NodeId), Given>,
}

impl Flows {
    /// Follows the calls of `repo`, whose flows are not known yet.
    pub fn new(repo: &Repo, stop: &dyn Stop) -> Self {
        let mut flows = Self::default();
        for file in repo.ids() {
            let code = repo.file(file);
            if code.class == PathClass::Test {
                continue;
            }
            for run in code
                .index
                .arguments
                .chunk_by(|left, right| left.call == right.call)
            {
                if stop.requested() {
                    return flows;
                }
                let (from, count) = code.index.calls[run[0].call as usize].targets;
                for target in &code.index.targets[from as usize..from as usize + count as usize] {
                    for value in repo.meaning(file, *target) {
                        let Some((of, function)) = callee(repo, value) else {
                            continue;
                        };
                        let params = takes(repo, of, function);
                        for row in run {
                            let param = match row.key {
                                ArgKey::Position(at) => {
                                    params.get(at as usize).map(|(node, ..)| *node)
                                }
                                ArgKey::Name(name) => {
                                    let name = code.text(name);
                                    params
                                        .iter()
                                        .find(|(_, text, _)| repo.file(of).text(*text) == name)
                                        .map(|(node, ..)| *node)
                                }
                            };
                            if let Some(param) = param {
                                flows.add(repo, (of, param), (file, row.value));
                            }
                        }
                    }
                }
            }
        }
        flows
    }

    fn add(&mut self, repo: &Repo, param: (FileId, NodeId), given: (FileId, TextId)) {
        let slot = self.given.entry(param).or_default();
        if slot.len() < MOST && !slot.contains(&given) {
            let text = |of: &(FileId, TextId)| repo.file(of.0).text(of.1);
            let new = text(&given);
            // What forty models hand a mixin is one thing: the class of a library.
            if !is_everywhere(new) || !slot.iter().any(|known| text(known) == new) {
                slot.push(given);
            }
        }
    }

    /// What the parameter `node` of `file` is given; empty where nothing is known, or where it may be anything.
    pub fn given(&self, file: FileId, node: NodeId) -> &[(FileId, TextId)] {
        self.given
            .get(&(file, node))
            .filter(|given| given.len() < MOST)
            .map_or(&[], SmallVec::as_slice)
    }
}

/// Whether a path means the same in every file: it begins with a module that is not told by where the file lies.
fn is_everywhere(path: &str) -> bool {
    !path.starts_with(['.', '$', '/']) && !path.starts_with("here")
}

/// The function that a call of `value` runs.
fn callee(repo: &Repo, value: &Value) -> Option<(FileId, u32)> {
    match value {
        Value::Function(file, at) => Some((*file, *at)),
        Value::Class(file, at) => constructor(repo, *file, *at),
        _ => None,
    }
}

/// The parameters that a caller fills, in order: without the instance that a method is called on.
fn takes(repo: &Repo, file: FileId, function: u32) -> &[(NodeId, TextId, Values)] {
    let row = &repo.file(file).index.functions[function as usize];
    let skipped = usize::from(row.is_bound && !row.params.is_empty());
    &row.params[skipped..]
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["psycopg2.connect"]
kind = "db"
[returns]
"psycopg2.connect().cursor()" = "dbapi.Cursor()"
"#;

    /// What the calls named `name` in `path` call.
    fn called(scratch: &Scratch, path: &str, name: &str) -> Vec<String> {
        let repo = &scratch.survey.view.repo;
        let file = repo.find(path).expect("scanned");
        let code = repo.file(file);
        let calls = code
            .index
            .calls
            .iter()
            .filter(|call| code.text(call.name) == name);
        let targets = calls.flat_map(|call| {
            &code.index.targets[call.targets.0 as usize..][..call.targets.1 as usize]
        });
        targets
            .flat_map(|text| repo.meaning(file, *text))
            .map(|value| repo.describe(value))
            .collect()
    }

    #[test]
    fn a_bare_parameter_is_what_the_calls_of_its_function_hand_it() {
        let scratch = Scratch::new(
            FACTS,
            &[
                (
                    "db.py",
                    "def rows(cur, query):\n    cur.execute(query)\ndef again(cur):\n    rows(cur, 'x')\n",
                ),
                (
                    "app.py",
                    "import psycopg2\nfrom db import again\ndef main():\n    c = psycopg2.connect()\n    again(c.cursor())\n",
                ),
            ],
        );
        assert_eq!(
            called(&scratch, "db.py", "execute"),
            ["dbapi.Cursor.execute"]
        );
    }

    #[test]
    fn what_a_constructor_is_given_is_what_its_instances_hold() {
        let scratch = Scratch::new(
            FACTS,
            &[
                (
                    "repo.py",
                    "class Orders:\n    def __init__(self, db, *, table):\n        self.db = db\n    def all(self):\n        return self.db.cursor().execute('x')\n",
                ),
                (
                    "app.py",
                    "import psycopg2\nfrom repo import Orders\nC = psycopg2.connect()\norders = Orders(db=C, table='t')\n",
                ),
            ],
        );
        assert_eq!(
            called(&scratch, "repo.py", "execute"),
            ["dbapi.Cursor.execute"]
        );
    }

    #[test]
    fn a_builder_that_many_conditions_refine_is_still_the_builder() {
        let mut text =
            "import psycopg2\ndef rows(a):\n    q = psycopg2.connect().cursor()\n".to_owned();
        for at in 0..6 {
            text.push_str(&format!("    if a > {at}:\n        q = q.where({at})\n"));
        }
        text.push_str("    return q.execute()\n");
        assert_eq!(
            called(
                &Scratch::new(FACTS, &[("app.py", &text)]),
                "app.py",
                "execute"
            ),
            ["dbapi.Cursor.execute"]
        );
    }

    #[test]
    fn tests_hand_in_stand_ins_that_do_not_count() {
        let scratch = Scratch::new(
            FACTS,
            &[
                ("db.py", "def rows(cur):\n    cur.execute('x')\n"),
                (
                    "tests/test_db.py",
                    "from db import rows\nfrom fake import Fake\ndef test_rows():\n    rows(Fake())\n",
                ),
            ],
        );
        assert_eq!(called(&scratch, "db.py", "execute"), [""]);
    }
}

//! That what cannot match is passed over unread, and that nothing else is.

use std::collections::BTreeMap;

use crate::matcher::regular::Regular;
use crate::model::scope::Scopes;

use super::super::structure::{self, Condition, PatternText, Structure};
use super::*;
use crate::matcher::Files;

fn matcher(what: What, languages: &[Language]) -> Matcher {
    Matcher {
        name: "m".to_owned(),
        languages: languages.to_vec(),
        files: None,
        skip: vec![PathClass::Test],
        evidence: false,
        what,
    }
}

fn structure(code: &str, languages: &[Language]) -> Matcher {
    let condition = Condition {
        pattern: Some(PatternText::new(code)),
        ..Condition::default()
    };
    let structure = Structure::new(&condition, &BTreeMap::new(), languages).expect("compiles");
    matcher(What::Structure(Arc::new(structure)), languages)
}

fn compiled(matchers: Vec<Matcher>) -> LocalMatchers {
    LocalMatchers::new(&[RuleMatchers {
        matchers,
        asks_for_code: true,
    }])
}

/// The matchers that match in a file of code, and how often it was parsed for structures.
fn in_file(local: &LocalMatchers, path: &str, class: PathClass, text: &str) -> (Vec<u16>, usize) {
    let language = Language::from_path(path).expect("code");
    let local = local.of_file(path, Some(language), class);
    let (hits, mut found) = (local.look(text), Vec::new());
    let before = structure::parsed();
    let path = Arc::from(path);
    let cut = local.in_text(&path, text, &hits, &mut found);
    assert_eq!(cut, []);
    let given_up = local.in_code(&path, language, text, &hits, &mut found);
    assert_eq!(given_up, []);
    (
        found.iter().map(|found| found.matcher).collect(),
        structure::parsed() - before,
    )
}

#[test]
fn a_file_is_parsed_only_when_it_holds_what_a_pattern_needs() {
    let local = compiled(vec![
        structure("requests.get($URL)", &[Language::Python]),
        structure(
            "axios.get($URL)",
            &[Language::JavaScript, Language::TypeScript],
        ),
        structure("requests.post($URL)", &[Language::Python]),
    ]);
    let source = PathClass::Source;
    assert_eq!(
        in_file(
            &local,
            "a.py",
            source,
            "requests.get(u)\nrequests.post(u)\n"
        ),
        (vec![0, 2], 1)
    );
    assert_eq!(
        in_file(&local, "a.py", source, "requests.put(u)\n"),
        (vec![], 0)
    );
    assert_eq!(
        in_file(&local, "a.py", source, "requests.forget(u)\n"),
        (vec![], 0)
    );
    // The names are there, but in the wrong language or kind of file.
    assert_eq!(
        in_file(&local, "a.py", source, "axios.get(u)\n"),
        (vec![], 0)
    );
    assert_eq!(
        in_file(&local, "a.py", PathClass::Test, "requests.get(u)\n"),
        (vec![], 0)
    );
    assert_eq!(
        in_file(&local, "a.tsx", source, "axios.get(u)\n"),
        (vec![1], 1)
    );
    // The names are there, but not so.
    assert_eq!(
        in_file(&local, "a.py", source, "requests, get = 1, 2\n"),
        (vec![], 1)
    );
}

#[test]
fn a_regex_is_tried_only_where_its_literals_stand_and_finds_all_the_same() {
    let regex = |text: &str| matcher(What::Regex(Regular::new(text).expect("a regex")), &[]);
    let local = compiled(vec![
        regex(r"(?i)todo:\s*\w+"),
        regex(r"\d{4}"),
        regex("alpha|beta"),
    ]);
    let found = |text| in_file(&local, "a.py", PathClass::Source, text).0;
    assert_eq!(found("# ToDo: this\n"), [0]);
    assert_eq!(found("1234 5678"), [1, 1]);
    assert_eq!(found("x = beta"), [2]);
    assert_eq!(found("nothing"), [0_u16; 0]);
}

#[test]
fn strings_are_read_with_their_escapes_and_parts_before_literals_are_looked_for() {
    let text = |pattern: &str, sql| What::Text {
        patterns: vec![Regular::new(pattern).expect("a regex")],
        sql,
    };
    let local = compiled(vec![
        matcher(text(r"(?i)select \* from", false), &[]),
        matcher(text("(?i)limit", true), &[]),
        matcher(
            What::Text {
                patterns: Vec::new(),
                sql: true,
            },
            &[],
        ),
    ]);
    let found = |source: &str| {
        let tree = crate::lower::python::lower(source, false);
        let scopes = Scopes::new(&tree);
        let mut found = Vec::new();
        let local = local.of_file("a.py", Some(Language::Python), PathClass::Source);
        local.in_tree(&tree, &scopes, &mut found);
        found
            .iter()
            .map(|found| found.matcher)
            .collect::<Vec<u16>>()
    };
    assert_eq!(found("f('SELECT ' '* FROM t')\n"), [0, 2]);
    assert_eq!(found("f('\\x53ELECT * FROM t LIMIT 1')\n"), [0, 1, 2]);
    assert_eq!(found("f('no limit')\n"), [0_u16; 0]);
    assert_eq!(found("'SELECT * FROM t'\n"), [0_u16; 0]);
}

#[test]
fn an_assignment_may_be_asked_to_give_an_empty_container_outside_functions() {
    let local = compiled(vec![matcher(
        What::Assign {
            names: Vec::new(),
            outside_functions: true,
            empty: true,
        },
        &[],
    )]);
    let count = |path: &str, text: &str| {
        let language = Language::from_path(path).expect("code");
        let tree = match language {
            Language::Python => crate::lower::python::lower(text, false),
            Language::Go => crate::lower::go::lower(text, false),
            _ => crate::lower::javascript::lower(text, path, false),
        };
        let (scopes, mut found) = (Scopes::new(&tree), Vec::new());
        let local = local.of_file(path, Some(language), PathClass::Source);
        local.in_tree(&tree, &scopes, &mut found);
        found.len()
    };
    assert_eq!(
        count(
            "a.py",
            "A = {}\nB = dict()\nC = {1: 2}\ndef f():\n    d = {}\nclass K:\n    e = defaultdict(list)\n",
        ),
        3
    );
    assert_eq!(
        count(
            "a.js",
            "const a = new Map(), b = new Map([[1, 2]]), c = {}\n"
        ),
        2
    );
    assert_eq!(
        count(
            "a.go",
            "package p\nvar a = make(map[string]int)\nvar b = map[string]int{}\nvar c = make([]int, 3)\n"
        ),
        2
    );
}

#[test]
fn a_matcher_whose_matches_are_not_all_told_is_given_up() {
    let sql = What::Text {
        patterns: Vec::new(),
        sql: true,
    };
    let local = compiled(vec![
        matcher(What::Regex(Regular::new("get").expect("a regex")), &[]),
        structure("get($A)", &[Language::Python]),
        matcher(sql, &[]),
    ]);
    let source = PathClass::Source;
    let code = |text: &str| {
        let (mut found, python) = (Vec::new(), Language::Python);
        let local = local.of_file("a.py", Some(python), source);
        let (path, hits) = (Arc::from("a.py"), local.look(text));
        let mut cut = local.in_text(&path, text, &hits, &mut found);
        cut.extend(local.in_code(&path, python, text, &hits, &mut found));
        let cut: Vec<u16> = cut.iter().map(|lost| lost.matcher).collect();
        (found.len(), cut)
    };
    assert_eq!(code(&"get(1)\n".repeat(1000)), (2000, vec![]));
    assert_eq!(code(&"get(1)\n".repeat(1001)), (2000, vec![0, 1]));
    let script = |count: usize| {
        let mut found = Vec::new();
        let text = "SELECT 1;\n".repeat(count);
        let cut =
            local
                .of_file("a.sql", None, source)
                .in_sql(&Arc::from("a.sql"), &text, &mut found);
        let cut: Vec<u16> = cut.iter().map(|lost| lost.matcher).collect();
        (found.len(), cut)
    };
    assert_eq!(script(5000), (5000, vec![]));
    assert_eq!(script(5001), (5000, vec![2]));
}

#[test]
fn the_matchers_of_a_file_are_those_that_look_at_it() {
    let globs = [
        &["*.py"][..],
        &["**/*.{yml,yaml}", "*compose*"],
        &["**/migrations/*.py", "*.tf"],
        &["**/Procfile*", "*.conf.*"],
        &[],
    ];
    let languages = [&[][..], &[Language::Python], &[Language::Go]];
    let mut all = Vec::new();
    for globs in globs {
        for languages in languages {
            for skip in [vec![], vec![PathClass::Test]] {
                let globs = globs.iter().map(|glob| globset::Glob::new(glob));
                let globs: Vec<_> = globs.collect::<Result<_, _>>().expect("globs");
                let mut one = matcher(What::File, languages);
                one.files = (!globs.is_empty()).then(|| Arc::new(Files::new(globs)));
                one.skip = skip;
                all.push(one);
            }
        }
    }
    let local = compiled(all.clone());
    let paths = [
        "a.py",
        "b.py",
        "app/migrations/0001.py",
        "migrations/0001.py",
        "a.go",
        "deploy/x.yaml",
        "docker-compose.yml",
        "compose/x",
        "Procfile.prod",
        "in/Procfile",
        "nginx.conf.j2",
        "x.tf",
        "x.tf.bak",
        "README",
    ];
    for path in paths {
        let language = Language::from_path(path);
        for class in [PathClass::Source, PathClass::Test] {
            let expected: Vec<u16> = (0..all.len() as u16)
                .filter(|at| all[usize::from(*at)].looks_at(path, language, class))
                .collect();
            let mut found = Vec::new();
            local
                .of_file(path, language, class)
                .whole(|_| true, &mut found);
            let found: Vec<u16> = found.iter().map(|found| found.matcher).collect();
            assert_eq!(found, expected, "{path} {class:?}");
        }
    }
}

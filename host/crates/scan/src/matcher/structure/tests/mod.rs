//! What conditions find in code, in which language, with which captures; what is refused; and that nothing runs away.

mod hostile;
mod refused;
mod relation;

use super::*;

pub(super) fn pattern(code: &str) -> Condition {
    Condition {
        pattern: Some(PatternText::new(code)),
        ..Condition::default()
    }
}

pub(super) fn kind(kind: &str) -> Condition {
    Condition {
        kind: Some(kind.to_owned()),
        ..Condition::default()
    }
}

pub(super) fn related(condition: Condition, stop: Stop) -> Option<Box<Relation>> {
    Some(Box::new(Relation {
        condition,
        stop,
        field: None,
    }))
}

pub(super) fn matches(
    condition: &Condition,
    language: Language,
    path: &str,
    text: &str,
) -> Vec<Captured> {
    let structure = Structure::new(condition, &BTreeMap::new(), &[language]).expect("compiles");
    let mut wanted = [Wanted::new(&structure)];
    assert!(search(text, path, language, &mut wanted));
    let [wanted] = wanted;
    assert_eq!(wanted.ended, None);
    wanted.found
}

/// The texts that `condition` finds in a Python file.
pub(super) fn python<'t>(condition: &Condition, text: &'t str) -> Vec<&'t str> {
    let found = matches(condition, Language::Python, "a.py", text);
    found.iter().map(|one| &text[one.span.range()]).collect()
}

/// The texts that a variable stands for in each match of a pattern.
fn captures(code: &str, name: &str, language: Language, path: &str, text: &str) -> Vec<String> {
    let found = matches(&pattern(code), language, path, text);
    let of = |one: &Captured| {
        let capture = one.captures.iter().find(|(known, _)| known == name);
        match capture.map(|(_, capture)| capture) {
            Some(Capture::One(span)) => text[span.range()].to_owned(),
            Some(Capture::Many(spans)) => {
                let texts: Vec<&str> = spans.iter().map(|span| &text[span.range()]).collect();
                format!("[{}]", texts.join("|"))
            }
            None => "nothing".to_owned(),
        }
    };
    found.iter().map(of).collect()
}

#[test]
fn a_pattern_finds_its_code_whatever_the_spacing_and_captures_what_stands_for_its_variables() {
    let text = "import requests\nr = requests.get(url)\nrequests . get(\n  'a' + b,\n)\nrequests.get(a, b)\nget(c)\n";
    assert_eq!(
        captures("requests.get($URL)", "URL", Language::Python, "a.py", text),
        ["url", "'a' + b"]
    );
    assert_eq!(
        captures(
            "requests.get($$$ARGS)",
            "ARGS",
            Language::Python,
            "a.py",
            text
        ),
        ["[url]", "['a' + b]", "[a|b]"]
    );
    let none = captures(
        "f($$$ARGS)",
        "ARGS",
        Language::Python,
        "a.py",
        "f()\nf(x, # why\n y)\n",
    );
    assert_eq!(none, ["[]", "[x|y]"]);
}

#[test]
fn every_language_is_searched_with_its_own_grammar() {
    for (language, path, code, text) in [
        (
            Language::JavaScript,
            "a.js",
            "fetch($URL)",
            "const r = await fetch(u);",
        ),
        (
            Language::JavaScript,
            "a.jsx",
            "fetch($URL)",
            "const r = <a b={fetch(u)}/>;",
        ),
        (
            Language::TypeScript,
            "a.ts",
            "fetch($URL)",
            "const r = <any>fetch(u) as X;",
        ),
        (
            Language::TypeScript,
            "a.tsx",
            "fetch($URL)",
            "const r: X = <a b={fetch(u)}/>;",
        ),
        (
            Language::Go,
            "a.go",
            "http.Get($URL)",
            "package a\n\nfunc f() { http.Get(u) }",
        ),
        (
            Language::Go,
            "a.go",
            "$X := http.Get($URL)",
            "package a\n\nfunc f() { r := http.Get(u) }",
        ),
        (
            Language::Go,
            "a.go",
            "func $F() { $$$A; f($URL) }",
            "package a\n\nfunc g() { a(); f(u) }",
        ),
        (
            Language::Go,
            "a.go",
            "func() { f($URL) }",
            "package a\n\nvar x = func() { f(u) }",
        ),
        (
            Language::Go,
            "a.go",
            "var $X = $URL",
            "package a\n\nfunc g() { var y = u }",
        ),
        (
            Language::Python,
            "a.py",
            "for $X in $URL: $$$B",
            "for x in u:\n    a\n    b\n",
        ),
        (
            Language::Python,
            "a.py",
            "@$D\ndef $F($$$): return $URL",
            "@a\ndef f(x): return u\n",
        ),
    ] {
        assert_eq!(
            captures(code, "URL", language, path, text),
            ["u"],
            "{path}: {code}"
        );
    }
}

#[test]
fn a_variable_that_stands_twice_stands_for_the_same_code() {
    let text = "a == a\na == b\nx.y == x.y\n";
    assert_eq!(python(&pattern("$A == $A"), text), ["a == a", "x.y == x.y"]);
    assert_eq!(python(&pattern("$_ == $_"), text).len(), 3);
}

#[test]
fn a_pattern_with_surroundings_means_the_selected_part() {
    let condition = Condition {
        pattern: Some(PatternText {
            code: "func f() { fmt.Println($A) }".to_owned(),
            selector: Some("call_expression".to_owned()),
            strictness: Strictness::Smart,
        }),
        ..Condition::default()
    };
    let text = "package a\nfunc g() { x(); fmt.Println(1) }\n";
    let found = matches(&condition, Language::Go, "a.go", text);
    assert_eq!(&text[found[0].span.range()], "fmt.Println(1)");
    assert_eq!(found.len(), 1);
}

#[test]
fn strictness_decides_whether_quotes_count() {
    let with = |strictness| Condition {
        pattern: Some(PatternText {
            strictness,
            ..PatternText::new("f('a')")
        }),
        ..Condition::default()
    };
    let count = |strictness| {
        let text = "f('a'); f(\"a\"); f('a',);";
        matches(&with(strictness), Language::JavaScript, "a.js", text).len()
    };
    assert_eq!(count(Strictness::Cst), 1);
    assert_eq!(count(Strictness::Smart), 2);
    assert_eq!(count(Strictness::Ast), 3);
}

#[test]
fn further_conditions_on_a_variable_hold() {
    let constraints = BTreeMap::from([(
        "URL".to_owned(),
        Condition {
            regex: Some("^'http:".to_owned()),
            ..Condition::default()
        },
    )]);
    let structure = Structure::new(&pattern("get($URL)"), &constraints, &[Language::Python]);
    let structure = structure.expect("compiles");
    let mut wanted = [Wanted::new(&structure)];
    let text = "get('http://a')\nget('https://b')\nget(c)\n";
    search(text, "a.py", Language::Python, &mut wanted);
    assert_eq!(wanted[0].found.len(), 1);
    assert_eq!(structure.variables(), ["URL"]);
}

#[test]
fn several_structures_share_one_parse() {
    let [get, post] = ["get($A)", "post($A)"].map(|code| {
        Structure::new(&pattern(code), &BTreeMap::new(), &[Language::Python]).expect("compiles")
    });
    let before = flat::PARSED.get();
    let mut wanted = [Wanted::new(&get), Wanted::new(&post), Wanted::new(&get)];
    search(
        "get(1)\npost(2)\npost(3)\n",
        "a.py",
        Language::Python,
        &mut wanted,
    );
    assert_eq!(flat::PARSED.get() - before, 1);
    assert_eq!(wanted.each_ref().map(|one| one.found.len()), [1, 2, 1]);
}

#[test]
fn syntax_errors_cost_only_what_stands_around_them() {
    let text = "get(1)\nx = = 2\n\nget(2)\n";
    assert_eq!(python(&pattern("get($A)"), text), ["get(1)", "get(2)"]);
}

#[test]
fn what_must_occur_is_read_from_the_condition() {
    use crate::matcher::literal::Literals;
    let either = Condition {
        any: vec![pattern("requests.get($A)"), pattern("httpx.get($A)")],
        not: Some(Box::new(pattern("requests.get(timeout)"))),
        inside: related(kind("for_statement"), Stop::End),
        ..Condition::default()
    };
    let keyword = pattern("await $X");
    let list = Condition {
        kind: Some("call".to_owned()),
        regex: Some(r"\.commit\(".to_owned()),
        has: related(pattern("session"), Stop::End),
        ..Condition::default()
    };
    let needs = [either, keyword, list].map(|condition| {
        Structure::new(&condition, &BTreeMap::new(), &[Language::Python])
            .expect("compiles")
            .need()
    });
    let literals = Literals::new(&needs);
    let met = |text: &str| {
        let hits = literals.look(text);
        [0, 1, 2].map(|at| literals.is_met(at, &hits))
    };
    assert_eq!(met("requests.get(1)"), [true, false, false]);
    assert_eq!(met("httpx.get(1)"), [true, false, false]);
    assert_eq!(met("httpx.post(1)"), [false, false, false]);
    assert_eq!(met("urllib.get(1)"), [false, false, false]);
    assert_eq!(met("await f()"), [false, true, false]);
    assert_eq!(met("session.commit()"), [false, false, true]);
    assert_eq!(met("my_session.commit()"), [false, false, false]);
}

#[test]
fn a_capture_is_mapped_to_the_neutral_node_with_the_same_bytes() {
    use crate::tree::Kind;
    use perfctl_core::place::ByteSpan;
    let text = "f(a.b, (c))\n";
    let tree = crate::lower::python::lower(text, false);
    let at = |part: &str| {
        let start = text.find(part).expect("it is there") as u32;
        let span = ByteSpan::new(start, start + part.len() as u32);
        tree.node_with(span).map(|id| tree.node(id).kind)
    };
    assert_eq!(at("a.b"), Some(Kind::Attr));
    assert_eq!(at("f(a.b, (c))"), Some(Kind::Call));
    assert_eq!(at("c"), Some(Kind::Name));
    assert_eq!(at("(c)"), None);
    assert_eq!(at("b, "), None);
}

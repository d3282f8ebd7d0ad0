//! What is refused, and in which words.

use super::*;

fn refused(condition: &Condition, language: Language) -> String {
    Structure::new(condition, &BTreeMap::new(), &[language])
        .expect_err("must be refused")
        .to_string()
}

fn pattern_refused(code: &str, language: Language) -> String {
    let error = check_pattern(&PatternText::new(code), language);
    error.expect_err("must be refused").to_string()
}

#[test]
fn a_pattern_that_is_no_code_is_refused() {
    let python = |code: &str| pattern_refused(code, Language::Python);
    assert_eq!(python("f($A"), "the pattern is no valid python: `f($A`");
    assert_eq!(python(""), "the pattern holds no code");
    assert_eq!(
        python("a\nb"),
        "the pattern is several pieces of code in python, and one is needed"
    );
    assert_eq!(
        python("$$$ARGS"),
        "`$$$ARGS` stands for a list, which alone is no pattern; use `$NAME`, or put it between brackets"
    );
    assert_eq!(
        python("get_$A(1)"),
        "a variable must be a name of its own; in `get_$A` it is part of a text"
    );
    assert_eq!(
        pattern_refused("<a>{$B}</a>", Language::Go),
        "the pattern is no valid go: `<a>{$B}</a>`"
    );
    assert!(python(&"a".repeat(5000)).contains("5000 bytes are more than the 4096"));
    assert_eq!(
        python(&format!("{}1{}", "[".repeat(300), "]".repeat(300))),
        "the pattern nests deeper than 200 levels"
    );
    let long = python(&"not ".repeat(1000));
    assert!(
        long.ends_with(" not not not ...`") && long.len() < 120,
        "{long}"
    );
}

#[test]
fn words_that_the_grammar_does_not_have_are_refused() {
    let error = check_kind("for_stmt", Language::Python).expect_err("no such kind");
    assert_eq!(
        error.to_string(),
        "python has no kind of node called `for_stmt`"
    );
    let error = check_kind("call >", Language::Python).expect_err("no selector");
    assert_eq!(error.to_string(), "no kind or selector: Missing Selector");
    let error = check_field("lefft", Language::Go).expect_err("no such field");
    assert_eq!(error.to_string(), "go has no field called `lefft`");
    let error = check_regex("a(").expect_err("no regex");
    assert_eq!(
        error.to_string(),
        "no regular expression: error: unclosed group"
    );
    assert!(check_kind("jsx_element", Language::JavaScript).is_ok());
    assert!(check_kind("jsx_element", Language::TypeScript).is_err());
}

#[test]
fn positions_are_numbers_or_formulas() {
    for position in ["1", "12", "2n", "2n+1", "-n+3", "n", "+3n-2", " 2n + 1 "] {
        assert_eq!(check_position(position), Ok(()), "{position}");
        let counted = Condition {
            nth_child: Some(NthChild {
                position: position.to_owned(),
                of: None,
                reverse: false,
            }),
            ..kind("call")
        };
        assert!(Structure::new(&counted, &BTreeMap::new(), &[Language::Go]).is_err());
        let counted = Condition {
            kind: Some("block".to_owned()),
            ..counted
        };
        assert!(
            Structure::new(&counted, &BTreeMap::new(), &[Language::Go]).is_ok(),
            "{position}"
        );
    }
    for position in [
        "", "0", "x", "2n+", "n2", "99999", "1.5", "2n++1", "-", "2m+1", "+-n", "+1",
    ] {
        assert!(check_position(position).is_err(), "{position}");
    }
}

#[test]
fn a_condition_that_would_try_every_node_is_refused() {
    assert_eq!(
        refused(&Condition::default(), Language::Go),
        "nothing says which code is meant: give `pattern`, `kind`, or `any` or `all` of such"
    );
    let every =
        "every node would be tried: add a `kind`, or a `pattern` that is more than a variable";
    let regex = Condition {
        regex: Some("a".to_owned()),
        ..Condition::default()
    };
    assert_eq!(refused(&regex, Language::Python), every);
    assert_eq!(refused(&pattern("$A"), Language::Python), every);
    let not = Condition {
        not: Some(Box::new(kind("call"))),
        ..Condition::default()
    };
    assert_eq!(refused(&not, Language::Python), every);
}

#[test]
fn a_constraint_needs_its_variable() {
    let constraints = BTreeMap::from([("B".to_owned(), kind("call"))]);
    let error = Structure::new(&pattern("f($A)"), &constraints, &[Language::Python]);
    let error = error.expect_err("there is no $B");
    assert_eq!(error.to_string(), "no pattern holds the variable `$B`");
}

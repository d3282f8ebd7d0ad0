//! Each relation, how far it looks, and conditions put together.

use super::*;

const TEXT: &str = "\
first()
for x in items:
    get(x)
    if x:
        get(deep)
get(last)
";

fn calls(with: impl FnOnce(&mut Condition)) -> Vec<&'static str> {
    let mut condition = pattern("get($A)");
    with(&mut condition);
    python(&condition, TEXT)
}

#[test]
fn inside_looks_at_the_parent_or_at_all_around() {
    let around = |stop| calls(|get| get.inside = related(kind("for_statement"), stop));
    assert_eq!(around(Stop::Neighbor), [""; 0]);
    assert_eq!(around(Stop::End), ["get(x)", "get(deep)"]);
    let stop = Stop::At(Box::new(kind("if_statement")));
    assert_eq!(around(stop), ["get(x)"]);
    let direct = calls(|get| get.inside = related(kind("expression_statement"), Stop::Neighbor));
    assert_eq!(direct, ["get(x)", "get(deep)", "get(last)"]);
}

#[test]
fn has_looks_at_the_children_or_at_all_below() {
    let loops = |stop, code| {
        let condition = Condition {
            has: related(pattern(code), stop),
            ..kind("for_statement")
        };
        python(&condition, TEXT).len()
    };
    assert_eq!(loops(Stop::Neighbor, "get($A)"), 0);
    assert_eq!(loops(Stop::Neighbor, "items"), 1);
    assert_eq!(loops(Stop::End, "get(deep)"), 1);
    assert_eq!(loops(Stop::End, "get(last)"), 0);
    let stop = || Stop::At(Box::new(kind("if_statement")));
    assert_eq!(loops(stop(), "get(x)"), 1);
    assert_eq!(loops(stop(), "get(deep)"), 0);
}

#[test]
fn a_field_says_where_the_related_node_stands() {
    let on_field = |field: &str| {
        let condition = Condition {
            has: Some(Box::new(Relation {
                condition: pattern("x"),
                stop: Stop::Neighbor,
                field: Some(field.to_owned()),
            })),
            ..kind("for_statement")
        };
        python(&condition, TEXT).len()
    };
    assert_eq!((on_field("left"), on_field("right")), (1, 0));
    let inside = Condition {
        inside: Some(Box::new(Relation {
            condition: kind("for_statement"),
            stop: Stop::Neighbor,
            field: Some("right".to_owned()),
        })),
        ..pattern("$A")
    };
    let inside = Condition {
        all: vec![kind("identifier"), inside],
        ..Condition::default()
    };
    assert_eq!(python(&inside, TEXT), ["items"]);
}

#[test]
fn follows_and_precedes_look_at_siblings() {
    let statement = || Condition {
        has: related(pattern("get($A)"), Stop::Neighbor),
        ..kind("expression_statement")
    };
    let follows = |stop| {
        let condition = Condition {
            follows: related(pattern("first()"), stop),
            ..kind("expression_statement")
        };
        // The sibling is the statement around the call.
        let condition = Condition {
            follows: related(
                Condition {
                    has: related(pattern("first()"), Stop::Neighbor),
                    ..kind("expression_statement")
                },
                condition.follows.map_or(Stop::End, |follows| follows.stop),
            ),
            ..statement()
        };
        python(&condition, TEXT)
    };
    assert_eq!(follows(Stop::Neighbor), [""; 0]);
    assert_eq!(follows(Stop::End), ["get(last)"]);
    let precedes = |stop| {
        let condition = Condition {
            precedes: related(kind("if_statement"), stop),
            ..statement()
        };
        python(&condition, TEXT)
    };
    assert_eq!(precedes(Stop::Neighbor), ["get(x)"]);
    assert_eq!(precedes(Stop::End), ["get(x)"]);
}

#[test]
fn conditions_are_put_together_with_all_any_and_not() {
    let none_of = calls(|get| {
        get.not = Some(Box::new(Condition {
            any: vec![pattern("get(x)"), pattern("get(deep)")],
            ..Condition::default()
        }));
    });
    assert_eq!(none_of, ["get(last)"]);
    let all = Condition {
        all: vec![
            kind("call"),
            Condition {
                any: vec![pattern("first()"), pattern("get($A)")],
                ..Condition::default()
            },
            Condition {
                regex: Some("[px]\\)$".to_owned()),
                ..Condition::default()
            },
        ],
        not: Some(Box::new(pattern("get(x)"))),
        ..Condition::default()
    };
    assert_eq!(python(&all, TEXT), ["get(deep)"]);
}

#[test]
fn a_position_counts_named_siblings() {
    let nth = |position: &str, reverse, of: Option<Condition>| {
        let condition = Condition {
            nth_child: Some(NthChild {
                position: position.to_owned(),
                of: of.map(Box::new),
                reverse,
            }),
            inside: related(kind("list"), Stop::Neighbor),
            ..kind("integer")
        };
        python(&condition, "[1, a, 2, 3]\n")
    };
    assert_eq!(nth("1", false, None), ["1"]);
    assert_eq!(nth("1", true, None), ["3"]);
    assert_eq!(nth("2n+1", false, None), ["1", "2"]);
    assert_eq!(nth("2", false, Some(kind("integer"))), ["2"]);
}

#[test]
fn variables_are_shared_between_the_parts_of_a_condition() {
    let condition = Condition {
        inside: related(pattern("for $X in $LIST: $$$BODY"), Stop::End),
        ..pattern("get($X)")
    };
    assert_eq!(python(&condition, TEXT), ["get(x)"]);
    let found = matches(&condition, Language::Python, "a.py", TEXT);
    let names: Vec<&str> = found[0]
        .captures
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["BODY", "LIST", "X"]);
}

#[test]
fn a_kind_may_be_a_selector() {
    assert_eq!(
        python(&kind("argument_list > identifier"), TEXT),
        ["x", "deep", "last"]
    );
    assert_eq!(
        python(&kind("for_statement call"), TEXT),
        ["get(x)", "get(deep)"]
    );
}

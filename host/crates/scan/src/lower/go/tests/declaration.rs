//! Declarations and types of Go and what they become.

use super::{Case, check};
use crate::lower::go::lower;
use crate::tree::{NodeId, Role};

#[test]
fn an_import_binds_the_name_its_package_goes_by() {
    check(IMPORTS);
}

#[test]
fn declarations_keep_names_types_and_values() {
    check(DECLARATIONS);
}

#[test]
fn types_take_the_forms_of_expressions() {
    check(TYPES);
}

/// Every level has a list of two names whose type is the next level.
#[test]
fn a_type_that_several_names_share_is_lowered_once_when_it_may_hold_names_itself() {
    for (open, close) in [
        ("func(a, b ", ")"),
        ("struct{ a, b ", " }"),
        ("func() (a, b ", ")"),
        ("interface{ f(a, b ", ") }"),
    ] {
        for (before, behind) in [
            ("var x, y ", ""),
            ("func f(x, y ", ") {}"),
            ("func f() (x, y ", ") {}"),
            ("type T struct { x, y ", " }"),
            ("type T interface { f(x, y ", ") }"),
        ] {
            let nodes = |levels: usize| {
                let kind = format!("{}int{}", open.repeat(levels), close.repeat(levels));
                let tree = lower(&format!("package a\n{before}{kind}{behind}\n"), false);
                assert_eq!(tree.errors, [], "{before}{kind}{behind}");
                tree.ids().count()
            };
            let (ten, twenty) = (nodes(10), nodes(20));
            assert!(twenty < 3 * ten, "{open} in {before}: {ten}, {twenty}");
        }
    }
}

#[test]
fn a_plain_type_goes_to_each_of_a_few_names_that_share_it() {
    let types = |names: usize| {
        let tree = lower(
            &format!("var a{} map[string]*sql.DB\n", ", a".repeat(names - 1)),
            false,
        );
        let typed = |id: &NodeId| tree.child(*id, Role::Type).is_some();
        tree.ids().filter(typed).count()
    };
    assert_eq!(types(16), 16);
    assert_eq!(types(1000), 16);
}

const IMPORTS: &[Case] = &[
    (
        r#"package a; import "fmt""#,
        &[r#"(Import "fmt" item:(ImportName target:(Name "fmt")))"#],
    ),
    (
        r#"import ( "net/http"; r "github.com/x/redis/v9"; _ "lib/pq"; . "dot"; "github.com/go-redis/redis/v9"; "gopkg.in/yaml.v3" )"#,
        &[
            r#"(Import "net/http" item:(ImportName target:(Name "http")))"#,
            r#"(Import "github.com/x/redis/v9" item:(ImportName target:(Name "r")))"#,
            r#"(Import+SIDE_EFFECT "lib/pq")"#,
            r#"(Import+STAR "dot")"#,
            r#"(Import "github.com/go-redis/redis/v9" item:(ImportName target:(Name "redis")))"#,
            r#"(Import "gopkg.in/yaml.v3" item:(ImportName target:(Name "yaml")))"#,
        ],
    ),
];

const DECLARATIONS: &[Case] = &[
    (
        "var a int",
        &[r#"(Assign+DECLARE target:(Name "a") type:(Name "int"))"#],
    ),
    (
        r#"var a, b = 1, "x""#,
        &[
            r#"(Assign+DECLARE target:(Name "a") value:(Num "1"))"#,
            r#"(Assign+DECLARE target:(Name "b") value:(Str "x"))"#,
        ],
    ),
    (
        "var a, b int",
        &[
            r#"(Assign+DECLARE target:(Name "a") type:(Name "int"))"#,
            r#"(Assign+DECLARE target:(Name "b") type:(Name "int"))"#,
        ],
    ),
    (
        "var a, b = f()",
        &[
            r#"(Assign+DECLARE target:(List+TUPLE item:(Name "a") item:(Name "b")) value:(Call callee:(Name "f")))"#,
        ],
    ),
    (
        "var ( x = 1; y string )",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Num "1"))"#,
            r#"(Assign+DECLARE target:(Name "y") type:(Name "string"))"#,
        ],
    ),
    (
        "const a = 1; const ( B = iota; C )",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "a") value:(Num "1"))"#,
            r#"(Assign+CONST+DECLARE target:(Name "B") value:(Name "iota"))"#,
            r#"(Assign+CONST+DECLARE target:(Name "C"))"#,
        ],
    ),
    (
        "func f(a, b int, c ...string) (int, error) { return 1, nil }",
        &[
            r#"(Function "f" param:(Param "a" type:(Name "int")) param:(Param "b" type:(Name "int")) param:(Param+REST "c" type:(Name "string")) returns:(List+TUPLE item:(Name "int") item:(Name "error")) (Block (Return value:(List+TUPLE item:(Num "1") item:(Null)))))"#,
        ],
    ),
    (
        "func f(int, *pkg.T) *T",
        &[
            r#"(Function+ABSTRACT "f" param:(Param type:(Name "int")) param:(Param type:(Attr "T" value:(Name "pkg"))) returns:(Name "T"))"#,
        ],
    ),
    (
        "func (s *Server[T]) Get(w http.ResponseWriter) (err error) { return }",
        &[
            r#"(Function "Get" param:(Param+RECEIVER "s" type:(Index value:(Name "Server") index:(Name "T"))) param:(Param "w" type:(Attr "ResponseWriter" value:(Name "http"))) returns:(Name "error") (Block (Return)))"#,
        ],
    ),
    (
        "func Map[K comparable, V any](m map[K]V) []V { return nil }",
        &[
            r#"(Function "Map" param:(Param "m" type:(Index value:(Name "map") index:(List+TUPLE item:(Name "K") item:(Name "V")))) returns:(Index value:(Name "slice") index:(Name "V")) (Block (Return value:(Null))))"#,
        ],
    ),
    (
        r#"type T struct { A, B int `json:"a"`; g func(x int) error }"#,
        &[
            r#"(Class "T" (Block (Assign+PROPERTY decorator:(Str "json:\"a\"") target:(Name "A") type:(Name "int")) (Assign+PROPERTY decorator:(Str "json:\"a\"") target:(Name "B") type:(Name "int")) (Assign+PROPERTY target:(Name "g") type:(Type arg:(Name "int") returns:(Name "error")))))"#,
        ],
    ),
    (
        "type T struct { *pkg.E; F; Base[int] }",
        &[
            r#"(Class "T" base:(Attr "E" value:(Name "pkg")) base:(Name "F") base:(Name "Base") (Block))"#,
        ],
    ),
    (
        "type I interface { Get(ctx context.Context, id string) (*T, error) }",
        &[
            r#"(Class+TYPE_ONLY "I" (Block (Function+ABSTRACT "Get" param:(Param "ctx" type:(Attr "Context" value:(Name "context"))) param:(Param "id" type:(Name "string")) returns:(List+TUPLE item:(Name "T") item:(Name "error")))))"#,
        ],
    ),
    (
        "type I interface { io.Reader; ~int | ~string }",
        &[
            r#"(Class+TYPE_ONLY "I" base:(Attr "Reader" value:(Name "io")) base:(Binary "|" value:(Name "int") value:(Name "string")) (Block))"#,
        ],
    ),
    (
        "type ( ID string; Alias = pkg.T; L []T; H func(http.ResponseWriter) )",
        &[
            r#"(Assign+TYPE_ONLY+DECLARE target:(Name "ID") value:(Name "string"))"#,
            r#"(Assign+TYPE_ONLY+DECLARE target:(Name "Alias") value:(Attr "T" value:(Name "pkg")))"#,
            r#"(Assign+TYPE_ONLY+DECLARE target:(Name "L") value:(Index value:(Name "slice") index:(Name "T")))"#,
            r#"(Assign+TYPE_ONLY+DECLARE target:(Name "H") value:(Type arg:(Attr "ResponseWriter" value:(Name "http"))))"#,
        ],
    ),
];

const TYPES: &[Case] = &[(
    "var x map[string][]*pkg.T; var c chan<- int; var f func(a, b int) (string, error); var i interface{}; var a [3]int; var g Gen[K, V]; var s struct { A int; B }; var e interface{ Close() error }",
    &[
        r#"(Assign+DECLARE target:(Name "x") type:(Index value:(Name "map") index:(List+TUPLE item:(Name "string") item:(Index value:(Name "slice") index:(Attr "T" value:(Name "pkg"))))))"#,
        r#"(Assign+DECLARE target:(Name "c") type:(Type type:(Name "int")))"#,
        r#"(Assign+DECLARE target:(Name "f") type:(Type arg:(Name "int") arg:(Name "int") returns:(List+TUPLE item:(Name "string") item:(Name "error"))))"#,
        r#"(Assign+DECLARE target:(Name "i") type:(Type))"#,
        r#"(Assign+DECLARE target:(Name "a") type:(Index value:(Name "slice") index:(Name "int")))"#,
        r#"(Assign+DECLARE target:(Name "g") type:(Index value:(Name "Gen") index:(List+TUPLE item:(Name "K") item:(Name "V"))))"#,
        r#"(Assign+DECLARE target:(Name "s") type:(Type item:(Pair "A" value:(Name "int")) base:(Name "B")))"#,
        r#"(Assign+DECLARE target:(Name "e") type:(Type item:(Pair "Close" value:(Type returns:(Name "error")))))"#,
    ],
)];

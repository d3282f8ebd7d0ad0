use proptest::prelude::*;

use super::*;

fn one(text: &str, dialect: Dialect) -> Statement {
    let mut sql = read(text, dialect);
    assert_eq!(sql.statements.len(), 1, "{text}");
    sql.statements.remove(0)
}

fn generic(text: &str) -> Statement {
    one(text, Dialect::Generic)
}

fn star(text: &str) -> Option<&str> {
    generic(text).star.map(|star| &text[star.span.range()])
}

fn names(tables: &[Table]) -> Vec<&str> {
    tables.iter().map(|table| table.name.as_str()).collect()
}

#[test]
fn a_star_over_a_table_in_the_outermost_projection_is_found() {
    assert_eq!(star("SELECT * FROM users WHERE id = %s"), Some("*"));
    assert_eq!(
        star("select distinct u.* from users u join x on x.id = u.id"),
        Some("u.*")
    );
    assert_eq!(
        star("SELECT é.name, \"u\".* FROM é, users AS \"u\""),
        Some("\"u\".*")
    );
    assert_eq!(star("SELECT a FROM t UNION ALL SELECT * FROM u"), Some("*"));
    assert_eq!(star("(SELECT * FROM t) UNION (SELECT 1)"), Some("*"));
    assert_eq!(star("SELECT * FROM {table} {where}"), Some("*"));
    assert_eq!(star("SELECT TOP 5 * FROM t"), Some("*"));
    assert_eq!(star("SELECT * FROM table"), Some("*"));
    assert_eq!(
        star("WITH a AS (SELECT 1 AS x) SELECT * FROM a JOIN t ON t.x = a.x"),
        Some("*")
    );
}

#[test]
fn other_stars_are_not() {
    for text in [
        "SELECT COUNT(*) FROM users",
        "SELECT a * b FROM t",
        "SELECT id FROM t WHERE EXISTS (SELECT * FROM u)",
        "WITH a AS (SELECT * FROM t) SELECT * FROM a",
        "WITH a (x) AS MATERIALIZED (SELECT 1), b AS (SELECT 2) SELECT b.* FROM a, b, t",
        "SELECT * FROM (SELECT id FROM t) AS x",
        "SELECT * FROM generate_series(1, 10)",
        "SELECT * FROM unnest(ARRAY[1, 2])",
        "SELECT * FROM json_each(?) AS j",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_stat_activity",
        "SELECT name FROM sqlite_master",
        "SELECT x.* FROM t JOIN LATERAL (SELECT 1) x ON true",
        "INSERT INTO t SELECT * FROM u",
        "INSERT INTO t (a) VALUES (1) RETURNING *",
        "CREATE TABLE x AS SELECT * FROM t",
        "SELECT '*' FROM t -- *",
        "select * from S3Object s where s.a = 1",
        "SELECT * FROM ({query}) t",
        "SELECT /* * */ a FROM t",
    ] {
        assert_eq!(star(text), None, "{text}");
    }
    assert!(generic("SELECT * FROM generate_series(1, 10)").reads_no_table());
    assert!(!generic("SELECT * FROM t").reads_no_table());
}

#[test]
fn tables_are_read_and_written() {
    let statement = generic(
        "WITH r AS (SELECT * FROM a.logs) INSERT INTO \"Sum\" (x) SELECT x FROM r JOIN (b CROSS JOIN c) ON true, d",
    );
    assert_eq!(
        (names(&statement.reads), names(&statement.writes)),
        (vec!["a.logs", "r", "b", "c", "d"], vec!["Sum"])
    );
    assert_eq!(statement.reads[1].kind, TableKind::Cte);
    let text = "UPDATE ONLY t SET a = (SELECT max(x) FROM u) FROM v WHERE t.id = v.id AND EXTRACT(year FROM t.at) IS DISTINCT FROM 1";
    let statement = generic(text);
    assert_eq!(
        (
            statement.kind,
            names(&statement.writes),
            names(&statement.reads)
        ),
        (Kind::Update, vec!["t"], vec!["u", "v"])
    );
    assert_eq!(&text[statement.reads[1].span.range()], "v");
    let statement = generic("DELETE FROM s USING t WHERE s.id = t.id RETURNING *");
    assert_eq!(
        (
            statement.kind,
            names(&statement.writes),
            names(&statement.reads)
        ),
        (Kind::Delete, vec!["s"], vec!["t"])
    );
    assert!(statement.returning_star.is_some());
    for (text, kind, written) in [
        ("CREATE TABLE IF NOT EXISTS a.b (id int)", Kind::Ddl, "a.b"),
        ("ALTER TABLE b ADD COLUMN c int", Kind::Ddl, "b"),
        ("DROP TABLE IF EXISTS c", Kind::Ddl, "c"),
        ("TRUNCATE d", Kind::Ddl, "d"),
        (
            "CREATE UNIQUE INDEX CONCURRENTLY i ON e (a)",
            Kind::Ddl,
            "e",
        ),
        ("REPLACE INTO f VALUES (1)", Kind::Insert, "f"),
        (
            "MERGE INTO g USING h ON a = b WHEN MATCHED THEN DELETE",
            Kind::Other,
            "g",
        ),
        ("COPY i (a, b) FROM stdin", Kind::Other, "i"),
        ("INSERT INTO `db`.`j` SET a = 1", Kind::Insert, "db.j"),
    ] {
        let statement = generic(text);
        assert_eq!(
            (statement.kind, names(&statement.writes)),
            (kind, vec![written]),
            "{text}"
        );
    }
    assert_eq!(
        names(&generic("SELECT 1 FROM t FOR UPDATE").writes),
        [] as [&str; 0]
    );
    assert_eq!(
        names(&generic("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2").writes),
        ["t"]
    );
}

#[test]
fn bounds_and_filters_are_seen() {
    for text in [
        "SELECT a FROM t LIMIT 5",
        "SELECT a FROM t LIMIT %s OFFSET %s",
        "SELECT a FROM t FETCH FIRST 5 ROWS ONLY",
        "SELECT TOP (5) a FROM t",
        "SELECT a FROM t WHERE ROWNUM <= 5",
        "(SELECT a FROM t) UNION (SELECT b FROM u) LIMIT 3",
    ] {
        assert_eq!(generic(text).limit, Presence::Yes, "{text}");
    }
    for text in [
        "SELECT a FROM t",
        "SELECT a FROM t LIMIT ALL",
        "SELECT a FROM (SELECT a FROM t LIMIT 5) x",
        "SELECT 'LIMIT 5' FROM t -- LIMIT 5",
    ] {
        assert_eq!(generic(text).limit, Presence::No, "{text}");
    }
    assert_eq!(
        generic("SELECT a FROM t {where} ORDER BY x").limit,
        Presence::Unknown
    );
    assert_eq!(
        generic("SELECT a FROM t WHERE {cond} ORDER BY {o} LIMIT {l}").limit,
        Presence::Yes
    );
    assert_eq!(
        generic("SELECT a FROM t {where} ORDER BY x").filter,
        Presence::Unknown
    );
    assert_eq!(
        generic("SELECT a FROM t WHERE x = %s").filter,
        Presence::Yes
    );
    assert_eq!(
        generic("SELECT a FROM (SELECT a FROM t WHERE b) x").filter,
        Presence::No
    );
}

#[test]
fn compared_columns_have_their_operators() {
    let statement = generic(
        "SELECT a FROM t WHERE t.a = %s AND (b > 1 OR c IN (1, 2)) AND d LIKE 'x%' AND e IS NULL AND f <> 1 AND g NOT IN (SELECT h FROM u WHERE i = 1) AND 5 <= j AND k BETWEEN ? AND ? ORDER BY t.z DESC, lower(y), x LIMIT 1",
    );
    let compares: Vec<_> = statement
        .compares
        .iter()
        .map(|one| (one.column.as_str(), one.operator))
        .collect();
    use Operator::{Equal, In, Like, Null, Other, Range};
    assert_eq!(
        compares,
        [
            ("a", Equal),
            ("b", Range),
            ("c", In),
            ("d", Like),
            ("e", Null),
            ("f", Other),
            ("g", Other),
            ("j", Range),
            ("k", Range)
        ]
    );
    assert_eq!(statement.order_by, ["z", "x"]);
    assert!(statement.is_parsed);
    assert_eq!(
        generic("UPDATE t SET a = 1 WHERE id = :id").compares[0].column,
        "id"
    );
    assert_eq!(
        generic("DELETE FROM t WHERE id = ANY(%s)").compares[0].operator,
        In
    );
}

#[test]
fn one_row_of_aggregates_is_told_from_rows() {
    for text in [
        "SELECT COUNT(*) FROM t",
        "SELECT count(*) AS n, max(a) FROM t WHERE b = 1",
        "SELECT COALESCE(SUM(a), 0) FROM t",
    ] {
        assert!(generic(text).aggregates_only, "{text}");
    }
    for text in [
        "SELECT a, COUNT(*) FROM t GROUP BY a",
        "SELECT COUNT(*) FROM t GROUP BY a",
        "SELECT sum(a) OVER () FROM t",
        "SELECT * FROM t",
        "SELECT max(a) FROM t UNION SELECT b FROM u",
    ] {
        assert!(!generic(text).aggregates_only, "{text}");
    }
}

#[test]
fn placeholders_of_drivers_do_not_stop_the_parser() {
    for (text, dialect) in [
        (
            "SELECT * FROM t WHERE a = %s AND b = %(b)s AND c IN %s",
            Dialect::Postgres,
        ),
        (
            "SELECT a FROM t WHERE a = ? AND b IN (?, ?) LIMIT ?",
            Dialect::MySql,
        ),
        (
            "SELECT a FROM t WHERE a = $1 AND b = ANY($2::int[])",
            Dialect::Postgres,
        ),
        (
            "SELECT a FROM t WHERE a = :a AND b::text = :b",
            Dialect::Postgres,
        ),
        (
            "SELECT a FROM {schema}.{table} WHERE {column} = %s",
            Dialect::Postgres,
        ),
        ("INSERT INTO t (a, b) VALUES %s", Dialect::Postgres),
        ("SELECT a FROM t_${year} WHERE a = @p", Dialect::SqlServer),
        ("SELECT é FROM ñ WHERE ü = 'ß'", Dialect::Postgres),
        ("SELECT a FROM `p.d.t` WHERE x = @x", Dialect::BigQuery),
        (
            "SELECT a FROM t {joins} WHERE a = 1 {and_more} {order} {limit}",
            Dialect::Postgres,
        ),
    ] {
        let statement = one(text, dialect);
        assert!(statement.is_parsed, "{text}");
    }
}

#[test]
fn what_no_parser_reads_is_answered_from_the_words() {
    let statement = generic("SELECT u.* FROM users u WHERE id = %s AND ;");
    assert!(!statement.is_parsed);
    assert_eq!(
        statement.star.and_then(|star| star.qualifier),
        Some("u".to_owned())
    );
    assert_eq!(
        (statement.filter, statement.limit, names(&statement.reads)),
        (Presence::Yes, Presence::No, vec!["users"])
    );
}

#[test]
fn a_script_is_read_statement_by_statement() {
    let text = "-- schema\nCREATE TABLE a (id int);\nnonsense here;\nSELECT * FROM a;\n";
    let sql = read(text, Dialect::Postgres);
    assert_eq!(
        sql.statements
            .iter()
            .map(|one| one.kind)
            .collect::<Vec<_>>(),
        [Kind::Ddl, Kind::Other, Kind::Select]
    );
    assert_eq!(&text[sql.statements[2].span.range()], "SELECT * FROM a");
    assert_eq!(
        &text[sql.statements[2]
            .star
            .as_ref()
            .map(|star| star.span.range())
            .expect("it is there")],
        "*"
    );
}

/// The two ways to the answers agree where both exist.
#[test]
fn parser_and_words_say_the_same() {
    for text in [
        "SELECT * FROM users WHERE id = %s LIMIT 1",
        "SELECT DISTINCT ON (a) u.*, v.b FROM users u LEFT JOIN v ON v.id = u.id WHERE u.a > 1 AND v.b IS NOT NULL ORDER BY u.c",
        "WITH a AS (SELECT * FROM t) SELECT * FROM a",
        "SELECT count(*) FROM a, b WHERE a.id = b.id",
        "SELECT * FROM f(1) AS x",
        "SELECT x.* FROM (SELECT 1) x, t",
        "SELECT a FROM t UNION SELECT * FROM u ORDER BY 1",
        "DELETE FROM t WHERE a IN (1, 2)",
        "UPDATE t SET a = 1 WHERE b LIKE 'x' AND c BETWEEN 1 AND 2",
        "SELECT CASE WHEN a = 1 THEN 2 END, t.* FROM t FETCH NEXT 3 ROWS ONLY",
    ] {
        let tokens = split::statements(text, Dialect::Generic).0.remove(0);
        let outline = Outline::new(text, &tokens);
        let mentions = outline.mentions();
        let words = clause::read(&outline, &mentions);
        let parsed = parsed::read(&outline, Dialect::Generic, &words).expect("it is plain SQL");
        assert_eq!(words.star, parsed.star, "{text}");
        assert_eq!(
            (words.limit, words.filter),
            (parsed.limit, parsed.filter),
            "{text}"
        );
        assert_eq!(words.aggregates_only, parsed.aggregates_only, "{text}");
        assert!(
            words
                .compares
                .iter()
                .all(|one| parsed.compares.contains(one)),
            "{text}"
        );
        if outline.kind == Kind::Select {
            let kinds =
                |tables: &[Table]| tables.iter().map(|table| table.kind).collect::<Vec<_>>();
            assert_eq!(kinds(&words.sources), kinds(&parsed.sources), "{text}");
        }
    }
}

#[test]
fn long_chains_and_deep_brackets_overflow_no_stack() {
    let deep = 100_000;
    for (head, part, tail) in [
        ("SELECT 1", " + 1", ""),
        ("SELECT 1", " UNION SELECT 1", ""),
        ("SELECT a", "::int", " FROM t"),
        ("SELECT ", "(", ""),
        ("SELECT ", "NOT ", "a"),
        ("SELECT ", "- ", "1"),
        ("SELECT * FROM a", " JOIN b ON c = d", ""),
        ("SELECT * FROM a", " JOIN b", ""),
        ("SELECT * FROM ", "(", "t"),
        ("SELECT * FROM t WHERE ", "a = 1 AND ", "b = 2"),
        ("SELECT ", "CASE WHEN a THEN ", "1"),
        ("SELECT CAST(a AS ", "ARRAY<", "int"),
        ("SELECT a", "[1]", " FROM t"),
        ("SELECT a", ".b", " FROM t"),
        ("", "WITH a AS (", "SELECT 1"),
        ("", "EXPLAIN ", "SELECT 1"),
        ("", "{", ""),
        ("", "a <<", ""),
        ("", "GO ", ""),
        ("SELECT * FROM t WHERE a IN (", "1,", "1)"),
        ("INSERT INTO t VALUES ", "(1),", "(1)"),
        ("", "SELECT 1;", ""),
        ("SELECT ", "f(", ""),
        ("", "BEGIN ", ""),
        ("", "CREATE FUNCTION BEGIN ", ""),
        ("SELECT ", "$a ", ""),
        ("SELECT ", "%(", ""),
        ("SELECT ", "x'", ""),
    ] {
        let text = format!("{head}{}{tail}", part.repeat(deep));
        assert_sound(&text, &[Dialect::Generic]);
        // Just below the limits the parser itself is at work.
        for count in [20, 40, 60, 120, 390] {
            assert_sound(&format!("{head}{}{tail}", part.repeat(count)), &DIALECTS);
        }
    }
    assert!(read(&"a".repeat(50 << 20), Dialect::Generic).is_cut);
}

const DIALECTS: [Dialect; 11] = [
    Dialect::Generic,
    Dialect::BigQuery,
    Dialect::ClickHouse,
    Dialect::DuckDb,
    Dialect::MySql,
    Dialect::Oracle,
    Dialect::Postgres,
    Dialect::Redshift,
    Dialect::Snowflake,
    Dialect::SqlServer,
    Dialect::Sqlite,
];

fn assert_sound(text: &str, dialects: &[Dialect]) {
    looks_like_sql(text);
    for dialect in dialects.iter().copied() {
        let mut end = 0;
        for statement in read(text, dialect).statements {
            assert!(end <= statement.span.start && statement.span.end as usize <= text.len());
            end = statement.span.end;
            let tables = statement
                .reads
                .iter()
                .chain(&statement.writes)
                .map(|table| table.span);
            let stars = statement
                .star
                .iter()
                .map(|star| star.span)
                .chain(statement.returning_star);
            for span in tables.chain(stars) {
                assert!(
                    text.is_char_boundary(span.start as usize)
                        && text.is_char_boundary(span.end as usize),
                    "{text}"
                );
                assert!(statement.span.contains(span), "{span:?} in {text}");
            }
            for star in statement.star.iter().map(|star| star.span) {
                assert!(text[star.range()].ends_with('*'), "{text}");
            }
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
        assert_sound(&text, &DIALECTS);
    }

    #[test]
    fn arbitrary_mixtures_of_sql_keep_their_spans(parts in prop::collection::vec(prop::sample::select(PARTS), 0..30)) {
        assert_sound(&parts.join(" "), &DIALECTS);
        assert_sound(&parts.concat(), &DIALECTS);
    }
}

const PARTS: &[&str] = &[
    "SELECT",
    "select",
    "*",
    "FROM",
    "t",
    "u.*",
    "\"é\"",
    "é",
    "WHERE",
    "=",
    "%s",
    ":x",
    "$1",
    "?",
    "{x}",
    "${y}",
    "(",
    ")",
    ",",
    "JOIN",
    "ON",
    "LIMIT",
    "1",
    "'a;b'",
    ";",
    "--c\n",
    "/* c */",
    "UNION",
    "WITH",
    "AS",
    "INSERT INTO",
    "VALUES",
    "UPDATE",
    "SET",
    "DELETE",
    "RETURNING",
    "$$",
    "`",
    "[",
    "]",
    ".",
    "::int",
    "IN",
    "COUNT(*)",
    "ORDER BY",
    "\n",
    "CREATE TABLE",
    "😀",
    "TOP",
    "DISTINCT",
    "NOT",
    "CASE",
    "END",
    "{%",
    "%}",
    "%(",
    "\u{0}",
];

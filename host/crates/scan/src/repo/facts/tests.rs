//! Facts: what is found, what is refused.

use super::*;
use crate::model::eval::results::{Given, Origin};

#[test]
fn facts_are_found_by_path_by_wildcard_and_through_rewrites() {
    let mut facts = Facts::default();
    let text = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["requests.{get,post}", "requests.Session.{get,post}"]
kind = "http"
flavour = "sync"
timeout = "none"
[[fact]]
paths = ["pymongo.collection.Collection.*"]
kind = "db"
[returns]
"requests.session()" = "requests.Session()"
"pymongo.MongoClient.*" = "pymongo.database.Database()"
"**.PrismaClient" = "@prisma/client.PrismaClient"
"#;
    facts.add("python.toml", text).expect("well formed");
    let get = facts.get("requests.Session.get").expect("listed");
    assert!(get.is("timeout", "none") && get.effects.blocking == effect_bit("http").unwrap_or(0));
    assert!(facts.get("requests.delete").is_none());
    assert!(facts.get("pymongo.collection.Collection.find").is_some());
    assert_eq!(
        facts.rewrite("requests.session()"),
        Some("requests.Session()")
    );
    assert_eq!(
        facts.rewrite("pymongo.MongoClient.shop"),
        Some("pymongo.database.Database()")
    );
    assert_eq!(
        facts.rewrite("../generated/client.PrismaClient"),
        Some("@prisma/client.PrismaClient")
    );
    assert_eq!(facts.rewrite("requests.PrismaClient"), None);
    assert!(facts.knows_root("requests") && !facts.knows_root("flask"));
}

#[test]
fn modules_within_others_have_facts_and_what_fits_nothing_is_refused() {
    let file = |rest: &str| format!("schema = \"perfctl.facts/1\"\n{rest}");
    let mut facts = Facts::default();
    let apm = "[[fact]]\npaths = [\"go.elastic.co/apm/**\", \"require ol/**\"]\nwatches = \"yes\"";
    facts.add("a.toml", &file(apm)).expect("well formed");
    for (path, is_known) in [
        ("go.elastic.co/apm/module/apmgin/v2.Middleware", true),
        ("go.elastic.co/apm.Start", false),
        ("go.elastic.co/apmother/x.Start", false),
        ("require ol/Map", true),
        ("require old/Map", false),
    ] {
        assert_eq!(facts.get(path).is_some(), is_known, "{path}");
    }
    assert!(facts.knows_root("require ol/Map") && !facts.knows_root("require old/Map"));
    for none in [
        "[[fact]]\npaths = [\"passlib.*.hash\"]\nx = \"y\"",
        "[[fact]]\npaths = [\"silk**\"]\nx = \"y\"",
        "[[fact]]\npaths = [\"sqlalchemy.Table().insert\"]\nx = \"y\"",
        "[returns]\n\"shop.Client().lines()\" = \"x.Y()\"",
        "[returns]\n\"**.a.*\" = \"x.Y\"",
        "[[framework]]\nname = \"f\"\nimports = [\"f.*\"]",
        "[[side]]\nside = \"server\"\nimports = [\"a.**.b\"]",
        "[[deployment]]\ntarget = \"t\"\nimports = [\"a.*.b\"]",
    ] {
        let refused = Facts::default().add("a.toml", &file(none));
        let message = refused.expect_err(none).to_string();
        assert!(message.starts_with("a.toml: `"), "{message}");
        assert!(message.contains("fits no path"), "{message}");
    }
}

#[test]
fn what_says_nothing_of_what_a_call_gives_is_refused_with_its_line() {
    for (word, says) in [
        (
            "stands_for = \"0\"",
            "line 4: `stands_for = \"0\"` is no position",
        ),
        (
            "stands_for = \"first\"",
            "`stands_for = \"first\"` is no position",
        ),
        ("result_of = 256", "`result_of = \"256\"` is no position"),
        ("wraps = true", "`wraps = \"true\"` is no position"),
        (
            "gives_each = \"false\"",
            "line 4: `gives_each = \"false\"`: write \"true\"",
        ),
    ] {
        let text =
            format!("schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"acme.run\"]\n{word}\n");
        let refused = Facts::default().add("a.toml", &text);
        let message = refused.expect_err(word).to_string();
        assert!(message.starts_with("a.toml: line 4: "), "{message}");
        assert!(message.contains(says), "{message}");
    }
    for word in ["stands_for = \"1\"", "result_of = 255", "gives_each = true"] {
        let text =
            format!("schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"acme.run\"]\n{word}\n");
        Facts::default().add("a.toml", &text).expect(word);
    }
}

#[test]
fn a_short_text_that_names_very_much_is_refused() {
    let words: Vec<String> = (0..200).map(|at| format!("n{at}")).collect();
    let words = words.join(",");
    let paths: Vec<String> = (0..2000)
        .map(|at| format!("\"lib{at}.{{{words}}}\""))
        .collect();
    let file = |rest: &str| format!("schema = \"perfctl.facts/1\"\n{rest}");
    let many = format!("[[fact]]\npaths = [{}]\nkind = \"http\"\n", paths.join(","));
    let convention = "[[convention]]\nfiles = [\"**\"]\nsymbols = [\"*\"]\nrole = \"script\"\n";
    for (text, says) in [
        (many, "more than 200000 paths"),
        (convention.repeat(2001), "more than 2000 conventions"),
    ] {
        let refused = Facts::default().add("a.toml", &file(&text));
        let message = refused.expect_err(says).to_string();
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn what_two_files_say_of_one_path_adds_up_and_the_later_one_wins_per_key() {
    let mut facts = Facts::default();
    let file = |words: &str| {
        format!(
            "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"dbapi.Cursor.fetchall\"]\n{words}\n"
        )
    };
    facts
        .add("a.toml", &file("kind = \"db\"\nflavour = \"sync\""))
        .expect("well formed");
    facts
        .add("b.toml", &file("lists = \"true\"\nflavour = \"async\""))
        .expect("well formed");
    let fact = facts.get("dbapi.Cursor.fetchall").expect("listed");
    assert!(fact.is("kind", "db") && fact.is("lists", "true") && fact.is("flavour", "async"));
    assert!(fact.effects.all != 0 && fact.effects.blocking == 0);
}

#[test]
fn every_file_of_facts_that_comes_with_perfctl_is_read() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../plugins/perf/facts");
    let mut facts = Facts::default();
    let mut count = 0;
    for file in std::fs::read_dir(dir).expect("the pack has facts") {
        let path = file.expect("listed").path();
        let text = std::fs::read_to_string(&path).expect("readable");
        let name = path.display().to_string();
        facts.add(&name, &text).expect("well formed");
        count += 1;
    }
    assert!(count > 50, "{count} files in {dir}");
    let asked = Origin::Path("asyncio.to_thread".to_owned());
    let given = facts.results().of("to_thread", &asked);
    assert_eq!(given, Some(Given::ResultOf(0)));
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_file() {
    let text =
        "schema = \"perfctl.facts/1\"\n[returns]\n\"a.b()\" = \"c.D()\"\n\"a.b()\" = \"c.E()\"\n";
    let refused = Facts::default().add("acme/facts/a.toml", text);
    let message = refused.expect_err("twice").to_string();
    assert!(message.starts_with("acme/facts/a.toml: "), "{message}");
    assert!(
        message.contains("line 4") && message.contains("duplicate key"),
        "{message}"
    );
}

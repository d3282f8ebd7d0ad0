//! The reader's messages, word for word, and that no text makes it panic.

use super::*;
use crate::diagnose::Faults;

/// A schema that asks every kind of question.
fn read(text: &str) -> Result<String, Faults> {
    Document::parse("x.toml", text)?.read(|table| {
        table.schema("perfctl.test/1");
        let title = table.filled("title", "\"...\"");
        let jobs = table.value("jobs").and_then(|value| value.integer(1..=64));
        let ratio = table.value("ratio").and_then(|value| value.number());
        let color = table
            .value("color")
            .and_then(|value| value.word(&[("auto", 1), ("never", 2), ("always", 3)]));
        let until = table.value("until").and_then(|value| value.day());
        let exclude = table.texts("exclude");
        let env = table.scalars("env");
        let steps = table.tables("step", |step| {
            let id = step.filled("id", "\"...\"");
            if let Some(id) = id {
                step.call(format!("step `{id}`"));
            }
            step.refuse(
                "argv",
                Refusal::new("`argv` does not belong to a step of kind `rules`"),
            );
            let (timeout, fast) = (step.text("timeout"), step.flag("fast"));
            Some(format!("{}{timeout:?}{fast:?}", id?))
        });
        let env: Vec<_> = env
            .iter()
            .map(|(key, value)| (key, value.scalar()))
            .collect();
        Some(format!(
            "{}{jobs:?}{ratio:?}{color:?}{until:?}{}{env:?}{steps:?}",
            title?,
            exclude.len()
        ))
    })
}

fn faults(text: &str) -> String {
    read(text).expect_err("the text is faulty").to_string()
}

#[test]
fn a_faultless_file_is_read() {
    let read = read(
        "schema = 'perfctl.test/1'\ntitle = 't'\njobs = 0x1_0\nratio = 1_0\ncolor = 'auto'\nuntil = 2027-01-31\n\
        exclude = ['a']\nenv = { A = 1, B = true, C = 'c', D = 1.50 }\n[[step]]\nid = 's'\n",
    );
    insta::assert_snapshot!(read.expect("faultless"));
}

#[test]
fn every_fault_of_a_file_is_reported_at_once() {
    insta::assert_snapshot!(faults(
        r#"
schema = "perfctl.test/1"
titel = "t"
jobs = 65
ratio = "1"
color = "alwys"
until = "2027-02-30"
exclude = "a/**"
env = { A = [], B = {} }

[[step]]
id = "s"
argv = ["x"]
tiemout = "90s"
fast = "yes"

[[step]]
id = " "
timeout = 90

[zzz]
"#
    ));
}

#[test]
fn one_table_where_a_list_is_due_says_how_to_write_the_list() {
    insta::assert_snapshot!(faults(
        "schema = 'perfctl.test/1'\ntitle = 't'\n[step]\nid = 'a'\n"
    ));
}

#[test]
fn another_schema_or_version_silences_the_noise_that_follows() {
    insta::assert_snapshot!(faults("title = 't'\nschema = 'perfctl.test/2'\nfoo = 1\n"));
    insta::assert_snapshot!(faults("schema = 'perfctl.recipe/1'\nfoo = 1\n"));
    insta::assert_snapshot!(faults("title = 't'\n"));
}

#[test]
fn syntax_errors_say_what_to_write() {
    let texts = [
        "a = ",
        "timeout = 90s # x",
        "a = True",
        "a = None",
        "a = 1\na = 2",
        "[a]\nb = 1\n[a]\n",
        "a = \"x",
        "a = [1, 2",
        "[x\n",
        "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n",
        "a = 'b' c",
        "a : 1",
        "a = 00:61:00",
        "é = 1",
        "a = \"\\q\"",
        "a.b = 1\na = 2",
    ];
    let shown: Vec<String> = texts.iter().map(|text| faults(text)).collect();
    insta::assert_snapshot!(shown.join("\n\n----\n"));
}

#[test]
fn a_huge_file_is_refused_before_it_is_parsed() {
    let text = format!("# {}", "x".repeat(MAX_BYTES));
    assert!(faults(&text).contains("at most 4194304 bytes are read"));
}

#[test]
fn deep_nesting_is_an_error_not_a_crash() {
    let deep = 100_000;
    for text in [
        "a = ".to_owned() + &"[".repeat(deep),
        "a = ".to_owned() + &"{a=".repeat(deep),
        "a.".repeat(deep) + "a = 1",
        format!("[{}a]\nb = 1\n", "a.".repeat(deep)),
        format!("a = {{ {}a = 1 }}", "a.".repeat(deep)),
        (0..deep).map(|_| "[a.a]\n").collect::<String>(),
    ] {
        assert!(read(&text).is_err());
    }
}

#[test]
fn a_table_taken_out_is_read_later_with_the_same_messages() {
    let text = "schema = 'perfctl.test/1'\n\n[[match]]\ncall = 'x'\nnmae = 1\n";
    let document = Document::parse("r.toml", text).expect("parses");
    let raws = document.read(|table| {
        table.schema("perfctl.test/1");
        Some(table.raws("match"))
    });
    let raws = raws.expect("the inside is not looked at yet");
    assert_eq!(raws[0].line(), 3);
    let read = raws[0].read(|table| {
        let call = table.filled("call", "\"...\"");
        let _ = table.text("name");
        call.map(str::to_owned)
    });
    insta::assert_snapshot!(read.expect_err("a typing error"));
}

#[test]
fn a_reader_that_gives_up_in_silence_is_still_an_error() {
    let document = Document::parse("r.toml", "").expect("parses");
    assert!(document.read(|_| None::<()>).is_err());
}

#[test]
fn a_part_of_a_text_is_underlined_where_escapes_allow_it() {
    let text = "a = 'x{y}'\nb = \"x\\t{y}\"\n";
    let document = Document::parse("r.toml", text).expect("parses");
    let read = document.read(|table| {
        for key in ["a", "b"] {
            if let Some(value) = table.value(key) {
                value.refuse_part(1..4, Refusal::new("unknown placeholder"));
            }
        }
        None::<()>
    });
    insta::assert_snapshot!(read.expect_err("both are refused"));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        if let Err(faults) = read(&text) {
            proptest::prop_assert!(!faults.to_string().is_empty());
        }
    }

    #[test]
    fn no_toml_like_text_makes_the_reader_panic(
        lines in proptest::collection::vec("(schema|title|jobs|env|step|\\[\\[step\\]\\]|id|color|é)( = |\\.|\n)('x'|\"\\\\u00\"|1e9|-5|\\[|\\]|\\{a=1\\}|2027-01-01|true|'''|\n){0,3}\n", 0..12),
    ) {
        let text = lines.concat();
        if let Err(faults) = read(&text) {
            let (text, faults) = (faults.to_string(), faults.list());
            proptest::prop_assert!(!text.is_empty() && faults.iter().all(|fault| !fault.message.is_empty()));
        }
    }
}

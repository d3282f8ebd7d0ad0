use proptest::prelude::*;

use super::*;

const FORMATS: [Format; 4] = [Format::Yaml, Format::Toml, Format::Json, Format::Hcl];

/// What holds for every document: spans lie in the file on character boundaries, and parents and ends fit together.
fn assert_sound(doc: &Document, bytes: &[u8]) {
    let text = Source::admit(bytes)
        .map(|source| source.text().to_owned())
        .unwrap_or_default();
    for node in doc.nodes() {
        for span in [Some(node.span()), node.key_span()].into_iter().flatten() {
            assert!(
                span.start <= span.end && span.end as usize <= bytes.len(),
                "{node:?} {span:?}"
            );
            assert!(
                text.is_char_boundary(span.start as usize),
                "{node:?} {span:?}"
            );
            assert!(
                text.is_char_boundary(span.end as usize),
                "{node:?} {span:?}"
            );
        }
        assert!(node.raw().end > node.id());
        if let Some(parent) = node.parent() {
            assert!(parent.id() < node.id() && node.raw().end <= parent.raw().end);
            if parent.origin() == Origin::Written && node.origin() == Origin::Written {
                assert!(
                    parent.span().contains(node.span()),
                    "{parent:?} {:?} {node:?} {:?}",
                    parent.span(),
                    node.span()
                );
            }
        }
    }
    for error in doc.errors() {
        assert!(error.offset as usize <= bytes.len());
    }
}

#[test]
fn a_format_is_known_by_the_name_of_its_file() {
    assert_eq!(Format::of_path("a/b/values.yaml"), Some(Format::Yaml));
    assert_eq!(Format::of_path("tsconfig.json"), Some(Format::Json));
    assert_eq!(Format::of_path("x/main.tf"), Some(Format::Hcl));
    assert_eq!(Format::of_path("main.tf.json"), Some(Format::Json));
    assert_eq!(Format::of_path("poetry.lock"), Some(Format::Toml));
    assert_eq!(Format::of_path("README"), None);
}

#[test]
fn the_same_content_gives_the_same_tree_in_every_notation() {
    let sources = [
        (Format::Yaml, "a:\n  b: [1, x]\n  c: true\n  d: 1.5\n"),
        (Format::Toml, "[a]\nb = [1, \"x\"]\nc = true\nd = 1.5\n"),
        (
            Format::Json,
            "{\"a\": {\"b\": [1, \"x\"], // hi\n \"c\": true, \"d\": 1.5,}}",
        ),
        (
            Format::Hcl,
            "a {\n  b = [1, \"x\"]\n  c = true\n  d = 1.5\n}\n",
        ),
    ];
    for (format, text) in sources {
        let doc = read(format, text.as_bytes());
        assert_eq!(doc.errors(), [], "{format:?}");
        assert_sound(&doc, text.as_bytes());
        let root = doc.root().expect("it is there");
        assert_eq!(
            root.get("a.b[0]").and_then(NodeRef::as_i64),
            Some(1),
            "{format:?}"
        );
        assert_eq!(
            root.get("a.b.1").and_then(NodeRef::as_str),
            Some("x"),
            "{format:?}"
        );
        assert_eq!(
            root.get("a.c").and_then(NodeRef::as_bool),
            Some(true),
            "{format:?}"
        );
        let d = root.get("a.d").expect("it is there");
        assert_eq!(
            (d.as_f64(), d.key(), d.path()),
            (Some(1.5), Some("d"), "a.d".to_owned())
        );
        assert_eq!(&text[d.span().range()], "1.5");
        assert_eq!(
            text[d.key_span().expect("it is there").range()].trim_matches('"'),
            "d"
        );
        assert!(root.lookup("a.x").is_absent() && root.lookup("a.c.x").is_absent());
        assert_eq!(doc.node_at(d.span().start).map(NodeRef::id), Some(d.id()));
    }
}

#[test]
fn equal_keys_stay_in_order_and_the_last_one_is_found() {
    for (format, text) in [
        (Format::Yaml, "a: 1\nb: 2\na: 3\n"),
        (Format::Json, "{\"a\": 1, \"b\": 2, \"a\": 3}"),
    ] {
        let doc = read(format, text.as_bytes());
        let root = doc.root().expect("it is there");
        assert_eq!(
            root.entries().filter_map(NodeRef::key).collect::<Vec<_>>(),
            ["a", "b", "a"]
        );
        assert_eq!(root.get("a").and_then(NodeRef::as_i64), Some(3));
        assert_eq!(root.select("a").len(), 2);
    }
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_at_once() {
    let bytes = vec![b'['; 50 << 20];
    for format in FORMATS {
        let doc = read(format, &bytes);
        assert!(doc.is_refused() && doc.is_empty());
        assert!(
            doc.errors()[0]
                .to_string()
                .starts_with("line 1: the file has 52428800 bytes")
        );
    }
}

#[test]
fn a_hundred_thousand_levels_crash_nothing() {
    let deep = 100_000;
    let mut cases = vec![
        (Format::Yaml, "- ".repeat(deep)),
        (Format::Yaml, "? ".repeat(deep)),
    ];
    for format in FORMATS {
        for shape in [
            "[",
            "{",
            "a=[",
            "{\"a\":",
            "{a:",
            "a {\n",
            "a.",
            "(",
            "!",
            "-",
            "${",
            "a=\"${",
            "[[a.b.c]]\n",
            "a=1+",
            "{{",
        ] {
            cases.push((format, shape.repeat(deep)));
        }
        cases.push((format, format!("a = {}", "[".repeat(deep))));
        cases.push((format, format!("a = {}1", "(".repeat(deep))));
        cases.push((format, format!("a = {}x", "!".repeat(deep))));
        cases.push((format, format!("a = x{}", "+ 1".repeat(deep))));
        cases.push((format, format!("a = x{}", ".b".repeat(deep))));
        cases.push((format, format!("a = x{}", " ? y : z".repeat(deep))));
        cases.push((format, format!("a = {}", "x ? y : ".repeat(deep))));
        cases.push((format, format!("a = {}", "f(".repeat(deep))));
    }
    let indented: String = (0..2_000)
        .map(|depth| format!("{}k:\n", " ".repeat(depth)))
        .collect();
    cases.push((Format::Yaml, indented));
    for (format, text) in cases {
        let doc = read(format, text.as_bytes());
        assert_sound(&doc, text.as_bytes());
        assert!(doc.heap_size() < 64 << 20);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in FORMATS {
            assert_sound(&read(format, &bytes), &bytes);
        }
    }

    #[test]
    fn arbitrary_mixtures_of_syntax_keep_their_spans(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        let text = parts.concat();
        for format in FORMATS {
            assert_sound(&read(format, text.as_bytes()), text.as_bytes());
        }
    }
}

const PARTS: &[&str] = &[
    "a: ",
    "b: 1\n",
    "- ",
    "  ",
    "\n",
    "é😀",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "&x ",
    "*x",
    "<<: ",
    "!Ref ",
    "|\n  text\n",
    "# c\n",
    "---\n",
    "{{ x }}",
    "{{- end }}\n",
    "{% if %}",
    "{{ toYaml | nindent 2 }}\n",
    "${{ a }}",
    "= ",
    "key = ",
    "\"s\" ",
    "resource \"a\" \"b\" {\n",
    "}\n",
    "<<EOT\n",
    "EOT\n",
    "local.x",
    "locals {\n x = 1\n}\n",
    "merge(",
    ")",
    "${local.x}",
    "[a.b]\n",
    "[[c]]\n",
    "1.5",
    "true",
    "null",
    "\r\n",
    "\t",
    ":",
    "? ",
    "\u{feff}",
    "dynamic \"d\" {\n content {\n",
    "...\n",
    ">-\n  folded\n",
];

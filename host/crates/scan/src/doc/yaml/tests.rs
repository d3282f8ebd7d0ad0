use crate::doc::{DocErrorKind, DocKind, Document, Format, Lookup, NodeRef, Origin, read};

fn yaml(text: &str) -> Document {
    read(Format::Yaml, text.as_bytes())
}

fn slice<'t>(text: &'t str, node: NodeRef<'_>) -> &'t str {
    &text[node.span().range()]
}

#[test]
fn spans_are_bytes_and_end_where_the_text_ends() {
    let text = "t: é😀\nm:\n  - x\n  - y: 2\n    z: |\n      foo\n      bar\n\n  # c\nq: \"d\\n\" # hi\ne:\n";
    let doc = yaml(text);
    let root = doc.root().expect("it is there");
    assert_eq!(slice(text, root.get("t").expect("it is there")), "é😀");
    assert_eq!(
        slice(text, root.get("m").expect("it is there")),
        "- x\n  - y: 2\n    z: |\n      foo\n      bar"
    );
    assert_eq!(
        slice(text, root.get("m[1]").expect("it is there")),
        "y: 2\n    z: |\n      foo\n      bar"
    );
    assert_eq!(
        root.get("m[1].z").expect("it is there").text(),
        "foo\nbar\n"
    );
    assert_eq!(slice(text, root.get("q").expect("it is there")), "\"d\\n\"");
    assert_eq!(root.get("q").expect("it is there").text(), "d\n");
    assert_eq!(root.get("e").expect("it is there").kind(), DocKind::Null);
}

#[test]
fn flow_collections_end_at_their_bracket() {
    let text = "a: {b: [1, 2], c: {}} # x\nd: 1\n";
    let doc = yaml(text);
    let root = doc.root().expect("it is there");
    assert_eq!(
        slice(text, root.get("a").expect("it is there")),
        "{b: [1, 2], c: {}}"
    );
    assert_eq!(slice(text, root.get("a.b").expect("it is there")), "[1, 2]");
    assert_eq!(slice(text, root.get("a.c").expect("it is there")), "{}");
}

#[test]
fn every_document_of_a_file_is_kept() {
    let doc = yaml("a: 1\n---\nb: 2\n...\n---\n- c\n");
    assert_eq!(doc.roots().count(), 3);
    assert_eq!(doc.find_all("b").count(), 1);
}

#[test]
fn an_error_costs_one_document_and_names_its_line() {
    let doc = yaml("a: 1\n---\nb: [1\nc: x: y\n---\nd: 2\n");
    assert_eq!(doc.errors().len(), 1);
    assert_eq!(
        (doc.errors()[0].kind, doc.errors()[0].line),
        (DocErrorKind::Syntax, 4)
    );
    assert!(doc.find_all("a").count() == 1 && doc.find_all("d").count() == 1);
    let broken = doc.roots().nth(1).expect("it is there");
    assert!(
        matches!(broken.lookup("z"), Lookup::Unknown(_)),
        "what a broken document lacks is unknown"
    );
}

#[test]
fn aliases_are_filled_in_and_keep_the_spans_of_the_anchor() {
    let text = "base: &b\n  image: node\n  env: {A: 1}\nx: *b\n";
    let doc = yaml(text);
    let image = doc
        .root()
        .expect("it is there")
        .get("x.image")
        .expect("it is there");
    assert_eq!(
        (image.text(), image.origin(), slice(text, image)),
        ("node", Origin::Alias, "node")
    );
    assert_eq!(
        slice(
            text,
            doc.root()
                .expect("it is there")
                .get("x")
                .expect("it is there")
        ),
        "*b"
    );
    assert_eq!(
        doc.root()
            .expect("it is there")
            .get("x.env.A")
            .expect("it is there")
            .path(),
        "x.env.A"
    );
}

#[test]
fn merge_keys_add_what_a_map_lacks() {
    let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd:\n  x: 4\n  <<: *b\n  <<: {q: 5}\n";
    let doc = yaml(text);
    let value = |path: &str| {
        doc.root()
            .expect("it is there")
            .get(path)
            .and_then(NodeRef::as_i64)
    };
    assert_eq!(
        (value("c.x"), value("c.y"), value("c.z")),
        (Some(3), Some(1), Some(2))
    );
    assert_eq!(
        (value("d.x"), value("d.y"), value("d.q")),
        (Some(4), Some(2), Some(5))
    );
    assert_eq!(
        doc.root()
            .expect("it is there")
            .get("c.z")
            .expect("it is there")
            .origin(),
        Origin::Merge
    );
    assert_eq!(doc.find_all("z").count(), 3);
}

#[test]
fn aliases_that_double_each_other_are_cut_off() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let before = format!("*a{}", n - 1);
        text += &format!("a{n}: &a{n} [{}]\n", vec![before; 10].join(", "));
    }
    let doc = yaml(&text);
    assert!(doc.len() < 60_000);
    assert!(
        doc.errors()
            .iter()
            .any(|error| error.kind == DocErrorKind::Limit)
    );
    assert!(doc.nodes().any(NodeRef::is_unknown));
}

#[test]
fn an_anchor_that_names_itself_is_unknown() {
    let doc = yaml("a: &a [1, *a]\n");
    let inner = doc
        .root()
        .expect("it is there")
        .get("a[1]")
        .expect("it is there");
    assert_eq!((inner.kind(), inner.text()), (DocKind::Unknown, "*a"));
}

#[test]
fn tags_of_functions_make_their_values_unknown() {
    let text = "Role: !GetAtt Fn.Arn\nName: !Sub \"${Stage}-x\"\nL: !If [A, 1, 2]\nM: !Transform {Name: x}\nS: !!str 5\nLong:\n  Fn::Sub: a-${b}\nR: {Ref: Mem}\n";
    let doc = yaml(text);
    let root = doc.root().expect("it is there");
    let fact = |path: &str| {
        root.get(path)
            .map(|node| (node.is_unknown(), node.tag(), node.text()))
            .expect("it is there")
    };
    assert_eq!(fact("Role"), (true, Some("GetAtt"), "Fn.Arn"));
    assert_eq!(fact("Name"), (true, Some("Sub"), "${Stage}-x"));
    assert_eq!(fact("L"), (true, Some("If"), "!If [A, 1, 2]"));
    assert_eq!(fact("S"), (false, None, "5"));
    assert_eq!(fact("Long"), (true, Some("Sub"), "a-${b}"));
    assert_eq!(fact("R"), (true, Some("Ref"), "Mem"));
    assert!(matches!(root.lookup("M.Size"), Lookup::Unknown(_)));
    assert!(root.get("S").expect("it is there").as_str().is_some());
}

#[test]
fn template_actions_are_unknown_and_never_absent() {
    let text = "\
spec:
  replicas: {{ .Values.replicas }}
  containers:
    - name: api
      image: \"{{ .Values.image }}:{{ .Values.tag }}\"
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      env:
        - name: A
        {{- include \"env\" . | nindent 8 }}
      ports: [80]
  {{- with .Values.extra }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  template:
    labels:
      {{ .Values.key }}: v
";
    let doc = yaml(text);
    assert_eq!(doc.errors(), []);
    let root = doc.root().expect("it is there");
    let replicas = root.get("spec.replicas").expect("it is there");
    assert_eq!(
        (replicas.kind(), replicas.text()),
        (DocKind::Unknown, "{{ .Values.replicas }}")
    );
    assert_eq!(
        root.get("spec.containers[0].image")
            .expect("it is there")
            .kind(),
        DocKind::Unknown
    );
    let resources = root
        .get("spec.containers[0].resources")
        .expect("it is there");
    assert_eq!(
        (resources.kind(), resources.text()),
        (
            DocKind::Unknown,
            "{{- toYaml .Values.resources | nindent 8 }}"
        )
    );
    assert!(matches!(
        root.lookup("spec.containers[0].resources.limits.memory"),
        Lookup::Unknown(_)
    ));
    assert!(matches!(
        root.lookup("spec.containers[0].env[5]"),
        Lookup::Unknown(_)
    ));
    assert!(matches!(
        root.lookup("spec.nodeSelector"),
        Lookup::Unknown(_)
    ));
    assert!(root.lookup("spec.containers[0].lifecycle").is_absent());
    assert!(matches!(
        root.lookup("spec.template.labels.app"),
        Lookup::Unknown(_)
    ));
    assert_eq!(
        root.get("spec.containers[0].ports[0]")
            .and_then(NodeRef::as_i64),
        Some(80)
    );
}

#[test]
fn output_below_a_key_leaves_its_map_open() {
    let text = "labels: {{- include \"l\" . | nindent 2 }}\n  a: 1\nother: {{ toYaml .x | nindent 2 }}\nb: |\n        {{- if .y }}\n  text\n        {{- end }}\n";
    let doc = yaml(text);
    assert_eq!(doc.errors(), []);
    let root = doc.root().expect("it is there");
    assert_eq!(root.get("labels.a").and_then(NodeRef::as_i64), Some(1));
    assert!(matches!(root.lookup("labels.z"), Lookup::Unknown(_)));
    assert!(root.get("other").expect("it is there").is_unknown());
    assert!(root.lookup("z").is_absent());
}

#[test]
fn a_workflow_expression_keeps_its_text() {
    let text = "jobs:\n  b:\n    if: ${{ github.ref == 'refs/heads/main' && true }}\n    run: |\n      npm ci\n      deploy ${{ secrets.X }}\n    ok: npm ci\n";
    let doc = yaml(text);
    assert_eq!(doc.errors(), []);
    let run = doc
        .root()
        .expect("it is there")
        .get("jobs.b.run")
        .expect("it is there");
    assert!(run.is_unknown() && run.text().contains("npm ci"));
    assert_eq!(
        doc.root()
            .expect("it is there")
            .get("jobs.b.ok")
            .expect("it is there")
            .as_str(),
        Some("npm ci")
    );
}

#[test]
fn a_block_scalar_before_an_action_line_stays_known() {
    let text = "a:\n  run: |\n    npm ci\n  {{- if .x }}\n  b: 1\n  {{- end }}\n";
    let doc = yaml(text);
    assert_eq!(
        doc.root()
            .expect("it is there")
            .get("a.run")
            .expect("it is there")
            .as_str(),
        Some("npm ci\n")
    );
}

#[test]
fn a_document_nested_too_deeply_is_refused_with_its_line() {
    let doc = yaml(&format!("a: 1\n{}", "- ".repeat(3000)));
    assert!(
        !doc.is_refused(),
        "the second line is a syntax error before it is deep"
    );
    let doc = yaml(&"- ".repeat(3000));
    assert!(doc.is_refused() && doc.errors()[0].message.contains("1000 levels"));
}

#[test]
fn a_collection_as_key_is_kept_as_text() {
    let doc = yaml("? {a: [1]}\n: v\nb: 2\n");
    let root = doc.root().expect("it is there");
    assert_eq!(root.entries().count(), 2);
    assert_eq!(root.get("b").and_then(NodeRef::as_i64), Some(2));
}

use crate::doc::{DocErrorKind, DocKind, Document, Format, Lookup, NodeRef, Origin, read};

fn hcl(text: &str) -> Document {
    read(Format::Hcl, text.as_bytes())
}

const SERVICE: &str = r#"
variable "memory" { default = "512Mi" }
variable "image" {}
locals {
  scale = { "autoscaling.knative.dev/minScale" = "1" }
  name  = "api"
}
resource "google_cloud_run_service" "api" {
  name     = "${local.name}-x"
  location = var.region
  template {
    metadata {
      annotations = merge(local.scale, { "a" = 2 }, var.more)
    }
    spec {
      containers {
        image = var.image
        resources { limits = { memory = var.memory } }
      }
      containers { image = "é" }
    }
  }
  dynamic "traffic" {
    for_each = var.t
    content { percent = 100 }
  }
}
resource "other" "api" { x = max(1, 2) }
"#;

#[test]
fn blocks_are_maps_with_labels_and_may_repeat() {
    let doc = hcl(SERVICE);
    assert_eq!(doc.errors(), []);
    let root = doc.root().expect("it is there");
    let service = root
        .blocks("resource", &["google_cloud_run_service"])
        .next()
        .expect("it is there");
    assert_eq!(
        service.labels().collect::<Vec<_>>(),
        ["google_cloud_run_service", "api"]
    );
    assert_eq!(service.path(), "resource.google_cloud_run_service.api");
    assert_eq!(service.select("template.spec.containers").len(), 2);
    assert_eq!(
        root.select("resource.google_cloud_run_service.api.template.spec.containers.image")
            .len(),
        2
    );
    assert_eq!(root.select("resource.*.*.x").len(), 1);
    assert!(SERVICE[service.full_span().range()].starts_with("resource \"google"));
    assert!(SERVICE[service.span().range()].ends_with('}'));
}

#[test]
fn locals_and_defaults_of_the_same_file_are_filled_in() {
    let doc = hcl(SERVICE);
    let service = doc
        .root()
        .expect("it is there")
        .get("resource.google_cloud_run_service.api")
        .expect("it is there");
    assert_eq!(
        service.get("name").expect("it is there").as_str(),
        Some("api-x")
    );
    let memory = service
        .get("template.spec.containers.resources.limits.memory")
        .expect("it is there");
    assert_eq!(
        (memory.as_str(), memory.origin()),
        (Some("512Mi"), Origin::Default)
    );
    assert_eq!(&SERVICE[memory.span().range()], "var.memory");
    let scale = service
        .get("template.metadata.annotations.\"autoscaling.knative.dev/minScale\"")
        .expect("it is there");
    assert_eq!((scale.as_str(), scale.origin()), (Some("1"), Origin::Local));
}

#[test]
fn what_the_file_does_not_tell_is_unknown() {
    let doc = hcl(SERVICE);
    let service = doc
        .root()
        .expect("it is there")
        .get("resource.google_cloud_run_service.api")
        .expect("it is there");
    let location = service.get("location").expect("it is there");
    assert_eq!(
        (location.kind(), location.text()),
        (DocKind::Unknown, "var.region")
    );
    assert!(matches!(
        service.lookup("template.metadata.annotations.other"),
        Lookup::Unknown(_)
    ));
    assert!(matches!(
        service.lookup("traffic.percent"),
        Lookup::Unknown(_)
    ));
    assert_eq!(
        service.get("traffic").expect("it is there").tag(),
        Some("dynamic")
    );
    assert!(service.lookup("template.spec.timeout").is_absent());
    let call = doc
        .root()
        .expect("it is there")
        .get("resource.other.api.x")
        .expect("it is there");
    assert_eq!((call.kind(), call.text()), (DocKind::Unknown, "max(1, 2)"));
}

#[test]
fn jsonencode_reads_like_its_argument() {
    let doc = hcl("c = jsonencode([{ memory = 512, name = \"a-${x}\" }])\nt = <<EOT\nhi\nEOT\n");
    let root = doc.root().expect("it is there");
    assert_eq!(root.get("c[0].memory").and_then(NodeRef::as_i64), Some(512));
    assert_eq!(
        root.get("c").expect("it is there").tag(),
        Some("jsonencode")
    );
    assert_eq!(
        root.get("c[0].name")
            .map(|node| (node.is_unknown(), node.text())),
        Some((true, "a-${x}"))
    );
    assert_eq!(root.get("t").expect("it is there").as_str(), Some("hi\n"));
}

#[test]
fn a_broken_block_costs_one_block() {
    let text = "resource \"a\" \"x\" {\n  b = 1\n}\nresource \"a\" \"y\" {\n  b = = 2\n}\nresource \"a\" \"z\" {\n  b = 3\n}\n";
    let doc = hcl(text);
    assert_eq!(
        (doc.errors()[0].kind, doc.errors()[0].line),
        (DocErrorKind::Syntax, 5)
    );
    let root = doc.root().expect("it is there");
    assert_eq!(
        root.get("resource.a.z.b").and_then(NodeRef::as_i64),
        Some(3)
    );
    let broken = root.get("resource.a.y").expect("it is there");
    assert!(broken.is_unknown() && broken.text().contains("= = 2"));
    assert!(matches!(root.lookup("provider"), Lookup::Unknown(_)));
}

#[test]
fn locals_that_refer_to_each_other_end() {
    let doc = hcl("locals {\n  a = local.b\n  b = local.a\n}\nx = local.a\n");
    assert!(
        doc.root()
            .expect("it is there")
            .get("x")
            .expect("it is there")
            .is_unknown()
    );
    let mut text = "locals {\n  l0 = [1,1,1,1,1,1,1,1,1,1]\n".to_owned();
    for n in 1..9 {
        text += &format!(
            "  l{n} = [{}]\n",
            vec![format!("local.l{}", n - 1); 10].join(",")
        );
    }
    text += "}\n";
    assert!(hcl(&text).len() < 200_000);
}

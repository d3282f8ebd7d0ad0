//! A whole checklist read, and the messages for every way to get one wrong.

use super::*;

pub(crate) const FULL: &str = include_str!("../../tests/files/checklist.toml");

fn vocabulary() -> Vocabulary {
    Vocabulary {
        facts: ["dockerfile", "deploy:*", "language:*"]
            .map(str::to_owned)
            .to_vec(),
        ..Vocabulary::default()
    }
}

fn read_text(text: &str) -> Result<ChecklistFile, Faults> {
    read("perf/checklists/ship.toml", "ship", text, &vocabulary())
}

#[test]
fn a_checklist_is_read_in_full() {
    let file = read_text(FULL).unwrap_or_else(|faults| panic!("{faults}"));
    insta::assert_snapshot!(format!("{file:#?}"));
}

#[test]
fn every_fault_is_named_with_its_line() {
    let faults = read_text(
        r#"
schema = "perfctl.checklist/1"
title = "t"

[[item]]
id = "doc-1"
title = "a"
kind = "measurd"
evidence = "see"

[[item]]
id = "DOC-001"
title = "a"
kind = "attested"
evidence = "link it"
when = ["dockerfil", "!deploy:lambda|languge:go"]

[[item]]
id = "DOC-001"
title = "b"
kind = "attested"
evidence = "link it"

[[section]]
id = "one"
title = "One"
when = ["dockerfil"]
lines = [
  { at = 0, title = "a", items = ["DOC-001"] },
  { at = 4, title = "a", items = ["DOC-001"] },
  { at = 4, title = "b", out_of_scope = "prose" },
  { at = 5, title = "c", when = ["deplo:lambda"] },
  { at = 6, title = "d", items = ["DOC-001"], out_of_scope = "prose" },
  { at = 7, titel = "e", items = ["Doc 2"] },
]

[[section]]
id = "one"
title = "Two"
"#,
    )
    .expect_err("faulty");
    insta::assert_snapshot!(faults);
    insta::assert_snapshot!(read_text("schema = \"perfctl.checklist/1\"\n").expect_err("empty"));
}

fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    shelf.put("ship", read_text(FULL).map_err(|faults| faults.to_string()));
    shelf.put("broken", Err("broken.toml:3: no title".to_owned()));
    shelf
}

#[test]
fn a_checklist_is_taken_whole_or_by_section_and_each_section_once() {
    let shelf = shelf();
    let names = |taken: &[Checklist]| -> Vec<String> {
        let sections = taken.iter().flat_map(|list| &list.sections);
        sections.map(|section| section.title.clone()).collect()
    };
    let mut taken = Vec::new();
    for name in ["ship/papers", "ship"] {
        add(shelf.take(name).expect("there"), &mut taken);
    }
    assert_eq!(
        (taken.len(), names(&taken)),
        (1, vec!["Papers".into(), "Image".into()])
    );
    let part = [shelf.take("ship/papers").expect("there")];
    let ids = |items: Vec<EvidenceItem>| -> Vec<String> {
        items.iter().map(|item| item.id.to_string()).collect()
    };
    assert_eq!(ids(shelf.evidence(&part)), ["DOC-001"]);
    assert_eq!(ids(shelf.evidence(&taken)), ["BUILD-100", "DOC-001"]);
}

#[test]
fn what_is_not_there_is_said_with_what_may_have_been_meant() {
    let shelf = shelf();
    let said = |name: &str| shelf.take(name).expect_err(name).message;
    assert_eq!(said("shop"), "no checklist is called `shop`");
    assert_eq!(
        said("ship/paper"),
        "checklist `ship` has no section `paper`"
    );
    assert_eq!(said("broken"), "checklist `broken` cannot be read");
}

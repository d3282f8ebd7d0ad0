//! `fix --unsafe` where git could not take back what is written.

use crate::support::World;

const CALL: &str = "import requests\n\n\ndef profile(user):\n    return requests.get(f\"https://api.example/{user}\").json()\n";

#[test]
fn what_git_cannot_take_back_alone_is_said_before_it_is_written() {
    let world = World::new();
    world.file("shop/client.py", CALL);
    let fix = |more: &[&str]| world.run(&[&["fix", "--unsafe"], more].concat()).err();
    let no_git = "note: this is no git repository";
    assert!(!fix(&["--dry-run"]).contains("note:"));
    let said = fix(&[]);
    assert!(
        said.contains(no_git) && said.contains("`patch -R -p1 < fix.patch`"),
        "{said}"
    );
    world
        .file("shop/client.py", CALL)
        .git(&["init", "-q"])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "all"]);
    let said = fix(&[]);
    assert!(!said.contains("note:"), "{said}");
    world.file("shop/client.py", &format!("{CALL}\n\nSIZE = 3\n"));
    let said = fix(&[]);
    let note = "changes that are not committed yet are in shop/client.py";
    assert!(
        said.contains(note) && said.contains("`git apply -R fix.patch`"),
        "{said}"
    );
    // The advice works.
    world
        .file("shop/client.py", CALL)
        .git(&["checkout", "-q", "."]);
    let mine = format!("{CALL}\n\nSIZE = 4\n");
    world.file("shop/client.py", &mine);
    fix(&["--diff", "--output", "../fix.patch"]);
    world
        .git(&["apply", "../fix.patch"])
        .git(&["apply", "-R", "../fix.patch"]);
    let text = std::fs::read_to_string(world.work().join("shop/client.py")).unwrap();
    assert_eq!(text, mine);
}

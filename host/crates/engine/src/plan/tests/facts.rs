//! Facts of which one of several is enough, and the items of checklists that hang on them.

use perfctl_core::checklist::{Answer, Checklist, Evidence, EvidenceItem, Line, Section};

use super::*;

fn when(facts: &[&str]) -> Vec<String> {
    facts.iter().map(|fact| (*fact).to_owned()).collect()
}

#[test]
fn one_of_several_facts_is_enough_and_none_of_them_is_said_of_all() {
    let bench = Bench::new(&["x"]);
    let decided = |fact: &str| {
        bench.decision(with(command_step("s", &["x"]), |step| {
            step.when = when(&[fact]);
        }))
    };
    assert_eq!(decided("language:go|language:python"), Decision::Run);
    let skipped = |why: &str| Decision::Skip(format!("not for this repository: {why}"));
    assert_eq!(
        decided("language:go|framework:gin"),
        skipped("it has no go code and it does not use gin")
    );
    assert_eq!(
        decided("deploy:a|deploy:b|dockerfile|deploy:c"),
        skipped("nothing in it deploys to a, b or c and it has no Dockerfile")
    );
    assert_eq!(
        decided("!language:go|language:python"),
        skipped("it has go or python code")
    );
    let slip = with(command_step("s", &["x"]), |step| {
        step.when = when(&["language:go|dockerfil"]);
    });
    let errors = bench.errors(vec![slip]);
    assert!(
        errors[0].contains("did you mean `dockerfile`?"),
        "{errors:?}"
    );
}

#[test]
fn a_plan_says_which_items_of_a_checklist_are_not_for_the_repository() {
    let bench = Bench::new(&[]);
    let mut recipe = fakes::recipe(Vec::new());
    recipe.evidence = ["language:python", "deploy:lambda"]
        .iter()
        .map(|fact| EvidenceItem {
            id: "DOC-1".into(),
            title: String::new(),
            kind: Evidence::Attested,
            metric: None,
            evidence: String::new(),
            when: when(&[fact]),
            elsewhere: None,
        })
        .collect();
    let mut plan = bench.plan_recipe(&recipe).expect("in order");
    let elsewhere = |plan: &Plan| -> Vec<Option<String>> {
        let items = plan.recipe.evidence.iter();
        items.map(|item| item.elsewhere.clone()).collect()
    };
    let why = "not for this repository: nothing in it deploys to lambda";
    assert_eq!(elsewhere(&plan), [None, Some(why.to_owned())]);
    // What was not looked at to its end says nothing of what the repository does not have.
    plan.decide_nothing();
    assert_eq!(elsewhere(&plan), [None, None]);
}

/// A checklist of two sections with a line each, of which the second section and then its line hang on `facts`.
fn checklist(section: &[&str], line: &[&str]) -> Checklist {
    let one = |title: &str, section: &[&str], line: &[&str]| Section {
        id: String::new(),
        title: title.to_owned(),
        when: when(section),
        elsewhere: None,
        lines: vec![Line {
            at: 1,
            title: title.to_owned(),
            when: when(line),
            elsewhere: None,
            answer: Answer::Items(vec![format!("{title}-1").as_str().into()]),
        }],
    };
    Checklist {
        name: "ship".to_owned(),
        title: "Ship".to_owned(),
        origin: String::new(),
        sections: vec![one("DOC", &[], &[]), one("PG", section, line)],
    }
}

#[test]
fn lines_about_a_technology_are_for_repositories_that_have_it_and_so_are_items_that_only_they_name()
{
    let bench = Bench::new(&[]);
    let item = |id: &str| EvidenceItem {
        id: id.into(),
        title: String::new(),
        kind: Evidence::Attested,
        metric: None,
        evidence: String::new(),
        when: Vec::new(),
        elsewhere: None,
    };
    let why = "not for this repository: it does not use pg";
    for (section, line) in [(&["framework:pg"][..], &[][..]), (&[], &["framework:pg"])] {
        let mut recipe = fakes::recipe(Vec::new());
        recipe.checklists = vec![checklist(section, line)];
        recipe.evidence = vec![item("DOC-1"), item("PG-1")];
        let mut plan = bench.plan_recipe(&recipe).expect("in order");
        let lines = |plan: &Plan| -> Vec<Option<String>> {
            let sections = plan.recipe.checklists[0].sections.iter();
            let lines = sections.flat_map(|section| &section.lines);
            lines.map(|line| line.elsewhere.clone()).collect()
        };
        assert_eq!(lines(&plan), [None, Some(why.to_owned())]);
        let items: Vec<Option<&str>> = plan
            .recipe
            .evidence
            .iter()
            .map(|item| item.elsewhere.as_deref())
            .collect();
        assert_eq!(items, [None, Some(why)]);
        plan.decide_nothing();
        assert_eq!(lines(&plan), [None, None]);
    }
    let mut recipe = fakes::recipe(Vec::new());
    recipe.checklists = vec![checklist(&["language:python"], &[])];
    let plan = bench.plan_recipe(&recipe).expect("in order");
    assert_eq!(plan.recipe.checklists[0].sections[1].elsewhere, None);
}

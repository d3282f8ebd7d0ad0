//! Facts of which one of several is enough, and the items of checklists that hang on them.

use perfctl_core::checklist::{Evidence, EvidenceItem};

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

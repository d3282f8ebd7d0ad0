//! The rules of a pack behind the numbers that the host calls them by.

use std::cell::OnceCell;
use std::panic::Location;

use crate::bindings::rule_pack::exports::perfctl::plugin::rules as raw;
use crate::bindings::rule_pack::perfctl::plugin::declared;
use crate::declared::Declared;
use crate::failure::{listed, mistake_at, tell_the_host};
use crate::matches::Matches;
use crate::model::{File, Repository};
use crate::report::Report;
use crate::rule::{Rule, Verdict};

/// Registers the rules of a pack: `perfctl_plugin::pack![HttpTimeout, RetryStorm::new()];`, once in a plugin. The rules are made when the host
/// first calls, once in an instance.
#[macro_export]
macro_rules! pack {
    ($($rule:expr),+ $(,)?) => {
        const _: () = {
            struct Pack;

            impl $crate::pack::Pack for Pack {
                fn rules() -> ::std::vec::Vec<::std::boxed::Box<dyn $crate::pack::AnyRule>> {
                    ::std::vec![$(::std::boxed::Box::new($rule)),+]
                }

                fn place() -> &'static ::core::panic::Location<'static> {
                    ::core::panic::Location::caller()
                }
            }

            $crate::bindings::rule_pack::export!(Pack with_types_in $crate::bindings::rule_pack);
        };
    };
}

/// What [`pack!`](crate::pack!) makes of rules.
#[doc(hidden)]
pub trait Pack {
    /// The rules.
    fn rules() -> Vec<Box<dyn AnyRule>>;
    /// Where the author listed them.
    fn place() -> &'static Location<'static>;
}

/// A rule of whatever type.
#[doc(hidden)]
pub trait AnyRule {
    /// Its id.
    fn id(&self) -> &'static str;
    /// Judges a file.
    fn check(&self, file: File, matches: Matches<'_>, report: &mut Report<'_>, repo: Repository);
    /// Judges the repository.
    fn check_repository(&self, repo: Repository, report: &mut Report<'_>) -> Option<Verdict>;
}

impl<R: Rule> AnyRule for R {
    fn id(&self) -> &'static str {
        R::ID
    }

    fn check(&self, file: File, matches: Matches<'_>, report: &mut Report<'_>, repo: Repository) {
        Rule::check(self, file, matches, report, repo);
    }

    fn check_repository(&self, repo: Repository, report: &mut Report<'_>) -> Option<Verdict> {
        Rule::check_repository(self, repo, report)
    }
}

/// A rule with what the manifest declares for it.
struct Loaded {
    rule: Box<dyn AnyRule>,
    declared: Declared,
}

thread_local! {
    /// By the host's numbers; read at the first call, since nothing can be asked before.
    static LOADED: OnceCell<Vec<Loaded>> = const { OnceCell::new() };
}

/// The pack's rules, listed at `place`, in the order of the manifest's, each of which has one and is had by one.
fn ordered(
    place: &'static Location<'static>,
    ids: &[String],
    mut rules: Vec<Box<dyn AnyRule>>,
) -> Vec<Box<dyn AnyRule>> {
    let ordered = ids
        .iter()
        .map(|id| match rules.iter().position(|rule| rule.id() == id) {
            Some(at) => rules.swap_remove(at),
            None => mistake_at(
                place,
                &format!(
                    "the pack has the rule `{id}` in {id}/rule.toml, but `pack!` no rule of that `ID`; left are {}",
                    listed(rules.iter().map(|rule| rule.id()))
                ),
            ),
        })
        .collect();
    if let Some(lost) = rules.first() {
        let id = lost.id();
        let message = format!(
            "`pack!` has the rule `{id}`, but the pack no folder `{id}` with its rule.toml: there is {}",
            listed(ids.iter().map(String::as_str))
        );
        mistake_at(place, &message);
    }
    ordered
}

fn load<P: Pack>() -> Vec<Loaded> {
    (0..)
        .zip(ordered(P::place(), &declared::rules(), P::rules()))
        .map(|(number, rule)| Loaded {
            rule,
            declared: Declared::of(number),
        })
        .collect()
}

fn with<P: Pack, R>(rule: u32, act: impl FnOnce(&Loaded) -> R) -> R {
    tell_the_host();
    LOADED.with(|loaded| act(&loaded.get_or_init(|| load::<P>())[rule as usize]))
}

impl<P: Pack> raw::Guest for P {
    fn check(rule: u32, file: u32, rows: Vec<u32>) -> raw::Findings {
        with::<P, _>(rule, |loaded| {
            let mut report = Report::new(&loaded.declared);
            let file = File(file);
            let matches = Matches::new(file, &rows, &loaded.declared);
            loaded
                .rule
                .check(file, matches, &mut report, Repository(()));
            report.into_findings()
        })
    }

    fn check_repository(rule: u32) -> (raw::Findings, Option<raw::Verdict>) {
        with::<P, _>(rule, |loaded| {
            let mut report = Report::new(&loaded.declared);
            let verdict = loaded.rule.check_repository(Repository(()), &mut report);
            let verdict = verdict.map(|verdict| match verdict {
                Verdict::NotApplicable(why) => raw::Verdict::NotApplicable(why),
                Verdict::NeedsEvidence(why) => raw::Verdict::NeedsEvidence(why),
            });
            (report.into_findings(), verdict)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct First;
    struct Second;

    impl Rule for First {
        const ID: &'static str = "ACME-001";
    }

    impl Rule for Second {
        const ID: &'static str = "ACME-002";
    }

    #[test]
    fn rules_stand_in_the_order_of_the_manifest() {
        let ids = ["ACME-002".to_owned(), "ACME-001".to_owned()];
        let rules = ordered(
            Location::caller(),
            &ids,
            vec![Box::new(First), Box::new(Second)],
        );
        let found: Vec<_> = rules.iter().map(|rule| rule.id()).collect();
        assert_eq!(found, ids);
    }

    #[test]
    #[should_panic(
        expected = "the pack has the rule `ACME-003` in ACME-003/rule.toml, but `pack!` no rule of that `ID`; left are `ACME-001`"
    )]
    fn a_rule_without_code_is_named() {
        let ids = ["ACME-003".to_owned()];
        ordered(Location::caller(), &ids, vec![Box::new(First)]);
    }

    #[test]
    #[should_panic(
        expected = "`pack!` has the rule `ACME-002`, but the pack no folder `ACME-002` with its rule.toml: there is `ACME-001`"
    )]
    fn code_without_a_rule_is_named() {
        ordered(
            Location::caller(),
            &["ACME-001".to_owned()],
            vec![Box::new(First), Box::new(Second)],
        );
    }
}

//! The forty attacks that a host of WASM has to withstand, and which test makes each of them.

use std::collections::BTreeSet;
use std::path::Path;

use super::attacks;

/// The attacks by number, from 1.
const ATTACKS: [&str; 40] = [
    "endless loop",
    "memory growth",
    "deep recursion",
    "panic",
    "log flood",
    "four million findings",
    "clock",
    "environment and files",
    "unknown import",
    "call after a trap",
    "corrupted compiled code",
    "loop while it starts",
    "memory grown in small steps, in a loop",
    "table growth",
    "many instances and memories",
    "list pointer outside memory",
    "list whose items all point at one large text",
    "text that is no UTF-8",
    "enum of no known case",
    "allocator that returns what is misaligned or overlaps",
    "re-entrance from the host",
    "core module in place of a component",
    "file of 100 MB",
    "100,000 functions",
    "memory64, threads, GC: features that are off",
    "world of another version",
    "export missing",
    "export of other types",
    "spans past the end",
    "start behind the end",
    "span that splits a character",
    "terminal escapes",
    "message of 10 MB",
    "result that differs per call",
    "all the time of a run, just under the limit of each call",
    "file swapped after it was checked",
    "symbolic link as an entry of the cache",
    "manifest that asks for more than was granted",
    "two plugins with one id",
    "files of another repository",
];

/// Attacks that are more than a guest and its verdict: number, file, test.
const ELSEWHERE: &[(u32, &str, &str)] = &[
    (
        6,
        "hostile/mod.rs",
        "what_a_guest_finds_in_all_files_together_has_a_limit",
    ),
    (
        11,
        "hostile/kept.rs",
        "code_is_kept_between_runs_and_made_anew_when_it_was_changed",
    ),
    (11, "cache/tests.rs", "no_changed_byte_is_accepted"),
    (
        11,
        "cache/tests.rs",
        "two_hundred_kinds_of_damage_are_all_refused",
    ),
    (
        24,
        "tests/cli/hostile.rs",
        "a_component_of_a_hundred_thousand_functions_is_compiled_within_limits",
    ),
    (
        24,
        "tests/cli/hostile.rs",
        "a_component_that_takes_too_long_to_compile_is_refused",
    ),
    (
        32,
        "hostile/mod.rs",
        "what_a_guest_says_cannot_steer_a_terminal_or_fill_a_report",
    ),
    (
        33,
        "hostile/mod.rs",
        "what_a_guest_says_cannot_steer_a_terminal_or_fill_a_report",
    ),
    (
        34,
        "hostile/kept.rs",
        "a_guest_that_counts_its_calls_counts_from_the_beginning_in_each_run",
    ),
    (
        35,
        "hostile/mod.rs",
        "a_guest_that_is_slow_in_each_of_many_files_meets_the_limit_of_the_run",
    ),
    (
        35,
        "hostile/mod.rs",
        "the_rules_of_a_plugin_have_a_limit_together",
    ),
    (
        36,
        "hostile/kept.rs",
        "a_file_that_is_swapped_after_it_was_read_changes_nothing",
    ),
    (37, "cache/tests.rs", "a_link_is_not_followed"),
    (
        39,
        "hostile/kept.rs",
        "of_two_plugins_with_one_id_the_second_is_not_read",
    ),
    (
        39,
        "hostile/kept.rs",
        "a_plugin_does_not_take_the_rules_of_another",
    ),
    (
        40,
        "hostile/kept.rs",
        "what_a_guest_kept_of_an_earlier_call_is_worth_nothing_in_the_next",
    ),
    (
        40,
        "hostile/kept.rs",
        "a_guest_that_may_read_files_reads_those_of_its_repository_only",
    ),
];

/// The numbers at the beginning of an attack's name: `W34 W35 a text without end`.
fn numbers(name: &str) -> impl Iterator<Item = u32> {
    let words = name.split(' ').map_while(|word| word.strip_prefix('W'));
    words.filter_map(|word| word.trim_end_matches(char::is_alphabetic).parse().ok())
}

#[test]
fn each_attack_is_made() {
    let of_guests = attacks::all();
    let made = of_guests.iter().flat_map(|attack| numbers(attack.name));
    let made: BTreeSet<u32> = made
        .chain(ELSEWHERE.iter().map(|(number, ..)| *number))
        .collect();
    let missing: Vec<String> = (1..)
        .zip(ATTACKS)
        .filter(|(number, _)| !made.contains(number))
        .map(|(number, name)| format!("W{number} {name}"))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(made.last(), Some(&40), "there is no such number");
}

#[test]
fn each_test_that_stands_for_an_attack_is_there() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (number, file, test) in ELSEWHERE {
        let folder = match file.starts_with("tests/") {
            true => package.join("../../.."),
            false => package.join("src"),
        };
        let text = std::fs::read_to_string(folder.join(file)).expect(file);
        assert!(
            text.contains(&format!("fn {test}(")),
            "W{number}: {file} has no `{test}`"
        );
    }
}

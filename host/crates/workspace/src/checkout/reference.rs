//! Finding the commit that a branch, tag or commit name means, in a repository that is here or in the list that a host
//! sends, and names like one that is not there. It must not fetch.

use git2::{Commit, ErrorCode, Oid, Repository};

use super::CheckoutError;

/// A commit and the name under which it was found.
pub(super) struct Found<'r> {
    pub(super) commit: Commit<'r>,
    /// Branch or tag, short; `None` for a commit.
    pub(super) name: Option<String>,
}

/// The commit that `reference` means in `repository`; what is checked out there when it is `None`.
pub(super) fn find<'r>(
    repository: &'r Repository,
    reference: Option<&str>,
    origin: &str,
) -> Result<Found<'r>, CheckoutError> {
    match reference {
        Some(reference) if !is_head(reference) => named(repository, reference, origin),
        _ => checked_out(repository, origin),
    }
}

/// Whether `reference` is a name for what is checked out, which no branch or tag takes. A host's is its default branch.
fn is_head(reference: &str) -> bool {
    matches!(reference, "HEAD" | "@")
}

fn named<'r>(
    repository: &'r Repository,
    reference: &str,
    origin: &str,
) -> Result<Found<'r>, CheckoutError> {
    for (full, short) in candidates(reference) {
        if let Ok(found) = repository.find_reference(&full)
            && let Ok(commit) = found.peel_to_commit()
        {
            return Ok(Found {
                commit,
                name: Some(short),
            });
        }
    }
    // A commit, whole or shortened, or an expression such as `main~2`.
    match repository
        .revparse_single(reference)
        .and_then(|object| object.peel_to_commit())
    {
        Ok(commit) => Ok(Found { commit, name: None }),
        Err(_) => Err(CheckoutError::NoReference {
            reference: reference.to_owned(),
            origin: origin.to_owned(),
            near: near(reference, &names(repository)),
        }),
    }
}

fn checked_out<'r>(repository: &'r Repository, origin: &str) -> Result<Found<'r>, CheckoutError> {
    match repository.head() {
        Ok(head) => {
            let commit = head.peel_to_commit().map_err(|error| git(origin, &error))?;
            let name = head
                .is_branch()
                .then(|| head.shorthand().ok().map(str::to_owned))
                .flatten();
            Ok(Found { commit, name })
        }
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => {
            // The default branch may be one that was never pushed, while others were.
            let names = names(repository);
            match names.as_slice() {
                [] => Err(CheckoutError::Empty {
                    origin: origin.to_owned(),
                }),
                [only] => named(repository, only, origin),
                _ => Err(CheckoutError::NoReference {
                    reference: "HEAD".to_owned(),
                    origin: origin.to_owned(),
                    near: names.into_iter().take(NEAR).collect(),
                }),
            }
        }
        Err(error) => Err(git(origin, &error)),
    }
}

fn git(origin: &str, error: &git2::Error) -> CheckoutError {
    CheckoutError::Git {
        origin: origin.to_owned(),
        message: error.message().to_owned(),
    }
}

/// Full names that `reference` may stand for, in order of preference (`git clone --branch` prefers branches, too), each
/// with its short form.
fn candidates(reference: &str) -> Vec<(String, String)> {
    let short = |full: &str| {
        let known = ["refs/heads/", "refs/tags/", "refs/remotes/origin/", "refs/"];
        known
            .iter()
            .find_map(|prefix| full.strip_prefix(prefix))
            .unwrap_or(full)
            .to_owned()
    };
    let mut full = vec![
        format!("refs/heads/{reference}"),
        format!("refs/tags/{reference}"),
        format!("refs/remotes/origin/{reference}"),
        // `pull/7/head`, as forges name requests.
        format!("refs/{reference}"),
    ];
    if reference.starts_with("refs/") {
        full.insert(0, reference.to_owned());
    }
    full.into_iter()
        .map(|full| (full.clone(), short(&full)))
        .collect()
}

/// Short names of branches and tags, branches first.
pub(super) fn names(repository: &Repository) -> Vec<String> {
    let mut names = Vec::new();
    for pattern in ["refs/heads/*", "refs/remotes/origin/*", "refs/tags/*"] {
        let Ok(found) = repository.references_glob(pattern) else {
            continue;
        };
        names.extend(found.flatten().filter_map(|reference| {
            let short = reference.shorthand().ok()?;
            Some(short.strip_prefix("origin/").unwrap_or(short).to_owned())
        }));
    }
    names.retain(|name| name != "HEAD");
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// One line of the list that a host sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Advertised {
    /// Full name.
    pub(super) name: String,
    pub(super) oid: Oid,
    /// The reference that this one stands for, for `HEAD`.
    pub(super) target: Option<String>,
}

/// What to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A reference by its full name, and its short one.
    Reference { full: String, short: Option<String> },
    /// A commit by its whole name.
    Commit(Oid),
    /// Everything, because what the user wrote can only be understood with the history at hand.
    All,
}

/// What of `list` the user means with `reference`; the default branch when it is `None`.
pub(super) fn choose(
    list: &[Advertised],
    reference: Option<&str>,
    origin: &str,
) -> Result<Wanted, CheckoutError> {
    let Some(reference) = reference.filter(|reference| !is_head(reference)) else {
        return default_branch(list, origin);
    };
    let known = |full: &str| list.iter().any(|line| line.name == full);
    if let Some((full, short)) = candidates(reference)
        .into_iter()
        .find(|(full, _)| known(full))
    {
        return Ok(Wanted::Reference {
            full,
            short: Some(short),
        });
    }
    let hex = reference.len() >= 4
        && reference.len() <= 40
        && reference.bytes().all(|b| b.is_ascii_hexdigit());
    if hex && reference.len() == 40 {
        return Oid::from_str(reference)
            .map(Wanted::Commit)
            .map_err(|error| git(origin, &error));
    }
    if hex || reference.contains(['~', '^', '@', ':']) {
        return Ok(Wanted::All);
    }
    let names: Vec<String> = list
        .iter()
        .filter_map(|line| short_name(&line.name))
        .collect();
    Err(CheckoutError::NoReference {
        reference: reference.to_owned(),
        origin: origin.to_owned(),
        near: near(reference, &names),
    })
}

/// The short name of a branch or tag; `None` for what is neither, and for the commit behind a tag (`^{}`).
fn short_name(full: &str) -> Option<String> {
    ["refs/heads/", "refs/tags/"]
        .iter()
        .find_map(|prefix| full.strip_prefix(prefix))
        .filter(|name| !name.ends_with("^{}"))
        .map(str::to_owned)
}

/// What a host's `HEAD` stands for.
pub(super) fn default_branch(list: &[Advertised], origin: &str) -> Result<Wanted, CheckoutError> {
    let branches: Vec<&Advertised> = list
        .iter()
        .filter(|line| line.name.starts_with("refs/heads/"))
        .collect();
    let wanted = |line: &Advertised| Wanted::Reference {
        full: line.name.clone(),
        short: short_name(&line.name),
    };
    if let Some(head) = list.iter().find(|line| line.name == "HEAD") {
        // Old servers do not say what HEAD stands for; then it is a branch at the same commit, `main` or `master` first.
        let named = head
            .target
            .as_ref()
            .and_then(|target| branches.iter().find(|line| line.name == *target));
        let usual = || {
            ["refs/heads/main", "refs/heads/master"]
                .iter()
                .find_map(|name| {
                    branches
                        .iter()
                        .find(|line| line.name == *name && line.oid == head.oid)
                })
        };
        let same = || branches.iter().find(|line| line.oid == head.oid);
        return Ok(named.or_else(usual).or_else(same).map_or(
            Wanted::Reference {
                full: "HEAD".to_owned(),
                short: None,
            },
            |line| wanted(line),
        ));
    }
    match branches.as_slice() {
        [] => Err(CheckoutError::Empty {
            origin: origin.to_owned(),
        }),
        [only] => Ok(wanted(only)),
        many => Err(CheckoutError::NoReference {
            reference: "HEAD".to_owned(),
            origin: origin.to_owned(),
            near: many
                .iter()
                .filter_map(|line| short_name(&line.name))
                .take(NEAR)
                .collect(),
        }),
    }
}

/// How many names a message holds.
const NEAR: usize = 5;

/// Names that repositories give to the branch they begin with; who types one often means another.
const FIRST: [&str; 3] = ["main", "master", "trunk"];

/// The names of `names` that `wanted` may be a slip of, best first.
pub(super) fn near(wanted: &str, names: &[String]) -> Vec<String> {
    let lower = wanted.to_lowercase();
    let mut scored: Vec<(f64, &String)> = names
        .iter()
        .map(|name| {
            let other = name.to_lowercase();
            let last = other.rsplit('/').next().unwrap_or(&other);
            let contains = other.contains(&lower) || (last.len() >= 4 && lower.contains(last));
            let score =
                strsim::jaro_winkler(&lower, &other).max(strsim::jaro_winkler(&lower, last));
            let means = FIRST.contains(&lower.as_str()) && FIRST.contains(&other.as_str());
            (
                if contains || means {
                    score.max(0.9)
                } else {
                    score
                },
                name,
            )
        })
        .filter(|(score, _)| *score >= 0.8)
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    scored.dedup_by(|one, other| one.1 == other.1);
    scored
        .into_iter()
        .take(NEAR)
        .map(|(_, name)| name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, digit: char, target: Option<&str>) -> Advertised {
        let oid = Oid::from_str(&digit.to_string().repeat(40)).expect("an object's name");
        Advertised {
            name: name.to_owned(),
            oid,
            target: target.map(str::to_owned),
        }
    }

    fn full(wanted: Wanted) -> String {
        match wanted {
            Wanted::Reference { full, .. } => full,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_branch_is_preferred_to_a_tag_of_the_same_name_and_full_names_are_understood() {
        let list = [
            line("refs/heads/x", '1', None),
            line("refs/tags/x", '2', None),
            line("refs/pull/7/head", '3', None),
        ];
        let chosen = |reference| full(choose(&list, Some(reference), "o").expect("found"));
        assert_eq!(chosen("x"), "refs/heads/x");
        assert_eq!(chosen("refs/tags/x"), "refs/tags/x");
        assert_eq!(chosen("tags/x"), "refs/tags/x");
        assert_eq!(chosen("pull/7/head"), "refs/pull/7/head");
    }

    #[test]
    fn commits_and_expressions_are_told_from_names() {
        let list = [line("refs/heads/deadbeef", '1', None)];
        let chosen = |reference: &str| choose(&list, Some(reference), "o");
        assert_eq!(
            full(chosen("deadbeef").expect("a branch")),
            "refs/heads/deadbeef"
        );
        assert!(matches!(chosen(&"a".repeat(40)), Ok(Wanted::Commit(_))));
        assert_eq!(chosen("abc123").expect("maybe a commit"), Wanted::All);
        assert_eq!(chosen("deadbeef~2").expect("an expression"), Wanted::All);
        assert!(matches!(
            chosen("nothing"),
            Err(CheckoutError::NoReference { .. })
        ));
    }

    #[test]
    fn the_default_branch_is_what_head_stands_for() {
        let heads = [
            line("refs/heads/a", '1', None),
            line("refs/heads/main", '1', None),
        ];
        let with = |head: Advertised| [[head].as_slice(), &heads].concat();
        let chosen = |list: &[Advertised]| full(choose(list, None, "o").expect("found"));
        assert_eq!(
            chosen(&with(line("HEAD", '1', Some("refs/heads/a")))),
            "refs/heads/a"
        );
        assert_eq!(chosen(&with(line("HEAD", '1', None))), "refs/heads/main");
        assert_eq!(chosen(&with(line("HEAD", '9', None))), "HEAD");
        assert_eq!(chosen(&heads[..1]), "refs/heads/a");
        assert!(matches!(
            choose(&heads, None, "o"),
            Err(CheckoutError::NoReference { .. })
        ));
        assert!(matches!(
            choose(&[], None, "o"),
            Err(CheckoutError::Empty { .. })
        ));
    }

    #[test]
    fn slips_find_the_name_that_was_meant() {
        let names: Vec<String> = [
            "main",
            "release/1.2",
            "release/1.3",
            "feature/login",
            "v1.0.0",
        ]
        .map(str::to_owned)
        .into();
        assert_eq!(near("mian", &names), ["main"]);
        assert_eq!(near("login", &names), ["feature/login"]);
        assert_eq!(near("release/1.4", &names), ["release/1.2", "release/1.3"]);
        assert_eq!(near("zzz", &names), [] as [&str; 0]);
    }
}

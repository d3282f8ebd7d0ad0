//! The audited repository and the machine, as templates see them.

use perfctl_core::repository::{self, Detected, Source};
use perfctl_core::run;
use serde::Serialize;

use super::Pair;
use crate::short;
use crate::source_link::repository_url;

#[derive(Serialize)]
pub(super) struct Repository<'a> {
    name: &'a str,
    origin: &'a str,
    url: Option<String>,
    commit: Option<&'a str>,
    short_commit: Option<&'a str>,
    reference: Option<&'a str>,
    subdirectory: Option<&'a str>,
    /// The subdirectory, unless the origin says it: an origin on this machine is the path that was named.
    directory: Option<&'a str>,
    dirty: bool,
}

pub(super) fn repository(source: &Source) -> Repository<'_> {
    let commit = source.commit.as_deref();
    Repository {
        name: &source.name,
        origin: &source.origin,
        url: repository_url(source),
        commit,
        short_commit: commit.map(short::commit),
        reference: source.reference.as_deref(),
        subdirectory: source.subdirectory.as_deref(),
        directory: source
            .subdirectory
            .as_deref()
            .filter(|inside| !std::path::Path::new(&source.origin).ends_with(inside)),
        dirty: source.dirty,
    }
}

#[derive(Serialize)]
pub(super) struct Portrait<'a> {
    files: usize,
    languages: Vec<Language<'a>>,
    frameworks: Vec<Found<'a>>,
    entry_points: Vec<Found<'a>>,
    dockerfiles: &'a [String],
    deploy_targets: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Language<'a> {
    name: &'a str,
    files: usize,
    size: u64,
    share: f64,
}

/// Something that was detected, with the file that shows it.
#[derive(Serialize)]
struct Found<'a> {
    name: &'a str,
    path: &'a str,
}

pub(super) fn portrait(portrait: &repository::Portrait) -> Portrait<'_> {
    let bytes: u64 = portrait.languages.iter().map(|share| share.bytes).sum();
    Portrait {
        files: portrait.files,
        languages: portrait
            .languages
            .iter()
            .map(|share| Language {
                name: &share.language,
                files: share.files,
                size: share.bytes,
                share: if bytes == 0 {
                    0.0
                } else {
                    share.bytes as f64 / bytes as f64
                },
            })
            .collect(),
        frameworks: detected(&portrait.frameworks),
        entry_points: detected(&portrait.entry_points),
        dockerfiles: &portrait.dockerfiles,
        deploy_targets: detected(&portrait.deploy_targets),
    }
}

fn detected(all: &[Detected]) -> Vec<Found<'_>> {
    all.iter()
        .map(|found| Found {
            name: &found.name,
            path: &found.path,
        })
        .collect()
}

#[derive(Serialize)]
pub(super) struct Environment<'a> {
    os: &'a str,
    arch: &'a str,
    cpus: usize,
    tools: Vec<Pair<'a>>,
}

pub(super) fn environment(environment: &run::Environment) -> Environment<'_> {
    Environment {
        os: &environment.os,
        arch: &environment.arch,
        cpus: environment.cpus,
        tools: super::pairs(&environment.tools),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_that_the_origin_names_is_not_named_again() {
        let source = |origin: &str| Source {
            origin: origin.to_owned(),
            subdirectory: Some("services/shop".to_owned()),
            ..Source::default()
        };
        let here = source("/code/services/shop");
        assert_eq!(repository(&here).directory, None);
        let there = source("https://example.org/code.git");
        assert_eq!(repository(&there).directory, Some("services/shop"));
    }
}

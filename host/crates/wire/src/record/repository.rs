//! What was audited.

use perfctl_core::repository::{
    Detected as CoreDetected, LanguageShare as CoreShare, Portrait as CorePortrait,
    Source as CoreSource,
};
use serde::{Deserialize, Serialize};

/// Where the audited tree came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// Short name for reports.
    pub name: String,
    /// URL without credentials, or path, as given by the user.
    pub origin: String,
    /// Commit, hexadecimal; absent outside git.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// When that commit was made, in milliseconds since 1970 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed_ms: Option<u64>,
    /// Branch or tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether the tree had uncommitted changes.
    pub dirty: bool,
    /// URL of the remote without credentials, where a path is a work tree that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<String>,
    /// The audited directory from the work tree's root; absent when it is the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subdirectory: Option<String>,
}

/// What the repository is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Portrait {
    /// Languages, most bytes first.
    #[serde(default)]
    pub languages: Vec<LanguageShare>,
    /// Web frameworks, ORMs and clients in use.
    #[serde(default)]
    pub frameworks: Vec<Detected>,
    /// Modules or files at which a process starts.
    #[serde(default)]
    pub entry_points: Vec<Detected>,
    /// Paths of Dockerfiles.
    #[serde(default)]
    pub dockerfiles: Vec<String>,
    /// Where it is deployed.
    #[serde(default)]
    pub deploy_targets: Vec<Detected>,
    /// Files looked at.
    pub files: usize,
}

/// How much of a language there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LanguageShare {
    /// The language.
    pub language: String,
    /// Files.
    pub files: usize,
    /// Their size in bytes.
    pub size_bytes: u64,
}

/// Something that was found, with the file that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Detected {
    /// What.
    pub name: String,
    /// Path of the file that shows it.
    pub path: String,
}

impl From<&CoreSource> for Source {
    fn from(source: &CoreSource) -> Self {
        let CoreSource {
            name,
            origin,
            commit,
            committed_ms,
            reference,
            dirty,
            remote,
            subdirectory,
        } = source.clone();
        Self {
            name,
            origin,
            commit,
            committed_ms,
            reference,
            dirty,
            remote,
            subdirectory,
        }
    }
}

impl From<Source> for CoreSource {
    fn from(source: Source) -> Self {
        let Source {
            name,
            origin,
            commit,
            committed_ms,
            reference,
            dirty,
            remote,
            subdirectory,
        } = source;
        Self {
            name,
            origin,
            commit,
            committed_ms,
            reference,
            dirty,
            remote,
            subdirectory,
        }
    }
}

impl From<&CorePortrait> for Portrait {
    fn from(portrait: &CorePortrait) -> Self {
        let CorePortrait {
            languages,
            frameworks,
            entry_points,
            dockerfiles,
            deploy_targets,
            files,
        } = portrait;
        let detected = |list: &[CoreDetected]| -> Vec<Detected> {
            list.iter()
                .map(|found| Detected {
                    name: found.name.clone(),
                    path: found.path.clone(),
                })
                .collect()
        };
        let share = |share: &CoreShare| LanguageShare {
            language: share.language.clone(),
            files: share.files,
            size_bytes: share.bytes,
        };
        Self {
            languages: languages.iter().map(share).collect(),
            frameworks: detected(frameworks),
            entry_points: detected(entry_points),
            dockerfiles: dockerfiles.clone(),
            deploy_targets: detected(deploy_targets),
            files: *files,
        }
    }
}

impl From<Portrait> for CorePortrait {
    fn from(portrait: Portrait) -> Self {
        let detected = |list: Vec<Detected>| -> Vec<CoreDetected> {
            list.into_iter()
                .map(|found| CoreDetected {
                    name: found.name,
                    path: found.path,
                })
                .collect()
        };
        let share = |share: LanguageShare| CoreShare {
            language: share.language,
            files: share.files,
            bytes: share.size_bytes,
        };
        Self {
            languages: portrait.languages.into_iter().map(share).collect(),
            frameworks: detected(portrait.frameworks),
            entry_points: detected(portrait.entry_points),
            dockerfiles: portrait.dockerfiles,
            deploy_targets: detected(portrait.deploy_targets),
            files: portrait.files,
        }
    }
}

//! Steps as they ran.

use perfctl_core::ids::StepId;
use perfctl_core::run::{Artifact as CoreArtifact, StepRecord, StepStatus};
use serde::{Deserialize, Serialize};

use super::number;

/// How a step ended, without its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatusWord {
    /// Did what it should.
    Ok,
    /// Not for this repository or not asked for.
    Skipped,
    /// Something that it needs is missing.
    NeedsEvidence,
    /// Tried and failed.
    Failed,
    /// Killed after its timeout.
    TimedOut,
    /// Ended by Ctrl-C.
    Interrupted,
}

/// One step as it ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// Which step.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The word of its kind.
    pub kind: String,
    /// How it ended.
    pub status: StatusWord,
    /// Why; absent where the word says all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Wall time of all attempts, in milliseconds.
    pub duration_ms: f64,
    /// Attempts made.
    pub attempts: u32,
    /// Program and arguments as run, secrets redacted; empty for steps that run no program.
    #[serde(default)]
    pub argv: Vec<String>,
    /// Exit code of the last attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Which sandbox held it, or that there was none and why.
    #[serde(default)]
    pub sandbox: String,
    /// What it left.
    #[serde(default)]
    pub artifacts: Vec<Artifact>,
    /// What it wants to say; each a sentence.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The last lines of a command that failed; absent for others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub last_lines: Vec<String>,
}

/// A raw output kept beside the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Artifact {
    /// Path from the output directory, with forward slashes.
    pub path: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What it is, in a few words.
    pub what: String,
}

impl From<&StepRecord> for Step {
    fn from(step: &StepRecord) -> Self {
        let StepRecord {
            id,
            title,
            kind,
            status,
            duration,
            attempts,
            argv,
            exit_code,
            sandbox,
            artifacts,
            notes,
            last_lines,
        } = step;
        let word = match status {
            StepStatus::Ok => StatusWord::Ok,
            StepStatus::Skipped(_) => StatusWord::Skipped,
            StepStatus::NeedsEvidence(_) => StatusWord::NeedsEvidence,
            StepStatus::Failed(_) => StatusWord::Failed,
            StepStatus::TimedOut => StatusWord::TimedOut,
            StepStatus::Interrupted => StatusWord::Interrupted,
        };
        Self {
            id: id.to_string(),
            title: title.clone(),
            kind: kind.clone(),
            status: word,
            reason: status.reason().to_owned(),
            duration_ms: number::millis(*duration),
            attempts: *attempts,
            argv: argv.clone(),
            exit_code: *exit_code,
            sandbox: sandbox.clone(),
            artifacts: artifacts.iter().map(Into::into).collect(),
            notes: notes.clone(),
            last_lines: last_lines.clone(),
        }
    }
}

impl From<Step> for StepRecord {
    fn from(step: Step) -> Self {
        let status = match step.status {
            StatusWord::Ok => StepStatus::Ok,
            StatusWord::Skipped => StepStatus::Skipped(step.reason),
            StatusWord::NeedsEvidence => StepStatus::NeedsEvidence(step.reason),
            StatusWord::Failed => StepStatus::Failed(step.reason),
            StatusWord::TimedOut => StepStatus::TimedOut,
            StatusWord::Interrupted => StepStatus::Interrupted,
        };
        Self {
            id: StepId::new(step.id),
            title: step.title,
            kind: step.kind,
            status,
            duration: number::duration(step.duration_ms),
            attempts: step.attempts,
            argv: step.argv,
            exit_code: step.exit_code,
            sandbox: step.sandbox,
            artifacts: step.artifacts.into_iter().map(Into::into).collect(),
            notes: step.notes,
            last_lines: step.last_lines,
        }
    }
}

impl From<&CoreArtifact> for Artifact {
    fn from(artifact: &CoreArtifact) -> Self {
        let CoreArtifact {
            path,
            size,
            sha256,
            what,
        } = artifact;
        Self {
            path: path.clone(),
            size_bytes: *size,
            sha256: sha256.clone(),
            what: what.clone(),
        }
    }
}

impl From<Artifact> for CoreArtifact {
    fn from(artifact: Artifact) -> Self {
        Self {
            path: artifact.path,
            size: artifact.size_bytes,
            sha256: artifact.sha256,
            what: artifact.what,
        }
    }
}

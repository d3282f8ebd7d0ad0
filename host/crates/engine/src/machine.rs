//! The seams of [`crate::seams`] over the real machine, through the workspace room: sandboxed commands and programs on
//! `PATH`. Decides nothing; another machine (a queue, a test) implements the same traits.

use std::path::PathBuf;

use perfctl_core::seams::Stop;
use perfctl_workspace::command::{self, Launcher, Outcome, RunError, Runner};
use perfctl_workspace::engines;
use perfctl_workspace::sandbox::Policy;

use crate::seams::{
    CommandEnd, CommandError, CommandOutcome, CommandSpec, Commands, FoundTool, Tools,
};

/// Runs commands under one sandbox policy. Every step has a scratch directory of its own, so that steps that run at the
/// same time do not see each other's files.
#[derive(Clone, Debug)]
pub struct Sandboxed {
    /// Which sandbox.
    pub policy: Policy,
    /// How to start the launcher.
    pub launcher: Launcher,
    /// Directory for the steps' scratch directories, in the run's temporary place.
    pub scratch: PathBuf,
    /// Bytes kept of each output.
    pub output_cap: usize,
}

impl Commands for Sandboxed {
    fn run(&self, spec: &CommandSpec, stop: &dyn Stop) -> Result<CommandOutcome, CommandError> {
        let scratch = self.scratch.join(folder(spec.step.as_str()));
        let program = spec.argv.first().map(String::as_str).unwrap_or_default();
        let name = program.rsplit('/').next().unwrap_or(program);
        let mut env = engines::client_environment(name);
        let mut policy = self.policy.clone();
        if let Some(why) = engines::needs_the_open(name) {
            match policy {
                Policy::Best => policy = Policy::Off(why),
                Policy::Off(_) => {}
                _ => {
                    return Err(CommandError::Refused(format!(
                        "{why}, and the settings allow no command without a sandbox: measure an archive or a registry \
                         instead"
                    )));
                }
            }
            env.extend(engines::storage_environment());
        }
        env.extend(spec.env.clone());
        let runner = Runner::new(policy, scratch, self.launcher.clone());
        let order = command::CommandSpec {
            env,
            cwd: spec.cwd.clone(),
            timeout: spec.timeout,
            network: spec.network,
            writable: spec.writable.clone(),
            readable: spec.readable.clone(),
            prepared: spec.prepared.clone(),
            sockets: engines::sockets(name),
            output_cap: self.output_cap,
            ..command::CommandSpec::new(&spec.root, &spec.argv)
        };
        match runner.run(&order, stop) {
            Ok(outcome) => Ok(CommandOutcome {
                notes: kept_back(spec.network),
                ..translate(outcome)
            }),
            Err(RunError::ProgramNotFound { program, .. }) => Err(CommandError::NotFound(program)),
            Err(error) => Err(CommandError::Refused(error.to_string())),
        }
    }
}

impl Tools for perfctl_workspace::tools::Tools {
    fn find(&self, program: &str) -> Option<FoundTool> {
        let tool = self.find(program)?;
        let version = self.version(&tool);
        Some(FoundTool {
            program: tool.program,
            path: tool.path,
            version,
        })
    }

    fn hindrance(&self, tool: &FoundTool) -> Option<String> {
        engines::hindrance(&tool.program)
    }
}

/// What a command with the network is not told, as sentences.
fn kept_back(network: bool) -> Vec<String> {
    if !network {
        return Vec::new();
    }
    command::withheld()
        .into_iter()
        .map(|name| {
            format!("`{name}` was kept from the command, because a password stands in it: the public default was used instead")
        })
        .collect()
}

/// A step's id as one name of a directory.
fn folder(step: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            c
        } else {
            '_'
        }
    };
    format!("step-{}", step.chars().map(plain).collect::<String>())
}

fn translate(outcome: Outcome) -> CommandOutcome {
    let end = match (outcome.exit_code, outcome.signal) {
        _ if outcome.interrupted => CommandEnd::Interrupted,
        _ if outcome.timed_out => CommandEnd::TimedOut,
        (Some(code), _) => CommandEnd::Exited(code),
        // A program that was lost without a word was killed: nothing else ends one so.
        (None, signal) => CommandEnd::Signalled(signal.unwrap_or(9)),
    };
    let mut remarks = vec![format!("wall {:.3} s", outcome.duration.as_secs_f64())];
    if let (Some(user), Some(system)) = (outcome.cpu_user, outcome.cpu_system) {
        let (user, system) = (user.as_secs_f64(), system.as_secs_f64());
        remarks.push(format!("processor user {user:.3} s, system {system:.3} s"));
    }
    if let Some(peak) = outcome.peak_memory {
        remarks.push(format!("peak memory {peak} bytes"));
    }
    if outcome.leftovers > 0 {
        remarks.push(format!(
            "{} processes outlived it and were killed",
            outcome.leftovers
        ));
    }
    CommandOutcome {
        end,
        cut: outcome.truncated(),
        held: !outcome.sandbox.is_none(),
        sandbox: outcome.sandbox.to_string(),
        stdout: outcome.stdout,
        stderr: outcome.stderr,
        notes: Vec::new(),
        remarks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steps_id_never_leaves_the_scratch_directory() {
        assert_eq!(folder("import-time"), "step-import-time");
        assert_eq!(folder("../../x"), "step-______x");
    }
}

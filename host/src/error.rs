//! Failures as a user sees them, and the exit codes that scripts rely on.

use std::fmt;
use std::process::ExitCode;

use perfctl_workspace::checkout::CheckoutError;

/// Exit codes; documented in `perfctl help` and the README.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing over the gate.
    Clean,
    /// Findings or broken budgets over the gate.
    Findings,
    /// Wrong arguments, settings or files.
    Usage,
    /// Some steps, rules or repositories failed.
    Failures,
    /// Something that must not happen.
    Bug,
    /// Ended by Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Failures => 3,
            Exit::Bug => 70,
            Exit::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// A command that could not do what was asked.
#[derive(Debug)]
pub(crate) struct CommandError {
    /// How it ends.
    pub(crate) exit: Exit,
    /// What is wrong, complete sentences or a rendered list of faults.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hints: Vec<String>,
}

impl CommandError {
    /// Something the user wrote is wrong.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.to_string(),
            hints: Vec::new(),
        }
    }

    /// Something that was tried did not work.
    pub(crate) fn failure(message: impl fmt::Display) -> Self {
        Self {
            exit: Exit::Failures,
            message: message.to_string(),
            hints: Vec::new(),
        }
    }

    /// The user asked to stop; `left` says how things are.
    pub(crate) fn interrupted(left: impl fmt::Display) -> Self {
        Self {
            exit: Exit::Interrupted,
            ..Self::failure(format!("interrupted: {left}"))
        }
    }

    /// Adds advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<perfctl_wire::diagnose::Faults> for CommandError {
    fn from(faults: perfctl_wire::diagnose::Faults) -> Self {
        Self::usage(faults)
    }
}

impl From<CheckoutError> for CommandError {
    fn from(error: CheckoutError) -> Self {
        let exit = match &error {
            CheckoutError::Interrupted => Exit::Interrupted,
            // The same command may work later.
            CheckoutError::Network { .. }
            | CheckoutError::Slow { .. }
            | CheckoutError::Io { .. }
            | CheckoutError::Git { .. } => Exit::Failures,
            _ => Exit::Usage,
        };
        Self {
            exit,
            ..Self::usage(error)
        }
    }
}

/// What commands answer.
pub(crate) type Answer = Result<Exit, CommandError>;

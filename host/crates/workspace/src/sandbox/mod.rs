//! What holds a program that is not ours: the policy, what the program may reach, and which mechanism enforced it.
//!
//! Two mechanisms: bubblewrap (Linux namespaces), and Landlock with seccomp, which needs no namespaces and so works where
//! containers forbid them. This module must not know how processes are started or watched; `command` does.

mod bubblewrap;
mod landlock;
mod limits;
mod seccomp;
mod view;

use std::fmt;

pub(crate) use self::bubblewrap::arguments as bubblewrap_arguments;
pub(crate) use self::landlock::{
    hide_abstract_sockets as landlock_hide_abstract_sockets, restrict as landlock_restrict,
};
pub use self::limits::Limits;
pub(crate) use self::limits::running_tasks;
pub(crate) use self::seccomp::{Sockets, apply as apply_filter};
pub(crate) use self::view::{View, is_system};

/// A mechanism that confines a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Linux namespaces through the `bwrap` program: other files and processes do not exist for the program.
    Bubblewrap,
    /// Landlock rules and a seccomp filter: other files exist but cannot be opened, sockets cannot be made.
    Landlock,
}

impl Kind {
    /// Every kind, strongest first.
    pub const ALL: [Kind; 2] = [Kind::Bubblewrap, Kind::Landlock];

    /// The word used in settings and messages.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Bubblewrap => "bubblewrap",
            Kind::Landlock => "landlock",
        }
    }
}

/// Which sandbox a runner uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// The strongest that works on this machine; where none does, the command runs bare and the outcome says why.
    #[default]
    Best,
    /// The strongest that works on this machine; where none does, nothing runs.
    Required,
    /// This one or nothing runs.
    Exactly(Kind),
    /// None. Carries the reason, for the record.
    Off(String),
}

/// What held a command. Its `Display` is the sentence for the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sandbox {
    /// Namespaces.
    Bubblewrap {
        /// Whether the command could reach the network, because it was granted.
        network: bool,
    },
    /// Landlock rules and a seccomp filter.
    Landlock {
        /// Version of the kernel's Landlock interface: 4 and later hold TCP, 6 and later signals.
        abi: u32,
        /// Whether the command could reach the network, because it was granted.
        network: bool,
    },
    /// Nothing.
    None {
        /// Why.
        reason: String,
    },
}

impl Sandbox {
    /// Whether nothing held the command.
    pub fn is_none(&self) -> bool {
        matches!(self, Sandbox::None { .. })
    }
}

impl fmt::Display for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sandbox::Bubblewrap { network: false } => f.write_str("bubblewrap"),
            Sandbox::Bubblewrap { network: true } => f.write_str("bubblewrap, network granted"),
            Sandbox::Landlock {
                network: false,
                abi,
            } if *abi >= 4 => {
                f.write_str("landlock (file system; TCP) and seccomp (no new sockets)")
            }
            Sandbox::Landlock { network: false, .. } => {
                f.write_str("landlock (file system) and seccomp (no new sockets)")
            }
            Sandbox::Landlock { network: true, .. } => {
                f.write_str("landlock (file system), network granted")
            }
            Sandbox::None { reason } => write!(f, "none: {reason}"),
        }
    }
}

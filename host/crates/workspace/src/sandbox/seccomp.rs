//! The system call filter of a confined program: which sockets it may make, and no way to the user's keyring.
//! It must not know why a permission was given.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

/// Which sockets a program may make. Pairs that talk only to each other (`socketpair`) are always allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sockets {
    /// Any: something else holds the network.
    Any,
    /// Only the families named.
    Only {
        /// Internet sockets, and netlink, which name resolution asks for addresses.
        internet: bool,
        /// Unix sockets.
        unix: bool,
    },
}

/// Filters the system calls of the calling thread and of what it executes.
///
/// # Errors
/// A sentence when this architecture has no filter or the kernel refuses it.
pub(crate) fn apply(sockets: Sockets) -> Result<(), String> {
    let program = compile(sockets)?;
    seccompiler::apply_filter(&program).map_err(|error| format!("seccomp: {error}"))
}

fn compile(sockets: Sockets) -> Result<BpfProgram, String> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)
        .map_err(|_| format!("no seccomp filter for {}", std::env::consts::ARCH))?;
    // Keys of the kernel's keyring belong to the user, not to a namespace.
    let mut denied = vec![libc::SYS_add_key, libc::SYS_keyctl, libc::SYS_request_key];
    let mut conditional: Vec<SeccompRule> = Vec::new();
    if let Sockets::Only { internet, unix } = sockets {
        // A ring makes sockets without the call that is filtered here.
        denied.extend([
            libc::SYS_io_uring_setup,
            libc::SYS_io_uring_enter,
            libc::SYS_io_uring_register,
        ]);
        match families(internet, unix).as_slice() {
            [] => denied.push(libc::SYS_socket),
            allowed => {
                conditional.push(none_of(allowed).map_err(|error| format!("seccomp: {error}"))?)
            }
        }
    }
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        denied.into_iter().map(|call| (call, Vec::new())).collect();
    if !conditional.is_empty() {
        rules.insert(libc::SYS_socket, conditional);
    }
    if arch == TargetArch::x86_64 {
        // The x32 interface has the same calls under other numbers.
        let other: Vec<_> = rules
            .iter()
            .map(|(call, rules)| (call | X32, rules.clone()))
            .collect();
        rules.extend(other);
    }
    let refuse = SeccompAction::Errno(libc::EPERM as u32);
    SeccompFilter::new(rules, SeccompAction::Allow, refuse, arch)
        .and_then(BpfProgram::try_from)
        .map_err(|error| format!("seccomp: {error}"))
}

/// The bit that marks a call of the x32 interface.
const X32: i64 = 0x4000_0000;

fn families(internet: bool, unix: bool) -> Vec<i32> {
    let mut families = Vec::new();
    if internet {
        families.extend([libc::AF_INET, libc::AF_INET6, libc::AF_NETLINK]);
    }
    if unix {
        families.push(libc::AF_UNIX);
    }
    families
}

/// Matches when the first argument is none of `families`.
fn none_of(families: &[i32]) -> Result<SeccompRule, seccompiler::BackendError> {
    let conditions = families
        .iter()
        .map(|family| {
            SeccompCondition::new(
                0,
                SeccompCmpArgLen::Dword,
                SeccompCmpOp::Ne,
                family.unsigned_abs().into(),
            )
        })
        .collect::<Result<Vec<_>, _>>()?;
    SeccompRule::new(conditions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_compiles_and_a_narrower_one_is_another_program() {
        let only = |internet, unix| compile(Sockets::Only { internet, unix }).expect("compiles");
        let programs = [
            compile(Sockets::Any).expect("compiles"),
            only(false, false),
            only(false, true),
            only(true, false),
            only(true, true),
        ];
        for (at, program) in programs.iter().enumerate() {
            assert!(programs[at + 1..].iter().all(|other| other != program));
        }
    }
}

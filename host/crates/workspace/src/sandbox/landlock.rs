//! Landlock rules for the calling thread, which then becomes the confined program. It must not know what the program is.

use ::landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use super::view::{View, system_paths};

/// Devices that a program may read and write without reaching anything.
const DEVICES: [&str; 5] = [
    "/dev/full",
    "/dev/null",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
];

/// Denies the calling thread, and what it executes, everything outside `view`. Returns the version of the kernel's Landlock
/// interface. What an older kernel does not know is left out; that the rules hold at all is required.
///
/// # Errors
/// A sentence when the kernel has no Landlock, or refuses.
pub(crate) fn restrict(view: &View) -> Result<u32, String> {
    let status = apply(view).map_err(|error| format!("landlock: {error}"))?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, LandlockStatus::NotEnabled) => {
            Err("landlock is switched off in this kernel (boot parameter lsm=)".to_owned())
        }
        (RulesetStatus::NotEnforced, _) => {
            Err("landlock is not in this kernel (Linux 5.13 and later have it)".to_owned())
        }
        (
            _,
            LandlockStatus::Available {
                effective_abi,
                kernel_abi,
            },
        ) => {
            let known = effective_abi as u32;
            Ok(kernel_abi
                .and_then(|abi| u32::try_from(abi).ok())
                .unwrap_or(known))
        }
        (_, LandlockStatus::NotEnabled | LandlockStatus::NotImplemented) => {
            Err("landlock says that it holds and that it is absent".to_owned())
        }
    }
}

/// Denies the calling thread the abstract Unix sockets of others, where the kernel can (ABI 6 and later); older kernels
/// leave them reachable, as they are for every container that shares the network.
///
/// # Errors
/// A sentence when the kernel refuses.
pub(crate) fn hide_abstract_sockets() -> Result<(), String> {
    let hide = || {
        Ruleset::default()
            .scope(Scope::AbstractUnixSocket)?
            .create()?
            .restrict_self()
    };
    hide()
        .map(|_| ())
        .map_err(|error: RulesetError| format!("landlock: {error}"))
}

fn apply(view: &View) -> Result<::landlock::RestrictionStatus, RulesetError> {
    // The rights of ABI 5 and the scopes of ABI 6 are the newest that were tried here; later ones are not guessed at.
    let all = AccessFs::from_all(ABI::V5);
    let read = AccessFs::from_read(ABI::V5);
    let device = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::IoctlDev;
    let mut ruleset = Ruleset::default()
        .handle_access(all)?
        .scope(Scope::AbstractUnixSocket | Scope::Signal)?;
    if !view.network {
        ruleset = ruleset.handle_access(AccessNet::from_all(ABI::V4))?;
    }
    ruleset
        .create()?
        .add_rules(path_beneath_rules(system_paths(), read))?
        .add_rules(path_beneath_rules(["/proc"], read))?
        .add_rules(path_beneath_rules(DEVICES, device))?
        .add_rules(path_beneath_rules(&view.readable, read))?
        .add_rules(path_beneath_rules(&view.writable, all))?
        .add_rules(path_beneath_rules(&view.sockets, device))?
        .restrict_self()
}

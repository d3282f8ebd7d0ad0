//! The second part of the launcher: confines itself and becomes the program. It must not return on success.

use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use rustix::process::{Signal, set_parent_process_death_signal, setsid};
use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs};

use super::launch::say;
use super::order::{Confinement, Order, Report, Usage};
use crate::sandbox::{Sockets, apply_filter, landlock_hide_abstract_sockets, landlock_restrict};

/// Becomes the program of `order`. Returns only when it cannot.
pub(super) fn become_program(order: &Order, line: UnixStream) -> ExitCode {
    let landlock = match confine(order) {
        Ok(abi) => abi,
        Err(why) => {
            say(&line, &Report::NotConfined(why));
            return ExitCode::FAILURE;
        }
    };
    say(
        &line,
        &Report::Ready {
            landlock,
            used: usage(UsageWho::RUSAGE_SELF),
        },
    );
    let Some((program, arguments)) = order.argv.split_first() else {
        say(
            &line,
            &Report::NotStarted("no program was named".to_owned()),
        );
        return ExitCode::FAILURE;
    };
    let error = Command::new(program)
        .args(arguments)
        .env_clear()
        .envs(order.env.iter().map(|(name, value)| (name, value)))
        .current_dir(&order.cwd)
        .stdin(Stdio::null())
        .exec();
    say(&line, &Report::NotStarted(error.to_string()));
    ExitCode::FAILURE
}

/// Lowers limits, leaves the terminal, and denies itself what the order does not grant. Returns the Landlock version.
fn confine(order: &Order) -> Result<u32, String> {
    let told = |what: &'static str| move |error: rustix::io::Errno| format!("{what}: {error}");
    // A session of its own has no controlling terminal: the program cannot write to it or push keys into it.
    setsid().map_err(told("setsid"))?;
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(told("parent death signal"))?;
    order.limits.apply().map_err(told("resource limits"))?;
    set_no_new_privs(true).map_err(told("no new privileges"))?;
    // What perfctl's own parent left open (a job server's pipe, a log) is not the program's to write to.
    close_fds::set_fds_cloexec(3, &[]);
    let view = &order.view;
    match order.confinement {
        Confinement::Bare => Ok(0),
        Confinement::WithinNamespaces => {
            if view.network {
                // Abstract sockets belong to the network's namespace, which is then the user's own.
                landlock_hide_abstract_sockets()?;
            }
            apply_filter(Sockets::Any).map(|()| 0)
        }
        Confinement::Landlock => {
            let abi = landlock_restrict(view)?;
            // Root's capabilities reach around Landlock: into other processes' memory, for one. `bwrap` drops them, too.
            let none = CapabilitySet::empty();
            let none = CapabilitySets {
                effective: none,
                permitted: none,
                inheritable: none,
            };
            set_capabilities(None, none).map_err(told("capabilities"))?;
            // Landlock knows no UDP and, in kernels of today, no Unix sockets with names; a socket that cannot be made
            // reaches neither.
            apply_filter(Sockets::Only {
                internet: view.network,
                unix: !view.sockets.is_empty(),
            })?;
            Ok(abi)
        }
    }
}

/// What the kernel counts for `who`; zero when it does not say.
pub(super) fn usage(who: UsageWho) -> Usage {
    let Ok(usage) = getrusage(who) else {
        return Usage::default();
    };
    let time = |seconds: i64, micros: i64| {
        Duration::from_secs(seconds.unsigned_abs()) + Duration::from_micros(micros.unsigned_abs())
    };
    let (user, system) = (usage.user_time(), usage.system_time());
    Usage {
        user: time(user.tv_sec(), user.tv_usec()),
        system: time(system.tv_sec(), system.tv_usec()),
        // The kernel counts in kibibytes.
        memory: usage.max_rss().unsigned_abs() * 1024,
    }
}

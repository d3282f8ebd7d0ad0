//! Processes below this one, read from `/proc`. It must not know why anyone wants to end them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rustix::process::{Pid, Signal, getpid, kill_process};

/// Every live process below the calling one, near ones first. A zombie is not alive, unless only its first thread ended.
pub(crate) fn living() -> Vec<Pid> {
    let mut children: BTreeMap<i32, Vec<i32>> = BTreeMap::new();
    for (pid, parent) in processes() {
        children.entry(parent).or_default().push(pid);
    }
    let mut found = Vec::new();
    let mut next = vec![getpid().as_raw_nonzero().get()];
    while let Some(parent) = next.pop() {
        for child in children.remove(&parent).unwrap_or_default() {
            found.extend(Pid::from_raw(child));
            next.push(child);
        }
    }
    found
}

/// Sends `signal` to every descendant.
pub(crate) fn signal_all(signal: Signal) {
    for pid in living() {
        // One that ended meanwhile is no error.
        let _ = kill_process(pid, signal);
    }
}

/// Kills every descendant, also those made meanwhile. Returns how many there were.
pub(crate) fn kill_all() -> u32 {
    // A stopped process makes no more children: stop until nobody new is found, then kill. Bounded, because a process in an
    // uninterruptible wait dies only when its wait ends.
    let mut seen = BTreeSet::new();
    for _ in 0..ROUNDS {
        let new: Vec<_> = living()
            .into_iter()
            .filter(|pid| seen.insert(pid.as_raw_nonzero()))
            .collect();
        if new.is_empty() {
            break;
        }
        for pid in new {
            let _ = kill_process(pid, Signal::STOP);
        }
    }
    signal_all(Signal::KILL);
    u32::try_from(seen.len()).unwrap_or(u32::MAX)
}

const ROUNDS: usize = 64;

/// Pid and parent of every process that lives.
fn processes() -> impl Iterator<Item = (i32, i32)> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter_map(|pid| Some((pid, parent(&fs::read(format!("/proc/{pid}/stat")).ok()?)?)))
}

/// The parent in a line of `/proc/PID/stat`; `None` for a zombie without threads. The name in parentheses may hold anything,
/// also parentheses, so the fields count from the last one.
fn parent(stat: &[u8]) -> Option<i32> {
    let end = stat.iter().rposition(|byte| *byte == b')')?;
    let rest = std::str::from_utf8(stat.get(end + 1..)?).ok()?;
    let mut fields = rest.split_ascii_whitespace();
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    // The 20th field of proc_pid_stat(5): a process whose first thread ended is shown as a zombie while others run.
    let threads = fields.nth(15).and_then(|count| count.parse::<u32>().ok());
    let ended = state == "X" || state == "Z" && threads.is_none_or(|threads| threads < 2);
    (!ended).then_some(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_does_not_shift_the_fields() {
        assert_eq!(parent(b"42 (a) b) 3 (x) S 7 42 42 0"), Some(7));
        assert_eq!(parent(b"42 (sh) Z 7 42"), None);
        let line = |threads| {
            format!(
                "42 (sh) Z 7 42 42 0 -1 4227084 0 0 0 0 0 0 0 0 20 0 {threads} 0 123 0 0 18446744073709551615"
            )
        };
        assert_eq!(parent(line(1).as_bytes()), None);
        assert_eq!(parent(line(3).as_bytes()), Some(7));
        assert_eq!(parent(b"42 (sh"), None);
        assert_eq!(parent(b""), None);
    }
}

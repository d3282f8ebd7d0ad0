//! Resource limits of one command, set in the process that becomes the command. Nothing here knows sandboxes.

use std::fs;
use std::os::unix::fs::MetadataExt;

use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, getuid, setrlimit};

/// Limits of one command; `None` leaves what the user's shell has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the largest file that it may write.
    pub file_size: Option<u64>,
    /// Bytes of address space. Runtimes that reserve much and use little (Node, Go, the JVM) need far more than they use.
    pub address_space: Option<u64>,
    /// Processes and threads beyond those that the user runs already. The kernel does not hold root to it.
    pub processes: Option<u64>,
    /// Open files.
    pub open_files: Option<u64>,
}

impl Default for Limits {
    /// 8 GiB for a file, 4 096 further processes, the rest as the shell has it.
    fn default() -> Self {
        Self {
            file_size: Some(8 << 30),
            address_space: None,
            processes: Some(4096),
            open_files: None,
        }
    }
}

impl Limits {
    /// Sets them for the calling process, and never a core dump. A limit is lowered, never raised.
    ///
    /// # Errors
    /// The kernel's.
    pub(crate) fn apply(&self) -> Result<(), Errno> {
        let wanted = [
            (Resource::Core, Some(0)),
            (Resource::Fsize, self.file_size),
            (Resource::As, self.address_space),
            (Resource::Nproc, self.processes),
            (Resource::Nofile, self.open_files),
        ];
        for (resource, limit) in wanted {
            let Some(limit) = limit else { continue };
            let now = getrlimit(resource);
            let limit = now.maximum.map_or(limit, |maximum| maximum.min(limit));
            setrlimit(
                resource,
                Rlimit {
                    current: Some(limit),
                    maximum: Some(limit),
                },
            )?;
        }
        Ok(())
    }
}

/// Processes and threads of the calling user: what a limit on processes counts from.
pub(crate) fn running_tasks() -> u64 {
    let user = getuid().as_raw();
    let Ok(entries) = fs::read_dir("/proc") else {
        return 0;
    };
    entries
        .flatten()
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.bytes().all(|b| b.is_ascii_digit()))
        })
        .filter(|entry| entry.metadata().is_ok_and(|about| about.uid() == user))
        .filter_map(|entry| fs::metadata(entry.path().join("task")).ok())
        // A directory has one link for itself, one for its name, and one for each directory in it: one per thread.
        .map(|task| task.nlink().saturating_sub(2))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_more_is_a_task_more() {
        let (send, wait) = std::sync::mpsc::channel::<()>();
        let threads: Vec<_> = {
            let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
            (0..3)
                .map(|_| {
                    let wait = wait.clone();
                    std::thread::spawn(move || {
                        wait.lock().map(|w| w.recv().is_err()).unwrap_or(true)
                    })
                })
                .collect()
        };
        let count = running_tasks();
        drop(send);
        for thread in threads {
            thread.join().expect("joins");
        }
        assert!(count >= 4, "{count} tasks seen");
    }
}

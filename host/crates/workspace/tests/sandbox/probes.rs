//! Small programs that try something and say what came of it on standard output.

use std::fs;
use std::io::Write;
use std::net::{TcpStream, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, setsid};

use crate::world::{PROBE, own_program};

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tcp", address] => told(TcpStream::connect(address)),
        ["udp", address] => {
            told(UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.send_to(b"x", address)))
        }
        ["unix", path] => told(UnixStream::connect(path)),
        ["abstract", name] => told(
            SocketAddr::from_abstract_name(name)
                .and_then(|address| UnixStream::connect_addr(&address)),
        ),
        ["pair"] => told(UnixStream::pair()),
        ["read", path] => told(fs::read(path)),
        ["write", path] => told(fs::write(path, "x")),
        ["list", path] => told(fs::read_dir(path)),
        ["kill", pid] => {
            let pid = pid
                .parse()
                .ok()
                .and_then(Pid::from_raw)
                .expect("a process number");
            told(kill_process(pid, Signal::KILL))
        }
        ["environment"] => {
            for (name, value) in std::env::vars() {
                println!("{name}={value}");
            }
            ExitCode::SUCCESS
        }
        ["descriptors"] => {
            let mut open: Vec<_> = fs::read_dir("/proc/self/fd")
                .expect("descriptors")
                .flatten()
                // The directory being read is a descriptor, too; by now it is read in memory and may be gone.
                .filter_map(|entry| Some((entry.file_name(), fs::read_link(entry.path()).ok()?)))
                .filter(|(_, target)| !target.starts_with("/proc"))
                .map(|(name, target)| format!("{} {}", name.to_string_lossy(), target.display()))
                .collect();
            open.sort();
            println!("{}", open.join("\n"));
            ExitCode::SUCCESS
        }
        ["flood", bytes] => flood(bytes.parse().expect("a number")),
        ["burn", milliseconds] => {
            let until =
                Instant::now() + Duration::from_millis(milliseconds.parse().expect("a number"));
            let mut sum = 0u64;
            while Instant::now() < until {
                sum = sum.wrapping_mul(31).wrapping_add(1);
            }
            println!("{sum}");
            ExitCode::SUCCESS
        }
        ["memory", megabytes] => {
            let size = megabytes.parse::<usize>().expect("a number") << 20;
            let block = vec![1u8; size];
            println!(
                "{}",
                block
                    .iter()
                    .step_by(4096)
                    .map(|byte| usize::from(*byte))
                    .sum::<usize>()
            );
            ExitCode::SUCCESS
        }
        ["beat", path] => beat(path),
        ["daemon", path] => {
            // A child in a session of its own whose parent is gone: what a naive kill of the group misses.
            let mut command = Command::new(own_program());
            command
                .args([PROBE, "orphan", path])
                .stdin(Stdio::null())
                .process_group(0);
            told(command.spawn())
        }
        ["orphan", path] => {
            let _ = setsid();
            let mut command = Command::new(own_program());
            command.args([PROBE, "beat", path]).stdin(Stdio::null());
            told(command.spawn())
        }
        other => panic!("no probe {other:?}"),
    }
}

/// Says `ok` or the error.
fn told<T, E: std::fmt::Display>(result: Result<T, E>) -> ExitCode {
    match result {
        Ok(_) => {
            println!("ok");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `bytes` to each output, by turns.
fn flood(bytes: usize) -> ExitCode {
    let block = [b'x'; 1 << 16];
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let mut left = bytes;
    while left > 0 {
        let size = left.min(block.len());
        out.write_all(&block[..size]).expect("written");
        err.write_all(&block[..size]).expect("written");
        left -= size;
    }
    ExitCode::SUCCESS
}

/// Writes a byte to `path` every 20 ms, for ever.
fn beat(path: &str) -> ExitCode {
    loop {
        let file = fs::OpenOptions::new().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(b"."))
            .expect("written");
        std::thread::sleep(Duration::from_millis(20));
    }
}

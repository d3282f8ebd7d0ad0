//! What a command in a sandbox cannot do, tried. Each refusal is paired with what must still work, so that a sandbox which
//! refuses everything fails, too.

use std::collections::BTreeSet;
use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use libtest_mimic::Trial;
use perfctl_core::seams::Never;
use perfctl_workspace::command::{CommandSpec, Outcome, Runner};
use perfctl_workspace::sandbox::{Kind, Limits, Sandbox};

use crate::world::{Mode, TERMINAL, World, in_modes, launcher, own_program, text};

const HELD: [Mode; 2] = [Mode::In(Kind::Bubblewrap), Mode::In(Kind::Landlock)];

pub(crate) fn tests() -> Vec<Trial> {
    [
        in_modes(
            &HELD,
            "the repository can be read and not written",
            repository,
        ),
        in_modes(
            &HELD,
            "the scratch directory, home and temporary files can be written",
            scratch,
        ),
        in_modes(
            &HELD,
            "what lies beside the repository is out of reach",
            beside,
        ),
        in_modes(
            &HELD,
            "a granted directory can be written and another only read",
            granted,
        ),
        in_modes(
            &HELD,
            "tcp to the loopback fails, and works when the network is granted",
            tcp,
        ),
        in_modes(&HELD, "udp to the loopback does not arrive", udp),
        in_modes(
            &HELD,
            "a unix socket is out of reach unless it is granted",
            unix,
        ),
        in_modes(
            &HELD,
            "an abstract unix socket is out of reach",
            abstract_unix,
        ),
        in_modes(&HELD, "a pair of sockets for oneself can be made", pair),
        in_modes(
            &HELD,
            "other processes can neither be killed nor looked into",
            processes,
        ),
        in_modes(
            &HELD,
            "a file larger than the limit cannot be written",
            file_size,
        ),
        in_modes(
            &HELD,
            "a program outside the system directories brings its own directory",
            own_directory,
        ),
        in_modes(
            &HELD,
            "a program of the repository leads to no directory of the user",
            astray,
        ),
        in_modes(
            &HELD,
            "an environment of the repository runs with the system's Python",
            system_python,
        ),
        in_modes(&HELD, "the outcome names the sandbox", named),
        in_modes(
            &Mode::ALL,
            "only the listed environment arrives",
            environment,
        ),
        in_modes(
            &Mode::ALL,
            "no descriptor but the three standard ones is open",
            descriptors,
        ),
        in_modes(&Mode::ALL, "standard input is empty", standard_input),
        in_modes(
            &Mode::ALL,
            "the terminal of perfctl cannot be written to",
            terminal,
        ),
        in_modes(
            &Mode::ALL,
            "the launcher does not carry the user's environment in",
            launcher_environment,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a probe was refused: it must have run and said why.
fn refused(outcome: &Outcome) -> bool {
    let said = text(&outcome.stdout);
    assert!(
        outcome.exit_code.is_some(),
        "the probe did not run: {outcome:?}"
    );
    assert!(
        !said.is_empty(),
        "the probe said nothing: {}",
        text(&outcome.stderr)
    );
    outcome.exit_code != Some(0) && !said.contains("ok")
}

fn allowed(outcome: &Outcome) {
    assert_eq!(
        outcome.exit_code,
        Some(0),
        "{}{}",
        text(&outcome.stdout),
        text(&outcome.stderr)
    );
}

fn repository(world: &World, _: Mode) {
    allowed(&world.run(&world.probe(&["read", "file"])));
    for path in ["file", "new", "sub/new"] {
        assert!(
            refused(&world.run(&world.probe(&["write", path]))),
            "{path} was written"
        );
    }
    assert!(refused(&world.run(&world.probe(&[
        "write",
        world.repo.join("x").to_str().expect("UTF-8")
    ]))));
    assert_eq!(
        fs::read_to_string(world.repo.join("file")).expect("there"),
        "content\n"
    );
    assert_eq!(fs::read_dir(&world.repo).expect("there").count(), 2);
    let removed = world.run(&world.script("rm -rf file sub; chmod 777 . ; mv file other"));
    assert_ne!(removed.exit_code, Some(0));
    assert!(world.repo.join("file").is_file() && world.repo.join("sub").is_dir());
}

fn scratch(world: &World, _: Mode) {
    let outcome = world.run(&world.script(
        "set -e; echo a > \"$HOME/a\"; echo b > \"$TMPDIR/b\"; mkdir -p \"$XDG_CACHE_HOME\"; echo c > \"$XDG_CACHE_HOME/c\"
         mkdir \"$HOME/d\"; mv \"$HOME/a\" \"$HOME/d/a\"; ln -s a \"$HOME/d/link\"; echo > /dev/null; head -c 1 /dev/urandom > /dev/null",
    ));
    allowed(&outcome);
    assert_eq!(
        fs::read_to_string(world.scratch.join("home/d/a")).expect("moved"),
        "a\n"
    );
    assert!(world.scratch.join("tmp/b").is_file() && world.scratch.join("home/.cache/c").is_file());
}

fn beside(world: &World, _: Mode) {
    let secret = world.secret.to_str().expect("UTF-8");
    assert!(refused(&world.run(&world.probe(&["read", secret]))));
    assert!(refused(&world.run(&world.probe(&["read", "../secret"]))));
    // Below /tmp a world of namespaces has memory of its own, where a write may go and be forgotten.
    world.run(&world.probe(&["write", secret]));
    assert_eq!(
        fs::read_to_string(&world.secret).expect("there"),
        "hidden\n"
    );
    std::os::unix::fs::symlink(&world.secret, world.repo.join("link")).expect("link");
    assert!(
        refused(&world.run(&world.probe(&["read", "link"]))),
        "a link in the repository leads out"
    );
    for path in ["/etc/shadow", "/etc/ssh/sshd_config"] {
        assert!(refused(&world.run(&world.probe(&["read", path]))), "{path}");
    }
    let home = std::env::var("HOME").expect("a home");
    assert!(
        refused(&world.run(&world.probe(&["list", &home]))),
        "{home} was listed"
    );
    for path in [
        "/usr/perfctl-was-here",
        "/etc/perfctl-was-here",
        "/perfctl-was-here",
    ] {
        let outcome = world.run(&world.probe(&["write", path]));
        // Taken away before it is said: what got out must not stay on the machine.
        let escaped = fs::remove_file(path).is_ok();
        assert!(refused(&outcome) && !escaped, "{path} was written");
    }
}

fn granted(world: &World, _: Mode) {
    let (write, read) = (world.place.join("cache"), world.place.join("data"));
    for directory in [&write, &read] {
        fs::create_dir(directory).expect("made");
        fs::write(directory.join("old"), "x").expect("written");
    }
    let (new, old) = (write.join("new"), read.join("old"));
    let (new, old) = (new.to_str().expect("UTF-8"), old.to_str().expect("UTF-8"));
    let with = |words: &[&str]| CommandSpec {
        writable: vec![write.clone()],
        readable: vec![read.clone()],
        ..world.probe(words)
    };
    allowed(&world.run(&with(&["write", new])));
    assert!(fs::exists(new).expect("known"));
    allowed(&world.run(&with(&["read", old])));
    assert!(refused(&world.run(&with(&["write", old]))));
    assert!(
        refused(&world.run(&world.probe(&["read", old]))),
        "readable without a grant"
    );
}

fn tcp(world: &World, _: Mode) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    listener.set_nonblocking(true).expect("set");
    let address = listener.local_addr().expect("an address").to_string();
    assert!(refused(&world.run(&world.probe(&["tcp", &address]))));
    assert!(listener.accept().is_err(), "somebody connected");
    let granted = CommandSpec {
        network: true,
        ..world.probe(&["tcp", &address])
    };
    let outcome = world.run(&granted);
    allowed(&outcome);
    assert!(listener.accept().is_ok(), "nobody connected");
    assert!(
        outcome.sandbox.to_string().contains("network granted"),
        "{}",
        outcome.sandbox
    );
}

fn udp(world: &World, _: Mode) {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket
        .set_read_timeout(Some(Duration::from_millis(200)))
        .expect("set");
    let address = socket.local_addr().expect("an address").to_string();
    let mut byte = [0];
    world.run(&world.probe(&["udp", &address]));
    assert!(socket.recv(&mut byte).is_err(), "a datagram arrived");
    allowed(&world.run(&CommandSpec {
        network: true,
        ..world.probe(&["udp", &address])
    }));
    assert_eq!(socket.recv(&mut byte).expect("arrives"), 1);
}

fn unix(world: &World, _: Mode) {
    let path = world.place.join("socket");
    let listener = UnixListener::bind(&path).expect("a listener");
    listener.set_nonblocking(true).expect("set");
    let words = ["unix", path.to_str().expect("UTF-8")];
    assert!(refused(&world.run(&world.probe(&words))));
    assert!(
        refused(&world.run(&CommandSpec {
            network: true,
            ..world.probe(&words)
        })),
        "the network is no socket"
    );
    assert!(listener.accept().is_err());
    allowed(&world.run(&CommandSpec {
        sockets: vec![path.clone()],
        ..world.probe(&words)
    }));
    assert!(listener.accept().is_ok());
}

fn abstract_unix(world: &World, mode: Mode) {
    let name = format!("perfctl-test-{}-{}", mode.word(), std::process::id());
    let address = SocketAddr::from_abstract_name(&name).expect("an address");
    let _listener = UnixListener::bind_addr(&address).expect("a listener");
    assert!(refused(&world.run(&world.probe(&["abstract", &name]))));
    let granted = world.run(&CommandSpec {
        network: true,
        ..world.probe(&["abstract", &name])
    });
    assert!(refused(&granted), "the network is no socket");
    allowed(&World::new(Mode::Bare).run(&world.probe(&["abstract", &name])));
}

fn pair(world: &World, _: Mode) {
    allowed(&world.run(&world.probe(&["pair"])));
}

fn processes(world: &World, mode: Mode) {
    let mut other = Command::new("sleep").arg("60").spawn().expect("a process");
    let pid = other.id().to_string();
    let killed = world.run(&world.probe(&["kill", &pid]));
    let alive = other.try_wait().expect("known").is_none();
    let looked =
        world.run(&world.probe(&["read", &format!("/proc/{}/environ", std::process::id())]));
    other.kill().expect("killed");
    other.wait().expect("gone");
    let old = matches!(killed.sandbox, Sandbox::Landlock { abi, .. } if abi < 6);
    if old && std::env::var_os("CI").is_none() {
        eprintln!(
            "skipped: {}: this kernel's Landlock does not hold signals",
            mode.word()
        );
    } else {
        assert!(refused(&killed) && alive);
    }
    assert!(refused(&looked), "the environment of perfctl was read");
}

fn file_size(world: &World, _: Mode) {
    let limits = Limits {
        file_size: Some(1 << 20),
        ..Limits::default()
    };
    let write = |blocks: u32| CommandSpec {
        limits,
        ..world.script(&format!(
            "head -c {} /dev/zero > \"$TMPDIR/big\"",
            blocks << 20
        ))
    };
    allowed(&world.run(&write(1)));
    let outcome = world.run(&write(3));
    assert_ne!(outcome.exit_code, Some(0));
    assert!(
        fs::metadata(world.scratch.join("tmp/big"))
            .expect("there")
            .len()
            <= 1 << 20
    );
}

fn own_directory(world: &World, _: Mode) {
    let tool = world.place.join("tools/bin/tool");
    fs::create_dir_all(tool.parent().expect("a parent")).expect("made");
    // A link: its target's directory is needed as well.
    let real = world.place.join("elsewhere/real");
    fs::create_dir_all(real.parent().expect("a parent")).expect("made");
    fs::copy("/bin/echo", &real).expect("copied");
    std::os::unix::fs::symlink(&real, &tool).expect("linked");
    let spec = world.spec([tool.to_str().expect("UTF-8"), "hello"]);
    // The copy may still be open for writing in a child that another test forks at this moment.
    let outcome = (0..50)
        .find_map(|_| {
            world.runner.run(&spec, &Never).ok().or_else(|| {
                std::thread::sleep(Duration::from_millis(10));
                None
            })
        })
        .expect("the tool runs");
    assert_eq!(
        text(&outcome.stdout),
        "hello\n",
        "{}",
        text(&outcome.stderr)
    );
}

fn astray(world: &World, _: Mode) {
    let bin = world.repo.join(".venv/bin");
    fs::create_dir_all(&bin).expect("directories");
    let outside = world.place.join("work");
    fs::create_dir_all(&outside).expect("a directory");
    fs::copy("/bin/cat", outside.join("run.sh")).expect("a program");
    fs::write(outside.join("secret"), "hidden\n").expect("a secret");
    symlink(outside.join("run.sh"), bin.join("python")).expect("a link");
    let secret = outside.join("secret");
    let spec = world.spec([".venv/bin/python", secret.to_str().expect("UTF-8")]);
    let error = world.runner.run(&spec, &Never).expect_err("refused");
    let said = error.to_string();
    for part in [".venv/bin/python", "work/run.sh", "--set python="] {
        assert!(said.contains(part), "{said}");
    }
    // Nor by a directory that its settings name.
    fs::remove_file(bin.join("python")).expect("removed");
    symlink("/bin/cat", bin.join("python")).expect("a link");
    let home = format!("home = {}\n", outside.display());
    fs::write(world.repo.join(".venv/pyvenv.cfg"), home).expect("settings");
    let error = world.runner.run(&spec, &Never).expect_err("refused");
    assert!(error.to_string().contains("pyvenv.cfg"), "{error}");
}

fn system_python(world: &World, _: Mode) {
    let made = Command::new("/usr/bin/python3")
        .args(["-m", "venv", "--without-pip", ".venv"])
        .current_dir(&world.repo)
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        eprintln!("skipped: an environment of the repository: /usr/bin/python3 makes none");
        return;
    }
    let script = "import sys; print(sys.prefix)";
    let outcome = world.run(&world.spec([".venv/bin/python", "-c", script]));
    assert_eq!(outcome.exit_code, Some(0), "{}", text(&outcome.stderr));
    assert!(text(&outcome.stdout).contains(".venv"));
}

fn named(world: &World, mode: Mode) {
    let outcome = world.run(&world.script("true"));
    let sentence = outcome.sandbox.to_string();
    match mode {
        Mode::In(Kind::Bubblewrap) => assert_eq!(sentence, "bubblewrap"),
        Mode::In(Kind::Landlock) => {
            assert!(sentence.starts_with("landlock (file system"), "{sentence}");
            assert!(matches!(
                outcome.sandbox,
                Sandbox::Landlock {
                    abi: 1..,
                    network: false
                }
            ));
        }
        Mode::Bare => assert_eq!(sentence, "none: a test"),
    }
}

fn environment(world: &World, _: Mode) {
    let mut spec = world.probe(&["environment"]);
    spec.env
        .insert("RECIPE".to_owned(), "set it=yes".to_owned());
    let outcome = world.run(&spec);
    let said = text(&outcome.stdout);
    let names: BTreeSet<&str> = said
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name)
        .collect();
    let expected = BTreeSet::from([
        "GIT_TERMINAL_PROMPT",
        "HOME",
        "LANG",
        "LC_ALL",
        "LOGNAME",
        "NO_COLOR",
        "PAGER",
        "PATH",
        "RECIPE",
        "TEMP",
        "TERM",
        "TMP",
        "TMPDIR",
        "TZ",
        "USER",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
    ]);
    // bwrap itself sets PWD to where it starts the program.
    let names: BTreeSet<&str> = names.into_iter().filter(|name| *name != "PWD").collect();
    assert_eq!(names, expected);
    assert!(said.contains("RECIPE=set it=yes\n"));
    assert!(
        std::env::vars().any(|(name, _)| !expected.contains(name.as_str())),
        "there is something to leak"
    );
}

fn descriptors(world: &World, _: Mode) {
    let outcome = world.run(&world.probe(&["descriptors"]));
    let said = text(&outcome.stdout);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert_eq!(lines[0], "0 /dev/null");
    assert!(
        lines[1].starts_with("1 pipe:") && lines[2].starts_with("2 pipe:"),
        "{said}"
    );
}

fn standard_input(world: &World, _: Mode) {
    let outcome = world.run(&world.script("cat; echo end"));
    assert_eq!(text(&outcome.stdout), "end\n");
}

/// Writes to the controlling terminal, if there is one.
const WRITE: &str = "(echo written > /dev/tty) 2> /dev/null && echo reached || echo none";

fn terminal(world: &World, mode: Mode) {
    // `script` gives the test a terminal.
    let own = own_program();
    let inner = [own.to_str().expect("UTF-8"), TERMINAL, mode.word()];
    let places = [&world.repo, &world.scratch].map(|path| path.to_str().expect("UTF-8"));
    let line = [inner.as_slice(), &places].concat().join(" ");
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        assert!(
            std::env::var_os("CI").is_none(),
            "script (util-linux) is not installed"
        );
        eprintln!("skipped: the terminal: script (util-linux) is not installed");
        return;
    };
    let said = text(&output.stdout);
    assert!(
        said.contains("outside: reached"),
        "the test itself has no terminal: {said}"
    );
    assert!(said.contains("inside: none"), "{said}");
}

/// Under a terminal: tries to write to it bare and as a command.
pub(crate) fn under_terminal(words: &[String]) -> ExitCode {
    let [mode, repo, scratch] = words else {
        return ExitCode::FAILURE;
    };
    let mode = Mode::named(mode);
    let outside = Command::new("sh")
        .args(["-c", WRITE])
        .output()
        .expect("runs");
    print!("outside: {}", text(&outside.stdout));
    let runner = Runner::new(mode.policy(), scratch, launcher());
    let spec = CommandSpec::new(repo, ["sh", "-c", WRITE]);
    let inside = runner.run(&spec, &Never).expect("runs");
    print!("inside: {}", text(&inside.stdout));
    ExitCode::SUCCESS
}

fn launcher_environment(world: &World, _: Mode) {
    // The program's parent is the launcher; root may read its environment where nothing drops root's powers.
    let outcome = world.run(&world.script("tr '\\0' '\\n' < /proc/$PPID/environ 2> /dev/null"));
    let said = text(&outcome.stdout);
    for (name, value) in std::env::vars().filter(|(name, _)| name.len() > 3) {
        let leaked = said.lines().any(|line| line == format!("{name}={value}"));
        assert!(!leaked, "{name} is in the launcher's environment");
    }
    assert!(
        std::env::vars().any(|(name, _)| name.len() > 3),
        "there is something to leak"
    );
}

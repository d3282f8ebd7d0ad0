//! What the runner orders of its launcher, and what the launcher reports back, as values and as frames.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;
use std::time::Duration;

use super::channel::{Fields, Garbled};
use crate::sandbox::{Limits, View};

/// Which part of the launcher is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Stay, start the other part, outlive it and sweep up after it.
    Supervise,
    /// Confine itself and become the program.
    Confine,
}

/// How the second part confines itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confinement {
    /// Not at all.
    Bare,
    /// Namespaces hold it already; only what they do not cover.
    WithinNamespaces,
    /// By Landlock and seccomp.
    Landlock,
}

/// Everything that the launcher needs to know. The environment travels here and not on a command line, which other users
/// of the machine can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) stage: Stage,
    /// Program and arguments that start the launcher again.
    pub(crate) launcher: Vec<OsString>,
    /// Absolute program and its arguments.
    pub(crate) argv: Vec<OsString>,
    pub(crate) env: Vec<(OsString, OsString)>,
    pub(crate) cwd: PathBuf,
    pub(crate) confinement: Confinement,
    pub(crate) view: View,
    pub(crate) limits: Limits,
}

impl Order {
    /// As fields of a frame.
    pub(crate) fn fields(&self) -> Vec<(&[u8], Vec<u8>)> {
        let stage: &[u8] = match self.stage {
            Stage::Supervise => b"supervise",
            Stage::Confine => b"confine",
        };
        let confinement: &[u8] = match self.confinement {
            Confinement::Bare => b"bare",
            Confinement::WithinNamespaces => b"within-namespaces",
            Confinement::Landlock => b"landlock",
        };
        let mut fields: Vec<(&[u8], Vec<u8>)> = vec![
            (b"stage", stage.to_vec()),
            (b"confinement", confinement.to_vec()),
            (b"cwd", self.cwd.as_os_str().as_bytes().to_vec()),
        ];
        fields.extend(
            self.launcher
                .iter()
                .map(|word| (b"launcher".as_slice(), word.as_bytes().to_vec())),
        );
        fields.extend(
            self.argv
                .iter()
                .map(|word| (b"arg".as_slice(), word.as_bytes().to_vec())),
        );
        fields.extend(self.env.iter().map(|(name, value)| {
            (
                b"env".as_slice(),
                [name.as_bytes(), b"=", value.as_bytes()].concat(),
            )
        }));
        let view = &self.view;
        for (key, paths) in [
            (b"readable".as_slice(), &view.readable),
            (b"writable", &view.writable),
            (b"socket", &view.sockets),
        ] {
            fields.extend(
                paths
                    .iter()
                    .map(|path| (key, path.as_os_str().as_bytes().to_vec())),
            );
        }
        if view.network {
            fields.push((b"network", Vec::new()));
        }
        let limits = &self.limits;
        for (key, limit) in [
            (b"file-size".as_slice(), limits.file_size),
            (b"address-space", limits.address_space),
            (b"processes", limits.processes),
            (b"open-files", limits.open_files),
        ] {
            fields.extend(limit.map(|limit| (key, limit.to_string().into_bytes())));
        }
        fields
    }

    /// Back from fields.
    ///
    /// # Errors
    /// [`Garbled`] on a key or value that [`Order::fields`] does not write.
    pub(crate) fn from_fields(fields: Fields) -> Result<Self, Garbled> {
        let mut order = Order {
            stage: Stage::Confine,
            launcher: Vec::new(),
            argv: Vec::new(),
            env: Vec::new(),
            cwd: PathBuf::new(),
            confinement: Confinement::Bare,
            view: View::default(),
            limits: Limits {
                file_size: None,
                address_space: None,
                processes: None,
                open_files: None,
            },
        };
        for (key, value) in fields {
            match key.as_slice() {
                b"stage" => {
                    order.stage = match value.as_slice() {
                        b"supervise" => Stage::Supervise,
                        b"confine" => Stage::Confine,
                        _ => return Err(Garbled),
                    }
                }
                b"confinement" => {
                    order.confinement = match value.as_slice() {
                        b"bare" => Confinement::Bare,
                        b"within-namespaces" => Confinement::WithinNamespaces,
                        b"landlock" => Confinement::Landlock,
                        _ => return Err(Garbled),
                    }
                }
                b"cwd" => order.cwd = path(value),
                b"launcher" => order.launcher.push(OsString::from_vec(value)),
                b"arg" => order.argv.push(OsString::from_vec(value)),
                b"env" => {
                    let at = value.iter().position(|byte| *byte == b'=').ok_or(Garbled)?;
                    let (name, rest) = (
                        OsStr::from_bytes(&value[..at]),
                        OsStr::from_bytes(&value[at + 1..]),
                    );
                    order.env.push((name.to_owned(), rest.to_owned()));
                }
                b"readable" => order.view.readable.push(path(value)),
                b"writable" => order.view.writable.push(path(value)),
                b"socket" => order.view.sockets.push(path(value)),
                b"network" => order.view.network = true,
                b"file-size" => order.limits.file_size = Some(number(&value)?),
                b"address-space" => order.limits.address_space = Some(number(&value)?),
                b"processes" => order.limits.processes = Some(number(&value)?),
                b"open-files" => order.limits.open_files = Some(number(&value)?),
                _ => return Err(Garbled),
            }
        }
        Ok(order)
    }
}

fn path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes))
}

fn number<T: std::str::FromStr>(bytes: &[u8]) -> Result<T, Garbled> {
    std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or(Garbled)
}

/// What the launcher says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Confined and about to become the program. Carries the version of Landlock that holds (0 for none) and what the
    /// launcher itself has used so far, which is not the program's.
    Ready { landlock: u32, used: Usage },
    /// The program runs.
    Started { landlock: u32 },
    /// The sandbox could not be made.
    NotConfined(String),
    /// The program could not be started.
    NotStarted(String),
    /// The program ended; exactly one of `code` and `signal` is set.
    Ended(Ended),
}

/// Processor time and memory of processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) user: Duration,
    pub(crate) system: Duration,
    /// Bytes of the largest process.
    pub(crate) memory: u64,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) wall: Duration,
    pub(crate) usage: Usage,
    /// Processes that outlived the program and were killed.
    pub(crate) leftovers: u32,
}

impl Report {
    /// As fields of a frame.
    pub(crate) fn fields(&self) -> Vec<(&[u8], Vec<u8>)> {
        let text = |value: u128| value.to_string().into_bytes();
        let usage = |usage: &Usage| -> [(&'static [u8], Vec<u8>); 3] {
            [
                (b"user", text(usage.user.as_micros())),
                (b"system", text(usage.system.as_micros())),
                (b"memory", text(usage.memory.into())),
            ]
        };
        match self {
            Report::Ready { landlock, used } => {
                let mut fields: Vec<(&[u8], Vec<u8>)> = vec![(b"ready", text((*landlock).into()))];
                fields.extend(usage(used));
                fields
            }
            Report::Started { landlock } => vec![(b"started", text((*landlock).into()))],
            Report::NotConfined(why) => vec![(b"not-confined", why.as_bytes().to_vec())],
            Report::NotStarted(why) => vec![(b"not-started", why.as_bytes().to_vec())],
            Report::Ended(ended) => {
                let mut fields: Vec<(&[u8], Vec<u8>)> = vec![
                    (b"ended", text(ended.wall.as_micros())),
                    (b"leftovers", text(ended.leftovers.into())),
                ];
                fields.extend(usage(&ended.usage));
                fields.extend(
                    ended
                        .code
                        .map(|code| (b"code".as_slice(), code.to_string().into_bytes())),
                );
                fields.extend(
                    ended
                        .signal
                        .map(|signal| (b"signal".as_slice(), signal.to_string().into_bytes())),
                );
                fields
            }
        }
    }

    /// Back from fields. The first key names the report.
    ///
    /// # Errors
    /// [`Garbled`] on what [`Report::fields`] does not write: a hostile program may have got hold of the line.
    pub(crate) fn from_fields(fields: &Fields) -> Result<Self, Garbled> {
        let find = |name: &[u8]| {
            fields
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_slice())
        };
        let micros = |name: &[u8]| {
            find(name)
                .ok_or(Garbled)
                .and_then(number)
                .map(Duration::from_micros)
        };
        let usage = || -> Result<Usage, Garbled> {
            Ok(Usage {
                user: micros(b"user")?,
                system: micros(b"system")?,
                memory: number(find(b"memory").ok_or(Garbled)?)?,
            })
        };
        let (key, value) = fields.first().ok_or(Garbled)?;
        let text = || String::from_utf8_lossy(value).into_owned();
        Ok(match key.as_slice() {
            b"ready" => Report::Ready {
                landlock: number(value)?,
                used: usage()?,
            },
            b"started" => Report::Started {
                landlock: number(value)?,
            },
            b"not-confined" => Report::NotConfined(text()),
            b"not-started" => Report::NotStarted(text()),
            b"ended" => Report::Ended(Ended {
                code: find(b"code").map(number).transpose()?,
                signal: find(b"signal").map(number).transpose()?,
                wall: micros(b"ended")?,
                usage: usage()?,
                leftovers: number(find(b"leftovers").ok_or(Garbled)?)?,
            }),
            _ => return Err(Garbled),
        })
    }
}

/// Fields with borrowed values, as [`super::channel::encode`] takes them.
pub(crate) fn borrow<'a>(fields: &'a [(&'a [u8], Vec<u8>)]) -> Vec<(&'a [u8], &'a [u8])> {
    fields
        .iter()
        .map(|(key, value)| (*key, value.as_slice()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::channel;
    use super::*;

    fn over_the_line(fields: &[(&[u8], Vec<u8>)]) -> Fields {
        let mut bytes = channel::encode(&borrow(fields));
        channel::take(&mut bytes).expect("a frame").expect("whole")
    }

    #[test]
    fn an_order_arrives_as_it_was_given() {
        let order = Order {
            stage: Stage::Supervise,
            launcher: vec!["/opt/perfctl".into(), "__sandbox-exec".into()],
            argv: vec![
                "/bin/echo".into(),
                "".into(),
                OsString::from_vec(vec![0xff, b'x']),
            ],
            env: vec![("A".into(), "b=c\n".into()), ("EMPTY".into(), "".into())],
            cwd: "/repo".into(),
            confinement: Confinement::Landlock,
            view: View {
                readable: vec!["/repo".into(), "/x y".into()],
                writable: vec!["/scratch".into()],
                sockets: vec!["/run/s.sock".into()],
                network: true,
            },
            limits: Limits {
                file_size: Some(1),
                address_space: None,
                processes: Some(3),
                open_files: Some(4),
            },
        };
        assert_eq!(
            Order::from_fields(over_the_line(&order.fields())),
            Ok(order)
        );
    }

    #[test]
    fn every_report_arrives_as_it_was_given() {
        let usage = Usage {
            user: Duration::from_micros(5),
            system: Duration::from_millis(7),
            memory: 9,
        };
        let ended = Ended {
            code: Some(3),
            wall: Duration::from_secs(2),
            usage,
            leftovers: 4,
            ..Ended::default()
        };
        for report in [
            Report::Ready {
                landlock: 7,
                used: usage,
            },
            Report::Started { landlock: 0 },
            Report::NotConfined("no".to_owned()),
            Report::NotStarted("no such file".to_owned()),
            Report::Ended(ended),
            Report::Ended(Ended {
                code: None,
                signal: Some(9),
                ..ended
            }),
        ] {
            assert_eq!(
                Report::from_fields(&over_the_line(&report.fields())),
                Ok(report)
            );
        }
    }

    #[test]
    fn an_unknown_key_is_garbled_and_not_ignored() {
        assert_eq!(
            Order::from_fields(vec![(b"root".to_vec(), Vec::new())]),
            Err(Garbled)
        );
        assert_eq!(
            Report::from_fields(&vec![(b"ended".to_vec(), b"x".to_vec())]),
            Err(Garbled)
        );
        assert_eq!(Report::from_fields(&Vec::new()), Err(Garbled));
    }
}

//! `-vv`, `--log-format` and `PERFCTL_LOG`: what perfctl says about itself, on standard error. A single `-v` asks for more of the report,
//! not for a log; of a log it shows what authors of rules and plugins print, because they print it to see it.

use std::fmt;
use std::io::Write as _;

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::{FmtSpan, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::cli::{GlobalArgs, LogFormat};
use crate::hidden::CleanStderr;

/// The crates that perfctl is made of.
const OWN: [&str; 13] = [
    "perfctl",
    "perfctl_collect",
    "perfctl_engine",
    "perfctl_fetch",
    "perfctl_fix",
    "perfctl_registry",
    "perfctl_report",
    "perfctl_runtime",
    "perfctl_scan",
    "perfctl_store",
    "perfctl_wasm",
    "perfctl_wire",
    "perfctl_workspace",
];

/// The target of what scripts and plugins print.
const PRINTED: &str = perfctl_runtime::runner::PRINTED;

/// How often `-v` stands there when it asks for a log.
const LOG: u8 = 2;

/// What is logged of perfctl's own crates, and of those of others.
fn levels(global: &GlobalArgs) -> (&'static str, &'static str) {
    match (global.quiet, global.verbose) {
        (true, _) => ("off", "off"),
        (_, 0 | 1) => ("warn", "warn"),
        (_, LOG) => ("info", "warn"),
        (_, 3) => ("debug", "info"),
        _ => ("trace", "trace"),
    }
}

/// The filter that the flags ask for.
fn directives(global: &GlobalArgs) -> String {
    let (own, others) = levels(global);
    let printed = match (global.quiet, global.verbose) {
        (false, 1) => "info",
        _ => own,
    };
    let own = OWN.map(|name| format!("{name}={own}")).join(",");
    format!("{others},{own},{PRINTED}={printed}")
}

/// Reads `PERFCTL_LOG`: a level, or `CRATE=LEVEL` several times with commas.
fn asked(text: &str) -> Result<EnvFilter, String> {
    let levels = ["off", "error", "warn", "info", "debug", "trace"];
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let is_word = |part: &&&str| part.chars().all(|c| c.is_ascii_alphanumeric());
    let mut words = parts.iter().filter(is_word);
    if let Some(word) = words.find(|word| !levels.contains(&word.to_lowercase().as_str())) {
        return Err(format!(
            "`{word}` is no level; levels are {}",
            levels.join(", ")
        ));
    }
    EnvFilter::try_new(parts.join(",")).map_err(|error| error.to_string())
}

/// A line as the other lines of a command that nobody asked for a log: when it was said, and in which room, helps who reads a log.
struct Plain;

impl<S, F> FormatEvent<S, F> for Plain
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    F: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, F>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let word = match *event.metadata().level() {
            Level::ERROR => "error",
            Level::WARN => "warning",
            _ => "note",
        };
        write!(writer, "{word}: ")?;
        context.format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}

/// Sets up the log once per process.
pub(crate) fn set_up(global: &GlobalArgs) {
    let by_flags = || EnvFilter::new(directives(global));
    let named = std::env::var("PERFCTL_LOG");
    let is_asked_for = global.verbose >= LOG || named.is_ok();
    let filter = match named {
        Ok(text) if !text.replace(',', "").trim().is_empty() => {
            asked(&text).unwrap_or_else(|why| {
                // The log is not there yet.
                let _ = writeln!(CleanStderr, "warning: PERFCTL_LOG is passed over: {why}");
                by_flags()
            })
        }
        _ => by_flags(),
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| CleanStderr)
        .with_ansi(false)
        .with_span_events(if global.verbose > LOG {
            FmtSpan::CLOSE
        } else {
            FmtSpan::NONE
        });
    let set = match global.log_format {
        LogFormat::Text if is_asked_for => builder.try_init(),
        LogFormat::Text => builder.event_format(Plain).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    // A second set-up in one process (tests) keeps the first.
    drop(set);
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::{asked, directives};
    use crate::cli::Cli;

    #[test]
    fn a_log_is_for_those_who_ask_twice_and_what_authors_print_for_all_who_ask() {
        let filter = |flags: &[&str]| {
            let args = ["perfctl"].iter().chain(flags).chain(&["doctor"]);
            directives(&Cli::parse_from(args).global)
        };
        for (flags, own, printed) in [
            (&[][..], "warn", "warn"),
            (&["-v"][..], "warn", "info"),
            (&["-vv"][..], "info", "info"),
            (&["-vvv"][..], "debug", "debug"),
            (&["-q"][..], "off", "off"),
        ] {
            let filter = filter(flags);
            assert!(filter.contains(&format!("perfctl_scan={own},")), "{filter}");
            let last = format!("perfctl_printed={printed}");
            assert!(filter.ends_with(&last), "{filter}");
        }
    }

    #[test]
    fn a_misspelt_level_is_named() {
        for text in [
            "trace",
            "perfctl_scan=debug,warn",
            "WARN",
            "info,perfctl_engine[run]=trace",
            "info,",
            ", info ,,warn",
        ] {
            assert!(asked(text).is_ok(), "{text}");
        }
        assert!(
            asked("trece")
                .expect_err("misspelt")
                .contains("`trece` is no level")
        );
        assert!(asked("bad[[").is_err());
    }
}

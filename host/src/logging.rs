//! `-v`, `--log-format` and `PERFCTL_LOG`: what perfctl says about itself, on standard error.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::cli::{GlobalArgs, LogFormat};
use crate::hidden::CleanStderr;

/// Sets up the log once per process.
pub(crate) fn set_up(global: &GlobalArgs) {
    let default = match (global.quiet, global.verbose) {
        (true, _) => "off",
        (_, 0) => "warn",
        (_, 1) => "perfctl=info,warn",
        (_, 2) => "perfctl=debug,info",
        _ => "trace",
    };
    // Our crates are called perfctl_core and so on; one word stands for all of them.
    let default = default.replace("perfctl=", "perfctl_engine=").replace(
        "engine=info",
        "engine=info,perfctl_scan=info,perfctl_runtime=info,perfctl_workspace=info,perfctl=info",
    );
    let default = default.replace("engine=debug", "engine=debug,perfctl_scan=debug,perfctl_runtime=debug,perfctl_workspace=debug,perfctl=debug");
    let filter = EnvFilter::try_from_env("PERFCTL_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| CleanStderr)
        .with_ansi(false)
        .with_span_events(if global.verbose > 1 {
            FmtSpan::CLOSE
        } else {
            FmtSpan::NONE
        });
    let set = match global.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    // A second set-up in one process (tests) keeps the first.
    drop(set);
}

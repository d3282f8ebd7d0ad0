//! `perfctl report RUN`: a run again, in another form.

use std::path::PathBuf;

use clap::Args;
use perfctl_core::seams::View;

use super::check::command_layer;
use crate::baseline::run_of;
use crate::cli::{GlobalArgs, OutputArgs};
use crate::error::{Answer, CommandError, Exit};
use crate::session::{self, Session};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl report audit --format html --output audit.html
  perfctl report audit/run.json --template summary.md.hbs";

/// Renders a run again, in another form or with a template of your own.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArgs {
    /// The run: its directory or run.json
    run: PathBuf,
    /// A Handlebars template; templates/README.md in the source names every field
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    template: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the command.
pub(crate) fn run(args: &ReportArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    args.output.check()?;
    let record = run_of(&args.run)?;
    let session = Session::open(None, command_layer(&[], &[], None, None), global, ui)?;
    let view = ui.view(args.output.file().is_some());
    let Some(file) = &args.template else {
        session.check_format(&args.output)?;
        // Nothing else of a report would say that a format is not the one that somebody thinks it is.
        for why in session.extensions()?.formats.refused().values() {
            ui.warn(why);
        }
        super::check::show(&record, None, &args.output, &session, view, ui)?;
        return Ok(Exit::Clean);
    };
    let text = session::read(file)?;
    let name = file.display().to_string();
    let out = session
        .templates
        .render_text(&name, &text, &record, &View::default())
        .map_err(CommandError::usage)?;
    ui.deliver(out.as_bytes(), args.output.output.as_deref())?;
    Ok(Exit::Clean)
}

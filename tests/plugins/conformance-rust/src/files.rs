//! What files, documents, Dockerfiles and the repository say.

use perfctl_plugin::prelude::*;

use crate::told::{list, or_dash, pairs, scalar, yes};

/// A file of code.
pub(crate) fn file(file: File, report: &mut Report, repo: Repository) {
    let statements = file.sql("SELECT a.*, b FROM pages AS a WHERE id = 1 ORDER BY b LIMIT 3");
    let sql = statements.into_iter().map(|statement| {
        let star = statement.star.and_then(|star| star.qualifier);
        format!(
            "{} of {} star {} limit {} filter {} by {} on {}",
            statement.kind,
            list(statement.sources.into_iter().map(|table| table.name)),
            or_dash(star),
            statement.limit,
            statement.filter,
            list(statement.order_by),
            list(
                statement
                    .compares
                    .into_iter()
                    .map(|one| format!("{} {}", one.column, one.operator))
            ),
        )
    });
    let first = file.line_span(1);
    let word = file.span(first.start() + 3, first.start() + 4);
    report
        .finding(first, "file")
        .arg("path", file.path())
        .arg("language", or_dash(file.language()))
        .note("class", file.class())
        .note("side", file.side())
        .note("below", file.path_below_named())
        .note("length", file.text().len())
        .note("root", or_dash(file.root().map(Node::kind)))
        .note("partial", yes(file.is_partial()))
        .note("imports", yes(file.imports(["requests", "httpx"])))
        .note("docker", yes(file.docker().is_some()))
        .note("documents", yes(file.documents().is_some()))
        .note("commands", yes(file.commands().is_some()))
        .note("word", word.source())
        .note("sql", list(sql))
        .note(
            "loaded by",
            list(
                repo.loaded_by(&file.path())
                    .into_iter()
                    .map(|way| list(way.into_iter().map(LoadHop::path))),
            ),
        )
        .note(
            "deployed",
            list(
                repo.deploy_targets(&file.path())
                    .into_iter()
                    .map(|target| target.name),
            ),
        );
}

/// The repository and the files in it that are no code.
pub(crate) fn repository(repo: Repository, report: &mut Report) {
    let patterns = ["requests", "requests.**"];
    let (imports, first) = repo.imports(patterns);
    let calls = repo.calls("requests.get");
    if let (Some(app), Some(call)) = (repo.open("app.py"), calls.first()) {
        report
            .finding(*call, "repository")
            .arg("importers", list(repo.importers(patterns)))
            .arg("module", "requests")
            .note("imports", format!("{} {}", yes(imports), or_dash(first)))
            .note("calls", list(calls.iter().map(|call| call.line())))
            .note("same", yes(call.file() == app))
            .note("paths", list(repo.paths("*.{py,yaml}")))
            .note("below", list(repo.below("")))
            .note(
                "at",
                format!(
                    "{} {}",
                    or_dash(repo.at("app.py")),
                    or_dash(repo.at("nothing"))
                ),
            )
            .note("size", or_dash(repo.size("Makefile")))
            .note(
                "text",
                or_dash(repo.text("Makefile").map(|text| text.lines().count())),
            )
            .note(
                "holding",
                list(repo.holding("*", ["example.org", "gunicorn"])),
            )
            .note(
                "fact",
                or_dash(repo.fact("conformance.nothing").map(|fact| fact.len())),
            );
    }
    if let Some(docker) = repo.open("Dockerfile").and_then(File::docker) {
        for stage in docker.stages() {
            self::stage(stage, docker, report);
        }
    }
    for document in repo
        .open("settings.yaml")
        .and_then(File::documents)
        .unwrap_or_default()
    {
        settings(document, report);
    }
    for command in repo
        .open("Makefile")
        .and_then(File::commands)
        .unwrap_or_default()
    {
        self::command(command, report);
    }
}

fn stage(stage: DockerStage, docker: Dockerfile, report: &mut Report) {
    let image = stage.image();
    let (variable, known) = stage.variable("PIP_NO_CACHE_DIR");
    let ships = docker.shipped().map(DockerStage::index) == Some(stage.index());
    let feeds = stage.feeds().into_iter().map(|feed| {
        let of = feed.stage.and_then(DockerStage::name);
        format!(
            "{} of {} by {} at {}",
            feed.kind,
            or_dash(of),
            feed.instruction.keyword(),
            feed.at.source()
        )
    });
    report
        .finding(stage.from(), "stage")
        .arg("index", stage.index())
        .arg("image", image.resolved)
        .note("name", or_dash(stage.name()))
        .note("written", image.written)
        .note(
            "image",
            format!(
                "{} {} {}",
                or_dash(image.name),
                or_dash(image.tag),
                yes(image.is_unknown)
            ),
        )
        .note("base", or_dash(stage.base().short_name))
        .note(
            "ships",
            format!(
                "{} {} {}",
                yes(stage.ships()),
                yes(ships),
                yes(stage.flows_into_shipped())
            ),
        )
        .note("parent", or_dash(stage.parent().map(DockerStage::index)))
        .note("variable", format!("{} {}", or_dash(variable), yes(known)))
        .note("feeds", list(feeds));
    for instruction in stage.instructions() {
        for command in instruction.commands() {
            self::command(command, report);
        }
        let mounts = instruction.mounts().into_iter().map(pairs);
        let (text, known) = instruction.expand("$PIP_NO_CACHE_DIR");
        report
            .finding(instruction, "setting")
            .arg("key", instruction.keyword())
            .arg("value", list(instruction.args()))
            .note(
                "position",
                format!("{} line {}", instruction.position(), instruction.line()),
            )
            .note(
                "copies",
                format!(
                    "{} to {}",
                    list(instruction.sources()),
                    or_dash(instruction.destination())
                ),
            )
            .note("mounts", list(mounts))
            .note("from", or_dash(instruction.flag("from")))
            .note("expanded", format!("{text} {}", yes(known)))
            .note(
                "first word",
                or_dash(instruction.arg_at(0).map(Span::source)),
            )
            .note("on build", yes(instruction.is_onbuild()));
    }
}

fn settings(document: Doc, report: &mut Report) {
    let Some(service) = document.get("service").0 else {
        return;
    };
    for entry in service.entries() {
        let commands = entry.commands(None).into_iter().map(ShellCommand::name);
        report
            .finding(entry, "setting")
            .arg("key", or_dash(entry.key()))
            .arg("value", scalar(entry))
            .note(
                "kind",
                format!(
                    "{} line {} {}",
                    entry.kind(),
                    entry.line(),
                    entry.span().source()
                ),
            )
            .note("text", entry.text())
            .note("entries", list(entry.entries().into_iter().map(scalar)))
            .note("commands", list(commands))
            .note("parent", or_dash(entry.parent().and_then(Doc::key)));
    }
    let (missing, presence) = document.get("service.missing");
    let limits = document.select("service.limits[*]");
    report
        .finding(document, "setting")
        .arg("key", "missing")
        .arg("value", presence)
        .note("missing", yes(missing.is_some()))
        .note("limits", list(limits.into_iter().map(Doc::text)))
        .note(
            "workers",
            list(document.find_all("workers").into_iter().map(Doc::text)),
        )
        .note("blocks", document.blocks("resource", []).len())
        .note(
            "tag",
            format!("{} {}", or_dash(document.tag()), list(document.labels())),
        );
}

fn command(command: ShellCommand, report: &mut Report) {
    report
        .finding(command, "command")
        .arg("program", command.name())
        .arg("words", list(command.args()))
        .note("written", command.program())
        .note("variables", pairs(command.env()))
        .note("conditional", yes(command.is_conditional()))
        .note("module", yes(command.has("-m")))
        .note("first word", or_dash(command.arg_at(0).map(Span::source)))
        .note(
            "known",
            list((0..command.args().len()).map(|at| yes(command.is_known(at as u32)))),
        )
        .note(
            "instruction",
            or_dash(command.instruction().map(Instruction::keyword)),
        )
        .note("source", command.span().source());
}

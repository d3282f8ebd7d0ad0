"""What files, documents, Dockerfiles and the repository say."""

from told import listed, or_dash, pairs, scalar, yes


def file(file, report, repo):
    """A file of code."""

    def statement(found):
        star = found.star and found.star.qualifier
        compares = (f"{one.column} {one.operator}" for one in found.compares)
        return (
            f"{found.kind} of {listed(table.name for table in found.sources)} star {or_dash(star)} limit {found.limit} "
            f"filter {found.filter} by {listed(found.order_by)} on {listed(compares)}"
        )

    sql = file.sql("SELECT a.*, b FROM pages AS a WHERE id = 1 ORDER BY b LIMIT 3")
    first = file.line_span(1)
    word = file.span(first.start + 3, first.start + 4)
    report(
        first,
        "file",
        path=file.path,
        language=or_dash(file.language),
        notes={
            "class": file.class_,
            "side": file.side,
            "below": file.path_below_named,
            "length": len(file.text.encode()),
            "root": or_dash(file.root and file.root.kind),
            "partial": yes(file.is_partial),
            "imports": yes(file.imports(["requests", "httpx"])),
            "docker": yes(file.docker is not None),
            "documents": yes(file.documents is not None),
            "commands": yes(file.commands() is not None),
            "word": word.source,
            "sql": listed(statement(found) for found in sql),
            "loaded by": listed(listed(hop.path for hop in way) for way in repo.loaded_by(file.path)),
            "deployed": listed(target.name for target in repo.deploy_targets(file.path)),
        },
    )


def repository(repo, report):
    """The repository and the files in it that are no code."""
    patterns = ["requests", "requests.**"]
    imports, first = repo.imports(patterns)
    calls = repo.calls("requests.get")
    app = repo.open("app.py")
    if app is not None and calls:
        text = repo.text("Makefile")
        fact = repo.fact("conformance.nothing")
        report(
            calls[0],
            "repository",
            importers=listed(repo.importers(patterns)),
            module="requests",
            notes={
                "imports": f"{yes(imports)} {or_dash(first)}",
                "calls": listed(call.line for call in calls),
                "same": yes(calls[0].file == app),
                "paths": listed(repo.paths("*.{py,yaml}")),
                "below": listed(repo.below("")),
                "at": f"{or_dash(repo.at('app.py'))} {or_dash(repo.at('nothing'))}",
                "size": or_dash(repo.size("Makefile")),
                "text": or_dash(None if text is None else len(text.splitlines())),
                "holding": listed(repo.holding("*", ["example.org", "gunicorn"])),
                "fact": or_dash(None if fact is None else len(fact)),
            },
        )
    dockerfile = repo.open("Dockerfile")
    docker = dockerfile and dockerfile.docker
    for stage in docker.stages if docker else []:
        a_stage(stage, docker, report)
    settings = repo.open("settings.yaml")
    for document in (settings and settings.documents) or []:
        a_document(document, report)
    makefile = repo.open("Makefile")
    for command in (makefile and makefile.commands()) or []:
        a_command(command, report)


def a_stage(stage, docker, report):
    image = stage.image
    shipped = docker.shipped
    ships = shipped is not None and shipped.index == stage.index
    parent = stage.parent
    variable, known = stage.variable("PIP_NO_CACHE_DIR")
    feeds = (
        f"{feed.kind} of {or_dash(feed.stage and feed.stage.name)} by {feed.instruction.keyword} at {feed.at.source}"
        for feed in stage.feeds()
    )
    report(
        stage.from_,
        "stage",
        index=stage.index,
        image=image.resolved,
        notes={
            "name": or_dash(stage.name),
            "written": image.written,
            "image": f"{or_dash(image.name)} {or_dash(image.tag)} {yes(image.is_unknown)}",
            "base": or_dash(stage.base.short_name),
            "ships": f"{yes(stage.ships)} {yes(ships)} {yes(stage.flows_into_shipped)}",
            "parent": or_dash(parent and parent.index),
            "variable": f"{or_dash(variable)} {yes(known)}",
            "feeds": listed(feeds),
        },
    )
    for instruction in stage.instructions:
        an_instruction(instruction, report)


def an_instruction(instruction, report):
    for command in instruction.commands:
        a_command(command, report)
    text, known = instruction.expand("$PIP_NO_CACHE_DIR")
    word = instruction.arg_at(0)
    report(
        instruction,
        "setting",
        key=instruction.keyword,
        value=listed(instruction.args),
        notes={
            "position": f"{instruction.position} line {instruction.line}",
            "copies": f"{listed(instruction.sources)} to {or_dash(instruction.destination)}",
            "mounts": listed(pairs(mount) for mount in instruction.mounts),
            "from": or_dash(instruction.flag("from")),
            "expanded": f"{text} {yes(known)}",
            "first word": or_dash(word and word.source),
            "on build": yes(instruction.is_onbuild),
        },
    )


def a_document(document, report):
    service, _ = document.get("service")
    if service is None:
        return
    for entry in service.entries():
        parent = entry.parent()
        report(
            entry,
            "setting",
            key=or_dash(entry.key),
            value=scalar(entry),
            notes={
                "kind": f"{entry.kind} line {entry.line} {entry.span.source}",
                "text": entry.text,
                "entries": listed(scalar(one) for one in entry.entries()),
                "commands": listed(command.name for command in entry.commands()),
                "parent": or_dash(parent and parent.key),
            },
        )
    missing, presence = document.get("service.missing")
    report(
        document,
        "setting",
        key="missing",
        value=presence,
        notes={
            "missing": yes(missing is not None),
            "limits": listed(limit.text for limit in document.select("service.limits[*]")),
            "workers": listed(entry.text for entry in document.find_all("workers")),
            "blocks": len(document.blocks("resource")),
            "tag": f"{or_dash(document.tag)} {listed(document.labels)}",
        },
    )


def a_command(command, report):
    word = command.arg_at(0)
    instruction = command.instruction
    report(
        command,
        "command",
        program=command.name,
        words=listed(command.args),
        notes={
            "written": command.program,
            "variables": pairs(command.env),
            "conditional": yes(command.is_conditional),
            "module": yes(command.has("-m")),
            "first word": or_dash(word and word.source),
            "known": listed(yes(command.is_known(at)) for at in range(len(command.args))),
            "instruction": or_dash(instruction and instruction.keyword),
            "source": command.span.source,
        },
    )

use proptest::prelude::*;

use super::*;
use crate::doc::shell::Link;

fn docker(text: &str) -> Dockerfile {
    Dockerfile::parse(text.as_bytes())
}

fn slice(text: &str, span: perfctl_core::place::ByteSpan) -> &str {
    &text[span.range()]
}

const SERVICE: &str = r#"# syntax=docker/dockerfile:1
ARG NODE=20
ARG REGISTRY
FROM --platform=$BUILDPLATFORM node:${NODE}-alpine AS base
ENV NODE_ENV=production PATH="/app/bin:$PATH"
WORKDIR /app

from base as Deps
COPY package.json package-lock.json ./
# install
RUN --mount=type=cache,target=/root/.npm \
    npm ci \
    # only what ships
    --omit=dev && npm cache clean

FROM deps AS build
COPY . .
RUN npm run build

FROM ${REGISTRY}/tools AS lint
RUN eslint .

FROM base
COPY --from=DEPS /app/node_modules ./node_modules
COPY --from=2 --chown=node:node /app/dist ["./dist dir/"]
COPY --from=busybox /bin/sh /bin/
RUN --mount=type=bind,from=lint,target=/x true
ENV X ${NODE_ENV} and more
HEALTHCHECK --interval=5m CMD curl -f http://x || exit 1
CMD ["node", "dist/\u0061.js"]
"#;

#[test]
fn stages_follow_their_aliases_to_the_real_image() {
    let file = docker(SERVICE);
    assert_eq!(file.problems(), []);
    let stages = file.stages();
    assert_eq!(stages.len(), 5);
    assert_eq!(
        stages.iter().map(|stage| stage.parent).collect::<Vec<_>>(),
        [None, Some(0), Some(1), None, Some(0)]
    );
    for stage in [&stages[0], &stages[1], &stages[2], &stages[4]] {
        assert_eq!(
            (stage.base.name.known(), stage.base.tag.known()),
            (Some("node"), Some("20-alpine"))
        );
    }
    assert_eq!(stages[0].platform.as_deref(), Some("$BUILDPLATFORM"));
    assert_eq!(
        stages[3].base.registry,
        Part::Unknown("${REGISTRY}".to_owned())
    );
    assert_eq!(stages[3].base.short_name(), Some("tools"));
    assert_eq!(slice(SERVICE, stages[0].image.span), "node:${NODE}-alpine");
    assert_eq!(file.stage("build").map(|stage| stage.index), Some(2));
}

#[test]
fn what_ships_is_the_last_stage_and_what_is_copied_into_it() {
    let file = docker(SERVICE);
    let ships: Vec<_> = file.stages().iter().map(|stage| stage.ships).collect();
    let flows: Vec<_> = file
        .stages()
        .iter()
        .map(|stage| stage.flows_into_shipped)
        .collect();
    assert_eq!(ships, [true, false, false, false, true]);
    assert_eq!(
        flows,
        [true, true, true, false, false],
        "a stage that copied files build on flows too"
    );
    let last = &file.stages()[4];
    let sources: Vec<_> = last
        .feeds
        .iter()
        .map(|feed| (&feed.source, feed.kind))
        .collect();
    assert_eq!(sources[0], (&Source::Stage(1), FeedKind::Copy));
    assert_eq!(sources[1], (&Source::Stage(2), FeedKind::Copy));
    assert!(
        matches!(sources[2].0, Source::Image(image) if image.name.known() == Some("busybox") && image.tag == Part::Absent)
    );
    assert_eq!(sources[3], (&Source::Stage(3), FeedKind::Mount));
    assert_eq!(file.shipment(3).ships, [false, false, false, true, false]);
}

#[test]
fn instructions_have_flags_words_and_commands() {
    let file = docker(SERVICE);
    let install = &file.stages()[1].instructions[1];
    assert_eq!(
        (install.keyword.as_str(), install.flag("mount")),
        ("RUN", Some("type=cache,target=/root/.npm"))
    );
    assert_eq!(
        install.mounts().next(),
        Some(vec![("type", "cache"), ("target", "/root/.npm")])
    );
    assert_eq!(
        install.commands[0].arguments().collect::<Vec<_>>(),
        ["ci", "--omit=dev"]
    );
    assert_eq!(
        (install.commands[1].name(), install.commands[1].link),
        ("npm", Link::And)
    );
    assert!(slice(SERVICE, install.commands[0].span).starts_with("npm ci"));
    assert!(slice(SERVICE, install.span).ends_with("clean"));
    let copy = &file.stages()[1].instructions[0];
    assert_eq!(
        copy.sources()
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>(),
        ["package.json", "package-lock.json"]
    );
    assert_eq!(
        copy.destination().map(|word| word.text.as_str()),
        Some("./")
    );
    let health = &file.stages()[4].instructions[5];
    assert_eq!(
        (
            health.flag("interval"),
            health.commands[0].name(),
            health.commands.len()
        ),
        (Some("5m"), "curl", 2)
    );
    let command = &file.stages()[4].instructions[6];
    assert!(
        command.is_exec
            && command.commands[0].name() == "node"
            && command.commands[0].has_argument("dist/a.js")
    );
}

#[test]
fn variables_are_seen_from_where_they_are_used() {
    let file = docker(SERVICE);
    let known = |stage, name: &str| match file.variable(stage, usize::MAX, name) {
        Setting::Set(value) => value.known().map(str::to_owned),
        Setting::Declared | Setting::Absent => None,
    };
    assert_eq!(
        known(4, "NODE_ENV"),
        Some("production".to_owned()),
        "inherited through FROM base"
    );
    assert_eq!(known(4, "X"), Some("production and more".to_owned()));
    assert_eq!(file.variable(3, 0, "NODE_ENV"), Setting::Absent);
    assert_eq!(
        file.variable(4, 0, "X"),
        Setting::Absent,
        "it is set further down"
    );
    assert!(
        matches!(file.variable(0, 9, "PATH"), Setting::Set(path) if path.display() == "/app/bin:$PATH" && !path.is_known())
    );
    let file = docker("ARG V=1\nARG W\nFROM a\nARG V\nARG W\nENV Y=${W:-d}\nRUN x\n");
    assert!(matches!(file.variable(0, 9, "V"), Setting::Set(value) if value.known() == Some("1")));
    assert_eq!(file.variable(0, 9, "W"), Setting::Declared);
    assert!(matches!(file.variable(0, 9, "Y"), Setting::Set(value) if value.known() == Some("d")));
    assert_eq!(file.variable(7, 0, "V"), Setting::Absent);
}

#[test]
fn heredocs_are_scripts_of_run_and_files_of_copy() {
    let text = "FROM a\nRUN <<EOF\napt-get update\npip install x \\\n  y\nEOF\nRUN python3 <<P\nimport os\nP\nRUN bash -e <<'S'\nmake\nS\nCOPY <<F /etc/f\nnpm ci\nF\nRUN <<E\n#!/usr/bin/env python\nprint()\nE\n";
    let file = docker(text);
    let commands: Vec<Vec<&str>> = file
        .instructions()
        .map(|one| one.commands.iter().map(Command::name).collect())
        .collect();
    assert_eq!(
        commands,
        [
            vec![],
            vec!["apt-get", "pip"],
            vec!["python3"],
            vec!["bash", "make"],
            vec![],
            vec![]
        ]
    );
    let pip = &file.stages()[0].instructions[0].commands[1];
    assert_eq!(slice(text, pip.span), "pip install x \\\n  y");
    assert!(slice(text, file.stages()[0].instructions[3].span).ends_with("\nF"));
}

#[test]
fn unknown_words_and_missing_parts_are_kept_and_told() {
    let file = docker("{{ header }}\nFROM\nRUNN x\nCOPY a\nONBUILD RUN npm ci\nONBUILD\n");
    let keywords: Vec<_> = file
        .instructions()
        .map(|one| one.keyword.as_str())
        .collect();
    assert_eq!(keywords, ["{{", "FROM", "RUNN", "COPY", "RUN", "ONBUILD"]);
    let lines: Vec<_> = file.problems().iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 2, 3]);
    let onbuild = &file.stages()[0].instructions[2];
    assert!(onbuild.onbuild && onbuild.commands[0].name() == "npm");
}

#[test]
fn a_windows_file_with_another_escape_is_read() {
    let file = docker(
        "# escape=`\nFROM mcr.microsoft.com/windows:1\nCOPY a `\n  C:\\b\\\nRUN copy C:\\x C:\\y\n",
    );
    let instructions = &file.stages()[0].instructions;
    assert_eq!(
        instructions[0].destination().map(|word| word.text.as_str()),
        Some("C:\\b\\")
    );
    assert!(instructions[1].commands[0].has_argument("C:\\x"));
}

#[test]
fn dockerfiles_are_known_by_name() {
    for name in [
        "Dockerfile",
        "a/dockerfile",
        "Dockerfile.prod",
        "api.Dockerfile",
        "x/Containerfile",
        "Dockerfile-dev",
        "Dockerfile.node-18",
        "b.dockerfile",
        "deploy/DemoDockerfile",
        "Dockerfile-prod",
        "api-dockerfile",
        "web_Dockerfile",
    ] {
        assert!(is_dockerfile(name), "{name}");
    }
    for name in [
        "Dockerfile.md",
        "dockerfile.py",
        "Dockerfile.dockerignore",
        "docker-compose.yml",
        "Dockerfiles",
        "dockerfile_parser.rs",
        "mydockerfile",
        "buildDockerfile",
        "MakeDockerfile.py",
        "lint-dockerfile.sh",
    ] {
        assert!(!is_dockerfile(name), "{name}");
    }
    assert!(NO_DOCKERFILE.is_sorted());
}

#[test]
fn huge_and_hostile_files_are_survived() {
    assert!(Dockerfile::parse(&vec![b'a'; 50 << 20]).is_refused());
    for part in [
        "RUN <<E\n",
        "RUN a <<\"",
        "RUN <<E\nx <<F\nE\n",
        "FROM a AS b\n",
        "FROM b AS b\n",
        "RUN $(",
        "RUN ${",
        "a\\\n",
        "RUN a;",
        "ENV a=$a$a\n",
        "ARG a=${a:-",
        "COPY [\"",
        "RUN if x; then ",
        "RUN \"$(",
        "RUN (",
        "# escape=`\n",
        "RUN `",
        "--from=",
        "ENV x=${x:-${x:-",
    ] {
        let text = format!("FROM x\n{}", part.repeat(100_000));
        let file = docker(&text);
        assert!(file.instructions().count() <= MAX_INSTRUCTIONS);
        assert_sound(&file, &text);
    }
}

/// Instructions are ordered and disjoint, and everything in them lies within them.
fn assert_sound(file: &Dockerfile, text: &str) {
    let mut end = 0;
    for instruction in file.instructions() {
        let span = instruction.span;
        assert!(
            end <= span.start && span.start < span.end && span.end as usize <= text.len(),
            "{span:?}"
        );
        end = span.end;
        let words = instruction.args.iter().map(|word| word.span);
        let commands = instruction.commands.iter().flat_map(|command| {
            std::iter::once(command.span)
                .chain(command.args.iter().map(|word| word.span))
                .chain([command.program.span])
        });
        let flags = instruction.flags.iter().map(|flag| flag.span);
        let heredocs = instruction.heredocs.iter().map(|heredoc| heredoc.body);
        for inner in words
            .chain(commands)
            .chain(flags)
            .chain(heredocs)
            .chain([instruction.keyword_span])
        {
            assert!(
                span.contains(inner),
                "{inner:?} in {span:?} of {:?}",
                instruction.text
            );
            assert!(
                text.is_char_boundary(inner.start as usize)
                    && text.is_char_boundary(inner.end as usize)
            );
        }
    }
    for stage in file.stages() {
        assert!(stage.parent.is_none_or(|parent| parent < stage.index));
        assert!(
            stage
                .feeds
                .iter()
                .all(|feed| !matches!(feed.source, Source::Stage(from) if from >= stage.index))
        );
    }
}

#[test]
fn text_is_expanded_as_an_instruction_sees_it() {
    let file = docker("ARG V=1\nFROM a\nARG V\nENV DIR=/srv/$V\nRUN x\nENV DIR=/late\n");
    let known = |before, text| file.expand(0, before, text).known().map(str::to_owned);
    assert_eq!(known(2, "$DIR/app").as_deref(), Some("/srv/1/app"));
    assert_eq!(known(4, "${DIR}").as_deref(), Some("/late"));
    // The base image or the shell may set it.
    assert_eq!(known(2, "$OTHER/app"), None);
    assert_eq!(known(2, "plain").as_deref(), Some("plain"));
    assert_eq!(file.expand(7, 0, "$V").known(), None);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = source::Source::admit(&bytes).map(|source| source.text().to_owned()).unwrap_or_default();
        assert_sound(&Dockerfile::parse(&bytes), &text);
    }

    #[test]
    fn instructions_are_ordered_and_disjoint(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        let text = parts.concat();
        assert_sound(&docker(&text), &text);
    }
}

const PARTS: &[&str] = &[
    "FROM a AS b\n",
    "FROM b\n",
    "RUN ",
    "COPY ",
    "ONBUILD ",
    "HEALTHCHECK ",
    "CMD ",
    "--from=b ",
    "--mount=from=b ",
    "[\"a\", \"\\u00e9\"]",
    "x ",
    "é😀 ",
    "\\\n",
    "\\ \r\n",
    "\n",
    "# c\n",
    "# escape=`\n",
    "`\n",
    "<<EOF ",
    "<<-'E' ",
    "EOF\n",
    "\tE\n",
    "'",
    "\"",
    "$(",
    ")",
    "${",
    "}",
    ":-",
    "$A",
    "&& ",
    "|| ",
    "; ",
    "| ",
    "> ",
    "sh -c ",
    "if ",
    "then ",
    "case x in ",
    "esac ",
    "A=1 ",
    "sudo ",
    "(",
    "\\",
    "\u{feff}",
    "ENV ",
    "ARG A=1\n",
    "\t",
];

#[test]
fn only_what_puts_files_into_the_image_has_sources_and_a_destination() {
    let file = docker(
        "FROM a\nRUN cp a b\nCMD [\"run\", \"it\"]\nWORKDIR /srv app\nADD a b /srv/\nONBUILD COPY c /srv/\n",
    );
    let words = |instruction: &Instruction| {
        let mut words: Vec<String> = instruction
            .sources()
            .iter()
            .map(|word| word.text.clone())
            .collect();
        words.extend(instruction.destination().map(|word| word.text.clone()));
        words
    };
    let stage = &file.stages()[0];
    let all: Vec<Vec<String>> = stage.instructions.iter().map(words).collect();
    let none: [&str; 0] = [];
    assert_eq!(words(&stage.from), none);
    assert_eq!(
        all,
        [
            &none[..],
            &none,
            &none,
            &["a", "b", "/srv/"],
            &["c", "/srv/"]
        ]
    );
}

// What Dockerfiles and commands say.

import type { Dockerfile, DockerStage, Feed, Instruction, Report, ShellCommand } from "@perfctl/plugin";
import { listed, orDash, pairs, yes } from "./told.ts";

const taken = (feed: Feed): string =>
  `${feed.kind} of ${orDash(feed.stage?.name)} by ${feed.instruction.keyword} at ${feed.at.source}`;

export const aStage = (stage: DockerStage, docker: Dockerfile, report: Report): void => {
  const { image } = stage;
  const [variable, known] = stage.variable("PIP_NO_CACHE_DIR");
  const ships = docker.shipped?.index === stage.index;
  const notes = {
    name: orDash(stage.name),
    written: image.written,
    image: `${orDash(image.name)} ${orDash(image.tag)} ${yes(image.isUnknown)}`,
    base: orDash(stage.base.shortName),
    ships: `${yes(stage.ships)} ${yes(ships)} ${yes(stage.flowsIntoShipped)}`,
    parent: orDash(stage.parent?.index),
    variable: `${orDash(variable)} ${yes(known)}`,
    feeds: listed(stage.feeds().map(taken)),
  };
  report(stage.from, "stage", { index: stage.index, image: image.resolved }, { notes });
  for (const instruction of stage.instructions) anInstruction(instruction, report);
};

const anInstruction = (instruction: Instruction, report: Report): void => {
  for (const command of instruction.commands) aCommand(command, report);
  const [text, known] = instruction.expand("$PIP_NO_CACHE_DIR");
  const notes = {
    position: `${instruction.position} line ${instruction.line}`,
    copies: `${listed(instruction.sources)} to ${orDash(instruction.destination)}`,
    mounts: listed(instruction.mounts.map(pairs)),
    from: orDash(instruction.flag("from")),
    expanded: `${text} ${yes(known)}`,
    "first word": orDash(instruction.argAt(0)?.source),
    "on build": yes(instruction.isOnbuild),
  };
  report(instruction, "setting", { key: instruction.keyword, value: listed(instruction.args) }, { notes });
};

export const aCommand = (command: ShellCommand, report: Report): void => {
  const notes = {
    written: command.program,
    variables: pairs(command.env),
    conditional: yes(command.isConditional),
    module: yes(command.has("-m")),
    "first word": orDash(command.argAt(0)?.source),
    known: listed(command.args.map((_, at) => yes(command.isKnown(at)))),
    instruction: orDash(command.instruction?.keyword),
    source: command.span.source,
  };
  report(command, "command", { program: command.name, words: listed(command.args) }, { notes });
};

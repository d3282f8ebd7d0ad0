-- What Dockerfiles and commands say.

local told = require("told")

local M = {}

local function taken(feed: Feed): string
  local from = feed.stage
  return `{feed.kind} of {told.or_dash(from and from.name)} by {feed.instruction.keyword} at {feed.at.source}`
end

-- A command of a shell.
function M.command(command: ShellCommand, report: Report)
  local word = command:arg_at(1)
  local instruction = command.instruction
  local known = {}
  for at in command.args do
    table.insert(known, told.yes(command:is_known(at)))
  end
  report({
    at = command,
    message_id = "command",
    args = { program = command.name, words = told.list(command.args) },
    notes = {
      written = command.program,
      variables = told.pairs(command.env),
      conditional = told.yes(command.is_conditional),
      module = told.yes(command:has("-m")),
      ["first word"] = told.or_dash(word and word.source),
      known = told.list(known),
      instruction = told.or_dash(instruction and instruction.keyword),
      source = command.span.source,
    },
  })
end

local function instruction(one: Instruction, report: Report)
  for _, command in one.commands do
    M.command(command, report)
  end
  local text, known = one:expand("$PIP_NO_CACHE_DIR")
  local word = one:arg_at(1)
  report({
    at = one,
    message_id = "setting",
    args = { key = one.keyword, value = told.list(one.args) },
    notes = {
      position = `{one.position} line {one.line}`,
      copies = `{told.list(one.sources)} to {told.or_dash(one.destination)}`,
      mounts = told.list_of(one.mounts, told.pairs),
      from = told.or_dash(one:flag("from")),
      expanded = `{text} {told.yes(known)}`,
      ["first word"] = told.or_dash(word and word.source),
      ["on build"] = told.yes(one.is_onbuild),
    },
  })
end

-- A stage of a Dockerfile. Stages count from 0 in what is said, as in the other languages.
function M.stage(stage: DockerStage, docker: Dockerfile, report: Report)
  local image = stage.image
  local shipped = docker.shipped
  local ships = shipped ~= nil and shipped.index == stage.index
  local parent = stage.parent
  local variable, known = stage:variable("PIP_NO_CACHE_DIR")
  report({
    at = stage.from,
    message_id = "stage",
    args = { index = stage.index - 1, image = image.resolved },
    notes = {
      name = told.or_dash(stage.name),
      written = image.written,
      image = `{told.or_dash(image.name)} {told.or_dash(image.tag)} {told.yes(image.is_unknown)}`,
      base = told.or_dash(stage.base.short_name),
      ships = `{told.yes(stage.ships)} {told.yes(ships)} {told.yes(stage.flows_into_shipped)}`,
      parent = told.or_dash(parent and parent.index - 1),
      variable = `{told.or_dash(variable)} {told.yes(known)}`,
      feeds = told.list_of(stage:feeds(), taken),
    },
  })
  for _, one in stage.instructions do
    instruction(one, report)
  end
end

return M

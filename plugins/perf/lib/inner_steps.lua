-- What a step of an image runs through a target of its makefile, a script of its package.json or one of the shell: `make build`, `npm run setup`,
-- `./setup.sh`, each command as a step of its own in the directory where it runs.

local node_scripts = require("node_scripts")
local paths = require("paths")
local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- How many targets and scripts call one another.
local DEEPEST = 4

-- The commands of a line of the shell, as words; what is filled in later stands as written.
local function commands_of(line)
  local all = {}
  for part in line:gsub("&&", ";"):gsub("||", ";"):gsub("|", ";"):gsub("[%(%)]", " ; "):gmatch("[^;]+") do
    local list = words.list((part:gsub("[\"']", "")))
    while list[1] and (list[1]:find("^[%w_]+=") or list[1] == "cross-env" or list[1] == "then" or list[1] == "do" or list[1] == "exec") do
      table.remove(list, 1)
    end
    if list[1] then
      table.insert(all, list)
    end
  end
  return all
end

-- What a makefile says: the variables, and of each target what it needs first and its lines.
local function makefile_of(text)
  local variables, targets, current = {}, {}, nil
  for line in text:gsub("\\\r?\n%s*", " "):gmatch("[^\r\n]+") do
    local recipe = line:match("^\t+[@%-%+]*(.*)$")
    local name, value = line:match("^([%w_]+)%s*[:%?]?=%s*(.-)%s*$")
    local heads, needs = line:match("^([%w_%./%- ]-)%s*:([^=].*)$")
    if not heads then
      heads, needs = line:match("^([%w_%./%- ]-)%s*:$"), ""
    end
    if recipe then
      if current then
        table.insert(current.lines, recipe)
      end
    elseif name then
      variables[name] = variables[name] or value
    elseif heads and heads ~= "" then
      -- `build: OUTPUT = app` sets a variable and has no recipe.
      local is_setting = needs:find("=", 1, true) ~= nil
      for _, head in words.list(heads) do
        targets[head] = targets[head] or { needs = {}, lines = {} }
        current = targets[head]
        for _, need in is_setting and {} or words.list((needs:gsub("#.*$", ""))) do
          table.insert(current.needs, need)
        end
      end
    end
  end
  return variables, targets
end

local function expand(text, variables)
  for _ = 1, 3 do
    text = text:gsub("%$[%({]([%w_]+)[%)}]", function(name)
      return variables[name]
    end)
  end
  return text
end

local from_list

-- A step for a command that stands in a script or a recipe.
local function inner(step, list, cwd, repo)
  local program, sub, args, fact, base, at = shell_command.recognise(repo, paths.basename(list[1]), { table.unpack(list, 2) }, 0)
  local other = base and base.directory and shell_command.option_value(args, base.directory)
  local where = other and paths.join(cwd, other) or cwd
  local own = table.clone(step)
  own.program, own.sub, own.args, own.sub_at, own.fact, own.base, own.cwd = program, sub, args, at, fact or {}, base or {}, where
  own.through = step.through or step
  own.written = list[1]
  own.origin = function(path)
    return step.origin(paths.join(where, path))
  end
  return own
end

local function from_line(step, line, repo, depth, all)
  local cwd = step.cwd
  for _, list in commands_of(line) do
    if list[1] == "cd" and list[2] then
      cwd = paths.join(cwd, list[2])
    else
      from_list(inner(step, list, cwd, repo), repo, depth, all)
    end
  end
end

local function from_target(step, variables, targets, name, repo, depth, all, seen)
  local target = targets[name]
  if not target or seen[name] or depth > DEEPEST then
    return
  end
  seen[name] = true
  for _, need in target.needs do
    from_target(step, variables, targets, need, repo, depth + 1, all, seen)
  end
  for _, line in target.lines do
    from_line(step, expand(line, variables), repo, depth + 1, all)
  end
end

local SHELLS = words.set("sh", "bash", "ash", "dash")

-- The commands of the shell script of the repository that a step runs, nil where it runs none: `./setup.sh`, `sh scripts/setup.sh`.
local function script_of(step, repo)
  local written = step.written or step.command.program
  if SHELLS[step.program] then
    written = step.args[1] or ""
  end
  local is_path = written:find("/", 1, true) ~= nil or written:find("%.%a*sh$") ~= nil
  local path = is_path and not written:find("[%$%s]") and step.origin(written)
  local file = path and repo:open(path)
  return file and file:commands()
end

from_list = function(step, repo, depth, all)
  table.insert(all, step)
  if depth > DEEPEST then
    return
  end
  local script = script_of(step, repo)
  if script then
    local cwd = step.cwd
    for _, command in script do
      if command.name == "cd" and command.args[1] then
        cwd = paths.join(cwd, command.args[1])
      elseif not command.is_conditional then
        from_list(inner(step, { command.program, table.unpack(command.args) }, cwd, repo), repo, depth + 1, all)
      end
    end
  elseif step.program == "make" then
    local path = step.origin("Makefile") or step.origin("makefile") or step.origin("GNUmakefile")
    local file = path and repo:open(path)
    if not file then
      return
    end
    local variables, targets = makefile_of(file.text)
    local seen, names = {}, {}
    for _, word in step.args do
      if word:sub(1, 1) ~= "-" and not word:find("=", 1, true) then
        table.insert(names, word)
      end
    end
    if #names == 0 then
      names = { file.text:match("\n([%w_%-]+)%s*:[^=]") }
    end
    for _, name in names do
      from_target(step, variables, targets, name, repo, depth, all, seen)
    end
  elseif step.fact.does == "script" then
    local name = node_scripts.script_name(step)
    local manifest = name and node_scripts.package(step, repo)
    local script = manifest and manifest:get("scripts." .. name)
    if script then
      from_line(step, script.text, repo, depth + 1, all)
    end
  end
end

-- The steps that a list of steps comes to, those that only run others among them.
function M.of(steps, repo)
  local all = {}
  for _, step in steps do
    if step.kind == "command" then
      from_list(step, repo, 0, all)
    else
      table.insert(all, step)
    end
  end
  return all
end

return M

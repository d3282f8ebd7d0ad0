-- Packages that an image takes from its distribution: which a command installs, and which the same layer removes again.

local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- Names of packages among the arguments of a system's package manager.
function M.named(step)
  local list = {}
  local skip = false
  for at, word in step.args do
    if skip then
      skip = false
    elseif words.holds(step.base.valued or "", word) or words.holds(step.fact.virtual or "", word) then
      skip = true
    elseif at ~= step.sub_at and word:sub(1, 1) ~= "-" then
      -- `gcc=4:12.2`, `gcc>10`, `gcc:amd64`
      table.insert(list, (word:match("^[%w%.+_@-]+") or word))
    end
  end
  return list
end

-- The name under which a command groups what it installs, so that one word removes it: `apk add --virtual NAME`.
function M.group(step)
  return step.fact.virtual and shell_command.option_value(step.args, step.fact.virtual)
end

-- Names that the same instruction removes again; in a later layer they would only be hidden.
local function removed(steps, from)
  local names = {}
  for _, step in steps do
    local same = step.kind == "command" and step.instruction.position == from.instruction.position and step.instruction.stage.index == from.instruction.stage.index
    if same and step.fact.does == "remove" then
      for _, name in M.named(step) do
        names[name] = true
      end
    end
  end
  return names
end

-- Whether what a command installs under `package` is gone when its layer is done.
function M.is_removed(steps, step, package)
  local names = removed(steps, step)
  if names[package] then
    return true
  end
  local group = M.group(step)
  if group and names[group] then
    return true
  end
  -- `$BUILD_DEPS` and globs: what a variable held when it was installed is removed by the same variable.
  for name in names do
    if name:find("[%*%$]") then
      return true
    end
  end
  return false
end

-- Compilers and headers that a command installs and its layer keeps.
function M.kept_compilers(steps, step, repo)
  local kept = {}
  if step.kind ~= "command" or step.fact.does ~= "system" then
    return kept
  end
  for _, name in M.named(step) do
    local fact = repo:fact("system:" .. name) or (name:match("^gcc%-") or name:match("^g%+%+%-") or name:match("^llvm%-")) and { purpose = "compiler" }
    if fact and fact.purpose == "compiler" and not M.is_removed(steps, step, name) then
      table.insert(kept, name)
    end
  end
  return kept
end

-- Headers of libraries that a command installs and its layer keeps: `libpq-dev`, `libffi-devel`.
function M.kept_headers(steps, step)
  local kept = {}
  if step.kind ~= "command" or step.fact.does ~= "system" then
    return kept
  end
  for _, name in M.named(step) do
    local is_header = name:find("^lib[%w%.+-]*%-dev$") or name:find("^lib[%w%.+-]*%-devel$") or name:find("^postgresql[%w%.-]*%-dev") or name:find("^mariadb[%w%.-]*%-dev")
    if is_header and not M.is_removed(steps, step, name) then
      table.insert(kept, name)
    end
  end
  return kept
end

return M

-- Packages that an image takes from its distribution, or by name from an index, behind the copy of its sources: nothing of what they are hangs on the
-- sources, and each changed file installs them anew.

local dependency_install = require("dependency_install")
local shell_command = require("shell_command")
local source_copy = require("source_copy")
local system_packages = require("system_packages")
local words = require("words")

local M = {}

-- Whether a word names a package, and not a file, an address, or what is filled in from one.
local function is_package(word)
  return word:find("^[%w@]") ~= nil and not word:find("[$`/]") and not word:find("%.deb$") and not word:find("%.rpm$") and not word:find("%.apk$") and not word:find("%.whl$")
end

-- The packages that a step names, where it names nothing else.
local function named(step)
  local fact = step.fact
  local list = {}
  if fact.does == "system" then
    list = system_packages.named(step)
  elseif fact.does == "pip" and step.sub == "install" then
    for at = (step.sub_at or 0) + 1, #step.args do
      local word, before = step.args[at], step.args[at - 1] or ""
      if word == "-r" or word == "-c" or word:find("^%-%-requirement") or word:find("^%-%-constraint") or word == "-e" or shell_command.has_option(step, "--no-index") then
        return {}
      elseif word:sub(1, 1) ~= "-" and not words.holds(fact.valued, before) then
        table.insert(list, word)
      end
    end
  end
  for _, word in list do
    if not is_package(word) then
      return {}
    end
  end
  return list
end

-- The first step of a stage that installs such packages behind a copy of its sources, with that copy and the packages; nil where there is none.
function M.find(steps, stage, image, repo)
  local copies = {}
  for _, step in steps do
    if step.kind == "copy" then
      local sources, found = source_copy.brings_sources(step, image, repo)
      local is_tree = sources and not step.is_foreign and (found == nil or found.is_directory and source_copy.is_tree(found, repo))
      if is_tree then
        table.insert(copies, step)
      end
    elseif copies[1] and step.instruction.stage.index == stage.index and not dependency_install.has_cache(step) then
      local list = named(step)
      if #list > 0 and not step.through then
        return step, copies[1], list
      end
    end
  end
  return nil
end

return M

-- Modules of JavaScript of which the settings choose one: `const store = require("./stores/" + config.store)`, and `store.save(file)` runs what the chosen one
-- offers under that name. No import says so, so that nothing seems to call it.

local paths = require("paths")

local M = {}

local FILES = "**/*.{js,jsx,mjs,cjs,ts,tsx}"
local LOADS = { require = true, import = true }

-- The loads of a chosen module by the directory that it lies in; looked for once.
local by_directory = nil

-- The directory of which a call loads one module: `require("./stores/" + name)`, `import(`./stores/${name}.js`)`.
local function directory_of(call)
  local arg = LOADS[call.name] and call:arg(1)
  local is_put_together = arg and (arg.kind == "binary" or arg.kind == "template")
  -- What stands before the name decides the directory: all up to its last slash.
  local written = is_put_together and arg.source:match("^['\"`](%.%.?/[^'\"`${}]*)")
  local directory = written and written:match("^(.*/)")
  if not directory then
    return nil
  end
  return paths.join(paths.directory(call.file.path), directory)
end

local function loads(repo)
  if by_directory then
    return by_directory
  end
  by_directory = {}
  local texts = {}
  for _, load in { "require(", "import(" } do
    for _, quote in { "'", '"', "`" } do
      table.insert(texts, `{load}{quote}./`)
      table.insert(texts, `{load}{quote}../`)
    end
  end
  for _, path in repo:holding(FILES, texts) do
    local text = repo:text(path) or ""
    -- Most files load what they name.
    local chooses = text:find("require%(['\"]%.[^'\"\n]*['\"]%s*%+") or text:find("[rt]%(`%.[^`\n]*%${") or text:find("import%(['\"]%.[^'\"\n]*['\"]%s*%+")
    local file = chooses and repo:open(path)
    for _, call in file and file.class ~= "test" and file.root and file.root:descendants("call") or {} do
      local directory = directory_of(call)
      if directory then
        by_directory[directory] = by_directory[directory] or {}
        table.insert(by_directory[directory], call)
      end
    end
  end
  return by_directory
end

-- The name under which a function at the top of a file is offered to others: `exports.save = function`, `module.exports = { save }`, `export const save = ...`.
local function offered_as(func)
  local node = func.node
  local parent = node:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  if target and (target.kind == "attr" or target.kind == "name") then
    return target.text
  elseif parent and parent.kind == "pair" then
    return parent.name ~= "" and parent.name or parent.text
  end
  return func.name ~= "" and func.name or nil
end

-- The function at the top of its file that a place stands in.
local function outermost(node)
  local at, top = node:func(), nil
  while at do
    top = at
    local parent = at.node:parent()
    at = parent and parent:func()
  end
  return top
end

-- Where a chosen module is asked for what it offers under a name.
local function uses(load, name)
  local node, parent = load, load:parent()
  while parent and (parent.kind == "await" or parent.kind == "logic") do
    node, parent = parent, parent:parent()
  end
  local target = parent and parent.kind == "assign" and node:role() == "value" and parent:child("target")
  local func, out = load:func(), {}
  for _, call in target and target.kind == "name" and (func and func.node or load.file.root):descendants("call", name) or {} do
    local on = call:receiver()
    if on and on.kind == "name" and on.text == target.text then
      table.insert(out, call)
    end
  end
  if parent and parent.kind == "attr" and parent.text == name then
    table.insert(out, load)
  end
  return out
end

-- How the code at a place comes to run, where it is what a chosen module offers; "unknown" where it is none.
function M.reach(node, repo)
  local language = node.file.language
  if language ~= "javascript" and language ~= "typescript" then
    return "unknown"
  end
  local func = outermost(node)
  local name = func and offered_as(func)
  for _, load in name and loads(repo)[paths.directory(node.file.path)] or {} do
    for _, use in uses(load, name) do
      local reach = use:reach()
      if reach ~= "unknown" then
        return reach
      end
    end
  end
  return "unknown"
end

-- What the files of a directory export under a name, as functions.
local function exported(repo, directory, name)
  local all = {}
  for _, path in repo:holding(`{directory}/*.{"{js,cjs,mjs,ts}"}`, { `exports.{name}`, `export function {name}`, `export async function {name}` }) do
    local file = paths.directory(path) == directory and repo:open(path)
    for _, func in file and file.class == "source" and file.root and file.root:descendants("function") or {} do
      local assign = func:parent()
      local target = assign and assign.kind == "assign" and assign:child("target")
      if func.name == name or target and target.kind == "attr" and target.text == name then
        table.insert(all, func)
      end
    end
  end
  return all
end

-- The functions that a call may run of a module that is chosen: `require("./stores/" + settings.store).keep(file)` may be that of each; empty for
-- other calls.
function M.functions(call, repo)
  local on = call:receiver()
  if not on or #call:callees() > 0 then
    return {}
  end
  local load = on.kind == "name" and on:value() or on
  local directory = load and load.kind == "call" and directory_of(load)
  return directory and exported(repo, directory, call.name) or {}
end

return M

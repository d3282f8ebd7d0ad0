-- Who runs the code at a place, as far as calls are seen: nobody, or callers that differ in what they hand it.

local awaited = require("awaited")
local closures = require("closures")
local deploy_time = require("deploy_time")
local mounted = require("mounted")
local parameter = require("parameter")

local M = {}

local FILES = { python = "**/*.py", go = "**/*.go", javascript = "**/*.{js,jsx,mjs,cjs,ts,tsx}", typescript = "**/*.{js,jsx,mjs,cjs,ts,tsx}" }

local function is_tried(path)
  return path:find("_test%.") ~= nil or path:find("%.test%.") ~= nil or path:find("%.spec%.") ~= nil or path:find("%f[%w]tests?/") ~= nil or path:find("test_[^/]*$") ~= nil
end

-- Files that name a function are looked into, so many at most.
local MOST_FILES = 24

-- Whether a file of Go may speak of what another one's package offers: it lies in it, or imports it. `GetImage` is a name of many packages.
local function knows(file, of)
  if of.language ~= "go" then
    return true
  end
  local directory = of.path:match("^(.*)/[^/]*$") or ""
  return (file.path:match("^(.*)/[^/]*$") or "") == directory or file.text:find("/" .. (directory:match("[^/]+$") or "") .. '"', 1, true) ~= nil
end

-- Whether code outside of a function names it: in a table of handlers, in a list, by a call on something that is not known.
local function is_named(func, repo)
  local file, name = func.node.file, func.name
  local around = func.node:enclosing({ "class", "function" })
  local is_method = around ~= nil and around.kind == "class" or file.language == "go" and func.node.source:find("^func%s*%(") ~= nil
  for _, one in file.root and not is_method and file.root:descendants("name", name) or {} do
    if not one:is_within(func.node) then
      return true
    end
  end
  -- Methods, and what another package of Go offers, stand behind a dot.
  local dotted = is_method or file.language == "go"
  local form = (dotted and "%." or "%f[%w_]") .. name:gsub("%W", "%%%0") .. "%f[^%w_]"
  for at, path in repo:holding(FILES[file.language] or "**", dotted and `.{name}` or name) do
    local other = at <= MOST_FILES and not is_tried(path) and (is_method or path ~= file.path) and repo:open(path)
    if at > MOST_FILES or other and other.text:find(form) and (is_method or knows(other, file)) then
      return true
    end
  end
  return false
end

-- What was found of functions: several rules ask of one.
local named = {}

-- Whether nothing in the repository is seen to run the function around a place: it may be dead, or be called in ways that are not seen.
function M.by_nobody(node, repo)
  if node:reach() ~= "unknown" then
    return false
  end
  local func = closures.outermost(node)
  -- What is decorated may be run by what decorates it.
  if not func or func.name == "" or #func:registrations() > 0 or #func:decorators() > 0 then
    return false
  end
  for _, call in func:callers() do
    if not call:is_within(func.node) then
      return false
    end
  end
  local key = `{func.node.file.path}:{func.node.id}`
  if named[key] == nil then
    named[key] = is_named(func, repo)
  end
  return not named[key]
end

-- A confidence, lowered where nothing is seen to run the place, or only what development mounts.
function M.confidence(node, confidence, repo)
  if confidence ~= "low" and mounted.is_for_development(node, repo) then
    return "low"
  end
  return confidence == "high" and M.by_nobody(node, repo) and "medium" or confidence
end

-- Names that decide what a name of a function holds, found in the statements that speak of it, itself included.
local function behind(func, name)
  local names = { [name] = true }
  for _ = 1, 2 do
    for _, node in func.node:descendants({ "assign", "call" }) do
      local spoken = {}
      for _, one in node:descendants("name") do
        spoken[one.text] = true
      end
      local is_about = false
      for known in names do
        is_about = is_about or spoken[known] == true
      end
      -- A whole block that is handed over says nothing.
      if is_about and #node:descendants("block") == 0 then
        for text in spoken do
          names[text] = true
        end
      end
    end
  end
  return names
end

local LISTS = { list = true, set = true }

-- Lists that are written down with so many items are few: a row as it was and as it will be.
local FEW = 3

-- How many things an argument stands for: "one" for a list of a few that are written down, "none" for what is no list by its looks, else "many".
local function amount_of(arg)
  if LISTS[arg.kind] then
    local items = arg:children("item")
    for _, item in items do
      if item.kind == "spread" then
        return "many"
      end
    end
    return #items > 0 and #items <= FEW and "one" or "many"
  end
  local made = awaited.value(arg.kind == "call" and arg or arg:value())
  if made and made.kind == "call" and made:fact("lists") then
    return "many"
  end
  local _, is_known = arg:literal()
  return (is_known or arg:sort() == "library") and "none" or "many"
end

-- Callers that hand the function one thing, and those that may hand it many, by what a loop in it runs over: a list of each.
function M.by_amount(loop)
  local over = loop.iter
  local func = over and over.kind == "name" and closures.outermost(loop.node)
  local one, many = {}, {}
  if not func then
    return one, many
  end
  local names = behind(func, over.text)
  for _, param in func.params do
    -- What is itself handed over is decided by nothing else.
    names = param.text == over.text and { [param.text] = true } or names
  end
  local before = parameter.leading(func)
  local is_python = func.node.file.language == "python"
  for _, call in func:callers() do
    local amounts = {}
    for at, param in func.params do
      -- JavaScript's options are no arguments by name.
      local arg = names[param.text] and (is_python and call:arg(param.text) or at > before and call:arg(at - before)) or nil
      if arg then
        amounts[amount_of(arg)] = true
      end
    end
    table.insert(amounts.one and not amounts.many and one or many, call)
  end
  return one, many
end

-- How a call comes to run: what a ticker or an endless loop repeats is a worker's, wherever it is started.
function M.reach(call)
  for _, loop in call:loops() do
    if loop.kind == "poll" then
      return "worker"
    end
  end
  return call:reach()
end

-- The confidence in what a loop does once per item, and how the callers that bring many run: the most that any of them brings counts.
-- `touch({ id })` in a handler is no loop there.
function M.of_loop(loop, node, confidence, repo)
  if confidence ~= "low" and deploy_time.runs(node, repo) then
    -- What a deployment waits for item by item, it waits for once.
    return "low", nil
  end
  local one, many = M.by_amount(loop)
  if #one == 0 then
    return M.confidence(node, confidence, repo), nil
  end
  local reach = nil
  for _, call in many do
    local of_call = M.reach(call)
    if of_call == "request" then
      return confidence, nil
    elseif of_call ~= "test" then
      reach = of_call
    end
  end
  return reach and confidence or "low", reach
end

return M

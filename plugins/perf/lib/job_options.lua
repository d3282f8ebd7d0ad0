-- Options of jobs in JavaScript's queues: which objects are such, seen by where they are put, and what a queue gives all of its jobs.

local set = require("words").set
local words = require("words")

local M = {}

-- Calls that put a job into a queue, and the first argument that may hold its options.
local ADDS = {
  ["BullMQ"] = { add = 2 },
  ["pg-boss"] = { send = 2, sendAfter = 3, sendOnce = 3, sendSingleton = 3, sendThrottled = 3, sendDebounced = 3, publish = 2, schedule = 3, createQueue = 2, updateQueue = 2, PgBoss = 1, sendAsync = 2 },
}
-- Keys under which options of jobs stand, whatever holds them.
local KEYS = set("defaultJobOptions", "opts")

-- Calls whose objects hold options of jobs under one of the keys: `addBulk([{ opts }])`, `new Queue(name, { defaultJobOptions })`.
local function is_key_of_queue(pair)
  if pair.text == "defaultJobOptions" then
    return true
  end
  local call = pair:enclosing({ "call" })
  return call ~= nil and (call.name == "addBulk" or call.name == "add" or call.name == "upsertJobScheduler")
end

local function position_of(call, argument)
  for at, one in call:args() do
    if one:same(argument) then
      return at
    end
  end
  return nil
end

-- Whether a value stands where a queue takes options of jobs.
local function is_placed(node, library)
  local parent = node:parent()
  while parent and (parent.kind == "await" or parent.kind == "logic" or parent.kind == "conditional" or parent.kind == "spread" or parent.kind == "dict" and node.kind == "spread") do
    node, parent = parent, parent:parent()
  end
  if not parent then
    return false
  elseif parent.kind == "pair" then
    return library == "BullMQ" and KEYS[parent.text] == true and is_key_of_queue(parent)
  elseif parent.kind == "call" and node:role() == "arg" then
    local first = ADDS[library][parent.name]
    local at = first and position_of(parent, node)
    -- `add(name, data, options)`; without a name, as only Bull has it, the data come first.
    if at == 2 and parent.name == "add" then
      local data = parent:arg(1)
      return #parent:args() == 2 and data ~= nil and data.kind ~= "str" and data.kind ~= "template" and parent.file:imports({ "bullmq", "@nestjs/bullmq" }) == false
    end
    return at ~= nil and at >= first
  end
  return false
end

-- Whether a name, or the type that it is declared with, says that it holds options of jobs.
local function is_named_so(target, statement)
  local type = statement:child("type")
  if type and type.source:find("Jobs?Options") then
    return true
  end
  local said = {}
  for _, word in words.of(target.text) do
    said[word] = true
  end
  return (said.job or said.jobs or said.queue) and (said.options or said.opts or said.defaults) and true or false
end

-- Whether an object holds options of jobs: it is put where a queue takes them, itself or by its name.
function M.is_one(dict, library)
  if is_placed(dict, library) then
    return true
  end
  local statement = dict:parent()
  while statement and (statement.kind == "cast" or statement.kind == "logic") do
    statement = statement:parent()
  end
  local target = statement and statement.kind == "assign" and statement:child("target")
  if not target or target.kind ~= "name" then
    return false
  end
  for _, name in dict.file.root and dict.file.root:descendants("name", target.text) or {} do
    local value = name:value()
    if value and value:same(dict) and is_placed(name, library) then
      return true
    end
  end
  return is_named_so(target, statement)
end

-- Whether what a queue gives all of its jobs holds a pause, or may hold one: what is not seen may.
function M.has_default_pause(repo, paths)
  for _, path in paths do
    local file = repo:open(path)
    for _, pair in file and file.root and file.root:descendants("pair") or {} do
      if pair.text == "defaultJobOptions" then
        local value = pair:child("value")
        if not value or select(2, value:entry("backoff")) ~= "absent" then
          return true
        end
      end
    end
  end
  return false
end

return M

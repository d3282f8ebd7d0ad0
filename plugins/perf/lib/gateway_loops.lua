-- Loops that ask a database once per item by methods and models which only their names tell: in the loop itself, or in a function that the loop calls.

local called = require("called")
local gateway_methods = require("gateway_methods")
local kept_answers = require("kept_answers")
local keyed_rows = require("keyed_rows")
local limited_lists = require("limited_lists")
local loop_data = require("loop_data")
local model_factories = require("model_factories")
local named_receivers = require("named_receivers")
local on_failure = require("on_failure")
local per_item = require("per_item")
local words = require("words")

local M = {}

-- Names of methods that write: Python's writes are told of elsewhere.
local WRITING = { "^insert", "^update", "^delete", "^remove", "^save", "^create", "^add_", "^set_", "^store", "^upsert", "^mark", "^log_", "^record", "^try_", "^ensure" }

local function writes(name)
  for _, form in WRITING do
    if name:lower():find(form) then
      return true
    end
  end
  return false
end

-- Whether a call asks a database in a way that is seen: then others tell of its loop.
local function is_seen(call)
  for _, effect in call:effects() do
    if effect == "db-read" or effect == "db-write" then
      return true
    end
  end
  return false
end

-- The function around a call that has a name; what stands in a function that is handed on runs when that is called, which in JavaScript is for a promise's sake.
local function named_around(call)
  local func = call:func()
  for _ = 1, 6 do
    if not func or func.name ~= "" then
      return func
    elseif call.file.language == "python" then
      return nil
    end
    local around = func.node:parent()
    func = around and around:func()
  end
  return nil
end

-- The calls that run a function, also in JavaScript those that nothing but a name of several words leads to which no other function has: `Order.closeAll = function`.
local function callers_of(func, repo)
  local all = func:callers()
  local file = func.node.file
  if file.language == "python" or #all > 0 or #words.of(func.name) < 2 then
    return all
  end
  local definitions = 0
  for at, path in repo:holding("**/*.{js,ts,mjs,cjs}", func.name) do
    local other = at <= 24 and repo:open(path)
    if at > 24 then
      return {}
    end
    for _, call in other and other.class == "source" and other.root and other.root:descendants("call", func.name) or {} do
      if #call:callees() == 0 and call:receiver() then
        table.insert(all, call)
      end
    end
    for _ in other and other.class == "source" and other.root and other.root:descendants("function", func.name) or {} do
      definitions += 1
    end
  end
  return definitions == 1 and all or {}
end

-- The loops by which a call is run once per item: {call (in the loop), row}.
local function runs_of(one, repo)
  local call = one.call
  local row, carried = per_item.item_loop(call)
  if row then
    -- A loop around what is known is told as any other.
    return carried and not one.is_known and { { call = call, row = row } } or {}
  end
  local func, all = named_around(call), {}
  if not func then
    return all
  end
  for _, decorator in func.node:children("decorator") do
    if decorator:fact("memo") or decorator.source:find("cache", 1, true) then
      return all
    end
  end
  for _, caller in callers_of(func, repo) do
    local its, carries = per_item.item_loop(caller)
    if its and carries and caller.file.class == "source" and not is_seen(caller) then
      table.insert(all, { call = caller, row = its, through = call })
    end
  end
  return all
end

local function confidence_of(run, repo)
  local loop, call = run.row.loop, run.call
  local access = { call = call, hops = {} }
  if loop_data.is_over_one(loop) or limited_lists.is_over_few(loop) or loop_data.is_over_messages(loop) or keyed_rows.is_over_one(loop, repo) or on_failure.is_reached(access, loop) or kept_answers.are_kept(call, loop) then
    return "low"
  end
  return "medium"
end

-- Reports such loops of a repository, each once.
function M.check(repo, report)
  local groups, order = {}, {}
  local all = gateway_methods.calls(repo)
  for _, one in model_factories.calls(repo) do
    table.insert(all, one)
  end
  for _, one in named_receivers.calls(repo) do
    table.insert(all, one)
  end
  for _, one in all do
    -- Of Python only reads are told here.
    local is_told = if one.call.file.language == "python" then not one.writes and not writes(one.call.name) else true
    for _, run in is_told and runs_of(one, repo) or {} do
      local node = run.row.loop.node
      local key = `{node.file.path}:{node.id}`
      if per_item.counts(run.call) then
        local confidence = confidence_of(run, repo)
        if not groups[key] then
          groups[key] = { run = run, one = one, confidence = confidence, places = {}, calls = {} }
          table.insert(order, groups[key])
        elseif groups[key].confidence == "low" and confidence ~= "low" then
          groups[key].run, groups[key].one, groups[key].confidence = run, one, confidence
        end
        local calls = groups[key].calls
        if not calls[run.call.id] then
          calls[run.call.id] = true
          table.insert(groups[key].places, run.call)
        end
      end
    end
  end
  for _, group in order do
    local run, method = group.run, group.one.method
    local loop, call = run.row.loop, run.call
    local confidence, reach = called.of_loop(loop, call, group.confidence, repo)
    local verb = group.one.writes and "statement" or "query"
    local does = run.through and `{call.name}() calls {run.through.name}(), which asks` or `{call.name}() asks`
    local related = { { at = loop.node, message = "the loop" }, { at = run.through or call, message = `{group.one.call.name}() by its name` } }
    if method then
      table.insert(related, { at = method.node, message = "the method that asks" })
    end
    for at, place in group.places do
      if not place:same(call) and at < 8 then
        table.insert(related, { at = place, message = "also once per item" })
      end
    end
    report({
      at = call,
      message = `{does} the database for every {loop_data.each(loop)}: one {verb} per item`,
      confidence = confidence,
      reach = reach,
      related = related,
    })
  end
end

return M

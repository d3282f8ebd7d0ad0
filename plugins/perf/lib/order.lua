-- Whether one await can run beside another: what the first gives to the second, what stands between them, and what they share.

local absence = require("absence")
local exclusion = require("exclusion")
local failed_answers = require("failed_answers")
local flow = require("flow")
local waits = require("wait")

local M = {}

-- The most statements between two waits that are looked across.
local FARTHEST = 6

local EXITS = { "return", "raise", "break", "continue", "yield", "assert" }

function M.in_own_function(node, statement)
  local func = node:enclosing({ "function" })
  return not func or not func:is_within(statement) or func:same(statement)
end

local function leaves(statement)
  if table.find(EXITS, statement.kind) then
    return true
  end
  for _, inner in statement:descendants(EXITS) do
    if M.in_own_function(inner, statement) then
      return true
    end
  end
  return false
end

local LOGS = { log = true, debug = true, info = true, warn = true, warning = true, error = true, trace = true, print = true, exception = true }

-- Whether a call only works in memory: functions of the repository that ask nobody, and are not there for what they throw.
local function is_local(call)
  local functions = call:callees()
  if #functions == 0 or #call:effects() > 0 or waits.says_guard(call.name:match("^_*%l*")) then
    return false
  end
  for _, func in functions do
    if func.is_async or func.is_generator or func.name == "__init__" then
      return false
    end
  end
  return true
end

-- Whether a statement without a value may stand between two waits: it logs, or changes something in place.
local function is_harmless(statement)
  if statement.kind == "assign" or statement.kind == "aug-assign" or statement.kind == "function" or statement.kind == "class" or statement.kind == "import" then
    return true
  end
  if statement.kind == "expr-stmt" then
    local value = statement:child("value")
    if not value or value.kind ~= "call" then
      return value ~= nil and (value.kind == "str" or value.kind == "assign" or value.kind == "aug-assign")
    end
    return LOGS[value.name] or not flow.is_empty(flow.writes(value)) or is_local(value)
  end
  if statement.kind == "if" or statement.kind == "for" or statement.kind == "try" then
    for _, inner in statement:descendants({ "expr-stmt" }) do
      if M.in_own_function(inner, statement) and not is_harmless(inner) then
        return false
      end
    end
    return true
  end
  return statement.kind == "other"
end

-- Whether all awaits in a statement only unpack what came.
local function unpacks_only(statement)
  for _, await in statement:descendants({ "await" }) do
    if M.in_own_function(await, statement) then
      if not waits.unpacks(await) then
        return false
      end
    end
  end
  return true
end

-- Whether a statement may stand between two waits that are to run side by side: it neither leaves nor waits itself, and does nothing to others.
function M.may_stand_between(statement)
  return not leaves(statement) and is_harmless(statement) and unpacks_only(statement)
end

-- The attributes of its own object that a wait's functions set or read, so far as their text says.
local function own_state(work)
  local sets = {}
  for _, func in work.functions do
    -- Whether it is connected already, every request that comes meanwhile asks as well.
    if func.name:lower():find("^connect") or func.name:lower():find("^ensureconnect") then
      continue
    end
    for _, assign in func.node:descendants({ "assign", "aug-assign" }) do
      local target = assign:child("target")
      local path = target and flow.path(target)
      local field = path and (path:match("^self%.([%w_]+)") or path:match("^this%.([%w_#]+)"))
      if field then
        sets[field] = true
      end
    end
  end
  return sets
end

local function mentions_state(work, fields)
  for _, func in work.functions do
    for field in fields do
      if func.node.source:find("[%.#]" .. field:gsub("#", "") .. "%f[^%w_]") then
        return field
      end
    end
  end
  return nil
end

local function own_fields(paths)
  local fields = {}
  for path in paths do
    local field = path:match("^self%.([%w_]+)") or path:match("^this%.([%w_]+)")
    if field then
      fields[field] = true
    end
  end
  return fields
end

-- Whether `second` needs something of `first`; `changed` is what changed on the way from one to the other.
local function needs(first, second, changed)
  if exclusion.excludes(first.await, second.await) then
    -- One of the two is waited for, never both.
    return true
  end
  for _, test in second.tests do
    if first.await:is_within(test) then
      return true
    end
  end
  local reads = flow.reads(second.unit or second.await)
  for _, test in second.tests do
    flow.merge(reads, flow.reads(test))
  end
  if flow.shared(reads, changed) then
    return true
  end
  -- What the second one calls sees the fields that were set.
  local fields = own_fields(changed)
  flow.merge(fields, own_state(first.work))
  if not flow.is_empty(fields) and mentions_state(second.work, fields) then
    return true
  end
  return false
end

-- What a wait hands to a function of the repository that changes what it is handed: a cache, a list to fill.
local function handed_and_changed(wait)
  local changed = {}
  local func = wait.work.functions[1]
  if not func or not wait.call then
    return changed
  end
  local writes = flow.writes(func.node, true)
  local position = 0
  for _, param in func.params do
    local name = param.kind == "param" and param.text or ""
    if name ~= "self" and name ~= "cls" then
      position += 1
      for path in writes do
        if name ~= "" and (path == name or path:sub(1, #name + 1) == name .. ".") then
          local arg = wait.call:arg(position)
          local given = arg and flow.path(arg)
          if given then
            changed[given] = true
          end
        end
      end
    end
  end
  return changed
end

-- What changes from `first` on, to the statement of `second`; nil where something between them keeps them apart.
local function between(first, second, members)
  if first.statement:same(second.statement) then
    return {}, 0
  end
  if first.is_given and first.own.kind ~= "assign" then
    -- What it is handed to may do anything.
    return nil
  end
  local changed = flow.writes(first.statement)
  flow.merge(changed, handed_and_changed(first))
  local at = first.statement:next_statement()
  local steps = 0
  while at and not at:same(second.statement) do
    steps += 1
    if not members[at.id] then
      if absence.asks(at, first, second) or failed_answers.asks(at, first, second) then
        at = at:next_statement()
        continue
      end
      if steps > FARTHEST or leaves(at) or not is_harmless(at) or not unpacks_only(at) then
        return nil
      end
    end
    if flow.shared(flow.reads(at), changed) then
      local value = at.kind == "expr-stmt" and at:child("value")
      if value and value.kind == "call" and not LOGS[value.name] and flow.is_empty(flow.writes(value)) and is_local(value) then
        -- What it does with the answer is not looked into.
        return nil
      end
      flow.merge(changed, flow.writes(at))
    end
    at = at:next_statement()
  end
  return at and changed or nil, steps
end

function M.is_kept(wait)
  local value = wait.own:child("value")
  return not (wait.own.kind == "expr-stmt" and value and value:same(wait.await))
end

function M.may_begin(wait)
  -- A read whose answer nobody keeps is there for what it throws.
  if not M.is_kept(wait) then
    return false
  end
  -- A find of a library that throws where there is no row is a read like any other: its row is what is asked for.
  local name = #wait.work.functions == 0 and wait.name:gsub("Or%u%l+$", "") or wait.name
  return wait.is_read and not waits.says_guard(name)
end

local TRANSACTIONS = { tx = true, trx = true, transaction = true, t = true, txn = true }

local function share_a_session(first, second)
  for _, wait in { first, second } do
    if wait.session and TRANSACTIONS[wait.session:lower()] then
      return true
    end
  end
  if first.exclusive and second.exclusive then
    return true
  end
  return first.session ~= nil and first.session == second.session
end

-- Whether a wait needs nothing of those in the group, and nothing stands between them.
function M.is_apart(group, wait)
  local members = {}
  for _, one in group do
    members[one.statement.id] = true
  end
  for _, one in group do
    if share_a_session(one, wait) then
      return false
    end
    local changed = between(one, wait, members)
    if not changed or needs(one, wait, changed) then
      return false
    end
  end
  return true
end

-- Whether something between the waits of a group may leave the function: then the later ones are sometimes asked for in vain.
function M.leaves_between(group)
  local last = group[#group].statement
  local at = group[1].statement:next_statement()
  while at and not at:same(last) do
    if leaves(at) then
      return true
    end
    at = at:next_statement()
  end
  return false
end

return M

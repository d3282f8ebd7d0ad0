-- Waits of a Go function for other services that follow each other although neither needs the other: calls in statements of one block,
-- with nothing between them but tests of their errors, and loops that ask once per item.

local flow = require("flow")
local go_questions = require("go_questions")
local waits = require("wait")
local words = require("words")

local M = {}

-- Names that hold what went wrong, and whether there was anything: who tests them tests the call before.
local function is_error(name)
  local text = name:lower()
  return text == "_" or text == "ok" or text == "found" or text:match("^e?err") ~= nil or text:match("err$") ~= nil or text:match("error$") ~= nil
end

-- Names that a statement gives a value, without errors.
local function written(statement)
  local all = {}
  for path in flow.writes(statement) do
    if not is_error(path) then
      all[path] = true
    end
  end
  return all
end

-- What the call of a wait reads: its arguments and what it is called on. Errors and contexts are no answers.
local function read_by(node)
  local all = {}
  for path in flow.reads(node) do
    if not is_error(path) then
      all[path] = true
    end
  end
  return all
end

-- Packages whose words errors are compared with.
local PACKAGES = words.set("codes", "sql", "errors", "status", "io", "os", "http", "gorm", "mongo", "redis", "pgx", "context", "apierrors", "net", "store", "model", "models", "domain", "repository")

-- Whether a test asks for nothing but an error.
local function tests_error(test)
  local names = flow.names(test)
  for _, name in names do
    -- `codes.NotFound`, `sql.ErrNoRows`
    local is_of_package = PACKAGES[name.text] ~= nil and name:parent() ~= nil and name:parent().kind == "attr"
    if not is_error(name.text) and name.text ~= "nil" and not is_of_package then
      -- `errors.Is(err, sql.ErrNoRows)`, `status.Code(err) == codes.NotFound`
      local call = name:enclosing({ "call", "if" })
      if not (call and call.kind == "call" and call:is_within(test) and call.source:lower():find("err", 1, true)) then
        return false
      end
    end
  end
  return #names > 0
end

local LEAVES = { "return", "break", "continue", "raise" }

-- Whether a statement between two waits lets the second one begin before the first is done: tests of errors, words in a log, what is worked out from
-- what came.
local function is_passed_over(statement)
  if statement.kind == "if" then
    local test = statement:child("test")
    if #statement:descendants(LEAVES) == 0 then
      return #statement:descendants("call") == 0 or M.question_in(statement) == nil
    end
    return test ~= nil and statement:child("init") == nil and tests_error(test)
  elseif statement.kind == "defer" or statement.kind == "go" then
    return false
  end
  if #statement:descendants({ "return", "raise" }) > 0 then
    return false
  end
  for _, call in statement:descendants("call") do
    local effects = call:effects()
    if #effects > 0 or (call:fact("kind") and call:fact("verb") ~= "construct") then
      return false
    end
  end
  return true
end

-- The call of a statement that waits for another service, or nil: `x, err := client.Get(ctx, id)`.
function M.question_in(statement)
  local value = statement.kind == "assign" and statement:child("value") or nil
  if not value or value.kind ~= "call" then
    return nil
  end
  for target in flow.writes(statement) do
    if target ~= "_" and not is_error(target) then
      return value
    end
  end
  return nil
end

-- A wait: { call, statement, block, leaf }, or nil for a call that is none.
function M.of(call)
  local statement = call:statement()
  if not statement or not waits.counts(call) then
    return nil
  end
  local question = M.question_in(statement)
  if not question or not question:same(call) then
    return nil
  end
  local block = statement:parent()
  if not block or (block.kind ~= "block" and block.kind ~= "function") then
    return nil
  end
  local asks, leaf = go_questions.only_asks(call)
  if not asks or waits.says_guard(call.name) then
    return nil
  end
  return { call = call, statement = statement, block = block, leaf = leaf, order = (select(1, call:bytes())) }
end

-- Whether `second` needs nothing of those in the group, and nothing between them keeps them apart.
local function is_apart(group, second)
  local members, changed = {}, {}
  for _, one in group do
    members[one.statement.id] = true
  end
  local at = group[1].statement
  local steps = 0
  while at and not at:same(second.statement) do
    steps += 1
    if not members[at.id] and (steps > 12 or not is_passed_over(at)) then
      return false
    end
    if members[at.id] then
      flow.merge(changed, written(at))
    elseif flow.shared(read_by(at), changed) then
      -- What is handed over beside it may be changed by it: `order.AddTo(values)`.
      flow.merge(changed, at.kind == "expr-stmt" and read_by(at) or written(at))
    end
    at = at:next_statement()
  end
  return at ~= nil and flow.shared(read_by(second.call), changed) == nil
end

-- Groups of waits of one block that could be under way at once; `all` in the order of the text.
function M.groups(all)
  local groups = {}
  local at = 1
  while at < #all do
    local group = { all[at] }
    local next = at + 1
    while all[next] and is_apart(group, all[next]) do
      table.insert(group, all[next])
      next += 1
    end
    if #group > 1 then
      table.insert(groups, group)
    end
    at = next
  end
  return groups
end

-- Whether a branch is the one where nothing went wrong: what stops there takes the first that works.
local function is_success(branch, inner)
  local test = branch:child("test")
  local sides = test and test.kind == "compare" and test:children("value") or {}
  local says_none = #sides == 2 and (sides[1].kind == "null" or sides[2].kind == "null" or sides[1].text == "nil" or sides[2].text == "nil")
  local other = branch:child("else")
  local is_other = other ~= nil and inner:is_within(other)
  return says_none and ((test.text == "==") ~= is_other)
end

-- Whether a loop may end before its data does for another reason than an error.
local function ends_early(loop, body)
  for _, inner in body:descendants({ "return", "break" }) do
    local func = inner:enclosing("function")
    if not (func and func:is_within(loop)) then
      local test = inner:enclosing({ "if", "for", "c-for", "while", "switch", "case" })
      local condition = test and test.kind == "if" and test:is_within(body) and test:child("test")
      if not condition or not tests_error(condition) or is_success(test, inner) then
        return true
      end
    end
  end
  return false
end

local PAUSES = { sleep = true, wait = true, after = true, acquire = true, throttle = true, limiter = true, backoff = true, retry = true, tick = true }

local function pauses(body)
  for _, call in body:descendants("call") do
    for _, word in words.of(call.name) do
      if PAUSES[word] then
        return true
      end
    end
  end
  return #body:descendants("other") > 0 and body.source:find("<-", 1, true) ~= nil
end

-- Names that come in an order that counts.
local ORDERED = words.set("event", "events", "message", "msg", "step", "job", "chunk", "batch", "page", "action", "op", "command", "change", "attempt", "retry", "stage", "delta", "patch", "line", "try")

-- A loop that asks once per item, one after the other: { node, loop, call, leaf }, or nil.
function M.loop(call)
  if not waits.counts(call) then
    return nil
  end
  local loop = call:loops()[1]
  for _, one in call:loops() do
    if one.kind == "poll" or one.kind == "retry" or one.kind == "paging" or one.kind == "unknown" then
      return nil
    end
  end
  if not loop or loop.kind ~= "per-item" or loop.node.kind ~= "for" or not loop:carries(call) then
    return nil
  end
  local func = call:enclosing("function")
  if func and func:is_within(loop.node) then
    -- In a goroutine of its own.
    return nil
  end
  local body = loop.node:child("body")
  if not body or not call:is_within(body) or ends_early(loop.node, body) or pauses(body) then
    return nil
  end
  for _, target in loop.node:children("target") do
    for _, name in flow.names(target) do
      for _, word in words.of(name.text) do
        if ORDERED[word] then
          return nil
        end
      end
    end
  end
  local asks, leaf = go_questions.only_asks(call)
  if not asks then
    return nil
  end
  -- What the call reads and an earlier turn changed.
  local statement = call:statement()
  local fresh = {}
  for _, assign in body:descendants("assign") do
    if assign.line <= call.line and assign.source:find(":=", 1, true) then
      flow.merge(fresh, written(assign))
    end
  end
  local changed = {}
  for path in written(body) do
    if not fresh[path] and not fresh[path:match("^[^%.]+")] then
      changed[path] = true
    end
  end
  if statement and flow.shared(read_by(call), changed) then
    return nil
  end
  return { node = loop.node, loop = loop, call = call, leaf = leaf }
end

return M

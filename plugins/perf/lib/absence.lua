-- A test between two reads that asks no more than whether the first one found anything: `if (!order) return response.status(404).end()`. Where both rows belong
-- to the same question, the second one asked for in vain costs less than every other one that waits.

local flow = require("flow")
local remote = require("remote")

local M = {}

-- Words of a way out that says who may not see something: what comes behind it is not asked for before.
local FORBIDS = { "401", "403", "unauthor", "forbidden", "permission", "denied", "not allowed", "redirect", "login", "credential" }

local function is_absent(test, name)
  if test.kind == "unary" then
    local inner = test:child("value") or test:children()[1]
    return (test.text == "!" or test.text == "not") and inner ~= nil and flow.path(inner) == name
  elseif test.kind == "compare" then
    local sides = test:children("value")
    local first, second = sides[1], sides[2]
    return first ~= nil and second ~= nil and flow.path(first) == name and (second.kind == "null" or second.source == "undefined") and not test.text:find("!") and test.text ~= "is not"
  end
  return false
end

local NEAR = { db = true, cache = true }

local function is_near(wait)
  for kind in wait.work.kinds do
    if not NEAR[kind] then
      return false
    end
  end
  return true
end

local ASKED_FIRST = { is = true, has = true, can = true, may = true, exists = true, should = true }

-- Names and places where the order in which things fail is itself part of the answer.
local GUARDED = { "auth", "login", "verif", "token", "session", "passw", "permission", "secur" }

local function is_guarded(wait)
  local func = wait.await:func()
  local where = (wait.await.file.path:match("[^/]*$") .. " " .. (func and func.name or "") .. " " .. wait.name):lower()
  for _, word in GUARDED do
    if where:find(word, 1, true) then
      return true
    end
  end
  return ASKED_FIRST[remote.words(wait.name)[1] or ""] == true
end

-- Whether what a wait gives is tested for being there at once, and the function left otherwise: a guard itself.
local function is_tested(wait)
  local target = wait.own.kind == "assign" and wait.own:child("target")
  local next = wait.own:next_statement()
  local test = next and next.kind == "if" and next:child("test")
  if not target or not test then
    return false
  end
  return #next:descendants({ "return", "raise" }) > 0 and flow.shared(flow.reads(test), flow.writes(wait.own)) ~= nil
end

-- Whether `statement` is such a test of what `first` gave, and leaves otherwise.
function M.asks(statement, first, second)
  local target = first.own.kind == "assign" and first.own:child("target")
  local name = target and target.kind == "name" and target.text
  local test = statement.kind == "if" and not statement:child("else") and statement:child("test")
  local body = statement:child("body")
  if not name or not test or not body or not is_absent(test, name) or not first.is_read or not second.is_read or not is_near(first) or not is_near(second) then
    return false
  elseif is_guarded(first) or is_guarded(second) or is_tested(second) then
    return false
  end
  local text = body.source:lower()
  for _, word in FORBIDS do
    if text:find(word, 1, true) then
      return false
    end
  end
  return #body:children() == 1 and #body:descendants("await") == 0
end

return M

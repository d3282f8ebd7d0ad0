-- A test between two requests that asks no more than whether the first one succeeded, as clients that throw by themselves do unasked:
-- `if (!response.ok) throw new Error(...)`, `response.raise_for_status()`. Where it fails, which is rare, the second was asked in vain.

local flow = require("flow")

local M = {}

local OVER_THE_NETWORK = { http = true, rpc = true }

-- What an answer says of its success, by the value that means it.
local SUCCEEDED = { ok = true, is_success = true }
local FAILED = { is_error = true }
local STATUS = { status = true, status_code = true, statusCode = true }

local function field_of(node, name)
  local path = node and flow.path(node)
  return path and path:match("^(.*)%.[^%.]+$") == name and path:match("[^%.]+$") or nil
end

-- Whether a condition holds where the request that `name` stands for failed, and says nothing else.
local function is_failure(test, name)
  if test.kind == "unary" and (test.text == "!" or test.text == "not") then
    return SUCCEEDED[field_of(test:child("value") or test:children()[1], name) or ""] == true
  elseif test.kind == "attr" then
    return FAILED[field_of(test, name) or ""] == true
  elseif test.kind == "compare" then
    local sides = test:children("value")
    local status = sides[2] and sides[2]:literal()
    if not STATUS[field_of(sides[1], name) or ""] or type(status) ~= "number" then
      return false
    end
    local is_not = test.text:sub(1, 2) == "!="
    return is_not and status >= 200 and status < 300 or (test.text == ">=" or test.text == ">") and status >= 299 and status <= 400
  end
  return false
end

local WAYS_OUT = { "return", "raise" }

-- Words of a way out that says who may not ask: what comes behind it is not asked for before.
local FORBIDS = { "unauthor", "forbidden", "permission", "denied", "not allowed", "redirect", "login", "credential", "status(401", "status(403" }

local function forbids(body)
  local text = body.source:lower()
  for _, word in FORBIDS do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether all that is waited for in a way out is the body of the answer that has come.
local function asks_nobody(body, name)
  for _, await in body:descendants("await") do
    local value = await:child("value")
    local receiver = value and value.kind == "call" and value:receiver()
    if not receiver or flow.path(receiver) ~= name then
      return false
    end
  end
  return true
end

local function is_asked(wait)
  if not wait.is_read or #wait.work.leaves == 0 then
    return false
  end
  for _, leaf in wait.work.leaves do
    if not OVER_THE_NETWORK[leaf.kind] then
      return false
    end
  end
  return true
end

-- Whether `statement` is such a test of what `first` gave, and leaves otherwise.
function M.asks(statement, first, second)
  local target = first.own.kind == "assign" and first.own:child("target")
  local name = target and target.kind == "name" and target.text
  if not name or not is_asked(first) or not is_asked(second) then
    return false
  end
  if statement.kind == "expr-stmt" then
    local call = statement:child("value")
    local receiver = call and call.kind == "call" and call.name == "raise_for_status" and call:receiver()
    return receiver ~= nil and receiver ~= false and flow.path(receiver) == name
  end
  local test = statement.kind == "if" and not statement:child("else") and statement:child("test")
  local body = statement:child("body")
  if not test or not body or not is_failure(test, name) or forbids(body) then
    return false
  end
  local leaves = table.find(WAYS_OUT, body.kind) ~= nil or #body:descendants(WAYS_OUT) == 1
  return leaves and asks_nobody(body, name)
end

return M

-- Which of the methods that a call may run hold up its caller, where a base class stands for several.

local implementations = require("implementations")

local M = {}

-- Classes that what a call is made on is not of, and those that it is of: the call stands in a branch of `isinstance(store, AsyncStore)`.
local function told_apart(call)
  local on = call:receiver()
  local out, within = {}, nil
  local inner, at = call, call:parent()
  while on and at and at.kind ~= "function" do
    local test = at.kind == "if" and at:child("test")
    local asked = test and test.kind == "call" and test.name == "isinstance" and test:arg(1)
    local class = asked and asked.source == on.source and test:arg(2)
    if class and inner:role() == "else" then
      out[class.name] = true
    elseif class and inner:role() == "body" then
      within = within or class.name
    end
    inner, at = at, at:parent()
  end
  return out, within
end

-- How many of the methods that a call may run hold up its caller: "all", "some" or "none" of those that could be told; a coroutine does not begin
-- without `await`.
function M.among(call, repo)
  local out, within = told_apart(call)
  local methods, is_open, is_told = implementations.of(call, repo)
  local all, some = not is_open, is_open
  for _, func in methods do
    local class = implementations.class_of(func)
    local _, blocking = func:effects()
    if class and out[class.text] then
      is_told = true
    elseif class and class.text == within then
      return #blocking > 0 and "all" or "none"
    elseif not func.is_async then
      some = some or #blocking > 0
      all = all and (#blocking > 0 or not class)
    end
  end
  if all and (some or not is_told) then
    return "all"
  end
  return (some or not is_told) and "some" or "none"
end

return M

-- Images that are made smaller for another service: a model, a text recogniser. What is sent there is kept by nobody, so that no worker could have it ready.

local set = require("words").set
local words = require("words")

local M = {}

-- How many functions up an image is followed, and how many callers of one are looked at.
local DEEPEST, MOST = 3, 12

-- Sending that keeps what is sent, by the method or by the address.
local KEEPS = set("put", "PUT", "upload")
local KEPT_AT = { "upload", "storage", "bucket", "/media", "/files", "cdn" }

-- Whether a call asks a model, or hands something to another service over HTTP.
local function asks(call)
  if call:fact("streams_with") or call:fact("image_input") then
    return true
  end
  local first = call:arg(1)
  return call:fact("kind") == "http" and call:fact("verb") == "call" and not KEEPS[call.name] and not (first and words.any_in(first.source, KEPT_AT))
end

-- Whether a function asks a model.
function M.asks_model(func)
  for _, call in func.node:descendants("call") do
    if call:fact("streams_with") or call:fact("image_input") then
      return true
    end
  end
  return false
end

local is_input

-- Whether all that take what a function gives back hand it to another service.
local function is_taken_so(func, depth)
  local seen = 0
  for at, caller in depth < DEEPEST and func:callers() or {} do
    if at > MOST then
      return false
    elseif caller:reach() ~= "test" then
      seen += 1
      if not is_input(caller, depth + 1) then
        return false
      end
    end
  end
  return seen > 0
end

is_input = function(node, depth)
  local func, is_returned = node:func(), false
  if not func then
    return false
  end
  for _, outer in node:argument_of() do
    if asks(outer) then
      return true
    end
  end
  for _, use in node:uses(func.node) or {} do
    for _, call in use.calls do
      if asks(call) then
        return true
      end
    end
    local parent = use.top:parent()
    is_returned = is_returned or parent ~= nil and parent.kind == "return"
  end
  return is_returned and is_taken_so(func, depth)
end

-- Whether what a call makes of an image goes to another service, in its function or wherever that function's answer goes.
function M.is_input(call)
  return is_input(call, 0)
end

return M

-- One message to several servers of Go, one after the other: a loop that sends to each address and only writes down what fails. What one of them does with it
-- is nothing to the next, and the slowest is waited for every time.

local flow = require("flow")
local go_questions = require("go_questions")
local set = require("words").set
local waits = require("wait")
local words = require("words")

local M = {}

-- What is called as somebody's own address.
local ADDRESSES = set("inbox", "inboxes", "url", "urls", "uri", "uris", "endpoint", "endpoints", "server", "servers", "host", "hosts", "webhook", "webhooks", "hook", "hooks", "callback", "callbacks", "instance", "instances", "replica", "replicas", "mirror", "mirrors")

local function says_address(node)
  for _, word in words.of(node.source) do
    if ADDRESSES[word] then
      return true
    end
  end
  return false
end

-- Where the calls of net/http that ask for something have the address.
local AT = { NewRequest = 2, NewRequestWithContext = 3, Post = 1, PostForm = 1, Get = 1, Head = 1 }

-- Whether what a call is handed at a position is the address that it asks, itself or in the function that it runs.
local function is_asked(call, position)
  if call:fact("kind") == "http" then
    return AT[call.name] == position
  end
  local func = call:callees()[1]
  local param = func and func.params[position]
  for _, request in param and param.text ~= "" and func.node:descendants("call", { "NewRequest", "NewRequestWithContext", "Post", "PostForm", "Get", "Head" }) or {} do
    local address = request:arg(AT[request.name])
    if address and flow.mentions(address, { [param.text] = true }) then
      return true
    end
  end
  return false
end

-- Whether a call is handed the address of the loop's element: a field that is called so, or the element of a list of addresses. A link that is sent to one
-- server is none.
local function goes_to_element(call, loop)
  for at, arg in call:args() do
    local is_element = arg.kind == "name" and loop.iter ~= nil and says_address(loop.iter)
    if (is_element or arg.kind == "attr" and says_address(arg)) and loop:carries(arg) and is_asked(call, at) then
      return true
    end
  end
  return false
end

-- Whether what the call reads is made anew in every turn, or is the same in all.
local function is_fresh(call, body)
  local made, changed = {}, {}
  for _, assign in body:descendants("assign") do
    for _, target in assign:children("target") do
      for _, name in target.kind == "name" and { target } or {} do
        local value = assign:child("value")
        if assign.line <= call.line and value and not flow.mentions(value, { [name.text] = true }) then
          made[name.text] = true
        end
      end
    end
  end
  for path in flow.writes(body) do
    if not made[path:match("^[^%.]+")] and path ~= "err" and path ~= "_" then
      changed[path] = true
    end
  end
  local reads = {}
  for _, arg in call:args() do
    flow.merge(reads, flow.reads(arg))
  end
  return flow.shared(reads, changed) == nil
end

local ENDS = { "return", "break", "raise", "go", "defer" }
local PAUSES = set("sleep", "wait", "acquire", "throttle", "limiter", "backoff", "tick")

-- Whether the loop goes on whatever comes of one turn, without a pause.
local function goes_on(body)
  if #body:descendants(ENDS) > 0 then
    return false
  end
  for _, call in body:descendants("call") do
    for _, word in words.of(call.name) do
      if PAUSES[word] then
        return false
      end
    end
  end
  return true
end

-- The loop in which a call delivers to one server after the other: { node, loop, call, leaf }, or nil.
function M.loop(call)
  local loop = call:loops()[1]
  if not loop or loop.kind ~= "per-item" or loop.node.kind ~= "for" or not waits.counts(call) then
    return nil
  end
  local body, func = loop.node:child("body"), call:enclosing("function")
  if not body or not call:is_within(body) or func and func:is_within(loop.node) or not goes_on(body) then
    return nil
  end
  local far = nil
  for _, leaf in go_questions.of(call) do
    if leaf.kind ~= "http" then
      return nil
    end
    far = far or leaf.sort ~= "read" and leaf
  end
  if not far or not goes_to_element(call, loop) or not is_fresh(call, body) then
    return nil
  end
  return { node = loop.node, loop = loop, call = call, leaf = far }
end

return M

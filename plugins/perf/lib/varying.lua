-- Whether an expression may say something else with the next request: it hangs on what a caller passes, on who asks, or on credentials that
-- expire. Followed through local names, attributes of instances and parameters, as far as callers are seen.

local call_sites = require("call_sites")
local injected_params = require("injected_params")
local parameter = require("parameter")

local M = {}

local DEEPEST = 5

local varies
-- Parameters that are being looked at, or were, for one question: each once.
local asked = {}

-- The argument that a call gives a parameter, and whether it is known what it gives.
local function argument_for(call, fn, at)
  local param = fn.params[at]
  local value, state = call:arg(param.text)
  if state == "absent" then
    local is_called_on = call.file.language == "python" and parameter.leading(fn) or 0
    value, state = call:arg(at - is_called_on)
  end
  return value, state
end

-- Whether callers pass different things; a parameter that nobody is seen to pass anything for is what its default says.
local function param_varies(name, at, depth)
  local fn = name:func()
  -- A parameter of a function around this one.
  while fn do
    local own = fn.params[at]
    if own and own.text == name.text then
      break
    end
    local around = fn.node:parent()
    fn = around and around:func()
  end
  if not fn then
    return true
  end
  if parameter.is_self(name) and at == 1 then
    return false
  end
  local key = `{fn.node.file.path}:{fn.node.id}:{at}`
  if asked[key] ~= nil then
    return asked[key]
  end
  asked[key] = false
  local param, passed = fn.params[at], 0
  if injected_params.is_same_each_time(param) then
    return false
  end
  local default = param:child("default")
  for _, caller in call_sites.of(fn) do
    if caller.file.class ~= "test" and caller.file.class ~= "example" then
      local value, state = argument_for(caller, fn, at)
      if state == "hidden" or state == "given" and varies(value, depth + 1) or state == "absent" and not default then
        asked[key] = true
        return true
      end
      passed += 1
    end
  end
  if passed > 0 then
    return default ~= nil and varies(default, depth + 1)
  end
  return default == nil or fn.reach == "request" and #fn:callers() == 0 or varies(default, depth + 1)
end

local function any(nodes, depth)
  for _, node in nodes do
    if varies(node, depth) then
      return true
    end
  end
  return false
end

local PLAIN = { str = true, num = true, bool = true, null = true, ["function"] = true, type = true }
local ITSELF = { self = true, cls = true, this = true }

-- The call that gives a name its value beside an error: `query, err := find(ctx, id)`.
local function made_with_error(name)
  local fn = name:func()
  for _, assign in fn and fn.node:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    local first = target and target.kind == "list" and target:children()[1]
    if first and first.text == name.text and value and value.kind == "call" and not name:is_within(assign) then
      return value
    end
  end
  return nil
end

-- What a local name is given in several places: `let url = base; if (path) { url = `${base}/${path}` }`.
local function given_one_by_one(name)
  local fn, given = name:func(), {}
  for _, assign in fn and fn.node:descendants("assign") or {} do
    local target = assign:child("target")
    if target and target.kind == "name" and target.text == name.text and not name:is_within(assign) then
      table.insert(given, assign:child("value"))
    end
  end
  return given
end

varies = function(node, depth)
  if not node or PLAIN[node.kind] then
    return false
  end
  if depth > DEEPEST then
    return true
  end
  if node.kind == "name" then
    local at = node:param_position()
    if at then
      return param_varies(node, at, depth)
    end
    -- The request as these frameworks hand it around: a name of the module that stands for another one each time.
    if node.text == "request" and node:comes_from({ "flask.request", "quart.request", "bottle.request" }) then
      return true
    end
    local value = node:value()
    if value and value:func() and not value:same(node) then
      return varies(value, depth + 1)
    end
    local made = not value and node.file.language == "go" and made_with_error(node) or nil
    if made then
      return varies(made, depth + 1)
    end
    return not value and any(given_one_by_one(node), depth + 1)
  end
  if node.kind == "attr" then
    local base = node:child("value")
    if base and ITSELF[base.text] then
      local made = node:definition()
      -- What an instance holds, it was made with, or works out by itself.
      return made ~= nil and made.kind ~= "function" and varies(made, depth + 1)
    end
    return varies(base, depth)
  end
  if node.kind == "kw-arg" or node.kind == "pair" or node.kind == "await" or node.kind == "spread" then
    return varies(node:child("value"), depth)
  end
  if node.kind == "call" then
    local receiver = node:receiver()
    local args = node:args()
    -- Go hands the context of the request to whatever waits; it says nothing of what is waited for.
    if node.file.language == "go" and args[1] and args[1].source:lower():find("ctx", 1, true) or args[1] and args[1].source:find("Context()", 1, true) then
      table.remove(args, 1)
    end
    return receiver ~= nil and varies(receiver, depth) or any(args, depth)
  end
  return any(node:children(), depth)
end

-- Whether a value is another one for another request, as far as can be seen.
function M.is(node)
  asked = {}
  return varies(node, 0)
end

-- Whether a client is given credentials that end: a session of an assumed role must be made anew.
local function has_ending_credentials(call)
  local token_given, state = call:arg("aws_session_token")
  if state == "given" then
    -- Only where a role is configured: `if role: options["aws_session_token"] = ...`. Without one the client is the same each time.
    local branch = token_given and token_given:enclosing({ "if", "function" })
    return not (branch and branch.kind == "if" and not call:is_within(branch))
  end
  local credentials = call:arg("credentials")
  local _, token = nil, "absent"
  if credentials and credentials.kind == "dict" then
    _, token = credentials:entry("sessionToken")
  end
  return token == "given"
end

-- Whether what made a session gave it such credentials: the constructor itself, or a function of the project that hands it out.
local function makes_ending(made)
  if has_ending_credentials(made) then
    return true
  end
  for _, fn in made:callees() do
    for _, argument in fn.node:descendants("kw-arg") do
      if argument.text == "aws_session_token" then
        return true
      end
    end
  end
  return false
end

-- Whether the client that `call` makes differs from request to request, itself or the session that it is made from.
function M.client(call)
  local receiver = call:receiver()
  local made = receiver and (receiver.kind == "name" and receiver:value() or receiver)
  if has_ending_credentials(call) or made and made.kind == "call" and makes_ending(made) then
    return true
  end
  return M.is(call)
end

return M

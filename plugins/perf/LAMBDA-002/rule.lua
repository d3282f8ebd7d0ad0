-- Functions keep what their modules hold from one invocation to the next. A client that lives shorter, though it could be the same
-- each time, is a finding; how long it lives is what `lifetime` answers.

local about = require("about")
local flow = require("flow")
local function_handlers = require("function_handlers")
local function_platform = require("function_platform")
local hoist = require("hoist")
local lifetime = require("lifetime")
local once_run = require("once_run")
local pooled_client = require("pooled_client")
local sdk_client = require("sdk_client")
local store_client = require("store_client")
local unread_event = require("unread_event")
local varying = require("varying")
local words = require("words")

-- What a call makes is bound to a connection that the platform may cut while the function is frozen.
local function is_connection(call)
  return call:fact("pools") == "no"
end

-- What makes a client of a session, whose own finding that is.
local MAKERS = words.set("client", "resource", "create_client")

-- Whether a client is made of the session that a call makes: the client is what is told then.
local function is_for_client(call)
  local after = call:chained()
  if after[1] and MAKERS[after[1].name] then
    return true
  end
  local target, func = flow.target(call), call:func()
  for _, other in target and target.kind == "name" and func and func.node:descendants("call") or {} do
    local on = MAKERS[other.name] and other:receiver()
    if on and on.text == target.text then
      return true
    end
  end
  return false
end

-- Whether it is made for a deployment, when somebody waits for that anyway: in a function that answers for a resource of a template.
local function is_of_deployment(file, platform, repo)
  local starts = platform.handler or platform.hops and platform.hops[1] and platform.hops[1].path
  local text = starts and repo:text(starts)
  return function_handlers.is_of_deployment(file.text) or text ~= nil and function_handlers.is_of_deployment(text)
end

-- Whether an object of the project holds what a call makes, or what is made of it.
local function is_on_object(call, found)
  for _, step in found.via do
    if step.at.kind == "class" then
      return true
    end
  end
  local target = flow.target(call)
  local base = target and target.kind == "attr" and target:child("value")
  return base ~= nil and base ~= false and (base.text == "self" or base.text == "this")
end

local function check_client(file, call, platform, report, repo)
  local found = lifetime.of(call)
  if found.life == "shared" or found.life == "unknown" and not call:func() then
    return
  end
  local fn = call:func()
  -- Extensions of Flask are set up so, once, where the application is made.
  if fn and fn.name == "init_app" then
    return
  end
  if function_platform.is_elsewhere(call) or pooled_client.is_composed(call) or once_run.is(call) then
    return
  end
  local confidence = "high"
  -- Whoever makes an object may keep it: where nobody is seen to, how long it holds its client is a guess.
  local is_held = found.life == "unknown" and is_on_object(call, found)
  -- What a clock starts a few times a day seldom finds a process that was kept.
  if is_held or varying.client(call) or platform.is_scheduled or unread_event.is_around(call) or is_of_deployment(file, platform, repo) then
    confidence = "low"
  elseif found.life == "unknown" or not platform.hops or #found.via > 2 then
    confidence = "medium"
  end
  local path = pooled_client.name(call)
  local where = fn and fn.name ~= "" and `{fn.name} makes` or "this makes"
  local related = found.via
  if platform.hops and platform.hops[1] and platform.hops[1].path ~= file.path and platform.hops[1].import then
    table.insert(related, { at = platform.hops[1].import, message = `{platform.hops[1].path} is what {platform.name} calls` })
  end
  report({
    at = call,
    message = `{where} a {path} per invocation of {platform.name}, which would keep one that the module holds`,
    confidence = confidence,
    related = related,
    notes = { platform = platform.name },
    fix = confidence ~= "low" and not is_connection(call) and hoist.fix(file, call) or nil,
  })
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or file.side == "browser" then
      return
    end
    local seen = {}
    for _, match in matches do
      local call = match.node
      local reach = call:reach()
      if match.matcher == "session" and (#call:args() > 0 or is_for_client(call)) or match.matcher == "aws" and not sdk_client.is_made(call) then
        continue
      end
      if not seen[call.id] and store_client.makes_one(call) and call:func() and call:fact("plain_http") ~= "true" and reach ~= "test" then
        seen[call.id] = true
        local platform = file.language == "go" and function_platform.of_go(repo, call) or file.language ~= "go" and function_platform.of(repo, file, call) or nil
        if platform then
          check_client(file, call, platform, report, repo)
        end
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.functions(repo), about.NO_FUNCTION)
  end,
}

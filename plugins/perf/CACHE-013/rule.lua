-- Answers that nobody may keep: whether anything in the repository gives answers a lifetime or an ETag, and handlers that answer with what never changes
-- while the process runs, without either.

local list_handler = require("list_handler")
local presence = require("presence")
local service = require("service")
local words = require("words")

-- Fewer entries than this are not worth a header.
local LEAST = 5
-- A handler that does more than this decides something.
local MOST_STATEMENTS = 4

local HEADERS = { "cache-control", "cache_control", "cachecontrol", "etag", "last-modified", "last_modified", "expires", "max-age", "maxage", "revalidate" }
local ASIDE = { "health", "ready", "live", "ping", "version", "metrics", "favicon", "robots", "status" }
local ANSWERING = words.set("json", "send", "jsonify", "JSONResponse", "JsonResponse", "ORJSONResponse", "Response", "JSON", "IndentedJSON", "Encode", "json_response")
local READING = words.set("load", "loads", "readFileSync", "require", "parse", "safe_load", "ReadFile")

-- What an expression answers with: the argument of `res.json(x)`, `jsonify(x)`, the only value of `{"countries": x}`.
local function answer_of(node)
  if node.kind == "await" then
    node = node:child("value")
  end
  if node and node.kind == "call" and ANSWERING[node.name] then
    local args = node:args()
    node = args[1]
    if node and (node.kind == "num" or node.kind == "attr") and args[2] then
      node = args[2]
    end
  end
  if node and node.kind == "dict" then
    local entries = node:children()
    local only = #entries == 1 and entries[1]:child("value")
    node = only or node
  end
  return node
end

local function is_read_once(value)
  if value.kind == "await" then
    value = value:child("value")
  end
  return value ~= nil and value.kind == "call" and READING[value.name] == true
end

-- Whether a name stands for data that is written into the code, or read once while it is loaded.
local function constant_of(node)
  if not node or node.kind ~= "name" and node.kind ~= "attr" then
    return nil
  end
  local value = node:value() or node:definition()
  if not value or value:func() then
    return nil
  end
  local is_data = (value.kind == "list" or value.kind == "dict" or value.kind == "set") and #value:children() >= LEAST
  if is_data or is_read_once(value) then
    return value
  end
  return nil
end

local function statements_of(func)
  local body = func.node:child("body")
  if not body then
    return {}
  end
  return body.kind == "block" and body:children() or { body }
end

-- What a handler answers with, where that is all that it does.
local function answered(func)
  local statements = statements_of(func)
  if #statements > MOST_STATEMENTS then
    return nil
  end
  for _, statement in statements do
    local expression = statement
    if statement.kind == "return" or statement.kind == "expr-stmt" then
      expression = statement:children()[1]
    elseif statement.kind ~= "call" and statement.kind ~= "name" and statement.kind ~= "dict" then
      return nil
    end
    local found = expression and (statement.kind ~= "expr-stmt" or expression.kind == "call" and ANSWERING[expression.name]) and answer_of(expression)
    local constant = found and constant_of(found)
    if constant then
      return found, constant
    end
  end
  return nil
end

-- Whether something in a file changes the data of a name while the process runs.
local function is_changed(name, file)
  for _, call in file.root:descendants("call") do
    local on = call:receiver()
    if on and on.text == name and words.any_in(call.name, { "append", "push", "add", "update", "set", "insert", "pop", "remove", "clear", "splice", "extend", "delete" }) then
      return true
    end
  end
  for _, assign in file.root:descendants({ "assign", "aug-assign" }) do
    local target = assign:child("target")
    local changed = target and (assign.kind == "aug-assign" and target.kind == "name" and target or target.kind ~= "name" and target:child("value"))
    if changed and changed.text == name then
      return true
    end
  end
  for _, gone in file.root:descendants("delete") do
    local entry = gone:children()[1]
    local on = entry and entry.kind == "index" and entry:child("value")
    if on and on.text == name then
      return true
    end
  end
  return false
end

-- Other files that name the data are looked into, so many at most.
local MOST_FILES = 8
local FILES = { python = "**/*.py", go = "**/*.go", javascript = "**/*.{js,jsx,mjs,cjs,ts,tsx}", typescript = "**/*.{js,jsx,mjs,cjs,ts,tsx}" }

-- Whether something changes the data: where it is answered with, where it is defined, or in another file that takes it from there.
local function is_changed_anywhere(name, constant, repo)
  if is_changed(name.text, name.file) then
    return true
  elseif constant.file.path == name.file.path and name.file.language ~= "python" then
    return false
  end
  local statement = constant:statement()
  local target = statement and statement:child("target")
  local own = target and target.kind == "name" and target.text or name.text
  if constant.file.path ~= name.file.path and is_changed(own, constant.file) then
    return true
  end
  for at, path in repo:holding(FILES[name.file.language] or "**", own) do
    local other = at <= MOST_FILES and path ~= name.file.path and path ~= constant.file.path and not service.is_for_development(path) and repo:open(path)
    if other and other.root and is_changed(own, other) then
      return true
    end
  end
  return false
end

-- Whether a handler, or what decorates it, speaks of such headers.
local function speaks_of_headers(func)
  for _, node in func.node:descendants({ "str", "template", "name", "attr", "kw-arg" }) do
    if words.any_in(node.text, HEADERS) then
      return true
    end
  end
  return false
end

local function check_handler(func, report, repo)
  -- Hardly any handler answers with nothing else: that is asked first.
  local name, constant = answered(func)
  if not name or words.any_in(func.name, ASIDE) or speaks_of_headers(func) or service.is_for_development(name.file.path_below_named) then
    return
  end
  if is_changed_anywhere(name, constant, repo) then
    return
  end
  local is_shown = presence.first(repo, { "headers", "express", "express by require" }) ~= nil
  report({
    at = name,
    message = `{func.name ~= "" and func.name or "this handler"} answers with what does not change while the process runs, and says no time for which it may be kept`,
    confidence = is_shown and "low" or "medium",
    related = { { at = constant, message = "what it answers with" } },
  })
end

-- `app.disable("etag")`, `app.set("etag", false)`.
local function check_etag(call, report, repo)
  local first, second = call:arg(1), call:arg(2)
  local is_off = first and first:literal() == "etag" and (call.name == "disable" or second ~= nil and second:literal() == false)
  if is_off and not presence.first(repo, { "headers" }) then
    report({ at = call, message = "Express is told to send no ETag, and nothing else lets a client keep an answer", confidence = "medium", reach = "request" })
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    for _, handler in list_handler.among(file, matches) do
      check_handler(handler.func, report, repo)
    end
    -- Settings stand behind the handlers.
    for at = #matches, 1, -1 do
      local match = matches[at]
      if match.matcher ~= "etag off" then
        break
      end
      check_etag(match.node, report, repo)
    end
  end,
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "headers", "express", "express by require" },
      about = function()
        return #repo:matched("service") > 0
      end,
      nothing = "no function in this repository answers requests",
      missing = "nothing in this repository gives answers a lifetime or an ETag; measure the headers of the endpoints that are read most (`http.cacheable`), or link what adds them in front of the service",
    })
  end,
}

-- Handlers that talk to the network or the database, or rename files, in the thread that logs: attached to a logger of a process that answers requests. One behind a queue
-- is attached to the listener, and to no logger.

local branch = require("branch")
local imports = require("imports")
local layout = require("layout")
local log_handler = require("log_handler")
local naming = require("naming")
local service = require("service")
local start_python = require("start_python")

local SAYS = {
  network = "sends each record over the network in the thread that logs it: a request waits for it, and for the other side when that is slow",
  database = "writes each record to the database in the thread that logs it: a request waits for that statement, and for the database when it is slow",
  rotates = "renames files in the thread that logs when one is full, under a lock that all of its threads wait for, and that no other process knows of",
}

local function confidence_of(does, is_for_failures)
  if does ~= "rotates" then
    return is_for_failures and "medium" or "high"
  end
  return is_for_failures and "low" or "medium"
end

-- The level that a handler is given behind the call that makes it: `handler.setLevel(logging.ERROR)`.
local function level_of(made)
  local level = made:arg("level")
  if level then
    return level.source
  end
  local assign = made:parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  local scope = made:func()
  for _, call in target and (scope and scope.node or made.file.root):descendants("call") or {} do
    local receiver = call:receiver()
    if call.name == "setLevel" and receiver and receiver.source == target.source then
      local argument = call:arg(1)
      return argument and argument.source
    end
  end
  return nil
end

-- The change that puts a queue between the logger and its handler; only where the statement is that call alone.
local function queued(file, call)
  local statement, handler, logger = call:statement(), call:arg(1), call:receiver()
  if not statement or statement.kind ~= "expr-stmt" or not handler or not logger or handler.source:find("\n", 1, true) then
    return nil
  end
  local indent = layout.indent(file, call.line)
  local edits = imports.edits(file, "queue")
  local more = file.text:find("import logging.handlers", 1, true) and {} or imports.edits(file, "logging.handlers")
  local ending = imports.edits(file, "atexit")
  if not edits or not more or not ending then
    return nil
  end
  for _, list in { more, ending } do
    for _, edit in list do
      table.insert(edits, edit)
    end
  end
  local text = `log_queue = queue.SimpleQueue()\n{indent}{logger.source}.addHandler(logging.handlers.QueueHandler(log_queue))\n`
    .. `{indent}log_listener = logging.handlers.QueueListener(log_queue, {handler.source}, respect_handler_level=True)\n{indent}log_listener.start()\n`
    -- What is still in the queue when the process ends would be lost.
    .. `{indent}atexit.register(log_listener.stop)`
  table.insert(edits, { at = call, text = text })
  return { title = "hand the records to a thread of their own", safety = "unsafe", edits = edits }
end

-- Whether a function runs in a worker of Celery only, when that sets its logging up.
local function is_of_worker(call)
  local fn = call:func()
  for _, decorator in fn and fn:decorators() or {} do
    if decorator:find("celery", 1, true) or decorator:find("dramatiq", 1, true) then
      return true
    end
  end
  return false
end

local function check_added(repo, file, call, report)
  local argument = call:arg(1)
  local does, made = nil, nil
  if argument then
    does, made = log_handler.of_value(repo, argument)
  end
  if not does or not made or branch.is_for_development(call) or is_of_worker(call) then
    return
  end
  local confidence = confidence_of(does, log_handler.is_for_failures(level_of(made)))
  report({
    at = made.file.path == file.path and made or call,
    message = `{naming.path(made:target()[1] or made.name):match("([%w_]+)$")} {SAYS[does]}`,
    confidence = confidence,
    related = { { at = call, message = "the logger that gets it" } },
    notes = { does = does },
    fix = queued(file, call),
  })
end

-- The function that a name stands for, of this file or imported.
local function function_of(file, name)
  local made = (name.kind == "name" or name.kind == "attr") and name:definition() or nil
  for _, fn in not made and name.kind == "name" and file.root:children() or {} do
    if fn.kind == "function" and fn.text == name.text then
      made = fn
    end
  end
  return made and made.kind == "function" and made:func() or nil
end

-- Sinks of Loguru: a file that rotates, or a function that sends, unless its records are queued.
local function check_sink(repo, file, call, report)
  local enqueue, state = call:arg("enqueue")
  if state == "hidden" or state == "given" and enqueue.source ~= "False" or branch.is_for_development(call) then
    return
  end
  local _, rotation = call:arg("rotation")
  local does = rotation == "given" and "rotates" or nil
  local sink = call:arg("sink") or call:arg(1)
  if not does and sink then
    does = log_handler.of_value(repo, sink)
    local fn = function_of(file, sink)
    for _, effect in fn and fn:effects() or {} do
      does = (effect == "http" or effect == "mail") and "network" or does
    end
  end
  if not does then
    return
  end
  local level = call:arg("level")
  report({
    at = call,
    message = `this sink {SAYS[does]}`,
    confidence = confidence_of(does, log_handler.is_for_failures(level and level.source)),
    notes = { does = does },
    fix = state == "absent" and #call:args() > 0 and {
      title = "hand the records to a thread of their own",
      safety = "unsafe",
      edits = { { after = call:args()[#call:args()]:parent().kind == "kw-arg" and call:args()[#call:args()]:parent() or call:args()[#call:args()], text = ", enqueue=True" } },
    } or nil,
  })
end

local function key_of(pair)
  return pair and pair.kind == "pair" and pair.text or nil
end

-- Whether a list of handlers somewhere in the file names one.
local function is_attached(file, name)
  for _, pair in file.root:descendants({ "pair", "assign" }) do
    local value = pair:child("value")
    local is_list = pair.kind == "pair" and key_of(pair) == "handlers" and value and (value.kind == "list" or value.kind == "set")
    for _, item in is_list and value:descendants("str") or {} do
      if item.text == name then
        return true
      end
    end
  end
  return false
end

local function check_class(repo, file, text, report)
  local pair = text:parent()
  local key = key_of(pair)
  local dict = pair and pair:parent()
  if key ~= "class" and key ~= "()" or not dict or dict.kind ~= "dict" then
    return
  end
  local holder = dict:parent()
  local name = key_of(holder)
  if not name or not is_attached(file, name) or service.is_for_development(file.path) then
    return
  end
  local function given(argument)
    local value = dict:entry(argument)
    return value and value.source
  end
  local does = log_handler.of_name(repo, text.text, given)
  if not does then
    return
  end
  report({
    at = pair,
    message = `{naming.short(text.text)} {SAYS[does]}`,
    confidence = confidence_of(does, log_handler.is_for_failures(given("level"))),
    notes = { does = does },
  })
end

-- The same in a file of settings: `handlers: { file: { class: ... } }` and `root: { handlers: [file] }`.
local function check_document(repo, file, report)
  for _, top in file.documents or {} do
    for _, handlers in top:find_all("handlers") do
      for _, handler in handlers.kind == "map" and handlers:entries() or {} do
        local class = handler:get("class")
        local name = class and class.text or ""
        local does = name:find("^[%w_]+%.[%w_%.]+$") and log_handler.of_name(repo, name, function(argument)
          local value = handler:get(argument)
          return value and value.text
        end)
        local used = false
        for _, list in does and top:find_all("handlers") or {} do
          for _, item in list.kind == "list" and list:entries() or {} do
            used = used or item.text == handler.key
          end
        end
        if does and used then
          local level = handler:get("level")
          report({ at = class, message = `{naming.short(name)} {SAYS[does]}`, confidence = confidence_of(does, log_handler.is_for_failures(level and level.text)), notes = { does = does } })
        end
      end
    end
  end
end

local SERVING = table.freeze({ "fastapi**", "flask**", "django.core.wsgi**", "django.core.asgi**", "django.http**", "django.urls**", "starlette**", "aiohttp.web**", "sanic**", "litestar**", "falcon**", "quart**", "tornado.web**", "bottle**" })

return {
  check = function(file, matches, report, repo)
    if not repo:imports(SERVING) or service.is_for_development(file.path) then
      return
    end
    if not file.root then
      if file.documents and not file.is_partial then
        check_document(repo, file, report)
      end
      return
    end
    if file.class ~= "source" or file.root:reach() == "script" or file.root:reach() == "test" then
      return
    end
    local is_known, way = false, nil
    for _, match in matches do
      local node = match.node
      local reach = node and node:reach()
      if not node or reach == "script" or reach == "test" or reach == "worker" then
        continue
      end
      if not is_known then
        way, is_known = start_python.way_to(repo, file), true
      end
      if not way then
        return
      end
      if match.matcher == "added" then
        check_added(repo, file, node, report)
      elseif match.matcher == "sink" then
        check_sink(repo, file, node, report)
      else
        check_class(repo, file, node, report)
      end
    end
  end,
}

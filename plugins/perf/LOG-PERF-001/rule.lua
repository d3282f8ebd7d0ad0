-- Levels of loggers that are DEBUG unless somebody says otherwise: in calls, in settings with their defaults, in images.

local branch = require("branch")
local deployed_level = require("deployed_level")
local flow = require("flow")
local for_work = require("for_work")
local level_elsewhere = require("level_elsewhere")
local log_level = require("log_level")
local lower = require("words").lower
local started_level = require("started_level")
local words = require("words")

-- Words of tests that ask somebody: options of a command, the environment, the level itself.
local ASKED = { "verbose", "args", "argv", "options", "trace", "env", "stage", "level", "__name__" }

-- Whether a test is a switch of the environment that is off unless somebody turns it on: `TRACE_SQL = env.bool("TRACE_SQL", default=False)`.
local function is_switch(test)
  local value = test and (test.kind == "name" or test.kind == "attr") and (test:value() or test:definition())
  return value and value.kind == "call" and value.source:lower():find("env", 1, true) ~= nil and not value.source:find("True", 1, true) and not value.source:find("[\"']1[\"']") or false
end

-- Whether the place runs only under a condition that somebody decides: in a branch for development or of an option, for the program itself.
local function is_conditional(node)
  for _, one in branch.around(node) do
    -- `if not logger.handlers:` guards against doing it twice and decides nothing else.
    if one.said ~= "production" and (one.said == "development" or one.at.kind == "conditional" or is_switch(one.test) or words.any_in(one.test.source or "", ASKED)) then
      return true
    end
  end
  return node:enclosing({ "case", "switch" }) ~= nil
end

-- Whether all that is seen to call the function around a place does so under such a condition: `if debug: trace_all()`.
local function is_asked_for(node)
  local fn = node:func()
  local callers = fn and fn:callers() or {}
  for _, caller in callers do
    if not is_conditional(caller) then
      return false
    end
  end
  return #callers > 0
end

-- Whether a class around holds the settings of tests or of whoever works on the service: `class TestEnvironmentConfig(Settings)`.
local function is_in_settings_of_others(node)
  local class = node:enclosing("class")
  while class do
    if for_work.named(class.name) then
      return true
    end
    for _, word in words.of(class.name) do
      if word == "test" or word == "testing" or word == "tests" then
        return true
      end
    end
    class = class:enclosing("class")
  end
  return false
end

local function is_out_of_scope(file, node)
  local reach = node:reach()
  if reach == "test" or reach == "script" or file.class ~= "source" or file.side == "browser" then
    return true
  end
  return for_work.named(file.path) or is_in_settings_of_others(node)
end

local function value_of(call, keys)
  for _, key in words.list(keys) do
    local number = tonumber(key)
    local value, state = call:arg(number or key)
    if state == "given" then
      return value
    end
  end
  return nil
end

local function check_level(file, call, report, sets)
  local value = value_of(call, sets)
  if not value or is_conditional(call) or is_asked_for(call) then
    return
  end
  local receiver = call:receiver()
  local what = call.name == "basicConfig" and "the root logger" or (receiver and `\`{receiver.source:sub(1, 40)}\`` or "the logger")
  local default, asked = log_level.default_of(value)
  if default then
    -- A default that is a text is found as such.
    if default.kind ~= "str" and log_level.is_debug(default) then
      report({
        at = call,
        message = `{what} is set to {default.source} unless {asked and asked.source:sub(1, 40) or "something"} says otherwise`,
        confidence = "high",
        notes = { level = default.source },
        fix = log_level.replaced(default, log_level.info_for(default)),
      })
    end
    return
  end
  local level = value
  if value.kind == "name" then
    -- A constant of this file that is the level itself.
    level = value:value() or value
  end
  if not log_level.is_debug(level) or is_conditional(level) then
    return
  end
  local is_plain = call.name == "basicConfig" or call.name == "setLevel"
  report({
    at = call,
    message = `{what} is set to {level.source} wherever this runs`,
    confidence = "high",
    notes = { level = level.source },
    fix = is_plain and log_level.from_environment(file, value) or log_level.replaced(level, log_level.info_for(level)),
  })
end

-- Words of files that a framework or server reads by itself.
local SETTINGS = words.set("settings", "setting", "config", "configs", "conf", "configuration", "gunicorn", "env", "defaults", "constants")

-- Whether a constant of a module stands there for nobody: no other line of the repository speaks of it, and no framework takes its settings from that file.
local function is_unread(file, assign, name, repo)
  if file.language ~= "python" or assign:enclosing({ "class", "function" }) then
    return false
  end
  for _, word in words.of(file.path) do
    if SETTINGS[word] then
      return false
    end
  end
  if #file.root:descendants("name", name) > 1 then
    return false
  end
  for _, path in repo:holding("**/*.py", { name }) do
    if path ~= file.path then
      return false
    end
  end
  return true
end

local function check_word(file, node, report, repo)
  local key = log_level.default_key(node)
  if not key or is_conditional(node) then
    return
  end
  local parent = node:parent()
  local is_constant = parent.kind == "assign"
  if is_constant and is_unread(file, parent, key, repo) then
    return
  end
  report({
    at = node,
    message = is_constant and `\`{key}\` is {node.source} unless something sets it otherwise` or `without a value for {key} the level is {node.source}`,
    confidence = is_constant and "medium" or "high",
    notes = { key = key },
    fix = log_level.replaced(node, log_level.info_for(node)),
  })
end

-- A constant of Python's library behind what is asked for: `os.getenv("LOG_LEVEL", logging.DEBUG)`. What a call sets as a level at once is judged there.
local function check_constant(file, node, report, repo)
  local parent = node:parent()
  local is_default = parent and (parent.kind == "call" or parent.kind == "kw-arg" or parent.kind == "logic")
  for _, around in is_default and node:argument_of() or {} do
    if around:fact("sets_level") or around.name == "setLevel" then
      return
    end
  end
  if is_default then
    check_word(file, node, report, repo)
  end
end

-- Levels in the dictionary that logging is configured with: those of loggers and of the root, not those of handlers.
local function check_dictionary(file, node, report)
  local pair = node:parent()
  if not pair or pair.kind ~= "pair" or pair.text ~= "level" then
    return false
  end
  local owners = {}
  local at = pair:parent()
  while at do
    if at.kind == "pair" then
      table.insert(owners, at.text)
    elseif at.kind == "kw-arg" or at.kind == "function" then
      break
    end
    at = at:parent()
  end
  if file.language ~= "python" then
    return false
  end
  if (owners[1] == "root" or owners[2] == "loggers") and not is_conditional(node) then
    report({
      at = node,
      message = owners[1] == "root" and "the root logger is configured at DEBUG" or `the logger \`{owners[1] ~= "" and owners[1] or "root"}\` is configured at DEBUG`,
      confidence = "medium",
      fix = log_level.replaced(node, log_level.info_for(node)),
    })
  end
  return true
end

-- Whether options that a name holds get another level before they are used: `options.Level = level`.
local function is_set_later(call, keys)
  local target = flow.target(call)
  local func = call:func()
  for _, assign in target and target.kind == "name" and func and func.node:descendants("assign") or {} do
    local into = assign:child("target")
    local of = into and into.kind == "attr" and into:child("value")
    if of and of.kind == "name" and of.text == target.text and assign.line > call.line then
      for _, key in words.list(keys) do
        if into.text == key then
          return true
        end
      end
    end
  end
  return false
end

local function check_logger(file, call, report, keys, repo)
  local options = call
  if keys == "logger" then
    -- Fastify's `logger: { level: "debug" }`.
    local inner, state = call:arg("logger")
    if state ~= "given" or inner.kind ~= "dict" then
      return
    end
    local level, found = inner:entry("level")
    if found == "given" and log_level.is_debug(level) and not is_conditional(level) then
      report({ at = level, message = `the logger of the server is set to {level.source} wherever this runs`, confidence = "high", fix = log_level.from_environment(file, level) })
    end
    return
  end
  local level = value_of(options, keys)
  if level and log_level.is_debug(level) and not is_conditional(level) and not is_conditional(call) and not is_set_later(call, keys) and not level_elsewhere.is_set(repo, file, call) then
    report({
      at = level,
      message = `the logger of {call:target()[1] or call.name} is set to {level.source} wherever this runs`,
      confidence = "high",
      fix = level.kind == "str" and log_level.from_environment(file, level) or log_level.replaced(level, log_level.info_for(level)),
    })
  end
end

-- What is called a level and belongs to one record or to what receives some of them.
local PART = words.set("entry", "record", "event", "line", "msg", "message", "hook", "core", "handler", "sentry")

-- Whether the level of the same logger is decided once more behind a place, whatever happens: then what stood there first decides nothing.
local function is_decided_later(assign, into, owner)
  local next = assign:next_statement()
  while next do
    local target = next.kind == "assign" and next:child("target")
    if target and target.source == into.source or next.kind == "expr-stmt" and next.source:find("^" .. owner.source:gsub("%W", "%%%0") .. "%.[sS]etLevel%(") then
      return true
    end
    next = next:next_statement()
  end
  return false
end

-- A level that is assigned to a logger, `logger.level = "debug"`: the name of the logger says that it is one, in Go the library of the level does.
local function check_field(file, assign, report)
  local value, into = assign:child("value"), assign:child("target")
  local owner = into and into.kind == "attr" and into:child("value")
  if not owner or not value or not log_level.is_debug(value) then
    return
  end
  local is_logger = words.any_in(owner.source, { "log", "winston" })
  if file.language == "go" then
    is_logger = value.kind == "attr" and value:sort() == "library"
  end
  if not is_logger then
    return
  end
  for _, word in words.of(owner.name) do
    if PART[word] then
      return
    end
  end
  if is_conditional(assign) or is_decided_later(assign, into, owner) then
    return
  end
  report({
    at = assign,
    message = `\`{owner.source:sub(1, 40)}\` is set to {value.source} wherever this runs`,
    confidence = "high",
    notes = { level = value.source },
    fix = value.kind == "str" and log_level.from_environment(file, value) or log_level.replaced(value, log_level.info_for(value)),
  })
end

-- Every statement of SQL, with its arguments, is a line.
local function check_sql(call, report)
  local value, state = call:arg(call:fact("shows_sql"))
  local literal, known = nil, false
  if state == "given" then
    literal, known = value:literal()
  end
  if not known or literal ~= true and literal ~= "all" and literal ~= "debug" or value.kind ~= "bool" and value.kind ~= "str" or is_conditional(call) then
    return
  end
  report({
    at = value,
    message = `{call:target()[1] or call.name} logs every statement of SQL wherever this runs`,
    confidence = "high",
    fix = value.kind == "bool" and { title = "do not log statements", safety = "unsafe", edits = { { at = value, text = call.file.language == "python" and "False" or "false" } } } or nil,
  })
end

-- A default in the tag of a field of Go's settings.
local function check_tag(file, node, report)
  local tag = node.source
  if not (log_level.is_level_name(tag:match('env:"([%w_]+)') or "") or log_level.is_level_name(tag:match('envconfig:"([%w_]+)') or "") or log_level.is_level_name(tag:match('%a+:"([%w_%.%-]+)') or "")) then
    return
  end
  report({ at = node, message = "without a value for this setting the level is debug", confidence = "high" })
end

-- AppSync writes what each resolver was asked and answered, beside the request itself.
local function check_fields(file, span, report)
  if for_work.named(file.path) or file:line_span(span.line).source:find("^%s*[#/]") then
    return
  end
  report({
    at = span,
    message = "AppSync logs request, answer and mapping of every field of every query wherever this is deployed; ERROR logs those that failed",
    confidence = "medium",
  })
end

return {
  check = function(file, matches, report, repo)
    if file.docker then
      started_level.check_image(file, report)
      return
    end
    local seen = {}
    for _, match in matches do
      local node = match.node
      if match.matcher == "start" then
        if not for_work.named(file.path) then
          started_level.check_start(file, match.span, report)
        end
        continue
      elseif match.matcher == "environment" then
        deployed_level.check(file, match.span, report)
        continue
      elseif match.matcher == "fields" then
        check_fields(file, match.span, report)
        continue
      end
      local key = node.id
      if is_out_of_scope(file, node) then
        continue
      end
      if match.matcher == "level" then
        seen[key] = true
        check_level(file, node, report, node:fact("sets_level"))
      elseif match.matcher == "set" and not seen[key] then
        -- A logger that somebody hands in or that cannot be followed: by its name.
        local receiver = node:receiver()
        local text = receiver and lower(receiver.source) or ""
        local sort = receiver and receiver:sort() or "unknown"
        if not node:fact("sets_level") and (sort == "unknown" or sort == "param") and text:match("log") and not text:find("handler", 1, true) and not text:find("stream", 1, true) then
          check_level(file, node, report, "1")
        end
      elseif match.matcher == "sql" then
        check_sql(node, report)
      elseif match.matcher == "logger" then
        check_logger(file, node, report, node:fact("logger"), repo)
      elseif match.matcher == "option" then
        check_logger(file, node, report, node:fact("logger_option"), repo)
      elseif match.matcher == "preset" then
        if not is_conditional(node) then
          report({ at = node, message = `{node:target()[1]} configures a logger for development, at DEBUG, wherever this runs`, confidence = "medium" })
        end
      elseif match.matcher == "field" then
        check_field(file, node, report)
      elseif match.matcher == "tag" then
        check_tag(file, node, report)
      elseif match.matcher == "constant" then
        check_constant(file, node, report, repo)
      elseif match.matcher == "word" then
        if not check_dictionary(file, node, report) then
          check_word(file, node, report, repo)
        end
      end
    end
  end,
}

-- Levels of loggers that are DEBUG unless somebody says otherwise: in calls, in settings with their defaults, in images.

local branch = require("branch")
local flow = require("flow")
local image_purpose = require("image_purpose")
local imports = require("imports")
local lower = require("words").lower
local words = require("words")

-- Whether a value is the debug level: `logging.DEBUG`, "debug", 10, `logrus.DebugLevel`.
local function is_debug(node)
  local literal, known = node:literal()
  if known then
    if type(literal) == "string" then
      local word = literal:lower()
      return word == "debug" or word == "trace" or word == "silly" or word == "notset"
    end
    return literal == 10 and node.file.language == "python"
  end
  if node.kind == "attr" or node.kind == "name" then
    local name = node.name
    return name == "DEBUG" or name == "DebugLevel" or name == "LevelDebug" or name == "TraceLevel"
  end
  return false
end

-- Words of tests that ask somebody: options of a command, the environment, the level itself.
local ASKED = { "verbose", "args", "argv", "options", "trace", "env", "stage", "level", "__name__" }

-- Whether the place runs only under a condition that somebody decides: in a branch for development or of an option, for the program itself.
local function is_conditional(node)
  for _, one in branch.around(node) do
    -- `if not logger.handlers:` guards against doing it twice and decides nothing else.
    if one.said ~= "production" and (one.said == "development" or one.at.kind == "conditional" or words.any_in(one.test.source or "", ASKED)) then
      return true
    end
  end
  return node:enclosing({ "case", "switch" }) ~= nil
end

-- Words of paths whose files are for whoever works on the service.
local AT_WORK = words.set("local", "dev", "devel", "develop", "development", "debug", "debugging")

local function is_for_work(path)
  for _, word in words.of(path) do
    if AT_WORK[word] then
      return true
    end
  end
  return false
end

local function is_out_of_scope(file, node)
  local reach = node:reach()
  if reach == "test" or reach == "script" or file.class ~= "source" or file.side == "browser" then
    return true
  end
  return is_for_work(file.path)
end

local function is_level_name(text)
  text = lower(text):gsub("[_%-%.%s]", "")
  return text:match("loglevel$") ~= nil or text:match("logginglevel$") ~= nil or text:match("levellog$") ~= nil or text == "loglvl"
end

-- The edit that lowers the level.
local function replace(at, text, title)
  return { title = title or "log at INFO", safety = "unsafe", edits = { { at = at, text = text } } }
end

local function info_for(node)
  local source = node.source
  if source:find("DEBUG", 1, true) then
    return (source:gsub("DEBUG", "INFO"))
  end
  if source:find("DebugLevel", 1, true) then
    return (source:gsub("DebugLevel", "InfoLevel"))
  end
  if source:find("LevelDebug", 1, true) then
    return (source:gsub("LevelDebug", "LevelInfo"))
  end
  if source == "10" then
    return "20"
  end
  if source:find("Debug", 1, true) then
    return (source:gsub("Debug", "Info"))
  end
  return (source:gsub("debug", "info"):gsub("trace", "info"):gsub("silly", "info"))
end

-- The edit that lets the environment decide, where the language does that in one expression.
local function from_environment(file, value)
  if file.language == "python" then
    local edits = imports.edits(file, "os")
    if edits then
      table.insert(edits, { at = value, text = 'os.environ.get("LOG_LEVEL", "INFO")' })
      return { title = "take the level from the environment", safety = "unsafe", edits = edits }
    end
  elseif file.language == "javascript" or file.language == "typescript" then
    local quote = value.source:sub(1, 1) == "'" and "'" or '"'
    return replace(value, `process.env.LOG_LEVEL ?? {quote}info{quote}`, "take the level from the environment")
  end
  return replace(value, info_for(value))
end

-- The default of a level that is asked for elsewhere: `os.environ.get("LEVEL", logging.DEBUG)`, `LEVEL or logging.DEBUG`.
local function default_of(value)
  if value.kind == "logic" then
    local parts = value:children()
    return parts[#parts], parts[1]
  elseif value.kind == "call" then
    local name = value.name
    if name == "get" or name == "getenv" or name == "getattr" or name == "env" or name == "config" then
      return value:arg("default") or value:arg("fallback") or value:arg(name == "getattr" and 3 or 2), value:arg(name == "getattr" and 2 or 1)
    end
  end
  return nil
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
  if not value or is_conditional(call) then
    return
  end
  local receiver = call:receiver()
  local what = call.name == "basicConfig" and "the root logger" or (receiver and `\`{receiver.source:sub(1, 40)}\`` or "the logger")
  local default, asked = default_of(value)
  if default then
    -- A default that is a text is found as such.
    if default.kind ~= "str" and is_debug(default) then
      report({
        at = call,
        message = `{what} is set to {default.source} unless {asked and asked.source:sub(1, 40) or "something"} says otherwise`,
        confidence = "high",
        notes = { level = default.source },
        fix = replace(default, info_for(default)),
      })
    end
    return
  end
  local level = value
  if value.kind == "name" then
    -- A constant of this file that is the level itself.
    level = value:value() or value
  end
  if not is_debug(level) or is_conditional(level) then
    return
  end
  local is_plain = call.name == "basicConfig" or call.name == "setLevel"
  report({
    at = call,
    message = `{what} is set to {level.source} wherever this runs`,
    confidence = "high",
    notes = { level = level.source },
    fix = is_plain and from_environment(file, value) or replace(level, info_for(level)),
  })
end

-- The environment or settings key that a default stands behind; nil when it is no default of a level.
local function default_key(node)
  local parent = node:parent()
  if not parent then
    return nil
  end
  -- `os.environ.get("LOG_LEVEL") or "debug"`, `process.env.LOG_LEVEL || "debug"`
  if parent.kind == "logic" then
    local list = parent:children()
    local last = list[#list]
    if last and last:same(node) then
      for _, other in list do
        if not other:same(node) then
          local text = other.source
          for word in text:gmatch("[%a_][%w_%.%-]*") do
            if is_level_name(word) then
              return word
            end
          end
        end
      end
    end
    return nil
  end
  -- `os.getenv("LOG_LEVEL", "debug")`, `config.get(..., "LOG_LEVEL", fallback="debug")`
  local call = parent
  local name = nil
  if parent.kind == "kw-arg" then
    name = parent.name ~= "" and parent.name or parent.text
    call = parent:parent()
  end
  if call and call.kind == "call" then
    if name and not (name == "default" or name == "fallback" or name == "defaultValue" or name == "default_value") then
      return nil
    end
    for _, arg in call:args() do
      local literal, known = arg:literal()
      if known and type(literal) == "string" and is_level_name(literal) and not arg:same(node) then
        return literal
      end
    end
    -- `log_level: str = Field("debug")`
    local assign = call:parent()
    if assign and assign.kind == "assign" then
      local target = assign:child("target")
      local callee = lower(call.name)
      if target and is_level_name(target.text) and (callee == "field" or callee == "env" or callee == "getenv" or callee == "str" or callee == "config") then
        return target.text
      end
    end
  end
  -- `log_level: str = "debug"` of a class of settings, or of a module
  if parent.kind == "assign" then
    local target = parent:child("target")
    if target and target.text and is_level_name(target.text) then
      return target.text
    end
  end
  return nil
end

local function check_word(file, node, report)
  local key = default_key(node)
  if not key or is_conditional(node) then
    return
  end
  local parent = node:parent()
  local is_constant = parent.kind == "assign"
  report({
    at = node,
    message = is_constant and `\`{key}\` is {node.source} unless something sets it otherwise` or `without a value for {key} the level is {node.source}`,
    confidence = is_constant and "medium" or "high",
    notes = { key = key },
    fix = replace(node, info_for(node)),
  })
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
      fix = replace(node, info_for(node)),
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

local function check_logger(file, call, report, keys)
  local options = call
  if keys == "logger" then
    -- Fastify's `logger: { level: "debug" }`.
    local inner, state = call:arg("logger")
    if state ~= "given" or inner.kind ~= "dict" then
      return
    end
    local level, found = inner:entry("level")
    if found == "given" and is_debug(level) and not is_conditional(level) then
      report({ at = level, message = `the logger of the server is set to {level.source} wherever this runs`, confidence = "high", fix = from_environment(file, level) })
    end
    return
  end
  local level = value_of(options, keys)
  if level and is_debug(level) and not is_conditional(level) and not is_conditional(call) and not is_set_later(call, keys) then
    report({
      at = level,
      message = `the logger of {call:target()[1] or call.name} is set to {level.source} wherever this runs`,
      confidence = "high",
      fix = level.kind == "str" and from_environment(file, level) or replace(level, info_for(level)),
    })
  end
end

-- Variables of an image, and options of what it starts.
local function check_image(file, report)
  local stage = image_purpose.deployed(file)
  if not stage or image_purpose.is_for_development(stage) then
    return
  end
  for _, layer in image_purpose.layers(stage) do
    for _, instruction in layer.instructions do
      if instruction.keyword == "ENV" then
        for at, word in instruction.args do
          local name, value = word:match("^([%w_]+)=(.*)$")
          if not name and at == 1 then
            name, value = word, instruction.args[2]
          end
          if name and is_level_name(name) and (lower(value) == "debug" or lower(value) == "trace") then
            report({ at = instruction, message = `the image sets {name} to {value}, so every container logs at that level`, confidence = "high" })
          end
        end
      elseif instruction.keyword == "CMD" or instruction.keyword == "ENTRYPOINT" then
        local parts = {}
        for _, command in instruction.commands do
          for _, word in command.args do
            table.insert(parts, word)
          end
        end
        for at, word in parts do
          local name, value = word:match("^%-%-([%w-]+)=(.*)$")
          if not name and word:match("^%-%-") then
            name, value = word:sub(3), parts[at + 1]
          end
          if name and is_level_name(name) and (lower(value) == "debug" or lower(value) == "trace") then
            report({ at = instruction, message = `the image starts its server with \`--{name} {value}\``, confidence = "high" })
          end
        end
      end
    end
  end
end

return {
  check = function(file, matches, report)
    if file.docker then
      check_image(file, report)
      return
    end
    local seen = {}
    for _, match in matches do
      local node = match.node
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
      elseif match.matcher == "logger" then
        check_logger(file, node, report, node:fact("logger"))
      elseif match.matcher == "option" then
        check_logger(file, node, report, node:fact("logger_option"))
      elseif match.matcher == "preset" then
        if not is_conditional(node) then
          report({ at = node, message = `{node:target()[1]} configures a logger for development, at DEBUG, wherever this runs`, confidence = "medium" })
        end
      elseif match.matcher == "word" then
        if not check_dictionary(file, node, report) then
          check_word(file, node, report)
        end
      end
    end
  end,
}

-- Levels of loggers: what DEBUG is written as, what a level is called, which default stands behind it, and the changes that lower it.

local imports = require("imports")
local lower = require("words").lower

local M = {}

-- hclog's levels are called `hclog.Debug` and `hclog.Trace`, words that mean nothing elsewhere.
function M.is_hclog(node)
  return node:comes_from("github.com/hashicorp/go-hclog.{Debug,Trace}")
end

-- Whether a value is the debug level: `logging.DEBUG`, "debug", 10, `logrus.DebugLevel`.
function M.is_debug(node)
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
    return name == "DEBUG" or name == "DebugLevel" or name == "LevelDebug" or name == "TraceLevel" or name == "LevelTrace" or (node.kind == "attr" and M.is_hclog(node))
  end
  return false
end

-- Whether a text names a level: `LOG_LEVEL`, `logging.level`.
function M.is_level_name(text)
  text = lower(text):gsub("[_%-%.%s]", "")
  return text:match("loglevel$") ~= nil or text:match("logginglevel$") ~= nil or text:match("loggerlevel$") ~= nil or text:match("levellog$") ~= nil or text == "loglvl"
end

-- The edit that lowers the level.
function M.replaced(at, text, title)
  return { title = title or "log at INFO", safety = "unsafe", edits = { { at = at, text = text } } }
end

-- How INFO is written where a level is.
function M.info_for(node)
  local source = node.source
  if source:find("DEBUG", 1, true) then
    return (source:gsub("DEBUG", "INFO"))
  end
  if source:find("DebugLevel", 1, true) then
    return (source:gsub("DebugLevel", "InfoLevel"))
  end
  if source:find("TraceLevel", 1, true) then
    return (source:gsub("TraceLevel", "InfoLevel"))
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
function M.from_environment(file, value)
  if file.language == "python" then
    local edits = imports.edits(file, "os")
    if edits then
      table.insert(edits, { at = value, text = 'os.environ.get("LOG_LEVEL", "INFO")' })
      return { title = "take the level from the environment", safety = "unsafe", edits = edits }
    end
  elseif file.language == "javascript" or file.language == "typescript" then
    local quote = value.source:sub(1, 1) == "'" and "'" or '"'
    return M.replaced(value, `process.env.LOG_LEVEL ?? {quote}info{quote}`, "take the level from the environment")
  end
  return M.replaced(value, M.info_for(value))
end

-- The default of a level that is asked for elsewhere: `os.environ.get("LEVEL", logging.DEBUG)`, `LEVEL or logging.DEBUG`.
function M.default_of(value)
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

-- The environment or settings key that a default stands behind; nil when it is no default of a level.
function M.default_key(node)
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
            if M.is_level_name(word) then
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
      if known and type(literal) == "string" and M.is_level_name(literal) and not arg:same(node) then
        return literal
      end
    end
    -- `log_level: str = Field("debug")`
    local assign = call:parent()
    if assign and assign.kind == "assign" then
      local target = assign:child("target")
      local callee = lower(call.name)
      if target and M.is_level_name(target.text) and (callee == "field" or callee == "env" or callee == "getenv" or callee == "str" or callee == "config") then
        return target.text
      end
    end
  end
  -- `log_level: str = "debug"` of a class of settings, or of a module
  if parent.kind == "assign" then
    local target = parent:child("target")
    if target and target.text and M.is_level_name(target.text) then
      return target.text
    end
  end
  return nil
end

return M

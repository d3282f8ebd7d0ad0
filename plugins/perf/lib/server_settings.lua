-- What a settings file says of a server's processes: `gunicorn.conf.py` and its like, ini files of uWSGI, `config/puma.rb`.

local paths = require("paths")
local server_command = require("server_command")
local setting = require("setting")

local M = {}

-- The file that gunicorn reads unasked.
local GUNICORN = "gunicorn.conf.py"

-- The source of an expression with that of the names in it, two steps deep.
local function spelled_out(node, depth)
  local text = node.source
  if depth == 0 then
    return text
  end
  local names = node:descendants({ "name" })
  table.insert(names, node)
  for _, name in names do
    local value = name.kind == "name" and name:value()
    if value then
      text ..= " " .. spelled_out(value, depth - 1)
    end
  end
  return text
end

-- The setting that an expression of Python is.
local function python_setting(node)
  local value, known = node:literal()
  if known and type(value) == "number" then
    return setting.given(value, node, node)
  end
  local text = spelled_out(node, 2)
  if server_command.asks_machine(text) then
    -- A variable that somebody may set goes first.
    local is_open = text:find("environ", 1, true) or text:find("getenv", 1, true)
    return { state = "machine", at = node, by_default = is_open ~= nil, is_bound = text:find("min(", 1, true) ~= nil }
  end
  return { state = "hidden", at = node }
end

local function read_python(file, server)
  for _, assign in file.root:children("body") do
    local target, value = assign:child("target"), assign:child("value")
    if assign.kind == "assign" and target and value and target.kind == "name" then
      local name = target.text
      if name == "workers" or name == "threads" then
        server[name] = if server[name].state == "absent" then python_setting(value) else server[name]
      elseif name == "worker_class" then
        local class, known = value:literal()
        server.class = server.class or if known and type(class) == "string" then class else "?"
      elseif name == "preload_app" then
        server.is_preloaded = true
      end
    elseif assign.kind ~= "import" and assign.kind ~= "function" and assign.kind ~= "expr-stmt" then
      server.is_open = true
    end
  end
  -- What is brought in, or set by calls, may set more.
  if file.text:find("globals()", 1, true) or file.text:find("import *", 1, true) then
    server.is_open = true
  end
end

local INI = { processes = "workers", workers = "workers", p = "workers", threads = "threads", cheaper = "cheaper", gevent = "gevent", async = "gevent" }

local function read_ini(file, server)
  local number = 0
  local is_conditional = false
  for _, line in string.split(file.text, "\n") do
    number += 1
    local key, value = line:match("^%s*([%w-]+)%s*=%s*(.-)%s*$")
    if key and key:find("^if%-") then
      is_conditional = true
    elseif key == "endif" or key == "end-if" then
      is_conditional = false
    elseif key and INI[key] then
      local kind = INI[key]
      local at = file:line_span(number)
      if kind == "gevent" or kind == "cheaper" then
        server.is_light = server.is_light or kind == "gevent"
      elseif value:find("%k", 1, true) then
        server[kind] = { state = "machine", at = at }
      elseif tonumber(value) then
        server[kind] = { state = "given", value = tonumber(value), at = at, by_default = is_conditional }
      else
        server[kind] = { state = "hidden", at = at }
      end
    end
  end
end

local function read_puma(file, server)
  local number = 0
  for _, line in string.split(file.text, "\n") do
    number += 1
    local kind, text = line:match("^%s*(workers)[%s(]+(.-)%s*$")
    if not kind then
      kind, text = line:match("^%s*(threads)[%s(]+(.-)%s*$")
    end
    if kind and text then
      local at = file:line_span(number)
      local fixed = text:match("^%(?(%d+)")
      if fixed then
        server[kind] = { state = "given", value = tonumber(fixed), at = at }
      elseif text:find("nprocessors", 1, true) or text:find("processor_count", 1, true) then
        server[kind] = { state = "machine", at = at, by_default = text:find("ENV", 1, true) ~= nil }
      else
        server[kind] = { state = "hidden", at = at }
      end
    end
  end
end

-- The file with the server's settings, as far as the repository has it: the one that is named, or the one that the server reads unasked, beside `home` (a directory) first.
local function file_of(repo, server, home)
  local name = server.config and paths.basename(server.config:gsub("^python:", ""):gsub("^[\"']", ""):gsub("[\"']$", ""))
  if server.config and server.config:find("^python:") then
    name = (server.config:match("([%w_]+)$") or "?") .. ".py"
  end
  name = name or (server.program == "gunicorn" and GUNICORN) or (server.program == "puma" and "puma.rb") or nil
  if not name or name:find("$", 1, true) then
    return nil, name ~= nil
  end
  local found = repo:paths("**/" .. name)
  if #found == 0 and repo:at(name) == "file" then
    found = { name }
  end
  for _, path in found do
    if home ~= "" and paths.is_within(path, home) then
      return repo:open(path), false
    end
  end
  if #found == 1 then
    return repo:open(found[1]), false
  end
  return nil, server.config ~= nil or #found > 1
end

-- Adds to `server` what its settings file says; what the command says wins. `is_open` where there is a file that cannot be read.
function M.fill(repo, server, home)
  local file, is_missing = file_of(repo, server, home)
  server.is_open = server.is_open or is_missing
  if not file then
    return
  end
  server.settings = file
  if server.program == "gunicorn" then
    if file.root and file.language == "python" then
      read_python(file, server)
    else
      server.is_open = true
    end
  elseif server.program == "uwsgi" then
    read_ini(file, server)
  elseif server.program == "puma" then
    read_puma(file, server)
  end
end

return M

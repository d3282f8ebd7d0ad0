-- Connections that Python opens while a module is loaded, on the way from something that serves.

local branch = require("branch")
local imports = require("imports")
local layout = require("layout")
local naming = require("naming")

local M = {}

-- Modules of Python that serve requests.
local SERVING = table.freeze({
  "fastapi**", "flask**", "starlette**", "django.core.wsgi**", "django.core.asgi**", "aiohttp.web**", "aiohttp.web", "sanic**", "litestar**", "falcon**", "tornado.web**", "bottle**",
  "quart**", "mangum**", "chalice**", "functions_framework**", "firebase_functions**", "azure.functions**", "aws_lambda_powertools**", "grpc**", "http.server**", "connexion**",
})

local function has_handler(file)
  for _, node in file.root:descendants("function") do
    local fn = node:func()
    if fn and fn.reach == "request" then
      return true
    end
  end
  return false
end

local function serves(file)
  return file ~= nil and file.root ~= nil and (file:imports(SERVING) or has_handler(file))
end

-- Whether a Lambda calls a function of the file with each event: there, connecting first is what the platform advises.
local function is_lambda(file)
  for _, node in file.root:descendants("function") do
    local fn = node:func()
    if fn and #fn.params >= 2 and fn.params[1].text == "event" and fn.params[2].text == "context" then
      return true
    end
  end
  return false
end

local function stem_of(path)
  return path:match("([^/]+)/__init__%.py$") or path:match("([^/]+)%.py$")
end

-- How a file of Python comes to be loaded by something that serves: the way from the entry point; an empty one where a function
-- imports it; nil when only people run it.
local function way_to(repo, file)
  for _, way in repo:loaded_by(file.path) do
    local start = repo:open(way[1].path)
    if serves(start) then
      return way, start
    end
  end
  local stem = stem_of(file.path)
  for _, path in stem and repo:importers({ "*." .. stem, stem }) or {} do
    local importer = path ~= file.path and repo:open(path)
    if importer and importer.class == "source" and importer.root:reach() ~= "script" then
      return {}, nil
    end
  end
  return nil, nil
end

-- The way from what serves to a file that it loads, second what serves; an empty way where that is not followed to its beginning, nil where only
-- people run it. Django's settings are named in an environment, and imported by no line.
function M.way_to(repo, file)
  local way, start = way_to(repo, file)
  if not way and file.text:find("INSTALLED_APPS", 1, true) or not way and file.path:find("settings", 1, true) and #repo:paths("**/manage.py") > 0 then
    return {}, nil
  end
  -- Flask's settings are named in a text: `app.config.from_object("config.ProductionConfig")`.
  if not way and (file.path:find("config", 1, true) or file.path:find("settings", 1, true)) and #repo:holding("**/*.py", { "from_object(", "from_pyfile(" }) > 0 then
    return {}, nil
  end
  return way, start
end

-- Whether a file is one of a Lambda's.
M.is_lambda = is_lambda

-- The call that opens the connection behind a call of the project's own.
local function connecting(call)
  if call:fact("connects") == "yes" then
    return call, {}
  end
  local hops = call:chain("db-connect")
  local last = hops[#hops]
  if last and last.node and last.node:fact("connects") == "yes" then
    return last.node, hops
  end
  return nil, {}
end

-- Whether a call runs only under some condition within its function.
local function is_conditional(node)
  return node:enclosing({ "if", "switch", "conditional" }) ~= nil
end

-- Addresses that answer from the same machine.
local function is_local(file)
  return file.text:find("metadata.google.internal", 1, true) ~= nil or file.text:find("169.254.169.254", 1, true) ~= nil
end

-- How many lines end in a text.
local function lines_in(text)
  local _, count = text:gsub("\n", "")
  return count
end

-- The change: a function that connects when it is first asked, in place of the name that holds the connection. Only where the name
-- is read in functions of this file alone; statements on the connection directly behind move along.
local function fix_of(repo, file, call)
  local assign = call:parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  local value = target and assign:child("value")
  local block = target and assign:parent()
  if not target or target.kind ~= "name" or not value or not value:same(call) or not block or block.kind ~= "module" or assign:child("type") then
    return nil
  end
  local name = target.text
  local stem = stem_of(file.path)
  if stem and #repo:importers({ `*.{stem}.{name}`, `{stem}.{name}` }) > 0 then
    return nil
  end
  local last = assign
  local next = assign:next_statement()
  while next and next.kind == "expr-stmt" and next.source:sub(1, #name + 1) == name .. "." and not layout.is_fixed(next) do
    last = next
    next = next:next_statement()
  end
  local edits, reads = {}, 0
  local first_byte = (assign:bytes())
  local _, last_byte = last:bytes()
  local line = file:line_span(last.last_line)
  local is_alone = last:same(assign)
  if not is_alone then
    -- What is said behind the last of them goes with it.
    last_byte = line.last
  end
  for _, read in file.root:descendants("name") do
    local at = (read:bytes())
    if read.text == name and (at < first_byte or at > last_byte) then
      if not read:func() or read:role() == "target" or read:role() == "param" then
        return nil
      end
      reads += 1
      table.insert(edits, { at = read, text = `get_{name}()` })
    end
  end
  local known = reads > 0 and imports.edits(file, "functools")
  if not known then
    return nil
  end
  for _, edit in known do
    table.insert(edits, edit)
  end
  local step = layout.step(file)
  local made = `@functools.cache\ndef get_{name}():\n`
  if is_alone then
    made ..= step .. "return " .. call.source:gsub("\n", "\n" .. step)
  else
    made ..= step .. file:span(first_byte, last_byte).source:gsub("\n([^\r\n])", "\n" .. step .. "%1") .. "\n"
    made ..= `{step}return {name}`
  end
  -- Two blank lines around it, but none behind what is said of it.
  local above = file.text:sub(1, first_byte - 1)
  if not above:find("#[^\n]*\n$") and above:find("%S") then
    made = ("\n"):rep(3 - lines_in(above:match("%s*$"))) .. made
  end
  local below = file.text:sub(line.last + 1)
  if below:find("%S") then
    local missing = 3 - lines_in(below:match("^%s*"))
    if missing > 0 then
      table.insert(edits, { after = line, text = ("\n"):rep(missing) })
    end
  end
  table.insert(edits, { at = file:span(first_byte, last_byte), text = made })
  return { title = "connect when the connection is first asked for", safety = "unsafe", edits = edits }
end

-- Reports those of a file.
function M.check(repo, file, matches, report)
  if file.root:reach() == "script" or file.root:reach() == "test" then
    return
  end
  local way, start, is_known
  local reported = {}
  for _, match in matches do
    local call = match.node
    if not call:func() and not branch.runs_as_program(call) and not reported[call.id] then
      if not is_known then
        way, start = way_to(repo, file)
        is_known = true
      end
      local opens, hops = connecting(call)
      if match.matcher == "request" then
        opens, hops = call, {}
      end
      if opens and way then
        reported[call.id] = true
        local confidence = "high"
        local related = {}
        for at, hop in hops do
          if hop.node and not hop.node:same(call) then
            table.insert(related, { at = hop.node, message = at == #hops and "connects here" or `{hop.symbol} calls this` })
            -- Which branch this call takes is not followed.
            if is_conditional(hop.node) then
              confidence = "low"
            end
          end
        end
        for at, hop in way do
          if hop.import and way[at + 1] and at <= 8 then
            table.insert(related, { at = hop.import, message = `{hop.path} loads {way[at + 1].path}` })
          end
        end
        if (start and is_lambda(start)) or (match.matcher == "request" and is_local(file)) then
          confidence = "low"
        elseif confidence == "high" and (#way == 0 or match.matcher == "request" or is_conditional(call)) then
          confidence = "medium"
        end
        local what = naming.path(opens:target()[1] or opens.name)
        local by = start and start.path ~= file.path and `, as every process of {start.path} does` or ""
        local does = match.matcher == "request" and `{what} waits for another service` or `{what} opens a connection`
        if #hops > 0 and not opens:same(call) then
          does = `{call.name} opens a connection ({what})`
        end
        report({
          at = call,
          message = `{does} while {file.path} is imported{by}`,
          confidence = confidence,
          reach = "startup",
          related = related,
          notes = { library = opens:fact("library") or what:match("^[^.]+") },
          fix = opens:same(call) and match.matcher == "connect" and fix_of(repo, file, call) or nil,
        })
      end
    end
  end
end

return M

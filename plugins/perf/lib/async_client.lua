-- The change that asks through an asynchronous client what a function asks synchronously: the function and those that call it wait with
-- `await`. Shown only, because errors, redirects and limits of the two clients differ.

local imports = require("imports")
local thread = require("thread")

local M = {}

-- Keywords that mean the same to both.
local SHARED = { auth = true, cookies = true, data = true, files = true, headers = true, json = true, params = true, timeout = true }
local VERBS = { get = true, post = true, put = true, patch = true, delete = true, head = true, options = true }

local function is_translatable(call)
  if not VERBS[call.name] or not call:is({ "requests.*", "httpx.*" }) then
    return false
  end
  for at, arg in call:args() do
    local around = arg:parent()
    local keyword = arg.kind == "kw-arg" and arg or around and around.kind == "kw-arg" and around
    if arg.kind == "spread" or (keyword and not SHARED[keyword.text]) or (not keyword and at > 1) then
      return false
    end
  end
  return true
end

-- The name of an asynchronous client at the top of the file, if there is one above the function.
local function client_of(file, fn)
  for _, child in file.root:children() do
    local value = child.kind == "assign" and child:child("value")
    local target = child.kind == "assign" and child:child("target")
    if value and target and target.kind == "name" and value.kind == "call" and value:is("httpx.AsyncClient") and child.line < fn.node.line then
      return target.text
    end
  end
  return nil
end

local function awaited(call, text)
  local parent = call:parent()
  return parent and thread.needs_brackets(call, parent) and `(await {text})` or `await {text}`
end

-- The change for a call in a function of a module whose callers are all coroutines; nil elsewhere.
function M.fix(file, call)
  local fn, callee = call:func(), call:child("callee")
  local around = fn and fn.node:parent()
  if not fn or not callee or not around or around.kind ~= "module" or fn.is_async or fn.is_generator or fn.is_lambda or #fn.node:children("decorator") > 0 then
    return nil
  end
  if not is_translatable(call) or call:enclosing({ "comprehension" }) then
    return nil
  end
  local edits = {}
  for _, caller in fn:callers() do
    local outer = caller:func()
    if caller.kind ~= "call" or not outer or not outer.is_async or caller:is_awaited() or caller:enclosing({ "comprehension" }) then
      return nil
    end
    local text = awaited(caller, "")
    table.insert(edits, { before = caller, text = (text:gsub("%)$", "")) })
    if text:sub(-1) == ")" then
      table.insert(edits, { after = caller, text = ")" })
    end
  end
  local name = client_of(file, fn)
  local known = #edits > 0 and imports.edits(file, "httpx")
  if not known then
    return nil
  end
  for _, edit in known do
    table.insert(edits, edit)
  end
  if not name then
    name = "client"
    if file.text:find("%f[%w_]client%f[^%w_]") then
      return nil
    end
    table.insert(edits, { before = file:line_span(fn.node.line), text = "client = httpx.AsyncClient()\n\n\n" })
  end
  table.insert(edits, { before = fn.node, text = "async " })
  table.insert(edits, { at = call, text = awaited(call, `{name}.{call.name}{call.source:sub(#callee.source + 1)}`) })
  return { title = "ask through an asynchronous client that all requests share", safety = "shown-only", edits = edits }
end

return M

-- The change that makes a client once, in front of the function that makes it per request; or that keeps what a factory makes.

local closures = require("closures")
local imports = require("imports")
local layout = require("layout")
local set = require("words").set

local M = {}

-- What is bound to the event loop that runs when it is made.
local IN_LOOP = table.freeze({ "aiohttp.ClientSession", "asyncpg.**" })

-- Names that are other things in each request, wherever they are read.
local PER_REQUEST = table.freeze({
  "bottle.request", "flask.current_app", "flask.g", "flask.request", "flask.session", "quart.current_app", "quart.g", "quart.request",
  "quart.session", "quart.websocket",
})

-- The statement of the file that a node stands in.
local function at_top(node)
  while node do
    local parent = node:parent()
    if not parent or parent.kind == "module" then
      return node
    end
    node = parent
  end
  return nil
end

-- Whether a call means the same in front of the function: it reads nothing that the function or its class binds.
local function is_constant(call, fn)
  local bound = { self = true, cls = true, this = true }
  for _, name in fn.node:descendants("name") do
    local role = name:role()
    if role == "target" or role == "param" or role == "item" then
      bound[name.text] = true
    end
  end
  for _, param in fn.node:descendants("param") do
    for _, name in param:descendants("name") do
      bound[name.text] = true
    end
    bound[param.text] = true
  end
  if #call:descendants({ "await", "yield", "function" }) > 0 or call.source:find("this.", 1, true) then
    return false
  end
  for _, name in call:descendants("name") do
    if name:comes_from(PER_REQUEST) then
      return false
    end
    local value = name:role() ~= "key" and name:value()
    if bound[name.text] or value and value.file.path == call.file.path and value.line >= fn.node.line then
      return false
    end
  end
  return true
end

-- Where names are bound in a file to what a function makes: the targets called `name` outside of `fn`, and how many are in it.
local function bindings(file, fn, name)
  local others, own = {}, 0
  for _, other in file.root:descendants("name") do
    if other.text == name and other:role() == "target" then
      if other:is_within(fn.node) then
        own += 1
      else
        table.insert(others, other)
      end
    end
  end
  return others, own
end

-- A name for the client that says what it is of, by the first text that it is made with.
local function telling(call, name)
  local first = call:arg(1)
  local word = first and first:literal()
  if type(word) ~= "string" then
    return nil
  end
  local stem = word:lower():gsub("[^%w]+", "_"):gsub("^_", ""):gsub("_$", "")
  if not stem:find("^%a") then
    return nil
  end
  return name:find(stem, 1, true) and name or `{stem}_{name}`
end

-- The name that the client gets at the top of the file, where several functions may have one of the same name; nil where there
-- is none, or where another function's is moved first.
local function free_name(file, fn, call, name)
  local others, own = bindings(file, fn, name)
  if own ~= 1 or #name < 2 then
    return nil
  end
  local is_shared = false
  for _, other in others do
    local statement, item = other:statement(), other:parent()
    local holder = item and item.kind == "with-item" and item or statement and statement.kind == "assign" and statement
    local value = holder and holder:child("value")
    if not closures.outermost(other) then
      is_shared = true
    elseif value and value.kind == "call" and value.name == call.name then
      local is_same = value.source == call.source
      -- Of two that are made otherwise the first may have the name.
      if not is_same and value.line < call.line and telling(value, name) == telling(call, name) then
        return nil
      end
      is_shared = is_shared or not is_same
    end
  end
  if not is_shared then
    return name
  end
  local better = file.language == "python" and telling(call, name)
  if not better or better == name or file.text:find(better, 1, true) then
    return nil
  end
  return better
end

-- The name of a client at the top of the file that is made just so.
local function there_already(file, fn, call)
  for _, child in file.root:children() do
    local value = child.kind == "assign" and child:child("value")
    local target = child.kind == "assign" and child:child("target")
    if value and value.source == call.source and target and target.kind == "name" and child.line < fn.node.line then
      return target.text
    end
  end
  return nil
end

-- The edits by which a function calls something otherwise, but for the statements that go.
local function renamed(fn, gone, from, to)
  local edits = {}
  for _, name in from ~= to and fn.node:descendants("name") or {} do
    local stays = name.text == from
    for _, statement in stays and gone or {} do
      stays = stays and not name:is_within(statement)
    end
    if stays then
      table.insert(edits, { at = name, text = to })
    end
  end
  return edits
end

-- The place in front of the statement at the top that holds the node, its decorators and what is said of it included.
local function in_front(file, node)
  local top = at_top(node)
  local line = top.line
  for _, decorator in top:children("decorator") do
    line = math.min(line, decorator.line)
  end
  while line > 1 and file:line_span(line - 1).source:find("^%s*[#/@%*]") do
    line -= 1
  end
  return file:line_span(line)
end

-- The first line of what is said of a statement alone: comments right above it, where nothing else follows that they could be about.
local function said_from(file, statement)
  local line = statement.line
  local behind = file.text:match("^[ \t]*\r?\n[ \t]*\r?\n()", file:line_span(statement.last_line).last + 1)
  while behind and line > 1 and file:line_span(line - 1).source:find("^%s*[#/]") do
    line -= 1
  end
  return line
end

-- The comments that go where a statement goes, without their indentation.
local function said_of(file, statement)
  local said = ""
  for line = said_from(file, statement), statement.line - 1 do
    said ..= file:line_span(line).source:match("^%s*(.-)%s*$") .. "\n"
  end
  return said
end

-- The edits that take the lines of a statement away, from the line `from` on; nil when something else stands on them.
local function without(file, statement, from)
  local first, last = file:line_span(statement.line), file:line_span(statement.last_line)
  local lines = file:span(first.first, last.last)
  if lines.source:gsub("^%s+", ""):gsub(";$", "") ~= (statement.source:gsub(";$", "")) then
    return nil
  end
  local block = statement:parent()
  local all = block and block:children() or {}
  if #all < 2 then
    return nil
  end
  local stop = layout.stop(file, last)
  -- A blank line behind the first statement of a block would stand at its head.
  if all[1]:same(statement) or from < statement.line then
    local behind = file.text:match("^[ \t]*\r?\n()", stop + 1)
    stop = behind and behind - 1 or stop
  end
  return { at = file:span(file:line_span(from).first, stop), text = "" }
end

-- The edits that take these statements away; nil where one cannot go, or would leave nothing behind.
local function without_all(file, gone)
  local edits, left = {}, {}
  for _, statement in gone do
    local edit, block = without(file, statement, statement.line), statement:parent()
    if not edit or not block then
      return nil
    end
    left[block.id] = (left[block.id] or #block:children()) - 1
    if left[block.id] == 0 then
      return nil
    end
    table.insert(edits, edit)
  end
  return edits
end

-- What a `with` holds, without it.
local function unrolled(file, with)
  local body = with:child("body"):children()
  local first = body[1]
  if not first or first.line == with.line then
    return nil
  end
  for _, statement in body do
    if layout.is_fixed(statement) then
      return nil
    end
  end
  local line = first.line
  while line - 1 > with.line and file:line_span(line - 1).source:find("^%s*#") do
    line -= 1
  end
  local _, stop = with:bytes()
  local start = file:line_span(line).first
  local text = "\n" .. file:span(start, stop).source
  local to = layout.indent(file, with.line)
  local moved = layout.moved(text, layout.indent(file, first.line), to):sub(#to + 2)
  -- What is said behind the head stands above what it held.
  local _, item = with:children("item")[1]:bytes()
  local remark = file.text:sub(item + 1, start - 1):match("^%)?:[ \t]*(#[^\r\n]*)\r?\n$")
  if not remark and file.text:sub(item + 1, start - 1):find("#", 1, true) then
    return nil
  end
  return { at = with, text = if remark then `{remark}\n{to}{moved}` else moved }
end

-- What ends a client.
local ENDS = set("close", "aclose", "Close", "close_all", "dispose", "end", "disconnect", "Disconnect", "quit", "destroy", "shutdown", "Shutdown", "terminate", "wait_closed", "CloseIdleConnections")

-- The statements of a function that only end what `name` stands for: one that is kept would be empty, or closed, for the next request. Nil where it is ended
-- in another way.
local function endings(fn, statement, name)
  local all = {}
  for _, use in fn.node:descendants("name", name) do
    local parent = not use:is_within(statement) and use:parent()
    if parent and parent.kind == "with-item" then
      return nil
    elseif parent and parent.kind == "attr" and use:role() == "value" and ENDS[parent.text] then
      local call = parent:parent()
      local whole = call and call.kind == "call" and parent:role() == "callee" and call:statement()
      if not whole or whole.source:gsub("^await%s+", ""):gsub("^defer%s+", ""):gsub(";$", "") ~= call.source then
        return nil
      end
      table.insert(all, whole)
    end
  end
  return all
end

-- Whether one who asks a function for a client ends it behind its use.
local function is_ended_by_callers(fn)
  for _, caller in fn:callers() do
    local parent, around = caller:parent(), caller:func()
    local target = parent and parent.kind == "assign" and parent:child("target")
    if parent and parent.kind == "with-item" then
      return true
    elseif target and target.kind == "name" and around then
      local gone = endings(around, parent, target.text)
      if not gone or #gone > 0 then
        return true
      end
    end
  end
  return false
end

-- A function without parameters that only returns the client: what it returned once, it returns again.
local function kept(file, call, fn, statement)
  local body = fn.node:child("body")
  if file.language ~= "python" or statement.kind ~= "return" or not statement:child("value"):same(call) or #fn.params > 0 or fn.is_async or fn.is_lambda or is_ended_by_callers(fn) then
    return nil
  end
  local around = fn.node:parent()
  if not body or not around or around.kind ~= "module" or #fn.node:children("decorator") > 0 then
    return nil
  end
  local edits = imports.edits(file, "functools")
  if not edits then
    return nil
  end
  table.insert(edits, { before = file:line_span(fn.node.line), text = "@functools.cache\n" })
  return { title = "make it with the first request and keep it", safety = "unsafe", edits = edits }
end

-- The fix for a client that lives as long as a request, or nil where it depends on the request or cannot be moved.
function M.fix(file, call)
  local fn, statement = closures.outermost(call), call:statement()
  if not fn or not statement or fn.is_lambda and file.language == "python" or call:is(IN_LOOP) or not is_constant(call, fn) then
    return nil
  end
  local again = kept(file, call, fn, statement)
  if again then
    return again
  end
  local item = call:parent()
  local is_managed = item ~= nil and item.kind == "with-item"
  local target = is_managed and item:child("target") or statement.kind == "assign" and statement:child("target") or nil
  if not target or target.kind ~= "name" or call.source:find("\n", 1, true) and layout.is_fixed(call) then
    return nil
  end
  local edit
  if is_managed then
    local with = item:parent()
    edit = with and with.kind == "with" and #with:children("item") == 1 and unrolled(file, with) or nil
  else
    local value = statement:child("value")
    local children = #statement:children("target")
    if not value or not value:same(call) and value.source ~= "&" .. call.source or children ~= 1 then
      return nil
    end
  end
  if is_managed and not edit then
    return nil
  end
  local gone = endings(fn, statement, target.text)
  if not gone or is_managed and #gone > 0 then
    return nil
  end
  table.insert(gone, statement)
  local removals = is_managed and { edit } or without_all(file, gone)
  if not removals then
    return nil
  end
  local known = file.language == "python" and there_already(file, fn, call)
  local _, own = bindings(file, fn, target.text)
  if known and own == 1 and (not is_managed or known == target.text) then
    local edits = renamed(fn, gone, target.text, known)
    table.move(removals, 1, #removals, #edits + 1, edits)
    return { title = "use the one that is there", safety = "unsafe", edits = edits }
  end
  local name = free_name(file, fn, call, target.text)
  if not name or is_managed and name ~= target.text then
    return nil
  end
  local indent = layout.indent(file, call.line)
  local source = statement.source
  local made
  if file.language == "python" then
    made = `{name} = {layout.moved(call.source, indent, "")}\n\n\n`
  elseif file.language == "go" then
    local value = source:match(":?=%s*(.*)$")
    made = value and `var {target.text} = {layout.moved(value, indent, "")}\n\n`
  else
    made = layout.moved(source, indent, "") .. (source:sub(-1) ~= ";" and layout.ending(file) or "") .. "\n\n"
  end
  if not made then
    return nil
  end
  if not is_managed then
    -- What is said of it goes along.
    made = said_of(file, statement) .. made
    removals[#removals] = without(file, statement, said_from(file, statement))
  end
  local edits = renamed(fn, gone, target.text, name)
  table.insert(edits, { before = in_front(file, fn.node), text = made })
  table.move(removals, 1, #removals, #edits + 1, edits)
  -- Several threads must not share one resource of boto3.
  local safety = call:is("boto3.resource") and "shown-only" or "unsafe"
  return { title = "make one for all requests", safety = safety, edits = edits }
end

return M

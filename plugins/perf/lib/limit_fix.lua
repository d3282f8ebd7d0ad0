-- The change that gives a request a time limit, in the words of its library.

local entries = require("entries")
local imports = require("imports")
local layout = require("layout")

local M = {}

-- A caller waits for what a request waits for: three seconds, of which SVC-010 says more; elsewhere nobody does.
local QUICK = { words = "three seconds", python = "3", javascript = "3_000", typescript = "3_000", go = "3 * time.Second" }
local SLOW = { words = "ten seconds", python = "10", javascript = "10_000", typescript = "10_000", go = "10 * time.Second" }

local function limit_for(call)
  return call:reach() == "request" and QUICK or SLOW
end

local PYTHON = { requests = true, urllib = true, urllib3 = true, httpx = true }
-- Behind which arguments of a method its options stand; a call of the library itself takes an address, or options alone.
local BEHIND = { get = 1, delete = 1, head = 1, options = 1, post = 2, put = 2, patch = 2, request = 0 }

local function fixed(title, edits)
  return edits and { title = title, safety = "unsafe", edits = edits }
end

-- An argument with its keyword.
local function whole(arg)
  local around = arg:parent()
  return around and around.kind == "kw-arg" and around or arg
end

-- The edits that add an argument where its line would get too long: arguments on a line of their own get one each, those behind the
-- name of what is called a line below it. Nil where the line is short enough, or laid out otherwise.
local function laid_out(call, args, text)
  local file = call.file
  local first, last = whole(args[1]), whole(args[#args])
  local line = file:line_span(last.line)
  -- What is said behind the call may stick out, as it does already.
  local width = #line.source
  if call.last_line == last.line then
    local _, stop = call:bytes()
    local code = line.source:sub(1, stop - line.first + 1)
    width = #code + #(line.source:sub(#code + 1):gsub("%s*#.*$", ""))
  end
  if width + #text + 2 <= layout.width(file) or first.line ~= last.last_line then
    return nil
  end
  local indent = layout.indent(file, first.line)
  if first.line > call.line and call.last_line > last.line then
    local edits = {}
    for at = 2, #args do
      local _, stop = whole(args[at - 1]):bytes()
      local start = (whole(args[at]):bytes())
      local between = file:span(stop + 1, start - 1)
      if not between.source:find("^,[ \t]*$") then
        return nil
      end
      table.insert(edits, { at = between, text = `,\n{indent}` })
    end
    local _, stop = last:bytes()
    if not file.text:find("^\r?\n", stop + 1) then
      return nil
    end
    table.insert(edits, { after = last, text = `,\n{indent}{text},` })
    return edits
  elseif call.line == call.last_line and file.text:sub((first:bytes()) - 1, (first:bytes()) - 1) == "(" then
    local inner = indent .. layout.step(file, indent)
    return { { before = first, text = `\n{inner}` }, { after = last, text = `, {text}\n{indent}` } }
  end
  return nil
end

local function python(call)
  local args = call:args()
  local last = args[#args]
  if not last then
    return nil
  end
  for _, arg in args do
    if arg.kind == "spread" then
      return nil
    end
  end
  local limit = limit_for(call)
  local text = `timeout={limit.python}`
  return fixed(`wait {limit.words} at most`, laid_out(call, args, text) or { entries.appended(call, whole(last), text) })
end

-- `position` of the options; `missing` stands for each argument in front of them that is not given.
local function javascript(call, position, text, title)
  local args = call:args()
  for _, arg in args do
    if arg.kind == "spread" then
      return nil
    end
  end
  local options = args[position]
  if options then
    return fixed(title, entries.with_entry(options, text))
  end
  local last = args[#args]
  if not last then
    return nil
  end
  local missing = (", undefined"):rep(position - 1 - #args)
  local edit = entries.appended(call, last, `\{ {text} \}`)
  edit.text = missing .. edit.text
  return fixed(title, { edit })
end

-- The fix for a client without a limit, where it is made; nil where it cannot be written there.
function M.of_client(client)
  local library = client:fact("library")
  local limit = limit_for(client)
  local args = client:args()
  if library == "net/http" and client:has("composite") then
    local edits = imports.go(client.file, "time")
    local last = args[#args]
    local around = last and last:parent()
    last = around and around.kind == "kw-arg" and around or last
    if not edits then
      return nil
    end
    local text = `Timeout: {limit.go}`
    local open = client.source:match("^[^{]*{")
    if last then
      table.insert(edits, entries.appended(client, last, text))
    elseif open and client.source:match("{%s*}$") then
      local from, to = client:bytes()
      table.insert(edits, { at = client.file:span(from, to), text = `{open}{text}\}` })
    else
      return nil
    end
    return fixed(`give its calls {limit.words}`, edits)
  elseif library == "axios" and client:is("axios.create") then
    local text = `timeout: {limit.typescript}`
    if #args == 0 then
      local callee = client:child("callee")
      local _, stop = callee:bytes()
      local _, last = client:bytes()
      return fixed(`give its calls {limit.words}`, { { at = client.file:span(stop + 1, last), text = `(\{ {text} \})` } })
    end
    return javascript(client, 1, text, `give its calls {limit.words}`)
  end
  return nil
end

-- The fix for a call without a limit; `client` is where its client is made, if that was seen.
function M.of_call(call, client)
  local library = call:fact("library")
  local limit = limit_for(call)
  if PYTHON[library or ""] then
    return python(call)
  elseif library == "fetch" then
    return javascript(call, 2, `signal: AbortSignal.timeout({limit.typescript})`, `give up after {limit.words}`)
  elseif library == "net/http" then
    -- Go's package functions ask the default client, which no program should change for all that ask it.
    local callee = call:child("callee")
    local base = callee and callee.kind == "attr" and callee:child("value")
    local edits = base and imports.go(call.file, "time")
    if not edits or not call:is({ "net/http.Get", "net/http.Post", "net/http.PostForm", "net/http.Head", "net/http.DefaultClient.*" }) then
      return nil
    end
    local package = base.source:match("^[%w_]+")
    table.insert(edits, { at = base, text = `(&{package}.Client\{Timeout: {limit.go}\})` })
    return fixed(`ask a client that waits {limit.words} at most`, edits)
  elseif library == "axios" then
    local made = client and M.of_client(client)
    if made then
      return made
    end
    local text = `timeout: {limit.typescript}`
    local first = call:arg(1)
    local behind = call:child("callee").kind == "attr" and BEHIND[call.name]
    if not behind then
      behind = first and first.kind == "dict" and 0 or 1
    end
    return javascript(call, behind + 1, text, `give up after {limit.words}`)
  end
  return nil
end

-- The fix for a limit that is switched off at `value`.
function M.of_switch(call, value)
  local library = call:fact("library")
  local language = call.file.language
  local is_here = value ~= nil and value.file.path == call.file.path and value:is_within(call)
  local around = is_here and value:parent()
  local key = around and (around.kind == "kw-arg" or around.kind == "pair") and around.source:match("^['\"]?(%w+)")
  if key ~= "timeout" or not (PYTHON[library or ""] or library == "axios") or (value.kind ~= "null" and value.kind ~= "num") then
    return nil
  end
  return fixed(`wait {limit_for(call).words} at most`, { { at = value, text = limit_for(call)[language] } })
end

return M

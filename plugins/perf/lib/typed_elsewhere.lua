-- What is typed outside of components: listeners on elements of a page, Angular's forms, and templates.

local client_requests = require("client_requests")
local typed_fields = require("typed_fields")

local M = {}

local KEYS = { input = true, keyup = true, keydown = true, keypress = true }

-- Handlers that are put on an element of the page: `field.addEventListener("input", search)`, `$("#q").on("keyup", search)`, `$("#q").keyup(search)`.
function M.check_listener(call, report)
  local first, handler = call:arg(1), call:arg(2)
  if call.name == "keyup" or call.name == "keydown" then
    handler = first
  elseif not first or not KEYS[first:literal()] then
    return
  end
  if call.name == "on" and handler and handler.kind == "str" then
    handler = call:arg(3)
  end
  local receiver = call:receiver()
  local on = receiver and receiver.source or ""
  -- Keys of the whole page are commands, and what is chosen is no key.
  if not handler or on == "document" or on == "window" or typed_fields.fits(on:gsub("querySelector", ""):lower(), { "file", "select", "check", "slider", "range", "color" }) then
    return
  end
  local fn = typed_fields.function_of(handler)
  if fn and not typed_fields.waits(fn.source) and not typed_fields.ends(fn.source) then
    local sent = client_requests.first_sent(fn, typed_fields.is_slowed)
    if sent and not typed_fields.is_at_end(sent, fn) then
      report({ at = call, message = `every key in {on:sub(1, 40)} sends a request`, confidence = "medium", reach = "unknown", related = { { at = sent, message = "the request" } } })
    end
  end
end

-- Forms of Angular: `search.valueChanges.pipe(switchMap(...))`.
function M.check_stream(call, report)
  local source = call.source
  local chain = source:match("^([%s%S]-)valueChanges")
  if call.name ~= "pipe" or not chain or not typed_fields.fits(chain:lower(), { "search", "query", "term", "filter", "keyword" }) then
    return
  end
  local is_sending = typed_fields.fits(source, { "switchMap%(", "mergeMap%(", "concatMap%(", "exhaustMap%(" })
  if is_sending and not typed_fields.fits(source, { "debounce", "throttle", "audit", "sample", "updateOn" }) and not call.file.text:find("updateOn", 1, true) then
    report({ at = call, message = "every key in this control starts what switchMap sends", confidence = "medium", reach = "unknown" })
  end
end

-- Templates, which are read as text: the method that a field calls, and what it does.
local HANDLERS = { "<input[^>]-@input=\"([%w_]+)", "<input[^>]-@keyup=\"([%w_]+)", "<input[^>]-on:input={([%w_]+)}", "<input[^>]-on:keyup={([%w_]+)}", "<input[^>]-oninput={([%w_]+)}", "<v%-text%-field[^>]-@input=\"([%w_]+)", "<el%-input[^>]-@input=\"([%w_]+)" }
local REQUESTS = { "axios%.%a+%(", "%f[%w$]fetch%(", "%$http%.", "%$fetch%(", "%$axios%.", "[aA]pi%.get%(", "http%.get%(" }

function M.check_template(file, report)
  local text = file.text
  if typed_fields.waits(text) then
    return
  end
  for _, form in HANDLERS do
    for name in text:gmatch(form) do
      local at = text:find(`function%s+{name}%s*%(`) or text:find(`\n%s*async%s+{name}%s*%(`) or text:find(`\n%s*{name}%s*%([^)\n]*%)%s*{"{"}`) or text:find(`const%s+{name}%s*=`)
      local body = at and text:sub(at + 1):match("^(.-)\n%s?%s?%s?%s?}") or nil
      if body and typed_fields.fits(body, REQUESTS) and not typed_fields.ends(body) then
        local _, line = text:sub(1, (text:find(name, text:find(form) or 1, true)) or 1):gsub("\n", "")
        report({ at = file:line_span(line + 1), message = `every key typed into this field calls {name}, which sends a request`, confidence = "medium", reach = "unknown" })
        return
      end
    end
  end
end

return M

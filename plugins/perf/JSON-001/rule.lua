-- JSON that costs a response more than it has to: encoded twice, walked in Python before it is encoded, indented for readers that are programs.

local answer_size = require("answer_size")
local answered = require("answered")
local bare_list = require("bare_list")
local few_rows = require("few_rows")
local growing_rows = require("growing_rows")
local list_handler = require("list_handler")
local list_reads = require("list_reads")
local words = require("words")

local ENCODERS = words.set("json", "model_dump_json", "to_json", "dumps", "stringify", "serialize", "dump_json", "to_json_string")
local FAST = table.freeze({ "orjson", "ujson", "msgspec**", "rapidjson" })

-- A place that people look at: there indentation is the purpose.
local FOR_PEOPLE = { "debug", "admin", "export", "download", "dump", "swagger", "openapi", "docs", "status", "health", "config" }

local function is_for_people(node, func)
  return words.any_in(node.file.path_below_named, FOR_PEOPLE) or func ~= nil and (words.any_in(func.name, FOR_PEOPLE) or words.any_in(func.node.source, { "attachment;" }))
end

-- What is encoded only to be decoded again: `json.loads(order.json())`, `JSON.parse(JSON.stringify(rows))`.
local function encoded_in(call)
  -- A reviver, an `object_hook`: what is decoded is no copy of what was encoded.
  if call.name == "parse" and not call:is("global.JSON.parse") or #call:args() ~= 1 then
    return nil
  end
  local given = call:arg(1)
  given = given and given.kind == "name" and given:value() or given
  if not given or given.kind ~= "call" or not ENCODERS[given.name] or #given:callees() > 0 then
    return nil
  end
  if given.name == "json" then
    -- `response.json()` of an HTTP client is decoded already; pydantic's `json` gives a text.
    return given:receiver() and (given:sort() ~= "library" or given:is("pydantic.**")) and not given:is_awaited() and given or nil
  end
  return given
end

-- Methods that change what they are called on, and functions that change what they are handed first.
local CHANGING = words.set("push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "set", "append", "extend", "insert", "remove", "update", "setdefault", "popitem", "clear")
local CHANGERS = words.set("assign", "defineProperty", "merge", "unset")

-- Whether a function is called for what it does to a value, and not for what it gives.
local function is_for_effect(call, value)
  local given, statement = call:arg(1), call:parent()
  return given ~= nil and given:same(value) and (CHANGERS[call.name] or #call:callees() > 0 and statement ~= nil and statement.kind == "expr-stmt")
end

-- Whether a copy is made to be written to: `delete copy.password`, `copy.total = 4`, `for row in copy: row.pop("key")`.
local function is_written(copy, func)
  for _, use in copy:uses(func.node) do
    for _, call in use.calls do
      if is_for_effect(call, use.node) then
        return true
      end
    end
    local at, parent = use.node, use.node:parent()
    while parent and (parent.kind == "attr" or parent.kind == "index") and at:role() == "value" do
      at, parent = parent, parent:parent()
    end
    local is_deleted = parent ~= nil and parent.kind == "unary" and parent.text == "delete"
    if is_deleted or not at:same(use.node) and (at:role() == "target" or at:role() == "callee" and CHANGING[at.text]) then
      return true
    end
  end
  return false
end

local function check_read_back(call, func, report)
  local encoder = encoded_in(call)
  local by = encoder and answered.by(call, func)
  if not by or is_written(call, func) then
    return
  end
  local content = encoder.name == "stringify" and #encoder:args() == 1 and encoder:arg(1) or nil
  report({
    at = call,
    message = `\`{encoder.name}\` encodes what \`{call:child("callee").source}\` decodes at once, and the answer encodes it again`,
    confidence = "medium",
    related = by.line ~= call.line and { { at = by, message = "answers with it" } } or nil,
    fix = content and by.kind == "call" and call:is_within(by) and { title = "answer with the value itself", safety = "unsafe", edits = { { at = call, text = content.source } } } or nil,
  })
end

-- FastAPI's encoder walks through every value in Python; what it makes is encoded behind it.
local function check_walked(call, func, report)
  local given = call:arg(1) or call:arg("obj")
  local by = given and answered.by(call, func)
  if by and bare_list.classify(given, func.node) == "list" then
    report({
      at = call,
      message = "jsonable_encoder walks through every value of this list in Python, before the answer encodes it",
      confidence = by.kind == "call" and "medium" or "low",
      related = by.line ~= call.line and { { at = by, message = "answers with it" } } or nil,
    })
  end
end

-- What is put before a value: nothing, where a number is zero or a text empty.
local function indents(node)
  return node ~= nil and (node.kind == "num" and node.text ~= "0" or node.kind == "str" and node.text ~= "")
end

local function is_indenting(call)
  if call.name == "stringify" then
    return call:is("global.JSON.stringify") and indents(call:arg(3))
  elseif call.name == "dumps" then
    return indents(call:arg("indent"))
  end
  -- Behind the value of `MarshalIndent` stand a prefix and the indentation, as they do in `SetIndent`; a constant may hold either.
  local args = call:args()
  for at = #args - 1, #args do
    local text, known = nil, false
    if args[at] then
      text, known = args[at]:literal()
    end
    if not known or text ~= "" then
      return call:is("encoding/json.**")
    end
  end
  return false
end

-- Whether a writer of Go is the one of an answer: a parameter of that type, what a framework's context keeps, or what is put around either.
local function is_of_answer(writer, depth)
  if writer.kind == "name" then
    local func = writer:func()
    while func do
      for _, param in func.params do
        if param.text == writer.text then
          return param.source:find("ResponseWriter", 1, true) ~= nil
        end
      end
      local outer = func.node:enclosing("function")
      func = outer and outer:func()
    end
    local value = depth < 3 and writer:value()
    return value and is_of_answer(value, depth + 1) or false
  elseif writer.kind == "attr" then
    -- Gin's `c.Writer`.
    return writer.text == "Writer" and writer:sort() == "library"
  elseif writer.kind == "call" then
    -- Echo's `c.Response()`, and what compresses.
    local first = writer:arg(1)
    return writer.name == "Response" and #writer:args() == 0 or first ~= nil and writer.name:find("^NewWriter") ~= nil and depth < 3 and is_of_answer(first, depth + 1)
  end
  return false
end

local function writes_answer(call)
  local on = call:receiver()
  local made = on and (on.kind == "name" and on:value() or on)
  local writer = made and made.kind == "call" and made.name == "NewEncoder" and made:arg(1)
  return writer and is_of_answer(writer, 0) or false
end

-- Whether the caller asked for it: `if req.query.pretty`, `if request.args.get("pretty")`.
local function is_asked_for(call)
  local branch = call:enclosing({ "if", "conditional", "logic", "function" })
  while branch and branch.kind ~= "function" do
    local test = branch:child("test")
    if words.any_in(test and test.source or branch.kind == "logic" and branch.source or "", { "pretty", "indent", "human" }) then
      return true
    end
    branch = branch:enclosing({ "if", "conditional", "logic", "function" })
  end
  return false
end

local function check_written(call, func, report)
  local is_indented = is_indenting(call)
  if is_indented and not is_for_people(call, func) and not is_asked_for(call) then
    local by = call.name ~= "SetIndent" and answered.by(call, func)
    if by or call.name == "SetIndent" and writes_answer(call) then
      -- An object that is written down here holds few values, one of constants hardly any.
      local content = call:arg(1)
      content = content and content.kind == "name" and content:value() or content
      local is_object = call.name ~= "SetIndent" and content ~= nil and content.kind == "dict"
      if not is_object or not answer_size.is_small(content, func) then
        report({ at = call, message = `{call.name} indents an answer that a program reads`, confidence = is_object and "low" or "medium" })
      end
    end
    return
  end
  -- A stream of items: `for order in orders: yield json.dumps(order)`.
  local parent = call:parent()
  while parent and parent.kind ~= "yield" and (parent.kind == "binary" or parent.kind == "call" or parent.kind == "attr" or parent.kind == "template") do
    parent = parent:parent()
  end
  if call.name == "dumps" and parent and parent.kind == "yield" and answer_size.is_row_of_stream(call) then
    report({ at = call, message = "json.dumps encodes the rows of a stream one by one, with the standard library: what share of the CPU time that is, a profile tells", confidence = "low" })
  end
end

-- A branch for development.
local function is_conditional(node)
  return node:enclosing({ "if", "conditional", "logic" }) ~= nil
end

local function check_spaces(call, report)
  local key, value = call:arg(1), call:arg(2)
  local text = key and key:literal()
  if text == "json spaces" and value and value.kind == "num" and value.text ~= "0" and not is_conditional(call) then
    report({ at = call, message = `"json spaces" indents every answer of this application`, confidence = "high", reach = "request" })
  end
end

-- Flask's settings: `app.json.compact = False`, `app.config["JSONIFY_PRETTYPRINT_REGULAR"] = True`.
local function check_setting(assign, report)
  local target, value = assign:child("target"), assign:child("value")
  if not target or not value or value.kind ~= "bool" or is_conditional(assign) then
    return
  end
  local is_true = value.text:lower() == "true"
  local is_pretty = target.source:find("JSONIFY_PRETTYPRINT_REGULAR", 1, true) ~= nil and is_true
  local is_wide = target.source:find("%.json%.compact$") ~= nil and not is_true
  if is_pretty or is_wide then
    report({ at = assign, message = "indents every answer of this application", confidence = is_wide and "high" or "medium", reach = "request" })
  end
end

-- Lists that go through the default encoder: a suspicion where they are of things that there are many of; the number of rows decides.
local function check_rows(node, func, report, repo)
  if repo:imports(FAST) or is_for_people(node, func) or few_rows.named(func.name) or not growing_rows.named(func.name) then
    return
  end
  if node.kind == "call" then
    local given = #node:args() == 1 and node:arg(1)
    if given and bare_list.classify(given, func.node) == "list" and not answer_size.is_written_down(given) then
      report({ at = node, message = `jsonify encodes the list of {func.name} with the standard library: on a long one a profile shows it first`, confidence = "low" })
    end
  elseif list_handler.answers(func) and bare_list.of(func) == "seen" and not func.node.source:find("Response%(") and not answer_size.returns_written_down(func) then
    report({
      at = node,
      message = `{func.name} declares no model of its answer: FastAPI walks through every value of the list in Python and encodes it then; a profile tells what that is worth`,
      confidence = "low",
      reach = "request",
    })
  end
end

local function check_indented(call, func, report)
  local callee = call:child("callee")
  if not call:receiver() or is_for_people(call, func) or is_conditional(call) then
    return
  end
  local is_gin = call.name == "IndentedJSON"
  report({
    at = call,
    message = `{call.name} indents an answer that a program reads`,
    confidence = "high",
    fix = is_gin and callee and { title = "answer without indentation", safety = "unsafe", edits = { { at = callee, text = (callee.source:gsub("IndentedJSON$", "JSON")) } } } or nil,
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    for _, match in matches do
      local node = match.node
      local what = match.matcher
      if what == "spaces" then
        check_spaces(node, report)
        continue
      elseif what == "setting" or what == "setting by key" then
        local assign = node:statement()
        if assign and assign.kind == "assign" then
          check_setting(assign, report)
        end
        continue
      end
      local func = node:func()
      if func and func.reach == "request" then
        if what == "read back" then
          check_read_back(node, func, report)
        elseif what == "walked" then
          check_walked(node, func, report)
        elseif what == "written" then
          check_written(node, func, report)
        elseif what == "indented" then
          check_indented(node, func, report)
        else
          check_rows(node, func, report, repo)
        end
      end
    end
  end,
}

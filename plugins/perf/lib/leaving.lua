-- How rows leave a function: whether a handler answers with what a read gives, itself or through functions of the project.

local awaited = require("awaited")
local flow = require("flow")
local folded_rows = require("folded_rows")
local form_choices = require("form_choices")
local go_controllers = require("go_controllers")
local kept_on_object = require("kept_on_object")
local lower = require("words").lower
local narrowing = require("narrowing")
local parameter = require("parameter")
local query_chain = require("query_chain")
local row_parts = require("row_parts")
local rows_into = require("rows_into")
local set = require("words").set
local sifting = require("sifting")

local M = {}

local ANSWERS = set("json", "jsonp", "send", "render", "end", "write", "encode", "indentedjson", "success", "ok", "reply", "renderjson", "writejson", "sendjson", "html")

local WRITERS = set("w", "rw", "writer")

-- What of Go's frameworks holds a request together with its answer, and what JavaScript's handlers answer with.
local CONTEXTS = { "gin.Context", "echo.Context", "fiber.Ctx" }
local RESPONSES = set("res", "response", "reply")

local function is_context(param)
  for _, context in param and CONTEXTS or {} do
    if param.source:find(context, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a parameter is what a handler answers with.
local function holds_answer(name)
  local at = name:param_position()
  if name.file.language ~= "go" then
    return at ~= nil and RESPONSES[name.text]
  end
  local func = at and name:func()
  return func ~= nil and func ~= false and is_context(func.params[at])
end

-- Whether a call is handed what a response is written to: `showPage(w, "orders", orders)`; what a function of the project is handed the rest of the request with,
-- it may answer too: `Success(c, orders)`, and a method of a controller that sends what it is handed.
local function takes_writer(call)
  local first = call:args()[1]
  if not first then
    return false
  end
  local is_name = first.kind == "name"
  if is_name and call.file.language == "go" and WRITERS[first.text] and first:param_position() ~= nil then
    return true
  end
  local is_held = is_name and holds_answer(first)
  local is_go = call.file.language == "go"
  local callee = (is_held or is_go) and call:callees()[1]
  -- What takes a context of a request as any `context.Context` answers nothing.
  local is_taken = callee and is_held and (not is_go or is_context(callee.params[1 + parameter.leading(callee)]))
  return callee and (is_taken or go_controllers.answers(callee))
end

local function is_answer(call)
  local name = lower(call.name)
  return ANSWERS[name] or name:find("^respon[ds]") ~= nil or name:find("response$") ~= nil or takes_writer(call)
end

-- Whether an expression is on its way into an answer that only sends the caller elsewhere.
local function sends_elsewhere(calls)
  for _, call in calls do
    if lower(call.name):find("redirect", 1, true) then
      return true
    end
  end
  return false
end

-- Whether an expression only counts, picks rows of another query, or is what something is written with.
local function is_spent(calls, value)
  for _, call in calls do
    if not call:same(value) then
      local is_length = call.name == "len" and call.file.language == "go"
      if is_length or lower(call.name):find("count", 1, true) or call:fact("store") or call:fact("orm") then
        return true
      end
      for _, effect in call:effects() do
        if effect == "db-write" then
          return true
        end
      end
    end
  end
  return false
end

-- Whether an expression is shown as one thing by a serializer that is told so: `OrderSerializer(orders, many=False)`.
local function is_shown_as_one(calls)
  for _, call in calls do
    local many = call.file.language == "python" and call:arg("many")
    if many and many.kind == "bool" and many:literal() == false then
      return true
    end
  end
  return false
end

-- Whether a function hands on a parameter, as far as that was asked; as long as one file is judged.
local seen_hands = {}

-- Lets go of what was seen of the file before.
function M.forget()
  seen_hands = {}
end

-- Whether a function of the project gives back, or answers with, what it takes here; yes where that is not seen.
local function hands_on(calls, value, is_handler, language, depth)
  for _, call in calls do
    local callee = call:callees()[1]
    local body = callee and callee.name ~= "__init__" and callee.name ~= "constructor" and callee.node:child("body")
    if body and depth > 1 then
      return false
    elseif body and not callee.is_generator and not go_controllers.answers(callee) then
      local param = nil
      for at, argument in call:args() do
        if value:is_within(argument) then
          local keyword = argument.kind == "kw-arg" and argument.text or nil
          for place, one in callee.params do
            if keyword == one.text or not keyword and place == at + parameter.leading(callee) then
              param = one
            end
          end
        end
      end
      -- A handler answers in other ways too than by what it returns.
      local key = param and `{query_chain.key_of(callee.node)}:{param.text}:{depth}:{is_handler and "handler" or ""}` or ""
      local is_passed = param == nil or seen_hands[key]
      if is_passed == nil then
        is_passed = false
        seen_hands[key] = false
        local tried = 0
        for _, name in body:descendants("name") do
          if name.text == param.text and not is_passed and tried < 8 then
            tried += 1
            is_passed = M.leaves(name, callee.node, is_handler, language, depth + 1)
          end
        end
        seen_hands[key] = is_passed
      end
      if not is_passed then
        return false
      end
    end
  end
  return true
end

-- In place of a depth: what functions of the project do with the rows is left open.
M.SHALLOW = -1

local function targets(assign, name)
  for _, target in assign:children("target") do
    for _, one in flow.names(target) do
      if one.text == name then
        return true
      end
    end
  end
  return false
end

local holds_rows

-- The same of one name: what a function is handed per item, `rows.map((row) => row.id)`, is a row where its list holds them.
local function is_row(node, uses, is_handler, language, depth, seen)
  local func = node:param_position() and node:func()
  local call = func and func.is_lambda and func.node:parent()
  local on = call and call.kind == "call" and call:receiver()
  local root = on and (on.kind == "name" and on or query_chain.root_of(on))
  local name = root and root.kind == "name" and root.text or node.text
  if seen[name] == nil then
    -- Where a name is made of itself, the rest decides.
    seen[name] = true
    seen[name] = holds_rows(name, uses, is_handler, language, depth, seen)
  end
  return seen[name]
end

-- Whether a variable holds the rows: where a function of the project made it of them, that one has to give them back.
-- `response = handle(request, query)` holds what `handle` answers.
holds_rows = function(name, uses, is_handler, language, depth, seen)
  local made = false
  for _, one in uses do
    local assign = awaited.parent(one.top)
    -- An item of a loop over groups is a group.
    local is_item = assign and (assign.kind == "clause" or assign.kind == "for") and one.top:role() == "iter"
    -- Of several names that take the parts of one value, each is also seen where it takes its part.
    local is_taking = one.top:role() == "target"
    if assign and (assign.kind == "assign" or is_item) and not is_taking and targets(assign, name) then
      made = true
      local is_own = one.node.kind ~= "name" or is_row(one.node, uses, is_handler, language, depth, seen)
      if is_own and not is_shown_as_one(one.calls) and not folded_rows.are(one) and not sifting.takes_one(one) and not sifting.is_condition(one) and not sifting.is_grouped(one) and hands_on(one.calls, one.node, is_handler, language, depth) then
        return true
      end
    end
  end
  return not made
end

-- Whether a name is Go's error or flag beside the rows: `rows, err := list()`.
local function is_beside(node)
  return node.file.language == "go" and node.kind == "name" and (node.text == "ok" or node.text:find("^[eE]rr") ~= nil)
end

-- The branch in which rows are given to a paginator, where there is another way round it: `if (page) { return paginate(rows, page) }`.
local function branch_of_page(call, node)
  local branch = call:enclosing({ "if", "function" })
  local body = branch and branch.kind == "if" and branch:child("body")
  return body and call:is_within(body) and not node:is_within(branch) and not branch:child("else") and body or nil
end

-- Whether what a node gives leaves the function around it; second, how it is narrowed on the way. `made_before` holds the collections that were
-- asked about on the way here: two may be made of each other's rows.
function M.leaves(node, within, is_handler, language, depth, made_before)
  local parent = awaited.parent(node)
  if parent and parent.kind == "expr-stmt" or row_parts.takes_first(node, parent) then
    return false
  end
  local uses = node:uses(within)
  -- What leaves decides first: most of what a function holds stays in it.
  local out = {}
  local forms = language == "python" and form_choices.forms(uses) or {}
  for at, one in uses do
    if is_beside(one.node) or at > 1 and forms[one.node.text] then
      continue
    end
    parent = one.top:parent()
    local is_out = parent and (parent.kind == "return" or parent.kind == "yield")
    if not is_out and is_handler and language ~= "python" then
      for _, call in one.calls do
        is_out = is_out or is_answer(call)
      end
      local target = parent and parent.kind == "assign" and parent:child("target")
      is_out = is_out or target and (target.kind == "attr" and target.text == "body" or go_controllers.is_answer(target))
    end
    if is_out and not sends_elsewhere(one.calls) then
      table.insert(out, { use = one, is_first = at == 1 })
    end
  end
  local made = #out == 0 and language == "python" and row_parts.made_by_position(uses, within) or {}
  if #out == 0 and #made == 0 then
    return false
  end
  local sifted, paged = false, {}
  for _, one in uses do
    for _, call in one.calls do
      -- `Paginator(rows, 25)`, `create_connection_slice(rows, info)`.
      local name = lower(call.name)
      if name:find("paginat", 1, true) or name:find("connection", 1, true) or name:find("slice", 1, true) then
        local branch = language ~= "python" and branch_of_page(call, node)
        if not branch then
          return false
        end
        table.insert(paged, branch)
      end
    end
    parent = one.top:parent()
    sifted = sifted or parent and parent.kind == "for" and sifting.is_sifted(parent) or sifting.is_sifting(one)
  end
  made_before = made_before or {}
  for _, one in made do
    if not made_before[one.id] then
      made_before[one.id] = true
      if M.leaves(one, within, is_handler, language, depth, made_before) then
        return true
      end
    end
  end
  -- Behind a sieve only the rows themselves count, not what is made of them.
  local own = sifted and {} or nil
  for _, name in own and node:aliases(within) or {} do
    own[name.id] = true
  end
  local narrowed, weakest = sifting.narrowed_names(uses), nil
  for _, way in out do
    local one = way.use
    -- A sieve that the rows themselves go through on the way out leaves some of them.
    local is_paged = false
    for _, branch in paged do
      is_paged = is_paged or one.node:is_within(branch)
    end
    local counts = not is_paged and (not own or (way.is_first or own[one.node.id]) and not sifting.is_sifting(one))
    if counts and not is_spent(one.calls, node) and not is_shown_as_one(one.calls) and not folded_rows.are(one) and not sifting.is_grouped(one) and not sifting.is_sieved(one) and not sifting.is_condition(one) and not sifting.takes_one(one) and not kept_on_object.gives_no_rows(one.node) then
      local at = depth or 0
      if depth == M.SHALLOW then
        return true
      end
      local is_held = way.is_first or one.node.kind ~= "name" or is_row(one.node, uses, is_handler, language, at, {})
      if is_held and hands_on(one.calls, one.node, is_handler, language, at) then
        local own = narrowing.stronger(sifting.narrowed_on_the_way(one), one.node.kind == "name" and narrowed[one.node.text] or "none")
        weakest = weakest and narrowing.stronger(own, weakest) == own and weakest or own
        if weakest == "none" then
          return true, weakest
        end
      end
    end
  end
  return weakest ~= nil, weakest
end

-- Go puts rows into an argument: what matters is where that goes.
local function value_of(found, within)
  if found.lists ~= "argument" then
    return found.read
  end
  local into = rows_into.of(found.read)
  if not into or into.kind ~= "name" then
    return nil
  end
  for _, name in within:descendants("name") do
    if name.text == into.text and name.id > into.id then
      local parent = name:parent()
      local target = parent and parent.kind == "assign" and parent:child("target")
      if parent and (not target or go_controllers.is_answer(target)) then
        return name
      end
    end
  end
  return nil
end

-- The names that read a variable behind the place that gives it its value.
local function reads_behind(name, within)
  local all = {}
  for _, one in within:descendants("name") do
    if one.text == name.text and one.id > name.id and one:role() ~= "target" then
      table.insert(all, one)
    end
  end
  return all
end

-- The name that takes what a call gives among others: `const [orders, total] = await Promise.all([list(), count()])`; nil where there is none.
function M.taken_together(call)
  local after = call:chained()
  local whole = after[#after] or call
  local list = whole:parent()
  local all = list and list.kind == "list" and list:parent()
  if not all or all.kind ~= "call" or not all:is({ "global.Promise.all", "global.Promise.allSettled" }) then
    return nil
  end
  local waits = all:parent()
  local assign = waits and waits.kind == "await" and waits:parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  for at, item in target and target.kind == "list" and list:children("item") or {} do
    local name = item:same(whole) and target:children()[at]
    if name then
      return name.kind == "name" and name or nil
    end
  end
  return nil
end

-- JavaScript's other ways to hand over rows: `const [orders, total] = await Promise.all([...])`, and callbacks that take them behind an error.
local function handed_over(read, within)
  local after = read:chained()
  for _, call in { read, unpack(after) } do
    local last = call:args()[#call:args()]
    if last and last.kind == "function" and call.name ~= "then" and call.name ~= "catch" then
      local rows = last:children("param")[2]
      return rows and rows.text ~= "" and reads_behind(rows, last) or {}
    end
  end
  local name = M.taken_together(read)
  return name and reads_behind(name, within) or {}
end

-- Whether what a call gives leaves the function around it in one of these ways.
function M.leaves_handed_over(call, within, is_handler, language)
  for _, name in language ~= "python" and language ~= "go" and handed_over(call, within) or {} do
    if M.leaves(name, within, is_handler, language) then
      return true
    end
  end
  return false
end

-- Whether the rows of a read get out of its function.
function M.gets_out(found, within, is_handler, language)
  local value = value_of(found, within)
  local is_given, narrowed = false, nil
  if value then
    is_given, narrowed = M.leaves(value, within, is_handler, language)
  end
  if is_given then
    found.filter = narrowing.stronger(found.filter, narrowed or "none")
    return true
  end
  return M.leaves_handed_over(found.read, within, is_handler, language)
end

return M

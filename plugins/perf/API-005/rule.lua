-- Answers that carry all columns of a wide model, whatever the caller shows of them.

local answered = require("answered")
local list_reads = require("list_reads")
local listing = require("listing")
local model_width = require("model_width")
local row_width = require("row_width")
local selects_fields = require("selects_fields")
local words = require("words")

-- How many columns are many.
local MANY = 20

-- Names by which a caller says which fields he wants.
local PICKS = words.set("fields", "select", "only", "columns", "attributes", "projection", "include", "exclude", "omit", "expand", "sparse", "view", "pick", "mask", "fieldset")
local GRAPHQL = table.freeze({ "graphene**", "strawberry**", "ariadne**", "type-graphql", "@nestjs/graphql", "graphql**" })
local DYNAMIC = table.freeze({ "rest_flex_fields**", "drf_queryfields**", "drf_dynamic_fields**", "dynamic_rest**", "drf_restql**" })

-- What holds what a caller sends.
local HOLDERS = words.set("query", "args", "query_params", "GET", "params", "searchParams", "body", "values", "req", "request")
local ASKS = words.set("get", "getlist", "getAll", "Query", "DefaultQuery", "QueryParam", "FormValue", "QueryArray", "param")

-- The innermost name of what something is read from.
local function root_of(node)
  while node and (node.kind == "attr" or node.kind == "index" or node.kind == "call" or node.kind == "await") do
    node = node:child("value") or node:child("callee")
  end
  return node
end

-- Whether a value is what a caller sends, or a parameter that may hold it.
local function is_sent(node)
  local root = root_of(node)
  return HOLDERS[node.text] == true or root ~= nil and (HOLDERS[root.text] == true or root:param_position() ~= nil)
end

-- Whether a parameter of a function, of its decorators or of the query that it reads is called so that a caller says by it which fields he wants.
local function lets_choose(func)
  for _, param in func.params do
    if PICKS[words.lower(param.text)] then
      return true
    end
    for _, decorator in param:children("decorator") do
      local key = decorator.kind == "call" and decorator:arg(1)
      if key and PICKS[words.lower(key.text)] then
        return true
      end
    end
  end
  for _, node in func.node:descendants({ "attr", "index", "call", "assign" }) do
    if node.kind == "attr" then
      if PICKS[words.lower(node.text)] and node:role() ~= "callee" and is_sent(node:child("value")) then
        return true
      end
    elseif node.kind == "assign" then
      local target, value = node:child("target"), node:child("value")
      if target and target.kind ~= "name" and value and is_sent(value) then
        for _, name in target:descendants("name") do
          if PICKS[words.lower(name.text)] then
            return true
          end
        end
      end
    else
      local key = node.kind == "index" and node:child("index") or ASKS[node.name] and node:arg(1)
      if key and key.kind == "str" and PICKS[words.lower(key.text)] then
        return true
      end
    end
  end
  return false
end

-- Whether a declared type shapes the answer.
local function is_shaped(func)
  for _, decorator in func.node:children("decorator") do
    local model = decorator.kind == "call" and select(2, decorator:arg("response_model"))
    if model and model ~= "absent" or words.any_in(decorator.source, { "marshal", "serializ", "schema", "interceptor" }) then
      return true
    end
  end
  local returns = func.node:child("returns")
  return func.node.file.language == "python" and returns ~= nil and not returns.source:find("Any") and not returns.source:find("^list$")
end

local function report_wide(at, what, width, report)
  report({
    at = at,
    message = `{what} carries all {width} columns, and no parameter says which the caller wants: the bytes of the answer against those that the client reads tell what it costs`,
    confidence = "low",
    reach = "request",
    notes = { columns = width },
  })
end

-- Whether the rows of a read are what the answer is made of, as they are: rows from which something else is made are not what leaves, and a query
-- that a view returns is shaped by what the view does with it.
local function is_answer(call, func)
  local is_lazy = call:fact("orm") == "django"
  if is_lazy and not answered.has_answer(func) then
    return false
  end
  local whole = call
  for _, link in (call:chained()) do
    whole = link
  end
  local by, used = answered.by(whole, func)
  if not by or is_lazy and by.kind == "return" then
    return false
  end
  local value = whole:parent()
  value = value and value.kind == "await" and value or whole
  if used:same(whole) or used:same(value) then
    return true
  end
  for _, name in value:aliases(func.node) or {} do
    if name.id == used.id then
      return true
    end
  end
  return false
end

local function check_read(call, report, repo)
  local func = call:func()
  if not func or func.reach ~= "request" or is_shaped(func) then
    return
  end
  -- Few reads are answered with: that is asked before what needs the whole query, or the model.
  local kind = selects_fields.kind_of(call)
  if not kind or #call:loops() > 0 or not is_answer(call, func) then
    return
  end
  local name = call.file.language ~= "python" and listing.name_of(call, func.node) or nil
  local width = row_width.of(call, name, repo)
  if width and width >= MANY and not selects_fields.is_picking(call, kind) and not selects_fields.picks_elsewhere(call, func.node, kind) and not lets_choose(func) then
    report_wide(call, "this list", width, report)
  end
end

-- A serializer of all fields of a wide model.
local function check_serializer(class, report, repo)
  if class.file:imports(DYNAMIC) or #class:children("base") > 1 then
    return
  end
  local model, fields = nil, nil
  for _, inner in class:child("body") and class:child("body"):children() or {} do
    if inner.kind == "class" and inner.text == "Meta" then
      for _, statement in inner:child("body") and inner:child("body"):children() or {} do
        local target = statement.kind == "assign" and statement:child("target")
        if target and target.text == "model" then
          model = statement:child("value")
        elseif target and target.text == "fields" then
          fields = statement:child("value")
        end
      end
    elseif inner.kind == "function" and (inner.text == "__init__" or inner.text == "get_fields" or inner.text == "get_field_names" or inner.text == "to_representation") then
      return
    end
  end
  if not fields or fields.kind ~= "str" or fields.text ~= "__all__" or not model then
    return
  end
  local defined = model:definition()
  local width = defined and defined.kind == "class" and model_width.of_class(defined, repo)
  if width and width >= MANY then
    report_wide(class, class.text, width, report)
  end
end

-- Fields of GraphQL are asked for one by one.
local function check_reads(file, matches, report, repo)
  if file:imports(GRAPHQL) then
    return
  end
  list_reads.begin(repo)
  for _, match in matches do
    if match.matcher == "read" then
      check_read(match.node, report, repo)
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    check_reads(file, matches, report, repo)
    -- Serializers stand behind the reads.
    for at = #matches, 1, -1 do
      local match = matches[at]
      if match.matcher ~= "serializer" then
        break
      end
      check_serializer(match.node, report, repo)
    end
  end,
}

-- Relations of SQLAlchemy that the shape of an answer reads row by row: the model that FastAPI makes an answer of (`response_model=list[OrderOut]`), a schema of
-- marshmallow, a model that is made of each row. A field that is called as the relation loads it for each row, unless the query brings it along.

local awaited = require("awaited")
local called = require("called")
local declared = require("declared")
local refined_rows = require("refined_rows")

local M = {}

-- Types whose entries are the rows of a list, and pages of rows.
local LISTS = { "[Ll]ist", "Sequence", "Iterable", "Page", "LimitOffsetPage", "CursorPage", "Paginated%w*" }

-- The name of what a type is a list of: `OrderOut` of `list[schemas.OrderOut]`; nil where it is none.
local function entry_of(type_)
  local text = type_.source
  for _, word in LISTS do
    local name = text:match(`%f[%w_]{word}%[%s*["']?([%w_%.]+)`)
    if name then
      local last = name:match("([%w_]+)$")
      for _, node in { type_, unpack(type_:descendants({ "name", "attr" })) } do
        if (node.kind == "name" or node.kind == "attr") and node.text == last then
          return node
        end
      end
    end
  end
  return nil
end

-- The fields that a class of Pydantic shows, with those of its bases: {name = place}.
local function pydantic_fields(class, repo)
  local all = {}
  local lineage, libraries = declared.lineage(class, repo)
  local is_model = false
  for _, origin in libraries do
    is_model = is_model or origin:find("^pydantic") ~= nil or origin:find("^sqlmodel") ~= nil or origin:find("^fastapi") ~= nil
  end
  for _, one in is_model and lineage or {} do
    -- A table shows its columns only.
    for _, base in one:children("base") do
      if base.kind == "kw-arg" and base.text == "table" then
        return {}
      end
    end
    for _, statement in one:child("body"):children() do
      local target = statement:child("target")
      if target and target.kind == "name" and statement:child("type") then
        local value = statement:child("value")
        local is_hidden = value and value.kind == "call" and value:arg("exclude") ~= nil
        all[target.text] = all[target.text] or not is_hidden and statement or nil
      end
    end
  end
  return all
end

local function is_true(call, name)
  local value = call:arg(name)
  return value ~= nil and value:literal() == true
end

-- The same of a schema of marshmallow: fields that show a relation.
local function marshmallow_fields(class, repo)
  local all = {}
  local lineage, libraries = declared.lineage(class, repo)
  local is_schema = false
  for _, origin in libraries do
    is_schema = is_schema or origin:find("marshmallow", 1, true) ~= nil
  end
  for _, one in is_schema and lineage or {} do
    for _, statement in one:child("body"):children() do
      local target, value = statement:child("target"), statement:child("value")
      if target and target.kind == "name" and value and value.kind == "call" and value.source:find("%f[%w](Nested)%(") or target and value and value.kind == "call" and value.name == "Pluck" then
        local given = value:arg("attribute")
        local name = given and given:literal()
        if not is_true(value, "load_only") then
          all[type(name) == "string" and name or target.text] = statement
        end
      end
    end
  end
  return all
end

-- Reports the relations among `fields` that the rows lack.
local function judge(value, fields, shape, find, report, repo)
  local rows = refined_rows.of(value, find)
  local model = rows and not rows.is_async and find.model(rows.base)
  if not model or model.is_eager then
    return
  end
  local names, related = {}, {}
  for name, relation in model.relations do
    local is_shared = rows.fixed and (rows.fixed[name] or rows.fixed[name .. "_id"])
    if fields[name] and relation.kind == "one" and not rows.eager[name] and not is_shared then
      table.insert(names, name)
    end
  end
  table.sort(names)
  for _, name in names do
    table.insert(related, { at = fields[name], message = `shows \`{name}\`` })
    table.insert(related, { at = model.relations[name].at, message = "the relation" })
  end
  if #names == 0 then
    return
  end
  report({
    at = value,
    message = `\`{table.concat(names, "`, `")}\` of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own when {shape} makes an answer of the list: the rows are read without joinedload or selectinload`,
    confidence = called.confidence(value, "medium", repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", ") },
  })
end

-- A handler of FastAPI whose answer is a list: the class of its entries.
local function answer_of(func, repo)
  for _, decorator in func:children("decorator") do
    if decorator.kind == "call" and decorator:fact("role") == "request" then
      local said = decorator:arg("response_model") or func:child("returns")
      local entry = said and entry_of(said)
      return entry and declared.class(entry, repo) or nil
    end
  end
  return nil
end

local function check_fastapi(file, find, report, repo)
  for _, func in file.root:descendants("function") do
    local class = #func:children("decorator") > 0 and answer_of(func, repo)
    local fields = class and pydantic_fields(class, repo) or {}
    for _, statement in next(fields) ~= nil and func:descendants("return") or {} do
      local value = awaited.value(statement:child("value"))
      if value and value.kind == "call" and value.name == "paginate" and value:arg(1) then
        local first, second = value:arg(1), value:arg(2)
        -- `paginate(db, select(Order))`
        value = second and second.kind ~= "kw-arg" and second.kind == "call" and second or first
      end
      if value then
        judge(value, fields, class.name, find, report, repo)
      end
    end
  end
end

-- What a loop or a comprehension around a place turns over, where it calls each of it `text`.
local function turned_over(node, text)
  local around = node:enclosing({ "comprehension", "for", "function" })
  while around and around.kind ~= "function" do
    for _, clause in around.kind == "for" and { around } or around:descendants("clause") do
      local target = clause:child("target")
      if target and target.kind == "name" and target.text == text then
        return clause:child("iter")
      end
    end
    around = around:enclosing({ "comprehension", "for", "function" })
  end
  return nil
end

-- Rows that are made models of one by one: `[OrderOut.model_validate(order) for order in orders]`.
local function check_validated(file, find, report, repo)
  for _, call in file.root:descendants("call", { "model_validate", "from_orm" }) do
    local given, on = call:arg(1), call:receiver()
    local rows = given and given.kind == "name" and on and turned_over(call, given.text)
    local class = rows and (on.kind == "name" or on.kind == "attr") and declared.class(on, repo)
    local fields = class and pydantic_fields(class, repo) or {}
    if rows and next(fields) ~= nil then
      judge(rows, fields, class.name, find, report, repo)
    end
  end
end

-- The schema that dumps a list: `OrderSchema(many=True).dump(rows)`, `orders_schema.dump(rows)`, `schema.dump(rows, many=True)`.
local function schema_of(call, repo)
  local on = call:receiver()
  local made = on and (on.kind == "call" and on or declared.value(on, repo))
  if not made or made.kind ~= "call" or not (is_true(made, "many") or is_true(call, "many")) then
    return nil
  end
  if select(2, made:arg("only")) ~= "absent" or select(2, made:arg("exclude")) ~= "absent" then
    return nil
  end
  local callee = made:child("callee")
  return callee and declared.class(callee, repo)
end

local function check_marshmallow(file, find, report, repo)
  for _, call in file.root:descendants("call", { "dump", "dumps", "jsonify" }) do
    local given = call:arg(1)
    local class = given and call:receiver() and schema_of(call, repo)
    local fields = class and marshmallow_fields(class, repo) or {}
    if given and next(fields) ~= nil then
      judge(given, fields, class.name, find, report, repo)
    end
  end
end

-- Reports the answers of a repository that are made so.
function M.check(repo, report, find)
  for _, path in repo:importers({ "fastapi", "fastapi.**" }) do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      check_fastapi(file, find, report, repo)
    end
  end
  for _, path in repo:imports({ "pydantic", "pydantic.**", "sqlmodel", "sqlmodel.**" }) and repo:holding("**/*.py", { ".model_validate(", ".from_orm(" }) or {} do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      check_validated(file, find, report, repo)
    end
  end
  if #repo:importers({ "marshmallow", "marshmallow.**", "flask_marshmallow", "flask_marshmallow.**", "marshmallow_sqlalchemy", "marshmallow_sqlalchemy.**" }) == 0 then
    return
  end
  for _, path in repo:holding("**/*.py", { ".dump(", ".dumps(", ".jsonify(" }) do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      check_marshmallow(file, find, report, repo)
    end
  end
end

return M

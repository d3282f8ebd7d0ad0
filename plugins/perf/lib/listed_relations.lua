-- Lists of rows that a function of the repository makes an answer of: `listed(orders)` calls `order.serialize()` for each row, and that method reads relations which
-- the query has not brought along. The query is at the caller, the loop in the function, the read in the model.

local called = require("called")
local declared = require("declared")
local parameter = require("parameter")
local per_item = require("per_item")
local query_chain = require("query_chain")
local refined_rows = require("refined_rows")

local M = {}

-- The name that a loop's rows come from: `query` of `query`, `query.all()`, and of `page.items` where `page = query.paginate(...)`.
local function source_of(iter, func)
  local root = query_chain.root_of(iter)
  if not root then
    return nil
  end
  local given = query_chain.assigned(func.node)[root.text]
  local value = given and #given == 1 and given[1]:child("value")
  return value and query_chain.root_of(value) or root
end

-- The methods that a function calls on each row of what it is given: {{param, loop, call}}.
local function shown_by(func)
  local all = {}
  for _, loop in func.node:descendants({ "for", "clause" }) do
    local iter, target = loop:child("iter"), loop:child("target")
    local source = iter and target and target.kind == "name" and source_of(iter, func)
    local position = source and source:param_position()
    local param = position and func.params[position]
    local body = loop.kind == "clause" and loop:parent() or loop:child("body")
    for _, name in param and not parameter.is_self(param) and body and body:descendants("name", target.text) or {} do
      local attr = name:parent()
      local call = attr and attr.kind == "attr" and name:role() == "value" and attr:role() == "callee" and attr:parent()
      if call and call.kind == "call" then
        table.insert(all, { param = param, loop = loop, call = call })
      end
    end
  end
  return all
end

-- Whether a read stands under a test of a parameter that is off unless it is given: `if with_lines:`; then its name.
local function switch_of(read, method)
  local at = read:enclosing({ "if", "conditional", "function" })
  while at and at.kind ~= "function" do
    local test = at:child("test")
    for _, param in test and test.kind == "name" and method:children("param") or {} do
      local default = param.text == test.text and param:child("default")
      if default and (default.source == "False" or default.source == "None") then
        return param.text
      end
    end
    at = at:enclosing({ "if", "conditional", "function" })
  end
  return nil
end

-- Whether a text gives a switch something else than what it has anyway: `with_lines=True`, `{"with_lines": wanted}`.
local function turns_on(text, switch)
  for value in text:gmatch(`%f[%w_]{switch}["']?%s*[=:]%s*([%w_]+)`) do
    if value ~= "False" and value ~= "None" then
      return true
    end
  end
  return false
end

local function method_of(model, name, repo)
  for _, class in declared.lineage(model.class, repo) do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and statement.name == name then
        return statement
      end
    end
  end
  return nil
end

-- The relations that a method reads from the object itself, in order: {{name, at}}.
local function read_by(method, self, model, rows)
  local all, seen = {}, {}
  for _, name in method:descendants("name", self.text) do
    local attr = name:parent()
    local relation = attr and attr.kind == "attr" and name:role() == "value" and model.relations[attr.text]
    if not relation or seen[attr.text] or rows.eager[attr.text] or attr:role() == "target" then
      continue
    end
    local around = attr:parent()
    -- A dynamic relation asks when it is called: `self.lines.all()`.
    local asks = relation.kind ~= "many" or around ~= nil and around.kind == "attr"
    local is_shared = rows.fixed and (rows.fixed[attr.text] or rows.fixed[attr.text .. "_id"])
    if asks and not is_shared then
      seen[attr.text] = true
      table.insert(all, { name = attr.text, at = attr })
    end
  end
  return all
end

-- What the method reads of each row that this caller has it read.
local function reads_of(model, rows, shown, caller, repo)
  local method = method_of(model, shown.call.name, repo)
  local self = method and method:children("param")[1]
  local all = {}
  for _, read in self and read_by(method, self, model, rows) or {} do
    local switch = switch_of(read.at, method)
    if not switch or turns_on(caller.source, switch) or turns_on(shown.call.source, switch) then
      table.insert(all, read)
    end
  end
  return all
end

local function tell(caller, model, reads, shown, repo, report)
  local names, related = {}, { { at = shown.loop, message = "the loop over the rows" }, { at = shown.call, message = `calls \`{shown.call.name}\` of each row` } }
  for _, one in reads do
    table.insert(names, `\`{one.name}\``)
    if #related < 10 then
      table.insert(related, { at = one.at, message = `reads \`{one.name}\`` })
    end
  end
  report({
    at = caller,
    message = `{table.concat(names, ", ")} of each {model.name} {#names > 1 and "are" or "is"} loaded by a query of {#names > 1 and "their" or "its"} own in {shown.call.name}() when {caller.name} makes the list: the rows are read without joinedload or selectinload`,
    confidence = called.confidence(caller, "medium", repo),
    related = related,
    notes = { model = model.name, relations = table.concat(names, ", ") },
  })
end

-- How methods are called that make an answer of a row.
local MAKING = { ".serialize", ".serialise", ".to_dict", ".to_json", ".as_dict", ".as_json", ".asdict", ".dict(", ".to_representation", ".to_api", ".simple_json", ".json_dict" }

-- Functions of the repository that make lists so, by their places; second, their names.
local function lists_of(repo)
  local by_place, names = {}, {}
  for _, path in repo:holding("**/*.py", MAKING) do
    local file = repo:open(path)
    for _, node in file and file.class == "source" and file.root and file.root:descendants("function") or {} do
      local func = node:func()
      local shown = func and #func.params > 0 and shown_by(func) or {}
      if #shown > 0 then
        by_place[declared.key(node)] = shown
        names[node.name] = true
      end
    end
  end
  return by_place, names
end

-- Judges one call that is given rows.
local function judge(call, known, find, repo, report)
  local callees = call:callees()
  local func = #callees == 1 and callees[1]
  for _, shown in func and known[declared.key(func.node)] or {} do
    for _, argument in call:args() do
      local param = parameter.taking(func, call, argument)
      local value = argument.kind == "kw-arg" and argument:child("value") or argument
      local rows = param and param:same(shown.param) and refined_rows.of(value, find)
      local model = rows and not rows.is_async and find.model(rows.base)
      local reads = model and not model.is_eager and reads_of(model, rows, shown, call, repo) or {}
      if #reads > 0 and per_item.counts(shown.loop) then
        tell(call, model, reads, shown, repo, report)
        return
      end
    end
  end
end

-- Reports the calls of a repository that have a list made so; `patterns` are the calls that queries are made of.
function M.check(repo, report, patterns, find)
  local queries = repo:calls(patterns)
  if #queries == 0 then
    return
  end
  local known, names = lists_of(repo)
  local list, seen = {}, {}
  for name in names do
    table.insert(list, name)
  end
  for _, query in #list > 0 and queries or {} do
    local file = query.file
    if not seen[file.path] and file.class == "source" and file.root then
      seen[file.path] = true
      for _, call in file.root:descendants("call", list) do
        judge(call, known, find, repo, report)
      end
    end
  end
end

return M

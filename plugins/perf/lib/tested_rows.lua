-- Querysets of Django that are tested for truth: the test reads all rows and keeps them, though what follows asks the database only, `if orders: orders.update(...)`.

local django_rows = require("django_rows")
local orm_finders = require("orm_finders")
local row_sources = require("row_sources")
local set = require("words").set

local M = {}

-- What is asked of a queryset without the rows that a test has read.
local ASKED_ANEW = set("update", "delete", "exists", "count", "aggregate", "filter", "exclude", "first", "last", "get", "values", "values_list", "latest", "earliest", "aupdate", "adelete")

-- Whether every use of a name but the test asks the database anew, at least one of them for a change.
local function is_asked_anew(name, scope, target)
  local changes = false
  for _, other in scope:descendants("name", name.text) do
    local attr = other:parent()
    local call = attr and attr.kind == "attr" and attr:parent()
    if other:same(name) or other:role() == "target" or other:same(target) then
      continue
    elseif not call or call.kind ~= "call" or attr:role() ~= "callee" or not ASKED_ANEW[attr.text] then
      return false
    end
    changes = changes or attr.text == "update" or attr.text == "delete" or attr.text == "aupdate" or attr.text == "adelete"
  end
  return changes
end

local CHANGES = { "update", "delete", "aupdate", "adelete" }

-- The names in a file on which a change is called: `orders.update(...)`; nil where there are none. It tells most files and tests apart.
local function changed_names(file)
  local names = nil
  for _, call in file.root:descendants("call", CHANGES) do
    local callee = call:child("callee")
    local on = callee and callee.kind == "attr" and callee:child("value")
    if on and on.kind == "name" then
      names = names or {}
      names[on.text] = true
    end
  end
  return names
end

-- Whether a condition names one row, by columns that are unique together; second, whether it names what the rows belong to, of which there may be few.
local function is_narrow(rows, model)
  for _, index in model.indexes do
    local is_unique = index.is_unique or index.at ~= nil and index.at.source:find("UniqueConstraint", 1, true) ~= nil
    local is_met = is_unique
    for _, column in index.columns do
      is_met = is_met and rows.equal[column] ~= nil
    end
    if is_met then
      return true, true
    end
  end
  for name in rows.equal do
    if model.relations[name] or model.relations[name:gsub("_id$", "")] then
      return false, true
    end
  end
  return django_rows.is_one(rows, model), rows.root ~= nil
end

-- Reports the tests of a repository.
function M.check(repo, report)
  if not repo:imports({ "django.db", "django.db.**" }) then
    return
  end
  local find = orm_finders.django(repo)
  for _, path in repo:holding("**/*.py", { ".update(", ".delete(" }) do
    local file = repo:open(path)
    local names = file and file.class == "source" and file.root and changed_names(file) or nil
    for _, branch in names and file.root:descendants("if") or {} do
      local test = branch:child("test")
      local scope = test and names[test.text] and test.kind == "name" and branch:enclosing("function")
      if not scope or branch:reach() == "test" then
        continue
      end
      local values = row_sources.assigned(test)
      local rows = values and #values == 1 and test:param_position() == nil and is_asked_anew(test, scope, values[1]) and find.rows(values[1])
      local model = rows and find.model(rows.base)
      local is_single, is_owned = true, true
      if model then
        is_single, is_owned = is_narrow(rows, model)
      end
      if not is_single then
        report({
          at = branch,
          message = `this test reads all rows of \`{test.text}\` into memory only to see whether there are any; what follows asks the database again`,
          confidence = is_owned and "low" or "medium",
          related = { { at = values[1], message = "the queryset" } },
          notes = { model = model.name },
        })
      end
    end
  end
end

return M

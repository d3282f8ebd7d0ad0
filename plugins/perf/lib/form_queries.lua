-- Django's forms that ask for their choices anew: a list of forms is made, one for each row, and every one that is shown runs the query of its field.

local called = require("called")
local declared = require("declared")
local orm_finders = require("orm_finders")
local per_item = require("per_item")

local M = {}

local FIELDS = table.freeze({ "django.forms.{ModelChoiceField,ModelMultipleChoiceField}", "django.forms.models.{ModelChoiceField,ModelMultipleChoiceField}" })

local function is_form(libraries)
  for _, origin in libraries do
    if origin:find("^django%.forms%.") or origin:find("^django_filters%.") then
      return true
    end
  end
  return false
end

-- Whether a widget writes out no choices: a key typed in, or looked up while it is typed.
local function shows_none(class)
  for _, word in { "HiddenInput", "TextInput", "NumberInput", "autocomplete", "Autocomplete", "Select2" } do
    if class.source:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Where a form says which rows its choices are: `self.fields["kind"].queryset = Kind.objects.all()`, `ModelChoiceField(queryset=...)`; nil where it says none.
local function choices_of(class, repo, find)
  local lineage, libraries = declared.lineage(class, repo)
  if not is_form(libraries) or shows_none(class) then
    return nil
  end
  for _, one in lineage do
    for _, statement in one:child("body"):children() do
      local value = statement.kind == "assign" and statement:child("value")
      local query = value and value.kind == "call" and value:is(FIELDS) and value:arg("queryset")
      if query and query.source:find("%.none%(%)%s*$") == nil and find.rows(query) then
        return value, find.rows(query)
      end
      for _, assign in statement.kind == "function" and statement.name == "__init__" and statement:descendants("assign") or {} do
        local target = assign:child("target")
        local given = target and target.kind == "attr" and target.text == "queryset" and target.source:find("fields", 1, true) and assign:child("value")
        if given and given.source:find("%.none%(%)%s*$") == nil and find.rows(given) then
          return assign, find.rows(given)
        end
      end
    end
  end
  return nil
end

-- Reports the forms of a repository that are made one per row and ask for their choices each.
function M.check(repo, report)
  if not repo:imports({ "django.forms", "django.forms.**" }) then
    return
  end
  local find, told = orm_finders.django(repo), {}
  for _, path in repo:holding("**/*.py", "Form(") do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call") or {} do
      local callee = call:child("callee")
      local row, carried = nil, false
      if callee and callee.name:find("Form$") then
        row, carried = per_item.item_loop(call)
      end
      local class = row and carried and per_item.counts(call) and declared.class(callee, repo)
      local at, rows = nil, nil
      if class then
        at, rows = choices_of(class, repo, find)
      end
      if at and not told[declared.key(at)] then
        told[declared.key(at)] = true
        report({
          at = at,
          message = `each {class.name} asks for its choices by a query of its own when it is shown, and one is made for every item of this list`,
          confidence = called.confidence(call, "medium", repo),
          reach = call:reach(),
          related = { { at = call, message = "one form per item" }, { at = row.loop.node, message = "the loop" } },
          notes = { model = rows.base.name },
        })
      end
    end
  end
end

return M

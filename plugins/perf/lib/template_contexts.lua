-- What Python hands to templates by name: dictionaries, what is put into them later, and the contexts and lists of Django's class-based views.

local class_members = require("class_members")
local declared = require("declared")
local literal_entries = require("literal_entries")
local set = require("words").set

local M = {}

local LISTING = set("ListView", "BaseListView", "MultipleObjectMixin", "FilterView", "ArchiveIndexView", "YearArchiveView", "MonthArchiveView", "DayArchiveView", "TodayArchiveView")
local SHOWING_ONE = set("DetailView", "BaseDetailView", "SingleObjectMixin", "UpdateView", "DeleteView")

local function literal(node)
  local text = node and node.kind ~= "function" and node:literal()
  return type(text) == "string" and text or nil
end

-- Adds what is put under a written key below `scope` into what is called `name`, or into anything.
local function add_put(scope, name, all)
  for _, assign in scope:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    local base = target and target.kind == "index" and target:child("value")
    local key = base and (name == nil or base.text == name) and literal(target:child("index"))
    if key and value then
      table.insert(all, { key = key, value = value })
    end
  end
  for _, call in scope:descendants("call", { "update", "get_context_data", "dict", "setdefault" }) do
    local on = call:receiver()
    if name == nil or on and on.text == name then
      for _, argument in call:children("arg") do
        if argument.kind == "kw-arg" and argument.text ~= "" and call.name ~= "setdefault" then
          table.insert(all, { key = argument.text, value = argument:child("value") })
        elseif argument.kind == "dict" then
          for _, entry in literal_entries.of(argument) or {} do
            table.insert(all, entry)
          end
        end
      end
    end
  end
end

-- The entries that a template is handed as `context`: {{key, value}}.
function M.of(context)
  local all = {}
  for _, entry in literal_entries.of(context) or {} do
    table.insert(all, entry)
  end
  local scope = context.kind == "name" and context:enclosing({ "function" })
  if scope then
    add_put(scope, context.text, all)
  end
  return all
end

-- What stands in each element of a list: the values of a dictionary by their keys, the instance that a form is made for; nil for what holds none.
local function fields_of(element)
  local fields, found = {}, false
  if element.kind == "call" and element.name:find("Form$") then
    local instance = element:arg("instance")
    fields.instance, found = instance, instance ~= nil
  end
  for _, entry in element.kind == "dict" and literal_entries.of(element) or {} do
    fields[entry.key], found = entry.value, true
  end
  return found and fields or nil
end

-- The elements of a list that is built row by row, `[{"order": order} for order in orders]` and `lines.append({"order": order})`: {element, fields}; nil where
-- it is not built so, or in several places.
function M.elements(value)
  local element = nil
  local made = value.kind == "name" and value:value() or value
  if made.kind == "comprehension" then
    element = made:child("value")
  elseif value.kind == "name" then
    local scope = value:enclosing({ "function" })
    for _, call in scope and scope:descendants("call", "append") or {} do
      local on, given = call:receiver(), call:arg(1)
      if on and on.text == value.text and given then
        if element then
          return nil
        end
        element = given
      end
    end
  end
  if element and element.kind == "name" then
    element = element:value() or element
  end
  local fields = element and fields_of(element)
  return fields and { element = element, fields = fields } or nil
end

-- The values that a method gives back itself.
local function given_by(method)
  local all = {}
  for _, statement in method:descendants({ "return" }) do
    local inner, value = statement:enclosing({ "function" }), statement:child("value")
    if inner and inner:same(method) and value and not value.source:find("%.none%(%)%s*$") then
      table.insert(all, value)
    end
  end
  return all
end

-- The name of a view's template as Django makes it up: `shop/order_list.html`.
local function made_up(model, ending)
  local path = model.class.file.path
  local app = path:match("([^/]+)/models%.py$") or path:match("([^/]+)/models/[^/]*$")
  return app and `{app}/{model.name:lower()}{ending}.html` or nil
end

-- What a class-based view hands to its template: {template (its name), entries = {{key, value}}, lists = {{keys, query or base (a model), is_one}}};
-- nil for what is no such view or chooses its template otherwise.
function M.of_view(class, repo, find)
  local lineage, libraries = declared.lineage(class, repo)
  local is_view, is_list, is_single = false, false, false
  for _, origin in libraries do
    local last = origin:match("([%w_]+)$") or ""
    if origin:find("^django%.views%.") or origin:find("^django_filters%.views%.") then
      is_view, is_list, is_single = true, is_list or LISTING[last] == true, is_single or SHOWING_ONE[last] == true
    end
  end
  if not is_view or class_members.inherited(lineage, "get_template_names") then
    return nil
  end
  local shown = { template = literal(class_members.inherited(lineage, "template_name")), entries = {}, lists = {} }
  local context = class_members.inherited(lineage, "get_context_data")
  if context and context.kind == "function" then
    add_put(context, nil, shown.entries)
    for _, dict in context:descendants("dict") do
      local role, parent = dict:role(), dict:parent()
      if role == "value" and parent and (parent.kind == "assign" or parent.kind == "return") then
        for _, entry in literal_entries.of(dict) or {} do
          table.insert(shown.entries, entry)
        end
      end
    end
  end
  local extra = class_members.inherited(lineage, "extra_context")
  for _, entry in extra and literal_entries.of(extra) or {} do
    table.insert(shown.entries, entry)
  end
  if not is_list and not is_single or is_single and class_members.inherited(lineage, "get_object") then
    return shown
  end
  local method, query, base = class_members.inherited(lineage, "get_queryset"), class_members.inherited(lineage, "queryset"), class_members.inherited(lineage, "model")
  local model = base and base.kind ~= "function" and find.model(base) or nil
  local keys = is_list and { "object_list", "page_obj", "filter" } or { "object" }
  local name = literal(class_members.inherited(lineage, "context_object_name"))
  table.insert(keys, name)
  local function add(what)
    local own = table.clone(keys)
    local rows = what.query and find.rows(what.query)
    local of = rows and find.model(rows.base) or model
    if of and not name then
      table.insert(own, is_list and of.name:lower() .. "_list" or of.name:lower())
    end
    shown.template = shown.template or of and made_up(of, is_list and "_list" or "_detail") or nil
    table.insert(shown.lists, { keys = own, query = what.query, base = what.base, is_one = not is_list })
  end
  if method and method.kind == "function" then
    for _, value in given_by(method) do
      add({ query = value })
    end
  elseif query and query.kind ~= "function" then
    add({ query = query })
  elseif model then
    add({ base = base })
  end
  return shown
end

return M

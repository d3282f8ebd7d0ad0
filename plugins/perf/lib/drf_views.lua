-- What the views of Django REST framework show as lists: which serialisers, and the queries of their rows.

local class_members = require("class_members")
local declared = require("declared")
local drf_serializers = require("drf_serializers")
local parameter = require("parameter")
local routed_actions = require("routed_actions")
local said_action = require("said_action")
local set = require("words").set

local M = {}

local LISTING = set("ModelViewSet", "ReadOnlyModelViewSet", "ListAPIView", "ListCreateAPIView", "ListModelMixin")

-- What a method gives for the list: the values of its `return`s that nothing says are for another action.
local function given_by(method)
  local for_list, others = {}, {}
  for _, statement in method:descendants({ "return" }) do
    local inner = statement:enclosing({ "function" })
    local value = inner and inner:same(method) and statement:child("value")
    local said = value and said_action.of(statement, method)
    if value and said == "list" then
      table.insert(for_list, value)
    elseif value and said == nil then
      table.insert(others, value)
    end
  end
  return #for_list > 0 and for_list or others
end

-- The classes of serialisers that show the list.
local function serializers_of(lineage, repo)
  local all = {}
  local own = class_members.inherited(lineage, "serializer_class")
  local method = class_members.inherited(lineage, "get_serializer_class")
  local values = method and method.kind == "function" and given_by(method) or { own }
  for _, value in values do
    local is_own = value.kind == "call" or value.kind == "attr" and value.text == "serializer_class"
    local at = is_own and own or value
    local class = at and (at.kind == "name" or at.kind == "attr") and declared.class(at, repo)
    if class and drf_serializers.is_serializer(class, repo) then
      table.insert(all, class)
    end
  end
  return all
end

local function gives_nothing(query)
  return query.source:find("%.none%(%)%s*$") ~= nil
end

-- The queries whose rows a view lists: what `get_queryset` gives, or `queryset`.
local function queries_of(lineage)
  local method = class_members.inherited(lineage, "get_queryset")
  if not method then
    local query = class_members.inherited(lineage, "queryset")
    return query and not gives_nothing(query) and { query } or {}
  elseif method.kind ~= "function" then
    return {}
  end
  local all = {}
  for _, value in given_by(method) do
    if not gives_nothing(value) then
      table.insert(all, value)
    end
  end
  return all
end

-- Whether a method only does what its base does: `return super().list(request)`.
local function is_handed_up(method)
  for _, call in method:descendants("call", "super") do
    local attr = call:parent()
    if attr and attr.kind == "attr" and attr.text == method.name then
      return true
    end
  end
  return false
end

-- Whether a method of a mixin lists what the view is made for, itself or through another method of the view: `self.get_serializer(self.get_queryset(), many=True)`.
local function lists_rows(method, lineage, depth)
  local asks, shows, calls = false, false, {}
  for _, call in method:descendants("call") do
    local on = call:receiver()
    if call.name == "select_related" or call.name == "prefetch_related" then
      return false
    elseif on and on.kind == "name" and on.text == "self" then
      asks = asks or call.name == "get_queryset"
      shows = shows or call.name == "get_serializer" and drf_serializers.is_on(call, "many")
      table.insert(calls, call)
    end
  end
  for _, call in not (asks and shows) and depth < 2 and calls or {} do
    local inner = class_members.inherited(lineage, call.name)
    if inner and inner.kind == "function" and not inner:same(method) and lists_rows(inner, lineage, depth + 1) then
      return true
    end
  end
  return asks and shows
end

-- Whether the `list` of a view is that of a mixin of the project; one of the view itself is looked at where it makes the serialiser.
local function is_of_mixin(list, class, lineage)
  local owner = list.kind == "function" and list:enclosing({ "class" })
  return owner ~= nil and owner ~= false and declared.key(owner) ~= declared.key(class) and lists_rows(list, lineage, 0)
end

-- What a view lists: {{class (of the serialiser), queries}}; none where that is decided elsewhere.
function M.lists_of(class, repo)
  local lineage, libraries = declared.lineage(class, repo)
  local is_listing = false
  for _, origin in libraries do
    is_listing = is_listing or origin:find("^rest_framework") ~= nil and LISTING[origin:match("([%w_]+)$")] == true
    -- Mixins that add the links by what the serialiser says.
    if origin:lower():find("prefetch", 1, true) or origin:lower():find("eager", 1, true) then
      return {}
    end
  end
  local list = class_members.inherited(lineage, "list")
  local is_mixed = list and is_of_mixin(list, class, lineage)
  if not is_listing and not is_mixed or list and not is_mixed and not (list.kind == "function" and is_handed_up(list)) or class_members.inherited(lineage, "filter_queryset") or not routed_actions.may_list(class, repo) then
    return {}
  end
  local all, queries = {}, queries_of(lineage)
  for _, shown in serializers_of(lineage, repo) do
    if #queries > 0 then
      table.insert(all, { class = shown, queries = queries })
    end
  end
  return all
end

-- What an action of its own names for itself: `@action(detail=True, serializer_class=LineSerializer)`.
local function named_by_action(call)
  local method = call:enclosing({ "function" })
  for _, decorator in method and method:children("decorator") or {} do
    local named = decorator.kind == "call" and (decorator:arg("serializer_class"))
    if named then
      return named
    end
  end
  return nil
end

-- Whether a call makes the serialiser that its view names: `self.get_serializer(...)`, `self.serializer_class(...)`, and by a name that took the class,
-- `serializer_class = self.get_serializer_class()`.
function M.is_by_view(call)
  if call.name == "get_serializer" then
    return true
  end
  local callee = call:child("callee")
  local given = callee and callee.kind == "name" and callee:func() and callee:value() or callee
  given = given and given.kind == "call" and given.name == "get_serializer_class" and #given:args() == 0 and given:child("callee") or given
  local on = given and given.kind == "attr" and (given.text == "serializer_class" or given.text == "get_serializer_class") and given:child("value")
  return on and parameter.is_self(on) or false
end

-- The serialiser that a call of that form makes in a view.
function M.serializer_within(call, repo)
  local named = named_by_action(call)
  if named then
    local own = declared.class(named, repo)
    return own and drf_serializers.is_serializer(own, repo) and own or nil
  end
  local class = call:enclosing({ "class" })
  local all = class and serializers_of(declared.lineage(class, repo), repo) or {}
  return #all == 1 and all[1] or nil
end

return M

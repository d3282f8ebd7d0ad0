-- Methods of managers and querysets of the project in a chain of Django, `Order.objects.open().for_shop(shop)`: what they do to the rows that they are asked on.

local django_chain = require("django_chain")
local django_links = require("django_links")
local django_managers = require("django_managers")
local query_chain = require("query_chain")
local row_sources = require("row_sources")

local set = require("words").set

local M = {}

-- Methods of libraries' managers that leave rows of the same model, and bring nothing along (django-safedelete, django-model-utils, django-polymorphic,
-- django-parler, django-cacheops, django-cte).
local LIBRARY = set(
  "all_with_deleted", "deleted_only", "available_objects", "non_polymorphic", "instance_of", "not_instance_of", "translated", "language", "active_translations", "cache", "nocache", "with_cte"
)

-- Methods that ask each other.
local MOST_METHODS = 3

-- Notes what a method of the model's managers does to the rows that it is asked on, `return self.filter(open=True)`; false where it may give others.
local function add_method(link, model, out, context, of, depth)
  local method = depth <= MOST_METHODS and django_managers.method(model.asked_by, link.name) or nil
  local self = method and method:children("param")[1]
  if not self then
    return not method and LIBRARY[link.name] == true
  end
  local function read(value, deeper)
    local base, links, rest, source = django_chain.of(value, context)
    if base and base.text ~= "model" or source or deeper > MOST_METHODS then
      return false
    elseif not base and rest and rest.kind == "name" and rest.text ~= self.text then
      for _, given in row_sources.assigned(rest) or { rest } do
        local root = query_chain.root_of(given)
        if given:same(rest) or not (root and root.text == rest.text) and not read(given, deeper + 1) then
          return false
        end
      end
    elseif not base and not (rest and (rest.kind == "name" or rest.kind == "call" and rest.name == "super")) then
      return false
    end
    for _, one in links or {} do
      local is_known = django_links.is_known(one.name)
      if is_known and not django_links.add(one, out, context, depth, of) or not is_known and not add_method(one, model, out, context, of, depth + 1) then
        return false
      end
    end
    return true
  end
  local gives = false
  for _, statement in method:descendants({ "return" }) do
    local inner, value = statement:enclosing({ "function" }), statement:child("value")
    if inner and inner:same(method) then
      if not value or not read(value, 0) then
        return false
      end
      gives = true
    end
  end
  out.is_refined = true
  return gives
end

-- Notes what the method does that a link asks of a model's manager; false where it is none that is known, or may give other rows. `of` reads the queries that
-- prefetches are given.
function M.add(link, model, out, context, of)
  return add_method(link, model, out, context, of, 0)
end

return M

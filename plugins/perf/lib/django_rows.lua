-- Which model's rows a queryset of Django gives, as far as it can be seen whole, and which relations it brings along.

local query_chain = require("query_chain")
local row_sources = require("row_sources")
local set = require("words").set

local M = {}

-- Links of Django's querysets that leave rows of the same model.
local DJANGO = set(
  "all", "filter", "exclude", "order_by", "distinct", "annotate", "alias", "using", "reverse", "select_for_update", "only", "defer", "iterator", "union", "none", "complex_filter", "extra", "aiterator", "select_related",
  "prefetch_related", "get_queryset", "objects"
)

-- A set of the names that a call is given as texts; nil where one of them is none. `Prefetch("lines", ...)` counts as its text.
local function names_of(call)
  local all = {}
  for _, argument in call:args() do
    if argument.kind == "call" and argument.name == "Prefetch" then
      argument = argument:arg(1) or (argument:arg("lookup")) or argument
    end
    local text = argument:literal()
    if type(text) ~= "string" then
      return nil
    end
    -- `order__customer` brings the order along as well.
    all[text:match("^(.-[^_])__") or text] = true
  end
  return all
end

-- The attribute under which a chain of Django begins, `Book.objects`, and its links; nil where a link is not known.
local function django_links(node)
  local links = {}
  local at = node
  while at do
    if at.kind == "call" then
      table.insert(links, at)
      at = at:child("callee")
    elseif at.kind == "attr" then
      local base = at:child("value")
      if at.text == "objects" or at.text == "_default_manager" then
        return base, links
      end
      at = base
    elseif at.kind == "index" then
      local index = at:child("index")
      if not index or index.kind ~= "slice" then
        return nil
      end
      at = at:child("value")
    else
      return nil, links, at
    end
  end
  return nil
end

-- Reads a queryset into `out`: {class, eager = {name}, all_eager}; false where it is not seen whole.
local function read_django(node, out, depth)
  if depth > 4 then
    return false
  end
  local given = row_sources.returned(node)
  if given then
    out.is_given = true
    return read_django(given, out, depth + 1)
  end
  if node.kind == "call" and node:is({ "builtins.list", "builtins.sorted", "builtins.tuple", "builtins.enumerate", "builtins.reversed" }) then
    local first = node:arg(1)
    return first ~= nil and read_django(first, out, depth + 1)
  end
  local base, links, rest = django_links(node)
  for _, link in links or {} do
    if not DJANGO[link.name] then
      return false
    elseif link.name == "select_related" or link.name == "prefetch_related" then
      local names = names_of(link)
      if not names then
        return false
      end
      out.all_eager = out.all_eager or link.name == "select_related" and next(names) == nil
      for name in names do
        out.eager[name] = true
      end
    end
  end
  if base then
    out.base = out.base or base
    return true
  elseif rest and rest.kind == "name" then
    local values = row_sources.assigned(rest)
    for _, value in values or {} do
      -- `rows = rows.filter(...)` hangs on what it refines.
      local root = query_chain.root_of(value)
      local is_own = root and root.text == rest.text
      if is_own then
        local _, own = django_links(value)
        for _, link in own or {} do
          if not DJANGO[link.name] then
            return false
          elseif link.name:find("_related", 1, true) then
            local names = names_of(link)
            if not names then
              return false
            end
            out.all_eager = out.all_eager or link.name == "select_related" and next(names) == nil
            for name in names do
              out.eager[name] = true
            end
          end
        end
      elseif not read_django(value, out, depth + 1) then
        return false
      end
    end
    return values ~= nil and out.base ~= nil
  end
  return false
end

-- The rows of Django that an expression gives: {base (the model's name), eager, all_eager, is_given (by a function)}, or nil.
function M.of(node)
  local out = { eager = {}, all_eager = false, base = nil }
  if not node or not read_django(node, out, 0) or not out.base then
    return nil
  end
  return out
end

return M

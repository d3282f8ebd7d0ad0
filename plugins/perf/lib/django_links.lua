-- What the links of a chain of Django's querysets say: which relations the rows bring along, which columns they leave out, what they have in common.

local declared = require("declared")
local set = require("words").set

local M = {}

-- Links of Django's querysets that leave rows of the same model.
local KNOWN = set(
  "all", "filter", "exclude", "order_by", "distinct", "annotate", "alias", "using", "reverse", "select_for_update", "only", "defer", "iterator", "union", "intersection", "difference", "none", "complex_filter", "extra", "aiterator", "select_related",
  "prefetch_related", "get_queryset", "objects"
)
-- Links behind which the rows of a relation are still those that were brought along with it.
local PLAIN = set("all", "get_queryset")

local function add_path(out, path, rows)
  -- `order__customer` brings the order along as well.
  local at = ""
  for name in path:gsub("__", "\n"):gmatch("[^\n]+") do
    at = at == "" and name or `{at}__{name}`
    out.paths[at] = out.paths[at] or {}
    out.eager[at] = true
  end
  if rows then
    out.paths[path] = { only = rows.only, deferred = rows.deferred }
    for inner, what in rows.paths do
      out.paths[`{path}__{inner}`] = what
      out.eager[`{path}__{inner}`] = true
    end
  end
end

-- Notes what `Prefetch("lines", queryset=...)` brings along; false where that is not seen.
local function add_prefetch(call, out, context, depth, of)
  local lookup = call:arg(1) or (call:arg("lookup"))
  local text = lookup and lookup:literal()
  if type(text) ~= "string" then
    return false
  end
  local query, attribute = call:arg("queryset") or call:arg(2), call:arg("to_attr") or call:arg(3)
  local rows = query and of(query, context, depth + 1)
  local name = attribute and attribute:literal()
  if attribute then
    -- The rows stand under another name, those of the relation are asked for as before.
    out.added[type(name) == "string" and name or ""] = true
    local parent = text:match("^(.*)__")
    if parent then
      add_path(out, parent)
    end
    return true
  end
  add_path(out, text, rows)
  if query and not rows then
    out.paths[text].is_hidden = true
  end
  return true
end

-- Arguments with those that stand in a list: `select_related(*RELATIONS)`.
local function written_out(arguments, context)
  local all = {}
  for _, argument in arguments do
    local given = argument.kind == "spread" and (argument:child("value") or argument:children()[1])
    local list = given and declared.value(given, context and context.repo)
    if list and list.kind == "list" then
      for _, item in list:children("item") do
        table.insert(all, item)
      end
    else
      table.insert(all, argument)
    end
  end
  return all
end

-- Notes the relations that a link brings along; false where one of them is not written.
local function add_relations(link, out, context, depth, of)
  local arguments = written_out(link:args(), context)
  out.all_eager = out.all_eager or link.name == "select_related" and #arguments == 0
  for _, argument in arguments do
    local text = argument:literal()
    if argument.kind == "call" and argument.name == "Prefetch" then
      if not add_prefetch(argument, out, context, depth, of) then
        return false
      end
    elseif argument.kind == "null" then
      out.eager, out.paths = {}, {}
    elseif type(text) == "string" then
      add_path(out, text)
    else
      return false
    end
  end
  return true
end

-- The names that a call is given as texts; nil where one of them is none.
local function texts_of(call)
  local all = {}
  for _, argument in call:args() do
    local text = argument:literal()
    if type(text) ~= "string" then
      return nil
    end
    all[text] = true
    all[text:gsub("_id$", "")] = true
  end
  return all
end

-- Whether a name is that of a link of Django's own.
function M.is_known(name)
  return KNOWN[name] == true
end

-- Notes one link of a chain; false where it may give other rows. `of` reads the query that a prefetch is given.
function M.add(link, out, context, depth, of)
  local name = link.name
  if not KNOWN[name] then
    return false
  elseif name == "select_related" or name == "prefetch_related" then
    return add_relations(link, out, context, depth, of)
  elseif name == "only" or name == "defer" then
    local texts = texts_of(link)
    if texts and name == "only" then
      out.only = texts
      out.only_at = link
    elseif texts then
      out.deferred = texts
    end
  elseif name == "filter" then
    -- What every row has in common; a unique column is so in one row only.
    for _, argument in link:children("arg") do
      if argument.kind == "kw-arg" then
        out.equal[argument.text:gsub("__exact$", "")] = argument:child("value")
      end
    end
  elseif name == "annotate" or name == "extra" then
    for _, argument in link:children("arg") do
      out.added[argument.kind == "kw-arg" and argument.text or argument.source] = true
    end
  end
  out.is_refined = out.is_refined or not PLAIN[name]
  return true
end

return M

-- What a template asks for each row that it shows: relations by the way to them, also through `with`, `include`, loops over the rows of a relation, and
-- what methods and properties of a model read when the template names them.

local relation_reads = require("relation_reads")
local set = require("words").set
local template_tags = require("template_tags")

local M = {}

-- What a template calls on a relation to many that a prefetch answers, and what asks anew whatever was brought along.
local PREFETCHED = set("all", "count", "exists")
local ASKING = set("first", "last", "values", "values_list", "exists", "count", "all", "latest", "earliest", "iterator")
-- What a page of rows has its rows under.
local ROWS_OF_PAGE = set("items", "object_list", "all", "list", "qs")
local DEEPEST = 2

-- A value that is known: kind "rows" or "row" with a subject {model, path, rows}, "groups" and "group" of a regrouping; `is_item` is a row of a loop.
local function bound(kind, subject, is_item)
  return { kind = kind, subject = subject, is_item = is_item }
end

local function is_eager(subject, name, relation)
  local rows = subject.rows
  if subject.path == "" then
    return rows.eager[name] ~= nil or rows.all_eager and relation.kind == "one" and not relation.is_reverse or false
  end
  return rows.paths ~= nil and rows.paths[subject.path .. name] ~= nil
end

local function is_fixed(subject, name)
  local fixed = subject.path == "" and subject.rows.fixed
  return fixed and (fixed[name] or fixed[name .. "_id"]) and true or false
end

local function note(state, subject, name, relation, at, asked_by)
  local path = (subject.label and subject.label .. "." or "") .. subject.path .. name
  if subject.rows == state.rows and not state.seen[path] then
    state.seen[path] = true
    table.insert(state.out, { name = name, path = path, relation = relation, at = at, is_counted = asked_by == "count", is_anew = asked_by ~= nil and not PREFETCHED[asked_by] })
  end
end

-- Whether a place is reached only where something else is empty: `return self.name or self.owner.email`.
local function is_fallback(at, method)
  local node = at
  local parent = node:parent()
  while parent and parent:is_within(method) do
    if parent.kind == "logic" and parent.text == "or" and not parent:children()[1]:same(node) then
      return true
    end
    node, parent = parent, parent:parent()
  end
  return false
end

-- What a method or property of the model reads of the row that it is asked of.
local function note_method(state, value, name, at)
  local subject = value.subject
  local method = value.is_item and state.find.target and subject.model.class and relation_reads.method(subject.model, name)
  local self = method and method:children("param")[1]
  if not self then
    return
  end
  if state.find.asks and state.find.asks(method) then
    note(state, subject, name, { kind = "one" }, at)
    return
  end
  local trip = relation_reads.walk(method, self.text, subject, relation_reads.trip(state.find, subject.path == "" and subject.rows.back or subject.back))
  for _, read in trip.out do
    -- What asks anew for each row is mended in the method, what is brought along is mended where the list is asked for.
    if is_fallback(read.through or read.at, method) then
      continue
    elseif read.relation.kind == "one" or read.at.kind == "call" and read.at.name == "all" then
      note(state, subject, read.path:sub(#subject.path + 1), read.relation, at)
    end
  end
end

-- The value that one more word of a path leads to; nil where that is not known.
local function step(state, value, name, after, at)
  if value.kind == "groups" or value.kind == "group" then
    return name == "list" and bound("rows", value.subject) or nil
  elseif value.kind == "record" then
    return value.fields[name]
  elseif value.kind == "records" then
    return nil
  elseif value.kind == "rows" or value.kind == "tuples" then
    return ROWS_OF_PAGE[name] and value or nil
  end
  local subject = value.subject
  local loaded = subject.model.loaded and subject.model.loaded[name]
  local relation = subject.model.relations[name] or loaded
  if name == subject.back and value.of then
    -- What a row was found by is at hand.
    return value.of
  elseif not relation then
    if not (subject.model.columns and subject.model.columns[name]) and not (subject.rows.added and subject.rows.added[name]) then
      note_method(state, value, name, at)
    end
    return nil
  elseif is_fixed(subject, name) or name == subject.back or subject.path == "" and name == subject.rows.back then
    return nil
  end
  local eager = is_eager(subject, name, relation)
  local is_asked = not loaded and relation.kind == "one" and not eager or relation.kind == "many" and after ~= nil and ASKING[after] and not (eager and PREFETCHED[after])
  if is_asked and value.is_item then
    note(state, subject, name, relation, at, relation.kind == "many" and after or nil)
  end
  local model = state.find.target and state.find.target(relation)
  local next = model and { model = model, path = `{subject.path}{name}__`, rows = subject.rows, back = relation.back, label = subject.label } or nil
  if not next then
    return nil
  end
  return if relation.kind == "one" then bound("row", next, value.is_item) else bound("rows", next)
end

-- What is asked of the value that a word of a path leads to: the word behind it, or where a method of the project's managers stands between, `order.lines.open.latest`, a
-- question that nothing answers which was brought along.
local function asked_behind(words, index)
  local after = words[index + 1]
  if after == nil or ASKING[after] then
    return after
  end
  for later = index + 2, #words do
    if ASKING[words[later]] then
      return "first"
    end
  end
  return after
end

-- Follows a path of a template; `is_shown` where its value is written out, which asks a row for its text.
local function follow(state, names, path, at, is_shown)
  local words = string.split(path, ".")
  local value = names[words[1]]
  for index = 2, #words do
    if not value then
      return nil
    end
    value = step(state, value, words[index], asked_behind(words, index), at)
  end
  if value and value.kind == "row" and is_shown then
    note_method(state, value, "__str__", at)
  end
  return value or nil
end

local visit

local function include(state, file, tag, names, depth, line)
  local other = tag.file and depth < DEEPEST and template_tags.file(tag.file, state.repo, file)
  if not other or other.path == file.path then
    return
  end
  local given = tag.is_closed and {} or table.clone(names)
  for name, path in tag.named do
    given[name] = follow(state, names, path, file:line_span(line)) or false
  end
  visit(state, other, given, depth + 1)
end

visit = function(state, file, names, depth)
  local scopes = { names }
  template_tags.each(file, function(tag, line)
    local inner = scopes[#scopes]
    local at = file:line_span(line)
    local function look(is_shown)
      for _, path in tag.paths do
        follow(state, inner, path, at, is_shown)
      end
    end
    if tag.kind == "for" then
      local value = tag.over and follow(state, inner, tag.over, at)
      local own = table.clone(inner)
      for _, name in tag.names do
        own[name] = false
      end
      if value and #tag.names == 1 and value.kind == "rows" then
        own[tag.names[1]] = bound("row", value.subject, true)
        state.head = state.head or at
      elseif value and value.kind == "tuples" then
        for index, name in tag.names do
          own[name] = value.items[index] or false
        end
        state.head = state.head or at
      elseif value and #tag.names == 1 and value.kind == "groups" then
        own[tag.names[1]] = bound("group", value.subject)
      elseif value and #tag.names == 1 and value.kind == "records" then
        own[tag.names[1]] = { kind = "record", fields = value.fields }
        state.head = state.head or at
      end
      table.insert(scopes, own)
    elseif tag.kind == "with" then
      local own = table.clone(inner)
      for name, path in tag.named do
        own[name] = follow(state, inner, path, at) or false
      end
      table.insert(scopes, own)
    elseif tag.kind == "set" then
      for name, path in tag.named do
        inner[name] = follow(state, inner, path, at) or false
      end
    elseif (tag.kind == "endfor" or tag.kind == "endwith") and #scopes > 1 then
      table.remove(scopes)
    elseif tag.kind == "include" then
      include(state, file, tag, inner, depth, line)
    elseif tag.kind == "regroup" then
      local value = tag.over and follow(state, inner, tag.over, at)
      if value and value.kind == "rows" then
        follow(state, { row = bound("row", value.subject, true) }, "row." .. tag.by, at)
        inner[tag.name] = bound("groups", value.subject)
        state.head = state.head or at
      end
    else
      look(tag.is_shown)
    end
  end)
end

-- A value of a template: "rows" of a query, a "row" (`is_item`: one of several, `of`: the row that it was found by).
function M.bind(kind, model, rows, is_item, of)
  local value = bound(kind, { model = model, path = "", rows = rows, back = of and rows.back or nil }, is_item)
  value.of = of
  return value
end

-- Rows of several models, each under a name of its own: `select(Order, Customer)`.
function M.tuples(rows, find)
  local items = {}
  for index, base in rows.bases do
    local model = find.model(base)
    items[index] = model and bound("row", { model = model, path = "", rows = rows, label = model.name }, true) or false
  end
  return { kind = "tuples", items = items }
end

-- Values that are lists of things which hold rows: `[{"order": order, "due": ...} for order in orders]`.
function M.records(fields)
  return { kind = "records", fields = fields }
end

-- What a template asks for each of some rows that stand under names, or, where they are bound as one row, for the rows of its relations: {name, path, relation, at,
-- is_counted, is_anew (whatever was brought along)}; second, where it turns over them. `names` are values of `bind` and `records`, `rows` those that are meant.
function M.of(file, names, rows, find, repo)
  local state = { find = find, repo = repo, rows = rows, out = {}, seen = {}, head = nil }
  visit(state, file, names, 0)
  return state.out, state.head
end

return M

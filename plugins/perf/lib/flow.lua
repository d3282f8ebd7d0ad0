-- Which names a piece of code reads and which it changes, as dotted paths: `user`, `this.bills`, `pageProps.user`. Enough to
-- say whether one statement can run before the other is done; what cannot be told counts as a dependence.

local M = {}

-- Methods that change what they are called on.
local CHANGING = {
  push = true, unshift = true, splice = true, pop = true, shift = true, sort = true, reverse = true, fill = true, set = true, delete = true,
  add = true, clear = true, append = true, extend = true, insert = true, remove = true, update = true, setdefault = true, discard = true,
}

-- `a.b.c` for a name or a chain of attributes on one; nil where something else stands at its root.
function M.path(node)
  if node.kind == "name" then
    return node.text
  elseif node.kind == "attr" then
    local base = node:child("value")
    local path = base and M.path(base)
    return path and `{path}.{node.text}`
  elseif node.kind == "index" then
    -- One element is as good as all of them.
    local base = node:child("value")
    return base and M.path(base)
  end
  return nil
end

local function own_part(node)
  -- The longest chain of attributes that a name stands at the root of.
  local at = node
  local parent = at:parent()
  while parent and parent.kind == "attr" and at:role() == "value" do
    at, parent = parent, parent:parent()
  end
  return at
end

-- The names in a node, itself included.
function M.names(node)
  return node.kind == "name" and { node } or node:descendants("name")
end

-- What the statement around a node gives a value; nil where it is no assignment.
function M.target(node)
  local statement = node:statement()
  return statement and statement.kind == "assign" and statement:child("target") or nil
end

-- Whether a node is one of some names, or holds one.
function M.mentions(node, names)
  for _, name in M.names(node) do
    if names[name.text] then
      return true
    end
  end
  return false
end

local function is_bound_here(name)
  local role = name:role()
  return role == "param" or role == "key" or name.kind == "param"
end

local function each_name(node, visit)
  if node.kind == "name" then
    visit(node)
  end
  for _, name in node:descendants({ "name" }) do
    visit(name)
  end
end

local BY_PATH = { get = true, has = true }

-- What is read of an object by a path that is written as a text, in lodash's way: `_.get(order, "customer.name")`. Empty for any other place.
local function text_path(whole)
  local call = whole:role() == "arg" and whole:parent()
  local on = call and call.kind == "call" and BY_PATH[call.name] and call:receiver()
  local first = on and on.kind == "name" and (on.text == "_" or on.text == "lodash") and call:arg(1)
  local path = first and first:same(whole) and call:arg(2)
  local text = path and path:literal()
  return type(text) == "string" and text:match("^[%w_]+[%w_%.]*$") and "." .. text or ""
end

-- Paths that `node` reads, as a set.
function M.reads(node)
  local all = {}
  each_name(node, function(name)
    if not is_bound_here(name) then
      local whole = own_part(name)
      -- `user.posts.filter()` reads `user.posts`, through a method of whatever that is.
      local path = M.path(whole)
      if path then
        all[path .. text_path(whole)] = true
      end
    end
  end)
  return all
end

local function add_targets(target, into, inside)
  if target.kind == "name" or target.kind == "attr" or target.kind == "index" then
    local path = not (inside and target.kind == "name") and M.path(target)
    if path then
      into[path] = true
    end
    return
  end
  if target.kind == "assign" or target.kind == "pair" or target.kind == "spread" then
    local inner = target:child("target") or target:child("value")
    if inner then
      add_targets(inner, into, inside)
    end
    return
  end
  for _, item in target:children() do
    add_targets(item, into, inside)
  end
end

-- Paths that a statement gives a value or changes, as a set: targets of assignments, and what changing methods are called on.
-- With `inside`, only what is changed in
-- the things themselves: a name that stands for another thing from then on changes nothing for who else holds the first.
function M.writes(node, inside)
  local all = {}
  local function one(inner)
    if inner.kind == "assign" or inner.kind == "aug-assign" or inner.kind == "for" or inner.kind == "with-item" then
      for _, target in inner:children("target") do
        add_targets(target, all, inside)
      end
    elseif inner.kind == "delete" then
      for _, target in inner:children() do
        add_targets(target, all, inside)
      end
    elseif inner.kind == "call" and CHANGING[inner.name] and not inner:is_awaited() then
      -- What is awaited is no collection in memory.
      local receiver = inner:receiver()
      local path = receiver and M.path(receiver)
      if path then
        all[path] = true
      end
    end
  end
  one(node)
  for _, inner in node:descendants({ "assign", "aug-assign", "for", "with-item", "delete", "call" }) do
    one(inner)
  end
  return all
end

local function overlaps(read, written)
  return read == written or read:sub(1, #written + 1) == written .. "." or written:sub(1, #read + 1) == read .. "."
end

-- A path that is both read and written, or nil.
function M.shared(reads, writes)
  for written in writes do
    for read in reads do
      if overlaps(read, written) then
        return written
      end
    end
  end
  return nil
end

function M.is_empty(set)
  return next(set) == nil
end

function M.merge(into, more)
  for path in more do
    into[path] = true
  end
end

return M

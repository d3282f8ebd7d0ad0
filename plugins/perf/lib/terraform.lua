-- Terraform as a directory: the blocks of all its files, and what `local.x`, `var.x`, `merge()` and `lookup()` come to across them. A
-- variable that several callers set is hidden, and so is every other expression that the files do not tell.

local paths = require("paths")
local setting = require("setting")

local M = {}

-- References followed from one value.
local MOST_HOPS = 8

local Module = {}
Module.__index = Module

-- The module in a directory.
function M.module(repo, directory)
  local self = setmetatable({ repo = repo, directory = directory, locals = {}, variables = {}, set = {}, resources = {}, modules = {}, texts = {} }, Module)
  for _, path in repo:below(directory) do
    if paths.directory(path) == directory then
      self:take(path)
    end
  end
  return self
end

function Module:take(path)
  local is_source, is_value = path:find("%.tf$"), path:find("%.tfvars$")
  local file = (is_source or is_value) and self.repo:open(path)
  for _, top in file and file.documents or {} do
    if is_value then
      for _, entry in top:entries() do
        self.set[entry.key] = self.set[entry.key] or {}
        table.insert(self.set[entry.key], entry)
      end
      continue
    end
    for _, block in top:blocks("locals") do
      for _, entry in block:entries() do
        self.locals[entry.key] = entry
      end
    end
    for _, block in top:blocks("variable") do
      self.variables[block.labels[1] or ""] = block
    end
    for _, kind in { "resource", "module", "data" } do
      for _, block in top:blocks(kind) do
        table.insert(self.resources, { kind = kind, type = block.labels[1], name = block.labels[2] or block.labels[1], doc = block, file = file })
      end
    end
  end
end

-- The expression without comments and blanks around it.
local function bare(text)
  text = text:gsub("/%*.-%*/", "")
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    if not line:find("^%s*#") and not line:find("^%s*//") then
      table.insert(lines, line)
    end
  end
  return (table.concat(lines, "\n"):match("^%s*(.-)%s*$"))
end

-- The arguments of a call as texts; nil for what is no call of that function.
local function arguments(text, name)
  local inside = text:match("^" .. name .. "%s*(%b())$")
  if not inside then
    return nil
  end
  local all, depth, quoted, from = {}, 0, false, 2
  for at = 2, #inside do
    local sign = inside:sub(at, at)
    if sign == '"' then
      quoted = not quoted
    elseif quoted then
      continue
    elseif sign == "(" or sign == "{" or sign == "[" then
      depth += 1
    elseif depth == 0 and (sign == "," or sign == ")") then
      local argument = bare(inside:sub(from, at - 1))
      if argument ~= "" then
        table.insert(all, argument)
      end
      from = at + 1
    elseif sign == ")" or sign == "}" or sign == "]" then
      depth -= 1
    end
  end
  return all
end

-- What a variable holds, as far as one value is known: what a file of values or the only caller sets, else the default.
function Module:variable(name)
  local sets = self.set[name] or {}
  for _, caller in self:callers() do
    local given = caller.doc:get(name)
    if given then
      if given.kind == "unknown" then
        return nil, "hidden"
      end
      table.insert(sets, given)
    end
  end
  if #sets == 1 then
    return sets[1], "given"
  elseif #sets > 1 then
    for _, one in sets do
      if one.kind ~= "scalar" or one.value ~= sets[1].value then
        return nil, "hidden"
      end
    end
    return sets[1], "given"
  end
  local block = self.variables[name]
  if not block then
    return nil, "hidden"
  end
  local default, how = block:get("default")
  if how == "absent" then
    return nil, "hidden"
  end
  return default, how
end

-- The calls of this module in the repository.
function Module:callers()
  if self.found then
    return self.found
  end
  self.found = {}
  local last = paths.basename(self.directory)
  for _, path in self.repo:holding("**/*.tf", last) do
    local directory = paths.directory(path)
    local file = directory ~= self.directory and self.repo:open(path)
    for _, top in file and file.documents or {} do
      for _, block in top:blocks("module") do
        local source = block:get("source")
        local text = source and source.text or ""
        if text:sub(1, 1) == "." and paths.join(directory, text) == self.directory then
          table.insert(self.found, { doc = block, file = file })
        end
      end
    end
  end
  return self.found
end

-- The node that an expression, written as `text`, stands for, and how it is known.
function Module:follow(text, hops)
  if hops > MOST_HOPS then
    return nil, "hidden"
  end
  text = bare(text)
  local lookup = arguments(text, "lookup")
  if lookup and #lookup >= 2 then
    local key = lookup[2]:match('^"([^"]*)"$')
    local map, how = self:follow(lookup[1], hops + 1)
    if not key or how ~= "given" or map.kind ~= "map" then
      return nil, "hidden"
    end
    local node, found = map:get(`"{key}"`)
    if found == "given" then
      return self:settle(node, hops)
    elseif found == "absent" and lookup[3] then
      if lookup[3]:find("^{%s*}$") then
        return nil, "absent"
      end
      return self:follow(lookup[3], hops + 1)
    end
    return nil, "hidden"
  end
  local kind, name, rest = text:match("^(%a+)%.([%w_-]+)(.*)$")
  local node, how = nil, "hidden"
  if kind == "local" and self.locals[name] then
    node, how = self.locals[name], "given"
  elseif kind == "var" then
    node, how = self:variable(name)
  end
  if how ~= "given" then
    return nil, how
  end
  node, how = self:settle(node, hops)
  while how == "given" and rest ~= "" do
    local key = rest:match("^%.([%w_-]+)") or rest:match('^%["([^"]*)"%]')
    if not key or not node then
      return nil, "hidden"
    end
    rest = rest:gsub("^%.[%w_-]+", "", 1):gsub('^%["[^"]*"%]', "", if rest:sub(1, 1) == "[" then 1 else 0)
    node, how = node:get(`"{key}"`)
    if how == "given" then
      node, how = self:settle(node, hops)
    end
  end
  return node, how
end

-- A node, or what it refers to.
function Module:settle(node, hops)
  if node and node.kind == "unknown" then
    return self:follow(node.text, hops + 1)
  elseif node and node.kind == "null" then
    return nil, "absent"
  end
  return node, "given"
end

-- The setting at a path of a block; each part is a key.
function Module:at(block, parts)
  local node, how = block, "given"
  for at, part in parts do
    local inner, found = node:get(`"{part}"`)
    if found == "hidden" and node.tag == "merge" then
      inner, found = self:merged(node, part)
    end
    if found ~= "given" then
      return setting.of(nil, found)
    end
    node, how = self:settle(inner, 0)
    if how ~= "given" or not node then
      return setting.of(nil, how)
    end
    if at < #parts and node.kind ~= "map" then
      return setting.HIDDEN
    end
  end
  return setting.of(node, how)
end

-- What `merge()` holds under a key that none of the maps written out in it has: the last of its arguments that has it.
function Module:merged(node, key)
  local args = arguments(bare(node.span.source), "merge")
  if not args then
    return nil, "hidden"
  end
  for at = #args, 1, -1 do
    if args[at]:sub(1, 1) == "{" then
      continue
    end
    local map, how = self:follow(args[at], 0)
    if how == "hidden" or how == "given" and map.kind ~= "map" then
      return nil, "hidden"
    elseif how == "given" then
      local inner, found = map:get(`"{key}"`)
      if found ~= "absent" then
        return inner, found
      end
    end
  end
  return nil, "absent"
end

-- The other blocks of the module in which a reference such as `aws_lambda_function.orders` stands.
function Module:users(reference, own)
  local all = {}
  for _, resource in self.resources do
    if resource == own then
      continue
    end
    local text = self.texts[resource] or resource.doc.span.source
    self.texts[resource] = text
    local from, to = text:find(reference, 1, true)
    if from and not text:sub(to + 1, to + 1):find("[%w_-]") and not text:sub(from - 1, from - 1):find("[%w_.-]") then
      table.insert(all, resource)
    end
  end
  return all
end

-- Whether a block, or the policy document that it names, lets everybody in.
function Module:is_for_all(resource)
  local text = self.texts[resource] or resource.doc.span.source
  if text:find("allUsers", 1, true) then
    return true
  end
  local policy = text:match("data%.google_iam_policy%.([%w_-]+)")
  for _, other in policy and self.resources or {} do
    if other.kind == "data" and other.name == policy and other.doc.span.source:find("allUsers", 1, true) then
      return true
    end
  end
  return false
end

-- The value of an attribute that is text, and known.
function Module:text(block, key)
  local found = self:at(block, { key })
  return if found.state == "given" and type(found.value) == "string" then found.value else nil
end

return M

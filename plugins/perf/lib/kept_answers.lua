-- Loops that keep what they asked for by its key and ask only for keys that they have not met: as many queries as there are different keys, which
-- may be far fewer than items.

local M = {}

-- Methods that put an entry into a container, and words for nothing.
local PUTS = { set = true, Set = true, Store = true, put = true, setdefault = true }
local NOTHING = { "None", "null", "nil", "undefined" }
local EQUAL = { ["is"] = true, ["=="] = true, ["==="] = true }

-- Whether a test holds where nothing was found: `key not in known`, `!ok`, `found is None`.
local function is_miss(test)
  if test.kind == "unary" then
    return test.text == "not" or test.text == "!"
  elseif test.kind ~= "compare" then
    return false
  end
  local sides = test:children("value")
  local last = sides[#sides]
  return test.text == "not in" or EQUAL[test.text] and last ~= nil and table.find(NOTHING, last.source) ~= nil
end

-- The containers that a block puts something into, by name or attribute.
local function filled_in(block)
  local all = {}
  for _, node in block:descendants({ "assign", "call" }) do
    local target = node.kind == "assign" and node:child("target")
    local container = if target and target.kind == "index" then target:child("value") elseif node.kind == "call" and PUTS[node.name] then node:receiver() else nil
    if container and (container.kind == "name" or container.kind == "attr") then
      table.insert(all, container)
    end
  end
  return all
end

-- Whether a text looks into a container: `known[key]`, `known.get(key)`, `key not in known`.
local function looks_into(text, container)
  local name = container.source:gsub("%p", "%%%0")
  return text:find(`%f[%w_]{name}%s*%[`) ~= nil or text:find(`%f[%w_]{name}%.%a`) ~= nil or text:find(`%f[%w]in%s+{name}%f[^%w_]`) ~= nil
end

-- Whether the test of a branch asks the container, itself or by what stands before it: `found, ok := known[key]`, `if !ok`.
local function asks(branch, body, container)
  local head = branch.source:sub(1, (branch.source:find(body.source, 1, true) or 1) - 1)
  if looks_into(head, container) then
    return true
  end
  local block = branch:parent()
  for _, before in block and block:children() or {} do
    if before:same(branch) then
      break
    end
    local targets = before.kind == "assign" and before:children("target") or {}
    for _, target in targets do
      for name in target.source:gmatch("[%a_][%w_]*") do
        if head:find(`%f[%w_]{name}%f[^%w_]`) and looks_into(before.source, container) then
          return true
        end
      end
    end
  end
  return false
end

-- Whether a node of a loop runs only for keys that a container lacks which outlives the turn, and the container is filled there.
function M.are_kept(node, loop)
  local branch = node:enclosing({ "if", "function" })
  while branch and branch.kind == "if" and branch:is_within(loop.node) do
    local test, body = branch:child("test"), branch:child("body")
    if test and body and node:is_within(body) and is_miss(test) then
      for _, container in filled_in(body) do
        local made = container.kind == "name" and container:value()
        if not (made and made:is_within(loop.node)) and asks(branch, body, container) then
          return true
        end
      end
    end
    branch = branch:enclosing({ "if", "function" })
  end
  return false
end

return M

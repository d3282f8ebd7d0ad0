-- What handlers of Go write into the object that they are methods of: a server has one, and answers many requests with it at once.

local flow = require("flow")
local shared_state = require("shared_state")

local M = {}

-- Words in the head of a struct of which a framework makes one for each request.
local PER_REQUEST = { "web.Controller", "beego.Controller", "revel.Controller" }

-- The fields of a struct of the same file, each with how its type is written.
local function fields_of(file, name)
  for _, class in file.root:descendants("class") do
    if class.text == name then
      local fields = {}
      for _, each in PER_REQUEST do
        if class.source:find(each, 1, true) then
          return nil
        end
      end
      for _, assign in class:descendants("assign") do
        local target, kind = assign:child("target"), assign:child("type")
        if target and kind then
          fields[target.name] = kind.source
        end
      end
      return fields
    end
  end
  return nil
end

-- What a handler is handed beside its object, and nothing else: whoever has more is called by the repository's own code, maybe on an object of the request's.
local ALONE = { "gin%.Context$", "echo%.Context$", "fiber%.Ctx$" }

local function is_handler(func)
  local params = func.params
  if #params == 3 then
    return params[2].source:find("http%.ResponseWriter$") ~= nil and params[3].source:find("http%.Request$") ~= nil
  end
  for _, kind in #params == 2 and ALONE or {} do
    if params[2].source:find(kind) then
      return true
    end
  end
  return false
end

-- What comes with the request: all that the handler is handed.
local function handed(func)
  local own = {}
  for at, param in func.params do
    own[param.text] = at > 1 or nil
  end
  return own
end

-- Whether a test around a place asks for what is set there: it is filled in once.
local function fills_in(node, path)
  local around = node:enclosing({ "if", "function" })
  while around and around.kind == "if" do
    local test = around:child("test")
    if test and test.source:find(path, 1, true) then
      return true
    end
    around = around:enclosing({ "if", "function" })
  end
  return false
end

-- Writes of a handler to a map of its object, to a number that is counted up, and of what came with its request: {at, path, sort}.
function M.written(func)
  local all, seen = {}, {}
  local receiver = func.params[1]
  local owner = receiver and receiver.source:match("^[%w_]+%s+%*([%w_]+)")
  if not owner or func.is_lambda or not is_handler(func) then
    return all
  end
  local fields, own = nil, handed(func)
  for _, assign in func.node:descendants({ "assign", "aug-assign", "unary" }) do
    local counts = assign.kind == "unary" and (assign.source:find("%+%+$") or assign.source:find("%-%-$"))
    if assign.kind == "unary" and not counts then
      continue
    end
    for _, target in assign:children(counts and "value" or "target") do
      local held = target.kind == "index" and target:child("value") or target
      local base = held and held.kind == "attr" and held:child("value")
      if not base or base.kind ~= "name" or base.text ~= receiver.text or seen[held.name] then
        continue
      end
      fields = fields or fields_of(func.node.file, owner) or {}
      local kind = fields[held.name]
      local path = `{receiver.text}.{held.name}`
      local sort = nil
      if not kind then
        continue
      elseif target.kind == "index" then
        sort = kind:find("^map%[") and "map" or nil
      elseif counts or assign.kind == "aug-assign" then
        sort = "number"
      else
        local value = assign:child("value")
        sort = value and flow.mentions(value, own) and not fills_in(assign, path) and "request" or nil
      end
      if sort and not shared_state.is_locked(assign, func) then
        seen[held.name] = true
        table.insert(all, { at = assign, path = path, sort = sort })
      end
    end
  end
  return all
end

return M

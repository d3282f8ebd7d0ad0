-- Which actions of REST framework's viewsets the routes of a repository ask for: a router asks for all that a class has, `as_view({"get": "retrieve"})` for those that it names.

local declared = require("declared")

local M = {}

-- By class what its routes name: {list = boolean, other = boolean}; nil until that was looked up.
local routes = nil

local function note(class, repo, lists)
  local found = class and declared.class(class, repo)
  if found then
    local key = declared.key(found)
    local known = routes[key] or { list = false, other = false }
    known.list, known.other = known.list or lists, known.other or not lists
    routes[key] = known
  end
end

-- Whether a route may ask for the list; one whose actions are not written there may.
local function asks_for_list(actions)
  if actions.kind ~= "dict" then
    return true
  end
  for _, pair in actions:children() do
    local value = pair.kind == "pair" and pair:child("value")
    local name = value and value:literal()
    if type(name) ~= "string" or name == "list" then
      return true
    end
  end
  return false
end

local function read(repo)
  routes = {}
  for _, path in repo:holding("**/*.py", { ".as_view(", ".register(" }) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", { "as_view", "register" }) or {} do
      local first, second = call:arg(1), call:arg(2)
      if call.name == "register" then
        note(second or (call:arg("viewset")), repo, true)
      else
        local actions = first or (call:arg("actions"))
        note(call:receiver(), repo, actions == nil or asks_for_list(actions))
      end
    end
  end
end

-- Whether a repository's code speaks of a class besides defining it: a view that no route, and no other view, names is asked by nobody.
function M.is_mentioned(class, repo)
  local name = class.name
  for _, path in repo:holding("**/*.py", name) do
    local text, times = repo:text(path) or "", 0
    for _ in text:gmatch(`%f[%w_]{name}%f[^%w_]`) do
      times += 1
    end
    if times > (path == class.file.path and 1 or 0) then
      return true
    end
  end
  return false
end

-- Whether a class of views may be asked for its list: not where routes are seen that ask for something else only.
function M.may_list(class, repo)
  if not routes then
    read(repo)
  end
  local known = routes[declared.key(class)]
  if not known and next(routes) ~= nil and not M.is_mentioned(class, repo) then
    return false
  end
  return not known or known.list or not known.other
end

return M

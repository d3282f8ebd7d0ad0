-- Models of Django that code speaks of without importing their class: `apps.get_model("shop", "Order")`, `get_user_model()`, and the users that Django brings itself,
-- to whose rows models of the project add relations.

local row_sources = require("row_sources")

local M = {}

local FILES = "**/*.py"

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- The call that a name was given; of several none.
local function call_of(node)
  if node.kind == "call" then
    return node
  end
  local values = node.kind == "name" and row_sources.assigned(node)
  local value = values and #values == 1 and values[1] or node.kind == "name" and node:value()
  return value and value.kind == "call" and value or nil
end

local known = {}

-- The one class of that name among the models of the repository.
local function class_called(name, repo)
  if known[name] == nil then
    known[name] = false
    local count = 0
    for _, path in repo:holding(FILES, `class {name}(`) do
      local file = path:find("models", 1, true) and repo:open(path)
      for _, class in file and file.class == "source" and file.root and file.root:descendants("class") or {} do
        if class.name == name then
          count += 1
          known[name] = count == 1 and class or false
        end
      end
    end
  end
  return known[name] or nil
end

-- What the settings say that the model of users is called; false where they say nothing, and Django's own is meant.
local user_model = nil

local function user_class(repo)
  if user_model == nil then
    user_model = false
    for _, path in repo:holding(FILES, "AUTH_USER_MODEL") do
      local name = (repo:text(path) or ""):match("AUTH_USER_MODEL%s*=%s*[\"'][%w_.]+%.([%w_]+)[\"']")
      user_model = user_model or name or false
    end
  end
  return user_model and class_called(user_model, repo) or nil, user_model
end

-- Whether a class is the model of users that the settings name.
function M.is_user(class, repo)
  local own = user_class(repo)
  return own ~= nil and own.file.path == class.file.path and own:same(class)
end

-- The class that the application's registry gives for a name, or the settings for the users.
function M.class(node, repo)
  local call = call_of(node)
  if not call then
    return nil
  elseif call.name == "get_user_model" then
    return (user_class(repo))
  elseif call.name ~= "get_model" or not call:receiver() then
    return nil
  end
  local arguments = call:args()
  local text = literal(arguments[#arguments])
  return text and #arguments <= 2 and class_called(text:match("([%w_]+)$") or "", repo) or nil
end

-- The model of Django's own users; nil where something else is meant.
function M.own_user(node, repo)
  local is_own
  if node.kind == "name" and node.text == "User" and not node:value() then
    is_own = node.file:imports("django.contrib.auth.models")
  else
    local call = call_of(node)
    is_own = call ~= nil and call.name == "get_user_model"
  end
  if not is_own or select(2, user_class(repo)) then
    return nil
  end
  local model = { name = "User", columns = {}, relations = {}, managers = {}, asked_by = {}, indexes = {}, is_whole = false, is_eager = false, methods = {} }
  for _, name in { "groups", "user_permissions" } do
    model.relations[name] = { kind = "many", at = node, owner = nil }
  end
  for _, name in { "id", "username", "first_name", "last_name", "email", "password", "is_staff", "is_active", "is_superuser", "last_login", "date_joined" } do
    model.columns[name] = { at = node, type = "CharField", is_unique = name == "id" }
  end
  return model
end

return M

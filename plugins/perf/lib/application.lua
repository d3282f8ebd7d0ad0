-- An application of a web framework as a value: the name that it is given, and whether another application takes it in and answers for it.

local flow = require("flow")

local M = {}

-- Methods that give back the application that they are called on; `listen` gives a server, `callback` a function.
local KEEPS = {
  get = true, post = true, put = true, patch = true, delete = true, head = true, options = true, all = true, on = true, use = true, set = true, enable = true, disable = true, engine = true,
  param = true, mount = true, basePath = true, onError = true, notFound = true, register = true, decorate = true, addHook = true, setErrorHandler = true, setNotFoundHandler = true, after = true, withTypeProvider = true,
}

-- Whether the call of a chain gives the application still. What Express gives for a `route` is one route, what Hono gives is the application.
local function is_kept(call, framework)
  return KEEPS[call.name] or call.name == "route" and framework ~= "express"
end

-- The name that the application is given.
function M.name_of(call, framework)
  local at = call
  while at do
    local parent = at:parent()
    if not parent then
      return nil
    end
    if parent.kind == "assign" then
      local target = parent:child("target")
      return target and target.text
    end
    -- `new Hono().get("/", list)` is the application still.
    local calls = parent.kind == "attr" and parent:role() == "callee" or parent.kind == "call" and at:role() == "callee" and is_kept(parent, framework)
    if parent.kind ~= "await" and parent.kind ~= "cast" and parent.kind ~= "paren" and not calls then
      return nil
    end
    at = parent
  end
  return nil
end

-- Whether a file hands what `is_application` knows to another application, which then answers for it.
local function mounts(file, is_application)
  for _, call in file.root:descendants("call") do
    local method = call.name
    if method == "mount" or method == "use" or method == "register_blueprint" or method == "add_subapp" or method == "route" then
      local receiver = call:receiver()
      for _, arg in receiver and call:args() or {} do
        if is_application(arg) and receiver.source ~= arg.source then
          return true
        end
      end
    end
  end
  return false
end

-- Whether the application is handed to another one of its file.
function M.is_mounted(file, name)
  return mounts(file, function(arg)
    return arg.kind == "name" and arg.text == name
  end)
end

-- Whether a call of a file is `require` of the file at `path`.
local function requires(call, path)
  local spec = call.kind == "call" and call.name == "require" and call:arg(1)
  local written = spec and spec:literal()
  if type(written) ~= "string" or not written:find("^%.%.?/") then
    return false
  end
  local parts = {}
  local from = call.file.path:match("^(.*)/[^/]*$") or ""
  for part in (from .. "/" .. written):gmatch("[^/]+") do
    if part == ".." then
      table.remove(parts)
    elseif part ~= "." then
      table.insert(parts, part)
    end
  end
  local asked, stem = table.concat(parts, "/"), path:gsub("%.%w+$", "")
  return asked == path or asked == stem or asked .. "/index" == stem
end

-- Whether a name stands for what `require` gave of the file at `path`: `const { app } = require("./app")`.
local function is_required(name, path)
  for _, assign in name.kind == "name" and name.file.root:descendants("assign") or {} do
    local target, value = assign:child("target"), assign:child("value")
    if target and value and requires(value, path) and flow.mentions(target, { [name.text] = true }) then
      return true
    end
  end
  return false
end

-- How many files that name an application or its module are looked at.
local MOST = 24

-- Whether another file hands the application that `call` makes, and takes from this one, to its own.
function M.is_mounted_elsewhere(repo, file, call, name)
  if file.language == "go" or not file.text:find(`export[^\n]*%f[%w_]{name:gsub("%W", "%%%0")}%f[^%w_]`) then
    return false
  end
  local function is_this(arg)
    -- What `require` gives has no definition.
    local made = (arg.kind == "name" or arg.kind == "attr") and arg:definition()
    return made and made.file.path == file.path and call:is_within(made) or is_required(arg, file.path)
  end
  for at, path in repo:holding("**/*.{js,mjs,cjs,ts,tsx}", name) do
    local other = at <= MOST and path ~= file.path and repo:open(path)
    if other and other.root and other.class == "source" and mounts(other, is_this) then
      return true
    end
  end
  return false
end

-- Whether a file gives the application to others as a property: `this.router = express()` of a class, `module.exports = { handlers: app }`, `export { app as handlers }`.
local function is_given_as(file, call, name, property)
  local assign = call:enclosing({ "assign", "function" })
  local target = assign and assign.kind == "assign" and assign:child("target")
  if target and target.kind == "attr" and target.name == property and target.source:find("^this%.") then
    return true
  end
  local own, other = name:gsub("%W", "%%%0"), property:gsub("%W", "%%%0")
  return file.text:find(`%f[%w_]{own}%s+as%s+{other}%f[^%w_]`) ~= nil or file.text:find(`exports[^\n]*%f[%w_]{other}%s*:%s*{own}%f[^%w_]`) ~= nil
end

-- Whether a file that names this one's module hands a property to its own application which is this application.
function M.is_mounted_as_property(repo, file, call, name)
  local stem = file.path:gsub("/index%.%w+$", ""):gsub("%.%w+$", ""):match("[^/]+$")
  if file.language == "go" or file.language == "python" or not stem then
    return false
  end
  local function is_this(arg)
    return arg.kind == "attr" and is_given_as(file, call, name, arg.name)
  end
  for at, path in repo:holding("**/*.{js,mjs,cjs,ts,tsx}", `/{stem}`) do
    local other = at <= MOST and path ~= file.path and repo:open(path)
    if other and other.root and other.class == "source" and mounts(other, is_this) then
      return true
    end
  end
  return false
end

return M

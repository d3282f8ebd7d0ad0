-- What a request sends, as handlers get it: the parsed body, parts of it, parameters that a framework fills from it.

local M = {}

-- Expressions that are the body, or begin with it.
local BODIES = { "^req%.body%f[^%w_]", "^request%.body%f[^%w_]", "^ctx%.request%.body%f[^%w_]", "^c%.req%.json%(", "^req%.json%(", "^request%.json%f[^%w_]", "^request%.get_json%(", "^self%.request%.data%f[^%w_]", "^request%.data%f[^%w_]" }

local function is_body(source)
  source = source:gsub("^%(*await%s+", "")
  for _, form in BODIES do
    if source:find(form) then
      return true
    end
  end
  return false
end

-- Types of lists, as annotations say them.
local LISTS = { "^list%[", "^List%[", "^Sequence%[", "^set%[", "^Set%[", "^Annotated%[%s*[Ll]ist%[", "^Annotated%[%s*[Ss]et%[", "^typing%.List%[" }
local BOUNDED = { "max_length", "max_items", "conlist" }

local function says_bound(text)
  for _, word in BOUNDED do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- The parameter that a name stands for, of a function that a framework of Python calls with what a request sends.
local function sent_parameter(name)
  local func, at = name:func(), name:param_position()
  local param = func and at and name.file.language == "python" and func.reach == "request" and #func:callers() == 0 and #func:decorators() > 0 and func.params[at]
  if not param or param.source:find("Depends", 1, true) or says_bound(param.source) then
    return nil
  end
  return param
end

-- Whether a name is a list that a request sends.
local function is_sent_list(name)
  local param = sent_parameter(name)
  local of = param and param:child("type")
  for _, form in of and LISTS or {} do
    if of.source:find(form) then
      return true
    end
  end
  return false
end

-- The class that an annotation names, here or in another file.
local function definition_of(annotation)
  if annotation.kind == "type" then
    annotation = annotation:children()[1] or annotation
  end
  local class = annotation:definition()
  for _, one in not class and annotation.file.root:descendants("class") or {} do
    class = class or one.name == annotation.source and one or nil
  end
  return class
end

-- Whether an attribute is a list of a model that a request sends, `batch.ids`.
local function is_of_sent_model(attr)
  local on = attr:receiver()
  local param = on and on.kind == "name" and sent_parameter(on)
  local of = param and param:child("type")
  local model = of and definition_of(of)
  if not model or model.kind ~= "class" or not model.source:match("^class%s+[%w_]+%(([^)]*)%)") then
    return false
  end
  local bases = model.source:match("^class%s+[%w_]+%(([^)]*)%)")
  local field = model.source:match(`\n%s+{attr.name}%s*:%s*([^\n]*)`) or ""
  return bases:find("Model", 1, true) ~= nil and not says_bound(field)
end

-- Calls by which handlers of Go and their frameworks fill a variable from the body.
local FILLS = { "Decode", "ShouldBindJSON", "BindJSON", "Bind", "BodyParser" }

local function is_filled(name)
  local func = name:func()
  if not func or func.reach ~= "request" then
    return false
  elseif name.file.language == "go" then
    for _, call in func.node:descendants("call", FILLS) do
      local into = call:arg(1)
      if into and into.source:gsub("^&", "") == name.text and (call.name ~= "Decode" or call.source:find("%.Body%f[^%w_]")) then
        return true
      end
    end
    return false
  elseif name.file.language ~= "python" then
    -- Taken apart where it arrives: `const { ids } = req.body`.
    for names, from in func.node.source:gmatch("{([%w_%s,]*)}%s*=%s*([^\n;]*)") do
      if names:find(`%f[%w_]{name.text}%f[^%w_]`) and is_body(from) then
        return true
      end
    end
  end
  return false
end

-- Whether an expression is what a request sends, or a part of it.
function M.is_sent(node)
  if node.kind == "name" then
    return is_sent_list(node) or is_filled(node)
  elseif node.kind == "attr" and is_of_sent_model(node) then
    return true
  end
  local on = node:receiver()
  if node.kind == "attr" and on and on.kind == "name" and node.file.language == "go" and is_filled(on) then
    return true
  end
  return is_body(node.source)
end

return M

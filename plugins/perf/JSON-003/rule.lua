-- Schemas that are compiled while something waits to be validated by them.

local per_item = require("per_item")

-- Names of functions that make what others keep.
local MAKERS = { "^__init__$", "^constructor$", "^init", "^setup", "^create_app", "^New", "^_?build", "^_?make", "^_?compile", "^_?load", "^get_validator", "^getValidator", "^get_schema", "^lifespan" }

-- Whether a function makes what others keep, by its name; what a platform calls for each request keeps nothing, whatever it is called.
local function is_maker(func)
  if func.reach == "request" and #func:route() == 1 then
    return false
  end
  for _, pattern in MAKERS do
    if func.name:find(pattern) then
      return true
    end
  end
  return false
end

-- Calls that use up what is built on the spot.
local USES = { validate_python = true, validate_json = true, validate_strings = true, dump_python = true, dump_json = true, validate = true, is_valid = true, iter_errors = true, parse = true, safeParse = true, parseAsync = true, check = true }

-- Whether what is built is used once, where it stands: `TypeAdapter(Order).validate_python(data)`.
local function is_used_up(call)
  for _, after in (call:chained()) do
    if USES[after.name] then
      return true
    end
  end
  return false
end

-- Whether what is built outlives the call: a function that is remembered, an attribute, an entry of a mapping, a variable of the module, a test for one that is there.
local function is_kept(call, func)
  for _, decorator in func.node:children("decorator") do
    if decorator:fact("memo") or decorator.source:find("cache") then
      return true
    end
  end
  if is_used_up(call) then
    return false
  end
  local at = call:parent()
  while at and at.kind ~= "function" do
    if at.kind == "assign" or at.kind == "aug-assign" then
      for _, target in at:children("target") do
        if target.kind == "attr" or target.kind == "index" then
          return true
        elseif target.kind == "name" then
          for _, global in func.node:descendants("global") do
            if global.source:find(target.text, 1, true) then
              return true
            end
          end
          for _, store in func.node:descendants("assign") do
            local to, value = store:child("target"), store:child("value")
            if to and (to.kind == "index" or to.kind == "attr") and value and value.kind == "name" and value.text == target.text then
              return true
            end
          end
          -- A name of the module that JavaScript and Go give its value later.
          local declares = at:has("declare") or at:has("const") or at.source:find(":=", 1, true) ~= nil
          if call.file.language ~= "python" and not declares then
            return true
          end
        end
      end
    elseif at.kind == "call" and (at.name == "set" or at.name == "setdefault" or at.name == "Do" or at.name == "push") then
      return true
    elseif at.kind == "return" then
      -- Who calls it decides how often.
      return not (at:parent() and call:reach() == "request" and #func:callers() == 0)
    end
    at = at:parent()
  end
  return false
end

local function check_call(call, report)
  local func = call:func()
  local reach = call:reach()
  if not func or reach ~= "request" and reach ~= "worker" or not per_item.counts(call) or is_maker(func) then
    return
  end
  local compiles = call:fact("compiles")
  -- A validator that is handed over was made before.
  if compiles == "validate" and select(2, call:arg("cls")) == "given" or compiles == "build" and is_kept(call, func) then
    return
  end
  local path = (call:target()[1] or call.name):gsub("%(%)$", "")
  local what = compiles == "validate" and "checks and compiles the schema again for each thing that it validates" or "is built again each time that this runs, and thrown away"
  report({
    at = call,
    message = `{path} {what}: {call:fact("keeps")} does it once`,
    confidence = "medium",
    notes = { library = path },
  })
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      check_call(match.node, report)
    end
  end,
}

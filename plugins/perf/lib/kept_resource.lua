-- Objects of the project that keep what they opened in an attribute: `database = Database(settings); con = database.connect()`.

local awaited = require("awaited")

local M = {}

-- The attribute of `self` that a method keeps a resource in, and the call that opens it.
function M.kept_in(method)
  for _, assign in method:descendants("assign") do
    local target, value = assign:child("target"), awaited.value(assign:child("value"))
    if target and value and target.kind == "attr" and value.kind == "call" and value:fact("resource") then
      local on = target:child("value")
      if on and (on.text == "self" or on.text == "this") then
        return target.text, value
      end
    end
  end
  return nil
end

-- Names of the methods of a class that close that attribute.
function M.closing_methods(class, attribute, closers)
  local all, any = {}, false
  for _, method in class:descendants("function") do
    for _, call in method:descendants("call") do
      local receiver = call:receiver()
      if closers[call.name] and receiver and receiver.kind == "attr" and receiver.text == attribute then
        all[method.text] = true
        any = true
      end
    end
  end
  return any and all or nil
end

return M

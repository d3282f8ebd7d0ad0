-- What `super().name()` runs in Python where it is not the method that it stands in: a method of a base, which nothing else may call by that way.

local class_members = require("class_members")
local declared = require("declared")
local row_sources = require("row_sources")

local M = {}

-- The method of a base of this repository that a call of `super().name()` runs from a method of another name; nil where it is none.
local function method_of(call, repo)
  local callee = call.kind == "call" and call:child("callee")
  local on = callee and callee.kind == "attr" and callee:child("value")
  local scope = on and on.kind == "call" and on.name == "super" and #on:args() == 0 and call:enclosing({ "function" })
  local class = scope and scope.name ~= callee.text and scope:enclosing({ "class" })
  if not class then
    return nil
  end
  local lineage = declared.lineage(class, repo)
  table.remove(lineage, 1)
  local found = class_members.inherited(lineage, callee.text)
  return found and found.kind == "function" and found or nil
end

-- What such a call gives, where the method gives it in one place.
function M.given(call, repo)
  local method = method_of(call, repo)
  return method and row_sources.given_by(method) or nil
end

return M

-- Objects that version 2 of AWS' SDK for JavaScript brings whole: `const object = await s3.getObject(...).promise()`, where its `Body` goes on as it is.

local awaited = require("awaited")
local body_uses = require("body_uses")
local set = require("words").set

local M = {}

local PASSES = set("send", "end", "putObject", "upload", "write", "writeFile", "writeFileSync", "PutObjectCommand")

-- Whether an expression is handed on as it is.
local function is_passed(body)
  if body_uses.of(body, false) ~= "passed" then
    return false
  end
  local func = body:func()
  for _, one in func and body:uses(func.node) or {} do
    for _, call in one.calls do
      if PASSES[call.name] then
        return true
      end
    end
  end
  return false
end

-- The `Body` of what a call brings, where it is only passed on; nil where there is none.
function M.passed_on(call)
  local after = call:chained()
  if not after[1] or after[1].name ~= "promise" then
    return nil
  end
  local parent, top = awaited.parent(after[1])
  local func = call:func()
  if parent and parent.kind == "attr" and parent.text == "Body" then
    return is_passed(parent) and parent or nil
  end
  local target = top and parent and parent.kind == "assign" and parent:child("target")
  for _, name in target and target.kind == "name" and func and func.node:descendants("name", target.text) or {} do
    local body = name.id > call.id and name:parent()
    if body and body.kind == "attr" and body.text == "Body" and is_passed(body) then
      return body
    end
  end
  return nil
end

return M

-- What becomes of a name: it is handed out by a return, read from, or made a part of something that keeps what it is given.

local M = {}

-- Whether `name` is handed out by the value of a return: itself, in a collection, or in a wrapper such as `ok(client)`.
function M.is_by(value, name)
  if not value then
    return false
  end
  if value.kind == "name" then
    return value.text == name
  end
  if value.kind == "list" or value.kind == "dict" or value.kind == "pair" or value.kind == "logic" or value.kind == "conditional" then
    for _, child in value:children() do
      if M.is_by(child, name) then
        return true
      end
    end
    return false
  end
  if value.kind == "call" then
    for _, arg in value:args() do
      if arg.kind == "name" and arg.text == name then
        return true
      end
    end
  end
  return false
end

-- Whether a value is the name itself or something read from it: `made`, `made.client`.
function M.reads(value, name)
  while value.kind == "attr" or value.kind == "await" do
    value = value:child("value")
  end
  return value.kind == "name" and value.text == name
end

-- Functions that hand out what they are given, dressed.
local DRESSING = table.freeze({ "@aws-sdk/lib-dynamodb.{DynamoDBDocument,DynamoDBDocumentClient}.from", "{aws-xray-sdk,aws-xray-sdk-core}.{captureAWSv3Client,captureAWSClient,captureAWS}", "{aws-xray-sdk,aws-xray-sdk-core}.default.{captureAWSv3Client,captureAWSClient,captureAWS}", "@aws-lambda-powertools/tracer.Tracer.captureAWSv3Client" })

-- Whether a call makes something that keeps what it is given: an instance of the project's or of a library's.
function M.keeps_arguments(call)
  local callees = call:callees()
  local is_class = #callees > 0 and (callees[1].name == "__init__" or callees[1].name == "constructor")
  return is_class or call:is(DRESSING) or call:fact("client") ~= nil or (#callees == 0 and (call:has("new") or call.name:match("^%u%w*%l") ~= nil))
end

-- Whether a name stands inside the literal of a larger object.
function M.is_part(name)
  local inner, at = name, name:parent()
  while at and (at.kind == "pair" or at.kind == "kw-arg" or at.kind == "unary") do
    inner, at = at, at:parent()
  end
  return at ~= nil and at.kind == "call" and inner:role() == "arg" and M.keeps_arguments(at)
end

return M

-- REST APIs of API Gateway that SAM and CloudFormation declare, each with what is said of compression and the reads that are seen to go through it. HTTP APIs, which cannot compress, are none.

local words = require("words")

local M = {}

local READS = words.set("GET", "ANY", "X-AMAZON-APIGATEWAY-ANY-METHOD")

local function text_at(node, path)
  local found = node:get(path)
  return found and found.kind ~= "map" and found.kind ~= "list" and found.text or ""
end

-- Whether a key is seen to be missing: neither given nor hidden behind what nobody can see here.
local function is_absent(node, path)
  local found, how = node:get(path)
  return found == nil and how == "absent"
end

-- Whether a text that refers to a resource names this one: `!Ref Orders`, `{"Ref": "Orders"}`.
local function refers(node, id)
  return node ~= nil and node.span.source:find(`%f[%w]{id}%f[%W]`) ~= nil
end

-- Reads that a description of the API itself holds.
local function described(api)
  local reads = 0
  for _, key in { "DefinitionBody", "Body" } do
    for _, method in api:select(`Properties.{key}.paths.*.*`) do
      reads += READS[(method.key or ""):upper()] and 1 or 0
    end
  end
  return reads
end

-- Events of SAM's functions that reach an API: that of the name `id`, or the one that SAM adds where none is named.
local function events_of(resources, id)
  local all = {}
  for _, own in resources:entries() do
    if text_at(own, "Type") == "AWS::Serverless::Function" then
      for _, event in own:select("Properties.Events.*") do
        local named = event:get("Properties.RestApiId")
        local is_its = if id then refers(named, id) else is_absent(event, "Properties.RestApiId")
        if text_at(event, "Type") == "Api" and is_its then
          table.insert(all, event)
        end
      end
    end
  end
  return all
end

-- Whether all below a path is passed on to the function of an event: an application that routes by itself, which is judged where it is made.
local function is_passed_on(event)
  local events = event:parent()
  for _, one in events and events:entries() or {} do
    if text_at(one, "Properties.Path"):find("+}", 1, true) then
      return true
    end
  end
  return false
end

local function reads_of(resources, id, is_small)
  local reads = 0
  for _, event in events_of(resources, id) do
    local is_read = not is_passed_on(event) and READS[text_at(event, "Properties.Method"):upper()] and not is_small(text_at(event, "Properties.Path"))
    reads += is_read and 1 or 0
  end
  for _, method in id and resources:entries() or {} do
    if text_at(method, "Type") == "AWS::ApiGateway::Method" and refers(method:get("Properties.RestApiId"), id) then
      reads += READS[text_at(method, "Properties.HttpMethod"):upper()] and 1 or 0
    end
  end
  return reads
end

-- Whether only machines call it: whoever calls signs with a role, or the API is reached from within a network alone.
local function is_internal(node, prefix)
  local endpoint = node:get(`{prefix}EndpointConfiguration`)
  return text_at(node, `{prefix}Auth.DefaultAuthorizer`) == "AWS_IAM" or endpoint ~= nil and endpoint.span.source:find("PRIVATE", 1, true) ~= nil
end

-- The REST APIs of a template that are told no size from which on to compress: {at, reads, is_internal}. `is_small` tells paths whose answers are small.
-- Of a template that could not be read to its end, the last resource is not judged, nor is any but those that stand whole before it.
function M.uncompressed(file, is_small)
  local all = {}
  for _, top in file.documents or {} do
    local resources = top:get("Resources")
    local entries = resources and resources:entries() or {}
    local for_all = is_absent(top, "Globals.Api.MinimumCompressionSize")
    for index, own in entries do
      local kind = text_at(own, "Type")
      local is_whole = not file.is_partial or index < #entries
      if is_whole and (kind == "AWS::ApiGateway::RestApi" or kind == "AWS::Serverless::Api" and for_all) and is_absent(own, "Properties.MinimumCompressionSize") then
        local internal = is_internal(own, "Properties.") or kind == "AWS::Serverless::Api" and is_internal(top, "Globals.Api.")
        table.insert(all, { at = own:get("Type"), reads = described(own) + reads_of(resources, own.key, is_small), is_internal = internal })
      end
    end
    local implicit = resources and for_all and not file.is_partial and events_of(resources, nil) or {}
    if #implicit > 0 then
      local at = top:get("Globals.Api") or implicit[1]:get("Type")
      table.insert(all, { at = at, reads = reads_of(resources, nil, is_small), is_internal = is_internal(top, "Globals.Api.") })
    end
  end
  return all
end

return M

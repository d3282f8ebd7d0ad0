-- Code that a deployment runs and no request waits for: handlers of custom resources, which a stack calls when it is made, changed or removed.

local M = {}

-- Libraries that answer a stack.
local LIBRARIES = table.freeze({ "cfn-response", "cfn-lambda", "cfn-custom-resource", "crhelper", "crhelper.**", "cfnresponse", "cfnresponse.**", "github.com/aws/aws-lambda-go/cfn" })

-- What such a handler reads of its event, whatever answers for it; the second word alone may be anything's.
local READS = { "RequestType", "ResourceType" }
local ABOUT = { "ResourceProperties", "PhysicalResourceId", "LogicalResourceId", "ResponseURL" }

local function holds(text, words)
  for _, word in words do
    -- Most texts do not have the letters at all, which is told far sooner than where words end.
    if text:find(word, 1, true) and text:find(`%f[%w]{word}%f[%W]`) then
      return true
    end
  end
  return false
end

-- Whether a file is asked about by a stack: known of each that was looked at.
local known = {}

local function answers_a_stack(path, repo)
  if known[path] == nil then
    local file = repo:open(path)
    known[path] = file ~= nil and (file:imports(LIBRARIES) or holds(file.text, READS) and (holds(file.text, ABOUT) or file.text:find("Custom::", 1, true) ~= nil))
  end
  return known[path]
end

local function is_tried(path)
  return path:find("%.test%.") ~= nil or path:find("%.spec%.") ~= nil or path:find("%f[%w]tests?/") ~= nil
end

-- Whether nothing but the handler of a custom resource is seen to run the code at a place.
function M.runs(node, repo)
  local path = node.file.path
  if answers_a_stack(path, repo) then
    return true
  end
  local ways, seen = repo:loaded_by(path), false
  for _, way in ways do
    local first = way[1].path
    if #way > 1 and not is_tried(first) then
      if not answers_a_stack(first, repo) then
        return false
      end
      seen = true
    end
  end
  return seen
end

return M

-- What is for whoever works on the service, by the words of its path or name.

local words = require("words")

local M = {}

local AT_WORK = words.set("local", "dev", "devel", "develop", "development", "debug", "debugging")

-- What deploys a service is often written once for each place where it is tried; code is not, and its words mean other things there: `shop/stage.py`.
local TRIED = words.set("test", "tests", "testing", "ci", "staging", "stage", "sandbox", "example", "examples", "compose")

local function has_one(name, ...)
  for _, word in words.of(name) do
    for _, set in { ... } do
      if set[word] then
        return true
      end
    end
  end
  return false
end

-- Whether the path of a file, or the name of a class, says that it is for work on the service.
function M.named(name)
  return has_one(name, AT_WORK)
end

-- Whether a file deploys for work on the service, or to try it.
function M.deploys(path)
  return has_one(path, AT_WORK, TRIED)
end

return M

-- Functions that the Serverless Framework declares for Lambda.

local setting = require("setting")
local warming = require("warming")
local words = require("words")

local M = {}

local PUBLIC = words.set("http", "httpApi", "websocket", "alb", "alexaSkill")

-- "public", "background" or "unknown", by the events that are written down.
local function trigger_of(own)
  local events, how = own:get("events")
  if own:get("url") then
    return "public", own:get("url")
  elseif how == "hidden" or events and events.kind ~= "list" then
    return "unknown"
  end
  local found = "unknown"
  for _, event in events and events:entries() or {} do
    local kind = event:entries()[1]
    local word = if kind then kind.key elseif event.kind == "scalar" then event.text else nil
    if word and PUBLIC[word] then
      return "public", kind or event
    elseif event.kind ~= "unknown" then
      found = "background"
    end
  end
  return found
end

-- The functions in the files at `files`.
function M.collect(repo, files)
  local all = {}
  for _, path in files do
    local file = repo:open(path)
    local top = file and file.documents and file.documents[1]
    local functions = top and top:get("functions")
    local provider = top and (top:get("provider.name") or top:get("provider"))
    if functions and functions.kind == "map" and provider and provider.text == "aws" and not file.is_partial then
      for _, own in functions:entries() do
        if own.kind == "map" then
          local trigger, caller = trigger_of(own)
          table.insert(all, {
            source = "serverless", platform = "lambda", at = own, file = file, top = top, block = own, name = own.key,
            minimum = setting.first(setting.at(own, "provisionedConcurrency"), setting.at(own, "snapStart"), if warming.of_serverless(top, own) then setting.given("schedule") else setting.ABSENT),
            -- Unless said, the framework gives 1024 MB.
            memory = setting.first(setting.at(own, "memorySize"), setting.at(top, "provider.memorySize"), setting.given(1024)), unit = "MiB",
            runtime = setting.first(setting.at(own, "runtime"), setting.at(top, "provider.runtime")),
            concurrency = setting.given(1), cpu = setting.ABSENT, throttling = setting.ABSENT,
            trigger = trigger, caller = caller,
          })
        end
      end
    end
  end
  return all
end

return M

-- One request to a store per item of a loop, where the store takes many items in one.

local loop_data = require("loop_data")
local one_request_each = require("one_request_each")

-- What Drive's requests do; each is sent by an `execute` of its own unless a batch sends it.
local DRIVE = { delete = true, update = true, create = true, get = true, copy = true, insert = true }

-- The request of the Google API client that an `execute()` sends alone: `service.files().delete(fileId=id).execute()`.
local function drive_request(call)
  local request = call:receiver()
  local on = request and request.kind == "call" and DRIVE[request.name] and request:receiver()
  local resource = on and on.kind == "call" and on.name
  if resource ~= "files" and resource ~= "permissions" and resource ~= "messages" then
    return nil
  end
  -- Uploads and downloads cannot be batched.
  if select(2, request:arg("media_body")) ~= "absent" then
    return nil
  end
  return `{resource}().{request.name}`
end

local EFFECTS = { "storage" }
-- What a helper may do beside for an item.
local BESIDE = { storage = true, compute = true }

local function report_at(call, leaf, does, row, many, most, report)
  local over = loop_data.over(row.loop)
  local is_helper = not leaf:same(call)
  local reach = call:reach()
  report({
    at = call,
    message = `{does} asks the store once per item{over and " of \`" .. over .. "\`" or ""}: \`{many}\` takes {most} of them in one request`,
    confidence = (reach == "request" or reach == "worker") and not (is_helper and one_request_each.does_more(call, BESIDE)) and "medium" or "low",
    related = { { at = row.loop.node, message = "the loop" }, is_helper and { at = leaf, message = "the request" } or nil },
    notes = { batch = many },
  })
end

-- What a match asks the store for.
local function leaf_of(call, match)
  if match.matcher ~= "execute" then
    return one_request_each.leaf_of(call, "many_at_once", EFFECTS)
  end
  return drive_request(call) and select(2, call:arg("http")) == "absent" and call or nil
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    one_request_each.each(matches, leaf_of, function(call, leaf, row)
      local many = leaf:fact("many_at_once")
      if many then
        report_at(call, leaf, call.name, row, many, leaf:fact("most"), report)
      else
        report_at(call, call, drive_request(call), row, "new_batch_http_request", "100", report)
      end
    end)
  end,
}

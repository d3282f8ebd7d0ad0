-- One request to a store per item of a loop, where the store takes many items in one.

local loop_data = require("loop_data")
local per_item = require("per_item")

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

-- The call that does for many items what this one, or the one that it leads to, does for one: the call of the library, its batch, and how many that takes.
local function batch_of(call)
  if call:fact("many_at_once") then
    return call, call:fact("many_at_once"), call:fact("most")
  end
  local hops = #call:callees() > 0 and call:chain({ "storage" }) or {}
  local leaf = hops[#hops] and hops[#hops].node
  -- What is sent says what it does: `s3.send(new DeleteObjectCommand({ ... }))`.
  local sent = leaf and not leaf:fact("many_at_once") and leaf:arg(1)
  leaf = sent and sent.kind == "call" and sent or leaf
  if leaf and #hops <= 3 and leaf:fact("many_at_once") and #leaf:loops() == 0 then
    return leaf, leaf:fact("many_at_once"), leaf:fact("most")
  end
  return nil
end

-- Whether a helper does more for an item than this: then the item is work of several steps.
local function does_more(call)
  local other = 0
  for _, effect in call:effects() do
    if effect ~= "storage" and effect ~= "compute" then
      other += 1
    end
  end
  return other > 0
end

local function report_at(call, leaf, does, many, most, row, report)
  local over = loop_data.over(row.loop)
  local is_helper = not leaf:same(call)
  local reach = call:reach()
  report({
    at = call,
    message = `{does} asks the store once per item{over and " of \`" .. over .. "\`" or ""}: \`{many}\` takes {most} of them in one request`,
    confidence = (reach == "request" or reach == "worker") and not (is_helper and does_more(call)) and "medium" or "low",
    related = { { at = row.loop.node, message = "the loop" }, is_helper and { at = leaf, message = "the request" } or nil },
    notes = { batch = many },
  })
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    -- Branches of one loop are one finding.
    local seen, shown = {}, {}
    for _, match in matches do
      local call = match.node
      if seen[call.id] or not per_item.counts(call) then
        continue
      end
      seen[call.id] = true
      local row, carried = per_item.item_loop(call)
      if not row or not carried or shown[row.loop.node.id] then
        continue
      end
      if match.matcher == "execute" then
        local request = drive_request(call)
        if request and select(2, call:arg("http")) == "absent" then
          shown[row.loop.node.id] = true
          report_at(call, call, request, "new_batch_http_request", "100", row, report)
        end
      else
        local leaf, many, most = batch_of(call)
        if leaf then
          shown[row.loop.node.id] = true
          report_at(call, leaf, call.name, many, most, row, report)
        end
      end
    end
  end,
}

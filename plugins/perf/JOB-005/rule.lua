-- One message per item of a loop, where one call takes many messages.

local about = require("about")
local fan_out = require("fan_out")
local few_items = require("few_items")
local list_reads = require("list_reads")
local loop_data = require("loop_data")
local one_request_each = require("one_request_each")
local option = require("option")
local words = require("words")

local EFFECTS = { "queue" }
-- What a helper may do beside for an item.
local BESIDE = { queue = true, compute = true }

-- Whether the list that a call is given holds one message.
local function has_one(leaf)
  local name = leaf:fact("batch_list")
  if not name then
    -- `WriteMessages(ctx, messages...)`.
    for _, arg in leaf:args() do
      local node = arg.kind == "spread" and arg or nil
      if node or leaf.source:find("%.%.%.%)$") then
        return false
      end
    end
    return true
  end
  local list = option.of(leaf, name)
  return list ~= nil and list.kind == "list" and #list:children("item") == 1 and list:children("item")[1].kind ~= "spread"
end

-- A list or a batch of messages, by how the argument is made or called.
local function takes_list(leaf)
  if not leaf.name:find("^send_messages$") and not leaf.name:find("^send_event$") then
    return false
  end
  local first = leaf:arg(1)
  return first ~= nil and (first.kind == "list" or first.kind == "comprehension" or first.source:lower():find("batch", 1, true) ~= nil or first.source:find("s$") ~= nil)
end

local function leaf_of(call, match)
  if match.matcher == "task" then
    return call
  end
  local leaf = one_request_each.leaf_of(call, "batch_send", EFFECTS)
  return leaf and has_one(leaf) and not takes_list(leaf) and leaf or nil
end

-- Whether each item goes to a queue of its own, so that no two of them fit into one call.
local function goes_elsewhere(leaf, loop)
  for _, name in { "QueueUrl", "TopicArn", "StreamName" } do
    local value = option.of(leaf, name)
    if value and loop:carries(value) then
      return true
    end
  end
  return false
end

local QUIET = words.set("queue", "compute", "disk")

-- Whether the loop waits for more than the queue for each item: the messages are then the least of it.
local function waits_for_more(call, loop)
  local body = loop.node:child("body") or loop.node
  for _, other in body:descendants("call") do
    if not other:is_within(call) and not call:is_within(other) and not other:fact("batch_send") and other.name ~= "promise" then
      local kind = other:fact("kind")
      if other:is_awaited() or kind and not QUIET[kind] and other:fact("verb") ~= "lazy" and other:fact("verb") ~= "construct" then
        return true
      end
      for _, effect in other:effects() do
        if not QUIET[effect] then
          return true
        end
      end
    end
  end
  return false
end

-- Whether a helper chooses between several things to do for an item.
local function chooses(call)
  for _, func in call:callees() do
    if #func.node:descendants("case") > 1 then
      return true
    end
  end
  return false
end

-- What there are few of by its name.
local FEW = { "region", "provider", "channel", "locale", "environment", "replica" }

local function report_task(call, row, report)
  if fan_out.items_of(row.loop) ~= "rows" then
    return false
  end
  local over = loop_data.over(row.loop)
  report({
    at = call,
    message = `a job per item{over and " of \`" .. over .. "\`" or ""}, which nothing bounds: a job that takes a slice of them leaves the queue short`,
    confidence = "low",
    related = { { at = row.loop.node, message = "the loop" } },
  })
  return true
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    one_request_each.each(matches, leaf_of, function(call, leaf, row)
      if not leaf:fact("batch_send") then
        return (call.name == "delay" or call.name == "apply_async") and report_task(call, row, report)
      elseif goes_elsewhere(leaf, row.loop) or few_items.is_written_out(row.loop) or words.any_in(loop_data.over(row.loop) or "", FEW) then
        return false
      end
      local over = loop_data.over(row.loop)
      local is_helper = not leaf:same(call)
      local reach = call:reach()
      local is_kept = not waits_for_more(call, row.loop) and not (is_helper and chooses(call)) and not (is_helper and one_request_each.does_more(call, BESIDE)) and reach ~= "startup" and reach ~= "build"
      report({
        at = call,
        message = `{call.name} sends one message per item{over and " of \`" .. over .. "\`" or ""}: \`{leaf:fact("batch_send")}\` takes {leaf:fact("batch_most")} of them in one request`,
        confidence = is_kept and "medium" or "low",
        related = { { at = row.loop.node, message = "the loop" }, is_helper and { at = leaf, message = "the request" } or nil },
        notes = { batch = leaf:fact("batch_send") },
      })
      return true
    end)
  end,

  check_repository = function(repo)
    return about.verdict(#repo:matched("sending") > 0 or #repo:matched("handing on") > 0, "no code of this repository hands work to a queue that is known")
  end,
}

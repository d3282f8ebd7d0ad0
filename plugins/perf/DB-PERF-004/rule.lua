-- Writes that belong together and are sent one by one: a round trip and a commit each, and half of them when the second fails.

local called = require("called")
local per_item = require("per_item")
local related_writes = require("related_writes")
local words = require("words")

-- Files that make up data, by their names.
local MADE_UP = { "test", "dummy", "seed", "demo", "fixture", "populate", "factory" }
local IDLE = { test = true, script = true, startup = true, build = true }

-- Whether Django holds each request in a transaction, as its settings say; nil until that was looked up.
local atomic_requests = nil

local function is_atomic_by_default(call, repo)
  if call:fact("orm") ~= "django" then
    return false
  end
  if atomic_requests == nil then
    atomic_requests = false
    for at, path in repo:matched("atomic requests") do
      local file = at <= 8 and repo:open(path)
      atomic_requests = atomic_requests or file and file.text:find("ATOMIC_REQUESTS[\"']?%]?%s*[:=]%s*True") ~= nil
    end
  end
  return atomic_requests
end

local function check_function(func, writes, report, repo)
  local pair = not is_atomic_by_default(writes[1], repo) and related_writes.pair(func, writes)
  if not pair or related_writes.is_held(func) or called.by_nobody(writes[1], repo) then
    return
  end
  local why = pair.by == "result" and `it needs what the write to {pair.tables[1]} gave` or `both remove what has one key`
  local related = { { at = pair.first, message = "the write before" } }
  local instead = "no transaction or batch holds them together"
  if pair.between then
    instead = `{pair.between.call.name} waits for another service between them: put both before it into one transaction, never that wait into it`
    table.insert(related, { at = pair.between.call, message = "waits for another service" })
  end
  report({
    at = pair.second,
    message = `this write to {pair.tables[2]} belongs to the one to {pair.tables[1]} ({why}), and {instead}`,
    -- How a question to another service ended may be what the second write waits for; only who wrote it knows.
    confidence = pair.between and pair.between.way == "asked" and "low" or "medium",
    related = related,
    notes = { by = pair.by },
  })
end

-- The calls that may write, by the function that they stand in: one that stands alone there belongs to nothing.
local function grouped(matches)
  local order, by_func = {}, {}
  for _, match in matches do
    local call = match.node
    local func = call:func()
    local id = func and func.node.id
    local one = id and by_func[id]
    if one then
      table.insert(one.calls, call)
    elseif id then
      one = { func = func, calls = { call } }
      by_func[id] = one
      table.insert(order, one)
    end
  end
  return order
end

return {
  check = function(file, matches, report, repo)
    local name = file.path:match("([^/]+)$") or file.path
    if #matches < 2 or file.side == "browser" or words.any_in(name, MADE_UP) then
      return
    end
    for _, one in grouped(matches) do
      local writes = {}
      for _, call in #one.calls > 1 and one.calls or {} do
        if related_writes.is_write(call) and not IDLE[call:reach()] and per_item.counts(call) then
          table.insert(writes, call)
        end
      end
      if #writes > 1 then
        check_function(one.func, writes, report, repo)
      end
    end
  end,
}

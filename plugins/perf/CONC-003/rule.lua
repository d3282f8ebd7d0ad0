-- Waits that follow each other although neither needs the other. Two shapes: statements of one block, and a loop that asks a
-- service once per item. Silence is the default: a wait that may be a guard, that changes something the next one sees, or that
-- shares a session with it keeps its place.

local command_calls = require("command_calls")
local flow = require("flow")
local function_handlers = require("function_handlers")
local gather_parts = require("gather_parts")
local go_deliveries = require("go_deliveries")
local go_waits = require("go_waits")
local item_waits = require("item_waits")
local memory_answers = require("memory_answers")
local naming = require("naming")
local order = require("order")
local quiet_waits = require("quiet_waits")
local side_waits = require("side_waits")
local then_waits = require("then_waits")
local together = require("together")
local wait_groups = require("wait_groups")
local waits = require("wait")
local words = require("words")

local function short_of(wait)
  local call = wait.call
  local leaf = wait.work.leaves[1]
  if call and leaf and leaf.call:same(call) then
    return naming.of(call, leaf.path)
  end
  if wait.name ~= "" then
    return wait.name
  end
  -- A function that is called where it is written has no name; what is kept of it has.
  local target = flow.target(wait.await)
  return target and target.kind == "name" and `what becomes {target.text}` or "this wait"
end

local SERVICES = {
  ["db"] = "the database", ["http"] = "another service", ["cache"] = "the cache", ["queue"] = "the queue", ["storage"] = "the object store", ["mail"] = "the mail server",
  ["secret"] = "the secret store", ["rpc"] = "a remote service",
}

local function service_of(wait)
  for _, kind in { "http", "rpc", "storage", "mail", "db", "cache", "secret", "queue" } do
    if wait.work.kinds[kind] then
      return SERVICES[kind], kind
    end
  end
  return "a service", "rpc"
end

local JOBS = words.set("job", "jobs", "cron", "crons", "cronjobs", "scheduler", "schedules", "scheduled")

-- Whether a file is of what runs by the clock, as its path says, and nothing says who waits for it.
local function is_of_clock(node)
  if node:reach() ~= "unknown" then
    return false
  end
  for folder in node.file.path:lower():gmatch("([^/]+)/") do
    if JOBS[folder] then
      return true
    end
  end
  return false
end

-- Things of which what a template sets up has a few, however long it is used.
local FEW = words.set(
  "config", "configs", "configuration", "configurations", "policy", "policies", "preset", "presets", "template", "templates", "role", "roles", "rule", "rules", "setting", "settings", "region", "regions", "zone", "zones",
  "listener", "listeners", "subnet", "subnets", "permission", "permissions", "endpoint", "endpoints", "stage", "stages"
)

-- Whether a loop turns over such things in a function that only a deployment calls, for a resource of its template.
local function is_over_set_up(loop, repo)
  local over = loop.iter and words.of(loop.iter.source) or {}
  if not FEW[over[#over] or ""] then
    return false
  end
  local first = loop.node:route()[1]
  local text = first and repo:text(first.path)
  return function_handlers.is_of_deployment(loop.node.file.text) or text ~= nil and function_handlers.is_of_deployment(text)
end

-- Code that may as well run in a browser, where nothing says otherwise.
local function is_homeless(node)
  local reach = node:reach()
  return node.file.side == "unknown" and reach ~= "request" and reach ~= "worker" and node.file.language ~= "python"
end

local function confidence_of(group, repo)
  if is_homeless(group[1].await) or command_calls.only(group[1].await:func(), repo) then
    return "low"
  end
  local first = group[1]
  local reach = first.await:reach()
  local only_cache, turning, asking = true, 0, 0
  for _, wait in group do
    asking += memory_answers.are_kept(wait) and 0 or 1
    for kind in wait.work.kinds do
      only_cache = only_cache and kind == "cache"
    end
    turning += wait.work.turns and 1 or 0
  end
  if asking < 2 then
    -- Nearly always only one of them asks at all.
    return "low"
  end
  if turning > 1 then
    -- Both wait for the same lock or limit, for all that is seen.
    return "low"
  end
  if only_cache or order.leaves_between(group) then
    return "medium"
  end
  return reach == "request" and "high" or "medium"
end

local function message_of(group)
  local names = {}
  for _, wait in group do
    table.insert(names, short_of(wait))
  end
  local service = service_of(group[2])
  if #group > 2 then
    return `{#group} waits one after the other, none of which needs another: {table.concat(names, ", ")}`
  elseif names[1] == names[2] then
    return `the second {names[2]} is not begun before the first is done, and needs nothing of it: {service} is waited for twice in a row`
  end
  return `{names[2]} is not begun before {names[1]} is done, and needs nothing of it: the two could be waited for together`
end

local function report_group(file, group, report, repo)
  local second = group[2]
  local _, kind = service_of(second)
  local related = {}
  for at, wait in group do
    if at ~= 2 and at <= 9 then
      table.insert(related, { at = wait.await, message = at == 1 and "the wait before it" or "another one" })
    end
  end
  report({
    at = second.await,
    message = message_of(group),
    confidence = confidence_of(group, repo),
    related = related,
    fix = together.statements(file, group),
  })
end

local function check_block(file, all, report, repo)
  table.sort(all, function(a, b)
    return a.order < b.order
  end)
  local at = 1
  while at < #all do
    local group = { all[at] }
    local next = at + 1
    if not waits.is_in_transaction(all[at].await) then
      while all[next] and wait_groups.can_join(group, all[next]) do
        table.insert(group, all[next])
        next += 1
      end
    end
    if #group > 1 then
      report_group(file, group, report, repo)
    end
    at = next
  end
end

local function report_loop(file, found, report, repo)
  local over = found.loop.iter and (found.loop.iter.source:gsub("%s+", " ")) or "the data"
  if #over > 40 then
    over = over:sub(1, 37) .. "..."
  end
  local service, kind = service_of(found)
  local reach = found.await:reach()
  local confidence = reach == "request" and "high" or "medium"
  if found.beside or not found.is_read and reach == "worker" or is_homeless(found.await) or is_of_clock(found.await) or is_over_set_up(found.loop, repo) or command_calls.only(found.await:func(), repo) then
    -- Each item is work of several steps, or nobody waits for it.
    confidence = "low"
  elseif found.work.kinds.db and not found.is_read then
    confidence = "medium"
  end
  report({
    at = found.await,
    message = `{short_of(found)} is waited for once per item of \`{over}\`, one after the other: no item needs what came of the one before, and {service} could be asked for several at once`,
    confidence = confidence,
    related = { { at = found.node, message = "the loop" } },
    fix = together.loop(file, found),
  })
end

-- Figures that are sent before the work begins that somebody waits for.
local function report_figures(wait, held, repo, report)
  report({
    at = wait.await,
    message = `{held.name} is not begun before the figures of {short_of(wait)} are sent, and needs nothing of them: the two could be waited for together`,
    confidence = confidence_of({ wait, wait }, repo),
    related = { { at = held, message = "what waits for it" } },
  })
end

-- What is to be waited for together begins only when what stands before it is done.
local function report_held_up(call, report)
  local held = waits.GATHERS[call.name] and waits.counts(call) and gather_parts.held_up(call) or {}
  if #held == 0 then
    return
  end
  local edits = {}
  for _, await in held do
    local word = await.source:match("^await%s+")
    table.insert(edits, word and { at = await.file:span(select(1, await:bytes()), select(1, await:bytes()) + #word - 1), text = "" } or nil)
  end
  report({
    at = held[1],
    message = `this element is waited for before the next one of {call.name} is begun: what was to run together runs one after the other`,
    confidence = is_homeless(call) and "low" or call:reach() == "request" and "high" or "medium",
    related = { { at = call, message = "what waits for all of them" } },
    fix = #edits == #held and { title = "begin them together", safety = "unsafe", edits = edits } or nil,
  })
end

-- A read that begins in what another one's answer is given to, and takes nothing of it.
local function report_then(call, report)
  local found = then_waits.of(call)
  if found then
    report({
      at = found.second.call,
      message = `{found.second.name} is not begun before {found.first.name} is done, and needs nothing of it: the two could be waited for together`,
      confidence = is_homeless(call) and "low" or "medium",
      related = { { at = found.first.call, message = "the wait before it" } },
    })
  end
end

local function far_of(leaf)
  return SERVICES[leaf.kind] or "another service"
end

-- Groups of Go's waits in one block.
local function check_go_block(all, report)
  table.sort(all, function(a, b)
    return a.order < b.order
  end)
  for _, group in go_waits.groups(all) do
    local names, related = {}, {}
    for at, wait in group do
      table.insert(names, wait.call.name)
      if at ~= 2 and at <= 9 then
        table.insert(related, { at = wait.call, message = at == 1 and "the wait before it" or "another one" })
      end
    end
    report({
      at = group[2].call,
      message = if #group > 2
        then `{#group} calls that wait for {far_of(group[2].leaf)} one after the other, none of which needs another: {table.concat(names, ", ")}`
        else `{names[2]} is not begun before {names[1]} is done, and needs nothing of it: {far_of(group[2].leaf)} is waited for twice in a row`,
      confidence = if group[1].call:reach() == "request" then "high" else "medium",
      related = related,
    })
  end
end

local function check_go(matches, report)
  local blocks, keys, looped = {}, {}, {}
  for _, match in matches do
    local call = match.node
    local reach = call:reach()
    if reach ~= "request" and reach ~= "worker" then
      continue
    end
    local found = go_waits.loop(call) or go_deliveries.loop(call)
    if found and not looped[found.node.id] then
      looped[found.node.id] = true
      local over = found.loop.iter and (found.loop.iter.source:gsub("%s+", " ")):sub(1, 40) or "the data"
      report({
        at = call,
        message = `{call.name} waits for {far_of(found.leaf)} once per item of \`{over}\`, one after the other: no item needs what came of the one before`,
        confidence = if reach == "request" then "high" else "medium",
        related = { { at = found.node, message = "the loop" } },
      })
    end
    local wait = go_waits.of(call)
    if wait then
      local key = wait.block.id
      if not blocks[key] then
        blocks[key] = {}
        table.insert(keys, key)
      end
      table.insert(blocks[key], wait)
    end
  end
  for _, key in keys do
    check_go_block(blocks[key], report)
  end
end

return {
  check = function(file, matches, report, repo)
    if file.language == "go" then
      check_go(matches, report)
      return
    end
    local blocks, keys, seen, looped = {}, {}, {}, {}
    local calls = {}
    for _, match in matches do
      if match.matcher == "function" then
        table.move(quiet_waits.of(match.node), 1, 64, #calls + 1, calls)
      elseif match.matcher == "then" then
        report_then(match.node, report)
      elseif match.matcher == "gather" then
        report_held_up(match.node, report)
      else
        table.insert(calls, match.node)
      end
    end
    for _, call in calls do
      local await = waits.around(call)
      if await and not seen[await.id] and waits.counts(call) then
        seen[await.id] = true
        local found = item_waits.find(await, call, repo)
        if found and not looped[found.node.id] then
          looped[found.node.id] = true
          report_loop(file, found, report, repo)
        end
        local wait = waits.of(await, repo)
        local held = wait and side_waits.held_up(wait)
        if wait and held then
          report_figures(wait, held, repo, report)
        elseif wait then
          local key = wait.block.id
          if not blocks[key] then
            blocks[key] = {}
            table.insert(keys, key)
          end
          table.insert(blocks[key], wait)
        end
      end
    end
    for _, key in keys do
      check_block(file, blocks[key], report, repo)
    end
  end,
}

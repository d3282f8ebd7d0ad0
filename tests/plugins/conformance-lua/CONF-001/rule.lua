-- The rule that every language has: it asks for as much of the API as one rule can, and reports what it was told.

local files = require("files")
local nodes = require("nodes")
local told = require("told")

local PRESENCE = { given = "with", absent = "without", hidden = "maybe with" }

local function fix_of(call: Node, timeout: Node?, presence: Presence): Fix
  local args = call:args()
  if presence == "given" and timeout then
    return { title = "Wait for a second", edits = { { at = timeout, text = "1" } } }
  elseif presence == "absent" and #args > 0 then
    return { title = "Add a timeout", safety = "unsafe", edits = { { after = args[#args], text = ", timeout=1" } } }
  end
  return { title = "Keep the answer", safety = "safe", edits = { { before = call, text = "answer = " } } }
end

local function request(call: Node, report: Report)
  local timeout, presence = call:arg("timeout")
  print(`line {call.line}: {presence}`)
  local target = call:target()[1]
  local func = call:func()
  local related = {}
  for _, place in call:loops() do
    table.insert(related, { at = place.node, message = `a {place.kind} loop` })
  end
  report({
    at = call,
    message_id = "request",
    args = {
      library = if target then target:match("^[^.]*") else "-",
      presence = PRESENCE[presence],
      ["function"] = told.or_dash(func and func.name),
    },
    confidence = if presence == "hidden" then "low" else nil,
    reach = if presence == "hidden" then "script" else nil,
    severity = if call.name == "post" then "high" else nil,
    related = related,
    notes = nodes.told(call),
    fix = fix_of(call, timeout, presence),
  })
end

-- What matched: the node, or bytes where the tree has no such node.
local function place(found: Match): Place
  return found.node or found.span or found.file
end

local function append(found: Match, report: Report)
  local item = found:capture("ITEM")
  local list = found:capture("LIST")
  local notes = { matcher = found.matcher }
  if typeof(item) == "Node" then
    notes.item = nodes.value(item)
  end
  if found.node then
    notes.awaited = told.yes(found.node:is_awaited())
  end
  report({
    at = place(found),
    message_id = "append",
    args = { item = told.or_dash(item and item.source), list = told.or_dash(list and list.source) },
    notes = notes,
  })
end

local function printed(found: Match, report: Report)
  local values = found:capture("VALUES") or {}
  local sources = told.list_of(values, function(value)
    return value.source
  end)
  report({ at = place(found), message_id = "print", args = { count = #values, values = sources } })
end

local function marker(found: Match, file: File, report: Report)
  local span = found.span
  if not span then
    return
  end
  report({
    at = span,
    message_id = "marker",
    args = { text = span.source },
    notes = {
      line = span.line,
      length = span.last - span.first + 1,
      commands = #span:commands(),
      -- Spans of Lua do not say in which file they are.
      ["same file"] = told.yes(found.file.path == file.path),
    },
    fix = { title = "Take it out", edits = { { at = span, text = "done" } } },
  })
end

local function check(file: File, matches: { Match }, report: Report, repo: Repository)
  -- Matches come in the order of the rule's matchers.
  for _, found in matches do
    if found.matcher == "request" then
      request(found.node :: Node, report)
    elseif found.matcher == "append" then
      append(found, report)
    elseif found.matcher == "print" then
      printed(found, report)
    elseif found.matcher == "marker" then
      marker(found, file, report)
    end
  end
  files.file(file, report, repo)
end

local function check_repository(repo: Repository, report: Report): Verdict?
  if not repo:at("app.py") then
    return { not_applicable = "there is no app.py" }
  end
  files.repository(repo, report)
  return { needs_evidence = "only a comparison with the other languages decides" }
end

return { check = check, check_repository = check_repository }

-- The commit behind the loop instead of in it.

local loop_commits = require("loop_commits")

local M = {}

-- Statements that need the commit before them, or leave so that the one behind the loop is never reached.
local function needs_each(body, commit)
  for _, node in body:descendants({ "return", "yield", "raise", "call" }) do
    if node.kind ~= "call" then
      return true
    end
    if node.name == "refresh" or node.name == "rollback" or (node:fact("kind") == "db" and not node:same(commit) and node:fact("verb") ~= "lazy") then
      return true
    end
  end
  return loop_commits.read_behind(commit, body) ~= nil
end

-- The change, where the commit stands in the loop itself and nothing in it needs each; nil elsewhere.
function M.of(one)
  local access, loop = one.access, one.row.loop
  if access.sort ~= "commit" or #access.hops > 0 or loop.node.kind ~= "for" then
    return nil
  end
  local statement = access.whole:statement()
  local body = loop.node:child("body")
  if not statement or not body or loop.node:child("else") then
    return nil
  end
  local block = statement:parent()
  if not block or not block:same(body) or #body:children() < 2 or statement.line ~= statement.last_line or needs_each(body, access.call) then
    return nil
  end
  -- A session that the loop makes ends with it.
  local receiver = access.call:receiver()
  while receiver and receiver.kind == "attr" do
    receiver = receiver:child("value")
  end
  if not receiver or receiver.kind ~= "name" then
    return nil
  end
  for _, assign in body:descendants({ "assign", "with-item" }) do
    local target = assign:child("target")
    if target and target.text == receiver.text then
      return nil
    end
  end
  local file = access.call.file
  local line, head = file:line_span(statement.line), file:line_span(loop.node.line)
  if line.source:gsub("%s", "") ~= statement.source:gsub("%s", "") or body:children()[1].line == loop.node.line then
    return nil
  end
  local indent = head.source:match("^%s*") or ""
  local newline = file.text:find("\r\n", 1, true) and "\r\n" or "\n"
  local children = body:children()
  if children[#children]:same(statement) then
    -- The last line of the loop only moves out of it.
    return {
      title = "commit once, after the loop",
      safety = "unsafe",
      edits = { { at = file:span(line.first, statement:bytes() - 1), text = indent } },
    }
  end
  local before = file:line_span(statement.line - 1)
  return {
    title = "commit once, after the loop",
    safety = "unsafe",
    edits = {
      { at = file:span(before.last + 1, line.last), text = "" },
      { after = loop.node, text = newline .. indent .. statement.source },
    },
  }
end

return M

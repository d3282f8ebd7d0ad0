-- Pages of a list that are read by their place: the database reads all rows before them and throws them away.

local asked_pages = require("asked_pages")
local asked_route = require("asked_route")
local keyset = require("keyset")
local list_reads = require("list_reads")
local page_depth = require("page_depth")
local paged_read = require("paged_read")
local query_chain = require("query_chain")
local words = require("words")

-- Names by which another way to go on is offered: a page that begins behind the last row of the one before.
local KEYSETS = { "keyset", "afterid", "lastid", "startafter", "nexttoken", "sinceid" }

local function is_key(name)
  return keyset.is_cursor(name) or words.any_in(asked_pages.plain(name), KEYSETS)
end

-- One finding for each function and table: branches of one list are read alike.
local seen = {}

-- What the list is of: its model or table, else the variable that the query is built in.
local function list_of(found)
  if found.name then
    return `pages of {found.name}`
  end
  local root = query_chain.root_of(found.at)
  local says_it = root and root.text ~= "" and root.text ~= "this" and root.text ~= "self"
  return says_it and `pages of \`{root.text}\`` or "pages of a list"
end

local function check_read(found, func, report, repo)
  local confidence = paged_read.confidence(found)
  local key = `{func.node.id}:{found.name or ""}`
  if not confidence or seen[key] or keyset.is_offered(func, is_key) or page_depth.is_bounded(found, func) then
    return
  end
  seen[key] = true
  local asked = asked_route.title_of(func, repo) or "a request"
  local message = `{asked} reads {list_of(found)} by their offset: the database reads all rows before a page and throws them away`
  if confidence == "medium" and asked_route.is_for_staff(found.at, repo) then
    -- A few people leaf through a list of the back office, and seldom far.
    confidence = "low"
  end
  report({
    at = found.at,
    message = message .. (confidence == "low" and "; `http.response.p95` of the last page beside that of the first would confirm it" or ""),
    confidence = confidence,
    reach = "request",
    notes = { list = found.name or found.at.source:match("^[^\n]*"):sub(1, 80) },
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    seen = {}
    for _, match in matches do
      local node = match.node
      local func = node and node:reach() == "request" and node:func()
      if func and #node:loops() == 0 then
        local found = nil
        if match.matcher == "text" then
          found = paged_read.of_text(node)
        else
          found = paged_read.of_call(node, func.node)
        end
        if found then
          check_read(found, func, report, repo)
        end
      end
    end
  end,
}

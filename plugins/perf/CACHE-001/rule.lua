-- The same question, asked twice on one way through a function that a request waits for.

local called = require("called")
local list_reads = require("list_reads")
local per_item = require("per_item")
local repeated_reads = require("repeated_reads")

local WAITED_FOR = { request = true, worker = true, unknown = true }

-- The matches that may read, by the function that they stand in; what stands alone there is asked once.
local function grouped(matches)
  local order, by_func = {}, {}
  for _, match in matches do
    local func = repeated_reads.may_ask(match) and match.node:func()
    if func then
      local id = func.node.id
      if not by_func[id] then
        by_func[id] = { func = func, matches = {} }
        table.insert(order, by_func[id])
      end
      table.insert(by_func[id].matches, match)
    end
  end
  local several = {}
  for _, one in order do
    if #one.matches > 1 then
      table.insert(several, one)
    end
  end
  return several
end

-- The matches whose text stands at several places.
local function repeated(matches)
  local first, texts, is_repeated = {}, {}, {}
  -- What calls another method is another text, and names are known at once.
  local by_name = {}
  for _, match in matches do
    local name = match.node.name
    by_name[name] = (by_name[name] or 0) + 1
  end
  for at, match in matches do
    if by_name[match.node.name] < 2 then
      continue
    end
    local id, text = repeated_reads.text(match)
    texts[at] = text
    is_repeated[text] = is_repeated[text] or first[text] ~= nil and first[text] ~= id
    first[text] = id
  end
  local all = {}
  for at, match in matches do
    if texts[at] and is_repeated[texts[at]] then
      table.insert(all, match)
    end
  end
  return all
end

local function reads_of(matches)
  local all, seen = {}, {}
  for _, match in repeated(matches) do
    local call = match.node
    local read = WAITED_FOR[call:reach()] and per_item.counts(call) and repeated_reads.of(match)
    if read and not seen[read.whole.id] then
      seen[read.whole.id] = true
      table.insert(all, read)
    end
  end
  return all
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    for _, one in grouped(matches) do
      one.reads = reads_of(one.matches)
      table.sort(one.reads, function(left, right)
        return left.whole.id < right.whole.id
      end)
      for _, pair in repeated_reads.pairs(one.func, one.reads) do
        if called.by_nobody(pair.second.whole, repo) then
          break
        end
        report({
          at = pair.second.whole,
          message = if pair.second.is_helper
            then `{pair.second.call.name} asks the database again for what line {pair.first.whole.line} has asked for already`
            else `this query is the one of line {pair.first.whole.line} again, with nothing in between that changes its answer`,
          confidence = "medium",
          related = { { at = pair.first.whole, message = "asked here" } },
        })
      end
    end
  end,
}

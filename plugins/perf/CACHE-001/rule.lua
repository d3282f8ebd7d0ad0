-- The same question, asked twice on one way through a function that a request waits for.

local called = require("called")
local list_reads = require("list_reads")
local per_item = require("per_item")
local repeated_reads = require("repeated_reads")

local WAITED_FOR = { request = true, worker = true, unknown = true }

-- The matches whose name stands twice in the file, as `{ node, matcher, name }`: names are known at once, and most stand alone.
local function of_several(matches)
  local nodes, names, count = {}, {}, {}
  for at, match in matches do
    local node = match.node
    local name = node.name
    nodes[at], names[at] = node, name
    count[name] = (count[name] or 0) + 1
  end
  local all = {}
  for at, match in matches do
    local name = names[at]
    if count[name] > 1 and (repeated_reads.says_asking(name) or match.matcher ~= "helper") then
      table.insert(all, { node = nodes[at], matcher = match.matcher, name = name })
    end
  end
  return all
end

-- The matches that may read, by the function that they stand in; what stands alone there under its name is asked once.
local function grouped(matches)
  local order, by_func = {}, {}
  for _, one in of_several(matches) do
    local func = one.node:func()
    local id = func and func.node.id
    local group = id and by_func[id]
    if id and not group then
      group = { func = func, matches = {}, count = {} }
      by_func[id] = group
      table.insert(order, group)
    end
    if group then
      table.insert(group.matches, one)
      group.count[one.name] = (group.count[one.name] or 0) + 1
    end
  end
  local several = {}
  for _, group in order do
    local is_several = false
    for _, times in group.count do
      is_several = is_several or times > 1
    end
    if is_several then
      table.insert(several, group)
    end
  end
  return several
end

-- The matches of a function whose text stands at several places.
local function repeated(group)
  local first, texts, is_repeated, by_place = {}, {}, {}, {}
  for at, match in group.matches do
    if group.count[match.name] > 1 then
      local id, text = repeated_reads.text(match, by_place)
      texts[at] = text
      is_repeated[text] = is_repeated[text] or first[text] ~= nil and first[text] ~= id
      first[text] = id
    end
  end
  local all = {}
  for at, match in group.matches do
    if texts[at] and is_repeated[texts[at]] then
      table.insert(all, match)
    end
  end
  return all
end

local function reads_of(group)
  local all, seen = {}, {}
  for _, match in repeated(group) do
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
    local groups = #matches > 1 and grouped(matches) or {}
    if #groups > 0 then
      list_reads.begin(repo)
    end
    for _, one in groups do
      one.reads = reads_of(one)
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

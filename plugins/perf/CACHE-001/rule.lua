-- The same question, asked twice on one way through a function that a request waits for.

local called = require("called")
local list_reads = require("list_reads")
local per_item = require("per_item")
local repeated_reads = require("repeated_reads")

local WAITED_FOR = { request = true, worker = true, unknown = true }

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    list_reads.begin(repo)
    local order, by_func, seen = {}, {}, {}
    for _, match in matches do
      local call = match.node
      local func = WAITED_FOR[call:reach()] and per_item.counts(call) and call:func()
      local read = func and repeated_reads.of(match)
      if read and not seen[read.whole.id] then
        seen[read.whole.id] = true
        local id = func.node.id
        if not by_func[id] then
          by_func[id] = { func = func, reads = {} }
          table.insert(order, by_func[id])
        end
        table.insert(by_func[id].reads, read)
      end
    end
    for _, one in order do
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

-- Code that runs where the caller asks for no page: `if (!page) { return all(); }`, `if limit == "" { ... } else { ... }`. Who writes so knows that there
-- may be many rows, and gives all of them to whoever leaves the page out.

local lower = require("words").lower
local set = require("words").set

local M = {}

-- What callers ask for a page with.
local PAGES = set("limit", "page", "pagesize", "perpage", "pagenumber", "pageno", "pagenum", "pagelimit", "offset", "skip", "take", "cursor", "paginate", "paginated", "paging", "pagination")

local function is_page(node)
  return PAGES[(lower(node.text):gsub("_", ""))] == true
end

-- What stands for nothing in a comparison.
local EMPTY = set('""', "''", "0", "nil", "null", "undefined", "None", "-1")

-- Whether a test holds where no page is asked for (true), where one is (false), or says nothing of it (nil).
local function says(test)
  if test.kind == "name" or test.kind == "attr" then
    if is_page(test) then
      return false
    end
    return nil
  elseif test.kind == "unary" and (test.text == "!" or test.text == "not") then
    local inner = test:child("value") or test:children()[1]
    local said = inner and says(inner)
    return if said == nil then nil else not said
  elseif test.kind == "logic" then
    local said = nil
    for _, part in test:children() do
      local one = says(part)
      said = if one == nil then said else one
    end
    return said
  elseif test.kind == "compare" then
    local parts = test:children("value")
    local left, right = parts[1], parts[2]
    if left and right and #parts == 2 and (left.kind == "name" or left.kind == "attr") and is_page(left) and EMPTY[right.source] then
      local sign = test.text
      if sign == "==" or sign == "===" or sign == "is" or sign == "<=" or sign == "<" then
        return true
      elseif sign == "!=" or sign == "!==" or sign == "is not" or sign == ">" or sign == ">=" then
        return false
      end
    end
  end
  return nil
end

-- Whether a node stands in such a branch of the function around it.
function M.holds(node)
  local branch = node:enclosing({ "if", "conditional", "function" })
  while branch and branch.kind ~= "function" do
    local test, other = branch:child("test"), branch:child("else")
    if test and not node:is_within(test) then
      local said = says(test)
      local is_other = other ~= nil and node:is_within(other)
      if said ~= nil and said ~= is_other then
        return true
      end
    end
    branch = branch:enclosing({ "if", "conditional", "function" })
  end
  return false
end

-- Whether a function of a request that asks for no page runs the one around a node: `if page == "" { orders = OrdersOf(owner) } else { orders = PageOf(owner, page) }`.
function M.calls(node)
  local func = node:func()
  for _, caller in func and func:callers() or {} do
    if caller:reach() == "request" and M.holds(caller) then
      return true
    end
  end
  return false
end

return M

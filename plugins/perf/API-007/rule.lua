-- Totals that a list counts along with each of its pages, by a count beside the page, or by a paginator that makes one.

local list_reads = require("list_reads")
local page_totals = require("page_totals")
local paged_read = require("paged_read")
local paginators = require("paginators")

local WORDS = {
  medium = "every page of it reads the table to its end",
  low = "every page of it reads all rows that fit",
}

-- One finding for each function and what it counts: a second count there is of the same list.
local seen = {}

local function report_total(at, found, how, related, report)
  local confidence = paged_read.confidence(found)
  local func = at:func()
  local key = (func and func.node.id or 0) .. ":" .. (found.name or "")
  if confidence and not seen[key] then
    seen[key] = true
    report({
      at = at,
      message = `{how} the total{found.name and " of " .. found.name or ""} with each page: {WORDS[confidence]}`,
      confidence = confidence,
      reach = "request",
      related = related,
    })
  end
end

local function check_count(call, func, report)
  local total = #call:loops() == 0 and page_totals.counted(call, func.node)
  local page, outer, caller = nil, nil, nil
  if total then
    page, outer, caller = page_totals.page_beside(total, func)
  end
  local inner = caller == nil and page and page.at or nil
  if not page or page_totals.is_optional(call, inner) or page_totals.keeps(func, total.name) or caller and (page_totals.is_optional(caller, page.at) or page_totals.keeps(outer, total.name)) then
    return
  end
  page_totals.narrow(total, page)
  local related = { { at = page.at, message = "the page" } }
  if caller then
    table.insert(related, 1, { at = caller, message = "called here" })
  end
  report_total(call, total, `{call.name} counts`, related, report)
end

local function check_page(call, func, report)
  local found = paginators.of(call, func)
  if found and not page_totals.keeps(func, found.name) then
    report_total(call, found, `{call.name} counts`, nil, report)
  end
end

local function check_text(node, func, report)
  local text = node:joined() or node.text
  local is_beside = text:upper():find("OVER%s*%(") ~= nil
  local total = #node:loops() == 0 and paginators.of_text(node, text, is_beside)
  if not total or page_totals.keeps(func, total.name) then
    return
  end
  if is_beside then
    return report_total(node, total, "`COUNT(*) OVER ()` counts", nil, report)
  end
  local page = page_totals.page_beside(total, func)
  if page and not page_totals.is_optional(node, page.at) then
    page_totals.narrow(total, page)
    report_total(node, total, "this statement counts", { { at = page.at, message = "the page" } }, report)
  end
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
      local func = node and node:func()
      while func and func.is_lambda and file.language == "python" do
        local outer = func.node:enclosing("function")
        func = outer and outer:func()
      end
      if match.matcher == "class" then
        paginators.check_class(node, report)
      elseif func and node:reach() == "request" then
        if match.matcher == "count" then
          check_count(node, func, report)
        elseif match.matcher == "text" then
          check_text(node, func, report)
        else
          check_page(node, func, report)
        end
      end
    end
  end,
}

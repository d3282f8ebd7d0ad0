-- Columns that queries filter or sort by and that no index begins with, in tables that grow; foreign keys are the business of DB-IDX-001.

local index_needs = require("index_needs")
local index_questions = require("index_questions")
local key_columns = require("key_columns")
local sql_indexes = require("sql_indexes")

local RANK = { low = 1, medium = 2 }
local WAYS = { filter = "filters by it", range = "filters by a range of it", sort = "sorts by it and takes a page" }

-- Single rows that are looked up by a key are found by the rule about foreign keys and looked-up columns.
local function is_looked_up(question, gap)
  local store = question.table.store
  return (store == "Django" or store == "SQLAlchemy" or store == "GORM") and question.is_one and gap.how == "filter" and key_columns.is_key(gap.field)
end

local function key_of(table_, field)
  return `{table_.store}:{table_.name}.{field}`
end

return {
  check_repository = function(repo, report)
    local tables, gaps, order = sql_indexes.of(repo), {}, {}
    index_questions.each(repo, function(question)
      local gap = index_needs.column(question, tables)
      if not gap or is_looked_up(question, gap) then
        return
      end
      local key = key_of(question.table, gap.field)
      local known = gaps[key]
      if not known then
        known = { gap = gap, question = question, count = 0, confidence = "low" }
        gaps[key] = known
        table.insert(order, known)
      end
      known.count += 1
      local confidence = index_needs.confidence(question, gap, repo)
      if RANK[confidence] > RANK[known.confidence] then
        known.confidence, known.question, known.gap = confidence, question, gap
      end
    end, repo:matched("prisma"), repo:matched("statements"))
    for _, one in order do
      local table_, gap, call = one.question.table, one.gap, one.question.call
      local cost = gap.how == "sort" and "each page reads and sorts the whole table" or "each such query reads the whole table"
      local more = one.count > 1 and `, one of {one.count} places,` or ""
      report({
        at = gap.column.at or call,
        message = `no index begins with \`{gap.column.name or gap.field}\` of table \`{table_.sql_name or table_.name}\`, and the query in {call.file.path}:{call.line}{more} {WAYS[gap.how]}: {cost}`
          .. (one.confidence == "low" and "; `db.seq_scans` under load would confirm it" or ""),
        confidence = one.confidence,
        reach = one.question.reach,
        related = { { at = call, message = `{WAYS[gap.how]}{one.count > 1 and ", one of " .. one.count .. " places" or ""}` } },
        notes = { table = table_.sql_name, column = gap.column.name or gap.field, places = one.count },
      })
    end
  end,
}

-- Pages of rows that a query filters by some columns and sorts by another, where an index holds the first but no index holds them in a row.

local few_per_owner = require("few_per_owner")
local index_needs = require("index_needs")
local index_questions = require("index_questions")
local sql_indexes = require("sql_indexes")
local words = require("words")

local RANK = { low = 1, medium = 2 }

-- Words of paths whose code fills a database with invented rows.
local INVENTED = { "seed", "dummy", "fixture", "sample_data", "demo_data" }

return {
  check_repository = function(repo, report)
    local tables, gaps, order, capped = sql_indexes.of(repo), {}, {}, {}
    index_questions.each(repo, function(question)
      local gap = index_needs.composite(question, tables)
      if not gap or words.any_in(question.call.file.path, INVENTED) then
        return
      elseif few_per_owner.is_capped(question) then
        capped[question.table] = true
      end
      local columns = table.concat(gap.fields, ", ") .. ", " .. gap.sort
      local key = `{question.table.store}:{question.table.name}.{columns}`
      local confidence = index_needs.composite_confidence(question, gap, repo)
      local known = gaps[key]
      if not known then
        known = { question = question, gap = gap, columns = columns, confidence = "low", count = 0 }
        gaps[key] = known
        table.insert(order, known)
      end
      known.count += 1
      if RANK[confidence] > RANK[known.confidence] then
        known.confidence, known.question = confidence, question
      end
    end, repo:matched("prisma"), repo:matched("statements"))
    for _, one in order do
      if capped[one.question.table] then
        continue
      end
      local table_, call = one.question.table, one.question.call
      local by = table.concat(one.gap.fields, " and ")
      local what = one.gap.is_range and `this takes rows of {table_.name} by {by} from a range of {one.gap.sort}` or `this takes a page of {table_.name} by {by} in the order of {one.gap.sort}`
      local cost = one.gap.is_range and "all rows of any time are read for each query" or "all rows that fit are read and sorted for each page"
      report({
        at = call,
        message = `{what}, and no index holds ({one.columns}): {cost}`
          .. (one.confidence == "low" and "; `db.rows.sorted` under load would confirm it" or ""),
        confidence = one.confidence,
        reach = one.question.reach,
        related = { { at = one.gap.column.at or call, message = `{table_.name}.{one.gap.sort} is declared here` } },
        notes = { table = table_.sql_name, columns = one.columns, places = one.count },
      })
    end
  end,
}

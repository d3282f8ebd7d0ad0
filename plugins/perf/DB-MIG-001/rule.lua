-- Migrations that cannot be applied, because they have several ends or miss their beginning, and columns that no migration makes.

local migration_chain = require("migration_chain")
local unmigrated = require("unmigrated")

local function tell_heads(repo, report, heads, tool, join)
  if #heads < 2 then
    return
  end
  local last = heads[#heads]
  local related = {}
  for at = 1, math.min(#heads - 1, 8) do
    table.insert(related, { at = migration_chain.place(repo, heads[at]), message = `nothing builds on {heads[at].revision} either` })
  end
  local all_applied = tool == "Alembic" and #repo:matched("all heads applied") > 0
  report({
    at = migration_chain.place(repo, last),
    message = if all_applied
      then `Alembic finds {#heads} heads here, and \`upgrade heads\` applies each of them in an order that nothing fixes, until they are joined (\`{join}\`)`
      elseif tool == "Alembic" then `Alembic finds {#heads} heads here: \`alembic upgrade head\` stops with an error and applies none of them until they are joined (\`{join}\`)`
      else `{tool} finds {#heads} heads here, and \`migrate\` stops until they are joined (\`{join}\`)`,
    confidence = if all_applied then "low" else "high",
    related = related,
    notes = { heads = #heads },
  })
end

return {
  check_repository = function(repo, report)
    local revisions = migration_chain.alembic(repo, repo:matched("revision"))
    for _, group in revisions do
      local heads, orphans = migration_chain.ends(group)
      -- Several directories may hold parts of one history.
      if heads and #revisions == 1 then
        tell_heads(repo, report, heads, "Alembic", "alembic merge heads")
        for _, orphan in orphans do
          report({
            at = migration_chain.place(repo, orphan.one),
            message = `this revision builds on {orphan.parent}, which no file holds: \`alembic upgrade\` stops before it`,
            confidence = "high",
          })
        end
      end
    end
    local chains = migration_chain.django(repo, repo:matched("django"), repo:matched("squashed"), repo:matched("put together"))
    for _, group in chains do
      local heads = migration_chain.ends(group)
      if heads then
        tell_heads(repo, report, heads, "Django", "manage.py makemigrations --merge")
      end
    end
    local by_table, order = {}, {}
    local function missing(column)
      local key = `{column.where}:{column.table}`
      if not by_table[key] then
        by_table[key] = { first = column, count = 0 }
        table.insert(order, by_table[key])
      end
      by_table[key].count += 1
      local first = by_table[key].first
      if column.at.line < first.at.line then
        by_table[key].first = column
      end
    end
    if #repo:matched("elsewhere") == 0 then
      unmigrated.django(repo, chains, repo:matched("model"), missing)
    end
    unmigrated.sqlalchemy(repo, revisions, missing)
    unmigrated.prisma(repo, repo:matched("prisma"), missing)
    for _, one in order do
      local column = one.first
      report({
        at = column.at,
        message = `{column.table}.{column.field} is in the model, and no migration names it ({column.where}): queries of it fail where migrations make the schema` .. (one.count > 1 and `, one of {one.count} such columns` or ""),
        confidence = "medium",
        notes = { table = column.table, columns = one.count },
      })
    end
    return { needs_evidence = "whether the migrations are applied, the database of production knows: `alembic current`, `manage.py showmigrations`, `prisma migrate status`" }
  end,
}

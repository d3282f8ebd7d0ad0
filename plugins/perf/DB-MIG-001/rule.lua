-- Migrations that cannot be applied, because they have several ends or miss their beginning, and columns that no migration makes.

local migration_chain = require("migration_chain")
local presence = require("presence")
local unmigrated = require("unmigrated")
local words = require("words")

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

-- Words of files that only developers use, or that explain.
local BY_HAND = words.set("devcontainer", "dev", "development", "local", "doc", "docs", "mkdocs", "pyproject", "tox", "reset", "seed")
-- Words of scripts that run at a start or a deployment, among those that somebody runs by hand, and of entries of `package.json`.
local AT_START = words.set("start", "prestart", "entrypoint", "entry", "run", "boot", "bootstrap", "deploy", "release", "launch", "init", "web", "server", "build", "postinstall", "prod", "production")

local function says(text, set)
  for _, word in words.of(text) do
    if set[word] then
      return true
    end
  end
  return false
end

-- Whether an entry of `package.json` that a start or a deployment runs applies the migrations.
local function is_started_by(package)
  for _, line in string.split(package, "\n") do
    local name = line:find("migrate", 1, true) and line:match('^%s*"([^"]+)"%s*:')
    if name and says(name, AT_START) then
      return true
    end
  end
  return false
end

local KINDS = words.set("source", "script")

-- Whether something applies the migrations wherever the service starts or is deployed: no job that tests, and no tool that somebody runs by hand.
local function is_applied(repo)
  for _, path in repo:matched("applied") do
    local file = repo:open(path)
    local is_deploying = says(path, AT_START)
    local is_out = not file or not KINDS[file.class] or says(path, BY_HAND) or (presence.is_of_jobs(path) or file.class == "script") and not is_deploying
    if not is_out and (not path:find("package%.json$") or is_started_by(file.text)) then
      return true
    end
  end
  return false
end

-- How each tool that is here says which migrations the database has.
local function ways_to_ask(repo, revisions, chains)
  local ways = {}
  if #revisions > 0 or repo:imports({ "alembic**" }) then
    table.insert(ways, "`alembic current`")
  end
  if #chains > 0 or repo:imports({ "django.db**" }) then
    table.insert(ways, "`manage.py showmigrations`")
  end
  if repo:imports({ "@prisma/client**" }) or #repo:paths("*.prisma") > 0 then
    table.insert(ways, "`prisma migrate status`")
  end
  return table.concat(ways, ", ")
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
    if is_applied(repo) then
      return nil
    end
    return { needs_evidence = `nothing in this repository applies the migrations at a start or a deployment; whether they are applied, the database of production knows: {ways_to_ask(repo, revisions, chains)}` }
  end,
}

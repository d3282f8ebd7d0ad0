-- Foreign keys that queries go by, and columns that single rows are looked up by, where no index begins with them.

local index_gaps_core = require("index_gaps_core")
local index_gaps_django = require("index_gaps_django")
local index_gaps_fts = require("index_gaps_fts")
local index_gaps_knex = require("index_gaps_knex")
local index_gaps_models = require("index_gaps_models")
local index_gaps_prisma = require("index_gaps_prisma")
local index_gaps_sql = require("index_gaps_sql")
local index_gaps_sqlalchemy = require("index_gaps_sqlalchemy")
local index_gaps_tsvector = require("index_gaps_tsvector")

return {
  check_repository = function(repo, report)
    index_gaps_django.check(repo, report)
    index_gaps_prisma.check(repo, report, repo:matched("prisma"))
    local declared = index_gaps_sqlalchemy.check(repo, report)
    local core, report_deleted = index_gaps_core.check(repo, report)
    for _, more in { index_gaps_models.check(repo, report), core } do
      for name, own in more do
        declared[name] = declared[name] or own
      end
    end
    index_gaps_knex.check(repo, report)
    index_gaps_fts.check(repo, report)
    index_gaps_tsvector.check(repo, report)
    index_gaps_sql.check(repo, report, repo:matched("statements"), declared)
    -- What statements go by is reported already.
    report_deleted()
  end,
}

-- Which databases a repository brings drivers of, for libraries whose models do not say it.

local M = {}

local GO = {
  postgres = { "github.com/lib/pq", "github.com/jackc/pgx/**", "github.com/jackc/pgx", "gorm.io/driver/postgres", "github.com/jinzhu/gorm/dialects/postgres" },
  mysql = { "github.com/go-sql-driver/mysql", "gorm.io/driver/mysql", "github.com/jinzhu/gorm/dialects/mysql" },
  sqlite = { "gorm.io/driver/sqlite", "github.com/glebarez/sqlite", "github.com/mattn/go-sqlite3", "modernc.org/sqlite", "github.com/jinzhu/gorm/dialects/sqlite" },
}
local PACKAGES = {
  postgres = { '"pg"', '"postgres"', '"pg-promise"', '"@neondatabase/serverless"' },
  mysql = { '"mysql"', '"mysql2"', '"mariadb"' },
  sqlite = { '"sqlite3"', '"better-sqlite3"', '"sql.js"', '"@libsql/client"' },
}

-- Those of Go: {postgres, mysql, sqlite}, each true or false.
function M.of_go(repo)
  local all = {}
  for kind, modules in GO do
    all[kind] = repo:imports(modules) == true
  end
  return all
end

-- Those that packages of JavaScript depend on.
function M.of_packages(repo)
  local all = {}
  for kind, names in PACKAGES do
    all[kind] = #repo:holding("{package.json,**/package.json}", names) > 0
  end
  return all
end

-- Those behind a table of `schema_table`.
function M.of_table(repo, table_)
  if table_.store == "GORM" then
    return M.of_go(repo)
  elseif table_.store == "TypeORM" or table_.store == "Sequelize" then
    return M.of_packages(repo)
  end
  return {}
end

-- Whether the database is a file beside the service, and no other.
function M.is_file(repo, table_)
  local kinds = M.of_table(repo, table_)
  return table_.store == "SQLite" or kinds.sqlite == true and not kinds.postgres and not kinds.mysql
end

return M

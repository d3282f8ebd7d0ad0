-- All that the code of a repository asks of tables whose declaration it holds, whatever the library:
--   {table, conditions = {{field, how, value, at}}, sorts = {fields}, is_limited, is_one, call}
-- `table` is that of `schema_table`; a question that is not seen whole is none.

local asked_django = require("asked_django")
local asked_gorm = require("asked_gorm")
local asked_prisma = require("asked_prisma")
local asked_sqlalchemy = require("asked_sqlalchemy")
local asked_sequelize = require("asked_sequelize")
local asked_sql = require("asked_sql")
local asked_typeorm = require("asked_typeorm")

local M = {}

-- Hands a question on unless only a test or a script asks it, or the table is not seen whole.
function M.counted(question, see)
  local reach = question.call:reach()
  if reach ~= "test" and reach ~= "script" and question.table.is_whole then
    question.reach = reach
    see(question)
  end
end

-- Those of the libraries whose models say the database nowhere: TypeORM, Sequelize, GORM; `see_open`, where given, gets those of which only some conditions are seen.
function M.each_of_models(repo, see, see_open)
  local function counted(question)
    M.counted(question, see)
  end
  asked_typeorm.each(repo, counted)
  asked_sequelize.each(repo, counted, see_open and function(question)
    M.counted(question, see_open)
  end)
  asked_gorm.each(repo, counted)
end

-- Calls `see` for each; `prisma` are the files of Prisma's schemas, `statements` those with statements of SQL that filter or sort.
function M.each(repo, see, prisma, statements)
  local function counted(question)
    M.counted(question, see)
  end
  asked_django.each(repo, counted)
  asked_sqlalchemy.each(repo, counted)
  asked_prisma.each(repo, counted, prisma)
  M.each_of_models(repo, function(question)
    if not question.is_joined then
      see(question)
    end
  end)
  asked_sql.each(repo, counted, statements)
end

return M

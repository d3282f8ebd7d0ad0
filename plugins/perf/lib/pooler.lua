-- What pools connections in front of the database: PgBouncer and its like, in the settings of the repository.

local M = {}

-- Whether the repository says that a pooler stands in front of its database; `pooler` is the rule's matcher of such words.
function M.is_in(repo)
  return #repo:matched("pooler") > 0
end

local SERVING = table.freeze({ "fastapi**", "flask**", "starlette**", "django.core.wsgi**", "django.core.asgi**", "aiohttp.web**", "sanic**", "litestar**", "falcon**", "quart**" })

-- Whether a file is loaded by something that answers requests, and by nothing that runs as a function, where connections outlive nobody.
function M.serves_requests(repo, file)
  for _, way in repo:loaded_by(file.path) do
    local start = repo:open(way[1].path)
    if start and start:imports(SERVING) then
      for _, target in repo:deploy_targets(way[1].path) do
        if target.name == "lambda" then
          return false
        end
      end
      return true
    end
  end
  return false
end

return M

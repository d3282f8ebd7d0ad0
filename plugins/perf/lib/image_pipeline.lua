-- Images that a pipeline builds and pushes: those ship, wherever their files lie.

local M = {}

local PIPELINES = "{.github/workflows/*.yml,.github/workflows/*.yaml,.gitlab-ci.yml,**/.gitlab-ci.yml,azure-pipelines*.yml,**/azure-pipelines*.yml,cloudbuild*.yaml,cloudbuild*.yml,.circleci/config.yml,.travis.yml,bitbucket-pipelines.yml,Jenkinsfile,.drone.yml,.woodpecker.yml}"
local PUSHES = { "push: true", "docker push", "buildAndPush", "--push", "docker buildx build", "kaniko", "build-push-action", "Docker@2" }

-- Whether a pipeline that pushes images names the file by its path.
function M.publishes(repo, file)
  if not file.path:find("/", 1, true) then
    return false
  end
  for _, path in repo:holding(PIPELINES, file.path) do
    local text = repo:text(path) or ""
    local first, last = text:find(file.path, 1, true)
    -- `dev/Dockerfile` is none of `dev/Dockerfile.test`.
    local behind = first and text:sub(last + 1, last + 1) or ""
    for _, sign in not behind:find("[%w._-]") and PUSHES or {} do
      if text:find(sign, 1, true) then
        return true
      end
    end
  end
  return false
end

return M

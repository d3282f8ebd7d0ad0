-- Images that a workflow publishes without naming a stage: the last one ships then, whatever it is called.

local M = {}

-- The workflow that builds a Dockerfile and pushes the image without a `target`; nil where none does, or one names a stage.
function M.without_target(repo, file)
  local found = nil
  for _, path in repo:holding(".github/workflows/*.{yml,yaml}", "docker/build-push-action") do
    local workflow = repo:open(path)
    for _, document in workflow and workflow.documents or {} do
      for _, step in document:select("jobs.*.steps[*]") do
        local uses, given = step:get("uses"), step:get("with")
        if uses and given and uses.text:find("^docker/build%-push%-action") then
          local named, context, push = given:get("file"), given:get("context"), given:get("push")
          local at = named and named.text:gsub("^%./", "") or "Dockerfile"
          local is_root = not context or context.text == "." or context.text == "./"
          if at == file.path and is_root then
            if given:get("target") then
              return nil
            elseif push and push.text == "true" then
              found = path
            end
          end
        end
      end
    end
  end
  return found
end

return M

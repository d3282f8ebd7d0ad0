-- Services that a manifest of Cloud Run (Knative Serving) declares.

local setting = require("setting")

local M = {}

local SCALE = '"autoscaling.knative.dev/minScale"'

-- The services in the files at `files`.
function M.collect(repo, files)
  local all = {}
  for _, path in files do
    local file = repo:open(path)
    for _, top in file and file.documents or {} do
      local version, kind = top:get("apiVersion"), top:get("kind")
      if kind and kind.value == "Service" and version and version.text:find("^serving%.knative%.dev/") and not file.is_partial then
        local pod = "spec.template.spec"
        local limits = `{pod}.containers[0].resources.limits`
        local on_revision, on_service = "spec.template.metadata.annotations", "metadata.annotations"
        local ingress = setting.at(top, `{on_service}."run.googleapis.com/ingress"`)
        local is_inside = type(ingress.value) == "string" and ingress.value:find("^internal") ~= nil
        table.insert(all, {
          source = "manifest", platform = "cloud-run", at = kind, file = file, top = top,
          name = (top:get("metadata.name") or kind).text,
          minimum = setting.first(
            setting.at(top, `{on_revision}.{SCALE}`), setting.at(top, `{on_revision}."autoscaling.knative.dev/min-scale"`), setting.at(top, `{on_service}."run.googleapis.com/minScale"`)
          ),
          memory = setting.at(top, `{limits}.memory`), unit = "bytes",
          cpu = setting.at(top, `{limits}.cpu`),
          concurrency = setting.at(top, `{pod}.containerConcurrency`),
          throttling = setting.at(top, `{on_revision}."run.googleapis.com/cpu-throttling"`),
          -- What calls it is set up elsewhere; requests are what it is made for.
          trigger = if is_inside then "private" else "requests",
        })
      end
    end
  end
  return all
end

return M

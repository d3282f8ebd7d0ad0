-- What files and the repository say.

local docker = require("docker")
local documents = require("documents")
local told = require("told")

local M = {}

local function statement(found: SqlStatement): string
  local sources = told.list_of(found.sources, function(from)
    return from.name
  end)
  local compares = told.list_of(found.compares, function(one)
    return `{one.column} {one.operator}`
  end)
  return `{found.kind} of {sources} star {told.or_dash(found.star and found.star.qualifier)} limit {found.limit} `
    .. `filter {found.filter} by {told.list(found.order_by)} on {compares}`
end

-- A file of code.
function M.file(file: File, report: Report, repo: Repository)
  local first = file:line_span(1)
  -- One byte: a span names its last one.
  local word = file:span(first.first + 3, first.first + 3)
  local sql = file:sql("SELECT a.*, b FROM pages AS a WHERE id = 1 ORDER BY b LIMIT 3")
  report({
    at = first,
    message_id = "file",
    args = { path = file.path, language = told.or_dash(file.language) },
    notes = {
      class = file.class,
      side = file.side,
      below = file.path_below_named,
      length = #file.text,
      root = told.or_dash(file.root and file.root.kind),
      partial = told.yes(file.is_partial),
      imports = told.yes(file:imports({ "requests", "httpx" })),
      docker = told.yes(file.docker ~= nil),
      documents = told.yes(file.documents ~= nil),
      commands = told.yes(file:commands() ~= nil),
      word = word.source,
      sql = told.list_of(sql, statement),
      ["loaded by"] = told.list_of(repo:loaded_by(file.path), function(way)
        return told.list_of(way, function(hop)
          return hop.path
        end)
      end),
      deployed = told.list_of(repo:deploy_targets(file.path), function(place)
        return place.name
      end),
    },
  })
end

local function lines(text: string): number
  local _, ends = text:gsub("\n", "")
  return if text == "" or text:sub(-1) == "\n" then ends else ends + 1
end

local function size(words: { [string]: string }): number
  local count = 0
  for _ in words do
    count += 1
  end
  return count
end

local function whole(repo: Repository, report: Report)
  local patterns = { "requests", "requests.**" }
  local imports, first = repo:imports(patterns)
  local calls = repo:calls("requests.get")
  local call = calls[1]
  local app = repo:open("app.py")
  if not app or not call then
    return
  end
  local text = repo:text("Makefile")
  local fact = repo:fact("conformance.nothing")
  report({
    at = call,
    message_id = "repository",
    args = { importers = told.list(repo:importers(patterns)), module = "requests" },
    notes = {
      imports = `{told.yes(imports)} {told.or_dash(first)}`,
      calls = told.list_of(calls, function(one)
        return one.line
      end),
      same = told.yes(call.file.path == app.path),
      paths = told.list(repo:paths("*.{py,yaml}")),
      below = told.list(repo:below("")),
      at = `{told.or_dash(repo:at("app.py"))} {told.or_dash(repo:at("nothing"))}`,
      size = told.or_dash(repo:size("Makefile")),
      text = told.or_dash(text and lines(text)),
      holding = told.list(repo:holding("*", { "example.org", "gunicorn" })),
      fact = told.or_dash(fact and size(fact)),
    },
  })
end

-- The repository and the files in it that are no code.
function M.repository(repo: Repository, report: Report)
  whole(repo, report)
  local image = repo:open("Dockerfile")
  if image and image.docker then
    for _, stage in image.docker.stages do
      docker.stage(stage, image.docker, report)
    end
  end
  local settings = repo:open("settings.yaml")
  for _, document in settings and settings.documents or {} do
    documents.settings(document, report)
  end
  local makefile = repo:open("Makefile")
  for _, command in makefile and makefile:commands() or {} do
    docker.command(command, report)
  end
end

return M

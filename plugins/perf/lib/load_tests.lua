-- Tests that put a service under load, and benchmarks of its code, by the evidence matchers `load import`, `load file`, `bench import`, `bench file` and `bench function`.

local load_tests = {}

-- What runs a script, by what shows in the script's path or text.
local TOOLS = {
  { name = "k6", forms = { "from ['\"]k6", "require%(['\"]k6", "k6/http" } },
  { name = "locust", forms = { "locust" } },
  { name = "artillery", forms = { "artillery", "scenarios:" } },
  { name = "autocannon", forms = { "autocannon" } },
  { name = "jmeter", forms = { "jmeterTestPlan" } },
  { name = "gatling", forms = { "gatling" } },
  { name = "vegeta", forms = { "vegeta" } },
}

-- The tool that runs a text, and the line that shows it; lines that are comments show nothing.
local function tool_of(text)
  for number, line in string.split(text, "\n") do
    for _, tool in TOOLS do
      for _, form in tool.forms do
        if line:find(form) and not line:find("^%s*[#/]") then
          return tool.name, number
        end
      end
    end
  end
  return nil, nil
end

-- The scripts that put load on a service: a list of {path, at, tool}.
function load_tests.scripts(repo)
  local all, seen = {}, {}
  for _, matcher in { "load import", "load file" } do
    for _, path in repo:matched(matcher) do
      local file = not seen[path] and repo:open(path)
      local tool, line = nil, nil
      if file then
        tool, line = tool_of(file.text)
      end
      if file and tool then
        seen[path] = true
        table.insert(all, { path = path, at = file:line_span(line), tool = tool })
      end
    end
  end
  return all
end

-- Whether there are benchmarks of code.
function load_tests.has_benchmarks(repo)
  return #repo:matched("bench import") > 0 or #repo:matched("bench file") > 0 or #repo:matched("bench function") > 0
end

return load_tests

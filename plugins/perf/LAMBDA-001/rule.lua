-- Packages of Lambda that cannot stay small: dependencies that outweigh the limit together, and patterns that take whole directories.

local lambda_package = require("lambda_package")
local layout = require("layout")
local words = require("words")

-- What Lambda takes in a direct upload, and unpacked; a wheel unpacks to about three times its size.
local ZIPPED, UNZIPPED, RATIO = 50, 250, 3

-- Lists that are for no deployed code.
local ASIDE = words.set("dev", "test", "tests", "docs", "lint", "ci", "local", "layer", "layers", "notebook", "notebooks", "examples")

local function is_aside(path)
  for _, word in words.of(path) do
    if ASIDE[word] then
      return true
    end
  end
  return false
end

-- The packages that the deploy file leaves out or moves into a layer; nil when it moves all of them.
local function left_out_by(deployer)
  local names = {}
  local document = deployer and deployer.documents and deployer.documents[1]
  local custom = document and document:get("custom.pythonRequirements")
  if custom then
    if custom:get("layer") then
      return nil
    end
    for _, key in { "noDeploy", "omit" } do
      for _, entry in custom:get(key) and custom:get(key):entries() or {} do
        names[entry.text:lower()] = true
      end
    end
  end
  if deployer and deployer.path:find("serverless%.ya?ml$") and (deployer.text:find("boto", 1, true) == nil) then
    -- The runtime brings these, and the plugin that installs requirements leaves them out; what SAM and CDK install, they pack.
    names.boto3, names.botocore = true, true
  end
  return names
end

local function judge_requirements(repo, report)
  for _, path in repo:paths("**/requirements.txt") do
    local target = repo:deploy_targets(path)[1]
    local directory = lambda_package.directory(path)
    local docker = directory == "" and "Dockerfile" or directory .. "/Dockerfile"
    if target and target.name == "lambda" and not is_aside(path) and not repo:at(docker) then
      local deployer = repo:open(target.path)
      local is_packed = deployer and not lambda_package.is_image(deployer.text) and not lambda_package.takes_own_layer(deployer.text)
      local left_out = is_packed and left_out_by(deployer)
      local file = left_out and repo:open(path)
      if file and file.class == "source" then
        local named, sum = lambda_package.weigh(repo, file, left_out)
        if sum >= ZIPPED and #named > 0 then
          local names = {}
          for at, one in named do
            if at <= 4 then
              table.insert(names, one.name)
            end
          end
          local breaks = sum * RATIO > UNZIPPED * 2
          report({
            at = file:line_span(named[1].line),
            message = `{table.concat(names, ", ")} and what they bring are about {sum} MB packed, and Lambda takes {if breaks then `{UNZIPPED} MB unpacked at most` else `{ZIPPED} MB in a direct upload`}`,
            confidence = if breaks then "high" else "medium",
            reach = "startup",
            notes = { ["MB packed"] = sum, ["deployment said by"] = target.path },
          })
        end
      end
    end
  end
end

-- The change of the one `false` on a line.
local function without_development(file, line)
  local span = file:line_span(line)
  local first, last = span.source:find("false", 1, true)
  if not first or span.source:find("false", last, true) then
    return nil
  end
  local at = file:span(span.first + first - 1, span.first + last - 1)
  return { title = "leave out what only development needs", safety = "unsafe", edits = { { at = at, text = "true" } } }
end

-- What no function needs of a directory that holds its own Terraform.
local EXCLUDES = 'excludes    = [".git/**", "**/.terraform/**", "**/*.tfstate*", "**/tests/**"]'

local function sifted(file, line)
  return {
    title = "leave out what no function needs",
    safety = "unsafe",
    edits = { { after = file:line_span(line), text = `\n{layout.indent(file, line)}{EXCLUDES}` } },
  }
end

local function judge_serverless(file, report)
  for _, document in file.documents or {} do
    local kept = document:get("package.excludeDevDependencies")
    local plugins = document:get("plugins")
    local bundled = plugins and (plugins.kind == "unknown" or false)
    for _, plugin in plugins and plugins:entries() or {} do
      for _, word in { "include-dependencies", "esbuild", "webpack", "bundle", "rspack", "parcel" } do
        bundled = bundled or plugin.text:find(word, 1, true) ~= nil
      end
    end
    -- A bundler takes in what is imported, whatever is installed.
    if kept and kept.value == false and not bundled then
      report({
        at = kept,
        message = "what only development needs goes into the package of every function",
        confidence = "high",
        reach = "startup",
        fix = without_development(file, kept.line),
      })
    end
  end
end

local function judge_archive(file, report)
  for _, document in file.documents or {} do
    for _, block in document:blocks("data", { "archive_file" }) do
      local source = block:get("source_dir")
      local excludes = block:get("excludes")
      -- A name that stands alone is no text: `path.module`.
      local text = source and (if source.text == "" then source.span.source else source.text) or ""
      if source and not excludes and text ~= "" and lambda_package.holds_itself(text) then
        report({
          at = source,
          message = `the package takes the directory of this file itself ({text}): Terraform's plugins, the repository's history and what tests need go with it`,
          confidence = "high",
          reach = "startup",
          fix = sifted(file, source.line),
        })
      end
    end
  end
end

local FROM_ASSET = table.freeze({ "aws-cdk-lib/aws-lambda.Code.fromAsset", "aws-cdk-lib.aws_lambda.Code.fromAsset", "@aws-cdk/aws-lambda.Code.fromAsset", "aws_cdk.aws_lambda.Code.from_asset", "aws_cdk.aws_lambda.AssetCode" })

local function judge_cdk(repo, report)
  for _, call in repo:calls(FROM_ASSET) do
    local first = call:arg(1)
    local text = first and first:literal()
    local options, state = call:arg(2)
    local excluded = options and (options:entry("exclude") or options:entry("bundling"))
    local _, named = call:arg("exclude")
    local _, bundled = call:arg("bundling")
    if type(text) == "string" and (text == "." or text == "./" or text == ".." or text == "../") and not excluded and state ~= "hidden" and named ~= "given" and bundled ~= "given" then
      report({
        at = call,
        message = `the package takes all of \`{text}\`: packages of development, the history and the output of the CDK go with it`,
        confidence = "high",
        reach = "startup",
      })
    end
  end
end

return {
  check_repository = function(repo, report)
    local deployers = lambda_package.deployers(repo)
    if #deployers == 0 then
      return { not_applicable = "no function of Lambda that is deployed as a package" }
    end
    judge_requirements(repo, report)
    judge_cdk(repo, report)
    for _, file in deployers do
      if file.path:find("%.tf$") then
        judge_archive(file, report)
      elseif file.path:find("serverless%.ya?ml$") then
        judge_serverless(file, report)
      end
    end
    for _, path in repo:holding("**/*.tf", { "archive_file" }) do
      local file = repo:open(path)
      local is_known = false
      for _, known in deployers do
        is_known = is_known or known.path == path
      end
      if file and not is_known and file.class == "source" then
        judge_archive(file, report)
      end
    end
    return {
      needs_evidence = "the size of the built package decides: build it (`sam build`, `serverless package`, `cdk synth`) and sign for what `du -b` says of each zip, with `perfctl attest`",
    }
  end,
}

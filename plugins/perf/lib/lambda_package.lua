-- Functions of Lambda that are deployed as a zip: where that is said, and what goes into one.

local paths = require("paths")
local words = require("words")

local M = {}

local SIGNS = { "AWS::Serverless::Function", "AWS::Lambda::Function", "aws_lambda_function", "terraform-aws-modules/lambda" }
local IMAGES = { "PackageType: Image", "ImageUri", 'package_type = "Image"', "package_type  = \"Image\"", "DockerImageFunction", "DockerImageCode", '"PackageType": "Image"', "image_uri" }
local CDK = table.freeze({ "aws-cdk-lib/aws-lambda**", "aws-cdk-lib.aws_lambda**", "@aws-cdk/aws-lambda**", "aws_cdk.aws_lambda**", "aws_cdk" })

local NOT_DEPLOYED = { test = true, vendored = true, example = true, generated = true }

-- Whether a text says that functions are images; those may be of any size.
function M.is_image(text)
  for _, sign in IMAGES do
    if text:find(sign, 1, true) then
      return true
    end
  end
  -- Serverless names the image of a function.
  return text:find("\n%s+image:") ~= nil
end

-- Whether functions take a layer that the deploy file refers to: it may bring what the list names, and what is in it is said elsewhere.
function M.takes_own_layer(text)
  return text:find("[Ll]ayers:%s*\n%s*%-%s*!Ref") ~= nil or text:find("[Ll]ayers:%s*\n%s*%-%s*{%s*Ref:") ~= nil
end

-- The files that deploy functions as zips.
function M.deployers(repo)
  local all, seen = {}, {}
  local function add(path)
    local file = not seen[path] and repo:open(path)
    seen[path] = true
    if file and not NOT_DEPLOYED[file.class] and not M.is_image(file.text) then
      table.insert(all, file)
    end
  end
  for _, path in repo:holding("**/*.{yml,yaml,tf,json}", SIGNS) do
    add(path)
  end
  for _, path in repo:paths("**/serverless.{yml,yaml}") do
    local file = repo:open(path)
    if file and file.text:find("aws", 1, true) then
      add(path)
    end
  end
  for _, path in repo:importers(CDK) do
    local file = repo:open(path)
    if file and (file.text:find("lambda", 1, true) or file.text:find("Lambda", 1, true)) then
      add(path)
    end
  end
  return all
end

-- The size in MB of a package: of its lean build where the list says that it takes that one.
local function size_of(fact, listed)
  for _, sign in words.list(fact.lean_signs) do
    if listed:find(sign, 1, true) then
      return tonumber(fact.lean_mb)
    end
  end
  return tonumber(fact.zip_mb)
end

-- What a package of PyPI and what it brings add to a zip, into `sizes` by name.
local function gather(repo, name, sizes, listed)
  local fact = not sizes[name] and repo:fact("zip pypi:" .. name)
  if fact and fact.zip_mb then
    sizes[name] = size_of(fact, listed)
    for _, other in words.list(fact.brings) do
      gather(repo, other, sizes, listed)
    end
  end
end

-- The package that a line of requirements asks for, by its name or by the address of a wheel, whose name comes first in it.
local function package_of(line)
  local wheel = line:match("^%s*https?://[^%s#]*/([%w%._]+)%-[^/%s]*%.whl")
  local name = wheel or not line:find("^%s*https?:") and line:match("^%s*([%w][%w%._%-]*)")
  return name and name:lower():gsub("_", "-") or nil
end

local function sum_of(sizes)
  local sum = 0
  for _, size in sizes do
    sum += size
  end
  return sum
end

-- The requirements of a file that weigh: a list of {name, line, own}, the heaviest with what it brings first, and the sum of all they bring in MB.
function M.weigh(repo, file, left_out)
  local sizes, named = {}, {}
  local number = 0
  local listed = file.text:gsub("#[^\n]*", "")
  for line in (file.text .. "\n"):gmatch("([^\n]*)\n") do
    number += 1
    local name = package_of(line)
    if name and not left_out[name] and not line:find("sys_platform == ['\"]win") then
      local with_it = {}
      gather(repo, name, with_it, listed)
      gather(repo, name, sizes, listed)
      if with_it[name] then
        table.insert(named, { name = name, line = number, own = sum_of(with_it) })
      end
    end
  end
  table.sort(named, function(left, right)
    return left.own > right.own
  end)
  return named, sum_of(sizes)
end

-- Whether a path that a deploy file names, seen from its directory, is that directory or one above it: then what builds the package lies in it.
function M.holds_itself(text)
  local bare = (if text:find("^path%.%a+$") then `$\{{text}}` else text):gsub("%${path%.module}", "."):gsub("%${path%.root}", "."):gsub("%${path%.cwd}", "."):gsub("/+$", "")
  if bare:find("%$") then
    return false
  end
  return bare == "." or bare == "" or bare:gsub("%.%./?", ""):gsub("%./?", "") == ""
end

M.directory = paths.directory

return M

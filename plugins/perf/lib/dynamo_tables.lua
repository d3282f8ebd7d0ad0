-- DynamoDB tables and their indexes with the attributes that they are keyed by, as templates, Terraform, the CDK and code declare them.

local literal_entries = require("literal_entries")

local M = {}

-- The attributes of a key by their part, HASH and RANGE; nil where one is not known.
local function keys_of_document(list)
  local hash, range = nil, nil
  for _, entry in list and list:entries() or {} do
    local name, kind = entry:get("AttributeName"), entry:get("KeyType")
    if name and kind and name.kind == "scalar" then
      if kind.text == "HASH" then
        hash = name
      elseif kind.text == "RANGE" then
        range = name
      end
    end
  end
  return hash, range
end

local function add(all, key, range, what, name, file)
  if key then
    table.insert(all, { key = key.text, range = range, at = key.at, what = what, name = name, file = file })
  end
end

local function place(node)
  return node and { text = node.text, at = node } or nil
end

-- Tables of CloudFormation, SAM and the Serverless Framework.
local function read_template(all, file)
  for _, document in file.documents or {} do
    local resources = {}
    for _, path in { "Resources.*", "resources.Resources.*", "resources[*].Resources.*" } do
      for _, resource in document:select(path) do
        table.insert(resources, resource)
      end
    end
    -- A fragment that a template takes in: the table stands at the top.
    for _, entry in #resources == 0 and document.kind == "map" and document:entries() or {} do
      table.insert(resources, entry)
    end
    for _, resource in resources do
      local kind = resource:get("Type")
      if not kind or kind.text ~= "AWS::DynamoDB::Table" and kind.text ~= "AWS::DynamoDB::GlobalTable" then
        continue
      end
      local hash, range = keys_of_document(resource:get("Properties.KeySchema"))
      add(all, place(hash), range and range.text, "table", resource.key or "the table", file)
      for _, index in resource:select("Properties.GlobalSecondaryIndexes[*]") do
        local own, second = keys_of_document(index:get("KeySchema"))
        local name = index:get("IndexName")
        add(all, place(own), second and second.text, "index", name and name.text or "the index", file)
      end
    end
  end
end

-- The same written as an object of code: `serverless.ts`, resources in a file of their own.
local keys_of_code

local function read_objects(all, file)
  for _, dict in file.root:descendants({ "dict" }) do
    local kind = literal_entries.get(dict, "Type")
    local properties = kind and kind:literal() == "AWS::DynamoDB::Table" and literal_entries.get(dict, "Properties")
    if properties then
      local around = dict:parent()
      local label = around and around.kind == "pair" and around.text ~= "" and around.text or "here"
      local hash, range = keys_of_code(literal_entries.get(properties, "KeySchema"))
      add(all, hash, range, "table", label, file)
      local indexes = literal_entries.get(properties, "GlobalSecondaryIndexes")
      for _, item in indexes and indexes:children("item") or {} do
        local own, second = keys_of_code(literal_entries.get(item, "KeySchema"))
        local named = literal_entries.get(item, "IndexName")
        local text = named and named:literal()
        add(all, own, second, "index", type(text) == "string" and text or "here", file)
      end
    end
  end
end

local function plain(node)
  return node and node.kind == "scalar" and not node.text:find("[%${]") and node or nil
end

local function read_terraform(all, file)
  for _, document in file.documents or {} do
    for _, block in document:blocks("resource", { "aws_dynamodb_table" }) do
      local hash, range = plain((block:get("hash_key"))), block:get("range_key")
      add(all, place(hash), range and range.text, "table", block.labels[2] or "the table", file)
      for _, index in block:blocks("global_secondary_index") do
        local own, second, name = plain((index:get("hash_key"))), index:get("range_key"), index:get("name")
        add(all, place(own), second and second.text, "index", name and name.text or "the index", file)
      end
    end
  end
end

-- The attribute of a key of the CDK: `{ name: "status", type: AttributeType.STRING }`, `Attribute(name="status", ...)`.
local function attribute(node)
  if not node then
    return nil
  end
  local name = node.kind == "call" and (node:arg("name")) or literal_entries.get(node, "name")
  local text = name and name:literal()
  return type(text) == "string" and { text = text, at = name } or nil
end

local TABLES = table.freeze({
  "aws-cdk-lib/aws-dynamodb.Table", "aws-cdk-lib/aws-dynamodb.TableV2", "@aws-cdk/aws-dynamodb.Table", "aws-cdk-lib.aws_dynamodb.Table", "aws-cdk-lib.aws_dynamodb.TableV2", "aws_cdk.aws_dynamodb.Table", "aws_cdk.aws_dynamodb.TableV2",
})
local INDEXES = { "addGlobalSecondaryIndex", "add_global_secondary_index" }

local function key_arguments(call)
  local hash = call:arg("partitionKey") or call:arg("partition_key")
  local range = call:arg("sortKey") or call:arg("sort_key")
  for _, argument in call:args() do
    hash = hash or literal_entries.get(argument, "partitionKey")
    range = range or literal_entries.get(argument, "sortKey")
  end
  return attribute(hash), attribute(range)
end

local function read_cdk(all, repo)
  for _, call in repo:calls(TABLES) do
    local hash, range = key_arguments(call)
    local name = call:arg(2)
    local text = name and name:literal()
    add(all, hash, range and range.text, "table", type(text) == "string" and text or "the table", call.file)
  end
  for _, path in repo:importers({ "aws-cdk-lib", "aws-cdk-lib/**", "aws-cdk-lib.**", "@aws-cdk/aws-dynamodb", "aws_cdk", "aws_cdk.**" }) do
    local file = repo:open(path)
    for _, call in file and file.root and file.root:descendants({ "call" }) or {} do
      if call.name == INDEXES[1] or call.name == INDEXES[2] then
        local hash, range = key_arguments(call)
        local name = call:arg("indexName") or call:arg("index_name")
        for _, argument in call:args() do
          name = name or literal_entries.get(argument, "indexName")
        end
        local text = name and name:literal()
        add(all, hash, range and range.text, "index", type(text) == "string" and text or "the index", file)
      end
    end
  end
end

-- Tables that code creates: `create_table(KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])`.
keys_of_code = function(list)
  local hash, range = nil, nil
  for _, item in list and list:children("item") or {} do
    local name, kind = literal_entries.get(item, "AttributeName"), literal_entries.get(item, "KeyType")
    local text = name and name:literal()
    if type(text) == "string" and kind then
      if kind:literal() == "HASH" then
        hash = { text = text, at = name }
      else
        range = text
      end
    end
  end
  return hash, range
end

local CREATES = table.freeze({ "boto3.aws.Resource.create_table", "boto3.dynamodb.Resource.create_table", "boto3.dynamodb.Client.create_table", "aws-sdk.DynamoDB.createTable", "@aws-sdk/client-dynamodb.CreateTableCommand", "@aws-sdk/client-dynamodb.DynamoDB.createTable" })

local function read_code(all, repo)
  for _, call in repo:calls(CREATES) do
    local schema, name = call:arg("KeySchema"), call:arg("TableName")
    local text = name and name:literal()
    local hash, range = keys_of_code(schema)
    add(all, hash, range, "table", type(text) == "string" and text or "the table", call.file)
    local indexes = call:arg("GlobalSecondaryIndexes")
    for _, item in indexes and indexes:children("item") or {} do
      local own, second = keys_of_code(literal_entries.get(item, "KeySchema"))
      local named = literal_entries.get(item, "IndexName")
      local label = named and named:literal()
      add(all, own, second, "index", type(label) == "string" and label or "the index", call.file)
    end
  end
end

-- All of them: {key, range, at, what = "table" | "index", name, file}. `declared` are the paths of templates and Terraform that declare some.
function M.of(repo, declared)
  local all = {}
  for _, path in declared do
    local file = repo:open(path)
    if file and file.root and file.class == "source" then
      read_objects(all, file)
    elseif file and file.class ~= "test" and file.class ~= "vendored" and file.documents then
      if path:find("%.tf$") or path:find("%.tofu$") then
        read_terraform(all, file)
      else
        read_template(all, file)
      end
    end
  end
  read_cdk(all, repo)
  read_code(all, repo)
  return all
end

return M

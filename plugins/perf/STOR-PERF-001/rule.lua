-- Files that a function on demand writes to its place for temporary ones: on Cloud Run and Cloud Functions that is memory, on Lambda 512 MB
-- that the next invocation finds full.

local about = require("about")
local cold_start = require("cold_start")
local imports = require("imports")
local words = require("words")

local PLACE = {
  ["cloud-run"] = "its memory", ["cloud-functions"] = "its memory", firebase = "its memory", ["app-engine"] = "its memory", lambda = "512 MB that its next invocations share",
  vercel = "512 MB that its next invocations share", netlify = "512 MB that its next invocations share", ["azure-functions"] = "the disk of its instance",
}

-- Files that are no data, and directories that a library keeps its own things in.
local ASIDE = { "%.lock$", "%.pid$", "%.sock$", "cache", "%.kube", "fontconfig", "matplotlib", "chrom", "%.config", "nltk", "huggingface", "transformers", "%.aws", "%.db$", "%.sqlite" }

local function is_aside(text)
  text = text:lower()
  for _, form in ASIDE do
    if text:find(form) then
      return true
    end
  end
  return false
end

-- What libraries want to read from a file, and is a few hundred bytes long: keys, certificates, passwords.
local SECRETS = { "pgpass", "passfile", ".pem", "pem_file", "certfile", "cert_file", "keyfile", "key_file", "private_key", "credential", "secret", "netrc", "kubeconfig", "keytab", ".p12", ".pfx", "service_account", "cert_chain" }

-- Whether a file holds such a thing, by what the statements that make and fill it say.
local function is_secret(node)
  local statement = node:statement()
  local behind = statement and statement:next_statement()
  local text = (statement and statement.source or "") .. " " .. (behind and behind.source or "")
  -- A block may hold much else.
  return words.any_in(text:sub(1, 300), SECRETS)
end

-- Whether the function at which the way to a place begins runs where its own file says, and that is no function on demand: a task that a site hands to a platform of
-- workers, beside the pages that import it.
local function runs_on_workers(repo, node)
  local first = node:route()[1]
  for _, target in first and repo:deploy_targets(first.path) or {} do
    if target.path == first.path and not target.scales_to_zero then
      return true
    end
  end
  return false
end

-- Where the file's code is started on demand: the platform, and whether something else keeps it running, too.
local function platform_of(repo, file, reach)
  local way = cold_start.ways(repo, file)[1]
  if way and PLACE[way.target.name] then
    return way.target.name, way.kept
  end
  -- Code that no start is seen to load is deployed as its directory is.
  local runs = reach == "request" or reach == "worker"
  local target = not way and runs and #repo:loaded_by(file.path) == 0 and repo:deploy_targets(file.path)[1]
  if target and target.scales_to_zero and PLACE[target.name] then
    return target.name, #repo:deploy_targets(file.path) > 1
  end
  -- A handler by its own name needs no deploy file to be one.
  for _, func in file.root:descendants("function") do
    local params = func:children("param")
    if func.text == "lambda_handler" and #params == 2 then
      return "lambda", false
    end
  end
  return nil
end

local WRITING = words.set("download_file", "download_fileobj", "download_to_filename", "save", "savefig", "to_csv", "to_parquet", "writeFile", "writeFileSync", "createWriteStream", "write_bytes", "write_text", "urlretrieve", "Create", "WriteFile", "copyfile", "fGetObject", "fget_object", "output")

-- Whether a call writes at a path that it is given.
local function writes(call)
  if call.name == "open" or call.name == "openSync" then
    local mode = call:arg("mode") or call:arg(2)
    local text = mode and mode:literal()
    return type(text) == "string" and text:find("[wax]") ~= nil
  end
  return WRITING[call.name] == true
end

-- The call that writes at a path, where the expression or a variable that holds it goes.
local function written(node)
  for _, call in node:argument_of() do
    if writes(call) then
      return call
    end
  end
  local whole = node
  while whole:parent() and (whole:parent().kind == "binary" or whole:parent().kind == "template") do
    whole = whole:parent()
  end
  for _, use in whole:uses() or {} do
    for _, call in use.calls do
      if writes(call) then
        return call
      end
    end
  end
  return nil
end

-- Whether the place is only read: opened to read, asked whether it exists.
local function is_only_read(node)
  for _, call in node:argument_of() do
    if call.name == "replace" or call.name == "chdir" or call.name == "open" and not writes(call) or call.name == "exists" or call.name == "existsSync" or call.name == "readFileSync" or call.name == "disk_usage" or call.name == "startswith" or call.name == "startsWith" or call.name == "statfs" then
      return true
    end
  end
  return false
end

-- Whether a path is a member of some settings, in a list or by itself: who reads those may be another machine.
local function is_setting(node)
  local around = node:parent()
  while around and (around.kind == "list" or around.kind == "dict" or around.kind == "conditional") do
    around = around:parent()
  end
  return around ~= nil and around.kind == "pair"
end

-- The change to a buffer in memory: for a `with` whose name is read and written, and whose path nobody asks for.
local function fix_of(file, call)
  local item = call:parent()
  local kept = call:fact("in_memory")
  if not kept or file.language ~= "python" or not item or item.kind ~= "with-item" then
    return nil
  end
  local mode = call:arg("mode") or call:arg(1)
  local text = mode and mode:literal()
  if mode and not (type(text) == "string" and text:find("b", 1, true)) then
    return nil
  end
  local name = item:child("target")
  if not name or name.kind ~= "name" then
    return nil
  end
  for _, use in call:enclosing("with"):descendants("name") do
    if use.text == name.text and use:role() ~= "target" then
      local attr = use:parent()
      if attr and attr.kind == "attr" and (attr.text == "name" or attr.text == "fileno" or attr.text == "file") then
        return nil
      end
      -- Who gets it whole may ask for its path.
      if not attr or attr.kind ~= "attr" then
        local given = use:argument_of()[1]
        if not given or not (given:fact("kind") == "storage" or given.name:find("fileobj", 1, true)) then
          return nil
        end
      end
    end
  end
  local edits = imports.edits(file, "io")
  if not edits then
    return nil
  end
  table.insert(edits, { at = call, text = `{kept}()` })
  return { title = "keep the bytes in memory", safety = "unsafe", edits = edits }
end

return {
  check = function(file, matches, report, repo)
    if file.class ~= "source" or file.side == "browser" or not file.root then
      return
    end
    local platform, is_kept, asked = nil, false, false
    local seen = {}
    for _, match in matches do
      local node = match.node
      local func = node and node:func()
      local is_text = match.matcher == "path"
      -- One finding for a function: its directory and the files in it are one thing.
      if func and not seen[func.node.id] and not (is_text and (is_aside(node.text) or is_only_read(node))) and node:reach() ~= "script" and node:reach() ~= "startup" and not is_secret(node) then
        if not asked then
          platform, is_kept = platform_of(repo, file, node:reach())
          asked = true
        end
        local place = platform and not runs_on_workers(repo, node) and PLACE[platform]
        local write = place and written(node)
        local is_made = not is_text and node:fact("temp_file") ~= "place"
        if place and (is_made or write or is_text and #node.text > #"/tmp/" and not is_setting(node)) then
          seen[func.node.id] = true
          report({
            at = node,
            message = `what is written {if is_made then "into " .. node.name else "at this path"} lies on the disk of a function: on {platform} that is {place}`,
            confidence = if is_kept or not (is_made or write) then "medium" else "high",
            related = write and { { at = write, message = "written here" } } or nil,
            notes = { platform = platform },
            fix = is_made and fix_of(file, node) or nil,
          })
        end
      end
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.on_demand(repo), about.NOT_ON_DEMAND)
  end,
}

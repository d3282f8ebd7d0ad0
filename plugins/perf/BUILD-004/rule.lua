-- Base images that may be another one with each build: without a tag, or with one that moves.

local image_purpose = require("image_purpose")
local own_images = require("own_images")

-- Whether a version, date or commit stands behind a moving word: `nightly-2025-11-02`, `RELEASE.2025-02-07T23`, `main-3f2a91c`.
local function is_dated(tag)
  local rest = tag:gsub("%a+%d[%d.]*", function(word)
    -- `alpine3.20` dates the flavour and not the image.
    return word:match("^alpine") or word:match("^debian") or word:match("^ubuntu") or word
  end)
  for word in rest:gmatch("[^%-_+]+") do
    if word:match("^v?%d+%.%d+") or word:match("%d%d%d%d") or (#word >= 7 and word:match("^%x+$") and word:match("%d")) then
      return true
    end
  end
  return false
end

-- Whether the tag names a release: "pinned", "moving" (with the word that moves) or "unknown".
local function judge(repo, image)
  if image.digest or image.is_scratch then
    return "pinned"
  end
  if image.is_unknown or not image.name then
    return "unknown"
  end
  local tag = image.tag
  if not tag then
    return "untagged"
  end
  local variants = 0
  local count = 0
  for word in tag:lower():gmatch("[^%-_.+]+") do
    count += 1
    local fact = repo:fact("tag:" .. word)
    if fact and fact.moves and (count == 1 or word == "latest") then
      -- `lts-jod` names a release line.
      for other in tag:lower():gmatch("[^%-_.+]+") do
        local second = repo:fact("tag:" .. other)
        if second and second.version then
          return "pinned"
        end
      end
      if word ~= "latest" and word ~= "lts" and is_dated(tag:lower()) then
        return "pinned"
      end
      return count == 1 and "moving" or "moving part", word
    end
    if fact and fact.version then
      return "pinned"
    end
    if fact and fact.release and count == 1 then
      local distribution = repo:fact("image:" .. (image.short_name or ""))
      if distribution then
        return "pinned"
      end
    end
    if fact and (fact.variant or fact.release) then
      variants += 1
    elseif count == 1 and word:match("^v?%d") then
      return "pinned"
    elseif count == 1 and word:match("^(%a+)%d[%d.]*$") and not repo:fact("tag:" .. word:match("^(%a+)")) then
      -- `jdk17`, `py311`, `debian12`
      return "pinned"
    end
  end
  if variants > 0 and variants == count then
    -- The image's own name may say the release: distroless `nodejs20-debian12`.
    if (image.short_name or ""):match("%d") then
      return "pinned"
    end
    return "moving", tag
  end
  local first = tag:lower():match("^[^%-_.+]+") or ""
  local fact = repo:fact("tag:" .. (first:match("^%a+") or first))
  if fact and (fact.variant or fact.release) then
    -- `alpine3.18` chooses the distribution's release and not the image's.
    return first:match("^alpine%d") and (image.short_name ~= "alpine") and "moving" or (tag:match("%d%d") and "pinned" or "moving"), tag
  end
  return tag:match("%d") and "pinned" or "unnamed", tag
end

local KIND = "a release and variant, such as 22.12-slim, with the digest it has today"

local function message_of(image, verdict, word, what)
  local shown = image.resolved
  if verdict == "untagged" then
    return `{what} {shown} has no tag, so each build takes whatever its \`latest\` is then`
  end
  if verdict == "unnamed" then
    return `{what} {shown} has the tag \`{image.tag}\`, which names no release`
  end
  return `{what} {shown} moves with every release: \`{word}\` names none`
end

-- Files that name the version which the code is written for, by image.
local VERSIONS = {
  node = { { ".nvmrc", "^%s*v?(%d[%d.]*)%s*$" }, { ".node-version", "^%s*v?(%d[%d.]*)%s*$" }, { "package.json", '"node"%s*:%s*"[%^~v=]*(%d[%d.]*)[.x*]*"' } },
  python = { { ".python-version", "^%s*(%d[%d.]*)%s*$" }, { "runtime.txt", "^%s*python%-(%d[%d.]*)%s*$" }, { "pyproject.toml", 'requires%-python%s*=%s*"[=~]=%s*(%d[%d.]*)[.*]*"' } },
  golang = { { "go.mod", "\ngo%s+(%d+%.%d+)" } },
  ruby = { { ".ruby-version", "^%s*r?u?b?y?%-?(%d[%d.]*)%s*$" } },
  rust = { { "rust-toolchain.toml", 'channel%s*=%s*"(%d[%d.]*)"' }, { "rust-toolchain", "^%s*(%d[%d.]*)%s*$" } },
}

-- The version of the image's language that a file beside the Dockerfile or above it names, and that file.
local function version_near(repo, path, name)
  local folder = path:match("^(.*/)[^/]*$") or ""
  while true do
    for _, source in VERSIONS[name] or {} do
      local file = repo:at(folder .. source[1]) == "file" and repo:open(folder .. source[1])
      local version = file and file.text:match(source[2])
      if version then
        return (version:gsub("%.$", "")), file.path
      end
    end
    if folder == "" then
      return nil
    end
    folder = folder:match("^(.*/)[^/]+/$") or ""
  end
end

-- The tag of a release with the same flavour: `lts-alpine` and 22 are `22-alpine`.
local function tag_of(repo, tag, version)
  local words = { version }
  for word in (tag or ""):gmatch("[^%-]+") do
    local fact = repo:fact("tag:" .. word:lower())
    if not (fact and fact.moves) then
      table.insert(words, word)
    end
  end
  return table.concat(words, "-")
end

-- The tag by which another Dockerfile of the repository takes the same image, and that file.
local function tag_elsewhere(repo, file, image)
  local tag, path = nil, nil
  for _, other in repo:paths("**/*[Dd]ockerfile*") do
    local open = other ~= file.path and repo:open(other)
    for _, stage in open and open.docker and open.docker.stages or {} do
      local its = stage.image
      if its.name == image.name and its.registry == image.registry and its.tag and not its.digest and judge(repo, its) == "pinned" then
        if tag and tag ~= its.tag then
          return nil
        end
        tag, path = its.tag, other
      end
    end
  end
  return tag, path
end

-- The change that names a release where the repository says which, and otherwise shows where the digest goes.
local function fix_of(repo, file, image, at)
  -- `--from=image` is one word.
  if not at or at.source:sub(-#image.written) ~= image.written or image.written:find("$", 1, true) then
    return nil
  end
  at = file:span(at.last - #image.written + 1, at.last)
  local bare = image.written:gsub("@.*$", "")
  if image.tag then
    bare = bare:sub(1, #bare - #image.tag - 1)
  end
  local version, source = version_near(repo, file.path, image.short_name or "")
  local tag = version and tag_of(repo, image.tag, version)
  if not tag then
    tag, source = tag_elsewhere(repo, file, image)
  end
  if tag then
    return { title = `name the release that {source} names`, safety = "unsafe", edits = { { at = at, text = `{bare}:{tag}` } } }
  end
  local title = `add the digest that \`docker buildx imagetools inspect {image.written}\` prints`
  return { title = title, safety = "shown-only", edits = { { after = at, text = "@sha256:<digest>" } } }
end

return {
  check = function(file, _, report, repo)
    local tooling = image_purpose.is_tooling(file)
    local function judge_image(stage, image, at, named, what, use)
      local verdict, word = judge(repo, image)
      if verdict == "pinned" or verdict == "unknown" or own_images.is_local(repo, image) then
        return
      end
      local confidence = "high"
      if verdict == "moving part" or (image.short_name or ""):match("%d%D*$") then
        confidence = "medium"
      elseif verdict == "unnamed" then
        confidence = "low"
      end
      if tooling or (image_purpose.is_for_development(stage) and not stage.flows_into_shipped) or own_images.is_built(repo, image) then
        confidence = "low"
      end
      report({
        at = at,
        message = message_of(image, verdict, word, what),
        confidence = confidence,
        notes = { image = image.resolved, pin = KIND, use = use },
        fix = fix_of(repo, file, image, named),
      })
    end
    for _, stage in file.docker.stages do
      if not stage.parent then
        local use = stage.ships and "its layers ship" or (stage.flows_into_shipped and "files of it ship" or "it only builds")
        judge_image(stage, stage.image, stage.from, stage.from:arg_at(1), "the base image", use)
      end
      for _, feed in stage:feeds() do
        if feed.image and feed.kind == "copy" then
          -- A name without dot, slash, tag or digest may be a build context, but then the file could not be built alone.
          judge_image(stage, feed.image, feed.instruction, feed.at, "the image that files are copied from,", "files of it are copied")
        end
      end
    end
  end,
}

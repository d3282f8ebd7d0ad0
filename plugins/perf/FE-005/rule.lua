-- An image in an old format that a page shows: its name stands in code, a template or a style, the file is in the repository and large, and nothing beside it or around it
-- offers a newer one.

local client_assets = require("client_assets")
local client_package = require("client_package")

-- Bytes from which the format matters.
local LEAST = 100000

-- What converts images while the application is built or when they are asked for.
local CONVERTERS = {
  "vite-imagetools", "gatsby-plugin-image", "gatsby-plugin-sharp", "@nuxt/image", "@nuxt/image-edge", "next-optimized-images", "next-image-export-optimizer", "@sveltejs/enhanced-img", "svelte-img", "imagemin-webp",
  "imagemin-avif", "vite-plugin-webp", "vite-plugin-image-presets", "responsive-loader", "@astrojs/image", "image-minimizer-webpack-plugin", "webp-loader", "vue-imagetools", "next-cloudinary", "@unpic/react",
}

-- Names of images that other programs than a browser show, which take old formats only or ask once.
local OTHERS = { "favicon", "apple%-touch", "og[%-_.]", "^og$", "open%-?graph", "opengraph", "twitter", "social", "%f[%a]share%f[%A]", "%f[%a]sharing%f[%A]", "share%-?im", "%f[%a]icons?%f[%A]", "mstile", "android%-chrome", "email", "mail[/%-_]", "sprite%-test", "screenshot", "splash" }
-- What stands on a line that names one.
local OTHER_LINES = { "og:", "twitter:", "openGraph", "rel=\"icon", "rel='icon", "apple-touch", "shortcut icon", "manifest", "<meta", "itemprop", "ogImage", "socialImage", "images: [", "download", "schema.org", "<source", "image-set(", "href=", "type: \"image/", "<v:image", "<Img" }

local function holds_any(text, words)
  for _, word in words do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function is_for_others(path)
  local name = path:lower():match("[^/]+$")
  for _, form in OTHERS do
    if name:find(form) then
      return true
    end
  end
  local words = path:lower()
  return words:find("/emails?/") ~= nil or words:find("/og/", 1, true) ~= nil or words:find("/icons?/") ~= nil or words:find("/screenshots?/") ~= nil
end

-- The newer twin of an image: beside it under its name, or offered by the file that names it.
local function has_twin(repo, path, file)
  local stem = path:gsub("%.%w+$", "")
  for _, ending in { ".webp", ".avif" } do
    if repo:at(stem .. ending) == "file" or repo:at(path .. ending) == "file" then
      return true
    end
  end
  local name = stem:match("[^/]+$")
  return file.text:find(name .. ".webp", 1, true) ~= nil or file.text:find(name .. ".avif", 1, true) ~= nil
end

-- Whether the framework's own image component shows it, and converts what it shows. In a package that knows such a component, names in data may end up there.
local function is_converted(repo, file, dependencies)
  local text = file.text
  if text:find("<NuxtImg", 1, true) or text:find("<NuxtPicture", 1, true) or text:find("enhanced:img", 1, true) or text:find("astro:assets", 1, true) then
    return true
  end
  if not dependencies["next"] then
    return false
  end
  local is_style = file.path:find("%.s?[ca]ss$") ~= nil or file.path:find("%.less$") ~= nil
  return not is_style and (text:find("next/image", 1, true) ~= nil or not text:find("<img", 1, true)) and not text:find("unoptimized", 1, true) and repo:imports({ "next/image", "next/legacy/image" })
end

-- Whether what stands around a line speaks of previews and other programs: the data of a search engine, the head of a page.
local AROUND = { "openGraph", "og:image", "@type", "twitter:", "schema.org", "screenshots:", "form_factor", "manifest", "metadataBase", "ogImage" }

local function is_around_others(file, line)
  for at = math.max(1, line - 8), line do
    if holds_any(file:line_span(at).source, AROUND) then
      return true
    end
  end
  return false
end

-- Whether an earlier file names the same image.
local FILES = "**/*.{tsx,jsx,js,ts,vue,svelte,astro,html,css,scss,sass,less}"

local function is_named_before(repo, file, path)
  local name = path:match("[^/]+$")
  for _, other_path in repo:holding(FILES, name) do
    if other_path >= file.path then
      return false
    end
    local other = repo:open(other_path)
    if other and other.class == "source" then
      for written in other.text:gmatch("[^\"'()`%s<>=]*" .. name:gsub("%W", "%%%0")) do
        if client_assets.resolve(repo, other_path, written) == path then
          return true
        end
      end
    end
  end
  return false
end

-- Components that a server renders are seen in a browser all the same.
local function is_for_browsers(file)
  return file.side ~= "server" or file.path:find("%.[tj]sx$") ~= nil
end

-- The large images of a file in an old format, each with where it is named.
local function images_of(file, matches, repo)
  local all, seen, dependencies = {}, {}, nil
  for _, match in matches do
    local name = match.span.source:gsub("^[\"'(`=]+", "")
    if not seen[name] and not is_for_others(name) and not holds_any(file:line_span(match.span.line).source, OTHER_LINES) then
      seen[name] = true
      local path = client_assets.resolve(repo, file.path, name)
      local size = path and repo:size(path)
      if size and size >= LEAST and not is_for_others(path) and not has_twin(repo, path, file) and not is_around_others(file, match.span.line) then
        if not dependencies then
          dependencies = client_package.dependencies(repo, file.path)
          for _, package in CONVERTERS do
            if dependencies[package] then
              return {}
            end
          end
          if client_package.is_installed(dependencies) or is_converted(repo, file, dependencies) then
            return {}
          end
        end
        if not is_named_before(repo, file, path) then
          table.insert(all, { at = match.span, path = path, size = size })
        end
      end
    end
  end
  return all
end

return {
  check = function(file, matches, report, repo)
    local name = file.path:lower()
    if name:find("%.stories%.") or name:find("email", 1, true) or name:find("%.config%.") or name:find("%f[%a]seo%f[%A]") ~= nil or not is_for_browsers(file) then
      return
    end
    local all = images_of(file, matches, repo)
    table.sort(all, function(left, right)
      return left.size > right.size or left.size == right.size and left.path < right.path
    end)
    local first = all[1]
    if first then
      local sum, related = 0, {}
      for at, image in all do
        sum += image.size
        if at > 1 and at <= 8 then
          table.insert(related, { at = image.at, message = `{image.path:match("[^/]+$")}, {image.size // 1000} kB` })
        end
      end
      local kind = first.path:match("%.(%w+)$"):upper()
      local more = #all > 1 and `, and {#all - 1} more like it with {(sum - first.size) // 1000} kB` or ""
      report({
        at = first.at,
        message = `{first.path:match("[^/]+$")} comes as {kind} with {first.size // 1000} kB{more}; no WebP or AVIF is offered`,
        confidence = "medium",
        reach = "unknown",
        related = related,
        notes = { images = #all, ["bytes"] = sum },
      })
    end
  end,
}

-- Packages that the configuration of webpack puts into a bundle by name: `entry: { page: ["expose-loader?moment!moment", "./page.js"] }`. They are
-- loaded with the page, whatever it shows.

local bundler_config = require("bundler_config")
local words = require("words")

local M = {}

-- Configurations of what no visitor gets.
local NOT_SHIPPED = { "%.dev%.", "%-dev%.", "%.test%.", "storybook", "%.server%.", "%.node%." }
-- What keeps the languages of moment out.
local LOCALE_FILTERS = { "moment-locales-webpack-plugin", "IgnorePlugin", "ContextReplacementPlugin" }

local function is_shipped(file)
  for _, form in NOT_SHIPPED do
    if file.path:find(form) then
      return false
    end
  end
  return not file.text:find("target:%s*[\"']node") and not file.text:find("target:%s*[\"']async%-node")
end

local function is_replaced(fact, dependencies)
  for name in words.alternatives(fact.replaced_by) do
    if dependencies[name] then
      return true
    end
  end
  return false
end

local function filters_locales(file)
  for _, word in LOCALE_FILTERS do
    if file.text:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function size_of(fact)
  return fact.bundle_kb and ` ({fact.bundle_kb} kB before compression)` or ""
end

-- Reports the packages of each bundle that come whole, and once for each bundle those that only a part of what it shows needs.
function M.report(repo, file, dependencies, report)
  for _, bundle in is_shipped(file) and bundler_config.bundles(file) or {} do
    local features, first = {}, nil
    for _, part in bundle do
      local fact = repo:fact("require " .. part.name)
      local how = fact and not is_replaced(fact, dependencies) and fact.bundle
      if how == "whole" or how == "default" then
        local locales = part.name == "moment" and not filters_locales(file) and fact.locales_kb
        local with = locales and `, and {locales} kB of languages with it` or ""
        report({
          at = part.node,
          message = `all of {part.name}{size_of(fact)}{with} is in this bundle by its name in \`entry\`; {fact.instead} does the same with less`,
          confidence = "medium",
          reach = "startup",
          notes = { package = part.name },
        })
      elseif how == "feature" then
        first = first or part.node
        table.insert(features, part.name)
      end
    end
    if first then
      report({
        at = first,
        message = `{table.concat(features, ", ")} {if #features == 1 then "is" else "are"} loaded with this bundle, whatever it shows; an import where the feature is used makes a chunk of its own`,
        confidence = "medium",
        reach = "startup",
        notes = { packages = #features },
      })
    end
  end
end

return M

-- Columns that are there to find one row by, as their names say: `token`, `order_number`, `stripe_id`.

local set = require("words").set
local words = require("words")

local M = {}

-- Words for what tells one row from all others.
local KEYS = set("token", "code", "key", "email", "hash", "uuid", "guid", "username", "identifier", "reference", "sku", "digest", "fingerprint", "checksum", "secret", "sha", "phone", "iban", "isbn", "number", "login", "slug", "path", "url", "uri", "filename", "hostname", "barcode", "ean")

function M.is_key(name)
  local all = words.of(name)
  local last = all[#all] or ""
  return KEYS[last] ~= nil or last == "id" and #all > 1
end

return M

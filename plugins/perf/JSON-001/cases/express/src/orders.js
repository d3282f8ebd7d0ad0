async function load() {
  return [];
}

module.exports = { load };

const fs = require("fs");

// ok: a developer and the set-up ask for it, nobody else; mutate: src/server.js s/if (isDev) {/if (true) {/; mutate: src/wizard.js s/server.close()/server.ref()/
exports.save = (settings) => fs.writeFileSync("settings.json", JSON.stringify(settings));

exports.store = (settings) => fs.writeFileSync("stored.json", JSON.stringify(settings)); // finding: CONC-001

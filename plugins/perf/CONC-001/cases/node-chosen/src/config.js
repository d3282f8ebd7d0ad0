module.exports = { store: process.env.STORE };

module.exports = 5

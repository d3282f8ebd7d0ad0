// What holds the models is put together when the service starts.
module.exports = { store: null }

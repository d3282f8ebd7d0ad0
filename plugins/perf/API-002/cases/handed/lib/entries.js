const { ObjectId } = require("mongodb");

function storage(env, ctx) {
  function list(options, done) {
    function limited(cursor) {
      return options && options.count ? cursor.limit(parseInt(options.count)) : cursor;
    }
    return limited(ctx.store.collection(env.entries).find(options.find)).toArray().then((rows) => done(null, rows), done);
  }

  function remove(options, done) {
    return ctx.store.collection(env.entries).deleteOne({ _id: new ObjectId(options.id) }).then((result) => done(null, result), done);
  }

  function newest(options, done) {
    return ctx.store.collection(env.entries).find().limit(Math.min(options.count, 50)).toArray().then((rows) => done(null, rows), done);
  }

  return { list, remove, newest };
}

module.exports = storage;

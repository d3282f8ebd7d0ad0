exports.succeed = function (res, data) {
  res.status(200).json({ ok: true, data });
};

exports.note = function (res, data) {
  console.log(res.locals.path, data.length);
};

exports.inSeries = async function inSeries(list, work) {
  for (const one of list) {
    await work(one); // ok: told where it is handed over
  }
};

exports.withRetries = async function withRetries(list, work) {
  for (let turn = 0; turn < 3; turn++) {
    if (await work(list)) {
      return;
    }
  }
};

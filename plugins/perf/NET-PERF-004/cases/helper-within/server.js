const express = require('express');

const app = express();

app.get('/orders', async (req, res) => {
  const options = { headers: { accept: 'application/json' } };
  const read = async (url, given) => {
    const answer = await fetch(url, given); // finding: NET-PERF-004
    return answer.json();
  };
  const [orders, prices] = await Promise.all([read('https://orders/all', options), read('https://prices/all', options)]);
  res.json({ orders, prices });
});

const ask = async (url, given) => {
  const answer = await fetch(url, given); // ok: others may call it, each with a limit of its own
  return answer.json();
};

app.get('/stock', async (req, res) => {
  const stock = await ask('https://stock/all', { headers: {} }); // finding: NET-PERF-004
  const limited = await ask('https://stock/all', { signal: AbortSignal.timeout(2000) }); // ok: has a limit
  res.json({ stock, limited });
});

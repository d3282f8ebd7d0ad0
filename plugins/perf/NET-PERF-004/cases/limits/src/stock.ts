import express from 'express';
import axios from 'axios';

const orders = axios.create({
  baseURL: 'https://orders.internal',
});

const app = express();

app.post('/stock/:id', async (req, res) => {
  const one = await axios.get(`https://stock.internal/${req.params.id}`); // finding: NET-PERF-004
  await axios.post('https://stock.internal/seen'); // finding: NET-PERF-004
  // finding: NET-PERF-004
  await axios({
    method: 'put',
    url: 'https://stock.internal/seen',
  });
  await axios.get('https://stock.internal/all', { timeout: 0 }); // finding: NET-PERF-004
  // finding: NET-PERF-004
  await axios.request({
    url: 'https://stock.internal/open',
    validateStatus: () => true, // every answer is one
  });
  await orders.get('/all'); // finding: NET-PERF-004
  res.json(one.data);
});

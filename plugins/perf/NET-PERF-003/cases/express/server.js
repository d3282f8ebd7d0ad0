const express = require('express')
const orders = require('./orders')

const app = express() // finding: NET-PERF-003

app.use(express.json())
app.use('/orders', orders)
app.listen(8080)

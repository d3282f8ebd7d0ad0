const axios = require('axios')
const express = require('express')

const router = express.Router()

router.get('/texts', async (request, response) => {
  const texts = []
  for (const language of request.query.languages) {
    const answer = await axios.get(`https://texts.example/${language}`) // finding: CONC-003 confidence: high
    texts.push(answer.data)
  }
  response.json(texts)
})

module.exports = router

const axios = require('axios')
const fs = require('fs')

module.exports = async (languages) => {
  for (const language of languages) {
    const answer = await axios.get(`https://texts.example/${language}`) // finding: CONC-003 confidence: low
    fs.writeFileSync(`texts/${language}.json`, answer.data)
  }
}

import { readFile } from 'fs/promises'
import axios from 'axios'

export async function report(day: string, path: string) {
  const { data } =
    await axios.get('https://orders/days', {
      params: {
        day
      }
    })
  const stock = await axios.get( // finding: CONC-003
    `https://stock/days/${day}`
  )
  return render(data, stock)
}

function render(left: object, right: object) {
  return JSON.stringify({
    left,
    right
  })
}

export function words(pages: string[], separator: string): string[][] {
  // finding: NEW-RULE-1
  return pages.map((page) => page.split(new RegExp(separator)));
}

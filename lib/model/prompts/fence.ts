/** Puts text that is data between two lines that only its call knows: it cannot end, or begin, any of them itself. */
export function fence(mark: string, title: string, text: string): string {
  return `[${mark} begin ${title}]\n${text}\n[${mark} end ${title}]`;
}

/** Whether a text is the origin of web pages as browsers send it: a final slash, such as people write, would match none. */
export function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) && origin === text;
}

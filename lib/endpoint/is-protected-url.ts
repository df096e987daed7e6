const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a text is the address of a server to which neither key nor conversation crosses a network in the clear. */
export function isProtectedUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

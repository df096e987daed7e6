/** Whether a text is the origin of web pages as browsers send it: a final slash, such as people write, would match none. */
export function isWebOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) && origin === text;
}

/** Names below `localhost` mean this machine, too (RFC 6761), as does every address that begins with 127 (RFC 1122). */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether pages of an origin are served by this machine itself, at whatever port. */
export function isLoopbackOrigin(text: string): boolean {
  return isWebOrigin(text) && LOOPBACK.test(new URL(text).hostname);
}

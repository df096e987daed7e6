import type { IncomingMessage } from 'node:http';

/**
 * The body of a request, or undefined when it has more than `maxBytes`. One that is too large is read to its end as
 * well, so that its sender gets to read the answer.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes <= maxBytes) parts.push(part as Buffer);
  }
  return bytes > maxBytes ? undefined : Buffer.concat(parts);
}

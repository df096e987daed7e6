import { createReadStream } from 'node:fs';
import { decodeUtf8 } from '../../lib/json/index.ts';

/** A line of a file. */
export interface Line {
  /** From 1, counted from where the reading began. */
  readonly number: number;
  /** Without its end; undefined where it is no UTF-8 text, or longer than 64 MiB. */
  readonly text: string | undefined;
  /** Where it begins in the file, and where the next one does, in bytes. */
  readonly from: number;
  readonly to: number;
}

const MEBIBYTE = 1024 * 1024;

/** A whole conversation may be one line. */
export const MAX_LINE_BYTES = 64 * MEBIBYTE;

const NEWLINE = 0x0a;

/**
 * The lines of a part of a file. One of them is in memory at a time.
 *
 * @param range where to begin, and before which byte to end.
 * @throws what the file system throws.
 */
export async function* linesOf(
  file: string,
  { from = 0, to = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let [number, lineFrom, at] = [0, from, from];
  let bytes = 0;
  const keep = (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_LINE_BYTES) parts = [];
    else parts.push(part);
  };
  const finish = (end: number): Line => {
    const text = bytes > MAX_LINE_BYTES ? undefined : decodeUtf8(Buffer.concat(parts));
    const line = { number: ++number, text, from: lineFrom, to: end };
    [parts, bytes, lineFrom] = [[], 0, end];
    return line;
  };
  const stream: AsyncIterable<Buffer> = createReadStream(file, { start: from, end: to - 1 });
  for await (const chunk of stream) {
    let begin = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, begin)) {
      keep(chunk.subarray(begin, end));
      begin = end + 1;
      yield finish(at + begin);
    }
    keep(chunk.subarray(begin));
    at += chunk.length;
  }
  if (bytes > 0) yield finish(at);
}

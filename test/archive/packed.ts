import { archivePacker, type PackedChunk } from '../../lib/archive/index.ts';
import type { LogRecord } from '../../lib/session/index.ts';

/** A record with one message, of this text. */
export function record(position: number, content = `message ${position}`): LogRecord {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    kind: 'record',
    position,
    appendId: `append-${position}`,
    appendedAtMs: Date.parse(at) + position,
    bytes: Buffer.byteLength(content),
    messages: [{ id: `m-${position}`, role: 'user', content, at }],
  };
}

/** The chunks of records, in order, and their totals. */
export function pack(records: readonly LogRecord[]) {
  const packer = archivePacker();
  const chunks: PackedChunk[] = [];
  for (const chunk of [...records.map(packer.add), packer.end()]) if (chunk) chunks.push(chunk);
  return { chunks, totals: packer.totals() };
}

import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveCorruptError, type PackedChunk, unpackChunk } from '../../lib/archive/index.ts';
import { appendBounds, type LogRecord } from '../../lib/session/index.ts';
import { pack, record } from './packed.ts';

/** What fits an item of 400 KB, with its keys. */
const MAX_STORED_BYTES = 350_000;

const unpack = (chunks: readonly PackedChunk[]) =>
  chunks.flatMap(({ stored, info }) => unpackChunk(stored, info));
const archived = ({ position, appendId, appendedAtMs, messages }: LogRecord) => ({
  position,
  appendId,
  appendedAtMs,
  messages,
});

/** Texts of every size, up to the largest that an append takes, of every script. */
const contents = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('\n', '\u2028', '{"position":1}\n', '\ud800', 'ö'.repeat(100_000)),
  fc.integer({ min: 1, max: 250_000 }).map((length) => 'x'.repeat(length)),
);
const records = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), contents), { maxLength: 12 })
  .map((drawn) => {
    let position = 0;
    return drawn.map(([gap, content]) => {
      position += gap;
      return record(position, content);
    });
  });

describe('packing records', () => {
  it('loses, doubles and reorders none, whatever they hold', () => {
    fc.assert(
      fc.property(records, (given) => {
        expect(unpack(pack(given).chunks)).toEqual(given.map(archived));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same bytes each time, so that whoever finishes a seal writes the same chunks', () => {
    fc.assert(
      fc.property(records, (given) => {
        expect(pack(given)).toEqual(pack(given));
      }),
      { numRuns: 20 },
    );
  });

  it('says of each chunk which positions it holds, in order and without overlap', () => {
    fc.assert(
      fc.property(records, (given) => {
        const { chunks, totals } = pack(given);
        expect(totals.chunks).toEqual(chunks.map(({ info }) => info));
        expect(chunks.map(({ index }) => index)).toEqual([...chunks.keys()]);
        for (const { stored, info } of chunks) {
          const positions = unpackChunk(stored, info).map(({ position }) => position);
          expect([info.from, info.to]).toEqual([positions[0], positions.at(-1)]);
          expect(info.storedBytes).toBe(stored.byteLength);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('counts records, messages and bytes', () => {
    const { totals, chunks } = pack([record(1), record(3), record(4)]);
    const lines = unpack(chunks).map((one) => `${JSON.stringify(one)}\n`);
    expect(totals).toMatchObject({
      recordCount: 3,
      messageCount: 3,
      bytes: Buffer.byteLength(lines.join('')),
    });
  });

  it('makes no chunk of no records', () => {
    expect(pack([])).toEqual({
      chunks: [],
      totals: { recordCount: 0, messageCount: 0, bytes: 0, chunks: [] },
    });
  });

  it('cuts before the record that would not fit, so that each chunk fits an item of the table', () => {
    const overhead = 10 * 1024;
    const largest = () => randomBytes((appendBounds.maxBytes - overhead) / 2).toString('hex');
    const given = Array.from({ length: 4 }, (_, index) => record(index + 1, largest()));
    const { chunks } = pack(given);
    expect(chunks.map(({ info }) => [info.from, info.to])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    for (const { stored } of chunks) expect(stored.byteLength).toBeLessThan(MAX_STORED_BYTES);
  });

  it('keeps a chunk of text that does not compress within an item, too', () => {
    const given = Array.from({ length: 700 }, (_, index) =>
      record(index + 1, randomBytes(500).toString('latin1')),
    );
    const { chunks } = pack(given);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { stored } of chunks) expect(stored.byteLength).toBeLessThan(MAX_STORED_BYTES);
  });
});

describe('a stored chunk that is not what it was', () => {
  function chunk(): PackedChunk {
    const [only] = pack([record(5), record(6)]).chunks;
    if (!only) throw new Error('nothing was packed');
    return only;
  }

  it('is refused when its text has changed, with the positions that it held', () => {
    const { info } = chunk();
    const other = gzipSync(`${JSON.stringify(archived(record(5, 'forged')))}\n`);
    expect(() => unpackChunk(other, info)).toThrow(ArchiveCorruptError);
    expect(() => unpackChunk(other, info)).toThrow(/positions 5 to 6 have SHA-256 .* the manifest says/);
  });

  it.each([
    ['is cut short', (stored: Uint8Array) => stored.slice(0, -9)],
    ['is empty', () => new Uint8Array()],
    ['is no gzip', () => Buffer.from('plain text')],
  ])('is refused when it %s', (_how, damage) => {
    const { stored, info } = chunk();
    expect(() => unpackChunk(damage(stored), info)).toThrow(ArchiveCorruptError);
    expect(() => unpackChunk(damage(stored), info)).toThrow('positions 5 to 6 do not decompress');
  });

  it('is refused whichever of its bytes flips, unless its text is still the same', () => {
    const { stored, info } = chunk();
    const intact = unpackChunk(stored, info);
    fc.assert(
      fc.property(fc.nat(stored.byteLength - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const damaged = Uint8Array.from(stored, (byte, index) => (index === at ? byte ^ mask : byte));
        try {
          expect(unpackChunk(damaged, info)).toEqual(intact);
        } catch (error) {
          if (!(error instanceof ArchiveCorruptError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

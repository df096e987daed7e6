import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { linesOf } from '../../operator/transfer/lines-of.ts';

async function linesIn(bytes: string | Buffer, range?: { readonly from: number; readonly to: number }) {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'commitlane-lines-'));
  const file = path.join(folder.path, 'lines.jsonl');
  await writeFile(file, bytes);
  return await Array.fromAsync(linesOf(file, range));
}

it('gives long lines whole, wherever a read of the file ends', async () => {
  const long = ['€'.repeat(70_001), 'short', '', '😀'.repeat(50_003), 'x'.repeat(3 * 65_536 - 1), 'last'];
  const lines = await linesIn(`${long.join('\n')}\n`);
  expect(lines.map(({ text }) => text)).toEqual(long);
  expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('says where lines are, so that a part of a file can be read', async () => {
  const [, second, third] = await linesIn('one\ntwö\nthree');
  expect([second, third]).toEqual([
    { number: 2, text: 'twö', from: 4, to: 9 },
    { number: 3, text: 'three', from: 9, to: 14 },
  ]);
  const part = await linesIn('one\ntwö\nthree', { from: 4, to: 9 });
  expect(part).toEqual([{ number: 1, text: 'twö', from: 4, to: 9 }]);
});

it('has no text for what is not UTF-8', async () => {
  const lines = await linesIn(Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
  expect(lines.map(({ text }) => text)).toEqual(['a', undefined]);
});

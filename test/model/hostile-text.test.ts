import { describe, expect, test } from 'vitest';
import { extractedMemorySchema } from '../../lib/memory/index.ts';
import { estimateTokens } from '../../lib/tokens/index.ts';
import { extractFrom, said, summaryOf } from './said.ts';

const KB = 1024;
/** As long as a message may be, and a fourth of it. */
const LONG = 256 * KB;
const SHORT = 64 * KB;
/** Of processor time, not of time: other processes take none of it. 4 is linear, 16 quadratic. */
const MAX_RATIO = 10;
/** Less than this is lost in the noise of the compiler and the garbage collector. */
const NOISE_MS = 150;
const repeated = [
  '**a ',
  '"',
  '(',
  '[a](',
  '```\n',
  '\n',
  ' ',
  'a',
  'Aad-',
  'Ann ',
  '- ',
  'I, ',
  'http://',
  '👩‍👩‍👧‍👦',
  '\u0301',
  '我住在卑尔根。',
  'I am a. ',
  'That fixed it. ',
  'It crashes. That fixed it. ',
  '```ts\nI live in Rome.\n```\n',
  '~~~\n```\n',
  '`a`',
  'on 3 May ',
  'last Friday, ',
  'I live in ',
];

async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe.each(repeated)('a message of nothing but %j', (part) => {
  const short = part.repeat(SHORT / part.length);
  const long = part.repeat(LONG / part.length);

  test('gives a short summary and valid memories', async () => {
    const summary = await summaryOf([said(long)], long);
    expect(summary.trim()).not.toBe('');
    expect(summary.length).toBeLessThanOrEqual(1_500);
    for (const memory of await extractFrom([said(long)])) {
      expect(extractedMemorySchema.safeParse(memory).success).toBe(true);
    }
  });

  test('costs four times as much where it is four times as long', async () => {
    const read = async (content: string) => {
      await summaryOf([said(content)]);
      await extractFrom([said(content)]);
      estimateTokens(content);
    };
    const least = Math.max(NOISE_MS, await processorMs(() => read(short)));
    expect((await processorMs(() => read(long))) / least).toBeLessThan(MAX_RATIO);
  });
});

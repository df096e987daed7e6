import { describe, expect, it } from 'vitest';
import { confirm } from '../../cli/command/confirm.ts';
import { parseDuration } from '../../cli/command/parse-duration.ts';
import { barOf, withProgress } from '../../cli/display/with-progress.ts';
import { environment, typing } from './streams.ts';

describe('a time span', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
  ])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));
});

describe('a progress bar', () => {
  it('fills from left to right', () => {
    expect(barOf(0, 4)).toBe(`[${'-'.repeat(24)}]`);
    expect(barOf(2, 4)).toBe(`[${'#'.repeat(12)}${'-'.repeat(12)}]`);
    expect(barOf(4, 4)).toBe(`[${'#'.repeat(24)}]`);
  });

  it('is shown on a terminal only', async () => {
    const progress = { text: 'letters', counted: { done: 2, total: 4 } };
    const onTerminal = environment({ isTTY: true });
    expect(await withProgress(onTerminal.environment, async (report) => report(progress))).toBe(undefined);
    expect(onTerminal.stderr()).toContain('2 of 4 letters');
    const elsewhere = environment();
    await withProgress(elsewhere.environment, async (report) => report(progress));
    expect(elsewhere.stderr()).toBe('');
  });
});

describe('a question', () => {
  it.each([
    ['y', true],
    ['YES', true],
    ['', false],
    ['no', false],
  ])('that is answered with %j gives %s', async (answer, expected) => {
    const { environment: made } = environment({ stdin: typing(answer) });
    expect(await confirm(made, 'Replay?')).toBe(expected);
  });
});

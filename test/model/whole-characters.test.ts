import { describe, expect, test } from 'vitest';
import { graphemes } from '../../lib/text/index.ts';
import { forever, modelOn } from './language/asking.ts';
import { modelServer } from './language/model-server.ts';
import { saying } from './language/replies.ts';
import { extractFrom, said, summaryOf, userSays } from './said.ts';

/** One character each, as people see them. */
const characters = ['👩‍👩‍👧‍👦', '👍🏽', '🇳🇴', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', 'ấ', 'ที่', '字', 'क्षि'];

function expectWhole(text: string, character: string): void {
  expect(text.isWellFormed()).toBe(true);
  const others = new Set(graphemes(text).filter((one) => one !== character));
  for (const other of others) expect(other).toMatch(/^[\p{ASCII}…]$/u);
}

describe.each(characters)('a text of %s', (character) => {
  test('is whole where an excerpt of it is a summary', async () => {
    for (const length of [1, 50, 59, 60, 61, 500]) {
      const summary = await summaryOf(userSays(character.repeat(length), `ab${character.repeat(length)}`));
      expectWhole(summary, character);
      expect(summary).toContain(character);
      expect(summary.includes('…')).toBe(length * character.length + 2 > 60);
    }
  });

  test('is whole where it was an earlier summary', async () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const summary = await summaryOf([], before + character.repeat(1_000));
      expectWhole(summary, character);
      expect(summary).toContain(character.repeat(10));
    }
  });

  test('is whole where it is too long for one call', async () => {
    await using server = await modelServer(() => saying('All.'));
    const content = character.repeat(Math.ceil(60_000 / character.length));
    await modelOn(server, { contextWindowTokens: 8_000 }).summarise({
      messages: [said(content)],
      signal: forever,
    });
    const pieces = server.asked
      .map(({ messages }) => /\]\n(.*)\n\[\S+ end conversation\]/.exec(messages.at(-1)?.content ?? '')?.[1])
      .filter((piece) => piece !== undefined);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(new Set(graphemes(piece))).toEqual(new Set([character]));
    expect(pieces.join('')).toHaveLength(content.length);
  });

  test('is kept inside a sentence', async () => {
    const sentence = `I love jazz ${character} and I moved to Bergen in winter ${character}.`;
    expect(await summaryOf(userSays(sentence))).toBe(`User: ${sentence}`);
    const [memory] = await extractFrom(userSays(`I love jazz ${character}.`));
    expect(memory?.text).toBe(`The user loves jazz ${character}.`);
  });
});

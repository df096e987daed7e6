import { describe, expect, test } from 'vitest';
import { ModelUnavailableError } from '../../../lib/model/index.ts';
import { extraction, forever, memory, modelOn, said } from './asking.ts';
import { type Asked, modelServer } from './model-server.ts';
import { failing, hanging, saying } from './replies.ts';

const contextWindowTokens = 8_000;
/** About 12 000 tokens in all. */
const messages = said(
  ...Array.from(
    { length: 30 },
    (_, index) => `Message ${index + 1}: ${'we talked about the garden. '.repeat(60)}`,
  ),
);

const promptOf = ({ messages: sent }: Asked) => sent.at(-1)?.content ?? '';
const isMerge = (asked: Asked) => promptOf(asked).includes('Write the one summary.');
const idsIn = (asked: Asked) => [...promptOf(asked).matchAll(/message (m-\d+) \|/g)].map(([, id]) => id);
const partOf = (asked: Asked) =>
  Number(/part (\d+) of|this part \((\d+) of/.exec(promptOf(asked))?.slice(1).find(Boolean));
const inOrder = (asked: readonly Asked[]) => [...asked].sort((a, b) => partOf(a) - partOf(b));

describe('a conversation longer than the model’s window', () => {
  test('is summarised in parts of whole messages, which are joined after the earlier summary', async () => {
    await using server = await modelServer((asked) =>
      saying(isMerge(asked) ? 'All.' : `Part ${partOf(asked)}.`),
    );
    const model = modelOn(server, { contextWindowTokens });
    const answer = await model.summarise({ messages, previousSummary: 'Before.', signal: forever });

    const parts = inOrder(server.asked.filter((asked) => !isMerge(asked)));
    const merges = server.asked.filter(isMerge);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.flatMap(idsIn)).toEqual(messages.map(({ id }) => id));
    for (const part of parts) expect(promptOf(part)).not.toContain('Before.');
    expect(merges).toHaveLength(1);
    const merge = promptOf(merges[0] as Asked);
    expect(merge).toContain('Before.');
    const positions = parts.map((_, index) => merge.indexOf(`Part ${index + 1}.`));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions[0]).toBeGreaterThan(0);
    expect(answer).toEqual({
      value: 'All.',
      promptVersion: 'summary.v1+merge-summaries.v1',
      usage: { inputTokens: 100 * (parts.length + 1), outputTokens: 20 * (parts.length + 1) },
    });
  });

  test('whose summaries are too long together is joined in rounds', async () => {
    const wordy = 'the garden needs water and the roses need care '.repeat(180);
    await using server = await modelServer((asked) =>
      saying(isMerge(asked) ? 'All.' : `Part ${partOf(asked)}: ${wordy}`),
    );
    const answer = await modelOn(server, { contextWindowTokens }).summarise({ messages, signal: forever });
    const parts = server.asked.filter((asked) => !isMerge(asked));
    const merges = server.asked.filter(isMerge);
    expect(answer.value).toBe('All.');
    expect(merges.length).toBeGreaterThan(1);
    for (const number of parts.keys()) {
      expect(merges.filter((merge) => promptOf(merge).includes(`Part ${number + 1}: `))).toHaveLength(1);
    }
  });

  test('gives the memories of all its parts, with what was said last', async () => {
    await using server = await modelServer((asked) => {
      const [messageId] = idsIn(asked).slice(-1);
      const found = { ...memory, messageId, text: `As of part ${partOf(asked)}.` };
      return saying({ memories: [found, { ...found, key: `of-part-${partOf(asked)}` }] });
    });
    const { value } = await modelOn(server, { contextWindowTokens }).extract(extraction(messages));
    const count = server.asked.length;
    expect(count).toBeGreaterThan(2);
    expect(value.memories).toHaveLength(count + 1);
    expect(value.memories.find(({ key }) => key === 'home-city')?.text).toBe(`As of part ${count}.`);
  });

  test('may not speak of a message of another part', async () => {
    await using server = await modelServer((asked) =>
      saying({ memories: partOf(asked) === 2 ? [memory, { ...memory, messageId: idsIn(asked)[0] }] : [] }),
    );
    const { value } = await modelOn(server, { contextWindowTokens }).extract(extraction(messages));
    expect(value.memories).toHaveLength(1);
    expect(value.rejected).toHaveLength(1);
  });

  test('fails as a whole when a part fails, and waits for no other', async () => {
    await using server = await modelServer((asked) => (partOf(asked) === 2 ? failing(500) : hanging));
    const call = modelOn(server, { contextWindowTokens }).summarise({ messages, signal: forever });
    await expect(call).rejects.toBeInstanceOf(ModelUnavailableError);
    expect(server.asked.length).toBeLessThanOrEqual(4);
  });

  test('cuts a single message that is longer still, and loses nothing of it', async () => {
    const words = Array.from({ length: 9_000 }, (_, index) => `word${index}`);
    await using server = await modelServer((asked) => saying(isMerge(asked) ? 'All.' : 'Part.'));
    await modelOn(server, { contextWindowTokens }).summarise({
      messages: said(words.join(' ')),
      signal: forever,
    });
    const parts = inOrder(server.asked.filter((asked) => !isMerge(asked)));
    const read = parts.flatMap((part) => promptOf(part).match(/word\d+/g) ?? []);
    expect(parts.length).toBeGreaterThan(1);
    expect(read).toEqual(words);
  });
});

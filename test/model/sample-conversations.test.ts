import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { builtInCategories } from '../../lib/memory/index.ts';
import type { Message } from '../../lib/session/index.ts';
import { parseConversation } from '../../local/job/conversation/parse-conversation.ts';
import { extractFrom, SAID_AT, summaryOf } from './said.ts';

const MESSAGES_PER_ARCHIVE = 40;
const samples = ['moving-to-bergen', 'flaky-upload-test'] as const;

async function archivesOf(sample: (typeof samples)[number]): Promise<Message[][]> {
  const url = new URL(`../../events/conversations/${sample}.jsonl`, import.meta.url);
  const { messages: parsed } = parseConversation(await readFile(url, 'utf8'));
  const messages = parsed.map((message, index) => ({
    ...message,
    at: message.at ?? SAID_AT,
    id: `m-${index + 1}`,
  }));
  return Array.from({ length: Math.ceil(messages.length / MESSAGES_PER_ARCHIVE) }, (_, index) =>
    messages.slice(index * MESSAGES_PER_ARCHIVE, (index + 1) * MESSAGES_PER_ARCHIVE),
  );
}

async function memoriesOf(sample: (typeof samples)[number]) {
  const archives = await archivesOf(sample);
  const memories = await Promise.all(archives.map((archive) => extractFrom(archive)));
  return memories.flat();
}

describe('the sample conversations', () => {
  test('give memories of every category but cases, which no rule is sure of', async () => {
    const memories = (await Promise.all(samples.map(memoriesOf))).flat();
    const expected = builtInCategories.filter((category) => category !== 'case').sort();
    expect([...new Set(memories.map(({ category }) => category))].sort()).toEqual(expected);
  });

  test('tell who Ewa is', async () => {
    const texts = (await memoriesOf('moving-to-bergen')).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        "The user's name is Ewa.",
        'The user lives in Gothenburg.',
        'The user is a physiotherapist at a small clinic in Majorna.',
        'The user has a cat called Pixel.',
        'The user is allergic to hazelnuts.',
        "The user's husband is Olav.",
        'The user usually plans things on Sunday evenings.',
        'The user booked the vet for 16 September 2025 at 8:15.',
      ]),
    );
  });

  test('tell a coding agent whom it works for', async () => {
    const texts = (await memoriesOf('flaky-upload-test')).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['The user maintains the upload service.', 'The user hates sleeps in tests.']),
    );
  });

  test('are summed up by what matters in them', async () => {
    const [first = []] = await archivesOf('moving-to-bergen');
    expect(await summaryOf(first)).toMatch(/moving to Norway[\s\S]*Gothenburg/);
    const [only = []] = await archivesOf('flaky-upload-test');
    expect(await summaryOf(only)).toMatch(/flaky[\s\S]*a fixed port/);
  });
});

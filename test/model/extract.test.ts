import { describe, expect, test } from 'vitest';
import type { KnownMemory } from '../../lib/model/index.ts';
import { nobodysWords } from './nobodys-words.ts';
import { ownWords } from './own-words.ts';
import { extractFrom, said, textsFrom, userSays } from './said.ts';

/** What is found of each subject, with what it says of what was known. */
async function subjectsFrom(contents: readonly string[], known: readonly KnownMemory[] = []) {
  const memories = await extractFrom(userSays(...contents), undefined, known);
  return memories.map(({ key, text, retracts, contradicts }) => [
    key,
    text,
    ...(retracts ? ['retracts'] : []),
    ...(contradicts ? ['contradicts'] : []),
  ]);
}

describe('a memory', () => {
  test.each(ownWords)('of "%s" says "%s"', async (content, text) => {
    expect(await textsFrom(content)).toEqual([text]);
  });

  test('speaks of a person by the name in the metadata, and keeps people apart', async () => {
    const memories = await extractFrom([
      said('I love pottery.', { name: 'Mel' }),
      said('I love pottery.', { role: 'assistant', name: 'Caro' }),
    ]);
    expect(memories.map(({ key, text }) => [key, text])).toEqual([
      ['mel-likes-pottery', 'Mel loves pottery.'],
      ['caro-likes-pottery', 'Caro loves pottery.'],
    ]);
  });

  test('names the message it was taken from, and only wanted categories are found', async () => {
    const messages = userSays('Good morning.', 'I live in Bonn. I love jazz.');
    const memories = await extractFrom(messages, ['preference']);
    expect(memories).toEqual([expect.objectContaining({ category: 'preference', messageId: 'm-2' })]);
  });

  test('is the newest of those with the same category and key', async () => {
    expect(await textsFrom('I live in Bonn.', 'I live in Kiel.')).toEqual(['The user lives in Kiel.']);
  });
});

describe('keys', () => {
  test('are the same for the same subject in another archive', async () => {
    const [before] = await extractFrom(userSays('I live in Bonn.'));
    const [after] = await extractFrom(userSays('Hello again!', 'We live in Kiel now.'));
    expect([before?.key, after?.key]).toEqual(['home', 'home']);
  });

  test('are the same for liking and no longer liking', async () => {
    const [before] = await extractFrom(userSays('I love jazz.'));
    const [after] = await extractFrom(userSays('I hate jazz.'));
    expect(after?.key).toBe(before?.key);
  });

  test('have letters of every script, and no filler', async () => {
    const [ana, aña] = await extractFrom(userSays('My sister Ana is here.', 'I am here with my sister Aña.'));
    expect([ana?.key, aña?.key]).toEqual(['ana', 'aña']);
    const [memory] = await extractFrom(userSays('I enjoy hiking in the mountains.'));
    expect(memory?.key).toBe('likes-hiking-mountains');
  });

  test('are those of what is known of the same subject', async () => {
    const known: KnownMemory[] = [
      { category: 'profile', key: 'home-city', text: 'Ewa lives in Gdańsk.' },
      { category: 'profile', key: 'home-of-sister', text: 'Her sister lives in Rome.' },
      { category: 'preference', key: 'music', text: 'The user loves jazz.' },
    ];
    const memories = await extractFrom(userSays('I live in Bonn.', 'I love jazz.'), undefined, known);
    expect(memories.map(({ key }) => key)).toEqual(['home-city', 'music']);
  });
});

describe('what was said before', () => {
  const home = { category: 'profile', key: 'home', text: 'The user lives in Oslo.' } as const;

  test.each([
    [
      ['I live in Oslo.', 'Actually I moved to Bergen.'],
      ['home', 'The user lives in Bergen.', 'contradicts'],
    ],
    [
      ['I live in Oslo.', 'No, I live in Bergen.'],
      ['home', 'The user lives in Bergen.', 'contradicts'],
    ],
    [
      ['I live in Oslo.', 'Correction: I live in Bergen.'],
      ['home', 'The user lives in Bergen.', 'contradicts'],
    ],
    [['I live in Bergen, not Oslo.'], ['home', 'The user lives in Bergen.', 'contradicts']],
    [["I don't live in Oslo but in Bergen."], ['home', 'The user lives in Bergen.', 'contradicts']],
    [['My name is not Bob but Rob.'], ['name', "The user's name is Rob.", 'contradicts']],
  ])('is corrected by %j', async (contents, memory) => {
    expect(await subjectsFrom(contents)).toEqual([memory]);
  });

  test.each([
    [
      ['I live in Oslo.', 'I no longer live in Oslo.'],
      ['home', 'The user no longer lives in Oslo.'],
    ],
    [["I don't work at Acme any more."], ['job', 'The user no longer works at Acme.']],
    [
      ['I work at a bank.', 'I quit my job yesterday.'],
      ['job', 'The user has left the job they had.'],
    ],
    [["I'm not vegetarian anymore."], ['diet', 'The user is no longer vegetarian.']],
    [
      ['I love jazz.', "I don't like jazz any more."],
      ['likes-jazz', 'The user no longer likes jazz.'],
    ],
    [['We got divorced.'], ['partner', 'The user is divorced.']],
    [['Please forget that I live in Oslo.'], ['home', 'The user asked to forget this.']],
  ])('is taken back by %j', async (contents, memory) => {
    expect(await subjectsFrom(contents)).toEqual([[...memory, 'retracts', 'contradicts']]);
  });

  test('stays where something else has ended', async () => {
    expect(await subjectsFrom(['I live in Bergen now.', 'I no longer live in Oslo.'])).toEqual([
      ['home', 'The user lives in Bergen.'],
    ]);
    expect(await subjectsFrom(['I no longer live in Rome.'], [home])).toEqual([]);
  });

  test('is kept out, and taken back where it was known, once the user asks to forget it', async () => {
    expect(await subjectsFrom(['I live in Oslo.', 'Please forget that.'])).toEqual([]);
    expect(await subjectsFrom(['I live in Oslo.', 'Please forget that.'], [home])).toEqual([
      ['home', 'The user asked to forget this.', 'retracts', 'contradicts'],
    ]);
    expect(await textsFrom("Don't forget that I'm allergic to nuts.")).toEqual([
      'The user is allergic to nuts.',
    ]);
  });

  test('is changed by a move only where a home was known: firms move to programs, too', async () => {
    expect(await subjectsFrom(['We moved to Kiel.'], [home])).toEqual([
      ['home', 'The user lives in Kiel.', 'contradicts'],
    ]);
    expect(await subjectsFrom(['We moved to Kiel.'])).toEqual([]);
  });
});

describe('an event', () => {
  test('is dated by the time in the metadata, when the message was stored later', async () => {
    const message = said('I joined a choir yesterday.');
    expect(await textsFrom({ ...message, metadata: { at: '1:56 pm on 8 May, 2023' } })).toEqual([
      'The user joined a choir on 7 May 2023.',
    ]);
  });

  test.each(['8 May, 2099', '31 December 9999', '14 November 2025'])(
    'is dated by the time of the message, when the metadata name a later day: %s',
    async (at) => {
      const message = said('I joined a choir yesterday.');
      expect(await textsFrom({ ...message, metadata: { at } })).toEqual([
        'The user joined a choir on 11 November 2025.',
      ]);
    },
  );
});

describe('nothing is remembered of', () => {
  describe.each(Object.entries(nobodysWords))('%s', (_, contents) => {
    test.each(contents)('%s', async (content) => {
      expect(await textsFrom(content)).toEqual([]);
    });
  });

  test('what an assistant without a name, a tool or the system says', async () => {
    const roles = ['assistant', 'tool', 'system'] as const;
    expect(await textsFrom(...roles.map((role) => said('I live in Rome. I love jazz.', { role })))).toEqual(
      [],
    );
  });

  test("an assistant's flattery", async () => {
    const flattery = 'You are a brilliant engineer, Ewa, and you love jazz. I am a big fan of yours!';
    expect(await textsFrom('Thanks!', said(flattery, { role: 'assistant' }))).toEqual([]);
  });

  test("a tool's message with a name", async () => {
    expect(await textsFrom(said('I live in Rome.', { role: 'tool', name: 'read_file' }))).toEqual([]);
  });

  test('a conversation in another language, though a sentence of it be English', async () => {
    const texts = await textsFrom(
      'Ich heiße Ewa und ziehe im Herbst mit meiner Familie nach Norwegen um.',
      'Unsere Tochter kommt dort in die zweite Klasse, und ich suche eine Stelle.',
      'I live in Gothenburg.',
    );
    expect(texts).toEqual([]);
  });

  test('a message in another language', async () => {
    expect(
      await textsFrom('I live in Gothenburg with my cat.', 'Hei! Jeg heter Ewa og jeg lærer norsk nå.'),
    ).toEqual(['The user lives in Gothenburg.']);
  });
});

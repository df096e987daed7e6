import { describe, expect, test } from 'vitest';
import { said, summaryOf, userSays } from './said.ts';

const MAX_CHARACTERS = 1_500;

/** Many messages, each about something else. */
const longConversation = Array.from({ length: 120 }, (_, index) =>
  said(`My plan number ${index} is to visit village${index} and to buy bread${index} with my uncle.`, {
    id: `m-${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
  }),
);

describe('a summary', () => {
  test('says who said what, in the order of the conversation', async () => {
    const summary = await summaryOf([
      said('I signed the contract for the flat in Sandviken.', { name: 'Ewa' }),
      said('A deposit of six months is the most that the law allows.', { role: 'assistant' }),
      said('I ordered the certificate for the licence in August.', { name: 'Ewa' }),
    ]);
    expect(summary.split('\n').map((line) => line.split(':')[0])).toEqual(['Ewa', 'Assistant', 'Ewa']);
    expect(summary.indexOf('signed')).toBeLessThan(summary.indexOf('in August'));
  });

  test('is short, however long the conversation is', async () => {
    const summary = await summaryOf(
      longConversation,
      'User: We are moving to Norway in autumn. '.repeat(200),
    );
    expect(summary.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(summary.split('\n').length).toBeLessThanOrEqual(13);
  });

  test('prefers what was said to greetings, questions and thanks', async () => {
    const summary = await summaryOf(
      userSays(
        'Hello there, how are you doing today?',
        'We are moving from Gothenburg to Bergen on 3 November with the cat.',
        ...Array.from(
          { length: 8 },
          (_, index) => `The movers take box number ${index} to Bergen in a blue van.`,
        ),
        'Thanks a lot for all of your help with this.',
      ),
    );
    expect(summary).toContain('moving from Gothenburg to Bergen');
    expect(summary).not.toMatch(/how are you|Thanks a lot/);
  });

  test('does not say the same thing twice', async () => {
    const summary = await summaryOf(
      userSays(
        'The flat has a proper ventilation system.',
        'As I said, the flat has a proper ventilation system.',
      ),
    );
    expect(summary.match(/ventilation/g)).toHaveLength(1);
  });

  test('leaves out code, tables, quoted lines and markup', async () => {
    const summary = await summaryOf(
      userSays(
        'The upload server **acknowledges** every chunk too early.\n\n```ts\nsession.acknowledge(chunk);\n```\n\n| a | b |\n\n> The upload server is fine.',
      ),
    );
    expect(summary).toBe('User: The upload server acknowledges every chunk too early.');
  });

  test('leaves what tools print to those who look', async () => {
    const summary = await summaryOf([
      said('The upload test fails on one machine in five.'),
      ...Array.from({ length: 8 }, (_, index) =>
        said(`The upload test run ${index} fails with an assertion error in the test.`, { role: 'tool' }),
      ),
    ]);
    expect(summary).toContain('User: The upload test fails on one machine in five.');
  });

  test.each([
    [['Hi', 'Hello', 'Bye'], '3 messages: "Hi", "Hello", "Bye"'],
    [['👍'], '1 message: "👍"'],
    [['```\nlet x = 1;\n```'], '1 message: "``` let x = 1; ```"'],
    [['a', 'b', 'c', 'd'], '4 messages: "a", "b", "c", …'],
  ])('of %j, which hold nothing to choose, is one true line', async (contents, line) => {
    expect(await summaryOf(userSays(...contents))).toBe(line);
  });
});

describe('a summary after an earlier one', () => {
  test('begins with what the earlier one said', async () => {
    const summary = await summaryOf(
      userSays('I booked the vet for Tuesday.'),
      'User: We are moving to Norway in November with two cats.',
    );
    expect(summary).toBe(
      'Earlier: User: We are moving to Norway in November with two cats.\nUser: I booked the vet for Tuesday.',
    );
  });

  test('carries on what still earlier ones said, and does not grow with their number', async () => {
    let summary = await summaryOf(longConversation.slice(0, 30));
    for (let archive = 1; archive < 4; archive += 1) {
      summary = await summaryOf(longConversation.slice(30 * archive, 30 * archive + 30), summary);
      expect(summary.match(/Earlier:/g)).toHaveLength(1);
      expect(summary.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    }
    expect(summary).toMatch(/^Earlier: .*village\d/);
  });

  test('keeps an earlier one that has no sentence to choose', async () => {
    expect(await summaryOf(userSays('ok'), '3 messages: "Hi"')).toBe(
      'Earlier: 3 messages: "Hi"\n1 message: "ok"',
    );
  });
});

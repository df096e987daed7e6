import { describe, expect, it } from 'vitest';
import { cannedAnswer } from '../../examples/chat-page/assistants.ts';
import { contextAsMessages, type RememberedMemory } from '../../lib/context/index.ts';

function contextWith(...texts: string[]) {
  const memories = texts.map(
    (text, index): RememberedMemory => ({
      ...{ category: 'profile', key: `k${index}`, text, confidence: 1, revision: '1' },
      ...{ firstSeenAtMs: 0, lastSeenAtMs: 0, saidAtMs: 0, by: { kind: 'earlier' } },
    }),
  );
  const asked = {
    id: 'm',
    role: 'user',
    content: 'What do you know of me?',
    at: '2026-01-01T12:00:00Z',
  } as const;
  return contextAsMessages({ memories, summaries: [], messages: [{ ...asked, position: 1 }] });
}

describe('the canned assistant', () => {
  it.each([
    [['The user lives in Bergen.'], 'you live in Bergen'],
    [['The user is allergic to hazelnuts.'], 'you are allergic to hazelnuts'],
    [['The user does not like flying.'], 'you do not like flying'],
    [['The user studies Norwegian.', 'The user has a cat.'], 'you study Norwegian, and that you have a cat'],
    [["The user's name is Ewa."], 'your name is Ewa'],
    [['The user watches birds (mostly gulls).'], 'you watch birds (mostly gulls)'],
    [['Ana is the sister of Robin.'], 'Ana is the sister of Robin'],
  ])('says what it is told is remembered: %j', (memories, words) => {
    expect(cannedAnswer(contextWith(...memories))).toContain(`You told me that ${words}. `);
  });

  it('says how to try it when nothing is remembered', () => {
    expect(cannedAnswer(contextWith())).toMatch(/^Hello! .*press “Remember now”/);
  });
});

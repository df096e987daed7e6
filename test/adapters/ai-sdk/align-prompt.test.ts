import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignPrompt, isAligned } from '../../../lib/adapters/ai-sdk/align-prompt.ts';
import type { HistoryMessage } from '../../../lib/adapters/history/index.ts';
import type { CanonicalMessage } from '../../../lib/messages/index.ts';

/** `u:words` of the user, `a:words` of the model. */
const message = (said: string): CanonicalMessage => ({
  role: said.startsWith('u') ? 'user' : 'assistant',
  content: said.slice(2),
});
const stored = (said: readonly string[]): HistoryMessage[] =>
  said.map((one, index) => ({
    ...message(one),
    id: `m${index}`,
    at: '2026-01-01T00:00:00.000Z',
    position: index + 1,
  }));
const fresh = (prompt: readonly string[], session: readonly string[]) =>
  alignPrompt(prompt.map(message), stored(session)).fresh.map(
    ({ role, content }) => `${role.slice(0, 1)}:${content}`,
  );

describe('what is new of a prompt', () => {
  it.each([
    ['all, in a new session', ['u:a'], [], ['u:a']],
    ['what follows the last answer', ['u:a', 'a:1', 'u:b'], ['u:a', 'a:1'], ['u:b']],
    ['nothing, when the call is made again', ['u:a', 'a:1', 'u:b'], ['u:a', 'a:1', 'u:b'], []],
    ['nothing, when the first call is made again', ['u:a'], ['u:a'], []],
    ['words that were said before, and answered', ['u:a'], ['u:a', 'a:1'], ['u:a']],
    ['nothing, when an answer is asked for again', ['u:a', 'a:1', 'u:b'], ['u:a', 'a:1', 'u:b', 'a:2'], []],
    ['words that were edited', ['u:a', 'a:1', 'u:c'], ['u:a', 'a:1', 'u:b', 'a:2'], ['u:c']],
    [
      'what follows an answer between those of others',
      ['u:a', 'a:1', 'u:b'],
      ['u:x', 'u:a', 'a:1', 'u:y', 'a:z'],
      ['u:b'],
    ],
    [
      'an answer that is missing, too',
      ['u:a', 'a:1', 'u:b', 'a:2', 'u:c'],
      ['u:a', 'a:1', 'u:b'],
      ['a:2', 'u:c'],
    ],
    ['the first answer that is missing, too', ['u:a', 'a:1', 'u:b'], ['u:a'], ['a:1', 'u:b']],
    [
      'what follows the later of two equal answers',
      ['u:b', 'a:ok', 'u:c'],
      ['u:a', 'a:ok', 'u:b', 'a:ok'],
      ['u:c'],
    ],
    [
      'nothing, for the earlier of two equal answers',
      ['u:a', 'a:ok', 'u:b'],
      ['u:a', 'a:ok', 'u:b', 'a:ok'],
      [],
    ],
  ])('is %s', (_what, prompt, session, expected) => {
    expect(fresh(prompt, session)).toEqual(expected);
  });

  it('is the last words alone, however short what is said is, often repeated, and trimmed', () => {
    const word = fc.constantFrom('yes', 'ok');
    const turn = fc.record({
      user: word,
      answer: word,
      window: fc.integer({ min: 1, max: 20 }),
      again: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 20 }), (turns) => {
        const session: string[] = [];
        for (const { user, answer, window, again } of turns) {
          const prompt = [...session.slice(-window), `u:${user}`];
          expect(fresh(prompt, session)).toEqual([`u:${user}`]);
          session.push(`u:${user}`);
          if (again) expect(fresh(prompt, session)).toEqual([]);
          session.push(`a:${answer}`);
        }
      }),
    );
  });

  it('never lacks words that the session does not have', () => {
    const said = fc.array(fc.constantFrom<string>('u:a', 'u:b', 'a:a', 'a:b'), { maxLength: 8 });
    fc.assert(
      fc.property(said, said, fc.integer({ min: 0, max: 8 }), (prompt, session, at) => {
        const whole = [...prompt.slice(0, at), 'u:never said', ...prompt.slice(at)];
        const later = whole.slice(at + 1).some((one) => one.startsWith('a') && session.includes(one));
        if (!later) expect(fresh(whole, session)).toContain('u:never said');
      }),
    );
  });
});

describe('the first message that is shared', () => {
  it.each([
    ['the first of the prompt', ['u:a', 'a:1', 'u:b'], ['u:x', 'a:y', 'u:a', 'a:1'], 'm2'],
    ['found across what only one has', ['u:a', 'u:p', 'a:1', 'u:b'], ['u:x', 'u:a', 'a:half', 'a:1'], 'm1'],
    ['none, where nothing is', ['u:b'], ['u:a', 'a:1'], undefined],
    ['of words that are sent again', ['u:b'], ['u:a', 'a:1', 'u:b'], 'm2'],
  ])('is %s', (_what, prompt, session, expected) => {
    expect(alignPrompt(prompt.map(message), stored(session)).sharedFrom?.id).toBe(expected);
  });
});

describe('the end of a session', () => {
  it.each([
    ['enough for a prompt without answers when it is as long', ['u:a'], ['a:x'], true],
    ['not enough when it is shorter', ['u:a', 'u:b'], ['a:x'], false],
    ['enough with an answer of the prompt', ['u:a', 'a:1', 'u:b'], ['a:1'], true],
    ['not enough without', ['u:a', 'a:1', 'u:b'], ['u:x', 'a:y', 'u:z', 'a:z'], false],
  ])('is %s', (_what, prompt, session, expected) => {
    expect(isAligned(prompt.map(message), stored(session))).toBe(expected);
  });
});

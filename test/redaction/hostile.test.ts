import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, redactKey, redactMessages, secretsSaid } from '../../lib/redaction/index.ts';
import type { Message } from '../../lib/session/index.ts';
import { graphemes } from '../../lib/text/index.ts';
import { fakes } from './fake-secrets.ts';
import { negatives } from './negatives.ts';
import { positives } from './positives.ts';

const said = (content: Message['content'], more: Partial<Message> = {}): Message => ({
  id: 'm-1',
  role: 'user',
  at: '2031-01-01T00:00:00Z',
  content,
  ...more,
});

/** Texts made of pieces of secrets, of what stands around them, and of characters of more than one code unit. */
const contrived = fc
  .array(
    fc.oneof(
      fc.constantFrom(...positives.map(([text]) => text), ...negatives),
      fc.constantFrom(
        'password',
        ' is ',
        ': ',
        '=',
        '"',
        '\\',
        ' ',
        '\n',
        '4111',
        '[redacted: ',
        ']',
        '@',
        '://',
      ),
      fc.constantFrom('👩‍👩‍👧', 'e\u0301', '\u0301', '🇳🇴', 'か\u3099', '字'),
      fc.constantFrom(
        '[redacted: password]',
        '[redacted: card number]',
        'hunter2',
        'PIN ',
        'token',
        'curl -u a:',
      ),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

describe('redacting whatever text', () => {
  test('once more changes nothing', () => {
    fc.assert(
      fc.property(contrived, (text) => {
        const once = redact(text);
        expect(redact(once.text)).toEqual({ text: once.text, hits: {}, count: 0 });
      }),
      { numRuns: 500 },
    );
  });

  test('leaves whole characters, well-formed, in their order', () => {
    fc.assert(
      fc.property(contrived, (text) => {
        fc.pre(!text.includes('[redacted: '));
        const { text: left } = redact(text);
        expect(left.isWellFormed()).toBe(true);
        const before = graphemes(text);
        let at = 0;
        for (const character of graphemes(left.replaceAll(/\[redacted: [A-Za-z ]+\]/g, '\u0000'))) {
          if (character.startsWith('\u0000')) continue;
          at = before.indexOf(character, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('counts what it replaced, kind by kind', () => {
    const { hits, count } = redact(`${fakes.awsId}, ${fakes.npm}, ${fakes.npm}, password: hunter2`);
    expect(hits).toEqual({ 'aws-key': 1, 'npm-token': 2, password: 1 });
    expect(count).toBe(4);
  });
});

describe('a secret that is known from elsewhere', () => {
  test('is one where nothing else tells', () => {
    const known = secretsSaid([said('My password is hunter2.')]);
    expect(redact('Ann logs in with hunter2, not hunter22.', known).text).toBe(
      'Ann logs in with [redacted: password], not hunter22.',
    );
  });

  test.each([
    ['password-hunter2', 'password-redacted-password'],
    ['card-4111-1111-1111-1111', 'card-redacted-card-number'],
    [fakes.npm.toLowerCase().replace('_', '-'), 'npm-redacted-api-key'],
    ['home-city', 'home-city'],
    ['commit-4b5b997c1f0e2d3a4b5c6d7e8f9a0b1c2d3e4f50', 'commit-4b5b997c1f0e2d3a4b5c6d7e8f9a0b1c2d3e4f50'],
  ])('is taken out of the key %s', (key, redacted) => {
    const known = secretsSaid([said('My password is hunter2.')]);
    expect(redactKey(key, known).key).toBe(redacted);
  });
});

describe('the parts of messages', () => {
  test('lose what fields with the name of a secret hold, and numbers of cards', () => {
    const call = {
      type: 'tool-call',
      toolCallId: 'call-1',
      toolName: 'pay',
      input: {
        password: 'swordfish',
        card: 4_111_111_111_111_111,
        amount: 12,
        user: { apiKey: 'fAk3fAk3fAk3' },
      },
    } as const;
    const { messages, count } = redactMessages([said([call], { metadata: { note: `use ${fakes.stripe}` } })]);
    expect(messages[0]?.content).toEqual([
      {
        ...call,
        input: {
          password: '[redacted: password]',
          card: '[redacted: card number]',
          amount: 12,
          user: { apiKey: '[redacted: API key]' },
        },
      },
    ]);
    expect(messages[0]?.metadata).toEqual({ note: 'use [redacted: Stripe key]' });
    expect(count).toBe(4);
  });

  test('keep the data of files', () => {
    const file = { type: 'file', mediaType: 'text/plain', data: 'cGFzc3dvcmQ6IGh1bnRlcjI=' } as const;
    expect(redactMessages([said([file])])).toEqual({ messages: [said([file])], count: 0 });
  });

  test('hide no secret behind control characters', () => {
    const split = `${fakes.awsId.slice(0, 6)}\u0000${fakes.awsId.slice(6)}`;
    expect(redactMessages([said(split)]).messages[0]?.content).toBe('[redacted: AWS key]');
  });
});

import { expect, it } from 'vitest';
import { messageHitLines } from '../../cli/display/message-hit-lines.ts';
import { viewOf } from '../../cli/display/view.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const none = { tenant: 'acme', session: 'chat', ranking: 'words', hits: [] } as const;

it('shows where each message is, who said it, and where the search goes on', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const hits = [
    {
      messageId: 'm1',
      state: 'archived',
      archive: 2,
      position: 7,
      role: 'user',
      speaker: 'Ann',
      at,
      score: 2,
    },
    { messageId: 'm2', state: 'live', position: 9, role: 'assistant', at, score: 1 },
  ] as const;
  const found = hits.map((hit) => ({ ...hit, snippet: 'Green\ntea' }));
  const lines = messageHitLines(plain, { ...none, hits: found, nextBefore: 5 });
  expect(lines.map((line) => line.trimEnd())).toEqual([
    expect.stringMatching(/^POSITION +WHERE +SAID +BY +TEXT$/),
    expect.stringMatching(/^7 +archive 2 +2026-01-01T00:00:00\.000Z +Ann +Green.tea$/),
    expect.stringMatching(/^9 +live +2026-01-01T00:00:00\.000Z +assistant +Green.tea$/),
    'Not all was searched: --before 5 goes on there.',
  ]);
});

it('says that they were found by meaning as well, only where they were', () => {
  const lines = messageHitLines(plain, { ...none, ranking: 'words-and-meaning' });
  expect(lines).toEqual(['No such message was found.', 'By words and meaning.']);
  const failed = messageHitLines(plain, { ...none, meaningFailure: 'There is no such model.' });
  expect(failed).toEqual(['No such message was found.', 'By words alone: There is no such model.']);
});

it('says so where nothing was found', () => {
  expect(messageHitLines(plain, none)).toEqual(['No such message was found.']);
});

import { describe, expect, it } from 'vitest';
import type { PositionedMessage } from '../../lib/client/index.ts';
import type { StoredArchive, StoredSession } from '../../local/job/run/stored-session.ts';
import { verifyArchives } from '../../local/job/verify/verify-archives.ts';
import { conversationOf } from './conversations.ts';

const conversation = conversationOf('tea', 6);
const [m1, m2, m3, m4, m5, m6] = conversation.messages.map((message, index) => ({
  ...message,
  at: '2026-01-01T00:00:00.000Z',
  position: index + 1,
})) as [
  PositionedMessage,
  PositionedMessage,
  PositionedMessage,
  PositionedMessage,
  PositionedMessage,
  PositionedMessage,
];

function archiveOf(archive: number, from: number, to: number, messages: PositionedMessage[]): StoredArchive {
  return {
    archive,
    from,
    to,
    messages,
    messageCount: messages.length,
    bytes: 1,
    commitId: `c${archive}`,
    sealedAt: '2026-01-01T00:00:00.000Z',
    followUp: 'completed',
    summary: 'They talk about tea.',
  };
}

function storedAs(archives: StoredArchive[], live: PositionedMessage[] = []): StoredSession {
  const sessionId = conversation.sessionId;
  return { sessionId, scope: 'ann', archiveCount: archives.length, archives, live };
}

function problemsIn(stored: StoredSession, acknowledged = conversation.messages): string[] {
  const ids = new Set(acknowledged.map(({ id }) => id));
  return verifyArchives(conversation, stored, ids).map(({ kind, message }) => `${kind}: ${message}`);
}

const first = archiveOf(1, 1, 3, [m1, m2, m3]);
const second = archiveOf(2, 4, 6, [m4, m5, m6]);

describe('the verification of archives', () => {
  it('finds nothing when every message is in one archive, in order and as sent', () => {
    expect(problemsIn(storedAs([first, second]))).toEqual([]);
  });

  it('finds a message that is lost', () => {
    const stored = storedAs([first, archiveOf(2, 4, 6, [m4, m6])]);
    expect(problemsIn(stored)).toEqual([`lost: Message ${m5.id} is in no archive, and not live.`]);
  });

  it('finds a message that is in two archives', () => {
    const stored = storedAs([first, archiveOf(2, 3, 6, [m3, m4, m5, m6])]);
    expect(problemsIn(stored)).toContain(
      `doubled: Message ${m3.id} is stored 2 times: in archive 1 (position 3), in archive 2 (position 3).`,
    );
  });

  it('finds a message that is twice in one archive, and one that is archived and live', () => {
    const stored = storedAs([archiveOf(1, 1, 3, [m1, m2, m2, m3]), second], [m6]);
    expect(problemsIn(stored)).toEqual([
      `doubled: Message ${m2.id} is stored 2 times: in archive 1 (position 2), in archive 1 (position 2).`,
      `doubled: Message ${m6.id} is stored 2 times: in archive 2 (position 6), in the live messages (position 6).`,
      `still-live: Message ${m6.id} is still live.`,
    ]);
  });

  it('finds messages in the wrong order, within an archive and across archives', () => {
    expect(problemsIn(storedAs([archiveOf(1, 1, 3, [m2, m1, m3]), second]))).toEqual([
      `reordered: Message ${m1.id} in archive 1 comes after ${m2.id}, which was sent later.`,
    ]);
    const swapped = storedAs([
      archiveOf(1, 1, 3, [m1, m2, { ...m4, position: 3 }]),
      archiveOf(2, 4, 6, [{ ...m3, position: 4 }, m5, m6]),
    ]);
    expect(problemsIn(swapped)).toEqual([
      `reordered: Message ${m3.id} in archive 2 comes after ${m4.id}, which was sent later.`,
    ]);
  });

  it('finds positions that go backwards', () => {
    const stored = storedAs([
      archiveOf(1, 1, 3, [m1, { ...m2, position: 3 }, { ...m3, position: 2 }]),
      second,
    ]);
    expect(problemsIn(stored)).toEqual([`reordered: Message ${m3.id} in archive 1 has position 2, after 3.`]);
  });

  it.each([
    ['role', { role: 'system' }],
    ['content', { content: 'tea says 2 ' }],
    ['metadata', { metadata: { speaker: { name: 'tea', mood: ['calm', '1'] } } }],
    ['metadata', { metadata: undefined }],
  ] as const)('finds an altered %s', (field, change) => {
    const altered = { ...m2, ...change } as PositionedMessage;
    expect(problemsIn(storedAs([archiveOf(1, 1, 3, [m1, altered, m3]), second]))).toEqual([
      `altered: The ${field} of message ${m2.id} in archive 1 is not as it was sent.`,
    ]);
  });

  it('finds an altered time only where the time was sent', () => {
    const timed = {
      ...conversation,
      messages: conversation.messages.map((message) => ({ ...message, at: m1.at })),
    };
    const late = { ...m2, at: '2026-01-02T00:00:00.000Z' };
    const stored = storedAs([archiveOf(1, 1, 3, [m1, late, m3]), second]);
    expect(problemsIn(stored)).toEqual([]);
    expect(verifyArchives(timed, stored, new Set()).map(({ kind }) => kind)).toEqual(['altered']);
  });

  it('finds a gap in the numbers, and one in the positions', () => {
    expect(problemsIn(storedAs([first, { ...second, archive: 3 }]))).toEqual([
      'gap: Archive 3 stands where archive 2 was expected.',
    ]);
    expect(problemsIn(storedAs([first, { ...second, from: 5 }]))).toEqual([
      'gap: Archive 2 begins at position 5; 4 was expected.',
      `gap: Message ${m4.id} has position 4, outside of archive 2 (5 to 6).`,
    ]);
    expect(problemsIn(storedAs([{ ...first, from: 2 }, second]))[0]).toBe(
      'gap: Archive 1 begins at position 2; 1 was expected.',
    );
  });

  it('finds that an archive is missing from the list, or miscounts', () => {
    expect(problemsIn({ ...storedAs([first, second]), archiveCount: 3 })).toEqual([
      'gap: The session counts 3 archives, but lists 2.',
    ]);
    expect(problemsIn(storedAs([{ ...first, messageCount: 4 }, second]))).toEqual([
      'wrong-count: Archive 1 counts 4 messages, but holds 3.',
    ]);
  });

  it('finds messages that are live, and ones that nobody sent', () => {
    const stranger = { ...m6, id: 'stranger' };
    const stored = storedAs([first, archiveOf(2, 4, 5, [m4, m5])], [m6, stranger]);
    expect(problemsIn(stored)).toEqual([
      `still-live: Message ${m6.id} is still live.`,
      'unknown-message: Message stranger in the live messages was not sent by this job.',
    ]);
  });

  it('takes a message that was never acknowledged for unsent, not for lost', () => {
    const stored = storedAs([first, archiveOf(2, 4, 5, [m4, m5])]);
    expect(problemsIn(stored, conversation.messages.slice(0, 5))).toEqual([
      'not-appended: 1 of 6 messages were not appended.',
    ]);
  });

  it.each([
    [{ followUp: 'pending' }, 'The follow-up of archive 2 is pending, not completed.'],
    [{ followUp: 'dead-lettered' }, 'The follow-up of archive 2 is dead-lettered, not completed.'],
    [{ summary: ' ' }, 'Archive 2 has no summary.'],
  ] as const)('finds work on an archive that is not complete: %j', (change, message) => {
    expect(problemsIn(storedAs([first, { ...second, ...change }]))).toEqual([`follow-up: ${message}`]);
  });
});

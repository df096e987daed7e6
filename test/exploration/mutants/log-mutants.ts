import type { Mutant } from './mutant.ts';

/** Mistakes in how positions of the log are written, closed and read. */
export const logMutants: readonly Mutant[] = [
  {
    name: 'no void on a missing position',
    scenario: 'commits',
    edits: [
      {
        file: 'commit/settled-entries.ts',
        find: '  const closed = await store.voidPosition(key, position, clock.now() + retention.closedPositionMs);',
        replace:
          '  const closed = (await store.readEntry(key, position)) === undefined && clock.now() + retention.closedPositionMs > 0;',
      },
    ],
  },
  {
    name: 'records deleted in place of tombstones',
    scenario: 'commits',
    edits: [
      {
        file: 'store/in-process/log-requests.ts',
        find: 'for (const tombstone of tombstones) log.set(tombstone.position, tombstone);',
        replace: 'for (const tombstone of tombstones) log.delete(tombstone.position);',
      },
    ],
  },
  {
    name: 'voids overwritten by late records',
    scenario: 'commits',
    edits: [
      {
        file: 'store/in-process/log-requests.ts',
        find: 'return putIfAbsent(at(key).log, record.position, record);',
        replace: `const { log } = at(key);
      if (log.get(record.position)?.kind === 'void') log.delete(record.position);
      return putIfAbsent(log, record.position, record);`,
      },
    ],
  },
  {
    name: 'copy that skips a missing position',
    scenario: 'commits',
    edits: [
      {
        file: 'commit/settled-entries.ts',
        find: 'for (; next < entry.position; next += 1) yield await settle(run, next);',
        replace: "for (; next < entry.position; next += 1) yield { kind: 'void', position: next };",
      },
      {
        file: 'commit/settled-entries.ts',
        find: 'for (; next <= to; next += 1) yield await settle(run, next);',
        replace: "for (; next <= to; next += 1) yield { kind: 'void', position: next };",
      },
    ],
  },
  {
    name: 'put that was sent again taken for a new append',
    scenario: 'commits',
    edits: [
      {
        file: 'session-log/put-at.ts',
        find: "return isOurs ? 'there' : 'closed';",
        replace: "return isOurs && record.appendId === '' ? 'there' : 'closed';",
      },
    ],
  },
  {
    name: 'message taken over from a position that is still open',
    scenario: 'overlapping-appends',
    edits: [
      {
        file: 'session-log/claim-message.ts',
        find: '(await store.voidPosition(key, known.position, untilMs))',
        replace: 'untilMs > 0',
      },
    ],
  },
  {
    name: 'message that is only tied taken for stored',
    scenario: 'overlapping-appends',
    edits: [
      {
        file: 'session-log/claim-message.ts',
        find: "if (entry && entry.kind !== 'void') {",
        replace: "if (entry?.kind !== 'void') {",
      },
    ],
  },
  {
    name: 'message that another append has taken over kept',
    scenario: 'overlapping-appends',
    edits: [
      {
        file: 'session-log/claim-message.ts',
        find: ': await store.moveAppendKey(key, mine, closed);',
        replace: ': (await store.moveAppendKey(key, mine, closed)) || true;',
      },
    ],
  },
  {
    name: 'key of a message moved wherever it points',
    scenario: 'overlapping-appends',
    edits: [
      {
        file: 'store/in-process/log-requests.ts',
        find: 'if (!remembered || ![fromPosition, appendKey.position].includes(remembered.position)) return false;',
        replace: 'if (!remembered || fromPosition < 0) return false;',
      },
    ],
  },
  {
    name: 'messages that are stored written again with the new ones',
    scenario: 'overlapping-appends',
    edits: [
      {
        file: 'session-log/append-with-ids.ts',
        find: 'const fresh = toStore().map((one) => one.stored);',
        replace: 'const fresh = toStore().length > 0 ? sent.map((one) => one.stored) : [];',
      },
    ],
  },
  {
    name: 'append that joins the position of another append',
    scenario: 'overlapping-appends',
    edits: [
      {
        file: 'session-log/claim-message.ts',
        find: 'if (!entry && joins && isSameAppend)',
        replace: 'if (!entry && joins)',
      },
    ],
  },
  {
    name: 'append that joins the position of a message other than its last',
    scenario: 'append-twice-in-part',
    edits: [
      {
        file: 'session-log/claim-message.ts',
        find: 'if (!entry && joins && isSameAppend)',
        replace: 'if (!entry && isSameAppend)',
      },
    ],
  },
  {
    name: 'live read that takes no notice of tombstones',
    scenario: 'reader',
    edits: [
      {
        file: 'session-log/read-live.ts',
        find: 'if (isOvertaken) continue;',
        replace: 'if (isOvertaken && attempt < 0) continue;',
      },
    ],
  },
  {
    name: 'log read backwards',
    scenario: 'commits',
    edits: [
      {
        file: 'store/in-process/log-requests.ts',
        find: 'newestFirst ? b.position - a.position : a.position - b.position',
        replace: 'newestFirst ? a.position - b.position : b.position - a.position',
      },
    ],
  },
];

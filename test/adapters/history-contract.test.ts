import { describe, expect, it } from 'vitest';
import { appendHistory, readHistory } from '../../lib/adapters/history/index.ts';
import type { CommitlaneClient, NewMessage } from '../../lib/client/index.ts';
import { collect } from '../client/collect.ts';
import {
  type AdapterSession,
  describeHistoryContract,
  type HistoryAdapter,
  historyChecks,
} from './history-contract.ts';

type Open = (client: CommitlaneClient, sessionId: string) => AdapterSession<NewMessage>;

const toolTurn: readonly NewMessage[] = [
  {
    id: 'call',
    role: 'assistant',
    content: [
      { type: 'text', text: 'Let me look.' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
    ],
  },
  {
    id: 'result',
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: { celsius: 7.5 } }],
  },
];

const right: Open = (client, sessionId) => ({
  async append(items) {
    await appendHistory(client, sessionId, items);
  },
  read: () => readHistory(client, sessionId),
});

function adapterOf(open: Open): HistoryAdapter<NewMessage> {
  return {
    open,
    said: (role, text, id) => ({ id, role, content: text }),
    toolTurn,
    shown: ({ role, content }) => ({ role, content }),
    knowsRepeats: true,
  };
}

describeHistoryContract('an adapter of nothing but the history', adapterOf(right));
describeHistoryContract('an adapter of messages without ids', {
  ...adapterOf(right),
  said: (role, text) => ({ role, content: text }),
  toolTurn: toolTurn.map(({ role, content }) => ({ role, content })),
  knowsRepeats: false,
});

/** What the contract says of an adapter with a mistake. */
async function unmet(open: Open): Promise<string[]> {
  const sentences: string[] = [];
  for (const { sentence, run } of historyChecks(adapterOf(open))) {
    await run().catch(() => sentences.push(sentence));
  }
  return sentences;
}

async function archived(client: CommitlaneClient, sessionId: string, archiveCount: number) {
  const numbers = Array.from({ length: archiveCount }, (_, index) => index + 1);
  const parts = await Promise.all(
    numbers.map((archive) => collect(client.archivedMessages(sessionId, archive))),
  );
  return parts.flat();
}

const orNothing = <T>(work: Promise<T[]>) => work.catch(() => [] as T[]);

describe('an adapter that', () => {
  it('reads live messages only is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      read: () => orNothing(collect(client.liveMessages(id))),
    }));
    expect(found).toContain('gives a session that is opened again as it was left, archived and live');
  });

  it('reads archives first, and then what is live, is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async read() {
        const all = await orNothing(
          (async () => {
            const { archiveCount } = await client.getSession(id);
            return await archived(client, id, archiveCount);
          })(),
        );
        return [...all, ...(await orNothing(collect(client.liveMessages(id))))];
      },
    }));
    expect(found).toEqual([
      'reads each message once while a commit runs between any two requests',
      'reads what was there, and then what came, while others append and commit between any two requests',
      'reads each message once while a worker dies between any two requests, and the next takes over',
    ]);
  });

  it('reads what is live first, and then all archives that there are by then, is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async read() {
        const live = await orNothing(collect(client.liveMessages(id)));
        const all = orNothing(client.getSession(id).then((one) => archived(client, id, one.archiveCount)));
        return [...(await all), ...live];
      },
    }));
    expect(found).toContain('reads each message once while a commit runs between any two requests');
  });

  it('does not look whether a commit ran between two pages of live messages is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      read: () =>
        orNothing(
          (async () => {
            const { archiveCount } = await client.getSession(id);
            const live = await collect(client.liveMessages(id));
            return [...(await archived(client, id, archiveCount)), ...live];
          })(),
        ),
    }));
    expect(found).toContain('reads each message once while a commit runs between any two requests');
  });

  it('does not wait for an archive that is being written is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      read: () => readHistory(client, id, { archivingTimeoutMs: 0 }),
    }));
    expect(found).toEqual([
      'reads each message once while a worker dies between any two requests, and the next takes over',
    ]);
  });

  it('gives messages new ids each time is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async append(items) {
        await appendHistory(
          client,
          id,
          items.map(({ role, content }) => ({ role, content })),
        );
      },
    }));
    expect(found).toEqual(['stores each message once, whichever call is repeated after an error']);
  });

  it('appends again by itself what had no answer is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async append(items) {
        const once = (repeat: number) =>
          appendHistory(
            client,
            id,
            items.map((item) => ({ ...item, id: `${item.id}-${repeat}` })),
          );
        await once(1).catch(() => once(2));
      },
    }));
    expect(found).toEqual(['stores each message once, whichever call is repeated after an error']);
  });

  it('appends each message by itself, at once, is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async append(items) {
        await Promise.all([...items].reverse().map((item) => appendHistory(client, id, [item])));
      },
    }));
    expect(found).toContain('appends more than one append takes, in order');
  });

  it('keeps no more than the texts is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async append(items) {
        const texts = items.filter(({ content }) => typeof content === 'string');
        await appendHistory(client, id, texts);
      },
    }));
    expect(found).toEqual(['gives a turn with a call of a tool and its result as it was']);
  });

  it('creates no session is found out', async () => {
    const found = await unmet((client, id) => ({
      ...right(client, id),
      async append(items) {
        await client.append(id, items);
      },
    }));
    expect(found).toContain('gives a session that is opened again as it was left, archived and live');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commitSession } from '../../lib/commit/index.ts';
import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import type { NewMessage, SessionKey } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessSessionStore } from '../../lib/store/index.ts';
import {
  exportSession,
  type ImportContext,
  type ImportOptions,
  planImport,
  runImport,
} from '../../lib/transfer/index.ts';
import { readHistories } from '../../operator/transfer/read-histories.ts';
import { fakeClock } from '../support/fake-clock.ts';

export const keyOf = (session: string): SessionKey => ({ tenant: 'acme', session });

const never = new AbortController().signal;
const withoutCommits: ImportOptions = { commit: 'none', commitTimeoutMs: 0 };

/** A folder for files, and the sessions of a stack in this process. */
export async function transferWorld() {
  const folder = await mkdtemp(path.join(tmpdir(), 'commitlane-transfer-'));
  const clock = fakeClock();
  const store = inProcessSessionStore();
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const random = () => 0.5;
  const sent: string[] = [];
  const onEvent = () => undefined;
  const lease = { leases: inProcessLeaseStore({ clock }), clock, random, newId, onEvent };
  const context: ImportContext = {
    ...{ store, clock, random, newId, signal: never },
    commits: {
      async send({ body }) {
        sent.push(body.session);
      },
    },
  };

  const paged: typeof store = {
    ...store,
    readRange: (key, range) => store.readRange(key, { ...range, limit: 3 }),
  };
  const linesOf = (session: string) => exportSession({ store: paged, patience: context }, keyOf(session));

  return {
    ...{ folder, clock, store, context },
    /** The sessions whose commits are queued. */
    sent,

    async write(name: string, ...lines: readonly (object | string)[]): Promise<string> {
      const file = path.join(folder, name);
      const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
      await writeFile(file, text.join(''));
      return file;
    },

    /** Reads, plans, and imports. */
    async import(files: readonly string[], more: Partial<ImportContext> = {}, options = withoutCommits) {
      const { histories } = await readHistories(files, { tenant: 'acme', scope: 'ann' }, { signal: never });
      const plan = await planImport({ ...context, ...more }, histories);
      return await runImport({ ...context, ...more }, plan, options);
    },

    lines: linesOf,

    async export(...sessions: string[]): Promise<string> {
      const lines: string[] = [];
      for (const session of sessions) {
        lines.push(...(await Array.fromAsync(linesOf(session))));
      }
      return lines.join('');
    },

    append: (session: string, messages: readonly NewMessage[]) =>
      appendMessages(context, keyOf(session), messages),

    /** Archives what is live of a session, up to a position. */
    async archive(session: string, through?: number): Promise<void> {
      const followUps = { send: async () => undefined };
      const wanted = { commitId: newId(), keepRecent: 0, requestedAtMs: clock.now() };
      const commit = { ...keyOf(session), ...wanted, ...(through !== undefined && { through }) };
      const committing = { store, followUps, lease, limits: defaultLimits, owner: 'test', onEvent };
      await commitSession(committing, commit, never);
    },

    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

export type TransferWorld = Awaited<ReturnType<typeof transferWorld>>;

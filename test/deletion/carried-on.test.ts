import { beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../lib/api/change-settings.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { deleteSession } from '../../lib/deletion/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { eraseScope } from '../../lib/memory/index.ts';
import type { KnownMemory, Model } from '../../lib/model/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore, inProcessSessionStore } from '../../lib/store/index.ts';
import { commitWorld } from '../support/commit-world.ts';
import { InjectedCrash } from '../support/failing-port.ts';
import { textOf } from '../support/text-of.ts';

const signal = new AbortController().signal;
const keyOf = (session: string) => ({ tenant: 'acme', session });

let world: Awaited<ReturnType<typeof openWorld>>;
beforeEach(async () => {
  world = await openWorld();
});

/** A message `key` is a memory of that subject, `key+` one that repeats all that is known, too. */
async function openWorld() {
  const { context, log } = await commitWorld();
  const store = inProcessSessionStore();
  const memories = inProcessMemoryStore(store.sessions);
  const common = { ...{ store, memories, lease: context.lease }, limits: defaultLimits, owner: 'w' };
  let meanwhile: () => Promise<void> = async () => undefined;
  const model: Model = {
    name: 'repeating',
    summarise: async () => ({ value: 'They talked.' }),
    async extract({ messages, known }) {
      const extracted = messages.map((message) => memoryOf(textOf(message), message.id, known));
      await meanwhile();
      return { value: { memories: extracted, rejected: [] } };
    },
  };
  const followUp = { ...common, model, fallback: model, onEvent: () => undefined };
  for (const session of ['gone', 'kept'])
    await store.createSession(keyOf(session), { scope: 'ann', createdAtMs: 0 });

  return {
    /** One more archive of a session that says one thing. */
    async archive(session: string, content: string) {
      const key = keyOf(session);
      await appendMessages({ ...log, store }, key, [{ role: 'user', content }]);
      const commitId = context.lease.newId();
      const message = { ...key, commitId, keepRecent: 0, requestedAtMs: context.lease.clock.now() };
      const { archive = 0 } = await commitSession({ ...context, store }, message, signal);
      return { ...key, archive, commitId };
    },
    followUp: (message: Parameters<typeof followUpArchive>[1]) => followUpArchive(followUp, message, signal),
    move: (session: string, scope: string) => changeSettings(store, keyOf(session), { scope }),
    eraseScope: (scope: string) =>
      eraseScope({ ...context.lease, memories }, { tenant: 'acme', scope }, context.lease.clock.now()),
    forget: (session: string) => deleteSession(common, keyOf(session), { memories: true }, signal),
    whileAsked(act: () => Promise<void>) {
      meanwhile = act;
    },
    stopAtMerge() {
      followUp.memories = {
        ...memories,
        readMemories: async () => {
          throw new InjectedCrash('the merge');
        },
      };
    },
    everything: () =>
      JSON.stringify(
        [...store.sessions, ...memories.scopes].map(([, one]) =>
          Object.values(one).map((part) => (part instanceof Map ? [...part] : part)),
        ),
      ),
  };
}

function memoryOf(said: string, messageId: string, known: readonly KnownMemory[]) {
  const repeated = said.endsWith('+') ? known.map(({ text }) => text).join(' ') : '';
  const [key = ''] = said.split('+');
  return { category: 'event', key, text: `${key} ${repeated}`, confidence: 1, messageId };
}

describe('a session that repeats what another said, which is then deleted', () => {
  it('repeats it no more, when it has it from a memory of its own', async () => {
    await world.followUp(await world.archive('gone', 'secret'));
    await world.followUp(await world.archive('kept', 'tea+'));
    const message = await world.archive('kept', 'milk+');
    // Only its own memory is known when it repeats it once more.
    await world.followUp(message);
    expect(world.everything().match(/secret/g)?.length).toBeGreaterThan(2);
    await world.forget('gone');
    expect(world.everything()).not.toContain('secret');
  });

  it('repeats it no more in the scope where it was, whichever it feeds when it is extracted again', async () => {
    const message = await world.archive('kept', 'tea+');
    await world.followUp(message);
    await world.move('gone', 'bob');
    await world.move('kept', 'bob');
    await world.followUp(await world.archive('gone', 'secret'));
    await world.followUp({ ...message, again: { id: 'again-1', mode: 'find-and-merge' } });
    await world.forget('gone');
    expect(world.everything()).not.toContain('secret');
  });

  it('has it on no manifest, when its merge was cut off', async () => {
    await world.followUp(await world.archive('gone', 'secret'));
    const message = await world.archive('kept', 'tea+');
    world.stopAtMerge();
    await expect(world.followUp(message)).rejects.toThrow(InjectedCrash);
    expect(world.everything()).toContain('tea secret');
    await world.forget('gone');
    expect(world.everything()).not.toContain('secret');
  });

  it('has it on no manifest, when it was shown what a dry run found', async () => {
    const message = await world.archive('kept', 'tea+');
    await world.followUp(message);
    await world.followUp(await world.archive('gone', 'secret'));
    await world.followUp({ ...message, again: { id: 'again-1', mode: 'find' } });
    expect(world.everything()).toContain('tea tea  secret');
    await world.forget('gone');
    expect(world.everything()).not.toContain('secret');
  });

  it('has it on no manifest, when all that names it as a source was erased before', async () => {
    const message = await world.archive('kept', 'tea+');
    await world.followUp(message);
    await world.followUp(await world.archive('gone', 'secret'));
    await world.followUp({ ...message, again: { id: 'again-1', mode: 'find' } });
    await world.followUp(await world.archive('kept', 'milk+'));
    await world.eraseScope('ann');
    await world.forget('gone');
    expect(world.everything()).not.toContain('secret');
  });

  it.each([undefined, { id: 'again-1', mode: 'find' as const }])(
    'does not record it when the deletion comes while the model thinks (%o)',
    async (again) => {
      await world.followUp(await world.archive('gone', 'secret'));
      const message = await world.archive('kept', 'tea+');
      if (again) {
        await world.followUp(await world.archive('kept', 'milk'));
        await world.followUp({ ...message });
      }
      world.whileAsked(() => world.forget('gone'));
      await world.followUp({ ...message, ...(again && { again }) });
      expect(world.everything()).not.toContain('secret');
    },
  );
});

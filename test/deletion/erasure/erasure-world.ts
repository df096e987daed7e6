import { changeSettings } from '../../../lib/api/change-settings.ts';
import { ArchiveCorruptError } from '../../../lib/archive/index.ts';
import type { Clock } from '../../../lib/clock/index.ts';
import { commitSession } from '../../../lib/commit/index.ts';
import { deleteSession } from '../../../lib/deletion/index.ts';
import { followUpArchive } from '../../../lib/follow-up/index.ts';
import { inProcessLeaseStore, type LeaseContext } from '../../../lib/lease/index.ts';
import { defaultLimits } from '../../../lib/limits/index.ts';
import { embedMemories, embedMessages } from '../../../lib/meaning/index.ts';
import {
  builtInCategories,
  enterMemory,
  eraseScope,
  eraseSubject,
  MemoryNotForgottenError,
  MemoryNotFoundError,
  type Subject,
} from '../../../lib/memory/index.ts';
import type { FollowUpMessage } from '../../../lib/queue/index.ts';
import { appendMessages } from '../../../lib/session-log/index.ts';
import { SessionNotFoundError } from '../../../lib/store/index.ts';
import { fromSortKey } from '../../../lib/table/index.ts';
import { recordingSender } from '../../support/commit-world.ts';
import { crashAt, InjectedCrash } from '../../support/failing-port.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import type { Act } from './acts.ts';
import { copyingModel } from './copying-model.ts';
import { rememberingEmbedder } from './remembering-embedder.ts';
import type { Stores } from './stores.ts';
import { inventedIn, wordsFor, wordsOfPerson } from './vocabulary.ts';

const tenant = 'acme';
const SESSIONS = ['one', 'two', 'three', 'four'].map((session) => ({ tenant, session }));
const SCOPES = ['ann', 'bob', 'cleo'];
const PERSON = '*';
const signal = new AbortController().signal;

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** Sessions that feed scopes, whose words are written down as they are said, with all that may happen to them. */
export async function erasureWorld(stores: Stores, clock: Clock & Pick<FakeClock, 'runUntil' | 'advance'>) {
  const { store, memories } = stores;
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const followUps = recordingSender<FollowUpMessage>();
  const lease: LeaseContext = {
    ...{ leases: inProcessLeaseStore({ clock }), clock, random: () => 0.5, newId, onEvent: () => undefined },
  };
  const common = { lease, limits: defaultLimits, owner: 'w', onEvent: () => undefined };
  const speakers = new Map<string, Set<string>>();
  const erased = new Set<string>();
  const deleted = new Set<string>();
  const embedder = rememberingEmbedder();
  /** Of each session that is there, how many messages of which archive have a vector. */
  const kept = new Map<string, Map<number, number>>();
  for (const [index, key] of SESSIONS.entries()) {
    const scope = SCOPES[index % 2] ?? '';
    await store.createSession(key, { scope, createdAtMs: clock.now() });
  }

  function note(who: string, words: readonly string[]) {
    for (const word of words) speakers.set(word, (speakers.get(word) ?? new Set()).add(who));
  }

  const doing = {
    async append({ session, words }: Of<'append'>) {
      const key = keyOf(session);
      const contents = words.map((some) => `I say ${wordsFor(session, some).join(' ')}.`);
      const messages = contents.map((content) => ({ role: 'user', content }) as const);
      await appendMessages({ store, clock, newId }, key, messages);
      for (const content of contents) note(key.session, inventedIn(content));
    },

    async commit({ session }: Of<'commit'>) {
      const message = { ...keyOf(session), commitId: newId(), keepRecent: 0, requestedAtMs: clock.now() };
      await commitSession({ ...common, store, followUps }, message, signal);
    },

    async move({ session, scope }: Of<'move'>) {
      await changeSettings(store, keyOf(session), { scope: SCOPES[scope] });
    },

    async restrict({ session, isRestricted }: Of<'restrict'>) {
      const memoryCategories = isRestricted ? (['profile', 'event'] as const) : builtInCategories;
      await changeSettings(store, keyOf(session), { memoryCategories });
    },

    async enter({ scope: index, which, entry, words }: Of<'enter'>) {
      const scope = { tenant, scope: SCOPES[index] ?? '' };
      const known = (await memories.listMemories(scope, {})).memories;
      const subject = known[which % known.length];
      const text = `A person says ${wordsOfPerson(words).join(' ')}.`;
      const fresh: Subject = { category: 'profile', key: wordsOfPerson(words).join('-') };
      const chosen = entry === 'new' || !subject ? fresh : { category: subject.category, key: subject.key };
      if (entry === 'erase') return eraseSubject({ ...lease, memories }, scope, chosen);
      if (entry === 'erase-scope') {
        await eraseScope({ ...lease, memories }, scope, clock.now());
        return;
      }
      const isText = entry === 'new' || entry === 'edit';
      // Whoever says something of a subject says its name.
      if (isText) note(PERSON, inventedIn(`${chosen.key} ${text}`));
      await enterMemory({ ...lease, memories, now: clock.now }, scope, chosen, {
        entry: isText ? { kind: 'edit', text } : { kind: entry },
        who: 'ann',
      });
    },

    async delete({ session, memories: isErasing, crash: at }: Of<'delete'>) {
      const key = keyOf(session);
      const crash = at && crashAt(at.call, at.fault);
      const ports = crash
        ? { store: crash.wrap(store), memories: crash.wrap(memories) }
        : { store, memories };
      // One that is cut off may have removed some.
      kept.delete(key.session);
      await deleteSession({ ...common, ...ports }, key, { memories: isErasing }, signal);
      deleted.add(key.session);
      if (isErasing) erased.add(key.session);
    },

    async embed({ session, which, crash: at, during }: Of<'embed'>) {
      const key = keyOf(session);
      const meta = await store.readMeta(key);
      const manifest = await store.readManifest(key, 1 + (which % Math.max(1, meta?.archiveCount ?? 0)));
      if (!meta || !manifest) return;
      const scope = { tenant, scope: meta.scope };
      const { memories: known } = await memories.listMemories(scope, {});
      const asked = embedder.asked(async () => {
        for (const act of during) await carryOut(act);
      });
      const vectors = at ? crashAt(at.call, at.fault).wrap(stores.vectors) : stores.vectors;
      const context = { store, embedding: { embedder: asked, vectors }, signal };
      await embedMemories(
        context,
        scope,
        known.flatMap(({ text, ...memory }) => (text === undefined ? [] : [{ ...memory, text }])),
      );
      const count = await embedMessages(context, key, manifest).catch(async (error: unknown) => {
        // An archive that a deletion takes away meanwhile is not damaged.
        if (error instanceof ArchiveCorruptError && !(await store.readMeta(key))) return undefined;
        throw error;
      });
      if (count === undefined) return;
      kept.set(key.session, new Map(kept.get(key.session)).set(manifest.archive, count));
    },

    async 'follow-up'({ which, seed, again, crash: at, during }: Of<'follow-up'>) {
      const sent = [...followUps.sent.values()];
      const message = sent[which % sent.length];
      if (!message) return;
      const model = copyingModel(seed, async () => {
        for (const act of during) await carryOut(act);
      });
      const crash = at && crashAt(at.call, at.fault);
      const ports = crash
        ? { store: crash.wrap(store), memories: crash.wrap(memories) }
        : { store, memories };
      const more =
        again === 'no'
          ? {}
          : {
              again: {
                id: `again-${seed}`,
                mode: again === 'dry-run' ? ('find' as const) : ('find-and-merge' as const),
              },
            };
      await followUpArchive({ ...common, ...ports, model, fallback: model }, { ...message, ...more }, signal);
    },
  };

  async function carryOut(act: Act): Promise<void> {
    try {
      await (doing[act.kind] as (act: Act) => Promise<void>)(act);
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
  }

  return {
    async carryOut(act: Act) {
      await clock.runUntil(carryOut(act));
      await clock.advance(1_000);
    },

    /** Words that nobody but erased sessions said, with an item or a vector that has one of them. */
    async unerased(): Promise<string[]> {
      const gone = [...speakers].filter(([, who]) => [...who].every((one) => erased.has(one)));
      if (gone.length === 0) return [];
      const items = await stores.items();
      const embedded = [...embedder.texts].filter(([vector]) => items.some((item) => item.includes(vector)));
      return gone.flatMap(([word]) => {
        const item = items.find((text) => text.includes(word));
        const text = embedded.find(([, one]) => one.includes(word))?.[1];
        return [
          ...(item === undefined ? [] : [`${word} is still in ${item}`]),
          ...(text === undefined ? [] : [`there is still a vector of '${text}'`]),
        ];
      });
    },

    /** Vectors of messages of deleted sessions; and such that others have no longer. */
    async misplacedVectors(): Promise<string[]> {
      const found: string[] = [];
      for (const { session } of SESSIONS) {
        const names = await stores.vectorsOf({ tenant, session });
        if (deleted.has(session)) found.push(...names);
        for (const [archive, count] of kept.get(session) ?? []) {
          const there = names.filter((name) => fromSortKey.embedding(name).archive === archive).length;
          if (there !== count) found.push(`archive ${archive} of ${session} has ${there} of ${count}`);
        }
      }
      return found;
    },
  };
}

function keyOf(session: number) {
  return SESSIONS[session] ?? { tenant, session: 'none' };
}

/** What is asked for is not there any more; or a worker was stopped. */
function isExpected(error: unknown): boolean {
  return [SessionNotFoundError, MemoryNotFoundError, MemoryNotForgottenError, InjectedCrash].some(
    (one) => error instanceof one,
  );
}

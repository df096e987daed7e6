import { handleRequest, type Operation, routes } from '../../lib/api/index.ts';
import type { NewMessage, SessionKey } from '../../lib/session/index.ts';
import type { Usage } from '../counting/usage.ts';
import type { BenchWorld } from './bench-world.ts';
import type { English } from './load-english.ts';

const TENANT = 'acme';

interface CallOptions {
  /** What the path names beside the session. */
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly query?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

/** A session, as a frontend sees it through the API. */
export interface BenchSession {
  readonly key: SessionKey;
  /** Makes a request to the API; returns what it took. @throws what the operation throws. */
  call(operation: Operation, options?: CallOptions): Promise<Usage>;
  /** Appends messages of so many bytes each, one append after another. */
  append(count: number, bytes: number): Promise<Usage>;
  /** Asks for a commit and runs it; returns what running it took. */
  commit(options?: { readonly keepRecent?: number }): Promise<Usage>;
}

/** Messages of the given sizes in bytes; user and assistant by turns. */
export function messagesOf(english: English, sizes: readonly number[]): NewMessage[] {
  return sizes.map((bytes, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: english(bytes),
  }));
}

/**
 * A session that is not there yet: `createSession` makes it.
 *
 * @param scope whose memories; its own unless given.
 * @param stores in place of the world's.
 */
export function benchSession(
  world: BenchWorld,
  english: English,
  session: string,
  scope = session,
  stores: Partial<Pick<BenchWorld, 'store'> & Pick<BenchWorld['followUp'], 'memories'>> = {},
): BenchSession {
  const key = { tenant: TENANT, session };
  const { store, commits, clock, newId } = world;
  const limits = { ...world.followUp.limits, ...world.commit.limits };
  const { followUps } = world.commit;
  const senders = { commits, followUps };
  const onEvent = () => undefined;
  const context = { ...world.followUp, ...senders, store, clock, newId, limits, onEvent, ...stores };

  const call = (operation: Operation, options: CallOptions = {}) => {
    const { path: named = {}, body, query = {}, idempotencyKey } = options;
    const { method, path } = routes[operation];
    return world.meter.during(() =>
      handleRequest(context, `${method} ${path}`, {
        identity: { tenant: TENANT, subject: scope },
        path: { sessionId: session, ...named },
        query,
        headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
        body: body && JSON.stringify(body),
        signal: world.signal,
      }),
    );
  };

  return {
    key,
    call,
    async append(count, bytes) {
      let last: Usage = [];
      for (let index = 0; index < count; index += 1) {
        world.signal.throwIfAborted();
        last = await call('appendMessages', { body: { messages: messagesOf(english, [bytes]) } });
      }
      return last;
    },
    async commit(options = {}) {
      await call('requestCommit', { body: options });
      return world.runCommit();
    },
  };
}

import { setTimeout as after } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CommitContext } from '../../lib/commit/index.ts';

export interface HeldBytes {
  readonly store: CommitContext['store'];
  /** The most that was held when a page came, or a chunk went. */
  readonly peakBytes: number;
}

/**
 * A session store that finds out how much of what it gave and took is still held by whoever uses it: at each page and
 * each chunk it collects garbage, and counts the log entries and chunks that are not gone.
 */
export function heldBytes(store: CommitContext['store']): HeldBytes {
  const collect = garbageCollector();
  const held = new Map<WeakRef<object>, number>();
  let peakBytes = 0;

  function watch(one: object, bytes: number): void {
    held.set(new WeakRef(one), bytes);
  }

  async function look(): Promise<void> {
    // What was referred to in this turn stays until its end.
    await after(0);
    collect();
    for (const ref of held.keys()) {
      if (!ref.deref()) held.delete(ref);
    }
    peakBytes = Math.max(
      peakBytes,
      [...held.values()].reduce((sum, bytes) => sum + bytes, 0),
    );
  }

  return {
    get peakBytes() {
      return peakBytes;
    },
    store: {
      ...store,
      async readRange(key, range) {
        const page = await store.readRange(key, range);
        for (const entry of page.entries) watch(entry, entry.kind === 'record' ? entry.bytes : 0);
        await look();
        return page;
      },
      async putChunk(key, archive, index, chunk) {
        watch(chunk, chunk.byteLength);
        await look();
        return store.putChunk(key, archive, index, chunk);
      },
    },
  };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

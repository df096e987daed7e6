import { enterMemory, MemoryNotFoundError } from '../../../lib/memory/index.ts';
import type { Program } from '../actor/program.ts';
import { scope, session, topic } from './session.ts';

const MAX_ATTEMPTS = 3;

/** A person who corrects what is remembered, or takes it back, and repeats what fails. */
export const editor =
  (entries: readonly ('edit' | 'forget')[]): Program =>
  async ({ name, memories, clock, random, newId, note }) => {
    const context = { memories, clock, random, newId, now: () => clock.now() };
    const key = { tenant: session.tenant, scope };
    for (const [index, kind] of entries.entries()) {
      const entry = kind === 'edit' ? { kind, text: `${name} ${index}` } : { kind };
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        try {
          const { saidAtMs } = await enterMemory(context, key, topic, { entry, who: name });
          note({ type: 'entered', saidAtMs });
          break;
        } catch (error) {
          if (error instanceof MemoryNotFoundError) break;
          note({ type: 'gave-up', error: error as Error });
        }
      }
    }
  };

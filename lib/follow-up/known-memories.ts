import type { Memory } from '../memory/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { nearestMemories } from './nearest-memories.ts';
import { readScope } from './read-scope.ts';

/**
 * What is known in the wanted categories and matters to a conversation, so that the model can keep the key of a subject.
 * Read without a lease: the merge is what has to be exact.
 *
 * @param said the words of the conversation.
 * @throws what `readScope` throws.
 */
export async function knownMemories(run: FollowUpRun, said: ReadonlySet<string>): Promise<Memory[]> {
  const { memories, key, meta, signal } = run;
  if (meta.memoryCategories.length === 0) return [];
  const scope = { tenant: key.tenant, scope: meta.scope };
  return nearestMemories(await readScope(memories, scope, meta.memoryCategories, signal), said);
}

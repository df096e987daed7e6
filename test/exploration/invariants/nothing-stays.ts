import { session } from '../roles/session.ts';
import type { Scenario } from '../world/scenario.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/**
 * Once somebody was told that a session is deleted, nothing of it is stored that was said in it, whatever runs beside
 * the deletion. What is written later expires, and holds no message: a commit's status, an append's key.
 */
export const nothingStays: Invariant = {
  name: 'nothing-stays',
  afterStep({ before, after }, { scenario }) {
    if (!after.ledger.isDeleted) return undefined;
    const isSame = before.session === after.session && before.memories === after.memories;
    return isSame && before.ledger.isDeleted ? undefined : (left(after) ?? remembered(after, scenario));
  },
};

/** Where the deletion was to erase what was remembered, too: in texts, in names, and where they are listed. */
function remembered({ memories }: State, { erasesMemories }: Scenario): string | undefined {
  if (!erasesMemories) return undefined;
  // A request that arrives late may leave a source there that names nothing.
  const sources = [...memories.sources.values()].filter(({ names }) => names.length > 0);
  const texts = [...memories.statements, ...memories.memories, ...sources].map((one) => JSON.stringify(one));
  const strange = texts.find(
    (text) => text.includes(`"session":"${session.session}"`) || /old\d|m\d/.test(text),
  );
  return strange && `${strange} is still remembered`;
}

function left({ session, ledger }: State): string | undefined {
  const { log, chunks, manifests, commits, appendKeys, embeddings } = session;
  const record = [...log.values()].find(({ kind }) => kind === 'record');
  if (record) return `position ${record.position} still holds what was said`;
  const [chunk] = chunks.keys();
  if (chunk !== undefined) return `chunk ${chunk} is there`;
  const [archive] = manifests.keys();
  if (archive !== undefined) return `the manifest of archive ${archive} is there`;
  const [vector] = embeddings.keys();
  if (vector !== undefined) return `the vector ${vector} is there`;
  const old = [...commits.keys(), ...appendKeys.keys()].find((name) => !ledger.late.has(name));
  return old && `'${old}' is there, and was before the deletion`;
}

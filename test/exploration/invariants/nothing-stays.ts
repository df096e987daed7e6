import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/**
 * Once somebody was told that a session is deleted, nothing of it is stored that was said in it, whatever runs beside
 * the deletion. What is written later expires, and holds no message: a commit's status, an append's key.
 */
export const nothingStays: Invariant = {
  name: 'nothing-stays',
  afterStep({ before, after }) {
    if (!after.ledger.isDeleted) return undefined;
    return before.session === after.session && before.ledger.isDeleted ? undefined : left(after);
  },
};

function left({ session, ledger }: State): string | undefined {
  const { log, chunks, manifests, commits, appendKeys } = session;
  const record = [...log.values()].find(({ kind }) => kind === 'record');
  if (record) return `position ${record.position} still holds what was said`;
  const [chunk] = chunks.keys();
  if (chunk !== undefined) return `chunk ${chunk} is there`;
  const [archive] = manifests.keys();
  if (archive !== undefined) return `the manifest of archive ${archive} is there`;
  const old = [...commits.keys(), ...appendKeys.keys()].find((name) => !ledger.late.has(name));
  return old && `'${old}' is there, and was before the deletion`;
}

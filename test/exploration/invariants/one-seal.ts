import type { Invariant } from './invariant.ts';

/** A range is sealed once, by one commit, as far as that was asked; archives are contiguous, numbered without gaps. */
export const oneSeal: Invariant = {
  name: 'one-seal',
  afterStep({ before, after }) {
    if (before.session.meta === after.session.meta) return undefined;
    const { seals } = after.ledger;
    const { meta, commits } = after.session;
    if (!meta) return undefined;
    for (const [index, { archive, from, to, commitId }] of seals.entries()) {
      const what = `commit ${commitId} sealed ${from} to ${to} as archive ${archive}`;
      const previous = seals[index - 1];
      if (archive !== index + 1) return `${what}, as seal number ${index + 1}`;
      if (from !== (previous?.to ?? 0) + 1 || to < from) return `${what}, behind ${previous?.to ?? 0}`;
      if (seals.findIndex((seal) => seal.commitId === commitId) !== index) return `${what}, its second`;
      const through = commits.get(commitId)?.through;
      if (through !== undefined && to > through) return `${what}, but was asked for ${through}`;
    }
    const last = seals.at(-1);
    if (meta.archiveCount !== seals.length || meta.committedThrough !== (last?.to ?? 0)) {
      return `META counts ${meta.archiveCount} archives up to ${meta.committedThrough} after ${seals.length} seals`;
    }
    return undefined;
  },
};

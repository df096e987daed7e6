import { archiveHash } from '../world/ledger.ts';
import type { Invariant } from './invariant.ts';

/** An archive that is published never changes, and is whole. */
export const immutable: Invariant = {
  name: 'immutable',
  afterStep({ before, after }) {
    const { meta, manifests, chunks } = after.session;
    if (!meta) return undefined;
    if (before.session.manifests === manifests && before.session.chunks === chunks) return undefined;
    for (const [archive, hash] of after.ledger.published) {
      if (archiveHash(after.session, archive) !== hash) return `archive ${archive} is not what was published`;
      const lacks = manifests
        .get(archive)
        ?.chunks.findIndex((_, index) => !chunks.has(`${archive}/${index}`));
      if (lacks !== undefined && lacks >= 0) return `archive ${archive} was published without chunk ${lacks}`;
    }
    return undefined;
  },
};

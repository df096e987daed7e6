import type { Manifest } from '../../../lib/archive/index.ts';
import type { Statement } from '../../../lib/memory/index.ts';
import { session } from '../roles/session.ts';
import { contentHash } from '../world/content-hash.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/**
 * Each archive's summary and memories take effect once, however often it is delivered: it makes one statement, and says
 * there what was recorded of it last.
 */
export const once: Invariant = {
  name: 'once',
  afterStep({ before, after }) {
    if (after.session.meta && before.session.manifests !== after.session.manifests) {
      for (const [name, hash] of after.ledger.steps) {
        if (summaryHash(after, name) !== hash) return `what was recorded as ${name} was replaced`;
      }
    }
    if (before.memories.statements === after.memories.statements) return undefined;
    for (const [archive, statements] of Map.groupBy(ownStatements(after), archiveOf)) {
      if (statements.length > 1) return `archive ${archive} says ${statements.length} things of one subject`;
      const strange = statements.find(({ text }) => !after.ledger.said.get(archive)?.includes(text));
      if (strange) return `archive ${archive} says '${strange.text}', which was never recorded`;
    }
    return undefined;
  },
  atEnd(state) {
    if (!state.session.meta) return undefined;
    for (const manifest of state.session.manifests.values()) {
      const problem = unmerged(state, manifest);
      if (problem) return problem;
    }
    return undefined;
  },
};

function summaryHash({ session: { manifests } }: State, name: string): number {
  return contentHash(manifests.get(Number.parseInt(name, 10))?.followUp.summary);
}

function ownStatements({ memories }: State): Statement[] {
  return [...memories.statements.values()].filter(
    ({ by }) => by.kind === 'archive' && by.session === session.session,
  );
}

function archiveOf({ by }: Statement): number {
  return by.kind === 'archive' ? by.archive : 0;
}

function unmerged(state: State, { archive, followUp }: Manifest): string | undefined {
  const { extraction, merge, again } = followUp;
  if (extraction?.outcome !== 'done') return undefined;
  if (merge?.outcome !== 'done') return `the memories of archive ${archive} were never merged`;
  const said = state.ledger.said.get(archive)?.at(-1);
  const statement = ownStatements(state).find((one) => archiveOf(one) === archive);
  if (again) return `what was extracted of archive ${archive} once more was never merged`;
  if (extraction.memories.length > 0) return `the manifest of archive ${archive} still has its memories`;
  return statement?.text === said
    ? undefined
    : `archive ${archive} says '${statement?.text}', but '${said}' was extracted last`;
}

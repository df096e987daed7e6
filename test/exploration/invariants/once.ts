import type { FollowUpStep } from '../../../lib/archive/index.ts';
import type { Memory } from '../../../lib/memory/index.ts';
import { contentHash } from '../world/content-hash.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/** Each archive's summary and memories take effect once, however often it is delivered. */
export const once: Invariant = {
  name: 'once',
  afterStep({ before, after }) {
    if (after.session.meta && before.session.manifests !== after.session.manifests) {
      for (const [name, hash] of after.ledger.steps) {
        if (stepHash(after, name) !== hash) return `what was recorded as ${name} was replaced`;
      }
    }
    if (!after.session.meta || before.memories === after.memories) return undefined;
    for (const memory of after.memories.values()) {
      const problem = twice(memory) ?? unrecorded(after, memory);
      if (problem) return problem;
    }
    return undefined;
  },
  atEnd(state) {
    if (!state.session.meta) return undefined;
    for (const { archive, followUp } of state.session.manifests.values()) {
      if (followUp.extraction?.outcome !== 'done') continue;
      const isMerged = [...state.memories.values()].some((memory) => sourcesOf(memory).includes(archive));
      if (!isMerged) return `the memories of archive ${archive} were never merged`;
    }
    return undefined;
  },
};

function stepHash({ session }: State, name: string): number {
  const [archive, step] = name.split('/');
  return contentHash(session.manifests.get(Number(archive))?.followUp[step as FollowUpStep]);
}

function sourcesOf({ archives }: Memory): number[] {
  return archives.map(({ archive }) => archive);
}

/** A memory's version counts its changes, and each archive changes it once. */
function twice(memory: Memory): string | undefined {
  const { key, version, archives } = memory;
  if (new Set(sourcesOf(memory)).size !== archives.length) return `memory '${key}' has one source twice`;
  if (version !== archives.length)
    return `memory '${key}' changed ${version} times for ${archives.length} archives`;
  return undefined;
}

/** What a memory says, now and before, is what was recorded of its archives; each text names the run that gave it. */
function unrecorded({ session }: State, { key, text, history }: Memory): string | undefined {
  const recorded = [...session.manifests.values()].flatMap(({ followUp: { extraction } }) =>
    extraction?.outcome === 'done' ? extraction.memories.map((memory) => memory.text) : [],
  );
  const strange = [text, ...history.map((old) => old.text)].find((said) => !recorded.includes(said));
  return strange && `memory '${key}' says '${strange}', which no archive has on record`;
}

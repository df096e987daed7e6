import { registerHooks } from 'node:module';
import type { Edit, Mutant } from './mutant.ts';

export interface Mutation {
  /** @throws Error when a file that the mutant changes was never loaded. */
  requireApplied(): void;
}

/** Makes this thread load the mutant's files with its edits; they must not be loaded before. */
export function applyMutant({ name, edits }: Mutant): Mutation {
  const pending = new Set(edits);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const mine = edits.filter(({ file }) => url.endsWith(`/lib/${file}`));
      if (mine.length === 0 || !loaded.source) return loaded;
      const source = mine.reduce((text, edit) => {
        pending.delete(edit);
        return edited(name, text, edit);
      }, textOf(loaded.source));
      return { ...loaded, source };
    },
  });
  return {
    requireApplied() {
      const [missed] = pending;
      if (missed)
        throw new Error(`Mutant '${name}' changes lib/${missed.file}, which is not part of what is explored`);
    },
  };
}

function edited(name: string, text: string, { file, find, replace }: Edit): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(
    `Mutant '${name}' expects this once in lib/${file}, and finds it ${parts.length - 1} times:\n${find}`,
  );
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

import type { Note } from '../actor/note.ts';
import type { Step } from '../world/state.ts';

/** The notes of one type that actors made in a step, with who made them. */
export function notesIn<Type extends Note['type']>({ nodes }: Step, type: Type) {
  return nodes.flatMap(({ name: by, notes }) =>
    notes
      .filter((note): note is Extract<Note, { type: Type }> => note.type === type)
      .map((note) => ({ by, note })),
  );
}

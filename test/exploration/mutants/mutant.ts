/** A mistake made on purpose in the protocol, that the explorer must find. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Where it is looked for. */
  readonly scenario: string;
  /** With how many faults at most; the scenario's own number unless it is here. */
  readonly maxFaults?: number;
}

/** Replaces a piece of source that must be there exactly once: a mutant whose code has moved on is an error. */
export interface Edit {
  /** From `lib` on. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

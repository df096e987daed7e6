/** A sentence that may become part of a summary. */
export interface Candidate {
  /** Place in the conversation, from 0. */
  readonly index: number;
  /** Of its message, from 0. */
  readonly messageIndex: number;
  readonly speaker: string;
  readonly text: string;
  /** What it is about: the lemmas of its content words, each once. */
  readonly terms: readonly string[];
  /** How much its kind of sentence counts, before what it is about is looked at. */
  readonly weight: number;
}

/** A sentence and its words, punctuation included. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
}

interface Word {
  readonly text: string;
  /** Of the Universal Dependencies set: `NOUN`, `PROPN`, `VERB`, `AUX`, … */
  readonly partOfSpeech: string;
  readonly lemma: string;
  readonly isStopWord: boolean;
  /** Not a number, punctuation or a symbol. */
  readonly isWord: boolean;
}

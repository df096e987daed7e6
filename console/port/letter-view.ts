import type { LetterDocument } from './letter-document.ts';

/** A dead letter, with what a replay would do now in words for people. */
export type LetterView = LetterDocument & { readonly outlook: string };

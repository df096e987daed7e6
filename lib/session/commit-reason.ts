import { z } from 'zod';

const MAX_CHARACTERS = 500;

/** Why somebody wants a commit, in their words, for people who look at it later. */
export const commitReasonSchema = z
  .string()
  .min(1, `1 to ${MAX_CHARACTERS} characters`)
  .max(MAX_CHARACTERS, `1 to ${MAX_CHARACTERS} characters`)
  .describe(`Why you want it, for people who look at it later: 1 to ${MAX_CHARACTERS} characters.`);

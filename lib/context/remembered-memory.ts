import type { Memory } from '../memory/index.ts';

/** A memory that holds. */
export type RememberedMemory = Memory & { readonly text: string };

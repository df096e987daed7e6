import type { AutoCommitContext } from '../auto-commit/index.ts';
import type { DeletionContext } from '../deletion/index.ts';
import type { SessionStore } from '../store/index.ts';

/** What the API depends on. */
export type ApiContext = DeletionContext & AutoCommitContext & { readonly store: SessionStore };

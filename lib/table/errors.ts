import { CommitlaneError } from '../errors/index.ts';
import type { ItemKey } from './keys.ts';

/** A deployment takes minutes at most; until then, whoever reads such an item again may be of the newer version. */
const AFTER_DEPLOYMENT_MS = 30_000;

/** What keeps an item from being understood. */
export type ItemError = ItemUnreadableError | ItemTooNewError;

/** An item in the table is not what Commitlane writes: somebody has changed or damaged it. Nothing was written. */
export class ItemUnreadableError extends CommitlaneError {
  override readonly name = 'ItemUnreadableError';
  readonly code = 'item-unreadable';

  /** @param problems each with its field; never what is stored there. */
  constructor({ pk, sk }: ItemKey, problems: readonly string[]) {
    super(
      `The item ${pk} ${sk} cannot be read: ${problems.join('; ')}. See docs/operations.md, "Items that cannot be read".`,
    );
  }
}

/**
 * A newer version of Commitlane wrote an item in a form that this one does not know. Nothing was written. It is worth
 * repeating: while a deployment is under way, old and new functions run side by side, and the item is not to blame.
 */
export class ItemTooNewError extends CommitlaneError {
  override readonly name = 'ItemTooNewError';
  readonly code = 'item-too-new';

  constructor({ pk, sk }: ItemKey, versions: { readonly stored: number; readonly known: number }) {
    const { stored, known } = versions;
    super(
      `The item ${pk} ${sk} has schema version ${stored}; this Commitlane reads versions up to ${known}. Deploy the newer version.`,
      { retry: { retryable: true, afterMs: AFTER_DEPLOYMENT_MS } },
    );
  }
}

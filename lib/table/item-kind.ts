import { z } from 'zod';
import { type ItemError, ItemTooNewError, ItemUnreadableError } from './errors.ts';
import type { ItemKey } from './keys.ts';

/** An item as the document client gives and takes it. */
export type Item = Readonly<Record<string, unknown>>;

/** Items of one form: how they are understood, and written. */
export interface ItemKind<T> {
  /** @throws ItemUnreadableError, ItemTooNewError. */
  read(item: Item): T;
  /** The same, with the error in place of an item that cannot be understood. */
  inspect(item: Item): T | ItemError;
  /** The item with its key, and with `schemaVersion` from version 2 on; of the last version unless told otherwise. */
  write(key: ItemKey, attributes: object, version?: number): Record<string, unknown>;
}

/** More problems of one item are not named. */
const MAX_PROBLEMS = 3;

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const versionSchema = z.int().min(1).default(1);

/**
 * A kind of item, by the schemas of its versions, the first of which is version 1. Each gives what the domain knows; the
 * last is the one that is written, or an earlier one where that says as much. Attributes that a schema does not name are no error: functions of the next release
 * may write them before those of this one are gone.
 *
 * An item without `schemaVersion` is of version 1, and version 1 is never written: it would say nothing, and take 16
 * bytes of every append.
 */
export function itemKind<T>(...schemas: readonly [z.ZodType<T>, ...z.ZodType<T>[]]): ItemKind<T> {
  const known = schemas.length;

  function inspect(item: Item): T | ItemError {
    const version = versionSchema.safeParse(item['schemaVersion']);
    if (!version.success) return unreadable(item, ['schemaVersion: expected a whole number, from 1 on']);
    const schema = schemas[version.data - 1];
    if (!schema) return new ItemTooNewError(keySchema.parse(item), { stored: version.data, known });
    const parsed = schema.safeParse(item);
    return parsed.success ? parsed.data : unreadable(item, parsed.error.issues.map(inWords));
  }

  return {
    inspect,
    read(item) {
      const found = inspect(item);
      if (isItemError(found)) throw found;
      return found;
    },
    write: (key, attributes, version = known) => ({
      ...key,
      ...attributes,
      ...(version > 1 && { schemaVersion: version }),
    }),
  };
}

export function isItemError(found: unknown): found is ItemError {
  return found instanceof ItemUnreadableError || found instanceof ItemTooNewError;
}

function unreadable(item: Item, problems: readonly string[]): ItemUnreadableError {
  return new ItemUnreadableError(keySchema.parse(item), problems.slice(0, MAX_PROBLEMS));
}

/** The field, and what was expected there: Zod's words name types and bounds, never what was found. */
function inWords({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')}: ${message}`;
}

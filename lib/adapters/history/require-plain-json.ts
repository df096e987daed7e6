import { CommitlaneUsageError } from '../../client/index.ts';

/**
 * Sees to it that a value comes back as it is: whatever JSON writes in another form is refused, such as bytes and dates.
 * Numbers, and values that cannot be written at all, are the client's to refuse.
 *
 * @throws CommitlaneUsageError that says where the value is.
 */
export function requirePlainJson(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) requirePlainJson(item, `${path}[${index}]`);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new CommitlaneUsageError(
      `${path} is a ${value.constructor.name}, and would come back as something else. Send what JSON can say: bytes as base64, a time as text.`,
    );
  }
  for (const [field, item] of Object.entries(value)) requirePlainJson(item, `${path}.${field}`);
}

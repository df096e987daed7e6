import { type SecretKind, secretKinds } from './secret-kinds.ts';

const PLACEHOLDER = new RegExp(String.raw`\[redacted: (?:${Object.values(secretKinds).join('|')})\]`, 'g');

/** What stands in a text where a secret was, such as `[redacted: card number]`. */
export const placeholderOf = (kind: SecretKind): string => `[redacted: ${secretKinds[kind]}]`;

/** Where placeholders are in a text, in UTF-16 units; `end` excluded. */
export function placeholdersIn(text: string): { readonly start: number; readonly end: number }[] {
  return Array.from(text.matchAll(PLACEHOLDER), ({ index, 0: placeholder }) => ({
    start: index,
    end: index + placeholder.length,
  }));
}

/** Whether a text says nothing beside placeholders: no letter and no digit. */
export function isOnlyPlaceholders(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(PLACEHOLDER, ''));
}

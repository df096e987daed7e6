import { graphemes, shortened } from '../../../text/index.ts';
import type { ReadableMessage } from '../../readable/index.ts';

/** Characters, as people see them. */
const MAX_EXCERPT_LENGTH = 60;
/** A family of emoji takes 11. */
const MAX_EXCERPT_UNITS = 4 * MAX_EXCERPT_LENGTH;
const MAX_EXCERPTS = 3;

/** One line about messages that hold no sentence worth choosing: how many, and how the first of them begin. */
export function describeBriefly(messages: readonly ReadableMessage[]): string {
  if (messages.length === 0) return 'No messages.';
  const size = new Set(messages.map(({ id }) => id)).size;
  const count = size === 1 ? '1 message' : `${size} messages`;
  const excerpts = messages.slice(0, MAX_EXCERPTS).map(({ content }) => `"${excerpt(content)}"`);
  const more = messages.length > MAX_EXCERPTS ? ', …' : '';
  return `${count}: ${excerpts.join(', ')}${more}`;
}

function excerpt(content: string): string {
  const start = shortened(content, MAX_EXCERPT_UNITS).replace(/\s+/g, ' ').trim();
  const characters = graphemes(start);
  const isWhole = content.length <= MAX_EXCERPT_UNITS && characters.length <= MAX_EXCERPT_LENGTH;
  return isWhole ? start : `${characters.slice(0, MAX_EXCERPT_LENGTH - 1).join('')}…`;
}

import type { Message } from '../../../session/index.ts';

const MAX_EXCERPT_LENGTH = 60;
const MAX_EXCERPTS = 3;

/** One line about messages that hold no sentence worth choosing: how many, and how the first of them begin. */
export function describeBriefly(messages: readonly Message[]): string {
  if (messages.length === 0) return 'No messages.';
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  const excerpts = messages.slice(0, MAX_EXCERPTS).map(({ content }) => `"${excerpt(content)}"`);
  const more = messages.length > MAX_EXCERPTS ? ', …' : '';
  return `${count}: ${excerpts.join(', ')}${more}`;
}

function excerpt(content: string): string {
  const characters = [
    ...content
      .slice(0, 4 * MAX_EXCERPT_LENGTH)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  if (characters.length <= MAX_EXCERPT_LENGTH) return characters.join('');
  return `${characters.slice(0, MAX_EXCERPT_LENGTH - 1).join('')}…`;
}

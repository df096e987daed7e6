import type { AuthorDocument } from '../../operator/memories/index.ts';

/** Who said something, in brief: `chat-42, archive 3`. */
export function authorWords(by: AuthorDocument): string {
  switch (by.kind) {
    case 'archive':
      return `${by.session}, archive ${by.archive}`;
    case 'person':
      return by.who;
    case 'erased':
      return 'an erased session';
    default:
      return 'earlier sessions';
  }
}

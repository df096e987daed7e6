import type { CanonicalMessage, ContentPart, TextPart } from './content.ts';
import { describePart } from './describe-part.ts';

/** A tool's words that answer no call stand among the user's, and have to say that they are not. */
export function saidByTool(part: ContentPart, { metadata }: Pick<CanonicalMessage, 'metadata'>): TextPart {
  const name = metadata?.['name'];
  const tool = typeof name === 'string' && name ? `tool ${name}` : 'tool';
  return { type: 'text', text: `[${tool}] ${describePart(part)}` };
}

import {
  type ContentPart,
  isFilePart,
  isReasoningPart,
  isTextPart,
  type JsonObject,
  type MessageContent,
} from '../messages/index.ts';
import { estimateTokens } from './estimate-tokens.ts';

/**
 * What an image takes at most, however many bytes it has: servers scale large ones down
 * (https://docs.anthropic.com/en/docs/build-with-claude/vision: about 1,600; OpenAI's count less).
 */
const MAX_TOKENS_PER_IMAGE = 1_600;

/**
 * How many tokens a message takes, by estimate, with everything that is returned of it: its text or parts, calls and
 * results as their JSON, and its metadata.
 */
export function estimateMessageTokens({
  content,
  metadata,
}: {
  readonly content: MessageContent;
  readonly metadata?: JsonObject | undefined;
}): number {
  const said =
    typeof content === 'string'
      ? estimateTokens(content)
      : content.reduce((sum, part) => sum + estimatePartTokens(part), 0);
  return said + (metadata === undefined ? 0 : estimateTokens(JSON.stringify(metadata)));
}

function estimatePartTokens(part: ContentPart): number {
  if ((isTextPart(part) || isReasoningPart(part)) && Object.keys(part).length === 2) {
    return estimateTokens(part.text);
  }
  const tokens = estimateTokens(JSON.stringify(part));
  const isImage = isFilePart(part) && part.mediaType.startsWith('image/');
  return isImage ? Math.min(tokens, MAX_TOKENS_PER_IMAGE) : tokens;
}

import type {
  ContentPart,
  FilePart,
  MessageContent,
  ReasoningPart,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from './content.ts';

export const isTextPart = (part: ContentPart): part is TextPart => part.type === 'text';
export const isReasoningPart = (part: ContentPart): part is ReasoningPart => part.type === 'reasoning';
export const isToolCallPart = (part: ContentPart): part is ToolCallPart => part.type === 'tool-call';
export const isToolResultPart = (part: ContentPart): part is ToolResultPart => part.type === 'tool-result';
export const isFilePart = (part: ContentPart): part is FilePart => part.type === 'file';

/** The parts of a content; a text is one part. */
export function partsOf(content: MessageContent): readonly ContentPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

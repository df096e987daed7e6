export type {
  CanonicalMessage,
  ContentPart,
  FilePart,
  JsonObject,
  JsonValue,
  MessageContent,
  OtherPart,
  ReasoningPart,
  Role,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from './content.ts';
export {
  isFilePart,
  isReasoningPart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  partsOf,
} from './parts.ts';
export { wholePairs } from './whole-pairs.ts';

import type { CanonicalMessage, ContentPart, JsonObject, Role } from '../content.ts';
import { emptyPart, kept, withMetadata, withOwn } from '../own.ts';
import { isTextPart } from '../parts.ts';
import { readFile } from './files.ts';
import {
  type AiSdkInput,
  isCall,
  isFile,
  isImage,
  isPlainObject,
  isReasoningFile,
  isResult,
} from './message.ts';
import { readOutput } from './output.ts';

const PEER = 'aiSdk';
const roles: ReadonlySet<string> = new Set<Role>(['system', 'user', 'assistant', 'tool']);

/**
 * Model messages of the AI SDK as canonical ones, one for one. Provider options stay where they are; those of a message
 * go to its metadata, and what else the canonical form has no word for, such as that data came as bytes, is kept under
 * `aiSdk`. `toAiSdk` gives back the same messages; data of no length and bytes of Node's `Buffer` come back as text and
 * as a `Uint8Array`.
 */
export function fromAiSdk(messages: readonly AiSdkInput[]): CanonicalMessage[] {
  return messages.map(({ role, content, ...own }) => {
    const isString = typeof content === 'string';
    const parts = isString ? [] : Array.isArray(content) ? content.map(readPart) : [readPart(content)];
    const isSilent = parts.every((part) => isTextPart(part) && part.text === '');
    return {
      role: isRole(role) ? role : 'user',
      content: isString && content !== '' ? content : isSilent ? [...parts, emptyPart(PEER)] : parts,
      ...withMetadata(withOwn(PEER, { ...(own as JsonObject), ...(content === '' && { content: 'text' }) })),
    };
  });
}

const isRole = (role: string): role is Role => roles.has(role);

function readPart(part: unknown): ContentPart {
  const read = isPlainObject(part) ? readKnown(part) : undefined;
  return read ?? kept(PEER, part as JsonObject);
}

/** `undefined` for a part that the canonical form cannot hold under its own name. */
function readKnown(part: { readonly [field: string]: unknown }): ContentPart | undefined {
  switch (part['type']) {
    case 'text':
    case 'reasoning':
      return typeof part['text'] === 'string' ? (part as ContentPart) : undefined;
    case 'image':
    case 'file':
    case 'reasoning-file':
      return isImage(part) || isFile(part) || isReasoningFile(part) ? readFile(part) : undefined;
    case 'tool-call':
      return isCall(part) && part.toolCallId && part.toolName ? (part as ContentPart) : undefined;
    case 'tool-result': {
      if (!isResult(part) || !part.toolCallId || !part.toolName) return undefined;
      return { ...part, ...readOutput(part.output) } as ContentPart;
    }
    default:
      return undefined;
  }
}

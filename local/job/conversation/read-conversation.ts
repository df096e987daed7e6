import { readFile, stat } from 'node:fs/promises';
import { parse } from 'node:path';
import { decodeUtf8 } from '../../../lib/json/index.ts';
import { InvalidConversationError } from '../errors.ts';
import type { Conversation } from './conversation.ts';
import { identifyConversation } from './identify-conversation.ts';
import { parseConversation } from './parse-conversation.ts';

const MEBIBYTE = 1024 * 1024;

/** A file is held in memory while it is played. */
const MAX_FILE_BYTES = 64 * MEBIBYTE;

/**
 * Reads a file of JSON lines, each one message.
 *
 * @throws InvalidConversationError when there is no such file, or something in it cannot be played.
 */
export async function readConversation(path: string): Promise<Conversation> {
  const bytes = await readBytes(path);
  const text = decode(path, bytes);
  const { messages, problems } = parseConversation(text);
  if (problems.length > 0) throw new InvalidConversationError(path, problems);
  return identifyConversation(parse(path).name, text, messages);
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) {
      throw new InvalidConversationError(path, [`it has ${size} bytes, more than ${MAX_FILE_BYTES}`]);
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof InvalidConversationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidConversationError(path, [`it cannot be read (${reason})`], { cause });
  }
}

function decode(path: string, bytes: Buffer): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new InvalidConversationError(path, ['it is not UTF-8 text']);
  return text;
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidConversationError } from '../errors.ts';
import type { Conversation } from './conversation.ts';
import { readConversation } from './read-conversation.ts';

/**
 * Reads all `.jsonl` files of a folder, by name.
 *
 * @throws InvalidConversationError when there is none, or one cannot be played.
 */
export async function readConversations(folder: string): Promise<Conversation[]> {
  const files = (await list(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  if (files.length === 0) throw new InvalidConversationError(folder, ['there is no .jsonl file in it']);
  return Promise.all(files.map((name) => readConversation(join(folder, name))));
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidConversationError(folder, [`the folder cannot be read (${reason})`], { cause });
  }
}

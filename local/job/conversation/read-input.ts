import { resolve } from 'node:path';
import type { StartOptions } from '../parse-options.ts';
import type { StartEnvironment } from '../start-environment.ts';
import type { Conversation } from './conversation.ts';
import { readConversation } from './read-conversation.ts';
import { readConversations } from './read-conversations.ts';

/** The conversations to play: the one that the options name, or the samples. @throws InvalidConversationError */
export async function readInput(
  { input }: Pick<StartOptions, 'input'>,
  { folder, samples }: Pick<StartEnvironment, 'folder' | 'samples'>,
): Promise<Conversation[]> {
  if (input === undefined) return readConversations(samples);
  return [await readConversation(resolve(folder, input))];
}

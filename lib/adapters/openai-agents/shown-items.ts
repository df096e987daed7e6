import type { AgentInputItem } from '@openai/agents';
import type { NewMessage } from '../../client/index.ts';
import { toOpenAiAgents } from '../../messages/openai-agents/index.ts';

/** An item, and where it is: which of the items that a message is. */
export interface ShownItem {
  readonly messageId: string;
  readonly index: number;
  readonly item: AgentInputItem;
}

type Read = Pick<NewMessage, 'id' | 'role' | 'content' | 'metadata'>;

/** What a mark keeps of the item that it takes back, in the metadata. */
const TAKES_BACK = 'openaiAgentsTakesBack';

/** The items of messages, without those that were taken back, and without the marks that say so. */
export function shownItems(messages: readonly Read[]): ShownItem[] {
  const taken = new Set(messages.flatMap((message) => takenBy(message) ?? []));
  return messages
    .filter((message) => takenBy(message) === undefined)
    .flatMap((message) => itemsOf(message))
    .filter((shown) => !taken.has(nameOf(shown)));
}

function itemsOf(message: Read): ShownItem[] {
  return toOpenAiAgents(message).map((item, index) => ({
    messageId: message.id ?? '',
    index,
    // Where it did not come from the SDK, the converter's tests hold it against the SDK's schemas.
    item: item as unknown as AgentInputItem,
  }));
}

function takenBy({ metadata }: Read): string | undefined {
  const taken = metadata && Object.hasOwn(metadata, TAKES_BACK) ? metadata[TAKES_BACK] : undefined;
  return typeof taken === 'string' ? taken : undefined;
}

/** Of one item in its session, and of no other. */
export function nameOf({ messageId, index }: Pick<ShownItem, 'messageId' | 'index'>): string {
  return `${index}|${messageId}`;
}

/**
 * A mark that takes an item back. Its id is the item's, so that of two of them for the same item only one is stored.
 *
 * @param by tells the marks of different callers apart.
 */
export function takingBack(shown: ShownItem, by: string): NewMessage {
  const name = nameOf(shown);
  return {
    id: `taken-back|${name}`,
    role: 'system',
    content: `[${shown.item.type ?? 'message'} ${shown.messageId} was taken back]`,
    metadata: { [TAKES_BACK]: name, by },
  };
}

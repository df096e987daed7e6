import { isToolCallPart, isToolResultPart } from '../messages/index.ts';
import type { Message, SessionKey } from '../session/index.ts';
import { readArchiveBackwards } from '../session-log/index.ts';
import type { ArchiveStore } from '../store/index.ts';
import type { ContextPart } from './context-part.ts';

/** A turn of an agent is seldom longer; behind it a call is not looked for. */
const MAX_RECORDS_OF_TURN = 20;

/**
 * Keeps account of results whose call has not come yet, while a conversation is read backwards: a commit may have come
 * between the two.
 */
export function openCalls() {
  const wanted = new Set<string>();

  function note({ content }: Message): void {
    if (typeof content === 'string') return;
    for (const part of [...content].reverse()) {
      if (isToolResultPart(part)) wanted.add(part.toolCallId);
      if (isToolCallPart(part)) wanted.delete(part.toolCallId);
    }
  }

  return {
    /** Passes parts on, and takes note of the calls and results in them. */
    async *watch(parts: AsyncIterable<ContextPart>): AsyncGenerator<ContextPart> {
      for await (const part of parts) {
        if (part.kind === 'message') note(part.message);
        yield part;
      }
    },

    /** The end of an archive that is not given otherwise, back to the last call that is wanted; nothing if none is there. */
    async *from(store: ArchiveStore, key: SessionKey, archive: number): AsyncGenerator<ContextPart> {
      if (wanted.size === 0) return;
      const parts = await endOfTurn(store, key, archive, wanted);
      wanted.clear();
      yield* parts;
    },
  };
}

/** Back to the earliest of the calls; whoever else speaks ends the turn, and so the search. */
async function endOfTurn(
  store: ArchiveStore,
  key: SessionKey,
  archive: number,
  wanted: ReadonlySet<string>,
): Promise<ContextPart[]> {
  const manifest = await store.readManifest(key, archive);
  if (!manifest) return [];
  const left = new Set(wanted);
  const parts: ContextPart[] = [];
  let found = 0;
  let records = 0;
  for await (const { position, messages } of readArchiveBackwards(store, key, manifest)) {
    for (const message of [...messages].reverse()) {
      if (endsTurn(message)) return parts.slice(0, found);
      parts.push({ kind: 'message', message: { ...message, position }, covered: true });
      for (const call of callsOf(message)) {
        if (left.delete(call)) found = parts.length;
      }
      if (left.size === 0) return parts;
    }
    records += 1;
    if (records === MAX_RECORDS_OF_TURN) break;
  }
  return parts.slice(0, found);
}

function endsTurn({ role, content }: Message): boolean {
  if (role !== 'user' && role !== 'system') return false;
  return typeof content === 'string' || content.some((part) => !isToolResultPart(part));
}

function callsOf({ content }: Message): readonly string[] {
  return typeof content === 'string'
    ? []
    : content.flatMap((part) => (isToolCallPart(part) ? [part.toolCallId] : []));
}

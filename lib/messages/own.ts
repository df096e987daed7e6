import type { ContentPart, JsonObject, JsonValue, OtherPart } from './content.ts';
import { isObject } from './shape.ts';

/**
 * Under whose name a part, or a message's metadata, keeps what the canonical form has no word for.
 */
export type Peer = 'aiSdk' | 'anthropic' | 'langchain' | 'openaiAgents' | 'openaiChat' | 'openaiResponses';

const MAX_TYPE_LENGTH = 64;
const canonicalTypes = new Set(['text', 'reasoning', 'tool-call', 'tool-result', 'file', 'empty']);

/** What a part or metadata keeps for a peer. */
export function ownOf(peer: Peer, holder: JsonObject | undefined): JsonObject {
  const own = holder && Object.hasOwn(holder, peer) ? holder[peer] : undefined;
  return isObject(own) ? (own as JsonObject) : {};
}

/** A field for a part or metadata that keeps this for the peer; none if there is nothing to keep. */
export function withOwn(peer: Peer, own: JsonObject): JsonObject {
  const kept = Object.entries(own).filter(([, value]) => value !== undefined);
  return kept.length > 0 ? { [peer]: Object.fromEntries(kept) } : {};
}

/** A message's metadata, if it has any. */
export function withMetadata(...fields: readonly JsonObject[]): { readonly metadata?: JsonObject } {
  const metadata = Object.assign({}, ...fields) as JsonObject;
  return Object.keys(metadata).length > 0 ? { metadata } : {};
}

/** A peer's block as a part of its own: as it came, or wrapped when its type is one of ours. */
export function kept(peer: Peer, block: JsonValue): OtherPart {
  if (isObject(block)) {
    const { type } = block;
    if (typeof type === 'string' && type && type.length <= MAX_TYPE_LENGTH && !canonicalTypes.has(type)) {
      return block as OtherPart;
    }
  }
  return { type: peer, value: block };
}

/** The block that `kept` made a part of. */
export function unkept(peer: Peer, part: ContentPart): unknown {
  return part.type === peer ? part['value'] : part;
}

/** Stands in a message of a peer that says nothing: a canonical message has to have a part. */
export function emptyPart(peer: Peer): OtherPart {
  return { type: 'empty', ...withOwn(peer, { empty: true }) };
}

export function isEmptyOf(peer: Peer, part: ContentPart): boolean {
  return part.type === 'empty' && ownOf(peer, part)['empty'] === true;
}

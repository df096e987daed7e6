import type { LogEntry, LogRecord, SessionKey } from '../../session/index.ts';
import { keys } from './keys.ts';
import { type Item, itemKey, toSeconds } from './table.ts';

export function recordItem(key: SessionKey, { position, messages, ...rest }: LogRecord): Item {
  return { ...itemKey(key, keys.position(position)), ...rest, messages: JSON.stringify(messages) };
}

export function voidItem(key: SessionKey, position: number, expiresAtMs: number): Item {
  return {
    ...itemKey(key, keys.position(position)),
    kind: 'void',
    expiresAtSeconds: toSeconds(expiresAtMs),
  };
}

export function positionOf({ sk }: Item): number {
  return Number(String(sk).slice('LOG#'.length));
}

export function toEntry(item: Item): LogEntry {
  const { kind, appendId, messages, bytes, appendedAtMs } = item;
  const position = positionOf(item);
  if (kind === 'void') return { kind, position };
  if (kind === 'tombstone') return { kind, position, appendId: String(appendId) };
  return {
    kind: 'record',
    position,
    appendId: String(appendId),
    messages: JSON.parse(String(messages)) as LogRecord['messages'],
    bytes: Number(bytes),
    appendedAtMs: Number(appendedAtMs),
  };
}

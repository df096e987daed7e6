import {
  fromSortKey,
  type Item,
  type ItemKind,
  isItemError,
  memoryItem,
  scopeItem,
  sourceItem,
  statementItem,
} from '../table/index.ts';
import type { ScopeItem } from './memory-items.ts';

/** What an item of a scope says; undefined for one of a kind that this version does not know. */
export function toScopeItem(item: Item): ScopeItem | undefined {
  const sk = String(item['sk']);
  switch (fromSortKey.kind(sk)) {
    case 'MEMORY':
      return read(memoryItem, item, (memory) => ({
        kind: 'memory',
        name: fromSortKey.memoryName(sk),
        memory,
      }));
    case 'STATEMENT':
      return read(statementItem, item, (statement) => ({
        kind: 'statement',
        name: fromSortKey.statementName(sk),
        statement,
      }));
    case 'SOURCE':
      return read(sourceItem, item, (source) => ({ kind: 'source', source }));
    case 'ERASED':
      return { kind: 'erased', session: fromSortKey.erasedSession(sk) };
    case 'SCOPE':
      return read(scopeItem, item, ({ erasedAtMs }) => ({ kind: 'scope', erasedAtMs }));
    default:
      return undefined;
  }
}

function read<T>(kind: ItemKind<T>, item: Item, toItem: (found: T) => ScopeItem): ScopeItem {
  const found = kind.inspect(item);
  return isItemError(found) ? { kind: 'unreadable', name: String(item['sk']), error: found } : toItem(found);
}

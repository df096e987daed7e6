import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type ChangeOutcome, type MemoryChange, type ScopeKey, subjectName } from '../../memory/index.ts';
import { scopeItemKey, sessionItemKey, sortKeys, toMemoryItem, toStatementItem } from '../../table/index.ts';
import { isStill } from './is-still.ts';
import { againUpdate, IS_OPEN, stepUpdate } from './manifest-updates.ts';

/** One write of a transaction, and what it means when its condition does not hold. */
interface ChangeItem {
  readonly write: NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  readonly refusal?: Exclude<ChangeOutcome, 'done'>;
}

/** A change of memories as the items of one transaction. */
export function toChangeItems(TableName: string, scope: ScopeKey, change: MemoryChange): ChangeItem[] {
  const keyOf = (sk: string) => ({ TableName, Key: scopeItemKey(scope, sk) });
  return [
    ...demands(TableName, scope, change),
    ...(change.memories ?? []).map((memory) => ({
      write: memoryWrite(TableName, scope, memory),
      refusal: 'memory-changed' as const,
    })),
    ...(change.put ?? []).map((statement) => ({
      write: { Put: { TableName, Item: toStatementItem(scope, statement) } },
    })),
    ...(change.remove ?? []).map((name) => ({ write: { Delete: keyOf(sortKeys.statement(name)) } })),
    ...(change.sources ?? []).flatMap(({ session, author, add = [], drop = [] }) => {
      const [verb, names] = add.length > 0 ? ['ADD', add] : ['DELETE', drop];
      if (names.length === 0) return [];
      const Update = {
        ...keyOf(sortKeys.source(session, author)),
        UpdateExpression: `${verb} #names :names`,
        ExpressionAttributeNames: { '#names': 'names' },
        ExpressionAttributeValues: { ':names': new Set(names) },
      };
      return [{ write: { Update } }];
    }),
    ...(change.removedSources ?? []).map(({ session, author, isStruck }) => ({
      write: {
        Delete: {
          ...keyOf(sortKeys.source(session, author)),
          ConditionExpression: `attribute_not_exists(#names)${isStruck ? '' : ' AND attribute_not_exists(onManifest)'}`,
          ExpressionAttributeNames: { '#names': 'names' },
        },
      },
      refusal: 'memory-changed' as const,
    })),
    ...(change.listed ?? []).map(({ session, author }) => {
      const Key = keyOf(sortKeys.source(session, author));
      const set = {
        UpdateExpression: 'SET onManifest = :true',
        ExpressionAttributeValues: { ':true': true },
      };
      return { write: { Update: { ...Key, ...set } } };
    }),
    ...(change.extraction
      ? [{ write: extractionWrite(TableName, scope, change.extraction), refusal: 'archive-changed' as const }]
      : []),
  ];
}

function extractionWrite(
  TableName: string,
  { tenant }: ScopeKey,
  { session, archive, step, result }: NonNullable<MemoryChange['extraction']>,
) {
  const Key = sessionItemKey({ tenant, session }, sortKeys.archive(archive));
  const update = step === 'again' ? againUpdate(result) : stepUpdate(step, result);
  return { Update: { TableName, Key, ...update } };
}

function demands(TableName: string, scope: ScopeKey, { erasure, archive, carriedFrom = [] }: MemoryChange) {
  const items: ChangeItem[] = [];
  if (archive) items.push({ write: archiveCheck(TableName, scope, archive), refusal: 'archive-changed' });
  if (erasure) items.push({ write: erasureCheck(TableName, scope, erasure), refusal: 'scope-erased' });
  for (const session of carriedFrom) {
    const Key = scopeItemKey(scope, sortKeys.erasedSession(session));
    const write = { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' } };
    items.push({ write, refusal: 'session-erased' });
  }
  return items;
}

function archiveCheck(
  TableName: string,
  { tenant }: ScopeKey,
  { session, archive, awaits }: NonNullable<MemoryChange['archive']>,
) {
  const awaited =
    awaits === 'merge'
      ? {
          ConditionExpression: `${IS_OPEN} AND attribute_not_exists(#merge)`,
          ExpressionAttributeNames: { '#merge': 'merge' },
        }
      : {
          ConditionExpression: `${IS_OPEN} AND again.id = :id`,
          ExpressionAttributeValues: { ':id': awaits.extractionId },
        };
  const Key = sessionItemKey({ tenant, session }, sortKeys.archive(archive));
  return { ConditionCheck: { TableName, Key, ...awaited } };
}

function erasureCheck(
  TableName: string,
  scope: ScopeKey,
  { seenAtMs }: NonNullable<MemoryChange['erasure']>,
) {
  const seen =
    seenAtMs === undefined
      ? { ConditionExpression: 'attribute_not_exists(erasedAtMs)' }
      : { ConditionExpression: 'erasedAtMs = :seen', ExpressionAttributeValues: { ':seen': seenAtMs } };
  return { ConditionCheck: { TableName, Key: scopeItemKey(scope, sortKeys.scope), ...seen } };
}

function memoryWrite(
  TableName: string,
  scope: ScopeKey,
  { subject, before, after }: NonNullable<MemoryChange['memories']>[number],
) {
  const condition = isStill(before);
  if (after) return { Put: { TableName, Item: toMemoryItem(scope, after), ...condition } };
  const Key = scopeItemKey(scope, sortKeys.memory(subjectName(subject)));
  // Nothing to delete, and nothing that may have come in between.
  if (before === undefined) return { ConditionCheck: { TableName, Key, ...condition } };
  return { Delete: { TableName, Key, ...condition } };
}

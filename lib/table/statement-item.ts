import { z } from 'zod';
import {
  type Author,
  memoryCategorySchema,
  type ScopeKey,
  type Source,
  type Statement,
  statementName,
} from '../memory/index.ts';
import { itemKind } from './item-kind.ts';
import { fromSortKey, scopeItemKey, sortKeys } from './keys.ts';

export const authorSchema: z.ZodType<Author> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('archive'),
    session: z.string(),
    archive: z.int().min(1),
    messageId: z.string(),
    model: z.string(),
    promptVersion: z.exactOptional(z.string()),
    extractionVersion: z.exactOptional(z.string()),
  }),
  z.object({ kind: z.literal('person'), id: z.string(), who: z.string() }),
  z.object({ kind: z.literal('erased'), id: z.string() }),
  z.object({ kind: z.literal('earlier') }),
]);

export const statementShape = {
  category: memoryCategorySchema,
  key: z.string(),
  text: z.string(),
  retracts: z.exactOptional(z.literal(true)),
  restores: z.exactOptional(z.literal(true)),
  contradicts: z.exactOptional(z.literal(true)),
  confidence: z.number(),
  saidAtMs: z.number(),
  by: authorSchema,
  carriedFrom: z.exactOptional(z.array(z.array(z.string()))),
};

/** What one archive or person said of a subject. */
export const statementItem = itemKind<Statement>(z.object(statementShape));

export const toStatementItem = (scope: ScopeKey, statement: Statement) =>
  statementItem.write(scopeItemKey(scope, sortKeys.statement(statementName(statement))), statement);

/** Which statements of one author hold words of a session. A set without names is not there. */
export const sourceItem = itemKind<Source>(
  z
    .object({
      sk: z.string(),
      names: z.set(z.string()).default(new Set()),
      onManifest: z.exactOptional(z.literal(true)),
    })
    .transform(({ sk, names, ...rest }) => ({
      ...fromSortKey.source(sk),
      ...rest,
      names: [...names].sort(),
    })),
);

/** What is known of a scope itself. */
export const scopeItem = itemKind(z.object({ erasedAtMs: z.number() }));

import { z } from 'zod';
import { MemoryNotFoundError, readHistory, statementName, subjectName } from '../../memory/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { countFitting } from '../count-fitting.ts';
import { memoryContext } from '../enter-as-caller.ts';
import { scopeOf, subjectOf } from '../memory-parts.ts';
import { AFTER, limitSchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { toEarlierMemoryView, toMemoryView, toStatementView } from '../to-view.ts';
import type { MemoryHistoryView } from '../views/index.ts';

/** A statement's name without its subject: the time, and two names of who said it. */
const markSchema = z
  .string()
  .regex(/^\d{15}#[!-"$-~]{1,128}#[!-"$-~]{1,128}$/, 'must be the nextAfter of another page');
export const getMemoryQuery = z.strictObject({
  after: markSchema.describe(AFTER).optional(),
  limit: limitSchema,
});

/** A memory, also one that was taken back, and what was said of it, the newest first. */
export async function getMemory(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const [scope, subject] = [scopeOf(request), subjectOf(request)];
  const { after, limit } = parseInput('query', getMemoryQuery, request.query);
  const prefix = `${subjectName(subject)}#`;
  const page = { limit, ...(after !== undefined && { after: `${prefix}${after}` }) };
  const found = await readHistory(memoryContext(context, request), scope, subject, page);
  if (!found) throw new MemoryNotFoundError(scope, subject);
  const all = found.statements.map(toStatementView);
  const statements = all.slice(0, countFitting(all));
  const last = found.statements[statements.length - 1];
  const isCut = statements.length < all.length;
  const nextAfter = isCut ? last && statementName(last) : found.nextAfter;
  const view: MemoryHistoryView = {
    scope: scope.scope,
    ...toMemoryView(found.memory),
    statements,
    ...(found.earlier && !isCut && { earlier: toEarlierMemoryView(found.earlier) }),
    ...(nextAfter !== undefined && { nextAfter: nextAfter.slice(prefix.length) }),
  };
  return { status: 200, body: view };
}

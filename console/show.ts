import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ConsoleEnv, Desk } from './desk.ts';
import { layout, type Page } from './pages/layout.ts';

/** Answers with a page. */
export function show(
  { operations }: Pick<Desk, 'operations'>,
  c: Context<ConsoleEnv>,
  page: Page,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  return c.html(layout(operations.stack, page), status);
}

import type { ProblemView } from './views.ts';

/**
 * The problem that an error answer carries. The gateway in front of the API answers `{"message": …}` instead,
 * and what stands in front of that may answer anything: both are put in a problem's form.
 */
export function problemOf(status: number, statusText: string, text: string): ProblemView {
  const body = parseObject(text);
  if (typeof body?.['code'] === 'string' && typeof body['detail'] === 'string') {
    return { type: 'about:blank', title: statusText, ...body, status } as ProblemView;
  }
  const said = typeof body?.['message'] === 'string' ? body['message'] : excerpt(text);
  return {
    type: 'about:blank',
    title: statusText || 'Error',
    status,
    code: `http-${status}`,
    detail: said ? `The answer says: ${said}` : 'The answer gives no reason.',
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const EXCERPT_CHARACTERS = 200;

function excerpt(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > EXCERPT_CHARACTERS ? `${trimmed.slice(0, EXCERPT_CHARACTERS)}…` : trimmed;
}

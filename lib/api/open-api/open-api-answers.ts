import { createHash } from 'node:crypto';
import type { ApiResponse } from '../api-request.ts';
import { openApiDocument } from './open-api-document.ts';

/** For how long an answer may be kept without asking again. */
const MAX_AGE_S = 300;

/** What is read of a request for the document. */
interface OpenApiRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Answers requests for the OpenAPI document, from anybody: it is made at the first of them.
 *
 * @param version of the package.
 */
export function openApiAnswers(version: string): (request: OpenApiRequest) => ApiResponse {
  let made: { readonly document: object; readonly etag: string } | undefined;
  return ({ headers }) => {
    made ??= withEtag(openApiDocument(version));
    const { document, etag } = made;
    const answered = { etag, 'cache-control': `public, max-age=${MAX_AGE_S}` };
    const isKnown = isAmong(etag, headers['if-none-match']);
    return isKnown ? { status: 304, headers: answered } : { status: 200, headers: answered, body: document };
  };
}

function withEtag(document: object) {
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('base64url');
  return { document, etag: `"${hash}"` };
}

/** Whether a header `If-None-Match` names it (RFC 9110, 13.1.2): weak marks count as well. */
function isAmong(etag: string, ifNoneMatch = ''): boolean {
  const named = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return named.includes(etag) || named.includes('*');
}

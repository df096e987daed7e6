import { ArchiveNotFoundError, type Manifest } from '../../archive/index.ts';
import type { SessionKey } from '../../session/index.ts';
import { type PositionedMessage, readArchive } from '../../session-log/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { pageQuerySchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { archiveOf, sessionOf } from '../request-parts.ts';
import { toArchiveView } from '../to-view.ts';
import type { ArchiveMessagesView } from '../views/index.ts';

/** A page ends early here: a function's answer may be 6 MB. */
const MAX_PAGE_BYTES = 2_000_000;

/** An archive's manifest and a page of its messages: whole appends, at most `limit` of them. */
export async function getArchive(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const archive = archiveOf(request);
  const page = parseInput('query', pageQuerySchema, request.query);
  const manifest = await context.store.readManifest(key, archive);
  if (!manifest) throw new ArchiveNotFoundError(key.session, archive);
  const view: ArchiveMessagesView = {
    ...toArchiveView(manifest),
    ...(await readPage(context, key, manifest, page)),
  };
  return { status: 200, body: view };
}

async function readPage(
  { store }: ApiContext,
  key: SessionKey,
  manifest: Manifest,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Pick<ArchiveMessagesView, 'messages' | 'nextAfter'>> {
  const messages: PositionedMessage[] = [];
  let appends = 0;
  let bytes = 0;
  let last = after;
  for await (const { position, messages: appended } of readArchive(store, key, manifest, after)) {
    if (appends === limit || bytes > MAX_PAGE_BYTES) return { messages, nextAfter: last };
    messages.push(...appended.map((message) => ({ ...message, position })));
    appends += 1;
    bytes += Buffer.byteLength(JSON.stringify(appended));
    last = position;
  }
  return { messages };
}

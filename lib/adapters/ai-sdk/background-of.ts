import type { ContextView } from '../../client/index.ts';
// Past the index, which would bring the server side into the bundle.
import { backgroundBlocks, digested, fenced, introduced } from '../../context/background-blocks.ts';

/** What a context remembers and sums up, as one text; undefined where there is nothing. */
export async function backgroundOf({ memories, summaries }: ContextView): Promise<string | undefined> {
  const told = memories.map(({ saidAt, ...memory }) => ({ ...memory, saidAtMs: Date.parse(saidAt) }));
  const blocks = backgroundBlocks({ memories: told, summaries });
  return introduced(
    await Promise.all(blocks.map(async (block) => fenced(block, await sha256(digested(block))))),
  );
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

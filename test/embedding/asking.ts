import { type Embedder, embedderFrom } from '../../lib/embedding/index.ts';
import { fakeClock } from '../support/fake-clock.ts';

export const forever = new AbortController().signal;

export const asDocument = { purpose: 'document', signal: forever } as const;

/** An embedder of 16 dimensions on a test server. */
export function embedderOn(
  { baseUrl }: { readonly baseUrl: string },
  options: { readonly dimensions?: number; readonly readKey?: () => Promise<string> } = {},
): Embedder {
  const { dimensions = 16, readKey } = options;
  return embedderFrom(
    { model: 'openai-compatible:small', baseUrl, dimensions },
    { clock: fakeClock(), readKey },
  );
}

/** What embedding a text fails with. */
export async function failureOf(embedder: Embedder, text = 'hello'): Promise<unknown> {
  return embedder.embed([text], asDocument).catch((error: unknown) => error);
}

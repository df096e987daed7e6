import type { ContextView } from '../../client/index.ts';
import type { Alignment } from './align-prompt.ts';
import { backgroundOf } from './background-of.ts';
import { earlierMessages } from './earlier-messages.ts';
import type { ModelCall, ModelPrompt } from './middleware-options.ts';

/**
 * A call whose prompt has what its session remembers: behind its own system messages, memories and summaries as one more;
 * then the messages of the session that come before the first that the prompt has; then the prompt's.
 *
 * @param aligned where the prompt is in the session; no messages of the session are given unless it is.
 */
export async function promptWithContext(
  params: ModelCall,
  context: ContextView | undefined,
  aligned: Alignment | undefined,
): Promise<ModelCall> {
  if (!context) return params;
  const { prompt } = params;
  const first = prompt.findIndex(({ role }) => role !== 'system');
  const start = first === -1 ? prompt.length : first;
  const known = await backgroundOf(context);
  const background: ModelPrompt = known === undefined ? [] : [{ role: 'system', content: known }];
  const hasTools = (params.tools?.length ?? 0) > 0;
  const next = prompt[start]?.role;
  const earlier = aligned ? earlierMessages(before(context, aligned), { hasTools, next }) : [];
  return {
    ...params,
    prompt: [...prompt.slice(0, start), ...background, ...earlier, ...prompt.slice(start)],
  };
}

/** The messages of a context that come before those that the prompt has. */
function before({ messages }: ContextView, { sharedFrom }: Alignment): ContextView['messages'] {
  if (!sharedFrom) return messages;
  const shared = messages.findIndex(({ id }) => id === sharedFrom.id);
  if (shared !== -1) return messages.slice(0, shared);
  return messages.filter(({ position }) => position < sharedFrom.position);
}

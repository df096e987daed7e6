import type { AiSdkInput, CanonicalMessage } from '../../messages/index.ts';
import type { ModelAnswer } from './middleware-options.ts';
import { storable } from './storable.ts';

export type AnswerPart = ModelAnswer['content'][number];

/**
 * What a model said, as a message for a session.
 *
 * @param isInterrupted it had not come to an end: `metadata` says so.
 * @returns undefined when it said nothing.
 */
export function answerOf(
  content: readonly AnswerPart[],
  { isInterrupted = false }: { readonly isInterrupted?: boolean } = {},
): CanonicalMessage | undefined {
  const parts = content.flatMap((part) => toPart(part) ?? []);
  if (parts.length === 0) return undefined;
  const [message] = storable([{ role: 'assistant', content: parts } satisfies AiSdkInput]);
  if (!message || !isInterrupted) return message;
  return { ...message, metadata: { ...message.metadata, commitlane: { interrupted: true } } };
}

/** As the SDK sends it back to the model. */
function toPart({ providerMetadata, ...part }: AnswerPart): object | undefined {
  const options = providerMetadata ? { providerOptions: providerMetadata } : {};
  switch (part.type) {
    case 'text':
      return part.text === '' ? undefined : { ...part, ...options };
    case 'tool-call':
      return { ...part, input: parsed(part.input), ...options };
    case 'tool-result': {
      const { result, isError, preliminary, ...rest } = part;
      if (preliminary) return undefined;
      return { ...rest, output: { type: isError ? 'error-json' : 'json', value: result }, ...options };
    }
    default:
      return { ...part, ...options };
  }
}

/** A model may give arguments that are no JSON; they are kept as it gave them. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input === '' ? '{}' : input);
  } catch {
    return input;
  }
}

import { z } from 'zod';

const name = z.string().regex(/^[^\s<|\\/>]{1,64}$/u);
const toolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const callId = z.string().min(1).max(40);
const webOrData = z.string().regex(/^(https?:\/\/|data:[^,]+;base64,)/i);

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });
const userBlock = z.union([
  textBlock,
  z.looseObject({
    type: z.literal('image_url'),
    image_url: z.looseObject({ url: webOrData, detail: z.enum(['auto', 'low', 'high']).optional() }),
  }),
  z.looseObject({
    type: z.literal('input_audio'),
    input_audio: z.looseObject({ data: z.base64().min(1), format: z.enum(['wav', 'mp3']) }),
  }),
  z.looseObject({
    type: z.literal('file'),
    file: z.looseObject({
      file_data: z.string().optional(),
      file_id: z.string().optional(),
      filename: z.string().optional(),
    }),
  }),
]);
const refusalBlock = z.looseObject({ type: z.literal('refusal'), refusal: z.string() });

const texts = z.union([z.string(), z.array(textBlock).min(1)]);
const call = z.discriminatedUnion('type', [
  z.looseObject({
    id: callId,
    type: z.literal('function'),
    function: z.looseObject({ name: toolName, arguments: z.string() }),
  }),
  z.looseObject({
    id: callId,
    type: z.literal('custom'),
    custom: z.looseObject({ name: toolName, input: z.string() }),
  }),
]);
const assistant = z
  .looseObject({
    role: z.literal('assistant'),
    content: z.union([z.string(), z.array(z.union([textBlock, refusalBlock])).min(1)]).nullish(),
    name: name.optional(),
    refusal: z.string().nullish(),
    audio: z.looseObject({ id: z.string() }).nullish(),
    tool_calls: z.array(call).min(1).optional(),
    function_call: z.looseObject({ name: toolName, arguments: z.string() }).nullish(),
  })
  .refine(
    ({ content, tool_calls, function_call, refusal, audio }) =>
      (content ?? tool_calls ?? function_call ?? refusal ?? audio ?? undefined) !== undefined,
    'says nothing',
  );
const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer']), content: texts, name: name.optional() }),
  z.looseObject({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(userBlock).min(1)]),
    name: name.optional(),
  }),
  assistant,
  z.looseObject({ role: z.literal('tool'), tool_call_id: callId, content: texts }),
  z.looseObject({ role: z.literal('function'), name: toolName, content: z.string().nullable() }),
]);

/**
 * What OpenAI's chat completions API would refuse messages for: their forms, and "an assistant message with 'tool_calls'
 * must be followed by tool messages responding to each 'tool_call_id'". Calls of the last assistant message may be open.
 */
export function refusedByOpenAiChat(messages: readonly unknown[]): string[] {
  const parsed = z.array(message).safeParse(messages);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const problems: string[] = [];
  let open = new Set<string>();
  let openFunction: string | undefined;
  for (const [index, one] of parsed.data.entries()) {
    if (one.role === 'tool') {
      if (!open.delete(one.tool_call_id)) problems.push(`${index}: answers no call`);
      continue;
    }
    if (one.role === 'function') {
      if (openFunction !== one.name) problems.push(`${index}: answers no function call`);
      openFunction = undefined;
      continue;
    }
    if (open.size > 0 || openFunction !== undefined)
      problems.push(`${index}: calls before it are not answered`);
    const calls = one.role === 'assistant' ? (one.tool_calls ?? []) : [];
    open = new Set(calls.map(({ id }) => id));
    openFunction = one.role === 'assistant' ? one.function_call?.name : undefined;
    if (open.size < calls.length) problems.push(`${index}: ids of calls are there twice`);
  }
  return problems;
}

import { z } from 'zod';

const callId = z.string().min(1).max(64);
const toolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const webOrData = z.string().regex(/^(https?:\/\/|data:[^,]+;base64,)/i);

const inputText = z.looseObject({ type: z.literal('input_text'), text: z.string() });
const inputFile = z.looseObject({
  type: z.literal('input_file'),
  file_data: z.string().nullish(),
  file_url: z
    .string()
    .regex(/^https?:\/\//i)
    .nullish(),
  file_id: z.string().nullish(),
  filename: z.string().nullish(),
});
const details = ['low', 'high', 'auto', 'original'] as const;
const image = {
  type: z.literal('input_image'),
  image_url: webOrData.nullish(),
  file_id: z.string().nullish(),
};
const inputBlock = z.discriminatedUnion('type', [
  inputText,
  inputFile,
  z.looseObject({ ...image, detail: z.enum(details) }),
]);
const resultBlock = z.discriminatedUnion('type', [
  inputText,
  inputFile,
  z.looseObject({ ...image, detail: z.enum(details).nullish() }),
]);

const status = z.enum(['in_progress', 'completed', 'incomplete']);
const phase = z.enum(['commentary', 'final_answer']).nullish();
const saidBlock = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('output_text'),
    text: z.string(),
    annotations: z.array(z.looseObject({ type: z.string() })),
  }),
  z.looseObject({ type: z.literal('refusal'), refusal: z.string() }),
]);
const message = z.union([
  z.looseObject({
    role: z.enum(['user', 'system', 'developer']),
    content: z.union([z.string(), z.array(inputBlock).min(1)]),
    type: z.literal('message').optional(),
    status: status.optional(),
    phase,
  }),
  z.looseObject({
    role: z.literal('assistant'),
    content: z.string().min(1),
    type: z.literal('message').optional(),
    phase,
  }),
  z.looseObject({
    role: z.literal('assistant'),
    content: z.array(saidBlock).min(1),
    type: z.literal('message'),
    id: z.string(),
    status,
    phase,
  }),
]);
const item = z.union([
  z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('reasoning'),
      id: z.string(),
      summary: z.array(z.looseObject({ type: z.literal('summary_text'), text: z.string() })),
      content: z.array(z.looseObject({ type: z.literal('reasoning_text'), text: z.string() })).optional(),
      encrypted_content: z.string().nullish(),
      status: status.optional(),
    }),
    z.looseObject({
      type: z.literal('function_call'),
      call_id: callId,
      name: toolName,
      arguments: z.string(),
      id: z.string().optional(),
      status: status.optional(),
    }),
    z.looseObject({
      type: z.literal('custom_tool_call'),
      call_id: callId,
      name: toolName,
      input: z.string(),
      id: z.string().optional(),
    }),
    z.looseObject({
      type: z.literal('function_call_output'),
      call_id: callId,
      output: z.union([z.string(), z.array(resultBlock).min(1)]),
      id: z.string().nullish(),
      status: status.nullish(),
    }),
    z.looseObject({
      type: z.literal('custom_tool_call_output'),
      call_id: callId,
      output: z.union([z.string(), z.array(inputBlock).min(1)]),
    }),
  ]),
  message,
  z.looseObject({
    type: z
      .string()
      .regex(
        /^(\w+_call(_output)?|\w+_output|mcp_\w+|compaction\w*|item_reference|additional_tools|program)$/,
      ),
  }),
  z.strictObject({ id: z.string() }),
]);

/** An output's type by the type of its call. */
const answersTo: Readonly<Record<string, string>> = {
  function_call_output: 'function_call',
  custom_tool_call_output: 'custom_tool_call',
  computer_call_output: 'computer_call',
  shell_call_output: 'shell_call',
  apply_patch_call_output: 'apply_patch_call',
};

interface Typed {
  readonly type?: string;
  readonly role?: string;
  readonly call_id?: string;
}

/** Where the assistant begins to speak for the last time; results may follow. */
function startOfLastTurn(items: readonly Typed[]): number {
  const isResult = ({ type = '' }: Typed) => type.endsWith('_output');
  const isQuestion = ({ role = 'assistant', type }: Typed) =>
    role !== 'assistant' || type === 'mcp_approval_response';
  const end = items.findLastIndex((item) => !isResult(item)) + 1;
  return items.slice(0, end).findLastIndex((item) => isResult(item) || isQuestion(item)) + 1;
}

/**
 * What OpenAI's responses API would refuse items for: the forms of those that are not of its own tools; "no tool call
 * found for function call output", and "no tool output found for function call". Calls of the last turn may be
 * open.
 */
export function refusedByOpenAiResponses(items: readonly unknown[]): string[] {
  const parsed = z.array(item).safeParse(items);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const problems: string[] = [];
  const open = new Map<string, { type: string; index: number }>();
  const lastTurn = startOfLastTurn(parsed.data as Typed[]);
  for (const [index, one] of (parsed.data as Typed[]).entries()) {
    const { type = 'message', call_id = '' } = one;
    if (type === 'function_call' || type === 'custom_tool_call') {
      if (open.has(call_id)) problems.push(`${index}: the id of a call is there twice`);
    }
    if (type.endsWith('_call') && call_id) open.set(call_id, { type, index });
    const callType = answersTo[type];
    if (!callType) continue;
    if (open.get(call_id)?.type !== callType) problems.push(`${index}: answers no call`);
    if (callType.startsWith('function') || callType.startsWith('custom')) open.delete(call_id);
  }
  for (const { type, index } of open.values()) {
    const isOurs = type === 'function_call' || type === 'custom_tool_call';
    if (isOurs && index < lastTurn) problems.push(`${index}: a call that nobody answered`);
  }
  return problems;
}

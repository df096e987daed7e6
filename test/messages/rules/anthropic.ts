import { z } from 'zod';

const said = z.string().regex(/\S/, 'has no text');
const toolName = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const callId = z.string().regex(/^[A-Za-z0-9_-]+$/);
const web = z.string().regex(/^https?:\/\//i);

const cached = {
  cache_control: z
    .looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
    .nullish(),
};
const textBlock = z.looseObject({
  type: z.literal('text'),
  text: said,
  citations: z.array(z.looseObject({ type: z.string(), cited_text: z.string() })).nullish(),
  ...cached,
});
const fileSource = z.looseObject({ type: z.literal('file'), file_id: z.string() });
const urlSource = z.looseObject({ type: z.literal('url'), url: web });
const imageBlock = z.looseObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('base64'),
      media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
      data: z.base64().min(1),
    }),
    urlSource,
    fileSource,
  ]),
  ...cached,
});
const documentBlock = z.looseObject({
  type: z.literal('document'),
  source: z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('base64'),
      media_type: z.literal('application/pdf'),
      data: z.base64().min(1),
    }),
    z.looseObject({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
    z.looseObject({ type: z.literal('content'), content: z.union([z.string(), z.array(z.unknown())]) }),
    urlSource,
    fileSource,
  ]),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations: z.looseObject({ enabled: z.boolean().optional() }).nullish(),
  ...cached,
});
const searchResult = z.looseObject({
  type: z.literal('search_result'),
  content: z.array(textBlock),
  source: z.string(),
  title: z.string(),
  ...cached,
});
const resultBlock = z.discriminatedUnion('type', [
  textBlock,
  imageBlock,
  documentBlock,
  searchResult,
  z.looseObject({ type: z.literal('tool_reference'), tool_name: z.string(), ...cached }),
  z.looseObject({ type: z.literal('browser_state'), tabs: z.array(z.looseObject({})), ...cached }),
]);
const toolResult = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: callId,
  content: z.union([z.string(), z.array(resultBlock)]).optional(),
  is_error: z.boolean().optional(),
  toolset_name: z.string().nullish(),
  ...cached,
});
const upload = z.looseObject({ type: z.literal('container_upload'), file_id: z.string() });
const userBlock = z.discriminatedUnion('type', [
  textBlock,
  imageBlock,
  documentBlock,
  searchResult,
  toolResult,
  upload,
]);

const serverResultTypes = [
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
] as const;
const input = z.record(z.string(), z.unknown());
const assistantBlock = z.discriminatedUnion('type', [
  textBlock,
  z.looseObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.looseObject({ type: z.literal('tool_use'), id: callId, name: toolName, input, ...cached }),
  z.looseObject({ type: z.literal('server_tool_use'), id: z.string(), name: z.string() }),
  z.looseObject({ type: z.enum(serverResultTypes), tool_use_id: z.string(), content: z.unknown() }),
]);

const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('user'), content: z.union([said, z.array(userBlock).min(1)]) }),
  z.looseObject({ role: z.literal('assistant'), content: z.union([said, z.array(assistantBlock).min(1)]) }),
  z.looseObject({ role: z.literal('system'), content: z.union([said, z.array(textBlock).min(1)]) }),
]);
const conversation = z.strictObject({
  system: z.union([said, z.array(textBlock).min(1)]).optional(),
  messages: z.array(message),
});

/**
 * What Anthropic's messages API would refuse a conversation for: the forms of messages; that the user begins; that each
 * `tool_use` has an id of its own, and its `tool_result` at the beginning of the message that follows; that a result of
 * the server's tools has its call before it. Calls of the last assistant message may be open, some
 * or all.
 */
export function refusedByAnthropic(value: unknown): string[] {
  const parsed = conversation.safeParse(value);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const { messages } = parsed.data;
  const problems: string[] = messages[0] && messages[0].role !== 'user' ? ['0: the user begins'] : [];
  const ids = new Set<string>();
  const serverIds = new Set<string>();
  let open = new Set<string>();
  for (const [index, { role, content }] of messages.entries()) {
    const blocks: readonly { type: string; [field: string]: unknown }[] =
      typeof content === 'string' ? [] : content;
    const results = blocks.filter(({ type }) => type === 'tool_result');
    for (const result of results) {
      if (role !== 'user' || !open.delete(String(result['tool_use_id']))) {
        problems.push(`${index}: a result without its call just before`);
      }
    }
    if (blocks.slice(0, results.length).some(({ type }) => type !== 'tool_result')) {
      problems.push(`${index}: results come first`);
    }
    const isWaiting = index === messages.length - 1 && results.length > 0 && results.length === blocks.length;
    if (open.size > 0 && !isWaiting) problems.push(`${index}: calls before it are not answered`);
    open = new Set();
    for (const block of blocks) {
      const id = String(block['id']);
      if (block.type === 'server_tool_use') serverIds.add(id);
      if (
        serverResultTypes.some((type) => type === block.type) &&
        !serverIds.has(String(block['tool_use_id']))
      ) {
        problems.push(`${index}: a result of the server without its call`);
      }
      if (block.type !== 'tool_use') continue;
      if (ids.has(id)) problems.push(`${index}: the id of a call is there twice`);
      ids.add(id);
      open.add(id);
    }
  }
  return problems;
}

import type { Reply } from './model-server.ts';

/** What the model writes, with a finish reason of `stop` unless said otherwise; 100 tokens read, 20 written. */
export function saying(content: string | object | null, finishReason = 'stop'): Reply {
  return json(200, {
    id: 'c-1',
    object: 'chat.completion',
    created: 1,
    model: 'small',
    choices: [
      {
        index: 0,
        finish_reason: finishReason,
        message: {
          role: 'assistant',
          content: typeof content === 'object' && content !== null ? JSON.stringify(content) : content,
        },
      },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  });
}

/** An error, in the form that such servers give. */
export function failing(
  status: number,
  {
    headers = {},
    message = 'no',
    code,
  }: { headers?: Record<string, string>; message?: string; code?: string } = {},
): Reply {
  return json(status, { error: { message, ...(code !== undefined && { code }) } }, headers);
}

/** Never answers. */
export const hanging: Reply = () => undefined;

/** Begins to answer, and never ends. */
export const stalling: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices": [');
};

/** Breaks the connection off. */
export const breaking: Reply = (response) => {
  response.destroy();
};

/** Answers with something else than its protocol. */
export const html: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome, Ann!</h1>');
};

function json(status: number, body: object, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

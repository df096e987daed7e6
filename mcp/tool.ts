import type { CallToolResult, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { CommitlaneClient } from '../lib/client/index.ts';

/** What a call of a tool has to work with. */
export interface Call {
  /** Of whoever calls. */
  readonly client: CommitlaneClient;
  /** Aborts when the call is cancelled, or its caller has gone. */
  readonly signal: AbortSignal;
  /** Says how far a call is that takes long, to a caller who wants to know. */
  readonly report: (message: string) => Promise<void>;
}

/** What a tool has found or done. */
export interface ToolAnswer {
  readonly view: object;
  /** For models that read only text; the view as JSON unless given. */
  readonly text?: string;
}

/** What is said of a tool. */
interface ToolWords<Input extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** For the model that chooses it. */
  readonly description: string;
  readonly annotations: ToolAnnotations;
  /** What its arguments name: a session that is there, one that may be new, a scope, or perhaps a scope of many sessions. */
  readonly about: 'session' | 'new-session' | 'memories' | 'sessions';
  readonly input: Input;
  readonly output: z.ZodType;
}

/** A tool, whatever it takes. */
export interface Tool extends ToolWords<z.ZodObject> {
  /** @param args what `input` has parsed. */
  run(args: object, call: Call): Promise<ToolAnswer>;
}

/** A tool whose `run` knows what its `input` parses. */
export function makeTool<Input extends z.ZodObject>(
  tool: ToolWords<Input> & { run(args: z.output<Input>, call: Call): Promise<ToolAnswer> },
): Tool {
  return { ...tool, run: (args, call) => tool.run(args as z.output<Input>, call) };
}

/** A tool that changes nothing. */
export const readsOnly = { readOnlyHint: true, openWorldHint: false } satisfies ToolAnnotations;

/** A tool that adds to what is there, and whose repeat does nothing more. */
export const addsOnce = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} satisfies ToolAnnotations;

/** An answer as the protocol has it. */
export function toResult({ view, text = JSON.stringify(view) }: ToolAnswer): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent: { ...view } };
}

/** How far a call is, for a caller who asked to be told. */
export function reporter({ mcpReq }: ServerContext): Call['report'] {
  const progressToken = mcpReq._meta?.progressToken;
  let progress = 0;
  return async (message) => {
    if (progressToken === undefined) return;
    progress += 1;
    await mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress, message },
    });
  };
}

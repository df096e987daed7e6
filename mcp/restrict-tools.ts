import { z } from 'zod';
import { OtherScopeError } from './errors.ts';
import type { Call, Tool } from './tool.ts';

/** What a server is for, where that is less than its callers may do. */
export interface Restriction {
  /** The only session that tools are about. Memories are then those of its scope. */
  readonly session?: string;
  /** The only scope: its memories, and the sessions that feed them. */
  readonly scope?: string;
}

/** The tools that a restriction leaves. What it decides is no argument of theirs any more. */
export function restrictTools(tools: readonly Tool[], restriction: Restriction): readonly Tool[] {
  const { session, scope } = restriction;
  if (session === undefined && scope === undefined) return tools;
  return tools
    .filter(({ about }) => session === undefined || about !== 'sessions')
    .map((tool) => restricted(tool, restriction));
}

function restricted(tool: Tool, restriction: Restriction): Tool {
  const { session } = restriction;
  const decided = session === undefined ? ['scope'] : ['session', 'scope'];
  const known = decided.filter((name) => name in tool.input.shape);
  return {
    ...tool,
    input: without(tool.input, known),
    async run(args, call) {
      const chosen = { ...args, ...(session !== undefined && known.includes('session') && { session }) };
      return tool.run({ ...chosen, ...(await decidedScope(tool, chosen, restriction, call)) }, call);
    },
  };
}

function without(input: z.ZodObject, names: readonly string[]): z.ZodObject {
  const kept = Object.entries(input.shape).filter(([name]) => !names.includes(name));
  return z.strictObject(Object.fromEntries(kept));
}

/** @throws OtherScopeError for a session that feeds another scope; what the API throws for one that is not there. */
async function decidedScope(
  { about }: Tool,
  { session: chosen }: { readonly session?: unknown },
  { session, scope }: Restriction,
  call: Call,
): Promise<{ readonly scope?: string }> {
  if (about === 'memories') return { scope: scope ?? (await scopeOf(String(session), call)) };
  if (about === 'session' && scope !== undefined && (await scopeOf(String(chosen), call)) !== scope) {
    throw new OtherScopeError(String(chosen), scope);
  }
  return about === 'session' || scope === undefined ? {} : { scope };
}

async function scopeOf(session: string, { client, signal }: Call): Promise<string> {
  const { scope } = await client.getSession(session, { limit: 1, signal });
  return scope;
}

import type { Tool } from '@modelcontextprotocol/client';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { mcpWorld, type WorldOptions } from './mcp-world.ts';

async function toolsOf(options: WorldOptions = {}) {
  await using world = await mcpWorld(options);
  const client = await world.connect({ over: 'stdio' });
  const { tools } = await client.listTools();
  return new Map(tools.map((tool) => [tool.name, tool]));
}

const argumentsOf = (tool: Tool | undefined) => Object.keys(tool?.inputSchema.properties ?? {});

describe('the tools', () => {
  it('say of themselves what they are for, and what they change', async () => {
    const tools = await toolsOf();
    const reading = ['search_memories', 'search_messages', 'read_context', 'list_sessions'];
    const writing = ['open_session', 'append_messages', 'commit'];
    expect([...tools.keys()]).toEqual([...reading, ...writing]);
    for (const { name, title, description, annotations } of tools.values()) {
      expect({ title, description }, name).toEqual({
        title: expect.any(String),
        description: expect.any(String),
      });
      expect(annotations, name).toMatchObject(
        reading.includes(name)
          ? { readOnlyHint: true }
          : { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
      );
    }
  });

  it('have schemas that any validator understands, and that need nothing else', async () => {
    for (const { name, inputSchema, outputSchema } of (await toolsOf()).values()) {
      const ajv = new Ajv2020({ strict: false });
      (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
      expect(() => ajv.compile(inputSchema as AnySchema), name).not.toThrow();
      expect(() => ajv.compile((outputSchema ?? false) as AnySchema), name).not.toThrow();
      expect({ inputSchema, outputSchema }, name).toMatchObject({
        inputSchema: { type: 'object', additionalProperties: false },
        outputSchema: { type: 'object' },
      });
      expect(JSON.stringify(outputSchema), name).not.toContain('"additionalProperties":false');
    }
  });

  it('take what the API takes, within its bounds', async () => {
    const tools = await toolsOf();
    expect(tools.get('search_messages')?.inputSchema).toMatchObject({
      properties: { q: { maxLength: 1_000 }, limit: { minimum: 1, maximum: 100, default: 10 } },
      required: ['session', 'q'],
    });
    expect(tools.get('read_context')?.inputSchema).toMatchObject({
      properties: { tokenBudget: { minimum: 1, maximum: 2_000_000, default: 16_000 } },
    });
    expect(tools.get('append_messages')?.inputSchema).toMatchObject({
      properties: { messages: { minItems: 1, maxItems: 100, items: { $ref: '#/$defs/NewMessage' } } },
      $defs: { NewMessage: { required: ['role', 'content'] } },
    });
  });
});

describe('a restriction', () => {
  it('to a session leaves neither sessions nor scopes to choose', async () => {
    const tools = await toolsOf({ restriction: { session: 'chat' } });
    expect(tools.has('list_sessions')).toBe(false);
    for (const [name, tool] of tools) {
      expect(argumentsOf(tool), name).not.toContain('session');
      expect(argumentsOf(tool), name).not.toContain('scope');
    }
    expect(argumentsOf(tools.get('search_memories'))).toEqual(['q', 'limit', 'category', 'after']);
  });

  it('to a scope leaves no scope to choose', async () => {
    const tools = await toolsOf({ restriction: { scope: 'ann' } });
    expect(tools.size).toBe(7);
    for (const [name, tool] of tools) expect(argumentsOf(tool), name).not.toContain('scope');
    expect(argumentsOf(tools.get('search_messages'))).toContain('session');
  });
});

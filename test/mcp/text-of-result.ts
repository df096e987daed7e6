import type { CallToolResult } from '@modelcontextprotocol/client';

/** What a model reads that is shown only text. */
export function textOfResult({ content }: CallToolResult): string {
  return content.map((block) => (block.type === 'text' ? block.text : `(${block.type})`)).join('\n');
}

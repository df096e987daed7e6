/** What the agent may call, in the form of the chat completions protocol. */
export const toolDefinitions = [
  {
    type: 'function',
    function: {
      name: 'find_cakes',
      description: 'The cakes of today, without those that have one of the given ingredients.',
      parameters: {
        type: 'object',
        properties: { without: { type: 'array', items: { type: 'string' } } },
        required: ['without'],
      },
    },
  },
] as const;

const cakes: Readonly<Record<string, readonly string[]>> = {
  'apple cake': ['apples', 'wheat'],
  'nut wreath': ['hazelnuts', 'wheat'],
  'almond tart': ['almonds'],
};

/** What a call comes to, as text: a model may call what is not there, or with what makes no sense. */
export function callTool({ name, arguments: json }: { name: string; arguments: string }): string {
  if (name !== 'find_cakes') return `There is no tool ${name}.`;
  try {
    const { without = [] } = JSON.parse(json) as { without?: readonly string[] };
    const found = Object.entries(cakes).filter(([, has]) => !without.some((one) => has.includes(one)));
    return JSON.stringify(found.map(([cake]) => cake));
  } catch (error) {
    return `The arguments make no sense: ${error instanceof Error ? error.message : error}`;
  }
}

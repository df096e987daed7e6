import { readFile } from 'node:fs/promises';

const SAMPLE = new URL('../../events/conversations/moving-to-bergen.jsonl', import.meta.url);

interface SampleMessage {
  readonly role: string;
  readonly content: string;
}

/** What people say who move to Bergen: a conversation that the offline model finds memories in. */
export async function sampleConversation(): Promise<SampleMessage[]> {
  const lines = (await readFile(SAMPLE, 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const { role, content } = JSON.parse(line) as SampleMessage;
    return { role, content };
  });
}

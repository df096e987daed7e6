import { z } from 'zod';
import { type NewMessage, newMessageSchema } from '../lib/session/index.ts';
import { InvalidFileError } from './invalid-file-error.ts';
import { readLines } from './read-lines.ts';

const questionSchema = z.object({
  question: z.string().min(1),
  answer: z.union([z.string(), z.number()]).transform(String),
  /** Numbers of lines, from 1. */
  evidence: z.array(z.int().min(1)),
});
export type Question = z.infer<typeof questionSchema>;

const turnSchema = z.object({
  role: newMessageSchema.shape.role,
  content: z.string(),
  name: z.string().optional(),
  at: z.string().optional(),
  part: z.union([z.string(), z.number()]).optional(),
});

/** What is played and asked. */
export interface Evaluation {
  /** The sittings, each committed as it ends; the id of a message is the number of its line. */
  readonly parts: readonly (readonly (NewMessage & { readonly id: string })[])[];
  readonly questions: readonly Question[];
}

/**
 * Reads a conversation and the questions about it. Questions without evidence are left out: nothing can be found.
 *
 * @throws InvalidFileError saying which line of which file is wrong.
 */
export async function readEvaluation(input: string, questionFile: string): Promise<Evaluation> {
  const turns = await readLines(input, turnSchema);
  const questions = (await readLines(questionFile, questionSchema)).filter(
    ({ evidence }) => evidence.length > 0,
  );
  const beyond = questions.flatMap(({ evidence }) => evidence).find((line) => line > turns.length);
  if (beyond !== undefined) {
    throw new InvalidFileError(
      questionFile,
      `evidence ${beyond}: the conversation has ${turns.length} lines. Give the numbers of its lines, from 1.`,
    );
  }
  const parts: (NewMessage & { id: string })[][] = [];
  for (const [index, { role, content, name, at, part }] of turns.entries()) {
    if (index === 0 || part !== turns[index - 1]?.part) parts.push([]);
    const time = at === undefined ? undefined : readTime(at);
    parts.at(-1)?.push({
      id: String(index + 1),
      role,
      content,
      ...(time !== undefined && { at: time }),
      ...(name !== undefined && { metadata: { name } }),
    });
  }
  return { parts, questions };
}

/** ISO 8601, or as LoCoMo has times: `1:56 pm on 8 May, 2023`. Others are nobody's time. */
function readTime(at: string): string | undefined {
  if (newMessageSchema.shape.at.safeParse(at).success) return at;
  const [clock, day] = at.split(' on ');
  const atMs = Date.parse(`${day} ${clock} UTC`);
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString();
}

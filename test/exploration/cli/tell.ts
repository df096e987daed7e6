import type { FoundViolation } from '../search/task.ts';

/** Progress, for people; standard output is for the result alone. */
export const tell = (text: string) => process.stderr.write(`${text}\n`);

export function tellViolation({ invariant, detail, replay, steps }: FoundViolation): void {
  tell(`\nBROKEN: ${invariant}: ${detail}`);
  tell(`The shortest schedule that was found, ${steps.length} steps:`);
  for (const step of steps) tell(`  ${step}`);
  tell(`Replay it: npm run explore -- --replay '${replay}'\n`);
}

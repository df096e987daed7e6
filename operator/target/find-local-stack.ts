import { type FoundStack, findStacks } from '../../local/discovery/index.ts';

/**
 * The stack that `npm start` runs on this machine.
 *
 * @param note is told which one it is where several run.
 * @throws NoLocalStackError
 */
export async function findLocalStack(
  discoveryFile: string,
  note: (text: string) => void,
): Promise<FoundStack> {
  const [stack, ...others] = await findStacks(discoveryFile);
  if (others.length > 0) {
    const choices = others.map(({ apiUrl, file }) => `COMMITLANE_LOCAL_FILE=${file} for ${apiUrl}`);
    note(
      `${others.length + 1} stacks run here; this command uses the one at ${stack.apiUrl}. Set ${choices.join(', or ')}.`,
    );
  }
  return stack;
}

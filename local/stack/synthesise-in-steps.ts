import type { Assembly } from '../template/synthesise.ts';
import { synthesiseProject } from '../template/synthesise-project.ts';
import type { StackSettings } from './stack-options.ts';

/** The assembly, with a step that says whether it had to be made. @throws SynthesisError */
export async function synthesiseInSteps(
  {
    signal,
    synthesise,
    onStepBegin,
    onStepEnd,
  }: Pick<StackSettings, 'signal' | 'synthesise' | 'onStepBegin' | 'onStepEnd'>,
  context: Readonly<Record<string, string>>,
  onCacheError: (error: unknown) => void,
): Promise<Assembly & AsyncDisposable> {
  signal?.throwIfAborted();
  const startedAtMs = Date.now();
  if (synthesise) {
    const given = await synthesise(context, signal);
    onStepEnd('stack', Date.now() - startedAtMs);
    return given;
  }
  let label = 'stack, as it was synthesized before';
  const assembly = await synthesiseProject({
    context,
    ...(signal && { signal }),
    onCacheError,
    onMiss() {
      label = 'stack synthesized';
      onStepBegin('synthesizing the stack: 5 to 30 s, the first time and after a change', { isSlow: true });
    },
  });
  onStepEnd(label, Date.now() - startedAtMs);
  return assembly;
}

import type { Check } from '../../console/index.ts';
import type { Clock } from '../../lib/clock/index.ts';
import type { Target } from '../target/target.ts';

/** Whether the model writes a summary. It is asked with the operator's credentials, not the function's. */
export async function checkModel(
  { ssm, outputs }: Target,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Omit<Check, 'name'> & { readonly tookMs: number }> {
  // Only when it is needed: models take longer to load than everything else together.
  const { modelFromEnvironment } = await import('../../lib/lambda/index.ts');
  const { Model, ModelBaseUrl, ModelKeyParameter } = outputs;
  const environment = { MODEL: Model, MODEL_BASE_URL: ModelBaseUrl, MODEL_KEY_PARAMETER: ModelKeyParameter };
  const model = modelFromEnvironment(environment, { ssm, clock });
  const startedAtMs = clock.now();
  const at = new Date(startedAtMs).toISOString();
  const { value } = await model.summarise({
    messages: [
      { id: 'doctor-1', role: 'user', content: 'I live in Gothenburg, and I prefer tea to coffee.', at },
    ],
    signal,
  });
  const tookMs = clock.now() - startedAtMs;
  return {
    status: 'ok',
    detail: `${model.name} wrote a summary of ${value.length} characters in ${tookMs} ms`,
    tookMs,
  };
}

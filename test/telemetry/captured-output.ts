import { vi } from 'vitest';

export interface CapturedOutput extends Disposable {
  /** The lines of JSON that were written. */
  lines(): Record<string, unknown>[];
  /** Those that are not metrics. */
  logged(): Record<string, unknown>[];
  /** Those that are, in CloudWatch's embedded metric format. */
  metrics(): Record<string, unknown>[];
  text(): string;
}

/** What is written to standard output and error until this is disposed; it is not shown. */
export function capturedOutput(): CapturedOutput {
  let written = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written += chunk.toString();
      return true;
    }),
  );
  const lines = () =>
    written
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    lines,
    logged: () => lines().filter((line) => !('_aws' in line)),
    metrics: () => lines().filter((line) => '_aws' in line),
    text: () => written,
    [Symbol.dispose]() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

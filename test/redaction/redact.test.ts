import { describe, expect, test } from 'vitest';
import { redact } from '../../lib/redaction/index.ts';
import { negatives } from './negatives.ts';
import { positives } from './positives.ts';

describe('redacting', () => {
  test.each(positives)('finds the secret of %j', (text, redacted) => {
    expect(redact(text).text).toBe(redacted);
  });

  test.each(negatives.map((text) => [text]))('finds no secret in %j', (text) => {
    expect(redact(text)).toEqual({ text, hits: {}, count: 0 });
  });

  test.each(positives)('finds nothing more in what is left of %j', (text) => {
    const { text: once } = redact(text);
    expect(redact(once)).toEqual({ text: once, hits: {}, count: 0 });
  });
});

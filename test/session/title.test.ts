import { expect, test } from 'vitest';
import { titleSchema } from '../../lib/session/index.ts';

test.each(['T', '茶'.repeat(200), '👋'.repeat(200), 'a\u0301 שלום\n'])(
  'is a title as it came: %j',
  (title) => {
    expect(titleSchema.parse(title)).toBe(title);
  },
);

test.each(['', 'x'.repeat(201), '👋'.repeat(201), 'half \ud83d'])('is no title: %j', (title) => {
  expect(titleSchema.safeParse(title).success).toBe(false);
});

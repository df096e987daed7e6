import { afterEach, expect, it, vi } from 'vitest';
import { testTable } from './test-table.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['https://dynamodb.example.com', 'http://10.0.0.1:8000', 'http://127.0.0.1.example.com', 'here'])(
  'a table for tests is never made elsewhere than on this machine: %s',
  async (address) => {
    vi.stubEnv('COMMITLANE_TEST_DYNAMODB', address);
    await expect(testTable()).rejects.toThrow(`must be an address of this machine`);
  },
);

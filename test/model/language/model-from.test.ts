import { describe, expect, test } from 'vitest';
import {
  ModelRefusedError,
  ModelSettingError,
  modelFrom,
  parseModelSetting,
} from '../../../lib/model/index.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { forever, modelOn, said } from './asking.ts';
import { modelServer } from './model-server.ts';
import { failing, saying } from './replies.ts';

const dependencies = { clock: fakeClock(), newMark: () => 'mark' };
const messages = said('hello');

describe('the setting of a model', () => {
  test.each([
    ['offline', { provider: 'offline' }],
    ['bedrock:amazon.nova-2-lite-v1:0', { provider: 'bedrock', model: 'amazon.nova-2-lite-v1:0' }],
    ['openai-compatible:org/small', { provider: 'openai-compatible', model: 'org/small' }],
  ])('%s is read', (text, setting) => {
    expect(parseModelSetting(text)).toEqual(setting);
  });

  test.each([
    '',
    'offline:x',
    'claude',
    'openai:gpt',
    'bedrock',
    'bedrock:',
    'bedrock:a b',
    'openai-compatible:',
  ])('%j is refused, with what is expected', (text) => {
    expect(() => parseModelSetting(text)).toThrow(ModelSettingError);
    expect(() => parseModelSetting(text)).toThrow(/expected 'offline', 'bedrock:<model id>' or/);
  });

  test.each([
    [{ model: 'gpt' }, /no known provider/],
    [{ model: 'openai-compatible:small' }, /needs its server's base URL/],
    [{ model: 'openai-compatible:small', baseUrl: 'models.example' }, /expected one such as/],
    [{ model: 'bedrock:x', contextWindowTokens: 4_000 }, /at least 8000/],
  ])('%j makes no model', (settings, problem) => {
    expect(() => modelFrom(settings, dependencies)).toThrow(ModelSettingError);
    expect(() => modelFrom(settings, dependencies)).toThrow(problem);
  });

  test.each(['bedrock:amazon.nova-2-lite-v1:0', 'openai-compatible:small'])('%s names the model', (model) => {
    expect(modelFrom({ model, baseUrl: 'http://127.0.0.1:1/v1' }, dependencies).name).toBe(model);
  });

  test('offline needs no server', async () => {
    const model = modelFrom({ model: 'offline' }, dependencies);
    expect(model.name).toMatch(/^offline/);
  });
});

describe('the key of a server', () => {
  test('is read by the first call, once, and sent', async () => {
    let reads = 0;
    const readKey = async () => {
      reads += 1;
      return 'key-1';
    };
    await using server = await modelServer(() => saying('fine'));
    const model = modelOn(server, { readKey });
    expect(reads).toBe(0);
    for (let call = 1; call <= 2; call += 1) await model.summarise({ messages, signal: forever });
    expect(reads).toBe(1);
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer key-1', 'Bearer key-1']);
  });

  test('is not needed where the server wants none', async () => {
    await using server = await modelServer([saying('fine')]);
    await modelOn(server).summarise({ messages, signal: forever });
    expect(server.asked[0]?.authorization).toBeUndefined();
  });

  test('that cannot be read fails the call, and is read again by the next', async () => {
    const problem = new Error('no parameter');
    let reads = 0;
    const readKey = async () => {
      reads += 1;
      if (reads === 1) throw problem;
      return 'key-2';
    };
    await using server = await modelServer([saying('fine')]);
    const model = modelOn(server, { readKey });
    await expect(model.summarise({ messages, signal: forever })).rejects.toMatchObject({ cause: problem });
    await model.summarise({ messages, signal: forever });
    expect(server.asked[0]?.authorization).toBe('Bearer key-2');
  });

  test('that was refused is read again by the next call', async () => {
    const keys = ['old', 'new'];
    await using server = await modelServer([failing(401), saying('fine')]);
    const model = modelOn(server, { readKey: async () => keys.shift() ?? 'none' });
    await expect(model.summarise({ messages, signal: forever })).rejects.toBeInstanceOf(ModelRefusedError);
    await model.summarise({ messages, signal: forever });
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
  });
});

import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../local/job/parse-options.ts';

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(parseOptions([])).toEqual({
      once: false,
      json: false,
      verbose: false,
      help: false,
      port: 4500,
      cors: [],
      lease: 'dynamodb',
    });
  });

  it('takes any free port for a run that ends by itself, unless one is given', () => {
    expect(parseOptions(['--once']).port).toBe(0);
    expect(parseOptions(['--once', '--port', '4500']).port).toBe(4500);
  });

  it('takes any number of origins', () => {
    const args = ['--cors', 'https://chat.example', '--cors=http://10.0.0.7:5173'];
    expect(parseOptions(args).cors).toEqual(['https://chat.example', 'http://10.0.0.7:5173']);
  });

  it.each(['https://chat.example/', 'chat.example', '*', 'null', 'ftp://a.example', 'https://A.example', ''])(
    'refuses %j as an origin',
    (origin) => {
      expect(() => parseOptions([`--cors=${origin}`])).toThrow(/--cors (must be|needs a value)/);
    },
  );

  it('takes values after a space or an equals sign', () => {
    expect(parseOptions(['--port', '0', '--data=d', '--input', 'a.jsonl', '--once', '--json'])).toMatchObject(
      {
        port: 0,
        data: 'd',
        input: 'a.jsonl',
        once: true,
        json: true,
      },
    );
  });

  it.each(['dynamodb', 'upstash'] as const)('takes %s for the lease store', (lease) => {
    expect(parseOptions(['--lease', lease])).toMatchObject({ lease });
  });

  it('takes a model with the server that it is at', () => {
    const args = ['--model', 'openai-compatible:small', '--model-url', 'http://127.0.0.1:11434/v1'];
    expect(parseOptions(args)).toMatchObject({
      model: { name: 'openai-compatible:small', url: 'http://127.0.0.1:11434/v1' },
    });
    expect(parseOptions(['--model', 'offline'])).not.toHaveProperty('model');
  });

  it.each([
    [['--model', 'llama'], "Model 'llama' has no known provider"],
    [['--model', 'bedrock:nova'], 'no AWS account on this machine'],
    [['--model', 'openai-compatible:small'], 'needs --model-url'],
    [['--model-url', 'http://127.0.0.1/v1'], '--model-url needs --model'],
    [
      ['--model', 'openai-compatible:small', '--model-url', 'http://a.example/v1'],
      'must be an https address',
    ],
    [['--fast'], '--fast is not an option'],
    [['--toString'], '--toString is not an option'],
    [['-x'], '-x is not an option'],
    [['here'], "'here' is not an option"],
    [['--', 'here'], "'here' is not an option"],
    [['--json'], '--json needs --once'],
    [['--once=yes'], '--once takes no value'],
    [['--input'], '--input needs a value'],
    [['--input', '--once'], "--input needs a value, and '--once' is an option"],
    [['--data='], '--data needs a value'],
    [['--input', 'a', '--input', 'b'], '--input is given twice'],
    [['--port', 'http'], "--port must be a whole number from 0 (any free port) to 65535, not 'http'"],
    [['--port', '65536'], "not '65536'"],
    [['--port=-1'], "not '-1'"],
    [['--lease'], '--lease needs a value'],
    [['--lease', 'redis'], "--lease must be dynamodb or upstash, not 'redis'"],
    [['--lease=Upstash'], "--lease must be dynamodb or upstash, not 'Upstash'"],
  ])('is refused: %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
    expect(() => parseOptions(args)).toThrow(/--help explains them\.$/);
  });
});

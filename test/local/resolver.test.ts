// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Fn::Sub look so.

import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../local/errors.ts';
import { makeResolver } from '../../local/template/resolver.ts';

function resolverOf(parameters: Readonly<Record<string, string>> = {}) {
  const template = {
    Parameters: {
      Given: { Type: 'String' },
      Missing: { Type: 'String' },
      Usual: { Type: 'String', Default: 'x' },
    },
    Resources: {},
  };
  const resolver = makeResolver(template, 'commitlane-test', { Given: 'g', ...parameters });
  resolver.define('Queue', {
    ref: 'http://queue',
    attributes: { Arn: 'arn:aws:sqs:us-east-1:000000000000:Queue', 'Nested.Name': 'deep' },
  });
  return resolver;
}

describe('the values of a template', () => {
  it.each([
    ['text', 'text'],
    [7, 7],
    [null, null],
    [{ Ref: 'Queue' }, 'http://queue'],
    [{ Ref: 'Given' }, 'g'],
    [{ Ref: 'Usual' }, 'x'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::StackName' }, 'commitlane-test'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:Queue'],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:aws:sqs:us-east-1:000000000000:Queue'],
    [{ 'Fn::GetAtt': ['Queue', 'Nested.Name'] }, 'deep'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'Given' }, 'b']] }, 'a/g/b'],
    [
      { 'Fn::Sub': 'in ${AWS::Region}: ${Queue} and ${Queue.Arn}' },
      'in us-east-1: http://queue and arn:aws:sqs:us-east-1:000000000000:Queue',
    ],
    [{ 'Fn::Sub': ['${own} before ${Given}', { own: { Ref: 'Usual' } }] }, 'x before g'],
    [{ 'Fn::Sub': 'a literal ${!Queue}' }, 'a literal ${Queue}'],
    [{ 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    [{ 'Fn::Select': ['0', { 'Fn::Split': [':', 'x:y'] }] }, 'x'],
    [{ 'Fn::Split': ['/', { Ref: 'Queue' }] }, ['http:', '', 'queue']],
  ])('are carried out: %j', (value, expected) => {
    expect(resolverOf().resolve(value)).toEqual(expected);
  });

  it('are carried out however deep they are, and keep what surrounds them', () => {
    const value = { list: [{ one: { Ref: 'Given' } }, 2], more: { Ref: 'Usual', and: 'no function' } };
    expect(resolverOf().resolve(value)).toEqual({
      list: [{ one: 'g' }, 2],
      more: { Ref: 'Usual', and: 'no function' },
    });
  });

  it('may be called anything that JavaScript objects have', () => {
    const value = { constructor: { toString: 'kept' } };
    expect(resolverOf().resolve(value)).toEqual(value);
  });

  it('can be referred to as soon as they are defined', () => {
    const resolver = resolverOf();
    expect(() => resolver.resolve({ Ref: 'Later' })).toThrow(TemplateError);
    resolver.define('Later', { ref: 'now' });
    expect(resolver.resolve({ Ref: 'Later' })).toBe('now');
  });
});

describe('a value that the embedded stack cannot carry out', () => {
  it.each([
    [{ 'Fn::ImportValue': 'other' }, /cannot carry out Fn::ImportValue/],
    [{ 'Fn::If': ['c', 1, 2] }, /cannot carry out Fn::If/],
    [{ Ref: 'Nobody' }, /refers to Nobody, which the embedded stack does not have/],
    [{ Ref: 'toString' }, /refers to toString/],
    [{ Ref: 'Missing' }, /parameter Missing has no value and no default. Give it one/],
    [{ 'Fn::GetAtt': ['Queue', 'Colour'] }, /uses Queue\.Colour, which the embedded stack does not have/],
    [{ 'Fn::GetAtt': ['Nobody', 'Arn'] }, /uses Nobody\.Arn/],
    [{ 'Fn::Sub': '${Nobody}' }, /refers to Nobody/],
    [{ 'Fn::Select': [2, ['a', 'b']] }, /Fn::Select .*2.*2 values/],
    [{ 'Fn::Select': ['x', ['a', 'b']] }, /Fn::Select/],
    [{ 'Fn::Join': ['/'] }, /Fn::Join .*list/],
    [{ 'Fn::Split': ['/', ['a']] }, /Fn::Split .*text/],
  ])('is refused in words that name it: %j', (value, message) => {
    expect(() => resolverOf().resolve({ deep: [value] })).toThrow(TemplateError);
    expect(() => resolverOf().resolve({ deep: [value] })).toThrow(message);
  });
});

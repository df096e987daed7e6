import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { uncovered } from '../../local/resources/coverage.ts';
import { resourcesOf } from '../../local/resources/resources-of.ts';

describe('what the embedded stack leaves out', () => {
  it('is told of a resource of a type that it does not know, by its name', () => {
    expect(uncovered({ Resources: { Steps: { Type: 'AWS::StepFunctions::StateMachine' } } })).toEqual([
      'Steps (AWS::StepFunctions::StateMachine) is not part of the embedded stack: it does nothing here',
    ]);
  });

  it('is told of a property that would change what a deployment does', () => {
    const Resources = {
      Feed: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FilterCriteria: {}, BatchSize: 1 } },
      Stream: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FilterCriteria: {}, StartingPosition: 'TRIM_HORIZON', TumblingWindowInSeconds: 1 },
      },
      Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { LocalSecondaryIndexes: [] } },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { EventPattern: {}, ScheduleExpression: 'rate(1 day)' },
      },
    };
    expect(uncovered({ Resources })).toEqual([
      'Feed (AWS::Lambda::EventSourceMapping) has FilterCriteria, which the embedded stack leaves out',
      'Stream (AWS::Lambda::EventSourceMapping) has TumblingWindowInSeconds, which the embedded stack leaves out',
      'Table (AWS::DynamoDB::GlobalTable) has LocalSecondaryIndexes, which the embedded stack leaves out',
      'Rule (AWS::Events::Rule) has EventPattern, which the embedded stack leaves out',
    ]);
  });

  it('is nothing where this machine needs nothing: roles, log groups, alarms', () => {
    const Resources = {
      Role: { Type: 'AWS::IAM::Role' },
      Logs: { Type: 'AWS::Logs::LogGroup' },
      Alarm: { Type: 'AWS::CloudWatch::Alarm' },
    };
    expect(uncovered({ Resources })).toEqual([]);
  });
});

describe('the resources of a template', () => {
  const schema = z.object({ Size: z.number() });

  it('are read by type; what nobody asks for is not resolved', () => {
    const Resources = {
      A: { Type: 'T', Properties: { Size: 1, Other: 'unresolvable' } },
      B: { Type: 'U', Properties: { Size: 2 } },
    };
    const resolve = (value: unknown) => {
      if (JSON.stringify(value).includes('unresolvable')) throw new Error('resolved what nobody asked for');
      return value;
    };
    expect(resourcesOf({ Resources }, 'T', resolve, schema)).toEqual([
      { logicalId: 'A', properties: { Size: 1 } },
    ]);
  });

  it('are refused by name when a property is not what it should be', () => {
    const Resources = { A: { Type: 'T', Properties: { Size: 'big' } } };
    expect(() => resourcesOf({ Resources }, 'T', (value) => value, schema)).toThrow(
      /A \(T\) is not what was expected: Size: .*expected number/,
    );
  });
});

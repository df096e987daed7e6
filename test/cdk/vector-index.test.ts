import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { SessionTable } from '../../cdk/session-table.ts';
import { tableDefinition } from '../../lib/table/index.ts';

/** What a stack of a table and of a function that may search it is made of. */
function stackOf(props: { readonly indexes: 'all' | 'without-scopes'; readonly vectorDimensions?: number }) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'test');
  const table = new SessionTable(stack, 'Sessions', { isProtected: false, ...props });
  const handler = new LambdaFunction(stack, 'Search', {
    runtime: Runtime.NODEJS_LATEST,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => undefined'),
  });
  table.grantVectorSearch(handler);
  const template = Template.fromStack(stack);
  const [found] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));
  return {
    table: found?.['Properties'],
    policies: JSON.stringify(template.findResources('AWS::IAM::Policy')),
  };
}

describe('the index of vectors', () => {
  it('is that of the tests, with its HASH key among the attributes', () => {
    const { table } = stackOf({ indexes: 'all', vectorDimensions: 256 });
    const { AttributeDefinitions, GlobalSecondaryIndexes, VectorIndexes } = tableDefinition({
      dimensions: 256,
    });
    expect(table).toMatchObject({ AttributeDefinitions, GlobalSecondaryIndexes, VectorIndexes });
  });

  it('declares no keys of an index that is left out', () => {
    const { table } = stackOf({ indexes: 'without-scopes', vectorDimensions: 4 });
    const names = table.AttributeDefinitions.map(
      ({ AttributeName }: { AttributeName: string }) => AttributeName,
    );
    expect(names).toEqual(['pk', 'sk', 'checkShard', 'checkAtMs', 'listedIn', 'listedAt', 'vectorsIn']);
  });

  it('is there only for who wants it', () => {
    const { table, policies } = stackOf({ indexes: 'all' });
    expect(table).not.toHaveProperty('VectorIndexes');
    expect(JSON.stringify(table)).not.toContain('vectorsIn');
    expect(policies).not.toContain('SearchVectors');
  });

  it('may be searched by the function that is let, and no other may', () => {
    const { policies } = stackOf({ indexes: 'all', vectorDimensions: 256 });
    expect(policies).toContain('"Action":"dynamodb:SearchVectors"');
    expect(policies).toContain('/index/by-meaning-256');
  });
});

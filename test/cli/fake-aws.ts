import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * What the command line asks of CloudFormation, STS and Lambda, answered for one stack.
 *
 * @param variables of each of its functions, by name; Lambda refuses to tell those of others.
 */
export async function fakeAws(
  stackName: string,
  outputs: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
) {
  const server = createServer(async (request, response) => {
    const functionName = /^\/2015-03-31\/functions\/([^/]+)\/configuration$/.exec(request.url ?? '')?.[1];
    if (functionName !== undefined) {
      const Variables = variables[functionName];
      if (Variables) response.end(JSON.stringify({ Environment: { Variables } }));
      else
        response
          .writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' })
          .end(JSON.stringify({ Message: 'not authorized' }));
      return;
    }
    const form = new URLSearchParams(await text(request));
    const [status, body] = answer(form, stackName, outputs);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(
  form: URLSearchParams,
  stackName: string,
  outputs: Readonly<Record<string, string>>,
): [number, string] {
  if (form.get('Action') === 'GetCallerIdentity') {
    return [
      200,
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<Arn>arn:aws:sts::000000000000:assumed-role/ops/ann</Arn><UserId>u</UserId><Account>000000000000</Account>' +
        '</GetCallerIdentityResult></GetCallerIdentityResponse>',
    ];
  }
  if (form.get('StackName') !== stackName) {
    return [
      400,
      '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
        `<Code>ValidationError</Code><Message>Stack with id ${form.get('StackName')} does not exist</Message></Error></ErrorResponse>`,
    ];
  }
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return [
    200,
    '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>' +
      `<StackName>${stackName}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>` +
      `<Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ];
}

/** The account and region of the embedded stack; the credentials open nothing anywhere. */
export const localAws = {
  region: 'us-east-1',
  accountId: '000000000000',
  partition: 'aws',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

import type { CallerOperation } from '../../routes.ts';
import type { Contract, ContractGroup } from '../contract.ts';
import { archiveContracts } from './archive-contracts.ts';
import { commitContracts } from './commit-contracts.ts';
import { memoryContracts } from './memory-contracts.ts';
import { messageContracts } from './message-contracts.ts';
import { sessionContracts } from './session-contracts.ts';

/** In the order in which readers want them. */
export const contractGroups: readonly ContractGroup[] = [
  sessionContracts,
  messageContracts,
  commitContracts,
  archiveContracts,
  memoryContracts,
];

/** What every operation takes and answers. */
export const contracts: Readonly<Record<CallerOperation, Contract>> = {
  ...sessionContracts.contracts,
  ...messageContracts.contracts,
  ...commitContracts.contracts,
  ...archiveContracts.contracts,
  ...memoryContracts.contracts,
};

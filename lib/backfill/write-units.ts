/**
 * What 1,000,000 written units (W) of 1 KB cost, in US dollars, on demand, in us-east-1; other regions differ
 * (https://aws.amazon.com/dynamodb/pricing/on-demand/, November 2026).
 */
export const LIST_PRICE = { usdPerMillionWrites: 0.625, region: 'us-east-1' } as const;

const UNIT_BYTES = 1_024;
/** A transaction writes twice (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html). */
const TRANSACTION = 2;
/**
 * A number takes a byte for two digits and one more, the sign of every second one another, and as an element of a list one
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html): vectors have 4 digits.
 */
const BYTES_PER_DIMENSION = 4.5;
/** Keys, names, the embedder and the part of the index, as they are with ids of 30 characters or so. */
const BYTES_BESIDE_A_VECTOR = 350;
/** A memory without its vector: a sentence or two, its key, and who said it. */
const BYTES_OF_A_MEMORY = 700;
/** A manifest with a summary of 500 words. */
const BYTES_OF_A_MANIFEST = 4_000;

const units = (bytes: number) => Math.ceil(bytes / UNIT_BYTES);

/** The units that back-filling writes, by estimate. The vector index is metered for itself, in bytes. */
export function writeUnits(
  {
    messages,
    transactions,
    archives,
    memories,
  }: Readonly<Record<'messages' | 'transactions' | 'archives' | 'memories', number>>,
  dimensions: number,
): number {
  const vector = dimensions * BYTES_PER_DIMENSION + BYTES_BESIDE_A_VECTOR;
  const manifest = units(BYTES_OF_A_MANIFEST);
  return (
    messages * units(vector) * TRANSACTION +
    // Each checks the manifest, and each archive's end is recorded there.
    transactions * manifest * TRANSACTION +
    archives * manifest +
    memories * units(vector + BYTES_OF_A_MEMORY)
  );
}

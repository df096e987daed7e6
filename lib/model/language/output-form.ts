import type { JSONSchema7 } from 'ai';

/** The form of an answer, as providers are told it; what they give is read leniently, and checked by who asked. */
export interface OutputForm {
  readonly name: string;
  /** Types, enumerations and required properties only: providers refuse schemas with more. */
  readonly jsonSchema: JSONSchema7;
}

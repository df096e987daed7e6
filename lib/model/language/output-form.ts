import type { JSONSchema7 } from 'ai';

/** The form of an answer: as providers are told it, and as it is checked. */
export interface OutputForm {
  readonly name: string;
  /** Types, enumerations and required properties only: providers refuse schemas with more. */
  readonly jsonSchema: JSONSchema7;
  readonly validate: (
    value: unknown,
  ) =>
    | { readonly success: true; readonly value: unknown }
    | { readonly success: false; readonly error: Error };
}

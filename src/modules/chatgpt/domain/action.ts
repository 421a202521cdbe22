/** The description of one operation for the model. ChatGPT cannot call operations that are not listed here. */
export interface Action {
  readonly summary: string;
  /** Facts about the operation, fewer than 300 characters. chatgpt/instructions.md says when to call it. */
  readonly description: string;
  /** True: ChatGPT asks the student before every call. False: the student can allow it permanently. */
  readonly consequential: boolean;
  /** Replaces the descriptions of parameters, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Members of the request body that ChatGPT must not send. */
  readonly withoutBody?: readonly string[];
  /** Optional members of the request body that ChatGPT must send. */
  readonly requiredBody?: readonly string[];
}

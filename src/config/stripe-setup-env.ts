import { envSchema } from './env.schema';

export interface StripeSetupEnv {
  readonly secretKey: string;
  readonly apiBase: string | undefined;
  readonly publicUrl: string;
}

const schema = envSchema.pick({ STRIPE_SECRET_KEY: true, STRIPE_API_BASE: true, PUBLIC_URL: true });

/** For the command that makes what the other variables name. Throws a one-line error that names the variables. */
export function loadStripeSetupEnv(
  source: Readonly<Record<string, string | undefined>> = process.env,
): StripeSetupEnv {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
    throw new Error(`set ${names.join(' and ')} first (see .env.example)`);
  }
  return {
    secretKey: parsed.data.STRIPE_SECRET_KEY,
    apiBase: parsed.data.STRIPE_API_BASE,
    publicUrl: parsed.data.PUBLIC_URL,
  };
}

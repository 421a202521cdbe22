/** What `stripe-sandbox --help` prints. */
export const HELP = `Usage: stripe-sandbox

Starts a stateful Stripe on this machine and prints one line when it is ready:
{"ready":true,"url":"http://127.0.0.1:12111"}

Options:
  --help       print this text
  --version    print the version of this package and of the Stripe API

Environment variables:
  SANDBOX_PORT                12111; 0 uses any free port
  SANDBOX_HOST                127.0.0.1
  SANDBOX_PUBLIC_URL          base URL of hosted pages; the address itself by default
  SANDBOX_SECRET_KEY          sk_test_sandbox; every sk_test_ key is accepted
  SANDBOX_CATALOG             "premium", or a JSON file with products and prices
  SANDBOX_WEBHOOK_URL         registers one endpoint for all events
  SANDBOX_WEBHOOK_SECRET      the signing secret of that endpoint
  SANDBOX_SNAPSHOT            file that keeps the state between starts
  SANDBOX_AFTER_RETRIES       cancel, unpaid, past_due or pause; cancel by default
  SANDBOX_DELAY_FINALIZATION  1: a refused invoice.created delays finalization
  SANDBOX_KEEP_DAYS           days after which finished invoices are deleted; never by default
  SANDBOX_RATE_LIMIT          reads and writes per second; unlimited by default
  SANDBOX_SEED                seed of the order of concurrent events

Documentation: README.md of this package.
`;

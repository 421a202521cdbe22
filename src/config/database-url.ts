/** For commands that need only the database. Throws a one-line error that names the variable. */
export function loadDatabaseUrl(source: Readonly<Record<string, string | undefined>> = process.env): string {
  const url = source.DATABASE_URL;
  if (url === undefined || !/^postgres(ql)?:\/\//.test(url)) {
    throw new Error('DATABASE_URL is not set to a postgres:// address (see .env.example)');
  }
  return url;
}

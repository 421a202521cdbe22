/**
 * Time, chance and ids of the database as functions in `public`, which the search path of the simulation's databases
 * puts before `pg_catalog`. The clock is a small file that the scheduler writes: one round trip less for each statement.
 * `now()` is fixed for the length of a transaction, as PostgreSQL's is. `CURRENT_TIMESTAMP` cannot be replaced: the code
 * does not use it.
 */
export const SIMULATED_FUNCTIONS = `
CREATE SEQUENCE public.simulated_chance MINVALUE 0;

CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT pg_catalog.to_timestamp(pg_read_file(current_setting('simulation.clock_file'))::float8 / 1000)
$$;

CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE started text := current_setting('simulation.now', true);
BEGIN
  IF started IS NULL OR started = '' THEN
    started := pg_read_file(current_setting('simulation.clock_file'));
    PERFORM set_config('simulation.now', started, true);
  END IF;
  RETURN pg_catalog.to_timestamp(started::float8 / 1000);
END $$;

CREATE FUNCTION public.random() RETURNS float8 LANGUAGE sql VOLATILE AS $$
  SELECT mod(nextval('public.simulated_chance') * 0.6180339887498949, 1)::float8
$$;

CREATE FUNCTION public.gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT overlay(overlay(md5('simulated' || nextval('public.simulated_chance')) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid
$$;
`;

/** Settings of each of the simulation's databases. Deadlines are simulated; deadlocks must show at once. */
export const DATABASE_SETTINGS: Readonly<Record<string, string>> = {
  search_path: 'public, pg_catalog',
  plan_cache_mode: 'force_generic_plan',
  deadlock_timeout: "'2ms'",
  jit: 'off',
};

export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Where the browser goes next by itself: a redirect, or a `Refresh` header. */
  readonly location: string | null;
  readonly body: string;
}

const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** A browser without scripts: keeps cookies with their paths, posts forms as our own pages do, follows nothing by itself. */
export class Form {
  private readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(private readonly base: string) {}

  get(path: string, headers: Record<string, string> = {}): Promise<PageAnswer> {
    return this.send(path, { headers });
  }

  post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<PageAnswer> {
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'same-origin', origin: this.base, ...headers },
    });
  }

  /** GETs what an answer leads to, until nothing does, it leads off this host, or to an address that begins like `end`. */
  async follow(answer: PageAnswer, end?: string): Promise<PageAnswer> {
    let current = answer;
    for (let hops = 0; current.location !== null && hops < 10; hops += 1) {
      const next = new URL(current.location, this.base);
      if (next.origin !== this.base || (end !== undefined && next.href.startsWith(end))) return current;
      current = await this.get(`${next.pathname}${next.search}`);
    }
    return current;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name)?.value;
  }

  private async send(path: string, init: RequestInit): Promise<PageAnswer> {
    const { pathname } = new URL(path, this.base);
    const cookie = [...this.cookies]
      .filter(([, { path: scope }]) => pathname.startsWith(scope))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const headers = { accept: ACCEPT, ...(cookie === '' ? {} : { cookie }), ...init.headers };
    const answer = await fetch(new URL(path, this.base), { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const refresh = /^0;url=(.+)$/.exec(answer.headers.get('refresh') ?? '')?.[1] ?? null;
    const location = answer.headers.get('location') ?? refresh;
    return { status: answer.status, headers: answer.headers, location, body: await answer.text() };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    const expires = attributes.find((one) => /^expires=/i.test(one))?.slice(8);
    if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.now()))
      this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }
}

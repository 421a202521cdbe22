import { html, type Html } from 'src/common/http/html';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value in words. */
  readonly label: string;
}

const [WIDTH, HEIGHT, FOOT, HEAD] = [720, 190, 22, 18];

/** A bar per month, with its value above it. Drawn here, because the pages run no scripts. */
export function barPlot(title: string, bars: readonly Bar[]): Html {
  const most = Math.max(1, ...bars.map(({ value }) => Math.abs(value)));
  const step = WIDTH / Math.max(1, bars.length);
  const parts = bars.map(({ name, value, label }, index) => {
    const height = Math.round((Math.abs(value) / most) * (HEIGHT - FOOT - HEAD));
    const middle = (index + 0.5) * step;
    const top = HEIGHT - FOOT - height;
    return html`<rect
        x="${(middle - step * 0.34).toFixed(1)}"
        y="${top}"
        width="${(step * 0.68).toFixed(1)}"
        height="${height}"
        class="${value < 0 ? 'less' : 'bar-of'}"
        rx="2"
        ><title>${name}: ${label}</title></rect
      >
      <text x="${middle.toFixed(1)}" y="${top - 5}">${value === 0 ? '' : label}</text
      ><text x="${middle.toFixed(1)}" y="${HEIGHT - 6}">${name.slice(2)}</text>`;
  });
  return html`<figure class="plot">
    <figcaption>${title}</figcaption>
    <div class="scroll" tabindex="0" role="group" aria-label="${title}, plot">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title} by month">${parts}</svg>
    </div>
  </figure>`;
}

import { html } from '../../vendor/lit.js';
import uPlot from '../../vendor/uplot.js';
import { rate } from '../core/amounts.js';
import { Plain } from '../core/store.js';
import { live } from './feed.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const HEIGHT = 200;
/** Below this six words beside each other would touch. */
const NARROW = 560;

/** @param {number} now in seconds @returns {string} such as `2 min ago` */
function ago(now) {
  const minutes = Math.round((Date.now() / 1000 - now) / 60);
  return minutes <= 0 ? 'now' : `${minutes} min ago`;
}

/** Rates up and down, over the last five minutes. */
class Plot extends Plain {
  constructor() {
    super();
    /** @type {uPlot | undefined} */
    this.plot = undefined;
    this.anew = () => {
      this.plot?.destroy();
      this.plot = undefined;
      this.requestUpdate();
    };
    this.sizes = new ResizeObserver(() => this.plot?.setSize({ width: this.clientWidth, height: HEIGHT }));
  }

  connectedCallback() {
    super.connectedCallback();
    DARK.addEventListener('change', this.anew);
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    DARK.removeEventListener('change', this.anew);
    this.sizes.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  watched() {
    return [live];
  }

  render() {
    const [, up, down] = live.series;
    return html`
      <figure aria-label="Rates of the last five minutes">
        <figcaption><span class="key up">Up ${rate(up.at(-1) ?? 0)}</span><span class="key down">Down ${rate(down.at(-1) ?? 0)}</span></figcaption>
        <div class="canvas" role="img" aria-label="Plot: up ${rate(up.at(-1) ?? 0)}, at most ${rate(Math.max(0, ...up))}; down
          ${rate(down.at(-1) ?? 0)}, at most ${rate(Math.max(0, ...down))} in the last five minutes"></div>
      </figure>`;
  }

  updated() {
    const now = Math.floor(Date.now() / 1000);
    const [times, up, down] = live.series;
    // The plot spans five minutes from the start, and is empty where nothing is known.
    const data = [
      [now - 300, ...times],
      [null, ...up],
      [null, ...down],
    ];
    if (this.plot) this.plot.setData(data);
    else this.plot = this.made(data);
  }

  /** @private @param {(number | null)[][]} data */
  made(data) {
    const target = /** @type {HTMLElement} */ (this.querySelector('.canvas'));
    const style = getComputedStyle(this);
    // Canvas knows no light-dark(): the colours are read where the style sheet has put them.
    const colour = (/** @type {string} */ name) =>
      getComputedStyle(/** @type {Element} */ (this.querySelector(name))).color;
    const faint = style.color;
    const line = style.borderTopColor;
    const axis = {
      stroke: faint,
      grid: { stroke: line, width: 1 },
      ticks: { show: false },
      font: `12px ${style.fontFamily}`,
    };
    return new uPlot(
      {
        width: this.clientWidth || 600,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { range: () => [Math.floor(Date.now() / 1000) - 300, Math.floor(Date.now() / 1000)] },
          y: {
            range: (/** @type {unknown} */ _, /** @type {number} */ __, /** @type {number} */ max) => [
              0,
              Math.max(max * 1.1, 1_000),
            ],
          },
        },
        axes: [
          {
            ...axis,
            space: 90,
            values: (/** @type {unknown} */ _, /** @type {number[]} */ times) => times.map(ago),
            splits: (/** @type {uPlot} */ plot) => ticks(plot.width),
          },
          {
            ...axis,
            size: 88,
            space: 44,
            values: (/** @type {unknown} */ _, /** @type {number[]} */ rates) =>
              rates.map(one => (one === 0 ? '0' : rate(one))),
          },
        ],
        series: [
          {},
          { stroke: colour('.key.up'), width: 2, points: { show: false } },
          { stroke: colour('.key.down'), width: 2, points: { show: false } },
        ],
      },
      data,
      target,
    );
  }
}

/**
 * @param {number} width of the plot
 * @returns {number[]} a tick each minute, counted back from now; of a narrow plot fewer, so that their words have room
 */
function ticks(width) {
  const now = Math.floor(Date.now() / 1000);
  return (width < NARROW ? [300, 120] : [300, 240, 180, 120, 60]).map(seconds => now - seconds).concat(now);
}

customElements.define('w-plot', Plot);

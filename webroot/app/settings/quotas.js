import { html } from '../../vendor/lit.js';
import { bytes, parseBytes } from '../core/amounts.js';
import { Problem, ask, items } from '../core/api.js';
import { confirmDialog, formDialog } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { notices } from '../core/notices.js';
import { encoded } from '../core/paths.js';
import { ListPart } from './part.js';

/** @typedef {{ path: string, bytes: number, used: number }} Quota */

/** How much folders may hold, for administrators. @extends {ListPart<Quota>} */
class Quotas extends ListPart {
  /** @returns {Promise<any[]>} */
  fetch() {
    return items('/quotas');
  }

  /** @param {Quota} [quota] */
  async set(quota) {
    await formDialog({
      title: quota ? `Quota of ${quota.path}` : 'New quota',
      text: 'Files and what has come of unfinished uploads count, in the folder and all below it.',
      fields: html`
        <label>Folder<input name="path" required ?readonly=${Boolean(quota)} spellcheck="false" .value=${quota?.path ?? '/'}></label>
        <label>May hold<input name="bytes" required autocomplete="off" placeholder="20 GB" .value=${quota ? bytes(quota.bytes) : ''}></label>`,
      action: 'Set it',
      run: async given => {
        const size = parseBytes(String(given.get('bytes')));
        if (size === undefined)
          throw new Problem('malformed', 'That is no size. Write a number and a unit, such as 20 GB.');
        const path = String(given.get('path')).trim();
        await ask('PUT', `/quotas${encoded(path.startsWith('/') ? path : `/${path}`)}`, { bytes: size });
        notices.done(`${path} may hold ${bytes(size)}.`);
      },
    });
    await this.load();
  }

  /** @param {Quota} quota */
  async lift(quota) {
    await confirmDialog(
      `Lift the quota of ${quota.path}?`,
      'Then only the disk limits what it holds.',
      'Lift it',
      async () => {
        await ask('DELETE', `/quotas${encoded(quota.path)}`);
        notices.done(`The quota of ${quota.path} is lifted.`);
      },
    );
    await this.load();
  }

  render() {
    return html`
      <section aria-labelledby="quotas-title">
        <div class="heading"><h2 id="quotas-title">Quotas</h2>
          <button class="main" @click=${() => this.set()}>${icon('plus')} New quota</button></div>
        ${this.shown(
          all => html`
          <ul class="rows">${all.map(
            quota => html`
            <li><div class="what"><b>${quota.path}</b><small>${bytes(quota.used)} of ${bytes(quota.bytes)} used</small>
                <meter min="0" max="1" high="0.9" .value=${quota.bytes > 0 ? Math.min(1, quota.used / quota.bytes) : 1} aria-label="How full ${quota.path} is"></meter></div>
              <div class="buttons"><button class="small" aria-label="Change the quota of ${quota.path}" @click=${() => this.set(quota)}>Change</button>
                <button class="small" aria-label="Lift the quota of ${quota.path}" @click=${() => this.lift(quota)}>Lift</button></div></li>`,
          )}</ul>`,
          'None: only the disk limits what folders hold.',
        )}
      </section>`;
  }
}

customElements.define('w-quotas', Quotas);

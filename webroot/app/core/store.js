import { LitElement } from '../../vendor/lit.js';

/** Something that views show, and that tells them when it has changed. */
export class Store extends EventTarget {
  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @param {() => void} listener @returns {() => void} what ends it */
  watch(listener) {
    this.addEventListener('change', listener);
    return () => this.removeEventListener('change', listener);
  }
}

/** An element whose content lies in the page itself: one style sheet, labels and forms that reach across. */
export class Plain extends LitElement {
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.endings = this.watched().map(store => store.watch(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.endings?.forEach(end => end());
  }

  /** @returns {Store[]} whose changes this element shows */
  watched() {
    return [];
  }
}

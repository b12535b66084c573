// What the page uses of lit (https://lit.dev), by hand: just enough for types in an editor.
export type TemplateResult = { readonly strings: TemplateStringsArray; readonly values: unknown[] };
type Tag = (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
export const html: Tag;
export const svg: Tag;
export const nothing: unique symbol;
export function render(value: unknown, container: HTMLElement): unknown;
export class LitElement extends HTMLElement {
  static properties: Record<string, unknown>;
  readonly updateComplete: Promise<boolean>;
  readonly isConnected: boolean;
  connectedCallback(): void;
  disconnectedCallback(): void;
  requestUpdate(): void;
  protected createRenderRoot(): HTMLElement | ShadowRoot;
  protected render(): unknown;
  protected willUpdate(changed: Map<string, unknown>): void;
  protected firstUpdated(changed: Map<string, unknown>): void;
  protected updated(changed: Map<string, unknown>): void;
}
export function repeat<T>(items: Iterable<T>, key: (item: T) => unknown, template: (item: T, index: number) => unknown): unknown;
export type Ref<T extends Element = Element> = { readonly value?: T };
export function createRef<T extends Element = Element>(): Ref<T>;
export function ref(target: Ref<any> | ((element: Element | undefined) => void)): unknown;
